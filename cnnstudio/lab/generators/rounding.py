"""From numbers to weights: whole numbers over a divisor, so that the sum is exact.

A formula gives numbers such as 0.0585498…; nine of them never add up to 1 exactly. Here they are
multiplied until the greatest is a whole number of a thousand or a few, and rounded. Of all those
scales the first is taken at which the errors of rounding nearly cancel, so that the divisor does
not carry them back into every weight. So each weight, divided, differs by at most 0.05 % of the
greatest from what the formula says, and the sum is exactly 1, or exactly 0.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.kernel import Kernel

Numbers = NDArray[np.float64]
_SMALL = np.arange(1, 1000)  # a greatest weight at which everything may be whole as it is
_LARGE = np.arange(1001, 4001)
_EXACT = 1e-9  # so near to a whole number is one
_ROUNDING = 0.0005  # of the greatest weight: half of one for itself, the rest for the divisor


def summing_to_one(values: Numbers) -> Kernel:
    """Return a kernel of these weights with a sum of exactly 1; none of them is negative."""
    flat = values.ravel() / values.max()
    found = _small(flat)
    if found is None:
        tried = np.outer(_LARGE, flat)
        found = _best(tried, np.abs(np.rint(tried).sum(axis=1) - tried.sum(axis=1)))
    return _kernel(found.reshape(values.shape), int(found.sum()))


def summing_to_zero(values: Numbers) -> Kernel:
    """Return a kernel of these weights, which sum to 0, divided by the sum of the positive ones.

    So its map stays within the range of the pixels, below 0 as above.
    """
    flat = values.ravel() / np.abs(values).max()
    found = _small(flat)
    if found is None:
        tried = np.outer(_LARGE, flat)
        whole = np.rint(tried)
        left = np.abs(np.maximum(whole, 0).sum(axis=1) - np.maximum(tried, 0).sum(axis=1))
        found = _best(tried, np.where(whole.sum(axis=1) == 0, left, np.inf))
    found = found * found.size - found.sum()  # the mean is taken off where no scale sums to 0
    return _kernel(found.reshape(values.shape), int(found[found > 0].sum()))


def over_divisor(values: Numbers) -> Kernel:
    """Return a kernel of these very weights, whose signs cancel: nothing is divided out again."""
    is_whole = bool((np.abs(values - np.rint(values)) < _EXACT).all())
    scale = 1 if is_whole else int(np.ceil(1000 / np.abs(values).max()))
    return _kernel(_rounded(values * scale), scale)


def lowest_terms(rows: Sequence[Sequence[int]], divisor: int) -> Kernel:
    """Return a kernel of whole numbers over a divisor, both as small as they can be."""
    common = gcd(divisor, *(cell for row in rows for cell in row))
    cells = tuple(tuple(Fraction(cell // common) for cell in row) for row in rows)
    return Kernel((cells,), Fraction(divisor, common))


def _kernel(found: NDArray[np.int64], divisor: int) -> Kernel:
    rows: list[list[int]] = found.tolist()
    return lowest_terms(rows, divisor)


def _small(flat: Numbers) -> NDArray[np.int64] | None:
    """Return small whole numbers of exactly these proportions, if there are some."""
    tried = np.outer(_SMALL, flat)
    exact = np.flatnonzero((np.abs(tried - np.rint(tried)) < _EXACT).all(axis=1))
    return _rounded(tried[exact[0]]) if exact.size else None


def _best(tried: Numbers, left: Numbers) -> NDArray[np.int64]:
    """Return the numbers rounded at the first scale that leaves little; else at the best one."""
    good = np.flatnonzero(left <= _LARGE * _ROUNDING - 0.5)
    return _rounded(tried[good[0] if good.size else -1 - left[::-1].argmin()])


def _rounded(values: Numbers) -> NDArray[np.int64]:
    return np.asarray(np.rint(values), np.int64)
