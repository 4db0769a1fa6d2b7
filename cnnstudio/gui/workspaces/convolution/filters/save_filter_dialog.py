"""The dialog that keeps the kernel on the bench as a filter of the user's own."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QDialog, QFormLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import label, named, row, set_role
from cnnstudio.lab.filters import Filter
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.number import many, size
from cnnstudio.lab.user_filters import MAX_ABOUT, MAX_NAME, UserFilters, checked_name

_WIDE = 320  # px of a field


class SaveFilterDialog(QDialog):
    """Asks for a name and a sentence; says before what would be replaced.

    Signals:
        wanted: name, sentence, and the Filter whose place it takes or None
    """

    wanted = pyqtSignal(str, str, object)

    def __init__(self, parent: QWidget, kernel: Kernel, own: Callable[[], UserFilters]) -> None:
        super().__init__(parent)
        self.setObjectName("window.save_filter_dialog")
        self.setWindowTitle("Save my filter")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._own = own
        self._name = _field("window.filter_name", "Name", MAX_NAME)
        self._about = _field("window.filter_about", "What it does", MAX_ABOUT)
        self._about.setPlaceholderText("one sentence, if you like")
        self._name.textChanged.connect(self.look)
        self._note = label("", theme.CAPTION, role="muted")
        self._note.setObjectName("window.filter_note")
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        for words, field in (("Name", self._name), ("What it does", self._about)):
            before = label(words)
            before.setFixedHeight(field.sizeHint().height())  # so that both words are level
            form.addRow(before, field)
        form.addRow(label(""), self._note)
        self._save, leave = QPushButton("Save"), QPushButton("Cancel")
        self._save.setProperty("role", "primary")
        self._save.setDefault(True)
        for button, name in (
            (self._save, "window.filter_save"),
            (leave, "window.filter_cancel"),
        ):
            named(button, name, button.text())
            button.setFont(theme.face(theme.BODY, theme.MEDIUM))
        self._save.clicked.connect(self._finish)
        leave.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(label(f"{_told(kernel)}, into the family “mine”.", role="muted"))
        box.addLayout(form)
        box.addLayout(row(None, leave, self._save))
        self.look()

    @property
    def _replaced(self) -> Filter | None:
        return self._own().named(self._name.text())

    def look(self) -> None:
        """Say what would be replaced, while the name is typed or filters come and go."""
        there = self._replaced
        self._save.setText("Replace" if there else "Save")
        self._tell(f"“{there.name}” is there already; it would be replaced" if there else " ")

    def _finish(self) -> None:
        try:
            name = checked_name(self._name.text())
        except ValueError as reason:
            self._tell(str(reason), "error")
            self._name.setFocus()
            return
        self.wanted.emit(name, self._about.text(), self._replaced)
        self.accept()

    def _tell(self, text: str, role: str = "muted") -> None:
        self._note.setText(text)
        set_role(self._note, role)


def _field(name: str, accessible: str, most: int) -> QLineEdit:
    field = QLineEdit()
    named(field, name, accessible)
    field.setFont(theme.face(theme.BODY))
    field.setMaxLength(most)
    field.setMinimumWidth(_WIDE)
    return field


def _told(kernel: Kernel) -> str:
    """Say what is kept."""
    shape = f"The kernel on the bench, {size(kernel.height, kernel.width)}"
    return f"{shape} with {many(kernel.channels, 'slice')}" if kernel.channels > 1 else shape
