"""How a plane of numbers is painted: colours by family, digits, hatching, frames."""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, qRgb

from cnnstudio.gui import theme
from cnnstudio.lab.number import write_cell

Array = NDArray[Any]
Rect = tuple[float, float, float, float]  # row, column, rows, columns
Texts = tuple[tuple[str, ...], ...]
DIGITS_FROM, DENSE_FROM = 20, 12.5  # px a cell: below this no digits
THREE_FROM = 44  # px a cell: below this no three digits under each other
SMALLEST = 8.5  # points of the smallest digits
GRID_FROM = 14  # px a cell: below this no lines between cells
GRAYS = {"image", "shifted", "stretched", "absolute"}  # families without colours
_MIDDLE = 128  # where zero stands in a table of colours


@lru_cache(maxsize=16)
def _table(theme_name: str, family: str) -> NDArray[np.uint8]:
    """Make the 256 colours of a family: (256, 3), zero in the middle but for grays."""
    if family in GRAYS:
        return np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
    found = theme.tokens(theme_name)
    low, zero, high = (
        np.array(QColor(found[f"{family}_{end}"]).getRgb()[:3], float)
        for end in ("negative", "zero", "positive")
    )
    share = np.clip((np.arange(256) - _MIDDLE) / 127, -1, 1)[:, None]
    colours = zero + np.where(share < 0, (low - zero) * -share, (high - zero) * share)
    return np.asarray(colours.round(), np.uint8)


def table(family: str) -> NDArray[np.uint8]:
    """Return the colours of a family, see `indices`, in the theme in force."""
    return _table(theme.current_theme(), family)


@lru_cache(maxsize=16)
def _inks(theme_name: str, family: str) -> list[int]:
    """Return the table as Qt wants it."""
    return [qRgb(*map(int, colour)) for colour in _table(theme_name, family)]


def indices(values: Array, family: str, low: float, high: float) -> NDArray[np.uint8]:
    """Turn numbers into places in the table of colours: any shape in, the same shape out.

    The family "image" has black for `low` and white for `high`, as have "shifted" and "stretched",
    which are told apart by those who say what a gray means; "absolute" leaves the sign out; in
    "data" and "weight" zero is neutral.
    """
    if family == "absolute":
        values = np.abs(values)
    if family in GRAYS:
        if values.dtype == np.uint8 and low == 0 and high == 255:
            return np.ascontiguousarray(values)
        scaled = values.astype(np.result_type(values, np.float32))
        if low != 0 or high != 255:
            scaled -= low
            scaled *= 255 / (high - low) if high > low else 0.0
    else:
        scaled = values * (127 / max(abs(low), abs(high), 1e-300))
        scaled += _MIDDLE
    np.rint(scaled, out=scaled)  # in place: a large map is painted anew at every edit
    return np.clip(scaled, 0, 255, out=scaled).astype(np.uint8)


def picture(places: NDArray[np.uint8], family: str) -> QImage:
    """Make an image of places in the table of colours, or of (H, W, 3) red, green and blue."""
    height, width = places.shape[:2]
    flat = np.ascontiguousarray(places)
    if flat.ndim == 3:
        made = QImage(flat.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    else:
        made = QImage(flat.tobytes(), width, height, width, QImage.Format.Format_Indexed8)
        made.setColorTable(_inks(theme.current_theme(), family))
    # A copy, for the buffer goes with this function; in the format that is painted fastest.
    return made.convertToFormat(QImage.Format.Format_RGB32)


def bright(colours: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Say for which colours black is the ink with more contrast, by their luminance."""
    luminance = np.power(colours / 255, 2.2) @ np.array([0.2126, 0.7152, 0.0722])
    return np.asarray(luminance > 0.18)


def room_for_digits(cell: float, dense: bool = False) -> bool:
    """Say whether cells are tall enough for digits; ask before thousands are written in vain."""
    return cell >= (DENSE_FROM if dense else DIGITS_FROM)


def cell_texts(values: Array) -> Texts:
    """Write numbers as cells show them."""
    return tuple(tuple(write_cell(float(value)) for value in line) for line in values)


def fit_digits(
    texts: Texts, cell: float, wide: float = 1.0, dense: bool = False
) -> tuple[Texts, float] | None:
    """Return texts and their size in points, or None if one of them does not fit.

    Args:
        texts: what stands in the cells
        cell: how tall a cell is, in px
        wide: width over height
        dense: whether digits may stand in cells that are just tall enough for them
    """
    if not room_for_digits(cell, dense):
        return None
    points = min(22.0, max(SMALLEST, cell * 0.3))
    longest, room = longest_text(texts), cell * wide - 2
    while text_width(longest, points) > room and points > SMALLEST:
        points = max(SMALLEST, points - 1)
    return (texts, points) if text_width(longest, points) <= room else None


def longest_text(texts: Texts) -> str:
    """Return the text that needs the most room, going by its length."""
    return max((text for line in texts for text in line), key=len, default="")


def text_width(text: str, points: float) -> float:
    """Return how wide a text is in a cell, in px; never less than one figure."""
    metrics = QFontMetricsF(theme.face(points, theme.MEDIUM))
    return max(metrics.horizontalAdvance(text), metrics.horizontalAdvance("0"))


def paint_grid(painter: QPainter, area: QRectF, across: float, down: float) -> None:
    """Draw the lines between cells of `across` by `down` px."""
    painter.setPen(QPen(QColor(128, 128, 128, 90), 1))
    x, y = area.left() + across, area.top() + down
    while x < area.right() - 0.5:
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        x += across
    while y < area.bottom() - 0.5:
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        y += down


def paint_hatch(painter: QPainter, area: QRectF, cell: float, unread: bool) -> None:
    """Hatch an area: unread pixels lean right in amber, padding leans left in gray."""
    painter.save()
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    painter.fillRect(area, theme.colour("warning_soft", 0.82) if unread else theme.colour("window"))
    width = 2.0 if unread else 1.0
    painter.setPen(QPen(theme.colour("warning_mark" if unread else "hatch"), width))
    step, tall = max(7.0, min(cell, 44) * 0.22), area.height()
    x = area.left()
    while x < area.right() + tall:
        if unread:
            painter.drawLine(QPointF(x, area.top()), QPointF(x - tall, area.bottom()))
        else:
            painter.drawLine(QPointF(x - tall, area.top()), QPointF(x, area.bottom()))
        x += step
    painter.restore()


def paint_blank(painter: QPainter, area: QRectF, across: float, down: float) -> None:
    """Paint cells that have no number yet: a ground of its own, and a dot in each."""
    painter.fillRect(area, theme.colour("unvisited"))
    if down < 5:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("hatch", 0.55))
    size = max(0.7, down * 0.07)
    y = area.top() + down / 2
    while y < area.bottom():
        x = area.left() + across / 2
        while x < area.right():
            painter.drawEllipse(QPointF(x, y), size, size)
            x += across
        y += down


def paint_frame(
    painter: QPainter, area: QRectF, width: float = 2.5, token: str = "accent", edge: bool = True
) -> None:
    """Draw a frame that reads on any ground: a dark hairline, a light halo, the colour."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    lines = (("edge", width + 3.6), ("halo", width + 2.2), (token, width))
    for ink, across in lines if edge else lines[1:]:
        painter.setPen(QPen(theme.colour(ink), across))
        painter.drawRoundedRect(area, 1.5, 1.5)


def paint_dashed(painter: QPainter, area: QRectF) -> None:
    """Draw the frame of what the pointer is over: dashed ink, never the accent."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("halo", 0.9), 3.5))
    painter.drawRect(area)
    pen = QPen(theme.colour("text"), 1.5, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.drawRect(area)


def paint_ring(painter: QPainter, area: QRectF, scale: float = 1.0) -> None:
    """Draw the ring round the winner of a pool; it needs no colour to be seen.

    A circle in a square cell, rounded off in a wide one, so that it leaves the digits free.
    """
    inset = min(3.0, area.height() * 0.1)
    inner = area.adjusted(inset, inset, -inset, -inset)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, across in (("edge", 5.0), ("halo", 4.0), ("accent", 2.0)):
        painter.setPen(QPen(theme.colour(ink), across * scale))
        painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)


def paint_text_on_plate(painter: QPainter, area: QRectF, text: str, unread: bool) -> None:
    """Write a digit over hatching, on a plate that keeps them apart."""
    metrics = painter.fontMetrics()
    wide, tall = metrics.horizontalAdvance(text) / 2 + 3, metrics.height() / 2
    plate = QRectF(area.center().x() - wide, area.center().y() - tall, 2 * wide, 2 * tall)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("warning_soft" if unread else "window"))
    painter.drawRoundedRect(plate.intersected(area), 4, 4)
    painter.setPen(theme.colour("warning" if unread else "muted"))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
