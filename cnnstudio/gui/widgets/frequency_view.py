"""The frequency response of a kernel as a small picture: which waves pass, and how strongly."""

from math import hypot, pi

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QSizePolicy, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets import plane_paint as paint
from cnnstudio.gui.widgets.controls import named
from cnnstudio.lab.number import TIMES, write

Response = NDArray[np.float64]
_SMALLEST, _LARGEST = 84, 220  # px
_TIP = (
    "<p>Every picture is a sum of waves of gray: slow ones make soft areas, quick ones edges and "
    "fine detail. Each point here is one wave, and its brightness says how strongly the kernel "
    "lets it pass.</p><p>The middle is no wave at all, a flat area; towards the edges waves get "
    "shorter, down to 2 pixels. Left and right are waves across, up and down waves from top to "
    "bottom. A blur is bright in the middle only, an edge detector dark there.</p>"
)


class FrequencyView(QWidget):
    """Shows how strongly waves of every length and direction pass; flat areas are in the middle.

    Signals:
        told: what is under the pointer, in words; nothing when it leaves
    """

    told = pyqtSignal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        named(self, name, "Frequency response", _TIP)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.response: Response | None = None
        self._over: QPointF | None = None
        self.fit(_SMALLEST)

    def fit(self, room: int) -> None:
        """Be as large as there is room for."""
        side = min(max(room, _SMALLEST), _LARGEST)
        self.setFixedSize(side, side)

    def sizeHint(self) -> QSize:
        """Be a square."""
        return self.size()

    def show_response(self, response: Response) -> None:
        """Show the magnitudes, (n, n) numbers with zero frequency in the middle."""
        self.response = response
        middle = len(response) // 2
        self.setAccessibleDescription(
            f"flat areas {TIMES} {write(round(float(response[middle, middle]), 9))}, "
            f"at most {TIMES} {write(round(self.most, 9))}"
        )
        self._tell()
        self.update()

    @property
    def most(self) -> float:
        """How strongly the wave passes that passes most: it is white."""
        return float(self.response.max()) if self.response is not None else 0.0

    def words_at(self, point: QPointF) -> str:
        """Say which wave is under a point, and how strongly it passes."""
        if self.response is None or not QRectF(self.rect()).contains(point):
            return ""
        count = len(self.response)
        row, column = (
            min(max(int(at * count / side), 0), count - 1)
            for at, side in ((point.y(), self.height()), (point.x(), self.width()))
        )
        gain = write(round(float(self.response[row, column]), 9))
        middle = count // 2
        turns = hypot(row - middle, column - middle) * pi / max(middle, 1)
        if not turns:
            return f"flat: {TIMES} {gain}"
        return f"{write(round(2 * pi / turns, 1))} px: {TIMES} {gain}"

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Tell what is under the pointer."""
        if event:
            self._over = event.position()
            self._tell()

    def leaveEvent(self, event: QEvent | None) -> None:
        """Tell no more."""
        self._over = None
        self._tell()

    def _tell(self) -> None:
        self.told.emit(self.words_at(self._over) if self._over is not None else "")

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint the response in gray, and the two axes at its edges."""
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.response is not None:
            grays = paint.indices(self.response, "image", 0.0, self.most or 1.0)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, paint.picture(grays, "image"))
        painter.setPen(QPen(theme.colour("grid"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        middle, mark = box.center(), 4.0
        painter.setPen(QPen(theme.colour("muted"), 1))
        for x in (box.left(), box.right() - mark):
            painter.drawLine(QPointF(x, middle.y()), QPointF(x + mark, middle.y()))
        for y in (box.top(), box.bottom() - mark):
            painter.drawLine(QPointF(middle.x(), y), QPointF(middle.x(), y + mark))
        painter.end()
