"""Houses of the village: a body, a shingled roof, a chimney, a balcony full of flowers."""

from dataclasses import dataclass

import numpy as np

from cnnstudio.lab.drawing.canvas import smoothstep
from cnnstudio.lab.drawing.lake.facade import STOREY, Facade
from cnnstudio.lab.drawing.lake.relief import HILLS
from cnnstudio.lab.drawing.light import light, over
from cnnstudio.lab.drawing.space.paints import plain
from cnnstudio.lab.drawing.space.shapes import CUBE, Block, Numbers
from cnnstudio.lab.drawing.space.things import Paint, Stand, Surface, Thing, turned


@dataclass(frozen=True)
class House:
    """A house.

    Attributes:
        at: the middle of its floor.
        turn: degrees; at 0 a gable looks at us.
        wide, deep: half its size, in metres.
        facade: how its fronts look.
        roof: the colour of its shingles.
        pitch: how steep the roof is.
    """

    at: tuple[float, float, float]
    turn: float
    wide: float
    deep: float
    facade: Facade
    roof: str
    pitch: float = 0.6


def house(each: House) -> list[Thing]:
    """Build a house."""
    stand = Stand(each.at, turned("y", each.turn))
    wide, deep, seed = each.wide, each.deep, each.facade.seed
    eaves = each.facade.storeys * STOREY + 0.5
    ridge = eaves + each.pitch * wide
    knee = 2 * eaves / ridge - 1
    sides = [(1 - knee, 1, 0, 1), (knee - 1, 1, 0, 1), (1, 0, 0, 1), (-1, 0, 0, 1)]
    body = Block([*sides, (0, -1, 0, 1), (0, 0, 1, 1), (0, 0, -1, 1)])
    front = Surface(each.facade.paint(wide, ridge / 2, deep))
    stone, clay = Surface(plain("#8c867c", 0.35, 6)), Surface(plain("#a08478", 0.3, 6))
    chimney = 0.35 * wide * (1 if seed % 2 < 1 else -1)
    return [
        stand.put(body, front, (0, ridge / 2, 0), (wide, ridge / 2, deep)),
        stand.put(CUBE, stone, (0, -1.5, 0), (wide + 0.05, 1.5, deep + 0.05)),
        stand.put(CUBE, clay, (chimney, ridge - 0.1, 0.3 * deep), (0.4, 1.2, 0.4)),
        stand.put(CUBE, stone, (chimney, ridge + 1.15, 0.3 * deep), (0.52, 0.08, 0.52)),
        *_roof(stand, each, ridge),
        *(_balcony(stand, each) if each.facade.timber else []),
    ]


def _roof(stand: Stand, each: House, ridge: float) -> list[Thing]:
    """Lay two slabs against each other; they stand out over the walls."""
    lean = float(np.degrees(np.arctan(each.pitch)))
    half = np.hypot(1, each.pitch) * each.wide / 2 * 1.16, 0.13, each.deep + 0.9
    aside, down = half[0] * np.cos(np.radians(lean)), half[0] * np.sin(np.radians(lean))
    shingles = Surface(_shingles(each.roof, half[0], half[2], each.facade.seed))
    return [
        stand.put(
            CUBE, shingles, (side * aside, ridge + 0.2 - down, 0), half, turned("z", -side * lean)
        )
        for side in (-1, 1)
    ]


def _shingles(colour: str, long: float, deep: float, seed: float) -> Paint:
    def paint(on: Numbers, _: Numbers) -> Numbers:
        down, along = on[0] * long, on[2] * deep
        row = np.floor(down / 0.34)
        place = along / 0.27 + 0.5 * (row % 2) + 3 * HILLS.at(row * 1.3, seed)
        pick = HILLS.at(np.floor(place) * 1.7 + seed, row * 1.9)
        moss = smoothstep(0.5, 0.75, HILLS.at(down * 0.5 + seed, along * 0.35, 4))
        tone = over(light(colour, 1) * (0.55 + 0.9 * pick), "#5c6434", 0.5 * moss)
        lap = 1 - 0.45 * smoothstep(0.38, 0.5, np.abs((down / 0.34) % 1 - 0.5))
        return np.asarray(tone * lap * (1 - 0.3 * smoothstep(0.42, 0.5, np.abs(place % 1 - 0.5))))

    return paint


def _balcony(stand: Stand, each: House) -> list[Thing]:
    wood = light(each.facade.timber, 1)

    def railing(on: Numbers, at: Numbers) -> Numbers:
        bars = ((at[0] * 5.5) % 1 < 0.55) | (np.abs(on[1]) > 0.75)
        bloom = HILLS.at(at[0] * 8, at[1] * 9 + at[2])
        flowers = np.where(bloom > 0.5, light("#d83034", 1), light("#48782c", 1))
        return over(wood * np.where(bars, 1, 0.25), flowers, (on[1] > 0.35) & (bloom > 0.28))

    long, out = each.wide * 0.94, -each.deep - 0.55
    floor = Surface(plain(each.facade.timber, 0.15, 6))
    return [
        stand.put(CUBE, floor, (0, STOREY + 0.35, out), (long, 0.09, 0.6)),
        stand.put(CUBE, Surface(railing), (0, STOREY + 0.9, out - 0.55), (long, 0.5, 0.05)),
    ]
