"""Numbers of a map that is too large to be kept: each block is worked out when it is asked for."""

from collections.abc import Callable

import numpy as np

from cnnstudio.nn.geometry import Array, Pair

Block = Callable[[range, range], Array]


class OnDemand:
    """Looks like a (H, W) array to whoever asks for a number or a block of them.

    Attributes:
        shape: rows and columns
        size: how many numbers there are
        dtype: what they are given as
    """

    dtype = np.dtype(np.float64)

    def __init__(self, shape: Pair, block: Block) -> None:
        self.shape, self._block = shape, block
        self.size = shape[0] * shape[1]

    def __getitem__(self, places: tuple[int | slice, int | slice]) -> Array:
        """Work out a number, or a block of evenly spaced ones, as NumPy's indexing reads."""
        lines = [
            range(size)[place] if isinstance(place, slice) else _only(range(size)[place])
            for place, size in zip(places, self.shape, strict=True)
        ]
        made = self._block(lines[0], lines[1])
        picked: Array = made[tuple(0 if not isinstance(p, slice) else slice(None) for p in places)]
        return picked


def _only(place: int) -> range:
    return range(place, place + 1)
