"""From numbers to weights: whole numbers up to 999 over a divisor, so that the sum is exact.

A formula gives numbers such as 0.0585498…; nine of them never add up to 1 exactly. Here they are
multiplied and rounded, so that the greatest is a whole number of at most three figures, which fits
into a cell. Of all those scales the one is taken at which the weights, divided, differ least from
what the formula says: not at all if their proportions are small whole numbers.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.kernel import Kernel

Numbers = NDArray[np.float64]
MOST = 999  # the greatest weight, without its sign
_SCALES = np.arange(1, MOST + 1)


def summing_to_one(values: Numbers) -> Kernel:
    """Return a kernel of these weights with a sum of exactly 1; the greatest is positive.

    Each weight differs by at most 0.06 % of the greatest from its number over their sum; by at
    most 1 % where one is positive and the others are many and tiny.
    """
    flat = values.ravel() / values.max()
    whole = np.rint(np.outer(_SCALES, flat))
    divisors = whole.sum(axis=1)
    best = differences(whole, divisors, flat / flat.sum()).argmin()
    return lowest_terms(whole[best].reshape(values.shape), divisors[best])


def summing_to_zero(values: Numbers) -> Kernel:
    """Return a kernel of these weights, which sum to 0, divided by the sum of the positive ones.

    So its map stays within the range of the pixels, below 0 as above. What rounding leaves of the
    sum is taken off the one or four cells in the middle. Each weight differs by at most 0.1 % of
    the greatest from its number over the sum of the positive ones; by at most 0.5 % where most of
    the numbers are tiny and the same.

    Args:
        values: rows and columns are as many; if they are even, all eight ways alike
    """
    flat = values.ravel() / np.abs(values).max()
    whole = np.rint(np.outer(_SCALES, flat))
    middle = np.zeros(values.shape, bool)
    middle[tuple(slice((side - 1) // 2, side // 2 + 1) for side in values.shape)] = True
    whole[:, middle.ravel()] -= whole.sum(axis=1, keepdims=True) / middle.sum()
    divisors = np.maximum(whole, 0).sum(axis=1)
    best = differences(whole, divisors, flat / np.maximum(flat, 0).sum()).argmin()
    return lowest_terms(whole[best].reshape(values.shape), divisors[best])


def over_divisor(values: Numbers) -> Kernel:
    """Return a kernel of these very weights, whose signs cancel: nothing is divided out again.

    Each weight differs by at most 0.06 % of the greatest from its number.
    """
    divisors = np.arange(1.0, MOST // np.abs(values).max() + 1)
    whole = np.rint(np.outer(divisors, values))
    best = differences(whole, divisors, values.ravel()).argmin()
    return lowest_terms(whole[best].reshape(values.shape), divisors[best])


def lowest_terms(rows: Numbers | Sequence[Sequence[int]], divisor: float) -> Kernel:
    """Return a kernel of whole numbers over a divisor, both as small as they can be."""
    whole = [[int(cell) for cell in row] for row in rows]
    common = gcd(int(divisor), *(cell for row in whole for cell in row))
    cells = tuple(tuple(Fraction(cell // common) for cell in row) for row in whole)
    return Kernel((cells,), Fraction(int(divisor), common))


def differences(whole: Numbers, divisors: Numbers, wanted: Numbers, most: int = MOST) -> Numbers:
    """Return for each row of whole numbers how far, divided, it is from what is wanted at most.

    It is infinitely far where a number is greater than `most` or the divisor is not positive.
    """
    fits = (np.abs(whole).max(axis=1) <= most) & (divisors > 0)
    found = np.abs(whole / np.where(fits, divisors, 1)[:, None] - wanted).max(axis=1)
    return np.where(fits, found, np.inf)
