"""Separable kernels: a column of whole numbers times a row of them, so the rank is exactly 1.

Weights that are rounded one by one are no product any more. Here the column and the row are
rounded, to two figures each, and the sum is exact. A weight of a column times itself differs by at
most 2 % of the greatest from what the formula says, mostly by less than 0.5 %. Of a column times
another row, whose products are at most 999, by at most 6 %, mostly by less than 1 %.
"""

from itertools import accumulate

import numpy as np

from cnnstudio.lab.generators.rounding import MOST, Numbers, differences, lowest_terms
from cnnstudio.lab.kernel import Kernel

_SQUARE = 99  # the greatest of a vector that is multiplied with itself


def squared(values: Numbers) -> Kernel:
    """Return the column of these numbers times the same as a row; the sum is exactly 1.

    Args:
        values: a vector, none of them negative
    """
    whole = np.rint(np.outer(np.arange(1, _SQUARE + 1), values / values.max()))
    sums = whole.sum(axis=1)
    products = np.einsum("si,sj->sij", whole, whole).reshape(len(whole), -1)
    wanted = np.outer(values, values).ravel() / values.sum() ** 2
    best = differences(products, sums**2, wanted, _SQUARE**2).argmin()
    return lowest_terms(np.outer(whole[best], whole[best]), sums[best] ** 2)


def product(column: Numbers, row: Numbers) -> Kernel:
    """Return a column times a row; the sum is exactly 0, that of the positive weights exactly 1.

    The figures are shared out between the two so that both together are the nearest. What rounding
    leaves of the row's sum is taken off its middle.

    Args:
        column: a vector, none of them negative
        row: a vector of an odd length, whose sum is 0
    """
    scales = np.arange(1, MOST + 1)
    downs = np.rint(np.outer(scales, column / column.max()))
    acrosses = np.rint(np.outer(scales, row / np.abs(row).max()))
    acrosses[:, len(row) // 2] -= acrosses.sum(axis=1)
    first, second = _nearest(downs, column), _nearest(acrosses, row)
    shared = [(first[most], second[MOST // most]) for most in range(1, MOST + 1)]
    (_, down), (_, across) = min(shared, key=lambda pair: pair[0][0] + pair[1][0])
    weights = np.outer(downs[down], acrosses[across])
    return lowest_terms(weights, weights[weights > 0].sum())


def _nearest(vectors: Numbers, values: Numbers) -> list[tuple[float, int]]:
    """Return, for every greatest figure there may be, how far off the best vector is, and which.

    Both are over the sum of what is positive in them, and how far is of the greatest number.
    """
    wanted = values / values[values > 0].sum()
    off = differences(vectors, np.maximum(vectors, 0).sum(axis=1), wanted) / np.abs(wanted).max()
    best = [(np.inf, 0)] * (MOST + 1)
    for index, most in enumerate(np.abs(vectors).max(axis=1).astype(int).tolist()):
        if most <= MOST:
            best[most] = min(best[most], (float(off[index]), index))
    return list(accumulate(best, min))
