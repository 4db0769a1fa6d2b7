"""The disk: what a lens out of focus makes of a point."""

from dataclasses import dataclass
from math import ceil
from typing import ClassVar

import numpy as np

from cnnstudio.lab.generators import Generator, parameter
from cnnstudio.lab.generators.grid import Grid, places
from cnnstudio.lab.generators.rounding import summing_to_one
from cnnstudio.lab.kernel import MAX_SIDE, Kernel


@dataclass(frozen=True)
class Disk(Generator):
    """A circle round the middle: each weight is how much of that pixel lies inside.

    The kernel is as large as the circle needs; the sum is exactly 1.
    """

    key: ClassVar[str] = "disk"
    title: ClassVar[str] = "Disk blur"
    about: ClassVar[str] = "Blurs as a lens out of focus does."
    order: ClassVar[int] = 70

    radius: float = parameter(2.5, 0.5, MAX_SIDE / 2, 0.1, "Radius", "px", "From the middle")

    def kernel(self) -> Kernel:
        """Return the kernel for a gray picture."""
        side = 2 * ceil(self.radius - 0.5 - 1e-9) + 1
        across, down = (np.abs(each) for each in places(side, side))
        radius = self.radius
        left, right, upper, lower = across - 0.5, across + 0.5, down - 0.5, down + 0.5
        share = (
            _quarter(right, lower, radius)
            - _quarter(left, lower, radius)
            - _quarter(right, upper, radius)
            + _quarter(left, upper, radius)
        )
        return summing_to_one(np.where(share > 1e-9, share, 0.0))


def _quarter(across: Grid, down: Grid, radius: float) -> Grid:
    """Return the area of the circle between the middle and a point; negative sides count so.

    Below the arc of the circle the area is that of the rectangle up to where the arc meets it,
    and from there on the integral of sqrt(r^2 - x^2).
    """
    sign = np.sign(across) * np.sign(down)
    x, y = np.minimum(np.abs(across), radius), np.minimum(np.abs(down), radius)
    meets = np.minimum(np.sqrt(radius**2 - y**2), x)
    return sign * (y * meets + _under_arc(x, radius) - _under_arc(meets, radius))


def _under_arc(x: Grid, radius: float) -> Grid:
    root = np.sqrt(np.maximum(radius**2 - x**2, 0))
    return (x * root + radius**2 * np.arcsin(np.minimum(x / radius, 1))) / 2
