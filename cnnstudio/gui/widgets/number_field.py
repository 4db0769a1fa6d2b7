"""A field for a number as exact as it is typed."""

from fractions import Fraction

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent
from PyQt6.QtWidgets import QLineEdit

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import named, repolish, undoes
from cnnstudio.lab.number import parse, write_weight


class NumberField(QLineEdit):
    """A number as exact as it is typed: -1, 0.5, 0,5, 1/9.

    A token that is no number is marked where it stands and changes nothing; Esc brings back what
    was there.

    Signals:
        committed: the new number
        refused: why what was typed is not one
    """

    committed = pyqtSignal(object)
    refused = pyqtSignal(str)

    def __init__(self, name: str, accessible: str, tip: str = "") -> None:
        super().__init__()
        named(self, name, accessible, tip)
        self.setFont(theme.face(theme.BODY, theme.SEMIBOLD))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAcceptDrops(False)  # what is dropped here is meant for the window
        self._value = Fraction(0)
        self.returnPressed.connect(self.commit)
        self.textEdited.connect(lambda: self._mark(""))

    def show_value(self, value: Fraction) -> None:
        """Show a number without telling anyone."""
        self._value = value
        self._mark("")
        self.setText(write_weight(value))
        self.home(False)  # where it is too long, its sign is in sight

    def commit(self) -> None:
        """Take what is typed, if it is a number."""
        try:
            value = parse(self.text())
        except ValueError as reason:
            self.refuse(str(reason))
            return
        self._mark("")
        if value != self._value:
            self.committed.emit(value)
        else:
            self.show_value(value)

    def refuse(self, reason: str) -> None:
        """Mark what is typed as meaningless, and say why."""
        self._mark(reason)
        self.refused.emit(reason)

    def event(self, event: QEvent | None) -> bool:
        """Leave undo to the page, unless something typed is not settled yet."""
        return False if undoes(event) and not self.isModified() else super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Esc brings back what was there; the arrows up and down stay here."""
        if event and event.key() == Qt.Key.Key_Escape:
            self.show_value(self._value)
            return
        if event and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            return  # they mean nothing here, and are not the page's while the focus is here
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Take what was typed when the field is left."""
        super().focusOutEvent(event)
        if self.isModified() and self.text() != write_weight(self._value):
            self.commit()

    def _mark(self, reason: str) -> None:
        self.setProperty("bad", bool(reason))
        repolish(self)
