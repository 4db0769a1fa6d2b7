"""The layers of a view of numbers: the numbers, the places that have none yet, the marks."""

from dataclasses import dataclass

import numpy as np
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen, QPolygonF

from cnnstudio.gui import theme
from cnnstudio.gui.widgets import plane_paint as paint
from cnnstudio.gui.widgets.layers import Layer, finest_needed
from cnnstudio.gui.widgets.plane_digits import paint_digits, paint_three_digits
from cnnstudio.gui.widgets.plane_paint import Array, Rect
from cnnstudio.lab.on_demand import OnDemand

Numbers = Array | OnDemand
_MANY = 400  # hovered cells above which only their middles are marked


@dataclass(frozen=True)
class Grid:
    """Where cells are on a widget.

    Attributes:
        cell: how tall a cell is, in px
        x, y: where the first one begins
        wide: width over height, for long numbers
    """

    cell: float
    x: float
    y: float
    wide: float = 1.0

    def rect_of(self, row: float, column: float, rows: float = 1, columns: float = 1) -> QRectF:
        """Return where a block of cells is painted."""
        across = self.cell * self.wide
        x, y = self.x + column * across, self.y + row * self.cell
        return QRectF(x, y, columns * across, rows * self.cell)

    def place(self, point: QPointF) -> tuple[float, float]:
        """Return the row and column of a point, in fractions of a cell."""
        across = self.cell * self.wide
        return (point.y() - self.y) / self.cell, (point.x() - self.x) / across

    def visible(self, area: QRectF, shape: tuple[int, int]) -> tuple[slice, slice]:
        """Return the rows and columns that are seen through an area."""
        top, left = self.place(area.topLeft())
        bottom, right = self.place(area.bottomRight())
        rows = slice(max(0, int(top)), max(0, min(shape[0], int(bottom) + 1)))
        return rows, slice(max(0, int(left)), max(0, min(shape[1], int(right) + 1)))


@dataclass(frozen=True, eq=False)
class Plane:
    """What a view shows.

    Attributes:
        values: (H, W) numbers, all there or worked out as they are asked for
        family: of colours, see `plane_paint.indices`
        low, high: the numbers at the ends of the colours
        ring: top, bottom, left, right: how many rows and columns are padding
        unread: areas that no window reaches
        texts: what stands in the cells, if not the numbers as cells are written
        dense: whether digits stand in small cells, too, where the numbers are what it is about
        colours: three planes like `values` that are shown as red, green and blue
        layers: the colours of a large plane, as far as they are known
        scattered: whether there are too many numbers to look at all that are seen at once
        base: the number of a picture that the dark end stands for, where grays are shifted
    """

    values: Numbers
    family: str = "data"
    low: float = -1.0
    high: float = 1.0
    ring: tuple[int, int, int, int] = (0, 0, 0, 0)
    unread: tuple[Rect, ...] = ()
    texts: tuple[tuple[str, ...], ...] | None = None
    dense: bool = False
    colours: tuple[Numbers, ...] = ()
    layers: tuple[Layer, ...] = ()
    scattered: bool = False
    base: float = 0.0

    def seen(self, rows: slice, columns: slice, cell: float) -> Layer | None:
        """Return the colours of some cells, if they are known.

        Args:
            rows: which cells, top to bottom
            columns: which cells, left to right
            cell: how many pixels of the screen a cell takes
        """
        if self.layers:
            return finest_needed(self.layers, cell).part(rows, columns)
        planes = self.colours or (self.values,)
        if self.scattered and not isinstance(planes[0], np.ndarray):
            return None
        step = max(1, int(1 / cell)) if self.scattered else 1
        places = slice(rows.start, rows.stop, step), slice(columns.start, columns.stop, step)
        found = [paint.indices(each[places], self.family, self.low, self.high) for each in planes]
        made = found[0] if len(found) == 1 else np.stack(found, axis=-1)
        return Layer(made, step, rows.start, columns.start)


@dataclass(frozen=True)
class Marks:
    """What is drawn over the cells; places count from 0, the padding included.

    Attributes:
        shown: how many cells, in reading order, have a number yet; None for all
        window: what is under the kernel
        cell: the cell under the playhead
        tap: the cell whose product was added last
        taps: the cells a window with gaps reads
        hover: what the pointer asks about
        pinned: a cell that was clicked
        winner: the greatest of a pool
        frame: the pool's window on the map before it
    """

    shown: int | None = None
    window: Rect | None = None
    cell: tuple[int, int] | None = None
    tap: tuple[int, int] | None = None
    taps: tuple[tuple[int, int], ...] = ()
    hover: tuple[Rect, ...] = ()
    pinned: tuple[int, int] | None = None
    winner: tuple[int, int] | None = None
    frame: Rect | None = None


def paint_numbers(painter: QPainter, plane: Plane, grid: Grid, area: QRectF) -> None:
    """Paint the cells with their hatching, and their digits where there is room."""
    painter.setClipRect(area)
    height, width = plane.values.shape
    rows, columns = grid.visible(area, (height, width))
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return
    block = grid.rect_of(
        rows.start, columns.start, rows.stop - rows.start, columns.stop - columns.start
    )
    if plane.family == "weight":
        places = paint.indices(plane.values[rows, columns], "weight", plane.low, plane.high)
        _paint_tiles(painter, places, grid, (rows.start, columns.start))
    else:
        _paint_colours(painter, plane, grid, (rows, columns), block)
        if grid.cell >= paint.GRID_FROM:
            paint.paint_grid(painter, block, grid.cell * grid.wide, grid.cell)
    top, bottom, left, right = plane.ring
    ring: tuple[Rect, ...] = (
        (0, 0, top, width),
        (height - bottom, 0, bottom, width),
        (top, 0, height - top - bottom, left),
        (top, width - right, height - top - bottom, right),
    )
    for rect in ring:
        if rect[2] > 0 and rect[3] > 0:
            paint.paint_hatch(painter, grid.rect_of(*rect) & area, grid.cell, unread=False)
    for rect in plane.unread:
        paint.paint_hatch(painter, grid.rect_of(*rect) & area, grid.cell, unread=True)
    if plane.family != "weight":
        _paint_border(painter, plane, grid)
    if plane.colours:
        if grid.cell >= paint.THREE_FROM:
            paint_three_digits(painter, plane, grid, (rows, columns))
        return
    if not paint.room_for_digits(grid.cell, plane.dense):
        return
    seen = plane.values[rows, columns]
    texts = plane.texts or paint.cell_texts(seen)
    written = paint.fit_digits(texts, grid.cell, grid.wide, plane.dense)
    if written:
        places = paint.indices(seen, plane.family, plane.low, plane.high)
        paint_digits(painter, plane, grid, (rows.start, columns.start), written, places)


def _paint_colours(
    painter: QPainter, plane: Plane, grid: Grid, cells: tuple[slice, slice], block: QRectF
) -> None:
    """Paint cells without their digits; dots where their colours are not known yet."""
    device = painter.device()
    ratio = device.devicePixelRatioF() if device else 1.0
    seen = plane.seen(*cells, grid.cell * ratio)
    around = QRectF() if seen is None else grid.rect_of(*seen.cells)
    if not around.contains(block.adjusted(1e-3, 1e-3, -1e-3, -1e-3)):
        paint.paint_blank(painter, block, grid.cell * grid.wide, grid.cell)
    if seen is None:
        return
    smooth = grid.cell * seen.step < 1
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    painter.save()
    painter.setClipRect(block, Qt.ClipOperation.IntersectClip)
    painter.drawImage(around, paint.picture(seen.colours, plane.family))
    painter.restore()


def _paint_border(painter: QPainter, plane: Plane, grid: Grid) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    token = "control_border" if plane.family in paint.GRAYS else "grid"
    painter.setPen(QPen(theme.colour(token), 1))
    painter.drawRect(grid.rect_of(0, 0, *plane.values.shape))
    top, bottom, left, right = plane.ring
    if any(plane.ring):  # the image's own edge inside the ring
        height, width = plane.values.shape
        painter.setPen(QPen(theme.colour("control_border"), 1))
        painter.drawRect(grid.rect_of(top, left, height - top - bottom, width - left - right))


def _paint_tiles(painter: QPainter, places: Array, grid: Grid, first: tuple[int, int]) -> None:
    """Paint weights as rounded tiles with gaps: no eye takes them for pixels."""
    gap, radius = max(1.0, grid.cell * 0.05), grid.cell * 0.2
    colours = paint.table("weight")
    painter.setPen(Qt.PenStyle.NoPen)
    for (row, column), place in np.ndenumerate(places):
        painter.setBrush(QColor(*map(int, colours[place])))
        area = grid.rect_of(first[0] + row, first[1] + column)
        painter.drawRoundedRect(area.adjusted(gap, gap, -gap, -gap), radius, radius)


def paint_blank(painter: QPainter, plane: Plane, grid: Grid, area: QRectF) -> None:
    """Paint all cells as if none had a number yet."""
    painter.setClipRect(area)
    rows, columns = grid.visible(area, (plane.values.shape[0], plane.values.shape[1]))
    tall, wide = rows.stop - rows.start, columns.stop - columns.start
    block = grid.rect_of(rows.start, columns.start, tall, wide)
    paint.paint_blank(painter, block, grid.cell * grid.wide, grid.cell)
    _paint_border(painter, plane, grid)


def paint_marks(painter: QPainter, marks: Marks, grid: Grid, area: QRectF) -> None:
    """Paint what the playhead and the pointer are about."""
    painter.setClipRect(area.adjusted(-3, -3, 3, 3))
    if marks.frame:
        paint.paint_frame(painter, grid.rect_of(*marks.frame), 1.5, edge=False)
    _paint_hover(painter, marks.hover, grid)
    if marks.window:
        paint.paint_frame(painter, grid.rect_of(*marks.window))
    for read in marks.taps:
        paint.paint_frame(painter, grid.rect_of(*read).adjusted(1, 1, -1, -1), 1.0, edge=False)
    if marks.tap:
        inset = min(1.5, grid.cell * 0.06)
        tap = grid.rect_of(*marks.tap).adjusted(inset, inset, -inset, -inset)
        paint.paint_frame(painter, tap, 2.0, edge=False)
    for cell, pinned in ((marks.cell, False), (marks.pinned, True)):
        if cell is None:
            continue
        grow = max(0.0, (9 - grid.cell) / 2)
        spot = grid.rect_of(*cell).adjusted(-grow, -grow, grow, grow)
        paint.paint_frame(painter, spot)
        if pinned:
            _paint_corner(painter, spot)
    if marks.winner:
        paint.paint_ring(painter, grid.rect_of(*marks.winner), min(1.0, grid.cell / 20))


def paint_cursor(painter: QPainter, area: QRectF) -> None:
    """Paint the frame of the cell the keyboard would change."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, across in (("halo", 4.0), ("text", 2.0)):
        painter.setPen(QPen(theme.colour(ink), across))
        painter.drawRect(area.adjusted(1, 1, -1, -1))


def _paint_hover(painter: QPainter, rects: tuple[Rect, ...], grid: Grid) -> None:
    small = grid.cell < 7 and len(rects) > 1
    if len(rects) <= _MANY and not small:
        for rect in rects:
            paint.paint_dashed(painter, grid.rect_of(*rect))
        return
    middles = QPolygonF([grid.rect_of(*rect).center() for rect in rects])
    for ink, across in (("halo", 4.0), ("text", 2.0)):
        painter.setPen(QPen(theme.colour(ink), across, cap=Qt.PenCapStyle.RoundCap))
        painter.drawPoints(middles)


def _paint_corner(painter: QPainter, area: QRectF) -> None:
    """Paint the filled corner that says: pinned, stays when the playhead moves."""
    corner, size = area.topRight() + QPointF(1, -1), max(6.0, area.width() * 0.3)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("accent"))
    painter.drawPolygon(QPolygonF([corner, corner + QPointF(-size, 0), corner + QPointF(0, size)]))
