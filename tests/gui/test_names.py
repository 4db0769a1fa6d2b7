"""Names for tests, screen readers and scripts: every widget that can be used has two."""

import re
import sys

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QMenuBar,
    QScrollBar,
    QWidget,
)

from cnnstudio.gui import errors

REQUIRED = """open input kernel divisor bias feature_map activation_map pooled_map ledger
    stride stride_y padding padding_mode dilation filter activation pooling pool_size
    play next back scrub speed"""
USABLE = (
    QAbstractButton,
    QAbstractSlider,
    QComboBox,
    QLineEdit,
    QAbstractItemView,
    QMenu,
    QMenuBar,
)


def of_qt(widget):
    """Whether Qt made it as a part of something else."""
    if widget.objectName().startswith("qt_") or isinstance(widget, QScrollBar):
        return True
    parent = widget.parentWidget()
    if isinstance(parent, QMenuBar) and isinstance(widget, QMenu) and not widget.title():
        return True  # what does not fit into the bar
    if isinstance(parent, QAbstractScrollArea) and widget is parent.viewport():
        return True
    while parent is not None:
        inside_list = isinstance(parent, QComboBox) and not isinstance(widget, QComboBox)
        if inside_list or isinstance(parent, QFileDialog):
            return True
        parent = parent.parentWidget()
    return False


def usable(widget):
    """Whether the program made it and it takes focus or clicks."""
    takes_focus = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    return (takes_focus or isinstance(widget, USABLE)) and not of_qt(widget)


@pytest.fixture
def widgets(page, qtbot, tmp_path):
    """Every usable widget of the program, after all its states and dialogs have been there."""
    for words in (["Scenes"], ["File", "Open recent"]):
        page.open_menu(*words)
        page.close_menus()
    page.press("M")
    page.hand.click(page.kernel)
    page.press("Return", "Escape", "Ctrl+E")
    page.click("samples")
    page.close_menus()
    for number in "321":
        page.press(number)
    page.choose("Scenes", "A stride that does not fit")
    for menu, words in (
        ("File", "New grid"),
        ("Help", "Keys and gestures"),
        ("File", "Open"),
        ("File", "Save as"),
        ("Edit", "Invert picture"),
        ("File", "New session"),
    ):
        page.menu_entry(menu, words).trigger()
    errors.install(tmp_path)
    try:
        sys.excepthook(ValueError, ValueError("for the test"), None)
        page.hand.until(lambda: page.window.findChild(QWidget, "window.report") is not None)
        yield [widget for widget in page.window.findChildren(QWidget) if usable(widget)]
    finally:
        errors.uninstall()
        for top in QApplication.topLevelWidgets():
            if top is not page.window:
                top.close()


def test_every_widget_that_takes_focus_or_clicks_has_its_names(widgets):
    assert len(widgets) > 70
    names = [widget.objectName() for widget in widgets]
    nameless = [w for w in widgets if not re.fullmatch(r"[a-z]+(\.[a-z0-9_]+)+", w.objectName())]
    assert [(type(w).__name__, w.objectName()) for w in nameless] == []
    assert {name.partition(".")[0] for name in names} == {"window", "convolution"}
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
    silent = [w.objectName() for w in widgets if not (w.accessibleName() or _words_of(w))]
    assert silent == []


def _words_of(widget):
    """What a screen reader says of a widget by itself: a menu its title."""
    return widget.title() if isinstance(widget, QMenu) else ""


def test_the_names_that_scripts_rely_on_are_there(page):
    for name in REQUIRED.split():
        found = page.window.findChildren(QWidget, f"convolution.{name}")
        assert len(found) == 1, name


def test_a_stepper_can_be_named_in_both_directions(page):
    for name in ("stride", "stride.less", "stride.more"):
        assert page.find(name).accessibleName().startswith("Stride")


@pytest.mark.parametrize("name", ["input", "feature_map", "activation_map", "pooled_map"])
def test_a_pictures_description_names_its_size_the_position_and_the_value_there(page, name):
    picture = page.picture(name)
    page.press("W")
    page.go(5, 7)
    rows, columns = picture.size
    row, column = (3, 4) if name == "pooled_map" else (5, 7)
    value = f"{picture.numbers[row - 1][column - 1]:,.0f}".replace(",", "\u2009")
    expected = f"{rows} × {columns}; row {row}, column {column}: {value}"
    assert picture.description == expected


def test_the_descriptions_follow_the_playhead(page):
    said = set()
    page.press("Home")
    for _ in range(3):
        said.add((page.input.description, page.feature_map.description))
        page.press("Right", "Down")
    assert len(said) == 3


def test_the_kernels_description_names_its_size_the_cursor_and_the_weight_there(page):
    page.hand.click(page.kernel, page.weight_at(0, 5))
    assert page.kernel.accessibleDescription() == "7 rows, 7 columns; row 1, column 6: 30"
    page.press("Right")
    assert page.kernel.accessibleDescription() == "7 rows, 7 columns; row 1, column 7: 0"


def test_play_is_called_pause_while_it_plays(page):
    assert page.find("play").accessibleName() == "Play"
    page.press("Space")
    assert page.find("play").accessibleName() == "Pause"
    page.press("Space")
    assert page.find("play").accessibleName() == "Play"


def test_every_button_without_words_has_a_tooltip(page):
    for button in page.window.findChildren(QAbstractButton):
        if not of_qt(button) and not button.text():
            assert button.toolTip(), button.objectName()
