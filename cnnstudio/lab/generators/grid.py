"""Where the cells of a kernel are: across and down from its middle, and which way is an angle."""

from math import cos, radians, sin

import numpy as np
from numpy.typing import NDArray

Grid = NDArray[np.float64]


def places(rows: int, columns: int) -> tuple[Grid, Grid]:
    """Return how far each cell is to the right of the middle, and how far below it."""
    down, across = np.mgrid[:rows, :columns].astype(np.float64)
    return across - (columns - 1) / 2, down - (rows - 1) / 2


def direction(angle: float) -> tuple[float, float]:
    """Return one step to the right (0°), down (90°) or between: its way across, and down.

    Angles go round clockwise, for rows are counted downwards.
    """
    quarters, rest = divmod(angle % 360, 90)
    across, down = cos(radians(rest)), sin(radians(rest))
    for _ in range(int(quarters)):
        across, down = -down, across
    return across + 0.0, down + 0.0


def bell(rows: int, columns: int, sigma: float) -> Grid:
    """Return a Gaussian bell, 1 in the middle."""
    across, down = places(rows, columns)
    return np.exp((across**2 + down**2) / (-2 * sigma**2))
