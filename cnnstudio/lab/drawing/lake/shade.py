"""Shadows on the land: of the mountains, looked up on a map, of the clouds, of the village."""

import numpy as np

from cnnstudio.lab.drawing.canvas import Grays, smoothstep
from cnnstudio.lab.drawing.capitals import looked_up
from cnnstudio.lab.drawing.lake.air import SUN
from cnnstudio.lab.drawing.lake.relief import HILLS, height
from cnnstudio.lab.drawing.space.daylight import Daylight

_CELL = 16.0
_LEFT, _RIGHT, _NEAR, _FAR = -6000.0, 7500.0, 100.0, 11600.0
_FLAT = float(np.hypot(SUN[0], SUN[2]))
_RIGHT_TO_SUN, _AWAY_TO_SUN = float(SUN[0]) / _FLAT, float(SUN[2]) / _FLAT
_CLIMB = _CELL * float(SUN[1]) / _FLAT  # of a ray to the sun, over one cell


class Shade:
    """A map that says how high one must be to see the sun, and what the village hides of it."""

    def __init__(self, village: Daylight) -> None:
        self._village = village
        x = np.arange(_LEFT, _RIGHT, _CELL, dtype=np.float32)
        z = np.arange(_NEAR, _FAR, _CELL, dtype=np.float32)
        edge = _towards_sun(height(*np.meshgrid(x, z), 7), 1)
        for doubling in range(8):
            edge = np.maximum(edge, _towards_sun(edge, 2.0**doubling))
        self._edge = edge

    def lit(self, x: Grays, y: Grays, z: Grays) -> Grays:
        """Return how much of the sun is seen at places, 0..1."""
        rows, columns = self._edge.shape
        across, down = (x - _LEFT) / _CELL / columns, (z - _NEAR) / _CELL / rows
        edge = looked_up(self._edge, across, down)
        cloud = HILLS.at((x + 1.8 * y) / 900 + 20, (z - 1.3 * y) / 900 + 9, 4)
        open_ = smoothstep(-14, 14, y + 4 - edge)
        return np.asarray(open_ * (0.3 + 0.7 * smoothstep(0.62, 0.5, cloud)))

    def on_land(self, x: Grays, y: Grays, z: Grays) -> Grays:
        """Return how much of the sun is seen from the ground: houses and trees are in its way."""
        seen = self.lit(x, y, z)
        near = (z < 460) & (np.abs(x + 40) < 200)
        places = np.stack([x[near], y[near] + np.float32(0.1), z[near]])
        seen[near] *= self._village.sun_on(places, np.zeros_like(places))[0]
        return seen


def _towards_sun(land: Grays, cells: float) -> Grays:
    """Return what stands some cells nearer to the sun, less what a ray climbs on that way."""
    right, away = round(cells * _RIGHT_TO_SUN), round(cells * _AWAY_TO_SUN)
    out = np.full_like(land, -1e4)
    rows, columns = land.shape
    to = (
        slice(max(0, -away), rows - max(0, away)),
        slice(max(0, -right), columns - max(0, right)),
    )
    of = (
        slice(max(0, away), rows - max(0, -away)),
        slice(max(0, right), columns - max(0, -right)),
    )
    out[to] = land[of] - np.float32(cells * _CLIMB)
    return out
