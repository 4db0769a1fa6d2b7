"""What is being typed is taken before a command, and no command is what an editor's key means."""

import pytest
from PyQt6.QtWidgets import QApplication

EDITING_KEYS = ("Ctrl+Backspace", "Ctrl+Delete", "Ctrl+Left", "Ctrl+A", "Ctrl+C", "Ctrl+X")


def type_a_weight(page, text):
    page.hand.click(page.kernel, page.weight_at(0, 0))
    page.type(text)


def test_a_weight_that_is_being_typed_is_taken_before_the_kernel_is_turned(page):
    type_a_weight(page, "7")
    page.press("Ctrl+T")
    assert page.bench.kernel.cells[0][0][0] == 7
    assert page.bench.kernel.cells[0][5][0] == 30, "transposed after that"
    assert page.steps == 2


def test_a_divisor_that_is_being_typed_is_taken_before_a_command(page):
    page.hand.double_click(page.find("divisor"))
    page.type("9")
    page.press("Ctrl+Shift+I")
    assert page.bench.kernel.divisor == 9
    assert page.bench.kernel.cells[0][0][5] == -30


def test_a_stride_that_is_being_typed_is_taken_before_a_command(page):
    page.hand.double_click(page.find("stride"))
    page.press("Ctrl+A")
    page.type("2")
    page.press("Ctrl+Shift+I")
    assert page.bench.stride == (2, 2)


def test_what_is_no_number_stays_where_it_is_typed(page):
    type_a_weight(page, "7x")
    before = page.bench.kernel
    page.choose("View", "Whole map")
    assert page.bench.kernel == before
    assert page.find("kernel.cell").text() == "7x"


@pytest.mark.parametrize("key", EDITING_KEYS)
@pytest.mark.parametrize("name", ["divisor", "stride"])
def test_keys_of_an_editor_change_nothing_but_its_text(page, name, key):
    page.hand.double_click(page.find(name))
    before = page.bench
    page.press(key)
    assert page.bench == before


@pytest.mark.parametrize("key", EDITING_KEYS)
def test_keys_of_an_editor_change_no_other_weight(page, key):
    type_a_weight(page, "12")
    before = page.bench
    page.press(key)
    assert page.bench == before
    assert QApplication.focusWidget() is page.find("kernel.cell")
