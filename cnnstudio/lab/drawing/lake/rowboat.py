"""A rowing boat: strakes bent around its ribs, thwarts, oars, and its name on the bow."""

from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnstudio.lab.drawing.canvas import smoothstep
from cnnstudio.lab.drawing.capitals import lettered, looked_up
from cnnstudio.lab.drawing.lake.jetty import weathered
from cnnstudio.lab.drawing.lake.relief import HILLS
from cnnstudio.lab.drawing.light import light, over
from cnnstudio.lab.drawing.space.paints import plain
from cnnstudio.lab.drawing.space.shapes import CUBE, Card, Numbers
from cnnstudio.lab.drawing.space.things import (
    Spot,
    Stand,
    Surface,
    Thing,
    chain,
    place,
    rod,
    turned,
    upright,
)

_LONG, _STRAKES, _STATIONS = 2.15, 6, 18  # half the length; strakes a side; pieces a strake
_HULL, _BAND, _INK = "#f0ece0", "#2c5c9c", "#14305c"


def _skin(along: ArrayLike, up: ArrayLike) -> NDArray[np.float64]:
    """Return x, y, z of the hull: along from stern -1 to bow 1, up from keel 0 to rail 1."""
    t, u = np.broadcast_arrays(np.asarray(along, np.float64), np.asarray(up, np.float64))
    bow, stern = np.maximum(t, 0), np.maximum(-t, 0)
    beam = 0.74 * (1 - bow**2.3 - 0.42 * stern**2.2)
    rail = 0.5 + 0.1 * t**2 + 0.14 * bow**3
    keel = -0.16 + 0.66 * np.maximum(t - 0.72, 0)
    x = beam * np.sin(np.pi / 2 * u**0.75) ** 0.8
    return np.stack([x, keel + (rail - keel) * u, t * _LONG + 0.14 * u * bow**4], -1)


class Rowboat:
    """A boat that lies at a place with its bow turned some degrees."""

    def __init__(self, at: ArrayLike, turn: float, name: str) -> None:
        self._stand = Stand(at, turned("y", turn))
        self._name = lettered(name, 5.0, 1.0, 96)

    def bow(self) -> Spot:
        """Return where a rope is tied to."""
        return self._stand.spot(0, 0.62, _LONG + 0.05)

    def things(self) -> list[Thing]:
        """Build the boat."""
        wood, dark = weathered("#b8844c", 9.0), weathered("#6a4424", 5.0)
        things = [thing for side in (-1, 1) for thing in self._side(side, dark)]
        for t in (-0.62, -0.05, 0.45):
            half = 0.92 * float(_skin(t, 0.62)[0]), 0.018, 0.13
            things.append(self._stand.put(CUBE, wood, (0, 0.29, t * _LONG), half))
        for x in (-0.26, 0, 0.26):
            board = (x, -0.03, -0.2), (1.4, 0.012, 0.11), turned("y", 90)
            things.append(self._stand.put(CUBE, dark, *board))
        stern = float(_skin(-1, 1)[0]) * 0.93, 0.3, 0.02
        return [*things, self._stand.put(CUBE, wood, (0, 0.27, 0.02 - _LONG), stern)]

    def _side(self, side: int, dark: Surface) -> list[Thing]:
        """Plank one side, give it a rail and an oar."""
        things = []
        stations = np.linspace(-1, 1, _STATIONS + 1)
        for strake in range(_STRAKES):
            surface = self._strake(strake, side)
            low, high = strake / _STRAKES, (strake + 1) / _STRAKES
            for back, ahead in pairwise(stations):
                corners = _skin([back, ahead, back, ahead], [low, low, high, high]) * (side, 1, 1)
                things.append(self._plank(corners, side, surface))
        rail = _skin(np.linspace(-1, 1, 25), 1) * (side, 1, 1)
        things += chain([self._stand.spot(*each) for each in rail.tolist()], 0.026, dark)
        return things + self._oar(side)

    def _plank(self, corners: NDArray[np.float64], side: int, surface: Surface) -> Thing:
        a, b, c, d = corners
        along, rise = (b + d - a - c) / 4, (c + d - a - b) / 4
        out = np.cross(along, rise)
        out = out / np.linalg.norm(out) * (1 if out @ (side, -0.3, 0) > 0 else -1)
        frame = np.stack([1.03 * along, 1.06 * rise, 0.011 * out], 1)
        middle = self._stand.spot(*corners.mean(0).tolist())
        return place(CUBE, surface, middle, 1.0, self._stand.turn @ frame)

    def _strake(self, number: int, side: int) -> Surface:
        """Paint a strake: white with a blue one on top, wood inside; the name across them."""
        colour = light(_BAND if number == _STRAKES - 1 else _HULL, 1)

        def paint(on: Numbers, at: Numbers) -> Numbers:
            _, y, z = self._stand.own(at)
            tone = colour * (0.85 + 0.25 * HILLS.at(z * 4, y * 25 + number, 3))
            tone = tone * (0.65 + 0.35 * smoothstep(-1, -0.8, on[1]))
            tone = tone * (1 - 0.55 * smoothstep(0.22, 0.04, y + 0.06 * HILLS.at(z * 3, 1.5, 3)))
            ahead = (z - 0.45) / 1.1
            across, down = ahead if side > 0 else 1 - ahead, (0.35 + 0.1 * ahead - y) / 0.22
            on_board = (np.abs(ahead - 0.5) < 0.5) & (np.abs(down - 0.5) < 0.5)
            tone = over(tone, _INK, looked_up(self._name, across, down) * on_board)
            wood = light("#b07840", 1) * (0.55 + 0.7 * HILLS.at(z * 3 + number, y * 30, 3))
            return np.asarray(np.where(on[2] > 0, tone, wood))

        return Surface(paint, gloss=0.25, shine=24)

    def _oar(self, side: int) -> list[Thing]:
        oak = Surface(plain("#c89858", 0.3, 12))
        handle = self._stand.spot(side * 0.14, 0.38, 0.95)
        blade = self._stand.spot(side * 0.36, 0.42, -1.35)
        leaf = upright(blade - handle) @ np.diag([0.075, 0.32, 1])
        tip = blade + 0.1 * (blade - handle)
        return [rod(handle, blade, 0.022, oak), place(Card(), oak, tip, 1.0, leaf)]
