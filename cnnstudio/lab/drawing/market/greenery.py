"""What grows around the stall: ivy up the wall and flowers in buckets."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.light import mixed
from cnnstudio.lab.drawing.market.crates import Triple
from cnnstudio.lab.drawing.space.paints import GRAIN, plain
from cnnstudio.lab.drawing.space.shapes import BALL, ROD, Card, Numbers, Rod
from cnnstudio.lab.drawing.space.things import Spot, Stand, Surface, Thing, place, rod, turned


@dataclass(frozen=True, eq=False)
class _Stem:
    foot: Spot
    head: Spot


def _leaf(dark: str, pale: str) -> Surface:
    def paint(on: Numbers, at: Numbers) -> Numbers:
        ribs = np.abs(np.abs(on[0]) * 1.2 - (on[1] * 2.4) % 0.55) < 0.05
        tone = mixed(dark, pale, GRAIN.at(at[0] * 9 + at[2] * 5, at[1] * 9, 2))
        return np.asarray(tone * (1 + 0.35 * (ribs | (np.abs(on[0]) < 0.05))))

    return Surface(paint, gloss=0.3, shine=14, thin=0.3)


def _lobed(x: Numbers, y: Numbers) -> NDArray[np.bool_]:
    lobes = 0.35 + 0.65 * np.abs(np.cos(2.6 * (y + 1)))
    return np.asarray(np.abs(x) < 0.95 * np.sqrt(np.maximum(1 - y, 0)) * lobes)


_IVY = Card(_lobed)
_BLADE = Card(lambda x, y: np.abs(x) < 1.05 * (1 - y * y) * (0.6 - 0.4 * y))


def ivy(rng: np.random.Generator, count: int) -> list[Thing]:
    """Let ivy climb the corner of the house."""
    kinds = [_leaf("#1c4416", "#3c7a28"), _leaf("#28561c", "#5c9838"), _leaf("#183c1c", "#2c6430")]
    things = []
    for _ in range(count):
        up = 3.2 * rng.random() ** 0.8
        reach = 0.75 * (0.35 + 0.65 * GRAIN.at(up * 1.1, 3.0, 2).item()) * (1.1 - 0.22 * up)
        at = -0.78 + reach * rng.random() ** 1.4, up, 1.08 - 0.05 * rng.random()
        if rng.random() < 0.3:  # around the corner
            at = -0.78 - 0.04 * rng.random(), up, 1.1 + 0.5 * rng.random()
        hangs = turned("z", rng.normal(180, 35)) @ turned("x", rng.normal(-25, 22))
        lean = hangs @ turned("y", rng.normal(0, 25))
        things.append(place(_IVY, kinds[rng.integers(3)], at, rng.uniform(0.028, 0.05), lean))
    return things


def _bucket(at: Triple, wide: float, high: float) -> list[Thing]:
    zinc, earth = (
        Surface(plain("#9aa4ac", 0.25, 12), gloss=0.9, shine=18),
        Surface(plain("#282018")),
    )
    stand = Stand(at)
    return [
        stand.put(Rod(1.3), zinc, (0, high / 2, 0), (wide, high / 2, wide)),
        stand.put(ROD, earth, (0, high, 0), (1.24 * wide, 0.004, 1.24 * wide)),
        stand.put(ROD, zinc, (0, 0.35 * high, 0), (1.13 * wide, 0.008, 1.13 * wide)),
    ]


def _stems(
    rng: np.random.Generator, at: Triple, count: int, spread: float, tall: float
) -> list[_Stem]:
    """Put stems into a bucket, the heads spread like seeds in a sunflower."""
    stand = Stand(at)
    found = []
    for number in range(count):
        turn, away = number * 2.4, spread * np.sqrt((number + 0.5) / count)
        x, z = away * np.cos(turn), away * np.sin(turn)
        head = stand.spot(x, tall * rng.uniform(0.75, 1.05) - 0.5 * away, z)
        found.append(_Stem(stand.spot(0.3 * x, 0, 0.3 * z), head))
    return found


def _green(rng: np.random.Generator, stems: list[_Stem], count: int) -> list[Thing]:
    """Return the stems as things, with `count` leaves."""
    kinds = [_leaf("#2c6420", "#58982c"), _leaf("#3c7828", "#78b040")]
    bare = Surface(plain("#4c8430"))
    things = [rod(stem.foot, stem.head, 0.005, bare) for stem in stems]
    for _ in range(count):
        stem = stems[rng.integers(len(stems))]
        grows = stem.foot + (stem.head - stem.foot) * rng.uniform(0.2, 0.85)
        turn = turned("y", rng.uniform(0, 360)) @ turned("x", rng.uniform(-75, -20))
        leaf = Stand(grows, turn).put(
            _BLADE, kinds[rng.integers(2)], (0, 0.05, 0), (0.02, 0.065, 1)
        )
        things.append(leaf)
    return things


def tulips(
    rng: np.random.Generator, at: Triple, colours: tuple[str, ...], count: int
) -> list[Thing]:
    """Fill a bucket with tulips."""
    stems = _stems(rng, (at[0], at[1] + 0.24, at[2]), count, 0.19, 0.34)
    things = _bucket(at, 0.11, 0.26) + _green(rng, stems, 2 * count)
    for stem in stems:
        petal = plain(colours[rng.integers(len(colours))], 0.3, 30)
        skin = Surface(petal, gloss=0.2, shine=12, thin=0.35)
        for turn in np.radians(np.arange(3) * 120 + rng.uniform(0, 360)):
            out = 0.014 * np.array([np.cos(turn), 0, np.sin(turn)])
            things.append(place(BALL, skin, stem.head + out, (0.024, 0.042, 0.024)))
    return things


def sunflowers(rng: np.random.Generator, at: Triple, count: int) -> list[Thing]:
    """Fill a bucket with sunflowers that look towards the light."""
    stems = _stems(rng, (at[0], at[1] + 0.28, at[2]), count, 0.25, 0.55)
    gold = [Surface(plain(each, 0.25), thin=0.4) for each in ("#f8b810", "#fccc24", "#f0a008")]
    seeds = Surface(plain("#3c2010", 0.8, 160))
    things = _bucket(at, 0.13, 0.3) + _green(rng, stems, 3 * count)
    for stem in stems:
        face = Stand(stem.head, turned("y", rng.normal(-12, 22)) @ turned("x", rng.normal(18, 14)))
        things.append(face.put(BALL, seeds, (0, 0, 0), (0.042, 0.042, 0.016)))
        for number in range(30):
            ring = number % 2
            turn = face.turn @ turned("z", 12 * number) @ turned("x", 12 + 10 * ring)
            petal = Stand(face.spot(0, 0, -0.004 * ring), turn)
            kind = gold[rng.integers(len(gold))]
            things.append(petal.put(_BLADE, kind, (0, 0.068, 0), (0.017, 0.04, 1)))
    return things


def lavender(rng: np.random.Generator, at: Triple, count: int) -> list[Thing]:
    """Fill a bucket with lavender."""
    stems = _stems(rng, (at[0], at[1] + 0.22, at[2]), count, 0.16, 0.34)
    violet = [Surface(plain(each, 0.4, 120)) for each in ("#7c58b8", "#9470cc", "#6444a4")]
    things = _bucket(at, 0.1, 0.24) + _green(rng, stems, 0)
    for stem in stems:
        way = (stem.head - stem.foot) / np.linalg.norm(stem.head - stem.foot)
        for step in range(5):
            kind = violet[rng.integers(len(violet))]
            things.append(place(BALL, kind, stem.head - 0.019 * step * way, 0.012))
    return things
