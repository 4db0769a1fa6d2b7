"""How the effect of a filter is painted: in the colours that fit it, as large as there is room."""

import numpy as np
from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QImage, QPainter, QPen

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.plane_paint import indices, picture
from cnnstudio.lab.filter_thumbnails import Effect


def effect_image(effect: Effect) -> QImage:
    """Colour the map of a filter; three maps are red, green and blue."""
    found = [indices(each, effect.family, effect.low, effect.high) for each in effect.maps]
    return picture(found[0] if len(found) != 3 else np.stack(found, axis=-1), effect.family)


def paint_effect(painter: QPainter, image: QImage, box: QRectF) -> QRectF:
    """Paint a map as large as a box has room for, at its top left; return where it is."""
    scale = min(box.width() / image.width(), box.height() / image.height())
    wide, high = max(1.0, image.width() * scale), max(1.0, image.height() * scale)
    area = QRectF(box.left(), box.top(), wide, high)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 1)
    painter.drawImage(area, image)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("grid"), 1))
    painter.drawRect(area)
    return area
