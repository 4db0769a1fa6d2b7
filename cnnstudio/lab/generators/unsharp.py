"""Unsharp masking: what a blur takes away is added once more."""

from dataclasses import dataclass
from typing import ClassVar

from cnnstudio.lab.generators import Generator, parameter
from cnnstudio.lab.generators.grid import bell
from cnnstudio.lab.generators.rounding import summing_to_one
from cnnstudio.lab.kernel import MAX_SIDE, Kernel


@dataclass(frozen=True)
class Unsharp(Generator):
    """Identity + amount (identity - Gaussian); the sum is exactly 1."""

    key: ClassVar[str] = "unsharp"
    title: ClassVar[str] = "Unsharp mask"
    about: ClassVar[str] = "Sharpens: adds what a blur would take away."
    order: ClassVar[int] = 80

    amount: float = parameter(1.0, 0.1, 5.0, 0.1, "Amount", "×", "How much of it is added")
    size: int = parameter(5, 3, MAX_SIDE, 2, "Size", about="Rows and columns, an odd number")
    sigma: float = parameter(1.0, 0.3, 5.0, 0.1, "Sigma", "px", "How far the blur reaches")

    def kernel(self) -> Kernel:
        """Return the kernel for a gray picture."""
        blur = bell(self.size, self.size, self.sigma)
        weights = -self.amount * blur / blur.sum()
        weights[self.size // 2, self.size // 2] += 1 + self.amount
        return summing_to_one(weights)
