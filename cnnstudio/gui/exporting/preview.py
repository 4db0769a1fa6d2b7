"""A small look at what will be written, and a sentence about its size."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QSizePolicy, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import named

_ROOM = 12  # px round the picture


class Preview(QWidget):
    """Shows an image as large as there is room for; small ones in sharp squares."""

    def __init__(self, name: str) -> None:
        super().__init__()
        named(self, name, "Preview")
        self.setMinimumSize(380, 300)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.image: QImage | None = None
        self._words = ""

    def show_image(self, image: QImage | None, words: str = "") -> None:
        """Show an image, or a sentence or some numbers in its place."""
        self.image, self._words = image, words
        self.setAccessibleDescription(words)
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint the image in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(whole, 10, 10)
        area = whole.adjusted(_ROOM, _ROOM, -_ROOM, -_ROOM)
        if self.image is not None and not self.image.isNull():
            self._paint_image(painter, self.image, area)
        elif self._words:
            painter.setPen(theme.colour("muted"))
            painter.setFont(theme.face(theme.CAPTION))
            how = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
            painter.drawText(area, int(how), self._words)
        painter.end()

    def _paint_image(self, painter: QPainter, image: QImage, area: QRectF) -> None:
        scale = min(area.width() / image.width(), area.height() / image.height())
        if scale >= 1:
            scale = float(int(scale))
        wide, tall = image.width() * scale, image.height() * scale
        x, y = area.center().x() - wide / 2, area.center().y() - tall / 2
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 1)
        painter.drawImage(QRectF(round(x), round(y), wide, tall), image)
