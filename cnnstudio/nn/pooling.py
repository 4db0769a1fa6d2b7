"""Replace each neighbourhood of a feature map by one number."""

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
    if kind == "max":
        return _combined(x, size, stride, padding, -np.inf)
    pooled = _combined(x, size, stride, padding, 0.0)
    count = size[0] * size[1]
    if not (pooled == np.rint(pooled)).all():
        parts = _combined(np.abs(x), size, stride, padding, 0.0)
        pooled = settled(pooled, parts, count)
    return pooled / count if kind == "average" else pooled


def _combined(x: Array, size: Pair, stride: Pair, padding: Pair, fill: float) -> Array:
    """Add up each window, or take its greatest number if `fill`, what pads it, is no number."""
    rows, columns = (
        Axis(count, k, s, p, p).output
        for count, k, s, p in zip(x.shape, size, stride, padding, strict=True)
    )
    (above, beside) = padding
    padded = x.astype(np.float64, copy=False)
    if above or beside:
        padded = np.pad(padded, ((above, above), (beside, beside)), constant_values=fill)
    pooled = np.full((rows, columns), fill)
    combine = np.add if np.isfinite(fill) else np.maximum
    for i, j in np.ndindex(*size):  # one number of every window at a time
        taken = padded[
            i : i + rows * stride[0] : stride[0], j : j + columns * stride[1] : stride[1]
        ]
        combine(pooled, taken[:rows, :columns], out=pooled)
    return pooled
