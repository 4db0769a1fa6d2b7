"""The two questions this program asks: what becomes of unsaved work, or of another's file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QMessageBox, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import named, set_role

_ROLES = QMessageBox.ButtonRole
_Answer: TypeAlias = "tuple[str, str, QMessageBox.ButtonRole, Callable[[], None] | None]"


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
    answers: list[_Answer] = [
        ("Save first", "save", _ROLES.AcceptRole, save),
        ("Discard", "discard", _ROLES.DestructiveRole, discard),
        ("Cancel", "cancel", _ROLES.RejectRole, None),
    ]
    words = f"{name} has changes that are not saved.", "Discarding them cannot be undone."
    _ask(window, "window.unsaved", words, answers)


def ask_whether_to_replace(
    window: QWidget,
    name: str,
    replace: Callable[[], None],
    save_as: Callable[[], None],
    cancel: Callable[[], None],
) -> None:
    """Ask over a window what becomes of a file that was changed by somebody else.

    Args:
        window: over which
        name: of the file
        replace: what "Replace" does
        save_as: what "Save as…" does
        cancel: what "Cancel" does
    """
    answers: list[_Answer] = [
        ("Save as…", "save_as", _ROLES.AcceptRole, save_as),
        ("Replace", "replace", _ROLES.DestructiveRole, replace),
        ("Cancel", "cancel", _ROLES.RejectRole, cancel),
    ]
    words = (
        f"{name} was changed meanwhile, by another program or window.",
        "Replacing it loses what was changed there.",
    )
    _ask(window, "window.changed", words, answers)


def _ask(
    window: QWidget, object_name: str, words: tuple[str, str], answers: Sequence[_Answer]
) -> None:
    for earlier in window.findChildren(QMessageBox, object_name):
        earlier.reject()  # only the latest wish counts
    box = QMessageBox(window)
    box.setObjectName(object_name)
    box.setWindowTitle("CNN Studio")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setFont(theme.face(theme.BODY))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(words[0])
    box.setInformativeText(words[1])
    for text, name, role, slot in answers:
        button = box.addButton(text, role)
        assert button
        named(button, f"{object_name}_{name}", text)
        button.setFont(theme.face(theme.BODY, theme.MEDIUM))
        if role == _ROLES.AcceptRole:
            set_role(button, "primary")
            box.setDefaultButton(button)
        elif role == _ROLES.RejectRole:
            box.setEscapeButton(button)
        if slot:
            button.clicked.connect(slot)
    box.open()
