"""Replace each neighbourhood of a feature map by one number."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from cnnstudio.nn.geometry import Array, Axis, Pair
from cnnstudio.nn.rounding import settled

PoolingKind = Literal["none", "max", "average", "sum"]
POOLINGS: tuple[PoolingKind, ...] = ("none", "max", "average", "sum")


def pool(x: Array, kind: PoolingKind, size: Pair, stride: Pair, padding: Pair) -> Array:
    """Pool one plane: (H, W) -> (H', W'), as PyTorch does.

    Padding never wins a maximum, adds 0 to a sum, and counts in an average, which divides by
    the whole window.
    """
    rows, columns = (
        Axis(count, k, s, p, p).output
        for count, k, s, p in zip(x.shape, size, stride, padding, strict=True)
    )
    (above, beside) = padding
    padded = x.astype(np.float64, copy=False)
    if above or beside:
        sides = ((above, above), (beside, beside))
        padded = np.pad(padded, sides, constant_values=filling(kind))
    tall, wide = (rows - 1) * stride[0] + 1, (columns - 1) * stride[1] + 1
    return combine(
        [
            padded[i : i + tall : stride[0], j : j + wide : stride[1]]
            for i, j in np.ndindex(*size)  # one number of every window at a time
        ],
        kind,
    )


def filling(kind: PoolingKind) -> float:
    """Return what stands in the padding of a pooling: what can neither win nor add anything."""
    return -np.inf if kind == "max" else 0.0


def combine(parts: Sequence[Array], kind: PoolingKind) -> Array:
    """Make one number of each window.

    Args:
        parts: kH * kW arrays (H', W'): of every window the first number, the second, and so on
        kind: what is made of them
    """
    if kind == "max":
        return _reduced(np.maximum, parts)
    pooled = _reduced(np.add, parts)
    if not (pooled == np.rint(pooled)).all():
        pooled = settled(pooled, _reduced(np.add, [np.abs(part) for part in parts]), len(parts))
    return pooled / len(parts) if kind == "average" else pooled


def _reduced(operation: np.ufunc, parts: Sequence[Array]) -> Array:
    made = parts[0].copy()
    for part in parts[1:]:
        operation(made, part, out=made)
    return made
