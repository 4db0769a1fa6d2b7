"""Painting only what changed leaves the same picture as painting everything."""

from PyQt6.QtWidgets import QApplication


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
