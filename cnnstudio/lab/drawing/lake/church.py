"""The church: a white nave, a tower with a clock, a spire with a golden ball."""

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import smoothstep
from cnnstudio.lab.drawing.lake.facade import Facade
from cnnstudio.lab.drawing.lake.houses import House, house
from cnnstudio.lab.drawing.lake.relief import HILLS
from cnnstudio.lab.drawing.light import light, over
from cnnstudio.lab.drawing.space.paints import plain
from cnnstudio.lab.drawing.space.shapes import BALL, CUBE, Block, Numbers
from cnnstudio.lab.drawing.space.things import Stand, Surface, Thing, turned

_SPIRE = Block([(2, 1, 0, 1), (-2, 1, 0, 1), (0, 1, 2, 1), (0, 1, -2, 1), (0, -1, 0, 1)])
_HALF, _HIGH = 2.9, 12.5  # half a side, half the height of the tower


def _tower(on: Numbers, _: Numbers) -> Numbers:
    """Paint the tower: corner stones, slits, sound holes, a clock."""
    u = np.where(np.abs(on[2]) > 0.999, on[0], on[2]) * _HALF
    v = (on[1] + 1) * _HIGH
    tone = light("#efe6d4", 1) * (0.82 + 0.3 * HILLS.at(u * 0.8, v * 0.4, 5))
    corner = np.abs(u) > _HALF - 0.5 - 0.35 * (np.floor(v / 0.6) % 2)
    stone = light("#b0a08c", 1) * (0.5 + 0.5 * smoothstep(0, 0.06, v % 0.6))
    stone = stone * (0.8 + 0.4 * HILLS.at(u * 3, v * 3, 2))
    tone = over(tone, stone, corner | (np.abs(v % 8.3 - 0.15) < 0.15))
    aside = np.abs(np.abs(u) - 1.1)
    arch = np.where(v < 18.6, aside, np.hypot(aside, v - 18.6))
    hole = v > 15.6
    tone = over(tone, "#b0a08c", hole & (arch < 0.72))
    louvres = light("#5c4a3c", 1) * (0.4 + (v / 0.3) % 1)
    tone = over(tone, louvres, hole & (arch < 0.58))
    tone = over(tone, "#20242c", (np.abs(u) < 0.3) & (np.abs(v % 5 - 2.5) < 0.9) & (v < 14))
    away = np.hypot(u, v - 22.3)
    tone = over(tone, "#18283c", away < 1.6)
    return over(tone, "#e0b048", (away < 1.6) & _dial(u, v - 22.3, away))


def _dial(x: Numbers, y: Numbers, away: Numbers) -> NDArray[np.bool_]:
    """Say where a clock is gilded: its rim, its hours and its hands, at ten minutes to four."""
    hour = np.arctan2(x, y) * 6 / np.pi
    gilded = (away > 1.45) | ((np.abs(hour % 1 - 0.5) > 0.4) & (away > 1.05))
    for turn, long, half in ((-np.pi / 3, 1.25, 0.07), (3.83 * np.pi / 6, 0.9, 0.1)):
        along = x * np.sin(turn) + y * np.cos(turn)
        across = x * np.cos(turn) - y * np.sin(turn)
        gilded |= (np.abs(across) < half) & (along > -0.2) & (along < long)
    return np.asarray(gilded)


def _copper(on: Numbers, at: Numbers) -> Numbers:
    """Paint old copper sheets with standing seams."""
    u = np.where(np.abs(on[0]) > np.abs(on[2]), on[2], on[0])
    seams = smoothstep(0.42, 0.5, np.abs((u * 6) % 1 - 0.5))
    seams = np.maximum(seams, smoothstep(0.46, 0.5, np.abs((at[1] * 0.8) % 1 - 0.5)))
    tone = light("#6fa892", 1) * (0.75 + 0.5 * HILLS.at(at[0] * 2 + at[2], at[1] * 0.6, 4))
    return np.asarray(tone * (1 - 0.35 * seams))


def church(x: float, y: float, z: float, turn: float) -> list[Thing]:
    """Build the church, its tower at the end towards us."""
    nave = House(
        (x, y, z), turn, 5.6, 11.0, Facade(2, "#f2ead8", "", "#8c8478", z), "#8a5648", 1.05
    )
    foot = Stand((x, y, z), turned("y", turn)).spot(0, 0, -12.5)
    tower = Stand(foot, turned("y", turn))
    copper = Surface(_copper, gloss=0.15, shine=12)
    gold = Surface(plain("#f0b840", 0), gloss=0.9, shine=60)
    top = 2 * _HIGH
    return [
        *house(nave),
        tower.put(CUBE, Surface(_tower), (0, _HIGH, 0), (_HALF, _HIGH, _HALF)),
        tower.put(CUBE, copper, (0, top + 0.15, 0), (_HALF + 0.4, 0.2, _HALF + 0.4)),
        tower.put(_SPIRE, copper, (0, top + 7.3, 0), (_HALF + 0.35, 7.0, _HALF + 0.35)),
        tower.put(BALL, gold, (0, top + 14.4, 0), 0.42),
        tower.put(CUBE, gold, (0, top + 16.0, 0), (0.09, 1.3, 0.09)),
        tower.put(CUBE, gold, (0, top + 16.4, 0), (0.55, 0.09, 0.09)),
    ]
