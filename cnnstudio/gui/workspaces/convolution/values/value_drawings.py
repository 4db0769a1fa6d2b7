"""Histograms and profiles as drawings: what is drawn how, and what is written at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

import numpy as np
from numpy.typing import NDArray

from cnnstudio.gui.widgets.drawing import Curve, Drawing, Scale, Tick, few_ticks
from cnnstudio.lab.histogram import Histogram
from cnnstudio.lab.number import many, write
from cnnstudio.lab.profile import Profile

INKS = {"red": "#e0311f", "green": "#23a03c", "blue": "#2f6bea"}  # as a channel's swatch
FAR = 4  # times as long as the other, from which a range has an axis of its own
_NEVER = 0.5  # how often something occurs that is not there, on a logarithmic axis
_FEW, _MANY = 60, 500  # points of a line that are marked one by one; that need a thin pen

Range = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Counted:
    """The histograms of a picture or map.

    Attributes:
        found: one, or one for each channel
        names: what the channels are called; a single histogram needs no name
        span: black and white of the picture
    """

    found: tuple[Histogram, ...]
    names: tuple[str, ...]
    span: Range

    @property
    def least(self) -> float:
        """The smallest number of all."""
        return min(each.least for each in self.found)

    @property
    def most(self) -> float:
        """The greatest number of all."""
        return max(each.most for each in self.found)

    @property
    def told(self) -> str:
        """The smallest, the greatest and the mean, in few words."""
        means = [write(each.mean) for each in self.found]
        if len(means) > 1:
            named = zip(self.names, means, strict=True)
            means = [f"{name[0].upper()} {mean}" for name, mean in named]
        return f"{write(self.least)} to {write(self.most)}  ·  mean {'  '.join(means)}"

    @property
    def spoken(self) -> str:
        """The same in sentences, with what one bar stands for."""
        several = len(self.found) > 1
        sentences = [
            f"{name.capitalize()}: smallest" * several
            + "Smallest" * (not several)
            + f" {write(each.least)}, greatest {write(each.most)}, mean {write(each.mean)}."
            for name, each in zip(self.names, self.found, strict=True)
        ]
        return "\n".join([*sentences, f"{self.binned}."])

    @property
    def binned(self) -> str:
        """What one bar stands for, in words."""
        bins = self.found[0].bins
        if bins.step == 1:
            return "One bar for each number"
        bars = many(len(bins.edges) - 1, "bar")
        if bins.step:
            return f"{bars}, each for {bins.step} whole numbers"
        return f"{bars}, each {write(float(bins.edges[1] - bins.edges[0]))} wide"


def histogram_drawing(counted: Counted, logarithmic: bool) -> Drawing:
    """Draw how often each number occurs; what lies outside the picture's range is shaded."""
    bins, (black, white) = counted.found[0].bins, counted.span
    edges = bins.edges
    half = 0.5 if bins.step else 0.0
    low, high = min(black - half, float(edges[0])), max(white + half, float(edges[-1]))
    outside = [(low, black - half)] * (low < black - half)
    outside += [(white + half, high)] * (high > white + half)
    wanted = [black, white, counted.least, counted.most, 0.0, *few_ticks(low, high, 4)]
    places = [place for place in dict.fromkeys(wanted) if low <= place <= high]
    most = max(int(each.counts.max()) for each in counted.found)
    y = _tall(most, logarithmic)
    several = len(counted.found) > 1
    curves = tuple(
        Curve(
            edges,
            _heights(each.counts, logarithmic),
            name if several else "",
            INKS.get(name, "text") if several else "muted",
            "text" if several else "",
            bars=not several,
            width=1.2,
        )
        for each, name in zip(counted.found, counted.names, strict=True)
    )
    upright = tuple(place for place in (black, white) if outside)
    x = Scale(low, high, tuple((place, write(place)) for place in places))
    return Drawing(x, y, (), curves, tuple(outside), upright)


def _heights(counts: NDArray[np.int64], logarithmic: bool) -> NDArray[np.float64]:
    return np.log10(np.maximum(counts, _NEVER)) if logarithmic else counts.astype(np.float64)


def _tall(most: int, logarithmic: bool) -> Scale:
    if logarithmic:
        powers = range(floor(log10(max(1, most))), -1, -1)
        ticks = tuple((float(power), write(10**power)) for power in powers)
        return Scale(log10(_NEVER), log10(max(1, most)) + 0.15, ticks)
    ticks = tuple((place, write(place)) for place in reversed(few_ticks(0, most, 3)))
    return Scale(0.0, most * 1.06, ((0.0, "0"), *ticks))


def profile_drawing(found: Profile, names: tuple[str, str], span: Range) -> Drawing:
    """Draw the numbers of a picture along a line, and those of its map.

    Both have the same axis. Where one of them reaches much further than the other, the map has
    an axis of its own, at the right, whose zero is at the same height.

    Args:
        found: the numbers
        names: of the picture and of the map
        span: black and white of the picture
    """
    before, after = _reach(found.before), _reach(found.after)
    own = bool(len(found.after)) and max(_long(before), _long(after)) > FAR * min(
        _long(before), _long(after)
    )
    share = _share(before, after) if own else 1.0
    low = min(before[0], after[0] * share)
    high = max(before[1], after[1] * share)
    if low == high:  # all of it is 0
        low, high = min(0.0, span[0]), max(0.0, span[1])
    beyond = (high - low) * 0.06
    left = before if own else (low, high)
    y = Scale(low - beyond, high + beyond, _ticks(left, (0.0, span[1])))
    right = tuple((place * share, text) for place, text in _ticks(after, (0.0,))) if own else ()
    length = float(found.distances[-1])
    x = Scale(0.0, max(1.0, length), _along(max(1.0, length)))
    few = len(found.cells) <= _FEW
    thin, thick = (1.5, 2.0) if len(found.cells) <= _MANY else (1.0, 1.0)
    at = found.distances[[index for index, _ in found.steps]] if found.steps else np.empty(0)
    map_name = f"{names[1]} (right)" if own else names[1]
    picture = Curve(
        found.distances, found.before, names[0], "text", "muted", dots=few, width=thin, strength=0.5
    )
    curves = (
        picture,
        Curve(at, found.after * share, map_name, "text", dots=few, width=thick),
    )
    return Drawing(x, y, right, curves if len(at) else curves[:1], level=(0.0,))


def _reach(values: NDArray[np.floating]) -> Range:
    """Return the ends of a range that has zero in it."""
    return (
        min(0.0, float(values.min(initial=0.0))),
        max(0.0, float(values.max(initial=0.0))),
    )


def _long(reach: Range) -> float:
    return reach[1] - reach[0] or 1.0


def _share(before: Range, after: Range) -> float:
    """Return by what the map is multiplied to be as tall as the picture, about the same zero."""
    tall, taller = max(map(abs, before)), max(map(abs, after))
    return (tall or 1.0) / (taller or 1.0)


def _ticks(reach: Range, first: Sequence[float]) -> tuple[Tick, ...]:
    wanted = dict.fromkeys([*first, *few_ticks(*reach, 3)])
    return tuple((place, write(place)) for place in wanted if reach[0] <= place <= reach[1])


def _along(length: float) -> tuple[Tick, ...]:
    """Return distances to be written; the greatest says that they are pixels."""
    *inner, last = few_ticks(0, length, 6)
    return (0.0, "0"), (last, f"{write(last)} px"), *((at, write(at)) for at in inner if at)
