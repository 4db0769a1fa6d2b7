"""Painting only what changed leaves the same picture as painting everything."""

import numpy as np
from PyQt6.QtWidgets import QApplication

from cnnstudio.gui.widgets import plane_paint
from cnnstudio.lab.image import Image


def on_screen(window):
    """What the widgets painted, bit by bit, since the window was opened."""
    QApplication.processEvents()
    shot = QApplication.primaryScreen().grabWindow(int(window.winId())).toImage()
    return shot.convertToFormat(shot.Format.Format_RGB32)


def painted_anew(window):
    shot = window.grab().toImage()
    return shot.convertToFormat(shot.Format.Format_RGB32)


def test_steps_leave_nothing_of_the_beam_behind(window):
    player = window.current.player
    for go in (
        lambda: player.step(positions=1),
        lambda: player.step(rows=3),
        lambda: window.resize(1100, 700),
        lambda: player.step(positions=-2),
        lambda: player.step(products=5),
        window.actions_["view.zoom_in"].trigger,
        lambda: player.step(rows=-2),
        player.last,
        player.first,
    ):
        go()
        assert on_screen(window) == painted_anew(window)


def test_no_digits_are_written_where_there_is_no_room_for_any(window, monkeypatch):
    written = []
    own = plane_paint.write_cell
    monkeypatch.setattr(
        plane_paint, "write_cell", lambda value: written.append(value) or own(value)
    )
    pixels = np.arange(200 * 200).reshape(1, 200, 200) % 251
    window.current.take_image(Image(pixels.astype(np.uint8), "large"), "")
    painted_anew(window)
    window_and_products = 7 * 7 * 3
    assert len(written) <= 4 * window_and_products


def test_edits_leave_nothing_of_the_state_before_on_the_screen(page):
    page.press("W")
    for change in (
        lambda: page.set("divisor", 3),
        lambda: page.set("bias", -40),
        lambda: page.set("stride", 2),
        lambda: page.set("padding", 1),
        lambda: page.pick("filter", "sharpen"),
        lambda: page.pick("activation", "tanh"),
        lambda: page.pick("pooling", "sum"),
        lambda: page.choose("Scenes", "A stride that does not fit"),
        lambda: page.cure("stride 2"),
        lambda: page.undo(3),
        lambda: page.press("Ctrl+I"),
    ):
        change()
        page.leave()
        assert on_screen(page.window) == painted_anew(page.window)
