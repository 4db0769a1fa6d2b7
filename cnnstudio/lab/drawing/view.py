"""Where a place in space is seen: a camera that looks straight down the street."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FOCUS = 190.0
VANISHING = (121.0, 142.0)
EYE = 1.9

Place = tuple[float, float, float]


def seen(place: Place) -> tuple[float, float]:
    """Return the pixel of a place: metres to the right, above the ground, away."""
    x, y, z = place
    return VANISHING[0] + FOCUS * x / z, VANISHING[1] - FOCUS * (y - EYE) / z


def seen_all(places: Sequence[Place]) -> NDArray[np.float64]:
    """Return the pixels of several places.  (n, 2)."""
    return np.array([seen(place) for place in places])
