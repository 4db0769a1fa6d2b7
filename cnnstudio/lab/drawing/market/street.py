"""The street behind the stall: painted houses, roofs, flags across it."""

import numpy as np

from cnnstudio.lab.drawing.canvas import smoothstep
from cnnstudio.lab.drawing.light import light, over
from cnnstudio.lab.drawing.market.surfaces import brick, setts
from cnnstudio.lab.drawing.space.paints import GRAIN, plain
from cnnstudio.lab.drawing.space.shapes import Block, Card, Numbers
from cnnstudio.lab.drawing.space.things import Surface, Thing, block, chain, place, turned

_GABLE = Block([(2, 1, 0, 1), (-2, 1, 0, 1), (0, -1, 0, 1), (0, 0, 1, 1), (0, 0, -1, 1)])
_ROW = -6.0  # how far to the left the row of houses stands
_HOUSES = (
    # begins, ends, height, wall, shutters, roof
    (5.0, 9.5, 4.6, "#f0c468", "#2c6448", "#b0563c"),
    (9.5, 14.0, 5.6, "#d87868", "#f0e8d8", "#98503c"),
    (14.0, 20.0, 4.8, "#88b0d0", "#f4ecdc", "#a85a40"),
    (20.0, 26.0, 6.0, "#f2e6c8", "#a83c30", "#8c4834"),
    (26.0, 34.0, 5.2, "#a8c088", "#5c4030", "#b0604a"),
    (34.0, 44.0, 6.4, "#e8a878", "#305878", "#98503c"),
)
_COLOURS = ("#e03c30", "#f8c820", "#2c9c58", "#2878c8", "#8044c0", "#f080a8", "#ffffff")


def _front(wall: str, shutter: str, size: tuple[float, float], start: float) -> Surface:
    """Plaster a house front and cut windows with shutters into it, a bay wide and a storey high."""
    bay, storey = size

    def paint(_: Numbers, at: Numbers) -> Numbers:
        along, y = at[0] + at[2], at[1]
        u, v = np.abs((along - start) / bay % 1 - 0.5), y / storey % 1
        tone = light(wall, 1) * (0.82 + 0.3 * GRAIN.at(along * 0.8, y * 0.5, 4))
        tone = tone * (0.85 + 0.15 * smoothstep(0, 0.8, y))
        tone = over(tone, "#f0ece0", np.abs(v - 0.02) < 0.02)
        tall = (v > 0.28) & (v < 0.78)
        slats = light(shutter, 1) * (0.75 + 0.5 * (v * 24 % 1))
        tone = np.where(tall & (u < 0.36), slats, tone)
        tone = over(
            tone, "#f0ece0", (tall & (u < 0.2)) | ((np.abs(v - 0.265) < 0.015) & (u < 0.24))
        )
        sky = 0.8 * smoothstep(0.45, 0.6, GRAIN.at(along, y * 0.8, 2))
        glass = light("#2c3a48", 1) + light("#9cc0e8", 1) * sky
        pane = (u < 0.175) & (u > 0.018) & (v > 0.3) & (v < 0.76) & (np.abs(v - 0.58) > 0.01)
        return np.asarray(np.where(pane, glass, tone))

    return Surface(paint)


def _tiles(red: str) -> Surface:
    def paint(_: Numbers, at: Numbers) -> Numbers:
        rows = at[1] / 0.16
        pick = GRAIN.at(np.floor((at[0] + at[2]) / 0.2) * 1.7, np.floor(rows) * 1.3)
        lap = 0.7 + 0.3 * smoothstep(0, 0.5, rows % 1)
        return np.asarray(light(red, 1) * (0.6 + 0.6 * pick) * lap)

    return Surface(paint)


def wall() -> Thing:
    """Build the brick house behind the stall."""
    return block((-0.75, 0, 1.1), (7, 6, 6), brick())


def houses() -> list[Thing]:
    """Pave the street, build the row on its left and the house at its end."""
    things = [block((-80, -1, -8), (80, 0, 120), setts())]
    for begin, end, high, colour, shutter, roof in _HOUSES:
        front = _front(colour, shutter, ((end - begin) / 3, high / 2), begin + _ROW)
        half = (end - begin) / 2
        things += [
            block((-14, 0, begin), (_ROW, high, end), front),
            place(_GABLE, _tiles(roof), (-10, high + 1.6, begin + half), (4.2, 1.6, half)),
            block((-8.6, high + 1, begin + 1), (-8.0, high + 3.2, begin + 1.7), brick()),
        ]
    things.append(block((-6, 0, 52), (4, 9, 60), _front("#f0d8b8", "#4c7c8c", (1.7, 3.0), 46)))
    things.append(place(_GABLE, _tiles("#a05038"), (-1, 10.8, 56), (5.4, 1.8, 4.2)))
    return things


def flags(rng: np.random.Generator) -> list[Thing]:
    """String pennants across the street."""
    cord = Surface(plain("#f0f0f0"))
    pennant = Card(lambda x, y: np.abs(x) < (y + 1) / 2)
    things = []
    for z, right, high in ((4.5, -0.75, 3.9), (9.5, 1.0, 4.6)):
        x = np.linspace(_ROW, right, 25)
        y = high - 0.5 * np.sin(np.linspace(0, np.pi, 25))
        knots = np.stack([x, y, np.full_like(x, z)], 1)
        things += chain(knots, 0.008, cord)
        for number, spot in enumerate((knots[1:] + knots[:-1]) / 2):
            sway = turned("x", rng.normal(0, 25)) @ turned("y", rng.normal(0, 20))
            colour = Surface(plain(_COLOURS[number % len(_COLOURS)]), thin=0.5)
            hangs = spot - np.array([0, 0.15, 0])
            things.append(place(pennant, colour, hangs, (0.09, 0.15, 1), sway))
    return things
