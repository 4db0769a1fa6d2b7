"""Weights to look at: one slice of a kernel as rounded tiles with digits and marks."""

from fractions import Fraction

import numpy as np
from PyQt6.QtCore import QEvent, QPointF, QRectF, QSize, pyqtSignal
from PyQt6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui.widgets import plane_paint as paint
from cnnstudio.gui.widgets.kernel_tiles import (
    Tile,
    digits_of,
    paint_tiles,
    points_of,
    width_over_height,
)
from cnnstudio.gui.widgets.plane_view import MARGIN
from cnnstudio.lab.number import write_weight

Place = tuple[int, int]
Rows = tuple[tuple[Fraction, ...], ...]


class KernelCells(QWidget):
    """One slice of a kernel: tiles, their digits, and the marks on them.

    Signals:
        hovered: row and column under the pointer; -1, -1 when it leaves
    """

    hovered = pyqtSignal(int, int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName("Kernel")
        self.setMouseTracking(True)
        self.rows: Rows = ((Fraction(0),),)
        self._texts = [["0"]]
        self.hover: Place | None = None  # asked about from elsewhere, or by the pointer here
        self.tap: Place | None = None  # its product was added last
        self.cell, self.wide = 22.0, 1.0
        self.limit = 0.0  # the weight with the strongest colour; 0 for the greatest of these
        self._limit_shown = -1.0
        self._over: Place = (-1, -1)

    def show_rows(self, rows: Rows, cell: float) -> None:
        """Show weights in cells of `cell` px."""
        if (rows, cell) == (self.rows, self.cell) and self.limit == self._limit_shown:
            return
        self._limit_shown = self.limit
        if rows != self.rows:
            self._texts = [[write_weight(weight) for weight in line] for line in rows]
        self.rows, self.cell = rows, cell
        self.wide = width_over_height(frozenset(self.texts), cell)
        self.setFixedSize(self.sizeHint())
        self.update()

    @property
    def texts(self) -> set[str]:
        """What is written in the cells; many weights share a text."""
        return {text for line in self._texts for text in line}

    def show_marks(self, hover: Place | None, tap: Place | None) -> None:
        """Show which weight is asked about, and whose product was added last."""
        if (hover, tap) != (self.hover, self.tap):
            self.hover, self.tap = hover, tap
            self.update()

    def widen(self, wide: float) -> None:
        """Make cells as wide as those of another slice."""
        self.wide = wide
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Be as large as the cells."""
        across = len(self.rows[0]) * self.cell * self.wide
        return QSize(round(across) + 2 * MARGIN, round(len(self.rows) * self.cell) + 2 * MARGIN)

    def rect_of(self, row: float, column: float) -> QRectF:
        """Return where a cell is painted."""
        across = self.cell * self.wide
        return QRectF(MARGIN + column * across, MARGIN + row * self.cell, across, self.cell)

    def cell_at(self, point: QPointF) -> Place | None:
        """Return the row and column under a point, if there is a cell."""
        row = int((point.y() - MARGIN) // self.cell)
        column = int((point.x() - MARGIN) // (self.cell * self.wide))
        inside = 0 <= row < len(self.rows) and 0 <= column < len(self.rows[0])
        return (row, column) if inside else None

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Tell which weight the pointer is over."""
        found = (self.cell_at(event.position()) if event else None) or (-1, -1)
        if found != self._over:
            self._over = found
            self.hovered.emit(*found)

    def leaveEvent(self, event: QEvent | None) -> None:
        """Say that the pointer is over nothing."""
        self._over = (-1, -1)
        self.hovered.emit(-1, -1)

    def _tiles(self) -> list[list[Tile]]:
        """Return where each weight is painted, and its digits if there is room for them."""
        across = self.cell * self.wide
        return [
            [
                (self.rect_of(i, j), digits_of(text, self.cell, across))
                for j, text in enumerate(line)
            ]
            for i, line in enumerate(self._texts)
        ]

    def paint_over(self, painter: QPainter) -> None:
        """Paint what lies on top; there is nothing here."""

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint tiles, digits and marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        weights = np.array(self.rows, float)
        limit = self.limit or float(np.abs(weights).max()) or 1.0
        paint_tiles(painter, self._tiles(), weights, limit, points_of(self.cell))
        if self.hover:
            paint.paint_dashed(painter, self.rect_of(*self.hover).adjusted(1, 1, -1, -1))
        if self.tap:
            paint.paint_frame(
                painter, self.rect_of(*self.tap).adjusted(2, 2, -2, -2), 2.0, edge=False
            )
        self.paint_over(painter)
        painter.end()
