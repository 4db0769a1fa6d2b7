"""A field laid over one cell of a grid while its number is typed."""

from PyQt6.QtCore import QEvent, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PyQt6.QtWidgets import QLineEdit, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.clipboard_numbers import carries_numbers
from cnnstudio.gui.widgets.controls import repolish, undoes
from cnnstudio.lab.number import parse

BEGINS_A_NUMBER = "0123456789-−+.,"
_NARROWEST = 46
_PASTE = QKeySequence.StandardKey.Paste
_MOVES = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class CellEditor(QLineEdit):
    """Takes a number on Enter, Tab, the arrows up and down, or when it is left; Esc drops it.

    A token that is no number stays, marked, and changes nothing.

    Signals:
        committed: the number, a Fraction
        refused: why what was typed is no number
        given_up: the number stays what it was
        moved: by how many rows and columns the cursor shall go on
        tabbed: 1 or -1, to the next or previous cell in reading order
        block_pasted: the clipboard holds several numbers, and they are meant for all cells
    """

    committed = pyqtSignal(object)
    refused = pyqtSignal(str)
    given_up = pyqtSignal()
    moved = pyqtSignal(int, int)
    tabbed = pyqtSignal(int)
    block_pasted = pyqtSignal()

    def __init__(self, parent: QWidget, name: str, accessible: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.takes_blocks = False  # whether whoever owns this can paste several numbers
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("role", "cell")
        self.setAcceptDrops(False)  # what is dropped here is meant for the window
        self.setFont(theme.face(theme.CAPTION, theme.MEDIUM))
        self.textEdited.connect(lambda: self._mark(False))
        self.hide()

    def open(self, area: QRectF, text: str, typed: bool) -> None:
        """Let a number be typed over a cell; `typed` says that `text` is its beginning."""
        parent = self.parentWidget()
        assert parent
        cell = area.toAlignedRect()
        wide = min(max(cell.width(), _NARROWEST), parent.width())
        left = min(max(0, cell.center().x() - wide // 2), parent.width() - wide)
        tall = max(cell.height() + 2, 22)
        self.setGeometry(left, cell.center().y() - tall // 2, wide, tall)
        self.setText(text)
        self.setModified(typed)
        self._mark(False)
        self.show()
        self.setFocus()
        if not typed:
            self.selectAll()

    def close_cell(self) -> None:
        """Leave the cell as it is."""
        had_focus = self.hasFocus()
        self.hide()
        parent = self.parentWidget()
        if had_focus and parent:
            parent.setFocus()

    def commit(self) -> bool:
        """Take what is typed, if it is a number; say whether it was."""
        if not self.isVisible():
            return True
        if not self.text() and not self.isModified():  # it was opened empty: nothing is changed
            self.close_cell()
            return True
        try:
            value = parse(self.text())
        except ValueError as reason:
            self._mark(True)
            self.refused.emit(str(reason))
            return False
        self.close_cell()
        self.committed.emit(value)
        return True

    def event(self, event: QEvent | None) -> bool:
        """Take Tab before Qt moves the focus with it; leave undo to the page at first."""
        if undoes(event) and not self.isModified():
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
                if self.commit():
                    self.tabbed.emit(1 if key == Qt.Key.Key_Tab else -1)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Move on, or give up."""
        if not event:
            return
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.close_cell()
            self.given_up.emit()
        elif key in _MOVES:
            if self.commit():
                self.moved.emit(*_MOVES[key])
        elif self.takes_blocks and event.matches(_PASTE) and carries_numbers(several=True):
            self.close_cell()
            self.block_pasted.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Take what was typed when the cell is left."""
        super().focusOutEvent(event)
        self.commit()

    def _mark(self, bad: bool) -> None:
        self.setProperty("bad", bad)
        repolish(self)
