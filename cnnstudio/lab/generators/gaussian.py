"""The Gaussian: a soft blur, for near pixels count more than those farther away."""

from dataclasses import dataclass
from typing import ClassVar

from cnnstudio.lab.generators import Generator, parameter
from cnnstudio.lab.generators.grid import bell
from cnnstudio.lab.generators.separable import squared
from cnnstudio.lab.kernel import MAX_SIDE, Kernel


@dataclass(frozen=True)
class Gaussian(Generator):
    """exp(-r^2 / 2 sigma^2), where r is the distance from the middle; the sum is exactly 1.

    It is the column exp(-y^2 / 2 sigma^2) times the same as a row, and so are its whole numbers.
    """

    key: ClassVar[str] = "gaussian"
    title: ClassVar[str] = "Gaussian blur"
    about: ClassVar[str] = "Blurs softly: the nearer a pixel, the more it counts."
    order: ClassVar[int] = 10

    size: int = parameter(5, 1, MAX_SIDE, 1, "Size", about="Rows and columns")
    sigma: float = parameter(1.0, 0.3, 5.0, 0.1, "Sigma", "px", "How far the blur reaches")

    def kernel(self) -> Kernel:
        """Return the kernel for a gray picture."""
        return squared(bell(1, self.size, self.sigma)[0])
