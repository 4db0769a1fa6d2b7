"""How often each number occurs: every number of a picture or map is counted, never a sample."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.image import Pixels
from cnnstudio.lab.on_demand import OnDemand
from cnnstudio.nn.geometry import Array

BINS = 256  # at most
_BAND = 1 << 18  # numbers of a large map worked out at a time
_PIECE = 1 << 14  # numbers counted at a time, so that they stay in the cache
_EXACT = float(1 << 50)  # up to here half a whole number is exact in float64
Numbers = Pixels | Array
Blocks = Callable[[], Iterable[Numbers]]


@dataclass(frozen=True)
class Bins:
    """Where one bar ends and the next begins.

    Whole numbers have bins of a whole number of them, each reaching half a number further to
    either side: of up to 256 there is one bin for each, of more so many share one that 256 bins
    are enough. So no bin has room for more numbers than its neighbour. Other numbers have 256
    bins of the same width between the smallest and the greatest. A number on an edge belongs to
    the bin that begins there, the greatest one to the last bin.

    Attributes:
        least, most: the smallest and the greatest number
        step: how many whole numbers share a bin; 0 if they are not all whole
    """

    least: float
    most: float
    step: int = 0

    @cached_property
    def edges(self) -> NDArray[np.float64]:
        """The ends of the bins, ascending: one more than there are bins."""
        if self.step:
            count = int(self.most - self.least) // self.step + 1
            return self.least - 0.5 + self.step * np.arange(count + 1, dtype=np.float64)
        span = self.most - self.least
        edges = self.least + span * (np.arange(BINS + 1) / BINS)
        edges[-1] = self.most
        if np.diff(edges).min() > 4 * np.spacing(np.abs(edges).max()):
            return np.asarray(edges)
        around = max(abs(self.least), abs(self.most)) / BINS  # too close to be told apart
        return np.array([self.least - around, self.most + around])

    def count(self, values: Numbers) -> NDArray[np.int64]:
        """Count how many of `values` are in each bin."""
        flat, counts = values.reshape(-1), np.zeros(len(self.edges) - 1, np.int64)
        for first in range(0, flat.size, _PIECE):
            places = self._places(flat[first : first + _PIECE])
            counts += np.bincount(places, minlength=len(counts))
        return counts

    def _places(self, flat: Numbers) -> NDArray[np.int64]:
        """Return the bin of each number."""
        if self.step:
            whole = flat.astype(np.int64) - int(self.least)
            return whole if self.step == 1 else whole // self.step
        if len(self.edges) == 2:
            return np.zeros(flat.size, np.int64)
        places = ((flat - self.least) / (self.most - self.least) * BINS).astype(np.int64)
        np.minimum(places, BINS - 1, out=places)
        places -= flat < self.edges[places]  # where rounding led into the next bin
        places += (flat >= self.edges[places + 1]) & (places < BINS - 1)
        return places


@dataclass(frozen=True, eq=False)
class Histogram:
    """How often the numbers of a picture or map occur.

    Attributes:
        bins: which numbers are counted together
        counts: how many there are in each bin
        least, most, mean: the smallest, the greatest, and the sum of all over their number
    """

    bins: Bins
    counts: NDArray[np.int64]
    least: float
    most: float
    mean: float


@dataclass(frozen=True)
class _Ends:
    """What must be known of all numbers before they can be counted."""

    least: float
    most: float
    total: float
    size: int
    whole: bool


def in_bands(numbers: Numbers | OnDemand) -> Iterator[Numbers]:
    """Give a (H, W) plane in bands of rows: of a large map only one of them is there at a time."""
    rows, columns = numbers.shape
    step = max(1, _BAND // max(1, columns))
    for top in range(0, rows, step):
        yield numbers[top : top + step, 0:columns]


def histogram(values: Numbers) -> Histogram:
    """Count all of `values`, which must not be empty."""
    return histograms([lambda: (values,)])[0]


def histograms(parts: Sequence[Blocks]) -> tuple[Histogram, ...]:
    """Count each part by itself in the same bins, so that they can be compared.

    Args:
        parts: each gives its numbers in blocks; it is asked twice, once for the ends, once to count
    """
    ends = [_ends(blocks) for blocks in parts]
    bins = _bins(
        min(each.least for each in ends),
        max(each.most for each in ends),
        all(each.whole for each in ends),
    )
    made = []
    for each, blocks in zip(ends, parts, strict=True):
        counts = np.zeros(len(bins.edges) - 1, np.int64)
        for block in blocks():
            counts += bins.count(block)
        counts.flags.writeable = False
        made.append(Histogram(bins, counts, each.least, each.most, each.total / each.size))
    return tuple(made)


def _bins(least: float, most: float, whole: bool) -> Bins:
    if whole and max(-least, most) < _EXACT:
        return Bins(least, most, -(-int(most - least + 1) // BINS))
    return Bins(least, most)


def _ends(blocks: Blocks) -> _Ends:
    least, most, size, whole, totals = np.inf, -np.inf, 0, True, []
    for block in blocks():
        least, most = min(least, float(block.min())), max(most, float(block.max()))
        totals.append(float(block.sum(dtype=np.float64)))
        size += block.size
        if whole and block.dtype != np.uint8:  # most often the first row says it
            whole = _are_whole(block[:1]) and _are_whole(block)
    return _Ends(least, most, fsum(totals), size, whole)


def _are_whole(values: Numbers) -> bool:
    return bool((np.rint(values) == values).all())
