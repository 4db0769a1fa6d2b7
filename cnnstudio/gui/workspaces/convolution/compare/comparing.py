"""A and B: two kernels on one picture, by turns, side by side, or one less the other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtGui import QGuiApplication, QKeyEvent

from cnnstudio.gui.widgets.plane_layers import Marks, Plane
from cnnstudio.gui.workspaces.convolution import channels
from cnnstudio.gui.workspaces.convolution.compare.compare_panel import ComparePanel
from cnnstudio.gui.workspaces.convolution.compare.curtain import Curtain
from cnnstudio.gui.workspaces.convolution.compare.differences import Differences, sizes
from cnnstudio.gui.workspaces.convolution.displays.display import Display
from cnnstudio.gui.workspaces.convolution.planes import STAGES, Moment, map_planes
from cnnstudio.gui.workspaces.convolution.survey import Survey, survey
from cnnstudio.gui.workspaces.convolution.surveyor import Surveyor
from cnnstudio.lab.comparison import difference_bench, side_by_side, unfilled
from cnnstudio.lab.convolution import ConvolutionBench

if TYPE_CHECKING:
    from cnnstudio.gui.workspaces.convolution import ConvolutionWorkspace

_NOTHING = Survey(whole=False)
_SENTENCES = {
    "b": "Kernel B. Let go of /, or press it again, to be back at A.",
    "split": "Kernel A at the left of the line, kernel B at its right.",
    "difference": "A less B: the kernel shown is their difference, so every number can be traced.",
}


class Comparing(QObject):
    """Decides which kernel's maps are shown; view state, never undone. B itself is on the bench.

    Attributes:
        mode: "a", "b", "split" or "difference"
        part: where the line is, from 0 at the left of the maps to 1 at their right
    """

    def __init__(self, workspace: ConvolutionWorkspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self.mode, self.part = "a", 0.5
        self._held_from: str | None = None  # the mode before / was held down
        self._code = 0  # of the key it is on; released, it may be another letter
        self._differences = Differences(workspace.showing)
        self._differences.learned.connect(self._show_words)
        self.panel = ComparePanel(workspace.actions_)
        self.panel.kept.connect(self._keep)
        self.panel.dropped.connect(self._drop)
        self.panel.chosen.connect(self.turn)
        self.curtains = {stage: Curtain(workspace.views[stage]) for stage in STAGES}
        for curtain in self.curtains.values():
            curtain.line.dragged.connect(self._drag)
        self._surveyor = Surveyor(self)
        self._surveyor.surveyed.connect(self._take_survey)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):  # released elsewhere, the key is not heard
            application.focusWindowChanged.connect(self.let_go)
        workspace.zooming.placed.connect(self.follow)
        workspace.page.kernel.unfilled = lambda changes: (
            unfilled(workspace.document.state, changes) if self.mode == "split" else changes
        )
        workspace.displaying.changed.connect(lambda: self._show_curtains(workspace.front))
        workspace.actions_.connect(
            {
                "run.swap": self._swap,
                "run.split": lambda: self._toggle("split"),
                "run.difference": lambda: self._toggle("difference"),
                "run.other": lambda: self._toggle("b"),
            }
        )

    def settle(self, state: ConvolutionBench) -> None:
        """Be back at A where there is no B any more."""
        if state.other is None:
            self.mode, self._held_from = "a", None

    def front(self, state: ConvolutionBench) -> ConvolutionBench:
        """Return the bench whose maps are shown."""
        if state.other is None:
            return state
        if self.mode == "b":
            return replace(state, **state.swapped)
        if self.mode == "split":
            return side_by_side(state)[0]
        return difference_bench(state) if self.mode == "difference" else state

    def traced(self, front: ConvolutionBench, moment: Moment) -> ConvolutionBench:
        """Return the bench that made the number shown at a place: B's right of the line."""
        columns = front.shape(moment.stage)[1]
        if self.mode != "split" or front.other is None or not columns:
            return front
        beyond = (moment.place[1] + 0.5) / columns > self.part
        return replace(front, **front.swapped) if beyond else front

    def plane_at(self, name: str, column: int) -> Plane | None:
        """Return kernel B's map where that is what is seen in a column of a map."""
        over = next((c.over for stage, c in self.curtains.items() if stage == name), None)
        if self.mode != "split" or over is None or over.plane is None:
            return None
        beyond = (column + 0.5) / over.plane.values.shape[1] > self.part
        return over.plane if beyond else None

    @property
    def sentence(self) -> str | None:
        """What there is to see, if it is not only what is on the bench."""
        return _SENTENCES.get(self.mode)

    @property
    def changes_kernel(self) -> bool:
        """Whether another kernel than the one on the bench is shown."""
        return self.mode in {"b", "difference"}

    def show_bench(self, state: ConvolutionBench, front: ConvolutionBench) -> None:
        """Show both kernels, and B's maps beyond the line."""
        there = state.other is not None
        actions = self._workspace.actions_
        for name in ("swap", "split", "difference", "other"):
            actions[f"run.{name}"].setEnabled(there)
        actions["run.split"].setChecked(self.mode == "split")
        actions["run.difference"].setChecked(self.mode == "difference")
        actions["run.other"].setChecked(self.mode == "b")
        page, less = self._workspace.page, self.mode == "difference"
        for choice in (page.activation.choice, page.pool.choice):
            choice.setEnabled(not less)
        if less:
            page.map.show_head("A − B", page.map.shape_words)
        if self.panel.isVisible() or not there:
            self.panel.show_bench(state, self.mode, self._words(state))
        else:
            self._differences.stop()
        self._show_curtains(front)

    def show_marks(self, marks: dict[str, Marks]) -> None:
        """Show on B's maps what is marked on A's."""
        if self.mode == "split":
            for stage, curtain in self.curtains.items():
                curtain.show_marks(marks[stage])

    def follow(self) -> None:
        """Keep the line and B's maps where the maps are."""
        if self.mode == "split":
            for curtain in self.curtains.values():
                curtain.follow(self.part)

    def turn(self, mode: str) -> None:
        """Show A, B, both beside a line, or their difference."""
        if self._workspace.document.state.other is None:
            mode = "a"
            if self._workspace.isVisible():
                self._workspace.page.tray.turn_to("compare")
                self._workspace.said.emit(
                    "There is no kernel B yet; keep the one on the bench as B"
                )
        self._held_from = None
        self._change(mode)

    def press(self, event: QKeyEvent) -> bool:
        """Show B while the key / is held down; say whether it was that key."""
        if event.text() != "/" or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if not event.isAutoRepeat() and self._held_from is None:
            before = self.mode
            self.turn("a" if before == "b" else "b")
            self._held_from, self._code = before, event.nativeScanCode()
        return True

    def release(self, event: QKeyEvent) -> bool:
        """Show what was there before / was held down; say whether it was that key."""
        if self._held_from is None:
            return False
        same = event.nativeScanCode() == self._code if self._code else event.text() == "/"
        if same and not event.isAutoRepeat():
            self.let_go()
        return same

    def let_go(self, *_: object) -> None:
        """Forget that / is held down, for when its release goes elsewhere."""
        if self._held_from is not None:
            before, self._held_from = self._held_from, None
            self._change(before)

    def shut_down(self) -> None:
        """Look at nothing any more."""
        self._surveyor.shut_down()
        self._differences.stop()

    def _toggle(self, mode: str) -> None:
        self.turn("a" if self.mode == mode else mode)

    def _change(self, mode: str) -> None:
        if self._workspace.document.state.other is None:
            mode = "a"
        self.mode = mode
        self._workspace.show_state(self._workspace.document.state)

    def _keep(self) -> None:
        state = self._workspace.document.state
        self._workspace.document.edit("Keep kernel as B", other=state.kernel)
        self._workspace.setFocus()  # the button goes, and / is the page's
        self._workspace.said.emit("Kept as B; change the kernel, then hold / to see the map of B")

    def _drop(self) -> None:
        self._workspace.document.edit("Forget kernel B", other=None)

    def _swap(self) -> None:
        state = self._workspace.document.state
        if state.other is None:
            self.turn("b")
        else:
            self._workspace.document.edit("Swap A and B", **state.swapped)

    def _drag(self, part: float) -> None:
        self.part = part
        self.follow()
        self._workspace.show_moment()

    def _show_curtains(self, front: ConvolutionBench) -> None:
        self._surveyor.drop()
        if self.mode != "split" or front.other is None:
            for curtain in self.curtains.values():
                curtain.show_plane(None)
            return
        behind = replace(front, **front.swapped)
        self._behind = channels.seen(behind, self._workspace.channel)
        if self._behind.large:
            self._lay(_NOTHING)
            self._surveyor.ask(self._behind, None, None, self._display)
        else:
            self._lay(survey(self._behind))

    @property
    def _display(self) -> Display:
        return self._workspace.displaying.display

    def _lay(self, found: Survey) -> None:
        """Show B's maps; where scales are shared, the two kernels share one, too.

        The colours of large maps are made before they are shown, on the scale of their own kernel.
        """
        planes = map_planes(self._behind, found, self._display)
        for stage, curtain in self.curtains.items():
            left, right = self._workspace.views[stage].plane, planes[stage]
            if left and right and self._display.shared and not self._behind.large:
                low, high = min(left.low, right.low), max(left.high, right.high)
                self._workspace.page.widen(stage, low, high)
                right = replace(right, low=low, high=high)
            curtain.show_plane(right)
        self.follow()

    def _take_survey(self, found: Survey) -> None:
        if self.mode == "split":
            self._lay(found)

    def _words(self, state: ConvolutionBench) -> str:
        if state.other is None:
            return ""
        alone = "Each side is on its own scale." if state.large and self.mode == "split" else ""
        return "\n".join(filter(None, [self._differences.words(state), sizes(state), alone]))

    def _show_words(self) -> None:
        state = self._workspace.document.state
        if self.panel.isVisible() and state.other is not None:
            self.panel.show_bench(state, self.mode, self._words(state))
