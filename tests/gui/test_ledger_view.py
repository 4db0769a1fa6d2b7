"""The ledger: a text that is real, adds up, can be copied, and whose terms can be clicked."""

import re

import pytest
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QTextBrowser

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.ledger_view import LedgerView
from cnnstudio.lab.line import Ledger, Span
from tests.facts import fact
from tests.gui.pages import click_words
from tests.lab.evaluator import check

PATCH_1 = "The curve detector finds its curve"
BY_HAND = "Five by five, by hand"
LINE = (
    Span("2×3", "term", 1),
    Span(" + "),
    Span("4×5", "term", 7),
    Span(" = "),
    Span("26", "total"),
)


@pytest.fixture
def patch(page):
    """Patch 1 under the curve detector: five products, 6600."""
    page.choose("Scenes", PATCH_1)
    return page


@pytest.fixture
def view(qtbot, dressed):
    made = LedgerView("test.ledger")
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    return made


def copied():
    """The text on the clipboard; how its numbers are grouped does not matter."""
    return _ungrouped(QGuiApplication.clipboard().text())


def _ungrouped(text):
    return re.sub(r"(?<=\d)[\u2009\u202f](?=\d{3})", "", text)


def test_the_plain_text_begins_with_the_line(view):
    view.show_ledger(Ledger("title", "26", LINE, "a note", (("bias", "26 + 0 = 26"),)))
    lines = view.toPlainText().splitlines()
    assert lines == ["2×3 + 4×5 = 26", "a note", "bias\t26 + 0 = 26"]


def test_it_is_a_real_text_and_read_only(patch):
    assert isinstance(patch.ledger.view, QTextBrowser)
    assert patch.ledger.view.isReadOnly()
    before = patch.ledger.text
    patch.find("ledger").setFocus()
    patch.type("x")
    patch.press("Delete", "Ctrl+V")
    assert patch.ledger.text == before


def test_text_can_be_selected_with_the_mouse_and_copied(patch):
    patch.find("ledger").setFocus()
    patch.press("Ctrl+A", "Ctrl+C")
    assert copied() == _ungrouped(patch.ledger.text)


def test_the_arithmetic_can_be_copied_from_anywhere(patch):
    patch.press("Ctrl+Shift+C")
    assert copied() == _ungrouped(patch.ledger.text)
    assert copied().startswith("50×30 + 20×30 + ")
    assert patch.said == "The arithmetic is on the clipboard"


def test_the_terms_shown_add_up_to_the_total_shown(patch):
    check(patch.ledger.line)
    assert patch.ledger.result == patch.ledger.line.rpartition("= ")[2]


def test_a_rounded_sum_says_so_instead_of_pretending(page):
    page.choose("Scenes", BY_HAND)
    page.set("divisor", "7")
    assert " ≈ " in page.ledger.line
    check(page.ledger.line)


def test_divisor_bias_and_activation_are_written_one_after_the_other(page):
    page.choose("Scenes", BY_HAND)
    page.set("divisor", "2")
    page.set("bias", "-3")
    page.press("Home")
    assert page.ledger.line == "(1×1 + 1×1 + 1×1 + 1×1) ∕ 2 + (−3) = −1"
    assert page.ledger.text.splitlines()[2:5] == [
        "divisor\t4 ∕ 2 = 2",
        "bias\t2 + (−3) = −1",
        "ReLU\tmax(0, −1) = 0",
    ]


def test_how_many_products_are_0_is_counted(patch):
    assert "5 products, the other 44 are 0" in patch.ledger.text


def test_it_unfolds_to_all_products_and_folds_again(patch):
    folded = patch.ledger.line
    patch.press("A")
    assert patch.ledger.line.count("×30") == len(fact("curve.places"))
    check(patch.ledger.line)
    patch.press("A")
    assert patch.ledger.line == folded


def test_show_all_in_the_text_unfolds_it_too(patch):
    patch.ledger.click("show all")
    assert patch.ledger.line.count(" + ") == 48
    patch.ledger.click("show fewer")
    assert patch.ledger.line.count(" + ") == 4


def test_a_click_on_a_term_tells_its_place(view, qtbot, hand):
    view.show_ledger(Ledger("title", "26", LINE, "", ()))
    told = []
    view.term_clicked.connect(told.append)
    for words in ("2×3", "4×5"):
        click_words(hand, view, words)
    assert told == [1, 7]


@pytest.mark.parametrize(("nth", "place"), list(enumerate(fact("curve.places")[1:])))
def test_a_click_on_a_term_lights_its_pixel_and_its_weight(patch, nth, place):
    seen = patch.input.look(), patch.kernel.grab().toImage()
    words = f"{fact('curve.patch_1.pixels')[nth]}×30"
    before = fact("curve.patch_1.pixels")[:nth].count(fact("curve.patch_1.pixels")[nth])
    patch.ledger.click(words, before)
    assert patch.ledger.lit == [words]
    assert patch.input.marks.tap == place
    assert patch.kernel.tap == place
    assert (patch.input.look(), patch.kernel.grab().toImage()) != seen


def test_a_lit_pixel_stands_where_the_padding_puts_it(patch):
    patch.set("padding", 1)
    patch.go(2, 2)
    patch.ledger.click("20×30")
    row, column = fact("curve.places")[2]
    assert patch.input.marks.tap == (row + 1, column + 1)
    assert patch.kernel.tap == (row, column)


def test_a_term_is_lit_with_the_keyboard_too(patch):
    patch.find("ledger").setFocus()
    patch.press("Tab", "Return")
    assert patch.kernel.tap in fact("curve.places")


def test_the_light_goes_out_with_the_next_step(page):
    page.choose("Scenes", BY_HAND)
    page.ledger.click("1×1")
    page.press("Right")
    assert page.ledger.lit == []
    assert page.input.marks.tap is None


def test_a_click_on_a_pooled_number_lights_it_in_the_map_before(page):
    page.choose("Scenes", BY_HAND)
    page.press("3", "Home")
    page.ledger.click("2", 0)
    assert page.activation_map.marks.tap == (1, 0)


def test_hovering_a_product_in_the_grids_lights_its_pixel_and_weight(patch):
    products = patch.picture("window_products")
    products.hover(2, 3)
    assert patch.input.marks.tap == (2, 3)
    assert patch.kernel.tap == (2, 3)
    assert patch.ledger.lit == ["20×30"]


def test_the_grids_show_pixels_weights_and_their_products(patch):
    pixels, weights, products = (
        patch.picture(f"window_{name}").numbers for name in ("pixels", "weights", "products")
    )
    assert pixels == fact("curve.patch_1")
    assert weights == fact("curve.kernel")
    assert sum(map(sum, products)) == fact("curve.patch_1.total")


def test_the_result_is_the_numbers_place_and_value(patch):
    assert patch.ledger.result == "6\u2009600"
    titles = [
        label.text()
        for label in patch.workspace.page.ledger.findChildren(type(patch.find("where")))
    ]
    assert "Row 1, column 1 of the feature map" in titles


def test_without_a_number_it_says_so(page):
    page.choose("Scenes", BY_HAND)
    page.set("kernel_size", 7)
    assert page.ledger.text == ""
    assert page.workspace.page.ledger.title.text() == "There is no number to explain here"


def test_another_theme_writes_it_in_its_own_ink(qapp, view):
    view.show_ledger(Ledger("title", "26", LINE, "", ()))
    text, before = view.toPlainText(), view.grab().toImage()
    theme.apply_theme(qapp, "dark")
    try:
        assert view.grab().toImage() != before
        assert view.toPlainText() == text
    finally:
        theme.apply_theme(qapp, "light")


def test_a_text_that_is_there_already_is_not_written_again(view):
    ledger = Ledger("title", "26", LINE, "", ())
    view.show_ledger(ledger)
    writes = []
    view.textChanged.connect(lambda: writes.append(1))
    view.show_ledger(Ledger("title", "26", LINE, "", ()))
    assert writes == []
