"""The pixel inspector: what the card beside the pointer says about each picture and the kernel."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PyQt6.QtWidgets import QApplication, QWidget

from cnnstudio.gui.widgets.inspector import Inspected, Inspector
from cnnstudio.gui.widgets.plane_layers import Plane
from cnnstudio.gui.workspaces.convolution import channels
from cnnstudio.gui.workspaces.convolution.values.inspected import Cells, at, placed
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.number import shown, write, write_weight

if TYPE_CHECKING:
    from cnnstudio.gui.workspaces.convolution import ConvolutionWorkspace

COMMAND = "display.inspector"
PATIENCE_MS = 200  # the pointer only passes through pictures it leaves before


class Inspecting(QObject):
    """Shows a card beside the pointer, in every picture; view state, never undone."""

    def __init__(self, workspace: ConvolutionWorkspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._views = workspace.views
        self._card: Inspector | None = None
        self._at: tuple[str, int, int] | None = None  # which cell of which picture
        self._weight: channels.Weight | None = None
        self._soon = QTimer(self)  # once for all that one event changes
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._show)
        action = workspace.actions_[COMMAND]
        action.setChecked(True)
        action.toggled.connect(self._show)
        for name, view in self._views.items():
            view.hovered.connect(self._hoverer(name))
            view.zoomed.connect(self.refresh)
            view.dragged.connect(self.refresh)
            view.painted.connect(self.refresh)
            view.stroke_ended.connect(self.refresh)
        workspace.page.kernel.slices.hovered.connect(self._hover_weight)
        workspace.page.strip.arranged.connect(self.refresh)
        workspace.player.moved.connect(self.refresh)
        workspace.showing.surveyor.surveyed.connect(self.refresh)
        workspace.installEventFilter(self)

    @property
    def on(self) -> bool:
        """Whether cards are wanted."""
        return self._workspace.actions_[COMMAND].isChecked()

    @property
    def card(self) -> Inspector:
        """The card; it belongs to the window, so that it may stand over everything in it."""
        window = self._workspace.window()
        assert window is not None
        if self._card is None or self._card.parentWidget() is not window:
            self._card = Inspector(window)
        return self._card

    def show_bench(self, bench: ConvolutionBench) -> None:
        """Say what is under the pointer now."""
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Look again, soon."""
        if self._card is not None and self._card.isVisible():
            self._soon.start(0)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Go when the page goes."""
        if event is not None and event.type() == QEvent.Type.Hide:
            self._at = self._weight = None
            self._show()
        return super().eventFilter(watched, event)

    def _hoverer(self, name: str) -> Callable[[int, int], None]:
        def hover(row: int, column: int) -> None:
            self._at = (name, row, column) if row >= 0 else None
            self._follow(self._at is not None)

        return hover

    def _hover_weight(self, channel: int, row: int, column: int) -> None:
        self._weight = (channel, row, column) if row >= 0 else None
        self._follow(self._weight is not None)

    def _follow(self, there: bool) -> None:
        """Come when the pointer stays in a picture, go with it from cell to cell, leave with it."""
        if not there or (self._card is not None and self._card.isVisible()):
            self._soon.start(0)
        elif not self._soon.isActive():
            self._soon.start(PATIENCE_MS)

    def _show(self, *_: object) -> None:
        self._soon.stop()
        found = self._found() if self.on else None
        if found is not None:
            self.card.show_card(*found)
        elif self._card is not None:
            self._card.hide()

    def _found(self) -> tuple[Inspected, QRect] | None:
        """Return what there is to say, and beside what; nothing while the mouse draws or pushes."""
        bench = self._workspace.front
        if self._weight is not None:
            return self._of_weight(bench, self._weight)
        if self._at is None or QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return None
        name, row, column = self._at
        view = self._views[name]
        plane = self._workspace.comparing.plane_at(name, column) or view.plane
        if plane is None or not view.isVisible():
            return None
        rows, columns = plane.values.shape
        area = view.grid.rect_of(row, column) & view.viewport()
        if row >= rows or column >= columns or area.isEmpty():
            return None
        cells = Cells(plane, view.marks.shown, self._called(bench, plane))
        place = placed(bench, row, column) if name == "input" else at(row, column)
        found = cells.inspected(place, row, column, view.grid.cell, view.grid.wide)
        return found, self._on_window(view, area.toAlignedRect())

    def _called(self, bench: ConvolutionBench, plane: Plane) -> list[str]:
        """Return what the numbers of a cell are called; one alone needs a name only in colour."""
        names = channels.names(bench)
        if len(plane.colours) == len(names):
            return names
        alone = plane.family == "image" or bench.apart
        chosen = self._workspace.channel or 0
        return [names[chosen]] if len(names) > 1 and alone else [""]

    def _of_weight(
        self, bench: ConvolutionBench, weight: channels.Weight
    ) -> tuple[Inspected, QRect] | None:
        channel, row, column = weight
        slices, kernel = self._workspace.page.kernel.slices, bench.kernel
        focus = QApplication.focusWidget()
        if focus is not None and slices.isAncestorOf(focus):
            return None  # it would cover the weights beside the one that is typed
        if channel not in slices.shown or row >= kernel.height or column >= kernel.width:
            return None
        cell = kernel.cells[channel][row][column]
        exact, about = write_weight(cell), write(cell)
        name = channels.names(bench)[channel] if kernel.channels > 1 else ""
        notes = () if exact == about else (f"{'=' if shown(about) == cell else '≈'} {about}",)
        found = Inspected(f"weight, {at(row, column)}", ((name, exact),), notes)
        grid = slices.grids[channel - slices.shown.start]
        return found, self._on_window(grid, grid.rect_of(row, column).toAlignedRect())

    def _on_window(self, widget: QWidget, area: QRect) -> QRect:
        window = self._workspace.window()
        return QRect(widget.mapTo(window, area.topLeft()), area.size())
