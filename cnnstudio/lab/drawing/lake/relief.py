"""The shape of the land: shore, meadows, wooded hills, peaks."""

import numpy as np

from cnnstudio.lab.drawing.canvas import Grays, smoothstep
from cnnstudio.lab.drawing.noise import Noise

HILLS = Noise(np.random.default_rng(61))

# Where it rises: to the right, away, how wide, how high; in metres.
_MASSIFS = (
    (-1300, 1700, 1500, 760), (1700, 2500, 1800, 1000), (-2600, 3600, 2000, 1500),
    (900, 6200, 4200, 2560), (-2100, 7000, 3600, 2500), (4300, 6600, 3400, 2500),
    (-700, 9500, 3600, 2900),
)  # fmt: skip


def shore(x: Grays) -> Grays:
    """Return how far away the water ends."""
    near = 190 + 26 * (HILLS.at(x / 60, 0.5, 3) - 0.5) + 0.12 * np.abs(x + 60)
    return np.asarray(near + 760 * smoothstep(70, 330, x) + 90 * smoothstep(-60, -200, x))


def height(x: Grays, z: Grays, octaves: int = 9) -> Grays:
    """Return how high the land is above the water, in metres."""
    inland = z - shore(x)
    meadow = 0.055 * np.minimum(inland, 700) + 1.4 * smoothstep(0, 5, inland)
    waves = 16 * (HILLS.at(x / 130, z / 130, 4) - 0.5) * smoothstep(10, 260, inland)
    rise = np.zeros_like(inland)
    for right, away, wide, high in _MASSIFS:
        near = np.clip(1 - np.hypot(x - right, z - away) / wide, 0, 1)
        rise = np.maximum(rise, high * near**1.15) + 0.12 * np.minimum(rise, high * near)
    rough = HILLS.eroded(x / 2300 + 3.3, z / 2300 + 5.1, octaves)
    land = np.where(inland < 0, 0.1 * inland, meadow) + waves + rise * (0.22 + 0.56 * rough)
    return np.asarray(land, np.float32)


def ground(x: float, z: float) -> float:
    """Return how high the land is at one place."""
    return float(height(np.array([x], np.float32), np.array([z], np.float32))[0])
