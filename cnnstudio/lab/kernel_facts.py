"""What a kernel's numbers say about it: sum, range, separable or not, frequencies."""

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.kernel import Kernel, Slice
from cnnstudio.lab.number import TIMES, shown, write, write_weight

_ALIKE = 1e-9  # so small a difference is none
_BRIEF = 8  # letters of a number that is still written exactly
Vectors = tuple[tuple[Fraction, ...], tuple[Fraction, ...]]


@dataclass(frozen=True)
class KernelFacts:
    """What is written beside a kernel.

    Attributes:
        total: the sum of its weights over the divisor
        meaning: what that sum, and the bias, do to flat areas, as a sentence
        least: the smallest possible output
        most: the greatest possible output
        vectors: for each slice its column and row, the product of which is the slice; or None
        rank: for each slice, of how many columns times rows it is a sum; 1 is separable, 0 all 0
        nonzero: how many weights are not 0
        count: how many weights there are
        same_turned: whether half a turn changes nothing, so that correlation is convolution
    """

    total: Fraction
    meaning: str
    least: Fraction
    most: Fraction
    vectors: tuple[Vectors | None, ...]
    rank: tuple[int, ...]
    nonzero: int
    count: int
    same_turned: bool

    @property
    def separable(self) -> bool:
        """Whether every slice is a column times a row."""
        return None not in self.vectors


def kernel_facts(kernel: Kernel, low: Fraction, high: Fraction) -> KernelFacts:
    """Work out what is written beside a kernel.

    Args:
        kernel: of slices that work apart, one: `kernel.alone(channel)`
        low: the smallest pixel there may be
        high: the greatest
    """
    least, most = kernel.reach(low, high)
    weights = list(kernel.flat)
    ranks = tuple(_rank(plane) for plane in kernel.cells)
    return KernelFacts(
        total=kernel.total,
        meaning=meaning(kernel.total, kernel.bias),
        least=least,
        most=most,
        vectors=tuple(
            _vectors(plane) if rank <= 1 else None
            for plane, rank in zip(kernel.cells, ranks, strict=True)
        ),
        rank=ranks,
        nonzero=sum(weight != 0 for weight in weights),
        count=len(weights),
        same_turned=all(plane == tuple(row[::-1] for row in plane[::-1]) for plane in kernel.cells),
    )


def meaning(total: Fraction, bias: Fraction) -> str:
    """Say in a sentence what a sum does to flat areas, and what a bias adds to all."""
    size = _brief(abs(total))
    if total == 0:
        does = "flat areas become 0"
    elif total == 1:
        does = "flat areas keep their brightness"
    elif total == -1:
        does = "flat areas change their sign"
    elif total < 0:
        does = f"flat areas change their sign and are multiplied by {size}"
    elif total == 2:
        does = "flat areas become twice as bright"
    elif total > 1:
        does = f"flat areas become {size} times as bright"
    else:
        does = f"flat areas become darker, {size} of their brightness"
    if not bias:
        return f"Sum {_brief(total)}: {does}"
    then = f"{_brief(abs(bias))} is {'taken off' if bias < 0 else 'added'}"
    return f"Sum {_brief(total)}: {does}, then {then}"


def _brief(value: Fraction) -> str:
    """Write a number exactly if that is short, else with "≈" and four figures."""
    exact = write(value) if shown(write(value)) == value else write_weight(value)
    return exact if len(exact) <= _BRIEF else f"≈ {write(value)}"


def frequency_response(kernel: Kernel, size: int = 65) -> NDArray[np.float64]:
    """Return how strongly waves of every frequency pass: |sum w e^(-i(ur + vc))| / |divisor|.

    Flat areas are in the middle, waves of two pixels at the edges (u and v from -pi to pi); u goes
    down, v across. Slices are added up, as they do on a picture without colours.

    Args:
        kernel: the bias does not matter
        size: rows and columns of the answer, an odd number, so that there is a middle

    Raises:
        ValueError: if the size is even.
    """
    if size < 1 or size % 2 == 0:
        raise ValueError(f"A response has an odd number of rows; {size} is not possible")
    angles = np.arange(-(size // 2), size // 2 + 1) * (np.pi / max(size // 2, 1))
    down = np.exp(-1j * np.outer(angles, np.arange(kernel.height)))
    across = np.exp(-1j * np.outer(np.arange(kernel.width), angles))
    added = kernel.weights.sum(axis=0)
    return np.asarray(np.abs(down @ added @ across) / abs(float(kernel.divisor)), np.float64)


def passes(kernel: Kernel, size: int = 65) -> str:
    """Say in a sentence what the response is for flat areas and for the finest patterns.

    The finest patterns are stripes of one pixel, lying or upright, and a checkerboard. A name such
    as "low-pass" is given only where it fits: what is held back comes out at most half as strong as
    the strongest of all frequencies looked at.

    Args:
        kernel: as for `frequency_response`
        size: as there
    """
    response = frequency_response(kernel, size)
    flat, strongest = float(response[size // 2, size // 2]), float(response.max())
    finest = [float(response[0, size // 2]), float(response[size // 2, 0]), float(response[0, 0])]
    least, most = (f"{TIMES} {write(round(end(finest), 9))}" for end in (min, max))
    said = f"Flat areas come out {TIMES} {write(round(flat, 9))}, the finest patterns "
    said += least if least == most else f"{least} to {most}"
    if not strongest:
        kind = "nothing passes"
    elif response.min() > strongest * (1 - _ALIKE):
        kind = "all of them pass alike"
    else:
        kind = _kind(flat / strongest, min(finest) / strongest, max(finest) / strongest)
    return f"{said}: {kind}" if kind else said


def _kind(flat: float, least: float, most: float) -> str:
    """Name a response by that of flat areas and of the finest patterns: parts of the strongest."""
    if flat > 1 - _ALIKE and most <= 0.5:
        return "slow changes pass, fast ones are held back (low-pass)"
    if flat < _ALIKE and most > 1 - _ALIKE and least >= 0.5:
        return "fast changes pass, slow ones are held back (high-pass)"
    if _ALIKE < flat < least and most > 1 - _ALIKE:
        return "fast changes are strengthened"
    if flat < _ALIKE and most <= 0.5:
        return "changes of a middle speed pass (band-pass)"
    return ""


def _rank(plane: Slice) -> int:
    """Return the rank by elimination, exactly."""
    rows = [list(row) for row in plane]
    rank = 0
    for column in range(len(rows[0])):
        pivot = next((place for place in range(rank, len(rows)) if rows[place][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        top = rows[rank]
        for row in rows[rank + 1 :]:
            by = row[column] / top[column]
            if by:
                row[column:] = [a - by * b for a, b in zip(row[column:], top[column:], strict=True)]
        rank += 1
    return rank


def _vectors(plane: Slice) -> Vectors:
    """Return a column and a row of the smallest whole numbers whose product is the slice."""
    top = next((row for row in plane if any(row)), None)
    if top is None:
        return (Fraction(0),) * len(plane), (Fraction(0),) * len(plane[0])
    below = lcm(*(cell.denominator for cell in top))
    common = gcd(*(int(cell * below) for cell in top))
    row = tuple(cell * below / common for cell in top)
    place = next(place for place, cell in enumerate(row) if cell)
    column = tuple(line[place] / row[place] for line in plane)
    if sum(column) < 0 or (sum(column) == 0 and sum(row) < 0):
        return tuple(-cell for cell in column), tuple(-cell for cell in row)
    return column, row
