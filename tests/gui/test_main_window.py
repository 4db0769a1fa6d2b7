"""The main window: workspaces, menus, a status bar, and a way out at any time."""

import logging
import threading

import pytest
from PyQt6.QtCore import QByteArray, QTimer
from PyQt6.QtWidgets import QApplication, QLabel, QWidget

from cnnstudio.gui import errors
from cnnstudio.gui.main_window import MainWindow
from cnnstudio.gui.settings import Settings
from tests.facts import fact


@pytest.fixture
def never_read(page, picture):
    """A picture whose reading does not come to an end."""
    gate = threading.Event()

    def read(_source, _name, _cancelled):
        gate.wait()

    page.window.pictures.opener._read = read
    yield picture("slow.png")
    gate.set()


def another(qtbot, settings):
    made = MainWindow(settings)
    qtbot.addWidget(made)
    return made


def test_the_convolution_workspace_is_in_front_and_its_button_pressed(page):
    assert page.window.current is page.workspace
    assert page.workspace.isVisible()
    assert page.named("window.rail_convolution").isChecked()
    assert page.named("window.rail_convolution").text() == "Convolution"


def test_a_click_in_the_rail_brings_a_workspace_forward(page):
    page.find("divisor").setFocus()
    page.hand.click(page.named("window.rail_convolution"))
    assert page.window.current is page.workspace
    page.press("Right")
    assert page.place == (8, 20)


def test_the_window_is_there_before_any_workspace_is_made(qtbot, dressed, tmp_path):
    window = another(qtbot, Settings(tmp_path / "new.ini"))
    window.show()
    assert window.isVisible()
    assert window.workspaces == []
    assert not window.grab().toImage().isNull()


def test_closing_before_anything_is_loaded_does_no_harm(qtbot, dressed, tmp_path):
    window = another(qtbot, Settings(tmp_path / "new.ini"))
    window.show()
    window.close()
    assert not window.isVisible()


def test_the_first_start_shows_the_curve_detector_on_the_mouse(page):
    assert page.bench.source.name
    assert page.read("filter") == "curve detector"
    assert page.input.size == (32, 32)
    page.press("Home")
    assert page.feature_map.numbers[0][0] == fact("curve.patch_1.total")


def test_the_status_bar_says_on_the_left_what_a_click_does(page):
    assert "pin" in page.window.statusBar().findChild(QLabel, "window.hint").text()


def test_the_status_bar_says_on_the_right_the_value_and_the_sizes(page):
    page.press("Home")
    assert page.figures == "6\u2009600     32 × 32 → 26 × 26 → 13 × 13"


@pytest.mark.parametrize("size", [(1024, 640), (960, 540), (1280, 800), (1920, 1080)])
def test_the_window_can_have_the_sizes_it_promises(page, size):
    page.window.resize(*size)
    assert (page.window.width(), page.window.height()) == size
    inside = page.window.rect()
    for name in (
        "input",
        "kernel",
        "feature_map",
        "activation_map",
        "pooled_map",
        "ledger",
        "play",
    ):
        widget = page.find(name)
        assert widget.isVisible(), name
        corner = widget.mapTo(page.window, widget.rect().bottomRight())
        assert inside.contains(corner), name


def test_where_there_is_little_room_everything_is_still_behind_more(page):
    page.window.resize(960, 540)
    page.press("M")
    for name in (
        "stride",
        "padding",
        "padding_mode",
        "dilation",
        "kernel_size",
        "padding_preset.same",
    ):
        assert page.find(name).isVisible(), name


def test_size_and_place_of_the_window_are_remembered(qtbot, dressed, tmp_path):
    settings = Settings(tmp_path / "again.ini")
    first = another(qtbot, settings)
    first.show()
    first.resize(0, 613)  # as narrow as it can be, for a small screen
    size = first.size()
    assert size.height() == 613
    first.close()
    second = another(qtbot, Settings(tmp_path / "again.ini"))
    assert second.size() == size


def test_a_remembered_geometry_that_is_nonsense_does_no_harm(qtbot, dressed, tmp_path):
    settings = Settings(tmp_path / "again.ini")
    settings.geometry = QByteArray(b"nonsense")
    window = another(qtbot, settings)
    window.show()
    assert (window.width(), window.height()) == (1280, 800)


def test_closing_while_it_plays_returns_at_once_and_stops(page):
    page.press("Home", "Space")
    page.window.close()
    assert not page.window.isVisible()
    assert not page.workspace.player.playing


def test_closing_while_a_picture_is_read_returns_at_once(page, never_read):
    page.drop(never_read)
    assert page.window.pictures.opener.busy
    page.window.close()
    assert not page.window.isVisible()
    assert not page.window.pictures.opener.busy


def test_quitting_from_the_menu_closes_the_window(page):
    page.menu_entry("File", "Quit").trigger()
    assert not page.window.isVisible()


def test_closing_never_asks(page):
    page.set("stride", 3)
    page.window.close()
    assert not page.window.isVisible()
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == []


def test_a_hidden_workspace_stops_playing(page):
    page.press("Home", "Space")
    page.workspace.hide()
    assert not page.workspace.player.playing


def test_an_error_in_a_slot_ends_in_a_report_and_the_window_lives_on(page, tmp_path, caplog):
    errors.install(tmp_path)
    try:
        with caplog.at_level(logging.CRITICAL):
            QTimer.singleShot(0, lambda: 1 / 0)
            page.hand.until(lambda: _report() is not None)
        assert "division by zero" in _report().findChild(QLabel, "window.report_says").text()
        assert page.window.isVisible()
        page.come_back()
        page.press("Home", "Right")
        assert page.place == (1, 2)
        assert "ZeroDivisionError" in (tmp_path / "cnnstudio.log").read_text()
    finally:
        errors.uninstall()


def _report():
    found = [w for w in QApplication.topLevelWidgets() if w.objectName() == "window.report"]
    return found[0] if found else None


def test_an_error_while_a_state_is_shown_does_not_block_later_edits(page, tmp_path, monkeypatch):
    errors.install(tmp_path)
    try:
        with monkeypatch.context() as patch:
            patch.setattr(page.workspace, "show_moment", lambda *_: 1 / 0)
            page.set("stride", 2)
            page.hand.until(lambda: _report() is not None)
        page.come_back()
        page.set("stride", 3)
        assert page.bench.stride == (3, 3)
        assert page.feature_map.size == (9, 9)
    finally:
        errors.uninstall()


def test_nothing_is_told_twice_or_left_over_when_two_windows_were_there(page, qtbot, tmp_path):
    second = another(qtbot, Settings(tmp_path / "second.ini"))
    second.load()
    second.close()
    page.set("stride", 2)
    assert page.bench.stride == (2, 2)
    assert second.current.document.state.stride == (1, 1)


def test_no_field_keeps_for_itself_what_is_dropped_on_it(page):
    parts = [w for w in page.window.findChildren(QWidget) if w.window() is page.window]
    takers = [w for w in parts if w.acceptDrops()]
    assert [w.objectName() for w in takers] == []
