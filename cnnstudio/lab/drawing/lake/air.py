"""The light of a late afternoon in October, and the air between us and the mountains."""

import numpy as np

from cnnstudio.lab.drawing.canvas import Grays
from cnnstudio.lab.drawing.light import light
from cnnstudio.lab.drawing.space.daylight import Weather

WEATHER = Weather(
    sun=(0.74, 0.4, -0.54),
    warm=2.9 * light("#ffdcae"),
    zenith=0.31 * light("#3f76c4"),
    horizon=0.52 * light("#cfdcec"),
    ground=0.35 * light("#a8a070"),
    wide=0.006,
)
SUN, WARM = WEATHER.towards, WEATHER.warm
ZENITH, HORIZON = 2 * WEATHER.zenith, 0.95 * light("#cfdcec")  # of the sky that is seen
_FAR = np.array([17000, 12500, 8200], np.float32)[:, None]  # metres until 1/e of the light is left
_BLUE = 0.72 * light("#a4bfe0", 1)
_THROWN_BACK = 0.16 * WARM * np.array([0.5, 0.45, 0.35], np.float32)
_FROM_ABOVE = 0.55 * (0.55 * ZENITH + 0.45 * HORIZON)


def ambient(up: Grays) -> Grays:
    """Return the light of sky and ground on surfaces whose normals rise by `up`.  (3, n)."""
    share = 0.5 + 0.5 * up
    above, below = np.multiply.outer(_FROM_ABOVE, share), np.multiply.outer(_THROWN_BACK, 1 - share)
    return np.asarray(above + below)


def veiled(seen: Grays, away: Grays) -> Grays:
    """Lay the air of some metres over what is seen.  (3, n)."""
    clear = np.exp(-away / _FAR)
    return np.asarray(seen * clear + _BLUE * (1 - clear))
