"""The transport: step, play, scrub, and how fast."""

from math import exp, log

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.actions import Actions
from cnnstudio.gui.player import FASTEST, SLOWEST, Player
from cnnstudio.gui.widgets.controls import Button, label, named, row
from cnnstudio.gui.widgets.inputs import Slider
from cnnstudio.lab.number import write

_NARROW = 860  # px under which the place is written short
_NOTCHES = 200  # places of the speed slider


class Transport(QWidget):
    """The buttons of the playhead, and its line.

    Signals:
        speed_chosen: positions a second
    """

    speed_chosen = pyqtSignal(float)

    def __init__(self, actions: Actions, player: Player, more: Button) -> None:
        super().__init__()
        self.player = player
        buttons = []
        for name, icon in (
            ("first", "first"),
            ("back", "back"),
            ("play", "play"),
            ("next", "next"),
            ("last", "last"),
        ):
            playing = name == "play"
            button = Button(
                icon=icon, role="play" if playing else "quiet", tint="panel" if playing else "text"
            )
            button.follow(actions[f"run.{name}"])
            button.setObjectName(f"convolution.{name}")
            button.setAutoRepeat(name in {"back", "next"})
            button.setAutoRepeatInterval(60)
            buttons.append(button)
        self.play = buttons[2]
        self.play.setFixedSize(46, 36)
        self.where = label("", theme.BODY, theme.MEDIUM)
        self.scrub = Slider("convolution.scrub", "Position", "Drag to any position", "playhead")
        self.scrub.valueChanged.connect(player.seek)
        self.speed = Slider("convolution.speed", "Speed", "Positions a second ([ and ])")
        self.speed.setRange(0, _NOTCHES)
        self.speed.setFixedWidth(84)
        self.speed.valueChanged.connect(self._choose_speed)
        self.speed_label = label("", theme.BODY, theme.MEDIUM)
        self.speed_label.setMinimumWidth(58)
        caption = label("Speed", theme.CAPTION, role="muted")
        self.more = more
        named(self.where, "convolution.where", "Where the playhead stands")
        self.setLayout(
            row(
                *buttons,
                8,
                self.where,
                8,
                self.scrub,
                12,
                caption,
                self.speed,
                self.speed_label,
                more,
                gap=4,
            )
        )
        player.played.connect(self._show_playing)

    def show_place(self) -> None:
        """Show where the playhead stands."""
        row_, column_ = self.player.place
        rows, columns = self.player.rows, self.player.columns
        text = f"row {row_ + 1} of {rows}, column {column_ + 1} of {columns}" if rows else "no map"
        if rows and self.width() < _NARROW:
            text = f"row {row_ + 1}, column {column_ + 1}"
        self.where.setText(text)
        longest = f"row {rows} of {rows}, column {columns} of {columns}"
        if self.width() < _NARROW:
            longest = f"row {rows}, column {columns}"
        self.where.setMinimumWidth(self.where.fontMetrics().horizontalAdvance(longest) + 4)
        self.scrub.show_value(self.player.position, max(0, self.player.count - 1))
        self.scrub.setEnabled(self.player.count > 0)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Write the place as short as the width asks for."""
        super().resizeEvent(event)
        self.show_place()

    def show_speed(self, speed: float) -> None:
        """Show how fast the playhead plays."""
        notch = round(_NOTCHES * log(speed / SLOWEST) / log(FASTEST / SLOWEST))
        self.speed.show_value(notch, _NOTCHES)
        self.speed_label.setText(f"{write(speed if speed < 10 else round(speed))}/s")

    def _choose_speed(self, notch: int) -> None:
        speed = SLOWEST * exp(notch / _NOTCHES * log(FASTEST / SLOWEST))
        self.speed_chosen.emit(speed)

    def _show_playing(self, playing: bool) -> None:
        self.play.icon_name = "pause" if playing else "play"
        self.play.redraw_icon()
        self.play.setAccessibleName("Pause" if playing else "Play")
