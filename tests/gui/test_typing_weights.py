"""Whatever is typed into a cell of a kernel: exactly that number, or refused where it stands."""

import re

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QApplication

from tests.lab.test_kernel_cells import meant, pieces

QUIET = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
likely = st.lists(pieces, min_size=1, max_size=8).map("".join)
printable = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=8)
odd = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")),
    min_size=1,
    max_size=6,
)
typed = (likely | printable | odd).filter(
    lambda text: all(letter.isprintable() or letter in "\u2009\u202f\u00a0" for letter in text)
)


def type_over(page, text):
    """Open the first cell, type something in place of what it says, and press Enter."""
    page.press("Escape")
    page.hand.click(page.kernel, page.weight_at(0, 0))
    page.press("Return", "Ctrl+A", "Delete")
    cell = page.find("kernel.cell")
    for letter in text:
        press = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(QApplication.focusWidget(), press)
    assert cell.text() == text
    page.press("Return")
    return cell


@QUIET
@given(text=typed)
@example(text="-2/3")
@example(text="1\u2009000")
@example(text="1/-3")
@example(text="1e999")
@example(text="1/0")
@example(text="0.1234567891")
@example(text="٣")
@example(text="½")
@example(text="5x")
@example(text="/5")
@example(text="1 2")
@example(text="1_0")
@example(text="0x10")
def test_any_text_typed_into_a_cell_is_exactly_its_number_or_refused(page, text):
    before, steps = page.bench, page.steps
    cell = type_over(page, text)
    number = meant(text)
    if cell.isVisible():
        assert cell.property("bad") is True
        assert cell.text() == text
        assert (page.bench, page.steps) == (before, steps)
        assert "\n" not in page.said
        if number is not None:
            beyond = abs(number) > 10**9 or number.denominator > 10**9
            assert beyond or re.search(r"[eE][+-]?\d{3}", text)
        return
    assert number is not None
    cells = page.bench.kernel.cells
    assert cells[0][0][0] == number
    assert page.kernel.rows[0][0] == number
    old = before.kernel.cells[0]
    assert cells == (((number, *old[0][1:]), *old[1:]),)
