"""What becomes of a feature map: its activation, and its pooling; whole, or block by block."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnnstudio.lab.kept import kept
from cnnstudio.lab.on_demand import OnDemand
from cnnstudio.lab.quote import quote
from cnnstudio.lab.sliding import Sliding, feature_map
from cnnstudio.nn.activation import Activation, activate
from cnnstudio.nn.geometry import Array, Axis, Pair
from cnnstudio.nn.pooling import POOLINGS, PoolingKind, pool, pool_windows

MAX_POOL = 16


def between(what: str, numbers: tuple[int, ...], least: int, most: int) -> None:
    """Refuse a number that has no meaning: one outside of `least` to `most`."""
    for number in numbers:
        if not least <= number <= most:
            raise ValueError(
                f"{what} lies between {least} and {most}; {number} has no meaning here"
            )


@dataclass(frozen=True)
class Pooling:
    """How a map is pooled: what is kept of each window, and how the window moves.

    Attributes:
        kind: what is made of the numbers in a window
        size, stride, padding: down and across, as in PyTorch
    """

    kind: PoolingKind = "max"
    size: Pair = (2, 2)
    stride: Pair = (2, 2)
    padding: Pair = (0, 0)

    def __post_init__(self) -> None:
        if self.kind not in POOLINGS:
            raise ValueError(f"There is no pooling called {quote(self.kind)}")
        between("A pooling window", self.size, 1, MAX_POOL)
        between("The stride of a pooling", self.stride, 1, MAX_POOL)
        between("The padding of a pooling", self.padding, 0, MAX_POOL)
        for padding, size in zip(self.padding, self.size, strict=True):
            if 2 * padding > size:
                raise ValueError(
                    f"A pooling window of {size} can have a padding of at most {size // 2}, "
                    f"half of it; {padding} is more"
                )

    def axes(self, shape: Pair) -> tuple[Axis, Axis]:
        """Return how the window moves over a map of so many rows and columns."""
        down, across = (
            Axis(count, size, stride, padding, padding)
            for count, size, stride, padding in zip(
                shape, self.size, self.stride, self.padding, strict=True
            )
        )
        return down, across

    def shape(self, shape: Pair) -> Pair:
        """Return rows and columns of what becomes of such a map; 0 where there is nothing."""
        down, across = self.axes(shape)
        if self.kind == "none" or not all(shape) or not down.output or not across.output:
            return 0, 0
        return down.output, across.output


@kept
def activated(activation: Activation, sliding: Sliding) -> Array:
    """Return the whole feature map after the activation: (H', W')."""
    made = activate(feature_map(sliding), activation)
    made.flags.writeable = False
    return made


@kept
def pooled(how: Pooling, activation: Activation, sliding: Sliding) -> Array:
    """Return the whole activated map after pooling: (H'', W'')."""
    if not all(how.shape(sliding.shape)):
        return np.zeros((0, 0))
    made = pool(activated(activation, sliding), how.kind, how.size, how.stride, how.padding)
    made.flags.writeable = False
    return made


def on_demand(sliding: Sliding, activation: Activation, pooling: Pooling | None) -> OnDemand:
    """Return the numbers of a map, none of which is worked out before it is asked for.

    Args:
        sliding: what makes the feature map
        activation: what each of its numbers goes through
        pooling: what is made of them after that; None for the map itself
    """

    def block(rows: range, columns: range) -> Array:
        return activate(sliding.block(rows, columns), activation)

    if pooling is None:
        return OnDemand(sliding.shape, block)
    down, across = pooling.axes(sliding.shape)

    def pooled_block(rows: range, columns: range) -> Array:
        return pool_windows(block, pooling.kind, (down, rows), (across, columns))

    return OnDemand(pooling.shape(sliding.shape), pooled_block)
