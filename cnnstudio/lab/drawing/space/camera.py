"""Two ways of looking: the eye, from one point, and the sun, along parallel rays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cnnstudio.lab.drawing.space.shapes import Numbers

Box = tuple[slice, slice]


@dataclass(frozen=True, eq=False)
class Rays:
    """Where the rays of all pixels start and which way they go.

    Both change evenly from pixel to pixel, so each is a matrix: times (1, column, row) it gives
    the place, or the direction.

    Attributes:
        start, along: (3, 3).
        shape: rows and columns.
    """

    start: Numbers
    along: Numbers
    shape: tuple[int, int]

    def through(self, back: Numbers, at: Numbers, box: Box) -> tuple[Numbers, Numbers]:
        """Return starts and directions of some rays as seen from a thing at `at`.  (3, h, w)."""
        moved = self.start.copy()
        moved[:, 0] -= at
        return _spread(back @ moved, box), _spread(back @ self.along, box)


def _spread(matrix: Numbers, box: Box) -> Numbers:
    """Multiply with (1, column, row) for each pixel; what is alike for all of them stays one."""
    rows, columns = (np.arange(side.start, side.stop, dtype=np.float32) + 0.5 for side in box)
    first, across, down = (matrix[:, i, None, None] for i in range(3))
    if not (matrix[:, 1:]).any():
        return first
    return np.asarray((first + across * columns) + down * rows[:, None])


class Eye:
    """A camera that stands upright and looks along z; it sees things where their image is."""

    def __init__(
        self, at: ArrayLike, focus: float, middle: tuple[float, float], shape: tuple[int, int]
    ) -> None:
        """A metre at one metre's distance is `focus` pixels wide; z runs towards `middle`."""
        self.at = np.asarray(at, np.float32)
        self._focus, self._middle = np.float32(focus), middle
        start = np.zeros((3, 3), np.float32)
        start[:, 0] = self.at
        across, down, ahead = [-middle[0], 1, 0], [middle[1], 0, -1], [focus, 0, 0]
        along = np.array([across, down, ahead]) / focus
        self.rays = Rays(start, along.astype(np.float32), shape)

    def ways(self) -> Numbers:
        """Return the direction in which each pixel looks, one metre deep.  (3, h, w)."""
        height, width = self.rays.shape
        return _spread(self.rays.along, (slice(0, height), slice(0, width)))

    def project(self, places: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Return column, row and depth of places (3, ...)."""
        x, y, z = places - self.at.reshape(3, *[1] * (places.ndim - 1))
        scale = self._focus / np.maximum(z, 1e-3)
        return self._middle[0] + x * scale, self._middle[1] - y * scale, z


class Parallel:
    """What the sun sees, or a part of the sky: a square around a place, seen from far away."""

    def __init__(self, towards: ArrayLike, around: ArrayLike, radius: float, side: int) -> None:
        """`towards` points to the light; the square is 2 `radius` wide and `side` pixels."""
        light = np.asarray(towards, np.float64)
        light = light / np.linalg.norm(light)
        right = np.cross(light, (0, 0, 1) if abs(light[2]) < 0.9 else (1, 0, 0))
        right = right / np.linalg.norm(right)
        axes = np.stack([right, np.cross(right, light), -light])
        far = 8 * radius
        first = np.asarray(around, np.float64) - far * axes[2] - radius * (axes[0] + axes[1])
        pixel = 2 * radius / side
        start = np.stack([first, pixel * axes[0], pixel * axes[1]], 1)
        along = np.stack([axes[2], np.zeros(3), np.zeros(3)], 1)
        self.towards: Numbers = light.astype(np.float32)
        self.rays = Rays(start.astype(np.float32), along.astype(np.float32), (side, side))
        self._axes = (axes / np.array([[pixel], [pixel], [1]])).astype(np.float32)
        self._first = first.astype(np.float32)

    def project(self, places: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Return column, row and distance of places (3, ...)."""
        gap = places - self._first.reshape(3, *[1] * (places.ndim - 1))
        column, row, away = (self._axes @ gap.reshape(3, -1)).reshape(gap.shape)
        return column, row, away
