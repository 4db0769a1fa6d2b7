"""The one question this program asks: what becomes of work that is not saved."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QMessageBox, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import named, set_role


def ask_what_becomes(
    window: QWidget, name: str, save: Callable[[], None], discard: Callable[[], None]
) -> None:
    """Ask over a window; nothing waits for the answer, and the third one is to change nothing.

    Args:
        window: over which
        name: of the work
        save: what "Save first" does
        discard: what "Discard" does
    """
    for earlier in window.findChildren(QMessageBox, "window.unsaved"):
        earlier.reject()  # only the latest wish counts
    box = QMessageBox(window)
    box.setObjectName("window.unsaved")
    box.setWindowTitle("CNN Studio")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setFont(theme.face(theme.BODY))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"{name} has changes that are not saved.")
    box.setInformativeText("Discarding them cannot be undone.")
    roles = QMessageBox.ButtonRole
    for words, role, object_name, slot in (
        ("Save first", roles.AcceptRole, "window.unsaved_save", save),
        ("Discard", roles.DestructiveRole, "window.unsaved_discard", discard),
        ("Cancel", roles.RejectRole, "window.unsaved_cancel", None),
    ):
        button = box.addButton(words, role)
        assert button
        named(button, object_name, words)
        button.setFont(theme.face(theme.BODY, theme.MEDIUM))
        if role == roles.AcceptRole:
            set_role(button, "primary")
            box.setDefaultButton(button)
        elif role == roles.RejectRole:
            box.setEscapeButton(button)
        if slot:
            button.clicked.connect(slot)
    box.open()
