"""The tabs under the pictures."""

import pytest
from PyQt6.QtWidgets import QApplication, QToolButton


def tabs(page):
    tray = page.workspace.page.tray
    return [page.find(f"tab_{name}") for name in tray.names]


def contents(page):
    tray = page.workspace.page.tray
    return [tray._pages[name] for name in tray.names]


def test_the_arithmetic_is_in_front_at_first(page):
    assert page.workspace.page.tray.shown == "arithmetic"
    assert page.workspace.page.ledger.isVisible()


def test_each_tab_shows_its_content_and_nothing_else(page):
    for tab, content in zip(tabs(page), contents(page), strict=True):
        page.hand.click(tab)
        assert [each.isVisible() for each in contents(page)] == [
            each is content for each in contents(page)
        ]
        assert [each.isChecked() for each in tabs(page)] == [each is tab for each in tabs(page)]


def test_every_tab_has_a_key_a_menu_entry_and_a_tooltip(page):
    for name, tab in zip(page.workspace.page.tray.names, tabs(page), strict=True):
        action = page.window.actions_[f"view.{name}"]
        key = action.text().rpartition("\t")[2]
        page.workspace.setFocus()
        page.press(key)
        assert page.workspace.page.tray.shown == name
        assert key in tab.toolTip()


@pytest.mark.parametrize("size", [(1024, 640), (1280, 800), (1920, 1080), (960, 540)])
def test_no_tab_moves_the_pictures_where_there_is_room(page, size):
    page.window.resize(*size)
    QApplication.processEvents()
    strip = page.workspace.page.strip
    before = strip.geometry()
    for tab in tabs(page):
        page.hand.click(tab)
        if size[1] >= 800:
            assert strip.geometry() == before
        assert strip.height() >= 200
        for content in contents(page):
            if content.isVisible():
                assert content.height() >= 130


def test_a_misfit_takes_the_place_of_the_arithmetic_but_not_of_a_tool(page):
    page.press("P")
    page.workspace.document.edit("x", padding=(0, 0, 0, 0), dilation=(4, 4), fit=8)
    assert page.workspace.page.tray.isVisible()
    page.press("L")
    assert not page.workspace.page.tray.isVisible()
    page.press("P")
    assert page.workspace.page.tray.isVisible()


def test_tabs_are_reached_with_the_tab_key(page):
    for tab in tabs(page):
        assert isinstance(tab, QToolButton)
        assert tab.accessibleName()
        assert tab.focusPolicy().value & 1
