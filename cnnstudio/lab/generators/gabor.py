"""The Gabor filter: a wave under a bell; it answers to stripes of its own width and direction."""

from dataclasses import dataclass
from math import pi
from typing import ClassVar

import numpy as np

from cnnstudio.lab.generators import Generator, parameter
from cnnstudio.lab.generators.grid import bell, direction, places
from cnnstudio.lab.generators.rounding import summing_to_zero
from cnnstudio.lab.kernel import MAX_SIDE, Kernel


@dataclass(frozen=True)
class Gabor(Generator):
    """bell (cos(2 pi x' / wavelength) - c), where x' runs along the angle.

    c is chosen so that the sum is exactly 0, and flat areas become 0. The positive weights sum
    to 1. An angle of 0 changes to the right, so its stripes stand upright.
    """

    key: ClassVar[str] = "gabor"
    title: ClassVar[str] = "Gabor"
    about: ClassVar[str] = "Answers to stripes of one width and one direction."
    order: ClassVar[int] = 30

    size: int = parameter(9, 3, MAX_SIDE, 2, "Size", about="Rows and columns, an odd number")
    wavelength: float = parameter(4.0, 2.0, 20.0, 0.5, "Wavelength", "px", "Stripe to stripe")
    angle: float = parameter(0.0, 0.0, 360.0, 5.0, "Angle", "°", "The way the wave runs, clockwise")
    sigma: float = parameter(2.0, 0.5, 5.0, 0.1, "Sigma", "px", "How far the bell reaches")

    def kernel(self) -> Kernel:
        """Return the kernel for a gray picture."""
        across, down = places(self.size, self.size)
        right, below = direction(self.angle)
        wave = np.cos(2 * pi * (across * right + down * below) / self.wavelength)
        hill = bell(self.size, self.size, self.sigma)
        return summing_to_zero(hill * (wave - (hill * wave).sum() / hill.sum()))
