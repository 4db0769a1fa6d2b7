"""The grid of weights: rounded tiles to look at, and cells to type into."""

from fractions import Fraction

import numpy as np
from PyQt6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui.widgets import plane_paint as paint
from cnnstudio.gui.widgets.cell_editor import BEGINS_A_NUMBER, CellEditor
from cnnstudio.gui.widgets.kernel_tiles import (
    Tile,
    digits_of,
    paint_cursor,
    paint_tiles,
    points_of,
    width_over_height,
)
from cnnstudio.gui.widgets.plane_view import MARGIN
from cnnstudio.lab.number import write_weight

Place = tuple[int, int]
Rows = tuple[tuple[Fraction, ...], ...]
_MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class KernelGrid(QWidget):
    """Weights to point at and to type into: one slice of a kernel.

    Typing begins at once; Enter, Tab and the arrows up and down take the number and move on, Esc
    brings back what was there, and a token that is no number stays, marked, and changes nothing.

    Signals:
        entered: row, column and the new weight
        refused: why what was typed is no number
        hovered: row and column under the pointer; -1, -1 when it leaves
    """

    entered = pyqtSignal(int, int, object)
    refused = pyqtSignal(str)
    hovered = pyqtSignal(int, int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName("Kernel")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.rows: Rows = ((Fraction(0),),)
        self._texts = [["0"]]
        self.cursor_place: Place = (0, 0)
        self.hover: Place | None = None  # asked about from elsewhere, or by the pointer here
        self.tap: Place | None = None  # its product was added last
        self.cell, self.wide = 22.0, 1.0
        self.limit = 0.0  # the weight with the strongest colour; 0 for the greatest of these
        self.beyond: dict[Place, KernelGrid] = {}  # by where it lies: the next row, column ...
        self.following: dict[int, KernelGrid] = {}  # in reading order: the next 1, the last -1
        self._limit_shown = -1.0
        self._over: Place = (-1, -1)
        self._in_use = False  # clicked or typed into since the focus came
        self.editor = CellEditor(self, f"{name}.cell", "Weight")
        self.editor.committed.connect(self._take)
        self.editor.refused.connect(self.refused)
        self.editor.moved.connect(self._move)
        self.editor.tabbed.connect(self._tab)
        self.editor.given_up.connect(self._give_up)

    def show_rows(self, rows: Rows, cell: float) -> None:
        """Show weights in cells of `cell` px."""
        if (rows, cell) == (self.rows, self.cell) and self.limit == self._limit_shown:
            return
        self._limit_shown = self.limit
        same_size = len(rows) == len(self.rows) and len(rows[0]) == len(self.rows[0])
        if rows != self.rows:
            self.editor.close_cell()
            self._texts = [[write_weight(weight) for weight in line] for line in rows]
        self.rows, self.cell = rows, cell
        if not same_size:
            self.cursor_place = (
                min(self.cursor_place[0], len(rows) - 1),
                min(self.cursor_place[1], len(rows[0]) - 1),
            )
        self.wide = width_over_height(frozenset(self.texts), cell)
        self.setFixedSize(self.sizeHint())
        self._describe()
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

    def open_editor(self, typed: str = "") -> None:
        """Let the weight under the cursor be typed over; `typed` is its beginning, if any."""
        self._in_use = True
        row, column = self.cursor_place
        text = typed or write_weight(self.rows[row][column])
        self.editor.open(self.rect_of(row, column), text, bool(typed))

    def _take(self, weight: Fraction) -> None:
        row, column = self.cursor_place
        if weight != self.rows[row][column]:
            self.entered.emit(row, column, weight)

    def _move(self, rows: int, columns: int) -> None:
        row, column = self.cursor_place[0] + rows, self.cursor_place[1] + columns
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[0]):
            self.cursor_place = (row, column)
            self._describe()
            self.update()
        elif (rows, columns) in self.beyond:
            place = row % len(self.rows), column % len(self.rows[0])
            self.beyond[rows, columns].take_over(place)

    def take_over(self, place: Place) -> None:
        """Have the cursor come over from another slice."""
        self.cursor_place, self._in_use = place, True
        self.setFocus()
        self._describe()
        self.update()

    def _tab(self, step: int) -> None:
        """Go on typing in the next or previous cell in reading order, if there is one."""
        if self._go_on(step):
            self.open_editor()
        elif self._leave_for(step):
            self.following[step].open_editor()

    def _leave_for(self, step: int) -> bool:
        """Put the cursor on the first cell of the next slice, or the last of the previous one."""
        other = self.following.get(step)
        if other is not None:
            last = len(other.rows) - 1, len(other.rows[0]) - 1
            other.take_over((0, 0) if step > 0 else last)
        return other is not None

    def _go_on(self, step: int) -> bool:
        """Put the cursor on the next or previous cell, if there is one; say whether there was."""
        columns = len(self.rows[0])
        index = self.cursor_place[0] * columns + self.cursor_place[1] + step
        if not 0 <= index < len(self.rows) * columns:
            return False
        self.cursor_place = divmod(index, columns)
        self._describe()
        self.update()
        return True

    def _describe(self) -> None:
        row, column = self.cursor_place
        self.setAccessibleDescription(
            f"{len(self.rows)} rows, {len(self.rows[0])} columns; row {row + 1}, "
            f"column {column + 1}: {write_weight(self.rows[row][column])}"
        )

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Move the cursor with the arrows; anything that begins a number begins to type."""
        if not event:
            return
        key, text = Qt.Key(event.key()), event.text()
        if key in _MOVES and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._move(*_MOVES[key])
        elif key == Qt.Key.Key_Escape:
            self.clearFocus()
            event.ignore()
        elif self._begins_typing(event):
            self.open_editor(text)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self.open_editor()
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            if self.rows[self.cursor_place[0]][self.cursor_place[1]]:
                self.entered.emit(*self.cursor_place, Fraction(0))
        else:
            event.ignore()

    def _begins_typing(self, event: QKeyEvent) -> bool:
        """Whether a key is the beginning of a number, or of a bad one while weights are typed."""
        text, held = event.text(), Qt.KeyboardModifier
        commands = held.ControlModifier | held.AltModifier | held.MetaModifier
        if not text.strip() or not text.isprintable() or event.modifiers() & commands:
            return False
        return self._in_use or text in BEGINS_A_NUMBER

    def _give_up(self) -> None:
        self._in_use = False  # letters are the page's again

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Put the cursor where the pointer is."""
        found = self.cell_at(event.position()) if event else None
        if found and self.editor.commit():
            self.cursor_place = found
            self._in_use = True
            self._describe()
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        """Type over the weight that is double-clicked."""
        if event and self.cell_at(event.position()):
            self.open_editor()

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

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Show the cursor."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Show the cursor no more."""
        self._in_use = self._in_use and self.editor.hasFocus()
        self.update()

    def focusNextPrevChild(self, following: bool) -> bool:
        """Go on to the next weight once the grid is in use; from the last one, leave it."""
        step = 1 if following else -1
        if self.hasFocus() and self._in_use and (self._go_on(step) or self._leave_for(step)):
            return True
        return super().focusNextPrevChild(following)

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
        if self.hasFocus():
            paint_cursor(painter, self.rect_of(*self.cursor_place))
        painter.end()
