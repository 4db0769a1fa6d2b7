"""Cells of a view that are lit up for a moment; they lie over the view as glass does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QEvent, QObject, QRectF, Qt
from PyQt6.QtGui import QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.plane_layers import Grid, Plane
from cnnstudio.gui.widgets.plane_view import PlaneView

_FRAMED = 9  # px a cell from which it is framed, so that its digits can be read
_FEW = 400  # lit cells up to which each is made large enough to be found
_SMALL, _DOT = 4, 7.0  # px a cell under which it needs a dot to be found, and how large that is
_ROUND = ((-1, 0), (1, 0), (0, -1), (0, 1))  # where the halo of a lit area shows, in px
_INK = "second"
_ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class Lit:
    """Which cells of a plane are lit.

    Attributes:
        mask: (h, w), true where a number that is meant is among `step` by `step` cells
        count: how many numbers that are
        step: how many cells each of them stands for, down and across
        top, left: the first cell
        whole: whether it is about all cells of the plane
    """

    mask: NDArray[np.bool_]
    count: int
    step: int = 1
    top: int = 0
    left: int = 0
    whole: bool = True

    def for_cells(self, cell: float) -> Lit:
        """Return the same, coarse enough that nothing lit is lost on cells of so many px."""
        times = ceil(1 / (cell * self.step) - _ROUNDING)
        if times <= 1:
            return self
        return replace(self, mask=any_of(self.mask, times), step=self.step * times)

    def on(self, grid: Grid) -> Grid:
        """Return where the squares of cells are, on a view whose cells are on a grid."""
        x = grid.x + self.left * grid.cell * grid.wide
        y = grid.y + self.top * grid.cell
        return Grid(grid.cell * self.step, x, y, grid.wide)


def any_of(found: NDArray[np.bool_], step: int) -> NDArray[np.bool_]:
    """Return for each square of `step` by `step` whether anything in it is true."""
    if step == 1:
        return found
    tall, wide = (ceil(side / step) for side in found.shape)
    square = np.zeros((tall * step, wide * step), np.bool_)
    square[: found.shape[0], : found.shape[1]] = found
    return np.asarray(square.reshape(tall, step, wide, step).any(axis=(1, 3)))


class LitOver(QWidget):
    """Paints lit cells over a view, in a colour and a halo that read on any other."""

    def __init__(self, view: PlaneView) -> None:
        super().__init__(view)
        self._view = view
        self.lit: Lit | None = None
        self._plane: Plane | None = None
        self._grid: Grid | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        view.installEventFilter(self)

    def show_lit(self, lit: Lit | None) -> None:
        """Light cells of the plane that is shown now; None puts all lights out."""
        self.lit, self._plane, self._grid = lit, self._view.plane, self._view.grid
        self.setGeometry(self._view.rect())
        self.setVisible(lit is not None)
        self.update()

    @property
    def fits(self) -> bool:
        """Whether the view still shows what was lit."""
        if self.lit is None or self._view.plane is not self._plane:
            return False
        return self.lit.whole or self._view.grid == self._grid

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Stay as large as the view."""
        if event is not None and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._view.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint the lit cells: frames where there is room, else areas, and dots if they are few."""
        if self.lit is None or not self.fits:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._view.viewport())
        port, cell = self._view.viewport(), self._view.grid.cell
        lit = self.lit.for_cells(cell * self.devicePixelRatioF())
        grid = lit.on(self._view.grid)
        rows, columns = grid.visible(port, (lit.mask.shape[0], lit.mask.shape[1]))
        seen = np.argwhere(lit.mask[rows, columns])
        framed, dotted = grid.cell >= _FRAMED, grid.cell < _SMALL and len(seen) <= _FEW
        cells = [
            grid.rect_of(rows.start + row, columns.start + column)
            for row, column in (seen.tolist() if framed or dotted else [])
        ]
        if framed:
            _paint_frames(painter, cells)
        else:
            _paint_areas(painter, lit.mask, grid)
        if dotted:
            _paint_dots(painter, cells)
        painter.end()


def _paint_frames(painter: QPainter, cells: list[QRectF]) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, across in (("halo", 4.5), (_INK, 2.5)):
        painter.setPen(QPen(theme.colour(ink), across))
        for area in cells:
            painter.drawRect(area.adjusted(2, 2, -2, -2))


def _paint_areas(painter: QPainter, mask: NDArray[np.bool_], grid: Grid) -> None:
    area = grid.rect_of(0, 0, *mask.shape)
    if grid.cell >= _SMALL:  # round smaller ones it would hide more than they do
        halo = _image(mask, "halo")
        for x, y in _ROUND:
            painter.drawImage(area.translated(x, y), halo)
    painter.drawImage(area, _image(mask, _INK))


def _paint_dots(painter: QPainter, cells: list[QRectF]) -> None:
    """Make single cells large enough to be found."""
    middles = QPolygonF([area.center() for area in cells])
    for ink, across in (("halo", _DOT + 2), (_INK, _DOT)):
        painter.setPen(QPen(theme.colour(ink), across, cap=Qt.PenCapStyle.RoundCap))
        painter.drawPoints(middles)


def _image(mask: NDArray[np.bool_], ink: str) -> QImage:
    """Make an image of a colour where the mask is true, and of nothing elsewhere."""
    flat = np.where(mask, np.uint32(theme.colour(ink).rgba()), np.uint32(0))
    height, width = mask.shape
    made = QImage(flat.tobytes(), width, height, 4 * width, QImage.Format.Format_ARGB32)
    return made.copy()  # for the buffer goes with this function
