"""Birds: gulls over the lake, ducks and a swan on it."""

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import smoothstep
from cnnstudio.lab.drawing.light import mixed
from cnnstudio.lab.drawing.space.paints import plain
from cnnstudio.lab.drawing.space.shapes import BALL, Card, Numbers
from cnnstudio.lab.drawing.space.things import Stand, Surface, Thing, place, rod, turned

Triple = tuple[float, float, float]
_GULLS = ((12, 17, 82), (15.5, 19.5, 88), (9, 20.5, 95), (19, 15, 76), (23, 21, 104), (-9, 11, 70),
          (17, 12.2, 66), (28, 26, 120))  # fmt: skip
# Eggs a duck is made of: where, how large, how leaning, the colours of a duck and of a drake.
_DUCK: tuple[tuple[Triple, Triple, float, str, str], ...] = (
    ((0, 0.06, 0), (0.25, 0.1, 0.12), 4, "#8c6c48", "#a8a49c"),
    ((0.15, 0.07, 0), (0.12, 0.09, 0.1), 0, "#7c5c3c", "#5c3420"),
    ((-0.22, 0.1, 0), (0.1, 0.035, 0.06), -20, "#403830", "#403830"),
    ((0.2, 0.17, 0), (0.04, 0.09, 0.04), 0, "#74583c", "#145038"),
    ((0.23, 0.25, 0), (0.065, 0.055, 0.05), 0, "#74583c", "#145038"),
    ((0.31, 0.235, 0), (0.05, 0.014, 0.025), -8, "#d8b430", "#d8b430"),
    ((0.2, 0.125, 0), (0.045, 0.012, 0.045), 0, "#74583c", "#f0f0ec"),
)
# The middle line of a swan's neck: ahead, up.
_NECK = np.array([(0.42, 0.2), (0.56, 0.36), (0.55, 0.55), (0.47, 0.72), (0.5, 0.86), (0.6, 0.9)])


def _wings(x: Numbers, y: Numbers) -> NDArray[np.bool_]:
    """Outline a gull seen from the front: two bows that taper to their tips."""
    side = np.minimum(np.abs(x), 1)
    bow = 0.75 * np.sqrt(side) * (1.25 - side) - 0.3
    thick = 0.17 * (1 - side) ** 0.7 + 0.22 * np.exp(-((side / 0.09) ** 2))
    return np.asarray(np.abs(y - bow) < thick)


def _feathers(on: Numbers, _: Numbers) -> Numbers:
    tone = mixed("#f4f4f2", "#30343a", smoothstep(0.72, 0.85, np.abs(on[0])))
    return np.asarray(tone * (0.75 + 0.25 * smoothstep(-0.4, 0.4, on[1])))


def gulls(rng: np.random.Generator) -> list[Thing]:
    """Let gulls circle between us and the village."""
    wings, feathers = Card(_wings), Surface(_feathers, thin=0.4)
    things = []
    for at in _GULLS:
        bank = turned("z", rng.normal(0, 16)) @ turned("y", rng.normal(0, 25))
        things.append(place(wings, feathers, at, (0.85, rng.uniform(0.2, 0.42), 1), bank))
    return things


def _down(colour: str) -> Surface:
    return Surface(plain(colour, 0.2, 14), gloss=0.1, shine=12)


def duck(x: float, z: float, turn: float, drake: bool) -> list[Thing]:
    """Let a mallard swim: half a metre long."""
    stand = Stand((x, 0, z), turned("y", turn))
    return [
        stand.put(BALL, _down(his if drake else hers), at, size, turned("z", lean))
        for at, size, lean, hers, his in _DUCK
    ]


def swan(x: float, z: float, turn: float) -> list[Thing]:
    """Let a swan swim: its neck is a bent row of balls."""
    stand = Stand((x, 0, z), turned("y", turn))
    white = _down("#f6f4ee")
    t = np.linspace(0, len(_NECK) - 1, 26)
    ahead, up = (np.interp(t, np.arange(len(_NECK)), line).tolist() for line in _NECK.T)
    neck = zip(ahead, up, (0.075 - 0.006 * t).tolist(), strict=True)
    wing = 0.42, 0.17, 0.13
    return [
        stand.put(BALL, white, (0, 0.14, 0), (0.52, 0.22, 0.25)),
        *(stand.put(BALL, white, (-0.2, 0.24, z), wing, turned("z", -12)) for z in (-0.08, 0.08)),
        stand.put(BALL, white, (-0.55, 0.22, 0), (0.16, 0.06, 0.1), turned("z", -25)),
        *(stand.put(BALL, white, (a, b, 0), radius) for a, b, radius in neck),
        stand.put(BALL, white, (0.63, 0.89, 0), (0.085, 0.06, 0.05)),
        rod(stand.spot(0.68, 0.88, 0), stand.spot(0.82, 0.82, 0), 0.022, _down("#e87820")),
        stand.put(BALL, _down("#181818"), (0.7, 0.9, 0), 0.026),
    ]


def swimmers() -> list[Thing]:
    """Let a family of ducks and a swan swim between the boat and the jetty."""
    return [
        *swan(0.6, 30, -25),
        *duck(-3.2, 24.5, 200, True),
        *duck(-2.2, 25.4, 190, False),
        *duck(-4.3, 26.0, 205, False),
        *duck(-1.2, 24.2, 185, True),
    ]
