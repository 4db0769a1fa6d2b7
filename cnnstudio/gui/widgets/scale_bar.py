"""The colours of a map with the numbers at their ends."""

import numpy as np
from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.plane_paint import indices, picture
from cnnstudio.lab.number import write


class ScaleBar(QWidget):
    """Says which colour stands for which number; as wide as the picture above it.

    Stacked, its numbers stand under the colours, which leaves room for long ones.
    """

    def __init__(self, family: str, stacked: bool = False) -> None:
        super().__init__()
        self._family, self._low, self._high = family, 0.0, 1.0
        self._stacked, self._known = stacked, True
        self.setFixedHeight(32 if stacked else 20)
        self.setFont(theme.face(theme.CAPTION))

    def show_scale(self, low: float, high: float, family: str = "", known: bool = True) -> None:
        """Show the numbers at both ends, in the colours of another family if one is named.

        Numbers that are not `known` yet are left open.
        """
        shown = low, high, family or self._family, known
        if shown != (self._low, self._high, self._family, self._known):
            self._low, self._high, self._family, self._known = shown
            ends = f"colours from {write(low)} to {write(high)}"
            self.setAccessibleDescription(ends if known else "the numbers at its ends are to come")
            self.update()

    def sizeHint(self) -> QSize:
        """Be wide enough for two numbers and some colour."""
        return QSize(96, self.height())

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint low, colours, high."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("muted"))
        low, high = (write(end) if self._known else "…" for end in (self._low, self._high))
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
        painter.drawText(box, sides.AlignTop | sides.AlignLeft, low)
        painter.drawText(box, sides.AlignTop | sides.AlignRight, high)
        room = self.width() - 24 - painter.fontMetrics().horizontalAdvance(low + high)
        if room > 0 and self._low < 0:
            painter.drawText(box, sides.AlignTop | sides.AlignHCenter, "0")
        self._paint_colours(painter, QRectF(1, 3, self.width() - 2, 8))
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
