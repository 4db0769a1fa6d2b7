"""What a session remembers of where one looks in the Convolution workspace."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cnnstudio.gui.workspaces.convolution.strip import Zoom
from cnnstudio.lab.convolution import Stage
from cnnstudio.lab.scene import View

if TYPE_CHECKING:
    from cnnstudio.gui.workspaces.convolution import ConvolutionWorkspace

_STAGES: tuple[Stage, ...] = ("feature_map", "activation", "pooled_map")
_SWITCHES = {  # as a file calls them: the command, and how it is at a start
    "all_products": ("view.expand", False),
    "more_geometry": ("view.more", False),
    "shared_scale": ("display.shared", True),
}
_DISPLAYS = {
    name: f"display.{name}" for name in ("signed", "clip", "absolute", "plus_128", "stretch")
}
_COMPARED = ("a", "b", "split", "difference")
_MIDDLE = 0.5  # of the maps: where the line between A and B is at a start


def view_to_json(workspace: ConvolutionWorkspace) -> dict[str, Any]:
    """Return where one looks now, fit for JSON."""
    view, zoom, actions = workspace.walking.view_now(), workspace.zooming.zoom, workspace.actions_
    return {
        "stage": view.stage,
        "row": view.row,
        "column": view.column,
        "whole": view.whole,
        "channel": workspace.channel,
        "zoom": [zoom.factor, zoom.row, zoom.column],
        "tab": workspace.page.tray.shown,
        "display": next((name for name, on in _DISPLAYS.items() if actions[on].isChecked()), ""),
        "compare": workspace.comparing.mode,
        "line": workspace.comparing.part,
        "switches": {name: actions[on].isChecked() for name, (on, _) in _SWITCHES.items()},
    }


def look(
    workspace: ConvolutionWorkspace,
    view: dict[str, Any],
    first: tuple[int, int],
    show: Callable[[], None],
) -> None:
    """Look where a session says, as far as it makes sense; what it does not say is as at a start.

    Args:
        workspace: that looks there
        view: what the session says
        first: row and column of the playhead if it says nothing
        show: puts the session's bench there
    """
    workspace.walking.pin(None)
    _expect(workspace, view)
    show()
    workspace.page.fold(workspace.actions_)  # another tab may need more room
    workspace.comparing.follow()
    bench, actions = workspace.front, workspace.actions_
    there = (each for each in _STAGES if each == view.get("stage") and all(bench.shape(each)))
    stage = next(there, _STAGES[0])
    rows, columns = bench.shape(stage)
    row = _whole(view.get("row"), rows, first[0])
    column = _whole(view.get("column"), columns, first[1])
    channels, channel = bench.kernel.channels, _channel(view)
    if channel is not None and channels > 1 and workspace.channel != min(channel, channels - 1):
        workspace.looking.choose(min(channel, channels - 1))
    workspace.walking.look(View(stage, row, column, view.get("whole") is True))
    said = view.get("switches")
    for name, (command, usual) in _SWITCHES.items():
        on = said.get(name, usual) if isinstance(said, dict) else usual
        if actions[command].isChecked() != (on is True):
            actions[command].trigger()
    display = next((name for name in _DISPLAYS if name == view.get("display")), "signed")
    if not actions[_DISPLAYS[display]].isChecked():
        actions[_DISPLAYS[display]].trigger()
    _zoom(workspace, view.get("zoom"))


def _whole(value: Any, count: int, usual: int) -> int:
    number = value if type(value) is int else usual
    return min(max(number, 0), max(0, count - 1))


def _channel(view: dict[str, Any]) -> int | None:
    channel = view.get("channel")
    return max(0, channel) if type(channel) is int else None


def _expect(workspace: ConvolutionWorkspace, view: dict[str, Any]) -> None:
    """Get A, B or both of them, the channel and the tab ready; nothing is shown for it.

    What the bench does not have, such as a kernel B, is not shown by it either.
    """
    comparing, tray, looking = workspace.comparing, workspace.page.tray, workspace.looking
    comparing.mode = next((mode for mode in _COMPARED if mode == view.get("compare")), "a")
    line = view.get("line")
    comparing.part = line if type(line) is float and 0 <= line <= 1 else _MIDDLE
    told = tray.blockSignals(True)  # else the bench before would be shown once more
    tray.turn_to(next((name for name in tray.names if name == view.get("tab")), tray.names[0]))
    tray.blockSignals(told)
    looking.channel, looking.opened = _channel(view), None


def _zoom(workspace: ConvolutionWorkspace, said: Any) -> None:
    """Zoom as it was; in a window of another size as nearly as it can be."""
    workspace.zooming.fit()
    if not isinstance(said, list) or len(said) != 3:
        return
    if not all(type(number) in {int, float} and math.isfinite(number) for number in said):
        return
    if said[0] > 1:
        workspace.zooming.zoom = Zoom(1.0, float(said[1]), float(said[2]))
        workspace.zooming.by(float(said[0]))
