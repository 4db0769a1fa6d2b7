"""Which theme is in force, and whether things glide: the View menu's part about looks."""

from typing import cast

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QActionGroup
from PyQt6.QtWidgets import QApplication

from cnnstudio.gui.actions import Actions
from cnnstudio.gui.settings import THEMES, Settings
from cnnstudio.gui.theme import apply_theme, current_theme, system_theme


class Look(QObject):
    """Changes the theme when the user, or the desktop, wants another."""

    def __init__(self, actions: Actions, settings: Settings) -> None:
        super().__init__(actions)
        self._settings = settings
        group = QActionGroup(self)
        for name in THEMES:
            action = actions[f"view.{name}"]
            group.addAction(action)
            action.setChecked(name == settings.theme)
            action.triggered.connect(lambda _checked, name=name: self.choose(name))
        motion = actions["view.reduce_motion"]
        motion.setChecked(settings.reduce_motion)
        motion.toggled.connect(self._reduce_motion)
        hints = _app().styleHints()
        if hints:
            hints.colorSchemeChanged.connect(self._follow)

    def choose(self, name: str) -> None:
        """Wear a theme, or whatever the desktop wears ("system")."""
        self._settings.theme = name
        wear(name)

    def _follow(self) -> None:
        if self._settings.theme == "system":
            wear("system")

    def _reduce_motion(self, on: bool) -> None:
        self._settings.reduce_motion = on


def wear(name: str) -> None:
    """Put a theme on, unless it is in force already."""
    wanted = system_theme(_app()) if name == "system" else name
    if wanted != current_theme():
        apply_theme(_app(), wanted)


def _app() -> QApplication:
    return cast(QApplication, QApplication.instance())
