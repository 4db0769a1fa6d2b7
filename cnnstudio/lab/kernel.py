"""A kernel: the small grid of weights that slides over an image, kept as exact fractions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.number import exact_sum, parse, size

MAX_SIDE = 11
_EXACT = 1 << 53  # up to here float64 holds every whole number
Rows = Sequence[Sequence[int | float | str | Fraction]]
Slice = tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True)
class Kernel:
    """Weights for every channel, a divisor and a bias: map = sum(pixel * weight) / divisor + bias.

    Attributes:
        cells: (C, kH, kW) fractions, as typed
        divisor: what the sum is divided by, never 0
        bias: what is added afterwards
    """

    cells: tuple[Slice, ...]
    divisor: Fraction = Fraction(1)
    bias: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        if not self.cells:
            raise ValueError("A kernel has at least one slice of weights")
        rows, columns = self.height, self.width
        if any(
            len(plane) != rows or any(len(row) != columns for row in plane) for plane in self.cells
        ):
            raise ValueError("All rows of a kernel must have the same length")
        if not (1 <= rows <= MAX_SIDE and 1 <= columns <= MAX_SIDE):
            raise ValueError(
                f"A kernel has 1 to {MAX_SIDE} rows and columns; "
                f"{size(rows, columns)} is not possible"
            )
        if self.divisor == 0:
            raise ValueError("Dividing by 0 has no meaning; the divisor must be another number")

    @classmethod
    def of(cls, rows: Rows, divisor: int | str = 1, bias: int | str = 0) -> Kernel:
        """Make a kernel for one channel of rows of numbers or texts such as '1/9'."""
        return cls((_slice(rows),), parse(str(divisor)), parse(str(bias)))

    @property
    def channels(self) -> int:
        """C, how many slices there are, one for each channel of the image."""
        return len(self.cells)

    @property
    def height(self) -> int:
        """kH, rows of weights."""
        return len(self.cells[0])

    @property
    def width(self) -> int:
        """kW, columns of weights."""
        return len(self.cells[0][0]) if self.cells[0] else 0

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """The weights as (C, kH, kW) numbers, before the divisor."""
        return np.array(self.cells, np.float64)

    @cached_property
    def denominator(self) -> int:
        """The smallest number that makes every weight whole; 1 if it is beyond all floats."""
        smallest = 1
        for below in {cell.denominator for cell in self.flat}:
            smallest = lcm(smallest, below)
            if smallest > _EXACT:
                return 1
        return smallest

    @cached_property
    def numerators(self) -> NDArray[np.float64]:
        """(C, kH, kW): each weight times the denominator, which makes whole numbers of them."""
        whole = [[[float(c * self.denominator) for c in row] for row in s] for s in self.cells]
        return np.array(whole, np.float64)

    @cached_property
    def has_whole_numerators(self) -> bool:
        """Whether there is a denominator that makes every weight whole."""
        return bool((self.numerators == np.rint(self.numerators)).all())

    @cached_property
    def weight_of_numerators(self) -> float:
        """The sum of all numerators without their signs: 255 times that is the largest sum."""
        return float(np.abs(self.numerators).sum())

    @property
    def flat(self) -> Iterable[Fraction]:
        """Every weight in reading order, channel after channel."""
        return (cell for plane in self.cells for row in plane for cell in row)

    @cached_property
    def total(self) -> Fraction:
        """The sum of the weights over the divisor: what a flat picture is multiplied with."""
        return sum(self._ups_and_downs, Fraction(0)) / self.divisor

    @cached_property
    def _ups_and_downs(self) -> tuple[Fraction, Fraction]:
        """The sum of the positive weights and that of the negative ones."""
        ups = exact_sum(cell for cell in self.flat if cell.numerator > 0)
        return ups, exact_sum(cell for cell in self.flat if cell.numerator < 0)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """What is asked for at every look into a cache; fractions are slow to hash."""
        return hash((self.cells, self.divisor, self.bias))

    @cached_property
    def alike(self) -> bool:
        """Whether all slices are the same."""
        return all(plane == self.cells[0] for plane in self.cells[1:])

    @cached_property
    def half_turned(self) -> Kernel:
        """This kernel with every slice turned by 180 degrees, as a true convolution applies it."""
        planes = tuple(tuple(row[::-1] for row in plane[::-1]) for plane in self.cells)
        return replace(self, cells=planes)

    def reach(self, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
        """Return the smallest and the greatest output for pixels from `low` to `high`."""
        downs, ups = sorted(part / self.divisor for part in self._ups_and_downs)
        low, high = sorted((low, high))
        return ups * low + downs * high + self.bias, ups * high + downs * low + self.bias

    def resized(self, rows: int, columns: int) -> Kernel:
        """Return this kernel cut or filled up with zeros round its middle.

        The odd row and column come and go at the bottom and right, where "same" padding has its
        odd one too: so a size that is changed and changed back leaves the weights in place.
        """
        down = (rows - 1) // 2 - (self.height - 1) // 2
        across = (columns - 1) // 2 - (self.width - 1) // 2
        planes = []
        for plane in self.cells:
            planes.append(
                tuple(
                    tuple(_cell(plane, r - down, c - across) for c in range(columns))
                    for r in range(rows)
                )
            )
        return replace(self, cells=tuple(planes))

    def repeated(self, channels: int) -> Kernel:
        """Return this kernel for a picture with so many channels; a gray one is the same on all.

        Its first slice lies on every channel, and the divisor grows with them: so a sum of 1
        keeps the brightness of a colour picture, too. Back to one channel, equal slices become
        one again; others are added up, which is what they do to a picture without colours.
        """
        if channels == self.channels:
            return self
        if channels == 1 and not self.alike:
            return replace(self, cells=(_added(self.cells),))
        divisor = self.divisor * channels / self.channels
        return replace(self, cells=self.cells[:1] * channels, divisor=divisor)

    def alone(self, channel: int) -> Kernel:
        """Return one slice as the kernel of a gray picture, with the same divisor and bias."""
        found: dict[int, Kernel] = self.__dict__.setdefault("_slices", {})
        if channel not in found:
            found[channel] = replace(self, cells=self.cells[channel : channel + 1])
        return found[channel]


def _added(planes: Sequence[Slice]) -> Slice:
    return tuple(
        tuple(sum(cells, Fraction(0)) for cells in zip(*rows, strict=True))
        for rows in zip(*planes, strict=True)
    )


def _slice(rows: Rows) -> Slice:
    return tuple(
        tuple(cell if isinstance(cell, Fraction) else parse(str(cell)) for cell in row)
        for row in rows
    )


def _cell(plane: Slice, row: int, column: int) -> Fraction:
    inside = 0 <= row < len(plane) and 0 <= column < len(plane[0])
    return plane[row][column] if inside else Fraction(0)
