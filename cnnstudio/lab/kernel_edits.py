"""What is done to a whole kernel: turn, mirror, negate, normalise, scale, paint in symmetry."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

import numpy as np

from cnnstudio.lab.kernel import Kernel, Slice
from cnnstudio.lab.number import exact_sum, holdable

MOST_RANDOM = 3  # random weights are whole numbers from minus this to this
SYMMETRIES = {
    "none": "No symmetry",
    "left_right": "Left and right alike",
    "top_bottom": "Top and bottom alike",
    "both": "Four quarters alike",
    "half_turn": "Alike after half a turn",
    "diagonal": "Alike across the diagonal",
    "all": "Alike all eight ways",
}


def turned(kernel: Kernel, quarters: int) -> Kernel:
    """Return the kernel with every slice turned clockwise by so many quarter turns."""
    for _ in range(quarters % 4):
        kernel = _each_slice(kernel, lambda plane: tuple(zip(*plane[::-1], strict=True)))
    return kernel


def mirrored(kernel: Kernel, *, down: bool) -> Kernel:
    """Return the kernel with top and bottom swapped (`down`), or else left and right."""
    if down:
        return _each_slice(kernel, lambda plane: plane[::-1])
    return _each_slice(kernel, lambda plane: tuple(row[::-1] for row in plane))


def transposed(kernel: Kernel) -> Kernel:
    """Return the kernel with rows and columns swapped."""
    return _each_slice(kernel, lambda plane: tuple(zip(*plane, strict=True)))


def negated(kernel: Kernel) -> Kernel:
    """Return the kernel with the sign of every weight changed; the bias stays."""
    return _each_weight(kernel, lambda weight: -weight)


def scaled(kernel: Kernel, factor: Fraction) -> Kernel:
    """Return the kernel with every weight multiplied; divisor and bias stay.

    Raises:
        ValueError: if a weight comes out larger or finer than the bench can hold.
    """
    return _each_weight(kernel, lambda weight: holdable(weight * factor, "A weight"))


def normalised(kernel: Kernel, each_channel: bool = False) -> Kernel:
    """Return the kernel with a sum of exactly 1, and flat areas keep their brightness.

    Where the sum is 0 no divisor can make 1 of it: there the sum of the magnitudes becomes 1, which
    keeps the results within the range of the pixels. Only the divisor changes, unless slices that
    work apart have different sums: then each slice's weights are divided, and the divisor is 1.

    Args:
        kernel: the bias stays what it is
        each_channel: whether every slice makes a map by itself, so that each must come out at 1

    Raises:
        ValueError: if all weights are 0, or the divisor would be too large or fine for the bench.
    """
    weights = list(kernel.flat)
    if not any(weights):
        raise ValueError("All weights are 0; there is nothing to normalise")
    if not each_channel:
        return replace(kernel, divisor=holdable(_measure(weights), "The divisor"))
    measures = [_measure(kernel.alone(channel).flat) for channel in range(kernel.channels)]
    different = {measure for measure in measures if measure}
    if len(different) == 1:
        return replace(kernel, divisor=holdable(different.pop(), "The divisor"))
    cells = tuple(
        tuple(tuple(holdable(cell / (by or 1), "A weight") for cell in row) for row in plane)
        for plane, by in zip(kernel.cells, measures, strict=True)
    )
    return replace(kernel, cells=cells, divisor=Fraction(1))


def zeroed(kernel: Kernel) -> Kernel:
    """Return an empty sheet of the same size: weights 0, divisor 1, bias 0."""
    return Kernel(_each_weight(kernel, lambda _: Fraction(0)).cells)


def random_kernel(kernel: Kernel, seed: int) -> Kernel:
    """Return random whole weights from -3 to 3 in the same size, with divisor 1 and bias 0.

    The same seed gives the same weights again.
    """
    shape = kernel.channels, kernel.height, kernel.width
    found = np.random.default_rng(seed).integers(-MOST_RANDOM, MOST_RANDOM + 1, shape).tolist()
    return Kernel(
        tuple(tuple(tuple(Fraction(cell) for cell in row) for row in plane) for plane in found)
    )


def partners(
    height: int, width: int, row: int, column: int, symmetry: str
) -> tuple[tuple[int, int], ...]:
    """List the places painted together with one: the place itself first, each of them once.

    Args:
        height: rows of the kernel
        width: columns of the kernel; across the diagonal nothing is alike unless it is square
        row: of the place painted
        column: of the place painted
        symmetry: a key of SYMMETRIES
    """
    if symmetry not in SYMMETRIES:
        raise ValueError(f"There is no symmetry called “{symmetry}”")
    up, left = height - 1 - row, width - 1 - column
    places = [(row, column)]
    if symmetry in {"left_right", "both", "all"}:
        places.append((row, left))
    if symmetry in {"top_bottom", "both", "all"}:
        places.append((up, column))
    if symmetry in {"half_turn", "both", "all"}:
        places.append((up, left))
    if symmetry in {"diagonal", "all"} and height == width:
        places += [(across, down) for down, across in places]
    return tuple(dict.fromkeys(places))


def with_weights(
    kernel: Kernel, channel: int, places: Iterable[tuple[int, int]], weight: Fraction
) -> Kernel:
    """Return the kernel with one weight at several places of a slice."""
    plane = [list(row) for row in kernel.cells[channel]]
    for row, column in places:
        plane[row][column] = weight
    cells = list(kernel.cells)
    cells[channel] = tuple(map(tuple, plane))
    return replace(kernel, cells=tuple(cells))


def _each_slice(kernel: Kernel, change: Callable[[Slice], Slice]) -> Kernel:
    return replace(kernel, cells=tuple(change(plane) for plane in kernel.cells))


def _each_weight(kernel: Kernel, change: Callable[[Fraction], Fraction]) -> Kernel:
    return _each_slice(kernel, lambda plane: tuple(tuple(map(change, row)) for row in plane))


def _measure(weights: Iterable[Fraction]) -> Fraction:
    """Return the sum of the weights, or that of their magnitudes if the sum is 0."""
    cells = list(weights)
    return exact_sum(cells) or exact_sum(map(abs, cells))
