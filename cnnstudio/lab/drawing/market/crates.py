"""Crates of fruit, tilted towards us, each with its price."""

import numpy as np

from cnnstudio.lab.drawing.capitals import lettered, looked_up
from cnnstudio.lab.drawing.light import light, over
from cnnstudio.lab.drawing.market.fruit import Kind
from cnnstudio.lab.drawing.market.heaps import heap
from cnnstudio.lab.drawing.market.surfaces import wood
from cnnstudio.lab.drawing.space.paints import GRAIN, plain
from cnnstudio.lab.drawing.space.shapes import CUBE, Card, Numbers
from cnnstudio.lab.drawing.space.things import Stand, Surface, Thing, place, rod, turned

Triple = tuple[float, float, float]
_WIDE, _DEEP, _HIGH = 0.5, 0.42, 0.11
_TILT = turned("x", -26)
_PINE = wood("#dcb47c", "#a8804c")


def crate(
    rng: np.random.Generator, at: Triple, kind: Kind, size: float, layers: int
) -> list[Thing]:
    """Nail a crate together and fill it."""
    boards: list[tuple[Triple, Triple]] = [((0, 0.008, 0), (_WIDE / 2, 0.008, _DEEP / 2))]
    for end in (-1, 1):
        for level in (0.3, 0.8):
            up, tall = _HIGH * level, _HIGH * 0.2
            boards.append(((0, up, end * _DEEP / 2), (_WIDE / 2, tall, 0.007)))
            boards.append(((end * _WIDE / 2, up, 0), (0.007, tall, _DEEP / 2)))
        for other in (-1, 1):
            corner = end * (_WIDE / 2 - 0.02), _HIGH * 0.55, other * (_DEEP / 2 - 0.02)
            boards.append((corner, (0.014, _HIGH * 0.6, 0.014)))
    stand = Stand(at, _TILT)
    things = [stand.put(CUBE, _PINE, spot, half) for spot, half in boards]
    for x, y, z in heap(rng, _WIDE - 0.02, _DEEP - 0.02, size, layers).tolist():
        things += kind(rng, stand.spot(x, y + 0.016, z), size * float(rng.uniform(0.93, 1.05)))
    return things


def price(rng: np.random.Generator, at: Triple, figures: str) -> list[Thing]:
    """Stick a chalked price into the back of a crate."""
    board = lettered(figures, 1.5, 0.8)

    def paint(on: Numbers, _: Numbers) -> Numbers:
        slate = light("#20282a", 1) * (0.8 + 0.6 * GRAIN.at(on[0] * 3, on[1] * 3, 3))
        tone = over(slate, "#f4f0e4", looked_up(board, 0.5 + on[0] / 2, 0.5 - on[1] / 2))
        return over(tone, "#a87444", np.maximum(np.abs(on[0]) * 1.02, np.abs(on[1])) > 0.9)

    foot = Stand(at, _TILT).spot(float(rng.uniform(-0.05, 0.05)), 0, 0.4 * _DEEP)
    top = foot + np.array([0, 0.25, 0])
    turn = turned("z", rng.normal(0, 4)) @ turned("x", 10)
    return [
        place(Card(), Surface(paint), top, (0.085, 0.057, 1), turn),
        rod(foot, top - np.array([0, 0.04, -0.006]), 0.006, Surface(plain("#8a6a48"))),
    ]
