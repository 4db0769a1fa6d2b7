"""Replace each neighbourhood of a feature map by one number."""

from typing import Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cnnstudio.nn.geometry import Array, Pair

PoolingKind = Literal["none", "max", "average", "sum"]
POOLINGS: tuple[PoolingKind, ...] = ("none", "max", "average", "sum")


def pool(x: Array, kind: PoolingKind, size: Pair, stride: Pair, padding: Pair) -> Array:
    """Pool one plane: (H, W) -> (H', W'), as PyTorch does.

    Padding never wins a maximum, adds 0 to a sum, and counts in an average, which divides by
    the whole window.
    """
    fill = -np.inf if kind == "max" else 0.0
    (above, beside) = padding
    padded = np.pad(x.astype(np.float64), ((above, above), (beside, beside)), constant_values=fill)
    seen = sliding_window_view(padded, size)[:: stride[0], :: stride[1]]
    if kind == "max":
        pooled: Array = seen.max(axis=(2, 3))
    elif kind == "sum":
        pooled = seen.sum(axis=(2, 3))
    else:
        pooled = seen.sum(axis=(2, 3)) / (size[0] * size[1])
    return pooled
