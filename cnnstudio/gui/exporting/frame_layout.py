"""Where everything stands in a frame: aligned as on the page, sized by the frame's width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QFont, QFontMetricsF

from cnnstudio.gui import theme
from cnnstudio.gui.exporting import ledger_lines
from cnnstudio.gui.widgets.kernel_tiles import digits_of
from cnnstudio.gui.widgets.plane_layers import Grid
from cnnstudio.lab.line import Span
from cnnstudio.nn.geometry import Pair

WIDTHS = (480, 720, 960, 1280)
_FACTORS = {480: 0.9, 720: 1.0, 960: 1.2, 1280: 1.5}  # of the page's type
_KERNEL_SHARE = 0.17  # of the frame's width
_TALLEST = 0.5  # pictures, over the frame's width
_LARGEST = 88.0  # px a cell, times the factor


@dataclass(frozen=True, eq=False)
class Layout:
    """Places in px.

    Attributes:
        width, height: of the frame
        factor: how large the type is, over the page's
        margin, gap: at the edge; between the pictures
        lefts: where picture, kernel and map begin
        top: where their names stand
        head: how high names and sizes are together
        input, map: the cells of the two pictures
        tiles: the upper left corner of each slice's first weight
        tile_size: width and height of a weight
        caption: how high the name of a slice is
        signs: where the signs between the pictures stand, and what they are
        title_top, line_top: where the title and the arithmetic begin
        bar: how high the line at the bottom is that shows how far it is
    """

    width: int
    height: int
    factor: float
    margin: int
    gap: int
    lefts: tuple[float, float, float]
    top: int
    head: int
    input: Grid
    map: Grid
    tiles: tuple[tuple[float, float], ...]
    tile_size: tuple[float, float]
    caption: float
    signs: tuple[tuple[float, str], ...]
    title_top: float
    line_top: float
    bar: int

    def face(self, points: float, weight: QFont.Weight = theme.REGULAR) -> QFont:
        """Return the interface face in the frame's size."""
        return theme.face(points * self.factor, weight)

    @property
    def result_face(self) -> QFont:
        """How the result is written."""
        return self.face(theme.RESULT * 0.85, theme.SEMIBOLD)

    @property
    def line_points(self) -> float:
        """How large the arithmetic is written."""
        return line_points(self.factor)

    @property
    def line_tall(self) -> float:
        """How far its lines are apart."""
        return ledger_lines.line_height(self.line_points)

    @property
    def inner(self) -> int:
        """How wide text may be."""
        return self.width - 2 * self.margin

    @property
    def kernel_points(self) -> float:
        """How large the digits of weights are."""
        return _tile_points(self.tile_size[1])

    @property
    def sign_y(self) -> float:
        """Where the signs between the pictures stand."""
        return self.input.y + min(self.tile_size[1] * 1.5, 60 * self.factor)

    def tile(self, index: int, row: int, column: int) -> QRectF:
        """Return where a weight of one of the slices stands."""
        (x, y), (wide, tall) = self.tiles[index], self.tile_size
        return QRectF(x + column * wide, y + row * tall, wide, tall)

    def digits(self, text: str) -> str:
        """Return the digits of a weight, or none where there is no room for them."""
        return digits_of(text, self.tile_size[1], self.tile_size[0])


def line_points(factor: float) -> float:
    """Return how large the arithmetic is written."""
    return 12.0 * factor


def _tile_points(cell: float) -> float:
    return min(13.0, max(8.5, cell * 0.3))


def lay_out(
    width: int,
    shapes: tuple[Pair, Pair],
    kernel: Pair,
    names: Sequence[str],
    lines: Sequence[tuple[Span, ...]],
) -> Layout:
    """Place everything.

    Args:
        width: of the frame, in px
        shapes: rows and columns of the picture, with its padding, and of the map
        kernel: rows and columns of the weights
        names: of the slices that are shown, below each other; "" for none
        lines: the arithmetic of all frames
    """
    factor = _FACTORS.get(width, width / 853)
    margin, gap = round(16 * factor), round(30 * factor)
    top, bar = round(12 * factor), max(2, round(3 * factor))
    body, small = theme.face(theme.BODY * factor), theme.face(theme.CAPTION * factor)
    caption = QFontMetricsF(small).height()
    head = round(QFontMetricsF(body).height() + caption + 2)
    room = width - 2 * margin - 2 * gap
    begin = top + head + 6
    named = caption if any(names) else 0.0
    tile = _tile(kernel, len(names), named, (width * _KERNEL_SHARE, width * _TALLEST))
    least = max(QFontMetricsF(body).horizontalAdvance("Kernel"), kernel[1] * tile)
    across = shapes[0][1] + shapes[1][1]
    tallest = max(shapes[0][0], shapes[1][0])
    cell = _even(min((room - least) / across, width * _TALLEST / tallest, _LARGEST * factor))
    lefts = [float(margin)]
    label = 92 * factor  # px that a name needs
    for wide in (max(shapes[0][1] * cell, label), least):
        lefts.append(round(lefts[-1] + wide + gap))
    spare = (width - margin - lefts[2] - max(shapes[1][1] * cell, label)) / 2
    lefts = [round(each + max(0.0, spare) * (place > 0)) for place, each in enumerate(lefts)]
    lefts[2] = round(lefts[2] + max(0.0, spare))
    tiles, y = [], float(begin)
    for _ in names:
        tiles.append((lefts[1], y + named))
        y += named + kernel[0] * tile + 4
    bottom = max(begin + tallest * cell, y)
    result = QFontMetricsF(theme.face(theme.RESULT * 0.85 * factor, theme.SEMIBOLD)).height()
    title_top = bottom + 8 * factor
    line_top = title_top + result + 2
    points = line_points(factor)
    count = max(
        ledger_lines.count_lines(ledger_lines.flow(line, width - 2 * margin, points))
        for line in lines
    )
    end = line_top + count * ledger_lines.line_height(points) + 2 + caption + 8 * factor + bar
    edges = (margin + shapes[0][1] * cell, lefts[1] + kernel[1] * tile)
    signs = ((edges[0] + lefts[1]) / 2, "∗"), ((edges[1] + lefts[2]) / 2, "=")
    return Layout(
        width=width,
        height=int(end) + int(end) % 2,
        factor=factor,
        margin=margin,
        gap=gap,
        lefts=(lefts[0], lefts[1], lefts[2]),
        top=top,
        head=head,
        input=Grid(cell, lefts[0], begin),
        map=Grid(cell, lefts[2], begin),
        tiles=tuple(tiles),
        tile_size=(tile, tile),
        caption=named,
        signs=signs,
        title_top=title_top,
        line_top=line_top,
        bar=bar,
    )


def _tile(kernel: Pair, slices: int, named: float, room: tuple[float, float]) -> float:
    """Return how large a weight is, in px."""
    across = room[0] / kernel[1]
    down = (room[1] / slices - named - 4) / kernel[0]
    return float(max(4, int(min(across, down, 44))))


def _even(cell: float) -> float:
    """Return a size with which cells look alike: whole px, quarters of small ones."""
    if cell >= 4:
        return float(int(cell))
    return int(cell * 4) / 4 if cell >= 1 else cell
