"""Which channel of a picture is looked at: a few words, or a number where there are many."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui.widgets.controls import row
from cnnstudio.gui.widgets.inputs import Segments, Stepper
from cnnstudio.lab.image import CHANNEL_NAMES, MAX_CHANNELS

_WORDS = ("Colour", "Red", "Green", "Blue")
_SHORTER = (_WORDS, ("Colour", "R", "G", "B"), ("All", "R", "G", "B"))
_TIP = "Look at the {} channel alone: its pixels, its slice, its products ({})"
_TIPS = ("All channels together (C)", *(_TIP.format(n, n[0].upper()) for n in CHANNEL_NAMES))


class ChannelChoice(QWidget):
    """Chooses a channel, or all of them; nothing of it can be undone, for nothing changes.

    Signals:
        chosen: the channel, from 0; None for all together
    """

    chosen = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.segments = Segments("convolution.channel", _WORDS, _TIPS)
        self.segments.setProperty("compact", True)
        self.segments.chosen.connect(self._choose)
        tip = "Look at one channel alone"
        self.stepper = Stepper("convolution.channel_number", "Channel", (0, MAX_CHANNELS), tip)
        self.stepper.box.setSpecialValueText("all")
        self.stepper.changed.connect(lambda number, _gesture: self._choose(number))
        self.setLayout(row(self.segments, self.stepper, gap=0))

    def show_channel(self, channel: int | None, channels: int) -> None:
        """Show which channel is looked at, if there is more than one."""
        place = 0 if channel is None else channel + 1
        named = channels == len(CHANNEL_NAMES)
        self.setVisible(channels > 1)
        self.segments.setVisible(named)
        self.stepper.setVisible(not named)
        self.segments.show_choice(place)
        self.stepper.set_range(0, channels)
        self.stepper.show_value(place)

    def fit(self, room: int) -> int:
        """Use short words where there is room for no others; return how wide it is."""
        self.segments.fit(room, _SHORTER)
        return self.sizeHint().width()

    def _choose(self, place: int) -> None:
        self.chosen.emit(place - 1 if place else None)
