"""A small patch of a channel's colour; it never stands without the channel's name."""

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen

from cnnstudio.gui import theme

SWATCH = 8  # px
_COLOURS = {"red": "#e0311f", "green": "#23a03c", "blue": "#2f6bea"}


def paint_swatch(painter: QPainter, area: QRectF, name: str) -> bool:
    """Paint a channel's colour at the left of an area, in its middle; say whether it has one."""
    if name not in _COLOURS:
        return False
    painter.setBrush(QColor(_COLOURS[name]))
    painter.setPen(QPen(theme.colour("control_border"), 0.75))
    patch = QRectF(area.left() + 1, area.center().y() - SWATCH / 2 + 0.5, SWATCH, SWATCH)
    painter.drawRoundedRect(patch, 2, 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    return True
