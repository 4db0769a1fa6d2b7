"""Smooth randomness: the grain of clouds, water, fur and walls."""

import numpy as np
from numpy.typing import ArrayLike

from cnnstudio.lab.drawing.canvas import Grays


class Noise:
    """A hilly landscape: heights 0..1 that vary smoothly and come again after 64 hills."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._heights = rng.random(64 * 64).astype(np.float32)

    def _single(self, u: Grays, v: Grays) -> Grays:
        column, row = np.floor(u), np.floor(v)
        s, t = u - column, v - row
        s, t = s * s * (3 - 2 * s), t * t * (3 - 2 * t)
        left, top = column.astype(np.int64) & 63, (row.astype(np.int64) & 63) * 64
        right, bottom = (left + 1) & 63, (top + 64) & 4095
        upper = self._heights.take(top + left)
        upper += s * (self._heights.take(top + right) - upper)
        lower = self._heights.take(bottom + left)
        lower += s * (self._heights.take(bottom + right) - lower)
        return np.asarray(upper + t * (lower - upper), np.float32)

    def at(self, u: ArrayLike, v: ArrayLike, octaves: int = 1) -> Grays:
        """Return the height at (u, v): hills one unit apart, each octave adds some half as wide."""
        across, down = np.broadcast_arrays(np.asarray(u, np.float32), np.asarray(v, np.float32))
        total = np.zeros(across.shape, np.float32)
        pieces = max(1, total.size // 16384)  # what fits into the processor's cache
        split = (np.array_split(a.reshape(-1), pieces) for a in (across, down, total))
        for x, y, height in zip(*split, strict=True):
            for octave in range(octaves):
                scale, shift = np.float32(2.0**octave), np.float32(7.3 * octave)
                height[:] += self._single(x * scale + shift, y * scale - shift) / scale
        return total / np.float32(2 - 2.0 ** (1 - octaves))
