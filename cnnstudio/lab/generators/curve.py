"""The curve detector: weights along an arc, great where the picture has that curve."""

from dataclasses import dataclass
from math import asin, ceil, cos, sin
from typing import ClassVar

from cnnstudio.lab.generators import Generator, parameter
from cnnstudio.lab.generators.grid import direction
from cnnstudio.lab.kernel import MAX_SIDE, Kernel

WEIGHT = 30
_FINE = 64  # points of the arc for every pixel of its length


@dataclass(frozen=True)
class CurveDetector(Generator):
    """An arc one pixel wide, of weights 30.

    It stands upright a third of the way from the middle to the bottom, bends to the right from
    there to the top, and leaves the bottom row free. Every cell that it passes gets a weight, but
    for those which only cut a corner. Size 7, radius 5 and angle 0 are the detector of the
    article; other angles turn it clockwise.
    """

    key: ClassVar[str] = "curve"
    title: ClassVar[str] = "Curve detector"
    about: ClassVar[str] = "Great where the picture has this very curve."
    order: ClassVar[int] = 90

    size: int = parameter(7, 3, MAX_SIDE, 2, "Size", about="Rows and columns, an odd number")
    radius: float = parameter(5.0, 1.0, 30.0, 0.5, "Radius", "px", "Large ones are nearly straight")
    angle: float = parameter(0.0, 0.0, 360.0, 5.0, "Angle", "°", "How far it is turned, clockwise")

    def kernel(self) -> Kernel:
        """Return the kernel for a gray picture."""
        cells = _without_corners(self._passed())
        sides = range(self.size)
        return Kernel.of([[WEIGHT * ((row, col) in cells) for col in sides] for row in sides])

    def _passed(self) -> dict[tuple[int, int], int]:
        """Count the points of the arc in every cell that it passes, in its order."""
        half = self.size // 2
        upright = half / 3
        up = asin(min(1, (half + upright) / self.radius))
        below = asin(min(1, (half - 1 - upright) / self.radius)) if half > 1 else 0.0
        right, turn = direction(self.angle)
        steps = ceil(_FINE * self.radius * (up + below))
        found: dict[tuple[int, int], int] = {}
        for step in range(steps + 1):
            at = (up + below) * step / steps - below
            across = self.radius * (1 - cos(at))
            down = upright - self.radius * sin(at)
            row = half + _nearest(across * turn + down * right)
            column = half + _nearest(across * right - down * turn)
            found[row, column] = found.get((row, column), 0) + 1
        return found


def _nearest(place: float) -> int:
    """Return the nearest whole number; a half goes to the middle, whichever side it is on."""
    whole = ceil(abs(place) - 0.5 - 1e-9)
    return whole if place > 0 else -whole


def _without_corners(points: dict[tuple[int, int], int]) -> set[tuple[int, int]]:
    """Leave out cells between two that touch without it: first where the arc is the shortest.

    Args:
        points: how many points of the arc lie in each cell, in the order in which it passes them
    """
    cells = list(points)
    while True:
        corners = [
            cell
            for before, cell, after in zip(cells, cells[1:], cells[2:], strict=False)
            if abs(before[0] - after[0]) <= 1 and abs(before[1] - after[1]) <= 1
        ]
        if not corners:
            return set(cells)
        cells.remove(min(corners, key=lambda cell: points[cell]))
