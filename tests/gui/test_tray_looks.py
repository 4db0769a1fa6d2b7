"""How the tray's tabs stand: level lines, targets large enough, words that are not cut."""

import pytest
from PyQt6.QtWidgets import QApplication, QToolButton

from cnnstudio.gui import theme
from cnnstudio.lab.generators import generators
from tests.gui.values_page import ValuesPage

SIZES = [(960, 540), (1024, 640), (1280, 800), (1920, 1080)]
TARGET = 28  # px that a target has at least


@pytest.mark.parametrize("room", SIZES)
def test_tabs_and_all_that_changes_a_kernel_are_targets_of_28_pixels(page, room):
    page.window.resize(*room)
    page.press("K")
    QApplication.processEvents()
    tray = page.workspace.page.tray
    buttons = page.workspace.features.kernel_tools.panel.buttons
    found = [each for each in buttons.findChildren(QToolButton) if "kernel_" in each.objectName()]
    tabs = [page.find(f"tab_{name}") for name in tray.names]
    assert len(found) > 10
    assert {each.height() for each in [*found, *tabs]} == {TARGET}


@pytest.mark.parametrize(
    ("key", "name"), [("P", "keep_b"), ("V", "line"), ("K", "kernel_random"), ("K", "kernel_open")]
)
def test_buttons_of_all_tabs_are_equally_high_in_every_theme(page, key, name):
    before = theme.current_theme()
    page.press(key)
    button = page.find(name)
    for worn in ("dark", before):
        theme.apply_theme(QApplication.instance(), worn)
        QApplication.processEvents()
        assert button.height() == TARGET


@pytest.mark.parametrize("room", [(1024, 640), (1280, 800), (1920, 1080)])
def test_the_sentence_about_a_generator_is_not_cut(page, room):
    page.window.resize(*room)
    page.press("K")
    QApplication.processEvents()
    for kind in generators().values():
        page.pick("generator", kind.title)
        about = page.find("generator_about")
        if about.isVisible():
            assert about.text() == kind.about
            wide = about.heightForWidth(about.width()) if about.wordWrap() else 0
            assert wide <= about.height() + 2


def test_the_button_for_a_line_is_below_the_sentence_and_above_the_profile(page):
    values = ValuesPage(page.window, page.hand)
    values.look_at_values()
    line, sentence = values.find("line"), values.panel.profile.sentence
    assert line.text() == "Draw a line"
    assert (
        sentence.mapTo(values.panel, sentence.rect().bottomLeft()).y()
        < line.mapTo(values.panel, line.rect().topLeft()).y()
    )
    values.take_line()
    values.drag(values.input, (4, 3), (9, 9))
    plot = values.panel.profile.plot
    assert line.text() == "New line"
    assert (
        line.mapTo(values.panel, line.rect().bottomLeft()).y()
        < plot.mapTo(values.panel, plot.rect().topLeft()).y()
    )
    values.click("line_remove")
    assert line.isVisible()
    assert line.text() == "Draw a line"


def test_what_a_kernel_makes_is_written_without_its_pixels_where_both_do_not_fit(page):
    page.press("K")
    output = page.workspace.features.kernel_tools.panel.meaning.lines["Output"]
    output.show_text("0 … 9 000 from 0 … 50")
    output.resize(400, output.height())
    assert output.text() == "0 … 9 000 from 0 … 50"
    output.resize(80, output.height())
    assert output.text() == "0 … 9 000"
    assert output.toolTip() == "0 … 9 000 from 0 … 50"


def test_the_window_with_the_code_is_never_higher_than_the_program(page):
    page.window.resize(960, 540)
    QApplication.processEvents()
    page.window.actions_["edit.copy_code"].trigger()
    dialog = page.workspace.features.coding.dialog
    assert dialog.height() <= 540
    dialog.close()
