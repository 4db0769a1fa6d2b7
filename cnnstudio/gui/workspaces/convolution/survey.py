"""What must be known of whole maps before they can be shown: their scale, and their colours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from cnnstudio.gui.widgets.layers import Colours, Layer, pyramid
from cnnstudio.gui.widgets.plane_paint import indices
from cnnstudio.lab.convolution import ConvolutionBench, Stage
from cnnstudio.lab.image import Image
from cnnstudio.nn.activation import activate
from cnnstudio.nn.geometry import Array

_NOISE = 1e-9  # what rounding may leave of a 0
SQUASHED = {"tanh", "sigmoid"}  # activations with a scale of their own

Cancelled = Callable[[], bool]
Seen = Mapping[Stage, tuple[range, range]]
Layers = Mapping[Stage, tuple[Layer, ...]]


class Dropped(Exception):  # noqa: N818 - nothing went wrong
    """Nobody wants to know any more."""


@dataclass(frozen=True, eq=False)
class Survey:
    """What was found out about the maps of a bench.

    Attributes:
        limit: the end of the scale, as far above zero as below
        pooled_limit: the same of the pooled map
        below, above: shares of the feature map that lie outside the range of the picture
        layers: the colours of large maps
        whole: whether every number was looked at, and not only some
    """

    limit: float = 1.0
    pooled_limit: float = 1.0
    below: float = 0.0
    above: float = 0.0
    layers: Layers = field(default_factory=dict)
    whole: bool = True


def scale_of(values: Array) -> float:
    """Return the end of a signed scale: as far above zero as below; 1 if all is 0 or noise."""
    return end_of_scale(float(values.min()), float(values.max())) if values.size else 1.0


def end_of_scale(least: float, most: float) -> float:
    """Return the same for numbers between `least` and `most`."""
    end = max(-least, most)
    return end if end > _NOISE else 1.0


def scale(bench: ConvolutionBench, stage: Stage, found: Survey) -> tuple[str, float, float]:
    """Return in which colours a stage's map is shown, and the numbers at their ends.

    Maps of each channel by itself are composed into a picture again, so what lies beyond the
    range of the picture is as dark or as bright as can be; a single map has zero in the middle.
    """
    squashed = stage != "feature_map" and bench.activation in SQUASHED
    added = 1
    if stage == "pooled_map" and bench.pooling.kind == "sum":
        added = bench.pooling.size[0] * bench.pooling.size[1]
    if bench.apart:
        low, high = (0.0, 1.0) if squashed else (bench.image.low, bench.image.high)
        return "image", low * added, high * added
    limit = found.limit
    if stage != "feature_map":
        limit = found.pooled_limit if added > 1 and stage == "pooled_map" else limit
        limit = 1.0 if squashed and added == 1 else limit
    return "data", -limit, limit


def parts(bench: ConvolutionBench) -> list[ConvolutionBench]:
    """Return the bench of each map: one, or one for each channel."""
    if not bench.apart:
        return [bench]
    return [bench.alone(channel) for channel in range(bench.kernel.channels)]


def survey(bench: ConvolutionBench) -> Survey:
    """Look at all numbers of small maps, which are kept."""
    maps = {stage: [each.whole(stage) for each in parts(bench)] for stage in stages_of(bench)}
    return _found(bench, maps)


def glimpse(bench: ConvolutionBench, seen: Seen, cancelled: Cancelled = lambda: False) -> Survey:
    """Work out of large maps what can be seen: a number for each pixel of the screen.

    Args:
        bench: what is on the bench
        seen: rows and columns of each stage's map, evenly spaced
        cancelled: whether nobody wants to know any more

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
    found = replace(_found(bench, maps), whole=False)
    layers = {}
    for stage, (rows, columns) in ((stage, seen[stage]) for stage in stages):
        colours = _colours(maps[stage], *scale(bench, stage, found))
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
    limit, pooled = (
        max(map(scale_of, maps.get(stage, ())), default=1.0)
        for stage in ("feature_map", "pooled_map")
    )
    return Survey(limit, pooled, below / count, above / count)


def _colours(values: Sequence[Array], family: str, low: float, high: float) -> Colours:
    """Return places in a table of colours, or those of three maps composed into a picture."""
    found = [indices(each, family, low, high) for each in values]
    return np.stack(found, axis=-1) if len(found) == 3 else found[0]


def picture_layers(image: Image) -> tuple[Layer, ...]:
    """Return the colours of a large picture at several sizes."""
    planes = [indices(plane, "image", image.low, image.high) for plane in image.pixels]
    return pyramid(planes[0] if len(planes) != 3 else np.stack(planes, axis=-1))
