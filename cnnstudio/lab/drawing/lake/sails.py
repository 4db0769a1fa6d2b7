"""Sailing boats on the lake and at their moorings."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import smoothstep
from cnnstudio.lab.drawing.lake.relief import HILLS
from cnnstudio.lab.drawing.light import light, over
from cnnstudio.lab.drawing.space.paints import plain
from cnnstudio.lab.drawing.space.shapes import BALL, CUBE, Block, Both, Card, Numbers
from cnnstudio.lab.drawing.space.things import Paint, Stand, Surface, Thing, rod, turned

Triple = tuple[float, float, float]
_BOWL = Both(BALL, Block([(0, 1, 0, 0)]))
_JIB = Card(lambda x, y: x < -y)


@dataclass(frozen=True)
class Sloop:
    """A boat: right, away, degrees, metres long, the colours of hull and sails.

    Without sails it lies at its mooring.
    """

    x: float
    z: float
    turn: float
    long: float
    hull: str
    sails: str = ""


_FLEET = (
    Sloop(36, 128, 155, 8.5, "#203c70", "#fbf6ea"), Sloop(70, 215, 20, 8.0, "#7c2420", "#e8b860"),
    Sloop(118, 420, 160, 9.0, "#303030", "#f4f4f4"), Sloop(-66, 172, 24, 6.5, "#204878"),
    Sloop(-54, 176, 30, 6.0, "#a83428"), Sloop(-24, 170, 160, 7.0, "#2c5c4c"),
    Sloop(4, 176, 28, 6.2, "#8c6c2c"), Sloop(13, 172, 22, 5.6, "#284878"),
)  # fmt: skip


def _mainsail(x: Numbers, y: Numbers) -> NDArray[np.bool_]:
    leech = -1 + 0.97 * (y + 1) - 0.22 * np.sqrt(np.maximum(1 - y * y, 0))
    return np.asarray((x < 1) & (x > leech))


def fleet() -> list[Thing]:
    """Put all boats on the lake."""
    return [thing for sloop in _FLEET for thing in _sloop(sloop)]


def _sloop(sloop: Sloop) -> list[Thing]:
    stand = Stand((sloop.x, 0, sloop.z), turned("y", sloop.turn))
    size = sloop.long

    def skin(on: Numbers, _: Numbers) -> Numbers:
        tone = over(light(sloop.hull, 1) + 0 * on, "#f4f4f0", on[1] > -0.22)
        return over(tone, "#c89c68", on[1] > -0.03)

    def spar(a: Triple, b: Triple, radius: float, colour: str) -> Thing:
        foot, top = (stand.spot(*(size * each for each in end)) for end in (a, b))
        return rod(foot, top, radius * size, Surface(plain(colour)))

    def put(
        shape: Block | Both | Card, surface: Surface, at: Triple, half: Triple, lean: float
    ) -> Thing:
        spot = at[0] * size, at[1] * size, at[2] * size
        return stand.put(shape, surface, spot, np.array(half) * size, turned("y", lean))

    things = [
        put(_BOWL, Surface(skin, gloss=0.4), (0, 0.1, 0), (0.5, 0.17, 0.15), 0),
        put(CUBE, Surface(skin), (-0.05, 0.12, 0), (0.15, 0.035, 0.08), 0),
        spar((0.05, 0, 0), (0.05, 1.25, 0), 0.011, "#d8d0c4"),
        spar((0.05, 0.2, 0), (-0.42, 0.2, 0), 0.009, "#d8d0c4"),
        spar((0.05, 1.25, 0), (0.5, 0.12, 0), 0.0035, "#606060"),
        spar((0.05, 1.25, 0), (-0.5, 0.12, 0), 0.0035, "#606060"),
    ]
    if not sloop.sails:
        return [*things, spar((0.04, 0.235, 0), (-0.4, 0.225, 0), 0.022, sloop.hull)]
    cloth = Surface(_cloth(sloop.sails), thin=0.35)
    return [
        *things,
        put(Card(_mainsail), cloth, (-0.19, 0.69, 0.001), (0.23, 0.49, 1), 7),
        put(_JIB, cloth, (0.27, 0.56, -0.001), (0.2, 0.42, 1), 7),
    ]


def _cloth(colour: str) -> Paint:
    def paint(on: Numbers, at: Numbers) -> Numbers:
        seams = smoothstep(0.44, 0.5, np.abs((at[1] * 1.1) % 1 - 0.5))
        belly = 0.9 + 0.15 * HILLS.at(on[0] * 2, on[1] * 2, 2)
        return np.asarray(light(colour, 1) * belly * (1 - 0.12 * seams))

    return paint
