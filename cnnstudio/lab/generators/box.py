"""The box: every pixel counts the same."""

from dataclasses import dataclass
from typing import ClassVar

from cnnstudio.lab.generators import Generator, parameter
from cnnstudio.lab.kernel import MAX_SIDE, Kernel


@dataclass(frozen=True)
class Box(Generator):
    """Rows and columns of ones over their number: the mean, exactly."""

    key: ClassVar[str] = "box"
    title: ClassVar[str] = "Box blur"
    about: ClassVar[str] = "Takes the mean of all pixels under it."
    order: ClassVar[int] = 60

    rows: int = parameter(3, 1, MAX_SIDE, 1, "Rows")
    columns: int = parameter(3, 1, MAX_SIDE, 1, "Columns")

    def kernel(self) -> Kernel:
        """Return the kernel for a gray picture."""
        return Kernel.of([[1] * self.columns] * self.rows, self.rows * self.columns)
