"""The colours of a map with the numbers at their ends."""

import numpy as np
from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.plane_paint import GRAYS, indices, picture
from cnnstudio.lab.number import write

NOT_MORE, NOT_LESS = "≤", "≥"  # before the end of a scale where numbers lie beyond it
_APART = 6.0  # px between two numbers under the colours


class ScaleBar(QWidget):
    """Says which colour stands for which number; as wide as the picture above it.

    Stacked, its numbers stand under the colours, which leaves room for long ones.
    """

    def __init__(self, family: str, stacked: bool = False) -> None:
        super().__init__()
        self._family, self._low, self._high = family, 0.0, 1.0
        self._beyond = False, False
        self._stacked, self._known = stacked, True
        self.setFixedHeight(32 if stacked else 20)
        self.setFont(theme.face(theme.CAPTION))

    def show_scale(
        self,
        low: float,
        high: float,
        family: str = "",
        known: bool = True,
        beyond: tuple[bool, bool] = (False, False),
    ) -> None:
        """Show the numbers at both ends, in the colours of another family if one is named.

        Args:
            low: the number of the first colour
            high: the number of the last one
            family: the colours
            known: whether the numbers are known yet; else they are left open
            beyond: whether there are numbers below the first one, and above the last one
        """
        shown = low, high, family or self._family, known, beyond
        before = self._low, self._high, self._family, self._known, self._beyond
        if shown != before:
            self._low, self._high, self._family, self._known, self._beyond = shown
            self.setAccessibleDescription(self._told())
            self.update()

    def _told(self) -> str:
        if not self._known:
            return "the numbers at its ends are to come"
        words = "grays" if self._family in GRAYS else "colours"
        told = f"{words} from {write(self._low)} to {write(self._high)}"
        more = [way for way, is_so in zip(("below", "above"), self._beyond, strict=True) if is_so]
        told += f", more lies {' and '.join(more)}" * bool(more)
        return f"{told}, signs left out" if self._family == "absolute" else told

    def sizeHint(self) -> QSize:
        """Be wide enough for two numbers and some colour."""
        return QSize(96, self.height())

    @property
    def ends(self) -> tuple[str, str]:
        """What is written at the ends: "≤ 0" where there are numbers below 0."""
        if not self._known:
            return "…", "…"
        signs = zip((NOT_MORE, NOT_LESS), self._beyond, strict=True)
        less, more = (f"{sign} " * is_so for sign, is_so in signs)
        return less + write(self._low), more + write(self._high)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint low, colours, high."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("muted"))
        low, high = self.ends
        if self._stacked:
            self._paint_stacked(painter, low, high)
            return
        metrics = painter.fontMetrics()
        left = metrics.horizontalAdvance(low) + 6
        right = self.width() - metrics.horizontalAdvance(high) - 6
        middle, box = Qt.AlignmentFlag.AlignVCenter, QRectF(self.rect())
        painter.drawText(box, middle, low)
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, high)
        if right - left > 12:
            self._paint_colours(painter, QRectF(left, self.height() / 2 - 4, right - left, 8))
        painter.end()

    def _paint_stacked(self, painter: QPainter, low: str, high: str) -> None:
        sides, box = Qt.AlignmentFlag, QRectF(self.rect()).adjusted(0, 12, 0, 0)
        bar = QRectF(1, 3, self.width() - 2, 8)
        painter.drawText(box, sides.AlignTop | sides.AlignLeft, low)
        painter.drawText(box, sides.AlignTop | sides.AlignRight, high)
        self._paint_colours(painter, bar)
        if self._low < 0 < self._high and (self._known or self._family not in GRAYS):
            zero = bar.left() - bar.width() * self._low / (self._high - self._low)
            metrics = painter.fontMetrics()
            half = metrics.horizontalAdvance("0") / 2
            left = metrics.horizontalAdvance(low) + _APART
            right = self.width() - metrics.horizontalAdvance(high) - _APART
            painter.setPen(theme.colour("muted"))
            if left <= zero - half and zero + half <= right:
                spot = QRectF(zero - 20, box.top(), 40, box.height())
                painter.drawText(spot, sides.AlignTop | sides.AlignHCenter, "0")
            if self._family in GRAYS:  # no gray says by itself that it is the one of zero
                painter.drawLine(QRectF(zero, 0, 0, 3).topLeft(), QRectF(zero, 11, 0, 0).topLeft())
        painter.end()

    def _paint_colours(self, painter: QPainter, bar: QRectF) -> None:
        steps = np.linspace(self._low, self._high, 128)[None]
        path = QPainterPath()
        path.addRoundedRect(bar, 3, 3)
        painter.save()
        painter.setClipPath(path)
        colours = indices(steps, self._family, self._low, self._high)
        painter.drawImage(bar, picture(colours, self._family))
        painter.restore()
        painter.setPen(QPen(theme.colour("grid"), 1))
        painter.drawPath(path)
