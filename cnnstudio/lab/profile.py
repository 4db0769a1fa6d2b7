"""A line over a picture: the numbers along it, before the filter and after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import hypot

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image
from cnnstudio.nn.geometry import Array, Axis, Pair

_AREA = 1 << 12  # numbers of the map that are worked out at a time, for those on the line
Step = tuple[int, Pair]  # which pixel of the line, and which place of the map lies on it


@dataclass(frozen=True)
class Line:
    """A line from one pixel to another; rows and columns count from 0, without the padding."""

    start: Pair
    end: Pair

    @cached_property
    def cells(self) -> tuple[Pair, ...]:
        """The pixels it passes: one for each step along its longer side, the nearest each time.

        This is Bresenham's line, in whole numbers; a half goes down and to the right.
        """
        down, across = self._sides
        steps = max(abs(down), abs(across))
        if not steps:
            return (self.start,)
        return tuple(
            (
                self.start[0] + (2 * step * down + steps) // (2 * steps),
                self.start[1] + (2 * step * across + steps) // (2 * steps),
            )
            for step in range(steps + 1)
        )

    @property
    def length(self) -> float:
        """How far its ends are from each other, in pixels."""
        return hypot(*self._sides)

    @property
    def _sides(self) -> Pair:
        return self.end[0] - self.start[0], self.end[1] - self.start[1]

    def inside(self, image: Image) -> Line:
        """Return this line with both ends in a picture."""
        ends = [
            (min(max(row, 0), image.height - 1), min(max(column, 0), image.width - 1))
            for row, column in (self.start, self.end)
        ]
        return Line(ends[0], ends[1])


def straightened(fixed: Pair, moved: Pair) -> Pair:
    """Return a place near `moved` that lies level with `fixed`, above it, or at 45 degrees."""
    down, across = moved[0] - fixed[0], moved[1] - fixed[1]
    if 2 * abs(down) <= abs(across):
        return fixed[0], moved[1]
    if 2 * abs(across) <= abs(down):
        return moved[0], fixed[1]
    side = round((abs(down) + abs(across)) / 2)
    return fixed[0] + (side if down > 0 else -side), fixed[1] + (side if across > 0 else -side)


@dataclass(frozen=True, eq=False)
class Profile:
    """What lies along a line.

    Attributes:
        cells: the pixels it passes
        distances: how far each is from its start, along the line, in pixels
        before: their numbers; of a colour picture with all its channels how gray they are
        steps: the places of the feature map whose window has one of them in its middle, each with
            the pixel's place in `cells`
        after: the numbers of the map there
    """

    cells: tuple[Pair, ...]
    distances: NDArray[np.float64]
    before: Array
    steps: tuple[Step, ...]
    after: Array

    def known(self, columns: int, shown: int | None) -> Profile:
        """Return this with only those numbers of the map that are there yet.

        Args:
            columns: of the map
            shown: how many of its numbers are there, in reading order; None for all
        """
        if shown is None:
            return self
        there = [row * columns + column < shown for _, (row, column) in self.steps]
        steps = tuple(step for step, is_there in zip(self.steps, there, strict=True) if is_there)
        return replace(self, steps=steps, after=self.after[np.array(there, bool)])


def profile(bench: ConvolutionBench, line: Line, channel: int | None = None) -> Profile:
    """Read the numbers along a line; only these are worked out.

    Args:
        bench: what is on the bench; its map is one
        line: inside the picture
        channel: whose numbers are read before the filter; None for how gray they are
    """
    cells = line.cells
    steps = tuple(_steps(bench, cells))
    after = _along(bench, [place for _, place in steps])
    distances = np.linspace(0.0, line.length, len(cells))
    return Profile(cells, distances, _before(bench.image, cells, channel), steps, after)


def middle(axis: Axis, position: int) -> int:
    """Return the pixel in the middle of a window; of an even window the last before it.

    So the map of a stride of 1 with "same" padding has each number at its own pixel.
    """
    return axis.start(position) + (axis.extent - 1) // 2


def position_at(axis: Axis, pixel: int) -> int | None:
    """Return the position whose window has a pixel in its middle; None if no window has."""
    position, rest = divmod(pixel - middle(axis, 0), axis.stride)
    return position if rest == 0 and 0 <= position < axis.output else None


def _steps(bench: ConvolutionBench, cells: Sequence[Pair]) -> Iterator[Step]:
    if not all(bench.map_shape):
        return
    for index, (row, column) in enumerate(cells):
        place = position_at(bench.down, row), position_at(bench.across, column)
        if place[0] is not None and place[1] is not None:
            yield index, (place[0], place[1])


def _before(image: Image, cells: Sequence[Pair], channel: int | None) -> Array:
    rows, columns = np.array(cells).T
    found = image.pixels[:, rows, columns].astype(np.float64)
    if channel is not None or image.channels == 1:
        return np.asarray(found[channel or 0])
    if image.channels != 3:
        return np.asarray(found.mean(axis=0))
    gray = np.array((299, 587, 114)) @ found
    if image.pixels.dtype == np.uint8:  # rounded as `grayed` does
        return np.asarray((gray + 500) // 1000)
    return np.asarray(gray / 1000)


def _along(bench: ConvolutionBench, places: Sequence[Pair]) -> Array:
    """Return the map's numbers at places that follow each other, each at most one from the last.

    Of a large map the blocks round a few of them at a time are worked out.
    """
    made = np.empty(len(places))
    values, first = bench.values("feature_map") if places else None, 0
    if values is None:
        return made
    while first < len(places):
        last = first + 1
        (top, left), (bottom, right) = places[first], places[first]
        while last < len(places):
            row, column = places[last]
            box = min(top, row), min(left, column), max(bottom, row), max(right, column)
            if (box[2] - box[0] + 1) * (box[3] - box[1] + 1) > _AREA:
                break
            (top, left, bottom, right), last = box, last + 1
        block = values[top : bottom + 1, left : right + 1]
        rows, columns = np.array(places[first:last]).T
        made[first:last] = block[rows - top, columns - left]
        first = last
    return made
