"""How weights are painted: rounded tiles with gaps, which no eye takes for pixels."""

from functools import lru_cache

import numpy as np
from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from cnnstudio.gui import theme
from cnnstudio.gui.widgets import plane_paint as paint

_WIDE = 1.6  # cells as wide as this where a weight needs many figures
_DIGITS_FROM, _ROOMY = 14, 20  # px a cell: with digits, and with room round them
Tile = tuple[QRectF, str]  # where it is, and the digits on it


def paint_tiles(
    painter: QPainter, tiles: list[list[Tile]], weights: paint.Array, limit: float, points: float
) -> None:
    """Paint a tile for each weight.

    Args:
        painter: of the widget they are on
        tiles: where they are, row by row
        weights: (rows, columns) numbers
        limit: the one with the strongest colour
        points: how large the digits are
    """
    places = paint.indices(weights, "weight", -limit, limit)
    colours = paint.table("weight")
    black = paint.bright(colours)
    regular, medium = theme.face(points), theme.face(points, theme.MEDIUM)
    for (i, j), place in np.ndenumerate(places):
        area, text = tiles[i][j]
        radius, gap = area.height() * 0.2, max(1.0, area.height() * 0.05)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(*map(int, colours[place])))
        painter.drawRoundedRect(area.adjusted(gap, gap, -gap, -gap), radius, radius)
        if not text:
            continue
        ink = QColor("#000000" if black[place] else "#ffffff")
        ink.setAlphaF(0.6 if text == "0" else 1.0)
        painter.setFont(regular if text == "0" else medium)
        painter.setPen(ink)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def paint_cursor(painter: QPainter, area: QRectF) -> None:
    """Paint the frame of the weight that keys would change."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = area.height() * 0.2
    for ink, across in (("halo", 4.0), ("text", 2.0)):
        painter.setPen(QPen(theme.colour(ink), across))
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), radius, radius)


def paint_partner(painter: QPainter, area: QRectF) -> None:
    """Paint the mark of a weight that changes along with the one under the cursor."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = area.height() * 0.2
    for ink, across in (("halo", 2.5), ("text", 1.0)):
        painter.setPen(QPen(theme.colour(ink), across))
        painter.drawRoundedRect(area.adjusted(1.5, 1.5, -1.5, -1.5), radius, radius)


def width_over_height(texts: frozenset[str], cell: float) -> float:
    """Return how wide cells of `cell` px must be for their digits, over their height."""
    points, spare = points_of(cell), 4 if cell >= _ROOMY else 0.5
    digits = cell >= _DIGITS_FROM
    wider = digits and any(_advance(text, points) > cell - spare for text in texts)
    return _WIDE if wider else 1.0


def digits_of(text: str, cell: float, across: float) -> str:
    """Return the digits on a tile, or none where there is no room for them.

    Args:
        text: the digits
        cell: px, how tall the tile is
        across: px, how wide it is
    """
    room = across - (2 if cell >= _ROOMY else 0.5)
    fits = cell >= _DIGITS_FROM and _advance(text, points_of(cell)) <= room
    return text if fits else ""


def points_of(cell: float) -> float:
    """Return how large digits are in cells of `cell` px."""
    return min(13.0, max(8.5, cell * 0.3))


@lru_cache(1 << 10)
def _advance(text: str, points: float) -> float:
    return QFontMetricsF(theme.face(points, theme.MEDIUM)).horizontalAdvance(text)
