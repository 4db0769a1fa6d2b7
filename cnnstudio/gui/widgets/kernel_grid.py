"""The grid of weights to type into: the wheel, a drag, the keys, copy and paste."""

from fractions import Fraction

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QWheelEvent

from cnnstudio.gui.widgets.cell_editor import BEGINS_A_NUMBER, CellEditor
from cnnstudio.gui.widgets.clipboard_numbers import carries_numbers, carries_words
from cnnstudio.gui.widgets.kernel_cells import KernelCells, Place, Rows
from cnnstudio.gui.widgets.kernel_tiles import paint_cursor, paint_partner
from cnnstudio.gui.widgets.weight_steps import WeightSteps
from cnnstudio.lab.kernel_edits import partners
from cnnstudio.lab.number import write_weight

_MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class KernelGrid(KernelCells):
    """Weights to point at and to type into: one slice of a kernel.

    Typing begins at once; Enter, Tab and the arrows up and down take the number and move on, Esc
    brings back what was there, and a token that is no number stays, marked, and changes nothing.
    The wheel changes the weight under the cursor while the pointer is over it, a drag up or down
    the weight it began on. With a symmetry, partners change along.

    Signals:
        entered: row, column, the new weight, and the gesture it belongs to
        refused: why what was typed is no number
        copied: the kernel is wanted on the clipboard
        pasted: the numbers on the clipboard are wanted here
    """

    entered = pyqtSignal(int, int, object, object)
    refused = pyqtSignal(str)
    copied = pyqtSignal()
    pasted = pyqtSignal()

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.cursor_place: Place = (0, 0)
        self.symmetry = "none"  # which weights change along, see `kernel_edits.SYMMETRIES`
        self.beyond: dict[Place, KernelGrid] = {}  # by where it lies: the next row, column ...
        self.following: dict[int, KernelGrid] = {}  # in reading order: the next 1, the last -1
        self._in_use = False  # clicked or typed into since the focus came
        self._steps = WeightSteps()
        self.editor = CellEditor(self, f"{name}.cell", "Weight")
        self.editor.committed.connect(self._take)
        self.editor.refused.connect(self.refused)
        self.editor.moved.connect(self._move)
        self.editor.tabbed.connect(self._tab)
        self.editor.given_up.connect(self._give_up)
        self.editor.takes_blocks = True
        self.editor.block_pasted.connect(self.pasted)

    def show_rows(self, rows: Rows, cell: float) -> None:
        """Show weights in cells of `cell` px."""
        if rows != self.rows:
            self.editor.close_cell()
            row, column = self.cursor_place
            self.cursor_place = min(row, len(rows) - 1), min(column, len(rows[0]) - 1)
        super().show_rows(rows, cell)
        self._describe()

    @property
    def weight(self) -> Fraction:
        """The weight under the cursor."""
        row, column = self.cursor_place
        return self.rows[row][column]

    @property
    def partners(self) -> list[Place]:
        """The places that change along with the one under the cursor."""
        size = len(self.rows), len(self.rows[0])
        return list(partners(*size, *self.cursor_place, self.symmetry)[1:])

    def show_symmetry(self, symmetry: str) -> None:
        """Say which weights change along, see `kernel_edits.SYMMETRIES`."""
        self.symmetry = symmetry
        self.update()

    def open_editor(self, typed: str = "") -> None:
        """Let the weight under the cursor be typed over; `typed` is its beginning, if any."""
        self._in_use = True
        text = typed or write_weight(self.weight)
        self.editor.open(self.rect_of(*self.cursor_place), text, bool(typed))

    def _take(self, weight: Fraction, gesture: object = None) -> None:
        """Have the weight under the cursor changed, if anything is."""
        row, column = self.cursor_place
        places = [self.cursor_place, *self.partners]
        if any(self.rows[r][c] != weight for r, c in places):
            self.entered.emit(row, column, weight, gesture)

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
            f"column {column + 1}: {write_weight(self.weight)}"
        )

    def event(self, event: QEvent | None) -> bool:
        """Take copy and paste before the window does; a picture to paste is the window's."""
        asked = event and event.type() == QEvent.Type.ShortcutOverride
        if isinstance(event, QKeyEvent) and asked and (_copies(event) or _pastes(event)):
            event.accept()
            return True
        return super().event(event)

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
            self._take(Fraction(0))
        elif _copies(event):
            self.copied.emit()
        elif _pastes(event):
            self.pasted.emit()
        else:
            event.ignore()

    def _begins_typing(self, event: QKeyEvent) -> bool:
        """Whether a key is the beginning of a number, or of a bad one while weights are typed."""
        text, held = event.text(), Qt.KeyboardModifier
        commands = held.ControlModifier | held.AltModifier | held.MetaModifier
        if not text.strip() or not text.isprintable() or event.modifiers() & commands:
            return False
        if text == "/":
            return False  # no number begins so, and the page has a use for it
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
            if event and event.button() == Qt.MouseButton.LeftButton:
                self._steps.press(event.position().y())

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        """Type over the weight that is double-clicked."""
        if event and self.cell_at(event.position()):
            self.open_editor()

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Tell which weight the pointer is over; with the button down, change the weight."""
        if not event or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        ten = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        weight = self._steps.drag(self.cursor_place, self.weight, event.position().y(), ten)
        if self._steps.dragging:
            self.setCursor(Qt.CursorShape.SizeVerCursor)
            self._turn_into(weight)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """End a drag, if there was one."""
        if self._steps.release():
            self.unsetCursor()
            super().mouseMoveEvent(event)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Change the weight under the cursor while the pointer is over it; else pass it on."""
        if not event:
            return
        here = self.hasFocus() or self.editor.hasFocus()
        if not here or self.cell_at(event.position()) != self.cursor_place:
            event.ignore()
            return
        event.accept()
        if self.editor.commit():
            turned = event.angleDelta().y() or event.angleDelta().x()  # Shift turns it across
            ten = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._turn_into(self._steps.turn(self.cursor_place, self.weight, turned, ten))

    def _turn_into(self, weight: Fraction) -> None:
        if weight != self.weight:
            self._take(weight, self._steps.gesture)

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Show the cursor."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Show the cursor no more."""
        self._in_use = self._in_use and self.editor.hasFocus()
        self._steps.forget()
        self.update()

    def focusNextPrevChild(self, following: bool) -> bool:
        """Go on to the next weight once the grid is in use; from the last one, leave it."""
        step = 1 if following else -1
        if self.hasFocus() and self._in_use and (self._go_on(step) or self._leave_for(step)):
            return True
        return super().focusNextPrevChild(following)

    def paint_over(self, painter: QPainter) -> None:
        """Paint the cursor, and lightly what changes along with its weight."""
        if self.hasFocus() or self.editor.hasFocus():
            for place in self.partners:
                paint_partner(painter, self.rect_of(*place))
        if self.hasFocus():
            paint_cursor(painter, self.rect_of(*self.cursor_place))


def _copies(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Copy)


def _pastes(event: QKeyEvent) -> bool:
    if not event.matches(QKeySequence.StandardKey.Paste):
        return False
    return carries_numbers() or carries_words()  # spreadsheets add a picture of their numbers
