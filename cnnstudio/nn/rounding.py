"""Sums that cancel: 0, and not the rounding noise of what was added."""

import numpy as np

from cnnstudio.nn.geometry import Array


def settled(sums: Array, parts: Array, count: int) -> Array:
    """Return `sums` with 0 where a sum is no larger than its own rounding.

    0.1 + 0.2 - 0.3 is 0.00000000000000005 to a computer, and 0 to everybody else.

    Args:
        sums: numbers, each the sum of at most `count` others
        parts: of each sum, what it comes to if every number in it is taken without its sign
        count: how many numbers were added
    """
    epsilon = float(np.finfo(sums.dtype).eps)
    return np.where(np.abs(sums) <= parts * (count * epsilon), sums.dtype.type(0), sums)
