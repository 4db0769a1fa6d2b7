"""What the stall and the houses are made of: brick, setts, wood, cloth."""

import numpy as np

from cnnstudio.lab.drawing.canvas import smoothstep
from cnnstudio.lab.drawing.light import light, mixed, over
from cnnstudio.lab.drawing.space.paints import GRAIN
from cnnstudio.lab.drawing.space.shapes import Numbers
from cnnstudio.lab.drawing.space.things import Surface

_BRICK = np.float32(0.225), np.float32(0.072)  # metres along and up, with their joints
_SETT = np.float32(0.15), np.float32(0.115)


def _bond(across: Numbers, up: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Lay bricks: return the number of each along and up, and how far its joint is, in metres."""
    long, tall = _BRICK
    course = np.floor(up / tall)
    along = across / long + 0.5 * (course % 2)
    number = np.floor(along)
    aside = (0.5 - np.abs(along - number - 0.5)) * long
    above = (0.5 - np.abs(up / tall - course - 0.5)) * tall
    return number, course, np.minimum(aside, above)


def brick() -> Surface:
    """Build a wall of old bricks that faces us or the street."""

    def paint(_: Numbers, at: Numbers) -> Numbers:
        x, y = at[0] + at[2], at[1]
        number, course, edge = _bond(x, y)
        pick = GRAIN.at(number * 1.7 + 3, course * 1.3)
        tone = mixed("#8a3a28", "#c0704c", pick) * (0.75 + 0.5 * GRAIN.at(x * 60, y * 90, 3))
        tone = over(tone, "#402018", 0.45 * (pick < 0.22))
        joint = edge < 0.0055 + 0.004 * (GRAIN.at(x * 40, y * 40, 2) - 0.5)
        mortar = light("#b3a38e", 1) * (0.8 + 0.4 * GRAIN.at(x * 90, y * 90, 2))
        stain = 0.75 + 0.4 * GRAIN.at(x * 1.6, y * 0.9, 4)
        return np.asarray(np.where(joint, mortar, tone) * stain)

    def relief(at: Numbers) -> Numbers:
        x, y = at[0] + at[2], at[1]
        edge = smoothstep(0.002, 0.008, _bond(x, y)[2])
        return np.asarray(0.004 * edge + 0.003 * GRAIN.at(x * 70, y * 90, 2))

    return Surface(paint, relief=relief)


def _paving(x: Numbers, z: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Pave: return two numbers that name each stone, and how far its joint is, 0..1."""
    wide, deep = _SETT
    row = np.floor(z / deep)
    along = x / wide + 4 * GRAIN.at(row * 1.9, 0.5)
    column = np.floor(along)
    u, v = np.abs(along - column - 0.5), np.abs(z / deep - row - 0.5)
    wobble = 0.06 * (GRAIN.at(x * 30, z * 30, 2) - 0.5)
    return row, column, np.asarray(1 - 2 * np.maximum(u, v) + wobble)


def setts() -> Surface:
    """Pave the square with domed granite setts."""

    def paint(_: Numbers, at: Numbers) -> Numbers:
        x, _, z = at
        row, column, inside = _paving(x, z)
        tone = mixed("#6b6660", "#a39b90", GRAIN.at(row * 1.7, column * 1.3))
        tone = tone * (0.8 + 0.4 * GRAIN.at(x * 120, z * 120, 2))
        earth = light("#4a4034", 1) * (0.6 + 0.8 * GRAIN.at(x * 80, z * 80, 2))
        return over(tone, earth, smoothstep(0.16, 0.06, inside))

    def relief(at: Numbers) -> Numbers:
        x, _, z = at
        dome = smoothstep(0.0, 0.7, _paving(x, z)[2])
        return np.asarray(0.018 * dome + 0.002 * GRAIN.at(x * 90, z * 90, 2))

    return Surface(paint, gloss=0.25, shine=14, relief=relief)


def wood(pale: str, dark: str) -> Surface:
    """Cut a board; its grain runs along x of the shape."""

    def paint(on: Numbers, at: Numbers) -> Numbers:
        x, across = on[0], on[1] + on[2]
        wavy = across * 9 + 4 * GRAIN.at(x * 2, across, 2)
        lines = GRAIN.at(x * 3 + at[2] * 3, wavy, 3)
        worn = GRAIN.at(at[0] * 9, at[1] * 9 + at[2] * 5, 3)
        return np.asarray(mixed(dark, pale, smoothstep(0.15, 0.8, lines)) * (0.7 + 0.6 * worn))

    return Surface(paint, gloss=0.12, shine=10)


def cloth(stripes: tuple[str, str], wide: float, folds: float, thin: float) -> Surface:
    """Weave a cloth with stripes that run up and down."""

    def paint(_: Numbers, at: Numbers) -> Numbers:
        x, fall = at[0], at[1] + at[2]
        edge = np.abs((x / wide) % 2 - 1) - 0.5
        tone = mixed(*stripes, smoothstep(-0.012, 0.012, edge))
        weave = 0.94 + 0.12 * GRAIN.at(x * 260, fall * 260)
        return np.asarray(tone * weave * (0.9 + 0.2 * GRAIN.at(x * 5, fall * 3, 3)))

    def relief(at: Numbers) -> Numbers:
        x, y, z = at
        waves = 0.5 * np.sin(x * 21 + 2 * GRAIN.at(x * 2, y * 2))
        return np.asarray(folds * (waves + GRAIN.at(x * 9, (y + z) * 3, 2)))

    return Surface(paint, relief=relief, thin=thin)
