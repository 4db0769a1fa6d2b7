"""How much of a map lies outside the range of the picture, in words that can be clicked."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui.widgets.controls import column
from cnnstudio.gui.widgets.text_button import TextButton
from cnnstudio.lab.number import write


class Shares(QWidget):
    """Two lines: the share below the picture's black, the share above its white.

    Signals:
        asked: "below" or "above": the user wants to see which numbers those are
    """

    asked = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.below = TextButton("convolution.below", "Show the numbers below black")
        self.above = TextButton("convolution.above", "Show the numbers above white")
        self.below.clicked.connect(lambda: self.asked.emit("below"))
        self.above.clicked.connect(lambda: self.asked.emit("above"))
        self.setLayout(column(self.below, self.above, gap=0))

    def show_shares(
        self, shares: tuple[float, float], ends: tuple[float, float], known: bool, tip: str
    ) -> None:
        """Show the shares, and what they are outside of.

        Args:
            shares: of the numbers of a map, from 0 to 1
            ends: the picture's black and its white
            known: whether the shares are known yet
            tip: what they are about
        """
        sides = zip((self.below, self.above), ("below", "above"), shares, ends, strict=True)
        for button, side, share, end in sides:
            told = f"{_written(100 * share) if known else '…'} {side} {write(end)}"
            button.setEnabled(known and share > 0)
            button.setToolTip(f"{tip}\nA click shows which numbers are {side} {write(end)}")
            if told != button.text():
                button.setText(told)
                button.setAccessibleName(f"{told}: show which numbers")
                button.updateGeometry()

    def show_nothing(self) -> None:
        """Show that there is no map."""
        for button in (self.below, self.above):
            button.setText("")
            button.setEnabled(False)

    def text(self) -> str:
        """Return what is written, line by line."""
        return "\n".join(filter(None, (self.below.text(), self.above.text())))


def _written(percent: float) -> str:
    if 0 < percent < 0.1:
        return "under 0.1 %"
    if 99.9 < percent < 100:
        return "over 99.9 %"
    return f"{percent:.1f} %" if percent not in {0.0, 100.0} else f"{percent:.0f} %"
