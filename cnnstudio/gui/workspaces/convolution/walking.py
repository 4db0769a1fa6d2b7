"""Whose map the playhead walks over, and how it gets from one map to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnnstudio.gui.workspaces.convolution import commands
from cnnstudio.gui.workspaces.convolution.planes import Place
from cnnstudio.gui.workspaces.convolution.pointer import Where, is_there
from cnnstudio.lab.convolution import ConvolutionBench, Stage
from cnnstudio.lab.scene import View
from cnnstudio.lab.step import pool_step, pooled_position, steps_per_position

if TYPE_CHECKING:
    from cnnstudio.gui.workspaces.convolution import ConvolutionWorkspace


class Walking:
    """Sends the playhead to places and maps; view state, never undone.

    Attributes:
        stage: whose map it walks over
    """

    def __init__(self, workspace: ConvolutionWorkspace) -> None:
        self._workspace, self._player = workspace, workspace.player
        self.stage: Stage = "feature_map"
        self._left: Place = (0, 0)  # where it was on the map when it went over to pooling
        workspace.actions_.connect(
            {
                "run.feature_map": lambda: self.walk("feature_map"),
                "run.activation": lambda: self.walk("activation"),
                "run.pooled_map": lambda: self.walk("pooled_map"),
                "run.unpin": lambda: self.pin(None),
            }
        )

    def view_now(self) -> View:
        """Return what a scene would need to bring back this view."""
        return View(self.stage, *self._player.place, self._workspace.whole)

    def look(self, view: View) -> None:
        """Go where a scene wants the user to look."""
        self._player.stop()
        self.stage = view.stage
        self.set_track(self._workspace.front)
        self._player.go(view.row, view.column)
        self._workspace.actions_["view.whole"].setChecked(view.whole)
        self._workspace.show_moment()

    def walk(self, stage: Stage) -> None:
        """Let the playhead walk over another stage's map."""
        bench = self._workspace.front
        if all(bench.shape(stage)) and stage != self.stage:
            self._player.stop()
            place = self._same_place(bench, stage)
            self.stage = stage
            self.set_track(bench)
            self._player.go(*place)
            self._workspace.show_moment()

    def _same_place(self, bench: ConvolutionBench, stage: Stage) -> Place:
        """Return where on another stage's map the number under the playhead comes from or goes."""
        place = self._player.place
        if stage == "pooled_map":
            self._left = place
            return pooled_position(bench, *place) or (0, 0)
        if self.stage != "pooled_map":
            return place
        if pooled_position(bench, *self._left) == place:
            return self._left
        return pool_step(bench, *place).places[0]

    def pin(self, where: Where | None) -> None:
        """Pin a number of a map; again, or None, unpins it. One not there yet is gone to."""
        workspace = self._workspace
        self._player.stop()
        if where and not is_there(workspace.front, workspace.moment, where):
            self.walk(where[0])
            self._player.go(where[1], where[2])
        workspace.pointer.pin(None if where == workspace.pointer.pinned else where)
        workspace.show_moment()

    def enter(self, stage: Stage, row: int, column: int) -> None:
        """Let the playhead walk over a stage's map, from one of its numbers on."""
        self.pin(None)
        self.walk(stage)
        self._player.go(row, column)

    def set_track(self, bench: ConvolutionBench) -> None:
        """Tell the player how many places there are, and how many products make one number."""
        workspace = self._workspace
        if self.stage == "pooled_map" and not all(bench.pooled_shape):
            self.stage = "feature_map"
        workspace.looking.show_bench(bench, self.stage == "feature_map")
        rows, columns = bench.shape(self.stage)
        taps = steps_per_position(workspace.looking.front(bench), self.stage)
        self._player.set_track(rows, columns, taps)
        commands.offer_steps(workspace.actions_, rows > 0)
