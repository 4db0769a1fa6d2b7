"""Motion blur: what a camera sees that moves along a straight line while its shutter is open."""

from dataclasses import dataclass
from math import ceil
from typing import ClassVar

import numpy as np

from cnnstudio.lab.generators import Generator, parameter
from cnnstudio.lab.generators.grid import Grid, direction, places
from cnnstudio.lab.generators.rounding import summing_to_one
from cnnstudio.lab.kernel import MAX_SIDE, Kernel


@dataclass(frozen=True)
class MotionBlur(Generator):
    """A line through the middle: each weight is how much of it lies in that pixel.

    The kernel is as large as the line needs; the sum is exactly 1.
    """

    key: ClassVar[str] = "motion_blur"
    title: ClassVar[str] = "Motion blur"
    about: ClassVar[str] = "Smears along a line, as a moving camera does."
    order: ClassVar[int] = 50

    length: float = parameter(7.0, 1.0, float(MAX_SIDE), 1.0, "Length", "px", "Of the way moved")
    angle: float = parameter(0.0, 0.0, 360.0, 5.0, "Angle", "°", "The way it moves, clockwise")

    def kernel(self) -> Kernel:
        """Return the kernel for a gray picture."""
        right, below = (part * self.length / 2 for part in direction(self.angle))
        rows, columns = (2 * ceil(abs(part) - 0.5 - 1e-9) + 1 for part in (below, right))
        across, down = places(max(rows, 1), max(columns, 1))
        (first, last), (upper, lower) = _inside(across, right), _inside(down, below)
        share = np.minimum(last, lower) - np.maximum(first, upper)
        return summing_to_one(np.where(share > 1e-9, share, 0.0))


def _inside(middles: Grid, reach: float) -> tuple[Grid, Grid]:
    """Return from where to where, of -1 to 1, a way of so far either side is within each cell."""
    if abs(reach) < 1e-9:
        within = np.where(np.abs(middles) < 0.5, 1.0, -1.0)
        return np.full_like(middles, -1.0), within
    one, other = (middles - 0.5) / reach, (middles + 0.5) / reach
    return np.maximum(np.minimum(one, other), -1), np.minimum(np.maximum(one, other), 1)
