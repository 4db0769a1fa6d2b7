"""Replace each neighbourhood of a feature map by one number."""

from collections.abc import Callable, Iterator
from typing import Literal

import numpy as np

from cnnstudio.nn.geometry import Array, Axis, Pair
from cnnstudio.nn.rounding import settled

PoolingKind = Literal["none", "max", "average", "sum"]
_APART = 4  # times the numbers of all windows between and in them: then each is fetched alone
POOLINGS: tuple[PoolingKind, ...] = ("none", "max", "average", "sum")


def pool(x: Array, kind: PoolingKind, size: Pair, stride: Pair, padding: Pair) -> Array:
    """Pool one plane: (H, W) -> (H', W'), as PyTorch does.

    Padding never wins a maximum, adds 0 to a sum, and counts in an average, which divides by
    the whole window.
    """
    down, across = (
        Axis(count, k, s, p, p)
        for count, k, s, p in zip(x.shape, size, stride, padding, strict=True)
    )

    def block(rows: range, columns: range) -> Array:
        return x[rows.start : rows.stop : rows.step, columns.start : columns.stop : columns.step]

    every = range(down.output), range(across.output)
    return pool_windows(block, kind, (down, every[0]), (across, every[1]))


def pool_windows(
    block: Callable[[range, range], Array],
    kind: PoolingKind,
    down: tuple[Axis, range],
    across: tuple[Axis, range],
) -> Array:
    """Pool some windows of a plane that need not be there as a whole.

    Args:
        block: gives the numbers at some rows and columns of the plane, evenly spaced
        kind: what is made of each window
        down: how windows lie one below the other, and which of them are wanted, evenly spaced
        across: likewise, side by side
    """
    (rows, above), (columns, beside) = _under(*down), _under(*across)
    windows = len(down[1]) * len(across[1]) * down[0].kernel_size * across[0].kernel_size
    if len(rows) * len(columns) > _APART * windows:
        return combine(_numbers_of_windows(block, kind, down, across), kind)
    x = block(rows, columns)
    x = x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)
    if any(above) or any(beside):
        x = np.pad(x, (above, beside), constant_values=filling(kind))
    step = [axis.stride * places.step for axis, places in (down, across)]
    tall, wide = (len(down[1]) - 1) * step[0] + 1, (len(across[1]) - 1) * step[1] + 1
    taps = np.ndindex(down[0].kernel_size, across[0].kernel_size)
    parts = [x[i : i + tall : step[0], j : j + wide : step[1]] for i, j in taps]
    return combine(iter(parts), kind)


def filling(kind: PoolingKind) -> float:
    """Return what stands in the padding of a pooling: what can neither win nor add anything."""
    return -np.inf if kind == "max" else 0.0


def combine(parts: Iterator[Array], kind: PoolingKind) -> Array:
    """Make one number of each window.

    Args:
        parts: of every window the first number, then of every one the second, and so on
        kind: what is made of them
    """
    made = next(parts).copy()
    if kind == "max":
        for part in parts:
            np.maximum(made, part, out=made)
        return made
    sizes, count = np.abs(made), 1  # what the sums come to without signs tells their rounding
    for part in parts:
        made += part
        sizes += np.abs(part)
        count += 1
    if not (made == np.rint(made)).all():  # whole numbers are exact
        made = settled(made, sizes, count)
    return made / count if kind == "average" else made


def _under(axis: Axis, places: range) -> tuple[range, Pair]:
    """Return the lines under some windows, and how many are padding before and after them."""
    first, last = axis.start(places[0]), axis.start(places[-1]) + axis.extent
    lines = range(min(max(first, 0), axis.size), max(min(last, axis.size), 0))
    before = min(max(0, -first), last - first)
    return lines, (before, last - first - before - len(lines))


def _numbers_of_windows(
    block: Callable[[range, range], Array],
    kind: PoolingKind,
    down: tuple[Axis, range],
    across: tuple[Axis, range],
) -> Iterator[Array]:
    """Give of windows that lie far apart all first numbers, all second ones, and so on."""
    for i, j in np.ndindex(down[0].kernel_size, across[0].kernel_size):
        rows, above = _inside(*down, i)
        columns, beside = _inside(*across, j)
        part = np.full((len(down[1]), len(across[1])), filling(kind))
        if rows and columns:
            place = slice(above, above + len(rows)), slice(beside, beside + len(columns))
            part[place] = block(rows, columns)
        yield part


def _inside(axis: Axis, positions: range, tap: int) -> tuple[range, int]:
    """Return the lines that one number of each window is on, but for the padding.

    The second number is how many positions come before the first of them.
    """
    step = axis.stride * positions.step
    begin = axis.start(positions.start) + tap
    first = max(0, -(begin // step))  # the first position at or after line 0
    last = min(len(positions), -((begin - axis.size) // step))
    return range(begin + first * step, begin + max(first, last) * step, step), first
