"""What the Values tab shows: counts every number of picture and map, and reads along the line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from PyQt6.QtCore import QObject, QTimer

from cnnstudio.gui.background import Background
from cnnstudio.gui.workspaces.convolution import channels
from cnnstudio.gui.workspaces.convolution.values.counting import Count, of_maps, of_picture
from cnnstudio.gui.workspaces.convolution.values.profile_line import ProfileLine
from cnnstudio.gui.workspaces.convolution.values.value_drawings import profile_drawing
from cnnstudio.gui.workspaces.convolution.values.values_panel import INPUT, MAP, ValuesPanel
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import CHANNEL_NAMES, Image, channel_name
from cnnstudio.lab.number import many, write
from cnnstudio.lab.profile import Line, Profile, profile

if TYPE_CHECKING:
    from cnnstudio.gui.workspaces.convolution import ConvolutionWorkspace

_NO_MAP = "There is no map to count"
_STOPPED = "Not counted; the next change counts again"
_SOON_MS = 60
_GRAY = "picture, as gray"


class Values(QObject):
    """Keeps the Values tab true to the bench while somebody looks at it."""

    def __init__(self, workspace: ConvolutionWorkspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self.panel = ValuesPanel()
        self.line = ProfileLine(workspace.views, lambda: workspace.front)
        self.line.setParent(self)
        self._seen = False
        self._image: tuple[Image, int | None] | None = None  # whose histogram is shown, or to come
        self._maps: tuple[ConvolutionBench, int | None] | None = None
        self._profile: Profile | None = None  # as far as its numbers are known
        self._read_whole: Profile | None = None
        self._soon = QTimer(self)  # while the playhead runs, not at each of its steps
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._show_profile)
        self._work = {INPUT: Background(self), MAP: Background(self)}
        self._reading = Background(self)  # along the line, of a large picture
        self._late = False  # whether the line or its numbers changed while they were being read
        self._waiting: dict[str, Count] = {}  # what is counted once the maps can be seen
        self._small: dict[str, Count] = {}  # what is counted once the window is painted
        self._count_soon = QTimer(self)
        self._count_soon.setSingleShot(True)
        self._count_soon.setInterval(0)
        self._count_soon.timeout.connect(self._count_small)
        self._begin_soon = QTimer(self)
        self._begin_soon.setSingleShot(True)
        self._begin_soon.setInterval(0)
        self._begin_soon.timeout.connect(self._begin)
        workspace.showing.surveyor.busied.connect(lambda busy: busy or self._begin_soon.start())
        for name, work in self._work.items():
            part = self.panel.part(name)
            work.finished.connect(part.show_counted)
            work.progressed.connect(part.show_progress)
            work.busied.connect(part.wait)
            work.failed.connect(self._failer(name))
        self._reading.finished.connect(self._take_profile)
        self._reading.failed.connect(workspace.warned)
        self.panel.seen.connect(self._look)
        self.panel.stopped.connect(self._stop)
        self.panel.line_taken.connect(self.take_line)
        self.panel.line_dropped.connect(lambda: self.line.put(None))
        self.panel.pointed.connect(self._point_along)
        self.line.changed.connect(self._read)
        self.line.pointed.connect(self._point)
        workspace.player.moved.connect(self._follow_playhead)
        actions = workspace.actions_
        actions["view.whole"].toggled.connect(self._follow_playhead)
        actions["edit.pencil"].toggled.connect(lambda on: self.take_line(False) if on else None)
        actions.connect({"run.unpin": self.drop_line})

    def show_bench(self, bench: ConvolutionBench) -> None:
        """Show what has changed, if somebody looks; else when somebody does."""
        self.line.show_bench(bench)
        if not self._seen:
            return
        channel = self._workspace.channel
        if self._image is None or (self._image[0] is not bench.image or self._image[1] != channel):
            self._image = bench.image, channel
            self._count(INPUT, bench.large, of_picture(bench.image, channel))
        if self._maps != (bench, channel):
            self._maps = bench, channel
            if all(bench.map_shape):
                self._count(MAP, bench.large, of_maps(bench, channel))
            else:
                self._waiting.pop(MAP, None)
                self._small.pop(MAP, None)
                self._work[MAP].cancel()
                self.panel.map.show_counted(None, _NO_MAP)
        self._read()

    def take_line(self, in_hand: bool) -> None:
        """Draw with the next drag over a picture, or leave the mouse to the pictures."""
        if in_hand:
            self._workspace.actions_["edit.pencil"].setChecked(False)
        self.line.take(in_hand)
        self.panel.line.setChecked(in_hand)
        if self.line.line is None:
            self.panel.show_line(in_hand, None)

    def drop_line(self) -> None:
        """Take the line away; if there is none, put it out of the hand."""
        if not self._seen:
            return
        if self.line.line is not None:
            self.line.put(None)
        else:
            self.take_line(False)

    def shut_down(self) -> None:
        """Count no more."""
        self._waiting.clear()
        self._small.clear()
        for work in (*self._work.values(), self._reading):
            work.shut_down()

    def _look(self, seen: bool) -> None:
        """Begin to look, or stop."""
        self._seen = seen
        self.line.show(seen)
        if seen:
            self.show_bench(self._workspace.front)
            return
        self.take_line(False)
        if self.busy:
            self._image = self._maps = None
        self._late = False
        self._waiting.clear()
        self._small.clear()
        for work in (*self._work.values(), self._reading):
            work.cancel()

    def _count(self, name: str, large: bool, count: Count) -> None:
        """Count small pictures once the map is painted, large ones on a thread; newest wins."""
        if large:
            self._small.pop(name, None)
            self._waiting[name] = count
            self.panel.part(name).wait(True)
            self._begin_soon.start()
        else:
            self._waiting.pop(name, None)
            self._work[name].cancel()
            self._small[name] = count
            self._count_soon.start()

    def _count_small(self) -> None:
        while self._small:
            name, count = self._small.popitem()
            self.panel.part(name).show_counted(count(None))

    def _begin(self) -> None:
        """Do what waits, unless the maps themselves are still to come; these go first."""
        while self._waiting and not self._workspace.showing.busy:
            name, count = self._waiting.popitem()
            self._work[name].start(count)
        line = self.line.line
        if (
            self._late
            and line is not None
            and not (self._reading.busy or self._workspace.showing.busy)
        ):
            self._late = False
            self._reading.start(self._along(self._workspace.front, line))

    @property
    def busy(self) -> bool:
        """Whether something is still to come."""
        works = (*self._work.values(), self._reading)
        return bool(self._waiting or self._small) or self._late or any(work.busy for work in works)

    def _stop(self, name: str) -> None:
        self._waiting.pop(name, None)
        self._work[name].cancel()
        self.panel.part(name).wait(False)
        self.panel.part(name).show_counted(None, _STOPPED)

    def _failer(self, name: str) -> Callable[[str], None]:
        return lambda reason: self.panel.part(name).show_counted(None, reason)

    def _read(self) -> None:
        """Read the numbers along the line, of a large picture on a thread."""
        bench, line = self._workspace.front, self.line.line
        if not self._seen:
            return
        if line is None:
            self._reading.cancel()
            self._profile = self._read_whole = None
            self._late = False
            self.panel.show_line(self.line.in_hand, None)
            return
        self._late = bench.large
        if bench.large:
            self._begin_soon.start()
        else:
            self._reading.cancel()
            self._take_profile(self._along(bench, line)())

    def _along(self, bench: ConvolutionBench, line: Line) -> Callable[..., Profile]:
        """Return what reads along a line."""
        channel = self._workspace.channel
        front = channels.front(bench, channel)
        return lambda *_: profile(front, line, None if bench.apart else channel)

    def _take_profile(self, found: Profile) -> None:
        self._read_whole = found if self.line.line is not None else None
        self._show_profile()
        if self._late:
            self._begin_soon.start()

    def _follow_playhead(self, *_: object) -> None:
        if self._read_whole is not None and self._seen and not self._soon.isActive():
            self._soon.start()

    def _show_profile(self) -> None:
        """Show the numbers of the map that there are yet; no other is given away."""
        workspace, whole = self._workspace, self._read_whole
        if whole is None or self.line.line is None:
            return
        bench = workspace.front
        there = workspace.moment.shown(bench, "feature_map")
        self._profile = found = whole.known(bench.map_shape[1], there)
        drawing = profile_drawing(found, self._names(bench), (bench.image.low, bench.image.high))
        self.panel.show_line(self.line.in_hand, drawing, _told(found))
        if self.line.marked is not None:
            self._point(self.line.marked)

    def _names(self, bench: ConvolutionBench) -> tuple[str, str]:
        """Return what picture and map are called in the profile."""
        channel, count = self._workspace.channel, bench.kernel.channels
        if count == 1:
            return "picture", "map"
        if bench.apart:
            name = channel_name(channel or 0, count)
            return f"picture, {name}", f"map, {name}"
        if channel is not None:
            return f"picture, {channel_name(channel, count)}", "map"
        return _GRAY if count == len(CHANNEL_NAMES) else "picture, mean", "map"

    def _point_along(self, at: float | None) -> None:
        """Mark the pixel nearest to a distance along the line."""
        if self._profile is None or at is None:
            self._point(-1)
        else:
            self._point(int(np.abs(self._profile.distances - at).argmin()))

    def _point(self, index: int) -> None:
        """Mark a pixel of the line, in the pictures and in the plot."""
        found = self._profile
        if found is None or not 0 <= index < len(found.cells):
            self.line.mark(None)
            self.panel.mark(None, "")
            return
        self.line.mark(index)
        row, column = found.cells[index]
        words = f"row {row + 1}, column {column + 1}: {write(float(found.before[index]))}"
        there = [at for at, (which, _) in enumerate(found.steps) if which == index]
        if there:
            words += f" → {write(float(found.after[there[0]]))}"
        self.panel.mark(float(found.distances[index]), words)


def _told(found: Profile) -> str:
    """Say what the profile is of."""
    ends = found.cells[0], found.cells[-1]
    start, end = (f"row {row + 1}, column {column + 1}" for row, column in ends)
    pixels, numbers = len(found.cells), len(found.steps)
    told = f"{start} to {end}  ·  {many(pixels, 'pixel')}"
    if numbers < pixels:
        told += f", {many(numbers, 'number') if numbers else 'no number'} of the map"
    return told
