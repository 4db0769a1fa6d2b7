"""The village: which houses stand where, and which trees between them."""

import numpy as np

from cnnstudio.lab.drawing.lake.church import church
from cnnstudio.lab.drawing.lake.facade import Facade
from cnnstudio.lab.drawing.lake.forest import BROAD, LARCH, SPRUCE, Nursery, Planted
from cnnstudio.lab.drawing.lake.houses import House, house
from cnnstudio.lab.drawing.lake.relief import ground, shore
from cnnstudio.lab.drawing.space.paints import plain
from cnnstudio.lab.drawing.space.shapes import BALL
from cnnstudio.lab.drawing.space.things import Surface, Thing, place

_WALLS = ("#f0e8d8", "#e8dcc0", "#f4f0e8", "#e6cfae", "#ecd8c8")
_TIMBER = ("#7a4c2c", "#8c5a34", "#6a4228", "#94683c")
_SHUTTERS = ("#2c5c3c", "#8c2c24", "#30506c", "#5c3c24", "#3c6c54")
_ROOFS = ("#86604c", "#94553f", "#7c6a5c", "#a0604a", "#6e625a")
# Rows of houses: how far from the water, how far apart, from where to where.
_ROWS = (
    (15, 19, -118, 52),
    (38, 20, -128, 34),
    (62, 24, -150, 20),
    (92, 34, -170, 10),
    (128, 50, -190, 60),
)
_HOTEL = 6  # the lot it stands on
Places = list[tuple[float, float]]


def _inland(x: float, away: float) -> float:
    return float(shore(np.array([x], np.float32))[0]) + away


def _lots(rng: np.random.Generator) -> Places:
    """Say where houses may stand: right and away, row behind row."""
    lots = []
    for away, gap, left, right in _ROWS:
        for x in (np.arange(left, right, gap) + rng.uniform(0, 6)).tolist():
            at = x + rng.normal(0, 1.5)
            lots.append((at, _inland(at, away + rng.normal(0, 2.5))))
    return lots


def houses(rng: np.random.Generator) -> tuple[list[Thing], Places]:
    """Build the village; return its things, and where they stand."""
    middle = -52.0, _inland(-52, 58)
    things = church(middle[0], ground(*middle) - 0.3, middle[1], -14)
    taken = [middle, (middle[0] - 3, middle[1] - 14)]
    for number, (x, z) in enumerate(_lots(rng)):
        if min(np.hypot(x - a, z - b) for a, b in taken) > 14:
            taken.append((x, z))
            things += house(_house(rng, x, z, "HOTEL" if number == _HOTEL else ""))
    return things, taken


def _house(rng: np.random.Generator, x: float, z: float, words: str) -> House:
    def one(of: tuple[str, ...]) -> str:
        return of[rng.integers(len(of))]

    storeys = (2 if rng.random() < 0.7 else 3) + bool(words)
    timber = "" if rng.random() < 0.3 or words else one(_TIMBER)
    facade = Facade(storeys, one(_WALLS), timber, one(_SHUTTERS), abs(1.7 * x + z), words)
    turn = rng.normal(0, 9) + (90 if rng.random() < 0.25 and not words else 0)
    wide, deep = rng.uniform(4.6, 6.2) + 1.5 * bool(words), rng.uniform(5.0, 7.5)
    at = x, ground(x, z) - 0.2, z
    return House(at, turn, wide, deep, facade, one(_ROOFS), rng.uniform(0.5, 0.72))


def gardens(rng: np.random.Generator, nursery: Nursery, taken: Places) -> list[Planted]:
    """Plant trees where no house stands; few of them right before a house."""
    homes = np.array(taken)
    found: list[Planted] = []
    spots = np.empty((0, 2))
    while len(found) < 130:
        x = rng.uniform(-170, 95)
        at = np.array([x, _inland(x, rng.uniform(4, 175))])
        gap = homes - at
        room, crowd = np.hypot(*gap.T).min(), np.hypot(*(spots - at).T).min(initial=99)
        hides = ((np.abs(gap[:, 0]) < 7) & (gap[:, 1] > 0) & (gap[:, 1] < 16)).any()
        if 9.5 < room < 40 and crowd > 5.5 and at[1] < 420 and rng.random() > 0.8 * hides:
            kind = (SPRUCE, LARCH, BROAD, BROAD, BROAD, BROAD)[rng.integers(6)]
            tall = rng.uniform(6, 13) + 5 * (kind == SPRUCE)
            found.append(nursery.tree(kind, float(at[0]), float(at[1]), tall))
            spots = np.concatenate([spots, at[None]])
    return found


def crowns(trees: list[Planted]) -> list[Thing]:
    """Return eggs as large as the crowns of trees, to throw their shadows."""
    leaves = Surface(plain("#404040"))
    egg = np.array([0.24, 0.44, 0.24])
    return [
        place(
            BALL,
            leaves,
            (each.x, ground(each.x, each.z) + 0.56 * each.tall, each.z),
            egg * each.tall,
        )
        for each in trees
    ]
