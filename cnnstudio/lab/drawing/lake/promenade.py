"""Life at the shore: a fence, lamps, flags, people."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnstudio.lab.drawing.lake.relief import height, shore
from cnnstudio.lab.drawing.light import light, over
from cnnstudio.lab.drawing.space.paints import plain
from cnnstudio.lab.drawing.space.shapes import BALL, CUBE, Numbers
from cnnstudio.lab.drawing.space.things import Stand, Surface, Thing, chain, rod, turned

_COATS = ("#c83030", "#2858a0", "#e8c030", "#f0f0f0", "#38804c", "#8848a0", "#e07830", "#303438")
_HAIR = ("#3c2818", "#1c1410", "#a87c40")
_GROUPS = (-88, -73, -46, -22, -9, 8, 21, 38, 53)  # where people stroll


def _ashore(across: ArrayLike, inland: float) -> NDArray[np.float64]:
    """Return places on the ground, some metres from the water.  (n, 3)."""
    x = np.asarray(across, np.float32)
    z = shore(x) + np.float32(inland)
    return np.stack([x, height(x, z), z], 1).astype(np.float64)


def _up(metres: float) -> NDArray[np.float64]:
    return np.array([0.0, metres, 0.0])


def fence() -> list[Thing]:
    """Put up posts and two rails between the meadow and the water."""
    white = Surface(plain("#f0ece2"))
    feet = _ashore(np.arange(-112, 78, 2.4), 3.2)
    posts = [rod(foot - _up(0.3), foot + _up(1.05), 0.07, white) for foot in feet]
    return posts + chain(feet + _up(0.5), 0.045, white) + chain(feet + _up(0.95), 0.045, white)


def lamps() -> list[Thing]:
    """Stand lamps along the water."""
    iron, glass = Surface(plain("#20262a")), Surface(plain("#ffe8b0"), glow=0.5)
    things = []
    for foot in _ashore(np.arange(-98, 70, 21), 4.6):
        stand = Stand(foot)
        things += [
            rod(foot, foot + _up(4), 0.07, iron),
            stand.put(BALL, glass, (0, 4.25, 0), 0.27),
            stand.put(CUBE, iron, (0, 4.55, 0), (0.2, 0.05, 0.2)),
        ]
    return things


def _cross(on: Numbers, _: Numbers) -> Numbers:
    long, short = (np.maximum(np.abs(on[i]) / 0.6, np.abs(on[1 - i]) / 0.2) for i in (0, 1))
    return over(light("#d01c20", 1) + 0 * on, "#ffffff", np.minimum(long, short) < 1)


def flags(rng: np.random.Generator) -> list[Thing]:
    """Hoist flags in the wind."""
    steel, cloth = Surface(plain("#d8d8d8")), Surface(_cross, thin=0.4)
    things = []
    for foot in _ashore((-29, 31, 62), 5.5):
        wave = turned("y", rng.normal(10, 12)) @ turned("z", rng.normal(-7, 3))
        flag = Stand(foot + _up(9.9), wave).put(CUBE, cloth, (1, 0, 0), (1, 0.95, 0.02))
        things += [rod(foot, foot + _up(11), 0.07, steel), flag]
    return things


def people(rng: np.random.Generator) -> list[Thing]:
    """Let people stroll by the water, alone, in pairs, by threes."""
    things = []
    across = [x + 0.75 * i for x in _GROUPS for i in range(rng.integers(1, 4))]
    for foot in _ashore(across, 4.4):
        tall = rng.uniform(0.86, 1.04)
        coat, legs = (Surface(plain(_COATS[i])) for i in rng.integers(len(_COATS), size=2))
        hair = Surface(plain(_HAIR[rng.integers(len(_HAIR))]))
        stand = Stand(foot)
        for side in (-1, 1):
            shoe, hip = stand.spot(0.11 * side, 0, 0), stand.spot(0.08 * side, 0.85 * tall, 0)
            things.append(rod(shoe, hip, 0.09, legs))
        things += [
            stand.put(BALL, coat, (0, 1.13 * tall, 0), (0.25, 0.37, 0.18)),
            stand.put(BALL, Surface(plain("#e0b090")), (0, 1.6 * tall, 0), 0.13),
            stand.put(BALL, hair, (0, 1.66 * tall, 0.03), 0.135),
        ]
    return things
