"""One number of a map, traced to everything it was made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from cnnstudio.lab.convolution import ConvolutionBench, Stage
from cnnstudio.lab.number import exact_sum
from cnnstudio.nn.geometry import Axis, Pair, padding_source


@dataclass(frozen=True)
class Term:
    """One product of the sum: a pixel and the weight that lies on it.

    Attributes:
        channel, row, column: which weight of the kernel, as typed
        place: (row, column) of the pixel, counted in the unpadded image; may lie in the padding
        source: the real pixel a padding cell copies; None for a zero
    """

    channel: int
    row: int
    column: int
    place: Pair
    source: Pair | None
    pixel: float
    weight: Fraction


@dataclass(frozen=True)
class ConvolutionStep:
    """The sum that makes one number of the feature map, in reading order.

    Attributes:
        total: the number in the map: sum / divisor + bias
    """

    position: Pair
    terms: tuple[Term, ...]
    divisor: Fraction
    bias: Fraction
    total: float


@dataclass(frozen=True)
class PoolStep:
    """The block of a map that makes one pooled number.

    Attributes:
        places: where in the map its numbers stand, in reading order; padding is left out
        values: these numbers
        winner: which of them is the greatest (the first of equals); None unless it is a maximum
        divisor: what an average divides by, the whole window
        total: the number in the pooled map
    """

    position: Pair
    places: tuple[Pair, ...]
    values: tuple[float, ...]
    winner: int | None
    divisor: int
    total: float


def added(numbers: Iterable[Fraction]) -> Fraction:
    """Add up exactly; a sum no larger than the rounding of its parts is 0, as in the maps."""
    parts = list(numbers)
    exact, noise = exact_sum(parts), exact_sum(map(abs, parts)) * len(parts) / 2**52
    return exact if abs(exact) > noise else Fraction(0)


def convolution_step(bench: ConvolutionBench, row: int, column: int) -> ConvolutionStep:
    """Trace the number at (row, column) of the feature map."""
    pixels, kernel, image = bench.window(row, column), bench.applied, bench.image
    rows, columns = bench.down.reads(row), bench.across.reads(column)
    terms = []
    for channel, plane in enumerate(kernel.cells):
        for i, y in enumerate(rows):
            source_row = padding_source(y, image.height, bench.padding_mode)
            for j, x in enumerate(columns):
                source_column = padding_source(x, image.width, bench.padding_mode)
                if source_row is None or source_column is None:
                    source = None
                else:
                    source = source_row, source_column
                pixel = float(pixels[channel, i, j])
                weight = (channel, *bench.weight_at(i, j))
                terms.append(Term(*weight, (y, x), source, pixel, plane[i][j]))
    total = float(bench.values("feature_map")[row, column])
    return ConvolutionStep((row, column), tuple(terms), kernel.divisor, kernel.bias, total)


def pool_step(bench: ConvolutionBench, row: int, column: int) -> PoolStep:
    """Trace the number at (row, column) of the pooled map."""
    activated, pooling = bench.values("activation"), bench.pooling
    down, across = bench.pool_axes
    rows, columns = (
        [place for place in axis.reads(position) if 0 <= place < axis.size]
        for axis, position in ((down, row), (across, column))
    )
    inside = [(y, x) for y in rows for x in columns]
    block = activated[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    values = tuple(block.ravel().tolist())
    winner = int(np.argmax(values)) if pooling.kind == "max" else None
    divisor = pooling.size[0] * pooling.size[1]
    total = float(bench.values("pooled_map")[row, column])
    return PoolStep((row, column), tuple(inside), values, winner, divisor, total)


def pooled_position(bench: ConvolutionBench, row: int, column: int) -> Pair | None:
    """Return the first pooled number that (row, column) of the map takes part in, if any."""
    down, across = bench.pool_axes
    if not all(bench.pooled_shape):
        return None
    rows = [position for position, _ in down.feeds(row)]
    columns = [position for position, _ in across.feeds(column)]
    return (min(rows), min(columns)) if rows and columns else None


def pooled_so_far(bench: ConvolutionBench, computed: int) -> int:
    """Return how many pooled numbers, in reading order, the first `computed` of the map allow."""
    if not all(bench.pooled_shape):
        return 0
    (down, across), width = bench.pool_axes, bench.map_shape[1]
    rows, columns = _last_reads(down) * width, _last_reads(across)
    whole = int(np.searchsorted(rows + columns[-1], computed, side="left"))
    if whole == len(rows):
        return len(rows) * len(columns)
    if whole and rows[whole] == rows[whole - 1]:  # at the far edge two windows end in one row
        return whole * len(columns)
    begun = int(np.searchsorted(rows[whole] + columns, computed, side="left"))
    return whole * len(columns) + begun


def _last_reads(axis: Axis) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    starts = np.arange(axis.output) * axis.stride - axis.before
    return np.minimum(starts + axis.extent - 1, axis.size - 1)


def steps_per_position(bench: ConvolutionBench, stage: Stage) -> int:
    """Return how many products (or pooled numbers) make one number of a stage's map."""
    if stage == "feature_map":
        return bench.kernel.channels * bench.kernel.height * bench.kernel.width
    if stage == "pooled_map":
        return bench.pooling.size[0] * bench.pooling.size[1]
    return 1
