"""One frame of the sliding sequence: picture with window, kernel, growing map, arithmetic.

Painted on an image, with no widget and no pixmap, so that a thread can do it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QRegion

from cnnstudio.gui import theme
from cnnstudio.gui.exporting import ledger_lines
from cnnstudio.gui.exporting.frame_layout import lay_out
from cnnstudio.gui.exporting.raster import Bytes, numbers_of
from cnnstudio.gui.widgets import plane_paint as paint
from cnnstudio.gui.widgets.kernel_tiles import paint_tiles
from cnnstudio.gui.widgets.plane_layers import (
    Grid,
    Marks,
    Plane,
    paint_blank,
    paint_marks,
    paint_numbers,
)
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.line import Span
from cnnstudio.lab.number import write_weight_cell

_TOKENS = (
    "window",
    "text",
    "muted",
    "border",
    "control_border",
    "grid",
    "accent",
    "halo",
    "edge",
    "unvisited",
    "warning_soft",
    "warning_mark",
    *(
        f"{family}_{end}"
        for family in ("data", "weight")
        for end in ("negative", "zero", "positive")
    ),
)


@dataclass(frozen=True, eq=False)
class Still:
    """What is different from frame to frame.

    Attributes:
        input, map: the marks on the two planes
        tap: slice, row and column of the weight whose product was added last
        title: where the number stands
        result: the number
        line: the arithmetic that makes it
        note: what was left out of it
        share: how much of the sequence has passed, up to 1
    """

    input: Marks
    map: Marks
    tap: tuple[int, int, int] | None
    title: str
    result: str
    line: tuple[Span, ...]
    note: str
    share: float


@dataclass(frozen=True, eq=False)
class Cast:
    """What is the same in all frames.

    Attributes:
        input, map: the numbers that are shown
        kernel: the weights as they lie on the picture
        slices: which of its slices are shown, and what they are called; no names for a single one
        heads: name and size that stand above picture, kernel and map
    """

    input: Plane
    map: Plane
    kernel: Kernel
    slices: tuple[tuple[int, str], ...]
    heads: tuple[tuple[str, str], ...]


class FramePainter:
    """Paints frames of one width; how high they are follows from the longest arithmetic."""

    def __init__(self, cast: Cast, width: int, stills: Sequence[Still]) -> None:
        self._cast = cast
        self.layout = lay_out(
            width,
            (cast.input.values.shape, cast.map.values.shape),
            (cast.kernel.height, cast.kernel.width),
            [name for _, name in cast.slices],
            [still.line for still in stills],
        )
        title = QFontMetricsF(self.layout.face(theme.BODY, theme.SEMIBOLD))
        longest = max(title.horizontalAdvance(still.title) for still in stills)
        self._result_x = self.layout.margin + longest + self.layout.gap / 2  # it does not jump
        self._ground = self._painted()

    @property
    def size(self) -> tuple[int, int]:
        """How wide and how high frames are."""
        return self.layout.width, self.layout.height

    def paint(self, still: Still) -> QImage:
        """Paint a frame."""
        cast, layout = self._cast, self.layout
        made = self._ground.copy()
        painter = _begin(made)
        self._paint_missing(painter, still.map)
        for marks, plane, grid in (
            (still.input, cast.input, layout.input),
            (still.map, cast.map, layout.map),
        ):
            paint_marks(painter, marks, grid, _area(plane, grid))
            painter.setClipping(False)
        if still.tap is not None:
            self._paint_tap(painter, still.tap)
        self._write(painter, still)
        painter.end()
        return made

    def pixels(self, still: Still) -> Bytes:
        """Paint a frame, and return it as (H, W, 3) red, green, blue."""
        made = self.paint(still).convertToFormat(QImage.Format.Format_RGBX8888)
        return numbers_of(made)[:, :, :3]

    def wanted(self) -> Bytes:
        """Return the colours that matter: those of the theme, and the families' ends."""
        return np.array([theme.colour(token).getRgb()[:3] for token in _TOKENS], np.uint8)

    def _painted(self) -> QImage:
        """Paint what all frames have in common."""
        cast, layout = self._cast, self.layout
        made = QImage(*self.size, QImage.Format.Format_ARGB32_Premultiplied)
        made.fill(theme.colour("window"))
        painter = _begin(made)
        strong = layout.face(theme.BODY, theme.SEMIBOLD)
        ends = (*layout.lefts[1:], layout.width)
        for (name, size), x, end in zip(cast.heads, layout.lefts, ends, strict=True):
            middle, room = Qt.TextElideMode.ElideMiddle, end - x - layout.gap / 3
            short = QFontMetricsF(strong).elidedText(name, middle, room)
            _write(painter, QPointF(x, layout.top), short, strong)
            second = QPointF(x, layout.top + layout.head / 2)
            _write(painter, second, size, layout.face(theme.CAPTION), "muted")
        for plane, grid in ((cast.input, layout.input), (cast.map, layout.map)):
            paint_numbers(painter, plane, grid, _area(plane, grid))
            painter.setClipping(False)
        self._paint_kernel(painter)
        for x, sign in layout.signs:
            face = layout.face(18, theme.MEDIUM)
            wide = QFontMetricsF(face).horizontalAdvance(sign)
            _write(painter, QPointF(x - wide / 2, layout.sign_y), sign, face, "muted")
        painter.end()
        return made

    def _paint_kernel(self, painter: QPainter) -> None:
        kernel, layout = self._cast.kernel, self.layout
        limit = float(np.abs(kernel.weights).max()) or 1.0
        for index, (place, name) in enumerate(self._cast.slices):
            if name:
                face = layout.face(theme.CAPTION)
                corner = layout.tile(index, 0, 0).topLeft() - QPointF(0, layout.caption)
                _write(painter, corner, name, face, "muted")
            tiles = [
                [
                    (layout.tile(index, r, c), layout.digits(write_weight_cell(weight)))
                    for c, weight in enumerate(line)
                ]
                for r, line in enumerate(kernel.cells[place])
            ]
            paint_tiles(painter, tiles, kernel.weights[place], limit, layout.kernel_points)

    def _paint_tap(self, painter: QPainter, tap: tuple[int, int, int]) -> None:
        for index, (place, _) in enumerate(self._cast.slices):
            if place == tap[0]:
                area = self.layout.tile(index, tap[1], tap[2]).adjusted(1, 1, -1, -1)
                paint.paint_frame(painter, area, 2.0, edge=False)

    def _paint_missing(self, painter: QPainter, marks: Marks) -> None:
        """Cover the numbers that are not there yet with dots."""
        plane, grid = self._cast.map, self.layout.map
        rows, columns = plane.values.shape
        if marks.shown is None or marks.shown >= rows * columns:
            return
        row, column = divmod(marks.shown, columns)
        missing = QRegion(grid.rect_of(row + 1, 0, rows - row, columns).toAlignedRect())
        missing += grid.rect_of(row, column, 1, columns - column).toAlignedRect()
        painter.save()
        painter.setClipRegion(missing)
        area = _area(plane, grid)
        blank = QImage(area.size().toSize(), QImage.Format.Format_ARGB32_Premultiplied)
        blank.fill(theme.colour("unvisited"))
        onto = _begin(blank)
        onto.translate(-area.topLeft())
        paint_blank(onto, plane, grid, area)
        onto.end()
        painter.drawImage(area.topLeft(), blank)
        painter.restore()

    def _write(self, painter: QPainter, still: Still) -> None:
        layout = self.layout
        face, strong = layout.face(theme.BODY, theme.SEMIBOLD), layout.result_face
        base = layout.title_top + QFontMetricsF(strong).ascent()
        lift = QFontMetricsF(face).ascent()
        _write(painter, QPointF(layout.margin, base - lift), still.title, face)
        corner = QPointF(self._result_x, layout.title_top)
        _write(painter, corner, still.result, strong, "accent")
        words = ledger_lines.flow(still.line, layout.inner, layout.line_points)
        corner = QPointF(layout.margin, layout.line_top)
        ledger_lines.paint_words(painter, words, corner, layout.line_points)
        below = layout.line_top + layout.line_tall * ledger_lines.count_lines(words)
        note = QPointF(layout.margin, below + 2)
        _write(painter, note, still.note, layout.face(theme.CAPTION), "muted")
        bar = QRectF(0, layout.height - layout.bar, layout.width, layout.bar)
        painter.fillRect(bar, theme.colour("grid"))
        bar.setWidth(round(layout.width * still.share))
        painter.fillRect(bar, theme.colour("accent"))


def _begin(image: QImage) -> QPainter:
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def _area(plane: Plane, grid: Grid) -> QRectF:
    """Return where a plane is painted, with the line round it."""
    rows, columns = plane.values.shape
    whole = grid.rect_of(0, 0, rows, columns).adjusted(-1, -1, 1, 1)
    return QRectF(whole.toAlignedRect())


def _write(
    painter: QPainter, corner: QPointF, text: str, face: QFont, token: str | QColor = "text"
) -> None:
    """Write a text; the corner is its upper left one."""
    painter.setFont(face)
    painter.setPen(theme.colour(token) if isinstance(token, str) else token)
    painter.drawText(corner + QPointF(0, QFontMetricsF(face).ascent()), text)
