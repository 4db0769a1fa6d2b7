"""Smooth randomness: the grain of clouds, water, fur and walls."""

import numpy as np
from numpy.typing import ArrayLike

from cnnstudio.lab.drawing.canvas import Grays

_TURN = np.array([[1.6, -1.2], [1.2, 1.6]], np.float32)  # twice as fine, and a little askew
_SHIFT = np.array([[5.7], [-3.1]], np.float32)


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

    def _sloped(self, u: Grays, v: Grays) -> tuple[Grays, Grays, Grays]:
        """Return height and slopes; hills without corners (a curve of the fifth degree)."""
        column, row = np.floor(u), np.floor(v)
        s, t = u - column, v - row
        rise_s, rise_t = 30 * (s * (s - 1)) ** 2, 30 * (t * (t - 1)) ** 2
        s, t = s * s * s * (s * (s * 6 - 15) + 10), t * t * t * (t * (t * 6 - 15) + 10)
        left, top = column.astype(np.int64) & 63, (row.astype(np.int64) & 63) * 64
        right, bottom = (left + 1) & 63, (top + 64) & 4095
        a, b = self._heights.take(top + left), self._heights.take(top + right)
        c, d = self._heights.take(bottom + left), self._heights.take(bottom + right)
        across, down, twist = b - a, c - a, a - b - c + d
        height = a + across * s + down * t + twist * s * t
        return height, (across + twist * t) * rise_s, (down + twist * s) * rise_t

    def eroded(self, u: ArrayLike, v: ArrayLike, octaves: int) -> Grays:
        """Return hills as rain leaves them: on steep slopes what is small is washed away.

        Each octave is turned a little, so that no ridge runs along the grid.
        """
        across, down = np.broadcast_arrays(np.asarray(u, np.float32), np.asarray(v, np.float32))
        total = np.zeros(across.shape, np.float32)
        pieces = max(1, total.size // 16384)
        split = (np.array_split(a.reshape(-1), pieces) for a in (across, down, total))
        for x, y, height in zip(*split, strict=True):
            at = np.stack([x, y])
            steep = np.zeros_like(at)
            for octave in range(octaves):
                rise, *slope = self._sloped(*at)
                steep += slope
                height[:] += rise / (1 + (steep * steep).sum(0)) / np.float32(2.0**octave)
                at = _TURN @ at + _SHIFT
        return total
