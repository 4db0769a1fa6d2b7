"""Replace each neighbourhood of a feature map by one number."""

from typing import Literal

import numpy as np

from cnnstudio.nn.geometry import Array, Axis, Pair

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
    fill = -np.inf if kind == "max" else 0.0
    (above, beside) = padding
    padded = np.pad(x.astype(np.float64), ((above, above), (beside, beside)), constant_values=fill)
    pooled = np.full((rows, columns), fill)
    combine = np.maximum if kind == "max" else np.add
    for i, j in np.ndindex(*size):  # one number of every window at a time
        taken = padded[
            i : i + rows * stride[0] : stride[0], j : j + columns * stride[1] : stride[1]
        ]
        combine(pooled, taken[:rows, :columns], out=pooled)
    if kind == "average":
        pooled /= size[0] * size[1]
    return pooled
