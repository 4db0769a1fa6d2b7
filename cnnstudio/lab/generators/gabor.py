"""The Gabor filter: a wave under a bell; it answers to stripes of its own width and direction."""

from dataclasses import dataclass
from math import pi
from typing import ClassVar

import numpy as np

from cnnstudio.lab.generators import Generator, parameter
from cnnstudio.lab.generators.grid import Grid, bell, direction, places
from cnnstudio.lab.generators.rounding import summing_to_zero
from cnnstudio.lab.generators.separable import product
from cnnstudio.lab.kernel import MAX_SIDE, Kernel
from cnnstudio.lab.kernel_edits import transposed


@dataclass(frozen=True)
class Gabor(Generator):
    """bell (cos(2 pi x' / wavelength) - c), where x' runs along the angle.

    c is chosen so that the sum is exactly 0, and flat areas become 0. The positive weights sum
    to 1. An angle of 0 changes to the right, so its stripes stand upright. At 0, 90, 180 and 270
    it is a bell one way times a wave under a bell the other way, and so are its whole numbers.
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
        right, below = direction(self.angle)
        if right and below:
            return summing_to_zero(self._under_bell(self.size, right, below))
        upright = product(bell(1, self.size, self.sigma)[0], self._under_bell(1, 1.0, 0.0)[0])
        return upright if right else transposed(upright)

    def _under_bell(self, rows: int, right: float, below: float) -> Grid:
        """Return the wave under the bell, less so much of the bell that the sum is 0."""
        across, down = places(rows, self.size)
        wave = np.cos(2 * pi * (across * right + down * below) / self.wavelength)
        hill = bell(rows, self.size, self.sigma)
        return np.asarray(hill * (wave - (hill * wave).sum() / hill.sum()))
