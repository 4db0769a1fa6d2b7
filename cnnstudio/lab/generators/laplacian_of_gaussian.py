"""The Laplacian of a Gaussian: blurs first, then finds edges and blobs in every direction."""

from dataclasses import dataclass
from typing import ClassVar

from cnnstudio.lab.generators import Generator, parameter
from cnnstudio.lab.generators.grid import bell, places
from cnnstudio.lab.generators.rounding import summing_to_zero
from cnnstudio.lab.kernel import MAX_SIDE, Kernel


@dataclass(frozen=True)
class LaplacianOfGaussian(Generator):
    """(r^2 - 2 sigma^2) exp(-r^2 / 2 sigma^2), less its mean, so that the sum is exactly 0.

    The middle is negative, as that of the Laplacian is. The positive weights sum to 1.
    """

    key: ClassVar[str] = "laplacian_of_gaussian"
    title: ClassVar[str] = "Laplacian of Gaussian"
    about: ClassVar[str] = "Finds edges and blobs of one size in every direction."
    order: ClassVar[int] = 20

    size: int = parameter(7, 3, MAX_SIDE, 1, "Size", about="Rows and columns")
    sigma: float = parameter(1.2, 0.3, 3.0, 0.1, "Sigma", "px", "How large the details found are")

    def kernel(self) -> Kernel:
        """Return the kernel for a gray picture."""
        across, down = places(self.size, self.size)
        square = across**2 + down**2
        found = (square - 2 * self.sigma**2) * bell(self.size, self.size, self.sigma)
        return summing_to_zero(found - found.mean())
