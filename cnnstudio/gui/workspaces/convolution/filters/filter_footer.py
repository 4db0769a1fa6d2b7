"""What stands under the cards of the library: the sentence, and what can be done to one's own."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QLineEdit, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import (
    Button,
    ElidedLabel,
    column,
    label,
    named,
    row,
    set_role,
)
from cnnstudio.lab.filters import MINE, Filter
from cnnstudio.lab.user_filters import MAX_NAME


class FilterFooter(QWidget):
    """Says what a filter does; saves, renames and deletes the user's own.

    Signals:
        save_wanted: the kernel on the bench shall become a filter
        rename_wanted: somebody pressed the button for it
        renamed: one of the user's own Filters, and its new name
        delete_wanted: the selected filter shall be deleted
        undo_wanted: what was deleted last shall come back
        settled: nothing is typed here any more
    """

    save_wanted = pyqtSignal()
    rename_wanted = pyqtSignal()
    renamed = pyqtSignal(object, str)
    delete_wanted = pyqtSignal()
    undo_wanted = pyqtSignal()
    settled = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._name = label("", theme.BODY, theme.SEMIBOLD)
        self._about, self._note = ElidedLabel(), ElidedLabel(theme.CAPTION)
        self._about.setObjectName("convolution.filter_about")
        self._note.setObjectName("convolution.filter_note")
        self._field = QLineEdit()
        named(self._field, "convolution.filter_new_name", "New name")
        self._field.setMaxLength(MAX_NAME)
        self._field.setFont(theme.face(theme.BODY))
        self._field.installEventFilter(self)
        self._field.hide()
        self._save = _button("save", "Save my filter…", self.save_wanted.emit)
        self._own = (
            _button("rename", "Rename", self.rename_wanted.emit),
            _button("delete", "Delete", self.delete_wanted.emit),
        )
        self._undo = _button("undo", "Undo", self.undo_wanted.emit)
        told = row(self._name, self._field, self._about, *self._own, self._save)
        told.setStretch(2, 1)
        last = row(self._note, self._undo)
        last.setStretch(0, 1)
        self.setLayout(column(told, last, gap=2))
        self._caption = ""
        self._naming: Filter | None = None

    @property
    def about(self) -> str:
        """The name and the sentence that are shown."""
        return ": ".join(filter(None, (self._name.text(), self._about.toolTip())))

    def show_filter(self, shown: Filter | None, selected: Filter | None) -> None:
        """Say what a filter does, and offer what can be done to the selected one."""
        self._name.setText(shown.name if shown else "")
        self._about.show_text(shown.about if shown else "No filter is called so")
        mine = selected is not None and selected.family == MINE
        for button in self._own:
            button.setVisible(mine and self._naming is None)

    def show_caption(self, caption: str) -> None:
        """Say what the small pictures show, where nothing else is to be said."""
        self._caption = caption
        self.say("", False)

    def say(self, text: str, can_undo: bool, role: str = "muted") -> None:
        """Say what became of something.

        Args:
            text: the sentence; "" for what the small pictures show
            can_undo: whether a deletion can be undone
            role: its colour
        """
        self._note.show_text(text or self._caption)
        set_role(self._note, role)
        self._undo.setVisible(can_undo)

    def ask_name(self, mine: Filter) -> None:
        """Let another name be typed in the place of the old one."""
        self._naming = mine
        self._name.hide()
        self._field.setText(mine.name)
        self._field.show()
        self._field.setFocus()
        self._field.selectAll()

    def end_naming(self) -> None:
        """Show the name again."""
        self._naming = None
        self._field.hide()
        self._name.show()

    def eventFilter(self, field: QObject | None, event: QEvent | None) -> bool:
        """Take the name with Enter, leave it with Esc."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        keys = Qt.Key
        if event.key() not in {keys.Key_Return, keys.Key_Enter, keys.Key_Escape}:
            return False
        mine, name = self._naming, self._field.text()
        self.end_naming()
        self.settled.emit()
        if mine and event.key() != keys.Key_Escape and name != mine.name:
            self.renamed.emit(mine, name)
        return True


def _button(name: str, text: str, slot: Callable[[], object]) -> Button:
    made = Button(text, role="small")
    made.setProperty("line", True)
    named(made, f"convolution.filter_{name}", text)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys stay with the search
    made.clicked.connect(lambda _checked: slot())
    return made
