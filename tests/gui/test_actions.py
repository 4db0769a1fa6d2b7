"""Commands: each one once, in a menu, with keys of its own, and doing something."""

import re

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QTextBrowser

from cnnstudio.gui.actions import COMMANDS, MENUS, Actions

KEYED = [command for command in COMMANDS if command.keys]
NAMES = [command.name for command in COMMANDS]


@pytest.fixture
def actions(qapp):
    return Actions()


def in_menus(page):
    """Every entry of every menu of the menu bar."""
    menus = [entry.menu() for entry in page.window.menuBar().actions()]
    return [entry for menu in menus for entry in menu.actions()]


def test_no_command_is_there_twice():
    assert len(set(NAMES)) == len(NAMES)


def test_no_two_commands_share_their_keys():
    keys = [QKeySequence(command.keys).toString() for command in KEYED]
    assert "" not in keys, "all of them are keys that Qt knows"
    assert len(set(keys)) == len(keys)


def test_every_command_stands_in_the_menu_of_its_name(page):
    assert set(MENUS) == {name.partition(".")[0] for name in NAMES}
    entries = in_menus(page)
    for name in NAMES:
        assert page.window.actions_[name] in entries, name


def test_every_command_is_connected_to_something(page):
    for name in NAMES:
        action = page.window.actions_[name]
        assert action.receivers(action.triggered) + action.receivers(action.toggled) > 0, name


def test_no_two_entries_of_a_menu_share_their_underlined_letter(page):
    for menu in MENUS:
        texts = [page.window.actions_[n].text() for n in NAMES if n.startswith(f"{menu}.")]
        letters = re.findall(r"&(\w)", " ".join(texts).lower())
        assert len(set(letters)) == len(letters), texts


def test_keys_with_ctrl_are_shortcuts_and_bare_ones_are_not(actions):
    for command in KEYED:
        shortcut = actions[command.name].shortcut()
        if "Ctrl" in command.keys or command.keys == "F1":
            assert shortcut == QKeySequence(command.keys), command.name
        else:
            assert shortcut.isEmpty(), command.name


@pytest.mark.parametrize("command", KEYED, ids=lambda command: command.name)
def test_a_menu_says_the_keys_of_its_commands(actions, command):
    native = QKeySequence(command.keys).toString(QKeySequence.SequenceFormat.NativeText)
    action = actions[command.name]
    assert action.text().endswith(f"\t{native}") or action.shortcut() == QKeySequence(command.keys)
    assert native in action.toolTip()


def test_the_list_of_keys_has_every_command_that_has_keys(page):
    page.press("F1")
    text = page.dialog("window.help").findChild(QTextBrowser).toPlainText()
    for command in KEYED:
        native = QKeySequence(command.keys).toString(QKeySequence.SequenceFormat.NativeText)
        assert native in text
        assert command.text.replace("&", "").rstrip("…") in text


def test_about_says_version_and_licence(page):
    page.menu_entry("Help", "About CNN Studio").trigger()
    text = page.dialog("window.help").findChild(QTextBrowser).toPlainText()
    assert "GPL-3.0-or-later" in text
    assert "CNN Studio 0." in text
    assert "cross-correlation" in text


def test_a_help_dialog_closes_with_escape_and_with_its_button(page):
    for close in (
        lambda: page.press("Escape"),
        lambda: page.hand.click(page.named("window.help.close")),
    ):
        page.menu_entry("Help", "About CNN Studio").trigger()
        dialog = page.dialog("window.help")
        close()
        assert not _alive(dialog)
        page.come_back()


def _alive(dialog):
    try:
        return dialog.isVisible()
    except RuntimeError:
        return False


def test_a_disabled_command_is_not_performed_by_its_bare_key(page):
    page.window.actions_["run.next"].setEnabled(False)
    before = page.place
    page.press("Right")
    assert page.place == before


def test_buttons_share_the_state_of_their_command(page):
    invert, action = page.find("invert"), page.window.actions_["edit.invert"]
    page.press("Ctrl+I")
    assert action.isChecked()
    assert invert.isChecked()
    page.click("invert")
    assert not action.isChecked()
    action.setEnabled(False)
    assert not invert.isEnabled()


def test_the_number_block_steps_as_the_arrows_do(page):
    page.go(2, 2)
    keypad = Qt.KeyboardModifier.KeypadModifier
    QTest.keyClick(QApplication.focusWindow(), Qt.Key.Key_Right, keypad)
    assert page.place == (2, 3)


def test_a_checkable_command_is_shown_as_such_in_the_menu(page):
    assert not page.menu_entry("View", "Whole map").isChecked()
    page.press("W")
    assert page.menu_entry("View", "Whole map").isChecked()
    page.choose("View", "Whole map")
    assert not page.workspace.whole
