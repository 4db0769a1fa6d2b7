"""What must be known of whole maps before they can be shown: their scale, and their colours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from cnnstudio.gui.widgets.layers import Colours, Layer, pyramid
from cnnstudio.gui.widgets.plane_layers import Plane
from cnnstudio.gui.widgets.plane_paint import indices
from cnnstudio.gui.workspaces.convolution.displays.display import (
    USUAL,
    Display,
    Mode,
    Range,
    colours_of,
    end_of_scale,
)
from cnnstudio.lab.convolution import ConvolutionBench, Stage
from cnnstudio.lab.image import Image
from cnnstudio.nn.activation import activate
from cnnstudio.nn.geometry import Array

SQUASHED = {"tanh", "sigmoid"}  # activations with a scale of their own
_UNKNOWN: Range = (-1.0, 1.0)

Cancelled = Callable[[], bool]
Seen = Mapping[Stage, tuple[range, range]]
Layers = Mapping[Stage, tuple[Layer, ...]]


class Dropped(Exception):  # noqa: N818 - nothing went wrong
    """Nobody wants to know any more."""


@dataclass(frozen=True, eq=False)
class Survey:
    """What was found out about the maps of a bench.

    Attributes:
        ranges: the smallest and the greatest number of each stage
        below, above: shares of the feature map that lie outside the range of the picture
        layers: the colours of large maps
        display: what those colours mean
        whole: whether every number was looked at, and not only some
    """

    ranges: Mapping[Stage, Range] = field(default_factory=dict)
    below: float = 0.0
    above: float = 0.0
    layers: Layers = field(default_factory=dict)
    display: Display = USUAL
    whole: bool = True


def scale_of(values: Array) -> float:
    """Return the end of a signed scale: as far above zero as below; 1 if all is 0 or noise."""
    return end_of_scale(float(values.min()), float(values.max())) if values.size else 1.0


def scale(
    bench: ConvolutionBench, stage: Stage, found: Survey, display: Display = USUAL
) -> tuple[str, float, float]:
    """Return in which colours a stage's map is shown, and the numbers at their ends."""
    mode = display.mode_of(bench.apart)
    picture = black_and_white(bench, stage, mode)
    return colours_of(mode, picture, _range(bench, stage, found, replace(display, mode=mode)))


def lies_beyond(found: Survey, stage: Stage, plane: Plane) -> tuple[bool, bool]:
    """Return whether a map has numbers below the first colour of its plane, above the last one.

    Only what rounding leaves does not count.
    """
    if not found.whole or stage not in found.ranges or plane.family == "absolute":
        return False, False
    least, most = found.ranges[stage]
    little = 1e-6 * (plane.high - plane.low)
    return least < plane.low - little, most > plane.high + little


def black_and_white(bench: ConvolutionBench, stage: Stage, mode: Mode) -> Range:
    """Return the range a stage's map is shown in as a picture: that of the picture it is made of.

    Numbers that went through tanh or sigmoid have none of it left. With half of a range added, one
    is left on either side of zero.
    """
    low, high = bench.image.low, bench.image.high
    if _squashed(bench, stage):
        low, high = (-1.0 if mode == "plus_128" else 0.0), 1.0
    added = _added(bench, stage)
    return low * added, high * added


def _range(bench: ConvolutionBench, stage: Stage, found: Survey, display: Display) -> Range:
    """Return the smallest and the greatest number of all maps on a stage's scale."""
    squashed, added = _squashed(bench, stage), _added(bench, stage) > 1
    fixed = display.mode == "signed" or (display.mode == "absolute" and display.shared)
    if squashed and not added and fixed:
        return -1.0, 1.0
    ranges = found.ranges
    if display.shared:
        ranges = {
            each: ends
            for each, ends in ranges.items()
            if (_squashed(bench, each), _added(bench, each) > 1) == (squashed, added)
        }
        return _hull(list(ranges.values()))
    return ranges.get(stage, _UNKNOWN)


def _squashed(bench: ConvolutionBench, stage: Stage) -> bool:
    return stage != "feature_map" and bench.activation in SQUASHED


def _added(bench: ConvolutionBench, stage: Stage) -> int:
    """Return how many numbers are added up in each of a stage."""
    if stage == "pooled_map" and bench.pooling.kind == "sum":
        return bench.pooling.size[0] * bench.pooling.size[1]
    return 1


def _hull(ranges: Sequence[Range]) -> Range:
    if not ranges:
        return _UNKNOWN
    least, most = zip(*ranges, strict=True)
    return min(least), max(most)


def parts(bench: ConvolutionBench) -> list[ConvolutionBench]:
    """Return the bench of each map: one, or one for each channel."""
    if not bench.apart:
        return [bench]
    return [bench.alone(channel) for channel in range(bench.kernel.channels)]


def survey(bench: ConvolutionBench) -> Survey:
    """Look at all numbers of small maps, which are kept."""
    maps = {stage: [each.whole(stage) for each in parts(bench)] for stage in stages_of(bench)}
    return _found(bench, maps)


def glimpse(
    bench: ConvolutionBench,
    seen: Seen,
    cancelled: Cancelled = lambda: False,
    display: Display = USUAL,
) -> Survey:
    """Work out of large maps what can be seen: a number for each pixel of the screen.

    Args:
        bench: what is on the bench
        seen: rows and columns of each stage's map, evenly spaced
        cancelled: whether nobody wants to know any more
        display: what the colours shall mean

    Raises:
        Dropped: soon after `cancelled` said yes.
    """
    stages = [stage for stage in stages_of(bench) if stage in seen and all(seen[stage])]
    maps: dict[Stage, list[Array]] = {stage: [] for stage in stages}
    for stage in stages:
        if stage == "activation" and seen[stage] == seen.get("feature_map"):
            maps[stage] = [activate(each, bench.activation) for each in maps["feature_map"]]
            continue
        for each in parts(bench):
            if cancelled():
                raise Dropped
            maps[stage].append(_picked(each, stage, *seen[stage]))
    found = replace(_found(bench, maps), display=display, whole=False)
    layers = {}
    for stage, (rows, columns) in ((stage, seen[stage]) for stage in stages):
        colours = _colours(maps[stage], *scale(bench, stage, found, display))
        layers[stage] = (Layer(colours, rows.step, rows.start, columns.start),)
    return replace(found, layers=layers)


def stages_of(bench: ConvolutionBench) -> list[Stage]:
    """Return the stages that have a map."""
    named: tuple[Stage, ...] = ("feature_map", "activation", "pooled_map")
    return [stage for stage in named if all(bench.shape(stage))]


def _picked(bench: ConvolutionBench, stage: Stage, rows: range, columns: range) -> Array:
    places = [slice(each.start, each.stop, each.step) for each in (rows, columns)]
    return bench.values(stage)[places[0], places[1]]


def _found(bench: ConvolutionBench, maps: Mapping[Stage, Sequence[Array]]) -> Survey:
    values = maps.get("feature_map", [])
    below = sum(int(np.count_nonzero(each < bench.image.low)) for each in values)
    above = sum(int(np.count_nonzero(each > bench.image.high)) for each in values)
    count = sum(each.size for each in values) or 1
    ranges: dict[Stage, Range] = {}
    for stage, each in maps.items():
        if stage == "activation" and "feature_map" in ranges:
            ranges[stage] = activated(bench, ranges["feature_map"])
        else:
            ranges[stage] = _hull([(float(part.min()), float(part.max())) for part in each])
    return Survey(ranges, below / count, above / count)


def activated(bench: ConvolutionBench, ends: Range) -> Range:
    """Return what becomes of the ends of a range: no activation puts numbers in another order."""
    least, most = activate(np.array(ends), bench.activation)
    return float(least), float(most)


def _colours(values: Sequence[Array], family: str, low: float, high: float) -> Colours:
    """Return places in a table of colours, or those of three maps composed into a picture."""
    found = [indices(each, family, low, high) for each in values]
    return np.stack(found, axis=-1) if len(found) == 3 else found[0]


def picture_layers(image: Image) -> tuple[Layer, ...]:
    """Return the colours of a large picture at several sizes."""
    planes = [indices(plane, "image", image.low, image.high) for plane in image.pixels]
    return pyramid(planes[0] if len(planes) != 3 else np.stack(planes, axis=-1))
