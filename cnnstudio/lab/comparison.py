"""Two kernels on one picture: brought to one size, and taken from each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.kernel import Kernel, Slice

Place = tuple[int, int, int]  # map, row, column
_BAND = 1 << 16  # numbers looked at together


def of_one_size(a: Kernel, b: Kernel) -> tuple[Kernel, Kernel]:
    """Return both kernels filled up with zeros round their middles, as large as the larger."""
    rows, columns = max(a.height, b.height), max(a.width, b.width)
    return a.resized(rows, columns), b.resized(rows, columns)


def difference(a: Kernel, b: Kernel) -> Kernel:
    """Return the kernel whose map is the map of A less the map of B.

    Convolution is linear: a sum of pixels times (weight A − weight B) is the one sum less the
    other. Divisor and bias are taken in, so the weights are exact fractions.
    """
    a, b = of_one_size(a, b)
    planes = tuple(_less(x, y, a, b) for x, y in zip(a.cells, b.cells, strict=True))
    return Kernel(planes, Fraction(1), a.bias - b.bias)


def _less(left: Slice, right: Slice, a: Kernel, b: Kernel) -> Slice:
    return tuple(
        tuple(x / a.divisor - y / b.divisor for x, y in zip(above, below, strict=True))
        for above, below in zip(left, right, strict=True)
    )


def side_by_side(bench: ConvolutionBench) -> tuple[ConvolutionBench, ConvolutionBench]:
    """Return the benches of A and of B, with kernels of one size, so that their maps match.

    Raises:
        ValueError: if there is no kernel B.
    """
    if bench.other is None:
        raise ValueError("There is no kernel B to compare with")
    a, b = of_one_size(bench.kernel, bench.other)
    return replace(bench, kernel=a, other=b), replace(bench, kernel=b, other=a)


def unfilled(bench: ConvolutionBench, changes: dict[str, Any]) -> dict[str, Any]:
    """Return changes of the kernels of `side_by_side` as those of the kernels on the bench.

    The zeros round the smaller one go again, unless another weight was put in their place.
    """
    made = dict(changes)
    for name, own in (("kernel", bench.kernel), ("other", bench.other)):
        new = changes.get(name)
        if new is not None and own is not None:
            cut = new.resized(own.height, own.width)
            made[name] = cut if cut.resized(new.height, new.width) == new else new
    return made


def difference_bench(bench: ConvolutionBench) -> ConvolutionBench:
    """Return the bench whose feature map is the difference of the two, with nothing after it."""
    if bench.other is None:
        raise ValueError("There is no kernel B to compare with")
    pooling = replace(bench.pooling, kind="none")
    made = difference(bench.kernel, bench.other)
    return replace(bench, kernel=made, other=None, activation="none", pooling=pooling)


def greatest(
    bench: ConvolutionBench, tell: Callable[[int, int], None] = lambda *_: None
) -> tuple[float, Place, int]:
    """Return the number of a feature map farthest from 0, its first place, and how many are 0.

    Maps of each channel by itself are looked at one after the other.

    Args:
        bench: with a feature map
        tell: hears how many rows are done, and of how many; may raise to stop

    Returns:
        the number; its map (0 unless there are several), row and column; the count
    """
    best, place, zeros = 0.0, (0, 0, 0), 0
    several = range(bench.kernel.channels) if bench.apart else ()
    maps = [bench.alone(channel) for channel in several] or [bench]
    for channel, one in enumerate(maps):
        values = one.values("feature_map")
        rows, columns = one.map_shape
        step = max(1, _BAND // max(1, columns))
        for top in range(0, rows, step):
            tell(channel * rows + top, len(maps) * rows)
            band = values[top : min(rows, top + step), 0:columns]
            zeros += int(np.count_nonzero(band == 0))
            at = int(np.abs(band).argmax())
            if abs(band.flat[at]) > abs(best):
                best, place = float(band.flat[at]), (channel, top + at // columns, at % columns)
    return best, place, zeros
