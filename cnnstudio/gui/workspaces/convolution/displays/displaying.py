"""What the colours of the maps mean, as the user chose it; view state, never undone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QActionGroup

from cnnstudio.gui.workspaces.convolution.displays.blinking import Blinking
from cnnstudio.gui.workspaces.convolution.displays.display import (
    MEANINGS,
    NAMES,
    USUAL,
    Display,
    Mode,
)
from cnnstudio.gui.workspaces.convolution.displays.outside import Side

if TYPE_CHECKING:
    from collections.abc import Callable

    from cnnstudio.gui.workspaces.convolution import ConvolutionWorkspace


class Displaying(QObject):
    """Remembers how maps are shown; makes the numbers blink that lie outside of the picture's.

    Attributes:
        display: how maps are shown
        blinking: the numbers that are lit, for a moment

    Signals:
        changed: maps are shown in another way
    """

    changed = pyqtSignal()

    def __init__(self, workspace: ConvolutionWorkspace) -> None:
        super().__init__(workspace)
        self._workspace, self.display = workspace, USUAL
        self._page, self._actions = workspace.page, workspace.actions_
        self._modes = QActionGroup(workspace)
        for mode in NAMES:
            self._modes.addAction(self._actions[f"display.{mode}"])
        chosen: dict[str, Callable[[], object]] = {
            f"display.{mode}": self._chooser(mode) for mode in NAMES
        }
        self._actions.connect({**chosen, "display.shared": self._share})
        column = self._page.map
        column.mode_chosen.connect(self.choose)
        self.blinking = Blinking(column.view, lambda: workspace.settings.reduce_motion)
        self.blinking.said.connect(workspace.said)
        column.note.asked.connect(self._blink)
        self.show_display(USUAL)

    def choose(self, mode: Mode) -> None:
        """Let the colours of the maps mean something else, and say what."""
        self.show_display(replace(self.display, mode=mode))
        self._workspace.said.emit(MEANINGS[mode])

    def show_display(self, display: Display) -> None:
        """Show the maps so, and make all that tells of it agree."""
        self.display = display
        self._actions[f"display.{display.mode}"].setChecked(True)
        self._actions["display.shared"].setChecked(display.shared)
        self._page.map.show_mode(display.mode)
        self._workspace.showing.show_display(display)
        self.changed.emit()

    def shut_down(self) -> None:
        """Stop looking for numbers."""
        self.blinking.shut_down()

    def _share(self) -> None:
        shared = self._actions["display.shared"].isChecked()
        self.show_display(replace(self.display, shared=shared))
        said = "Maps are on one scale where that makes sense"
        self._workspace.said.emit(said if shared else "Each map is on its own scale")

    def _blink(self, side: Side) -> None:
        image = self._workspace.document.state.image
        self.blinking.blink(side, image.low if side == "below" else image.high)

    def _chooser(self, mode: Mode) -> Callable[[], object]:
        return lambda: self.choose(mode)
