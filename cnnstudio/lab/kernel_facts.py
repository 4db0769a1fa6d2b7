"""What a kernel's numbers say about it: sum, range, separable or not, frequencies."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.kernel_rank import Vectors, rank_of, vectors_of
from cnnstudio.lab.number import shown, write, write_weight

_BRIEF = 8  # letters of a number that is still written exactly
MOST_SLICES = 4  # whose rank is worked out; of more of them one is looked at at a time


@dataclass(frozen=True)
class KernelFacts:
    """What is written beside a kernel.

    Attributes:
        total: the sum of its weights over the divisor
        meaning: what that sum, and the bias, do to flat areas, as a sentence
        least: the smallest possible output
        most: the greatest possible output
        vectors: for each slice its column and row, the product of which is the slice; or None
        rank: for each slice, of how many columns times rows it is a sum; 1 is separable, 0 all 0;
            None if its weights are too fine to find that out; nothing at all for many slices
        nonzero: how many weights are not 0
        count: how many weights there are
        same_turned: whether half a turn changes nothing, so that correlation is convolution
    """

    total: Fraction
    meaning: str
    least: Fraction
    most: Fraction
    vectors: tuple[Vectors | None, ...]
    rank: tuple[int | None, ...]
    nonzero: int
    count: int
    same_turned: bool

    @property
    def separable(self) -> bool:
        """Whether every slice is a column times a row, as far as that is known."""
        return bool(self.vectors) and None not in self.vectors


def kernel_facts(kernel: Kernel, low: Fraction, high: Fraction) -> KernelFacts:
    """Work out what is written beside a kernel.

    Args:
        kernel: of slices that work apart, one: `kernel.alone(channel)`
        low: the smallest pixel there may be
        high: the greatest
    """
    least, most = kernel.reach(low, high)
    looked_at = kernel.cells if kernel.channels <= MOST_SLICES else ()
    ranks = tuple(rank_of(plane) for plane in looked_at)
    return KernelFacts(
        total=kernel.total,
        meaning=meaning(kernel.total, kernel.bias),
        least=least,
        most=most,
        vectors=tuple(
            vectors_of(plane) if rank in {0, 1} else None
            for plane, rank in zip(looked_at, ranks, strict=True)
        ),
        rank=ranks,
        nonzero=sum(weight.numerator != 0 for weight in kernel.flat),
        count=kernel.channels * kernel.height * kernel.width,
        same_turned=all(plane == tuple(row[::-1] for row in plane[::-1]) for plane in kernel.cells),
    )


def meaning(total: Fraction, bias: Fraction) -> str:
    """Say in a sentence what a sum does to flat areas, and what a bias adds to all."""
    size = brief(abs(total))
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
        return f"Sum {brief(total)}: {does}"
    then = f"{brief(abs(bias))} is {'taken off' if bias < 0 else 'added'}"
    return f"Sum {brief(total)}: {does}, then {then}"


def brief(value: Fraction) -> str:
    """Write a number exactly if that is short, else with "≈" and four figures."""
    about = f"≈ {write(value)}"
    if value.denominator >= 10**_BRIEF:  # not even written: it may have thousands of figures
        return about
    exact = write(value) if shown(write(value)) == value else write_weight(value)
    return exact if len(exact) <= _BRIEF else about


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
