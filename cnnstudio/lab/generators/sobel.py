"""The Sobel filter, turned: how much it brightens in one direction."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from cnnstudio.lab.generators import Generator, parameter
from cnnstudio.lab.generators.grid import direction
from cnnstudio.lab.generators.rounding import over_divisor
from cnnstudio.lab.kernel import Kernel

_RIGHT = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], np.float64)


@dataclass(frozen=True)
class Sobel(Generator):
    """cos(angle) times Sobel x plus sin(angle) times Sobel y: the slope along the angle."""

    key: ClassVar[str] = "sobel"
    title: ClassVar[str] = "Sobel, any angle"
    about: ClassVar[str] = "Positive where the picture brightens along the angle."
    order: ClassVar[int] = 40

    angle: float = parameter(
        0.0, 0.0, 360.0, 5.0, "Angle", "°", "0 brightens to the right, 90 downwards"
    )

    def kernel(self) -> Kernel:
        """Return the kernel for a gray picture."""
        right, below = direction(self.angle)
        return over_divisor(right * _RIGHT + below * _RIGHT.T)
