"""Where a sliding window goes: how many places it has, what it reads, what it leaves unread."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Pair = tuple[int, int]
Sides = tuple[int, int, int, int]
PaddingMode = Literal["zero", "replicate", "reflect", "wrap"]

_NUMPY_MODES: dict[str, Any] = {"replicate": "edge", "reflect": "reflect", "wrap": "wrap"}


@dataclass(frozen=True)
class Axis:
    """One direction of a sliding window: O = (W - K' + P) / S + 1 with K' = D (K - 1) + 1.

    Attributes:
        size: W, numbers of the input along this axis
        kernel_size: K, numbers of the window
        stride: S, how far the window moves
        before, after: the padding on either side; P is their sum
        dilation: D, the distance between two neighbours in the window
    """

    size: int
    kernel_size: int
    stride: int = 1
    before: int = 0
    after: int = 0
    dilation: int = 1

    @property
    def padded(self) -> int:
        """How many numbers there are with the padding."""
        return self.before + self.size + self.after

    @property
    def extent(self) -> int:
        """K', how many numbers the window spans, the gaps of a dilation included."""
        return self.dilation * (self.kernel_size - 1) + 1

    @property
    def exact(self) -> Fraction:
        """O as the formula gives it, before anything is rounded down."""
        return Fraction(self.padded - self.extent, self.stride) + 1

    @property
    def output(self) -> int:
        """How many places the window has; 0 where it is larger than the padded input."""
        room = self.padded - self.extent
        return room // self.stride + 1 if room >= 0 else 0

    @property
    def unread(self) -> int:
        """How many numbers at the far end of the padded input no window reaches."""
        return (self.padded - self.extent) % self.stride if self.output else 0

    def start(self, position: int) -> int:
        """Return where the window of `position` begins, counted in the unpadded input."""
        return position * self.stride - self.before

    def reads(self, position: int) -> range:
        """Return the places of the unpadded input that the window of `position` reads."""
        return range(self.start(position), self.start(position) + self.extent, self.dilation)

    def feeds(self, place: int) -> Iterator[tuple[int, int]]:
        """Give the (position, tap) pairs whose window reads `place` of the unpadded input."""
        for tap in range(self.kernel_size):
            position, rest = divmod(place + self.before - tap * self.dilation, self.stride)
            if rest == 0 and 0 <= position < self.output:
                yield position, tap


def pad(x: NDArray[Any], sides: Sides, mode: PaddingMode = "zero") -> NDArray[Any]:
    """Put a border round each plane: (..., H, W) -> (..., top + H + bottom, left + W + right).

    Reflect does not repeat the edge (NumPy's reflect), replicate does (NumPy's edge).
    """
    top, bottom, left, right = sides
    if not any(sides):
        return x
    if mode == "zero":  # as np.pad, in half its time
        *planes, height, width = x.shape
        made = np.empty((*planes, top + height + bottom, left + width + right), x.dtype)
        made[..., top : top + height, left : left + width] = x
        made[..., :top, :] = 0
        made[..., top + height :, :] = 0
        made[..., :left] = 0
        made[..., left + width :] = 0
        return made
    widths = [(0, 0)] * (x.ndim - 2) + [(top, bottom), (left, right)]
    return np.pad(x, widths, mode=_NUMPY_MODES[mode])


def padding_source(place: int, size: int, mode: PaddingMode) -> int | None:
    """Return which real place a place in or outside the input copies; None for a zero."""
    if 0 <= place < size:
        return place
    if mode == "zero":
        return None
    if mode == "replicate":
        return min(max(place, 0), size - 1)
    if mode == "wrap":
        return place % size
    return -place if place < 0 else 2 * (size - 1) - place
