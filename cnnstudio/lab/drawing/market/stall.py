"""The stall: its tables, its awning, its lights and its sign."""

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import smoothstep
from cnnstudio.lab.drawing.capitals import lettered, looked_up
from cnnstudio.lab.drawing.light import light, over
from cnnstudio.lab.drawing.market import fruit
from cnnstudio.lab.drawing.market.crates import Triple, crate, price
from cnnstudio.lab.drawing.market.surfaces import cloth, wood
from cnnstudio.lab.drawing.space.paints import GRAIN, plain
from cnnstudio.lab.drawing.space.shapes import BALL, Card, Numbers
from cnnstudio.lab.drawing.space.things import Surface, Thing, block, chain, place, rod, turned

_OAK = wood("#94704a", "#523820")
_LEFT, _RIGHT = -0.95, 1.75
_EDGE, _BACK = (1.92, -0.72), (2.42, 1.08)  # of the awning: up, away
_MIDDLE, _HALF, _STRIPE = 0.4, 1.36, 0.17  # of the awning, across
# Rows of crates: how high, how far; in each crate a fruit, its size, its layers, its price.
_ROWS = (
    (0.28, -0.82, (
        (fruit.orange, 0.047, 2, "2.40"), (fruit.apple("#e8c850", "#b81820"), 0.044, 2, "1.90"),
        (fruit.citrus("#b8dc40", "#5c9c1c", 1.15), 0.036, 2, "3.20"), (fruit.plum, 0.03, 3, "2.80"),
    )),
    (0.62, -0.37, (
        (fruit.berry("#7088d0", "#20285c"), 0.0185, 2, "4.50"),
        (fruit.citrus("#ffec40", "#f4c010"), 0.04, 2, "2.10"),
        (fruit.tomato, 0.044, 2, "2.60"), (fruit.apple("#a8cc48", "#86b430"), 0.045, 2, "1.70"),
    )),
    (0.96, 0.08, (
        (fruit.peach, 0.044, 2, "3.60"), (fruit.melon, 0.098, 1, "1.20"),
        (fruit.pumpkin("#f08c1c", "#b8500c"), 0.07, 2, "2.20"),
        (fruit.berry("#a04878", "#3c1038"), 0.022, 2, "4.10"),
    )),
)  # fmt: skip


def display(rng: np.random.Generator) -> list[Thing]:
    """Set up three rows of crates, each on its table."""
    things = []
    for up, away, kinds in _ROWS:
        board = (_LEFT, up - 0.13, away - 0.22), (_RIGHT, up - 0.1, away + 0.24)
        things.append(block(*board, _OAK))
        for number, (kind, size, layers, figures) in enumerate(kinds):
            at = -0.68 + 0.545 * number + rng.normal(0, 0.008), up, away
            things += crate(rng, at, kind, size, layers) + price(rng, at, figures)
    skirt = cloth(("#176a70", "#eae2ca"), 0.09, 0.02, 0.0)
    things.append(block((_LEFT, 0.0, -1.04), (_RIGHT, 0.15, -1.02), skirt))
    for x in (_LEFT + 0.03, _RIGHT - 0.03):
        things.append(block((x - 0.02, 0, 0.2), (x + 0.02, 0.9, 0.26), _OAK))
    return things


def _scalloped(x: Numbers, y: Numbers) -> NDArray[np.bool_]:
    lobe = ((_MIDDLE + _HALF * x) / _STRIPE - 0.5) % 1 * 2 - 1
    return np.asarray(y > -0.35 - 0.62 * np.sqrt(np.maximum(0, 1 - lobe**2)))


def awning() -> list[Thing]:
    """Stretch striped cloth over the stall, its edge cut in scallops, on two posts."""
    stripes = cloth(("#c8281e", "#f6efe2"), _STRIPE, 0.03, 0.4)
    (low, near), (high, far) = _EDGE, _BACK
    lean = turned("x", 90 - np.degrees(np.arctan2(high - low, far - near)))
    half = (_HALF, np.hypot(high - low, far - near) / 2, 1)
    roof = place(Card(), stripes, (_MIDDLE, (low + high) / 2, (near + far) / 2), half, lean)
    hem = place(Card(_scalloped), stripes, (_MIDDLE, low - 0.085, near - 0.002), (_HALF, 0.09, 1))
    left, right = _MIDDLE - _HALF, _MIDDLE + _HALF
    posts = [
        rod((x, 0, near + 0.03), (x, low, near + 0.03), 0.02, _OAK)
        for x in (left + 0.03, right - 0.03)
    ]
    return [roof, hem, *posts, rod((left, low, near), (right, low, near), 0.013, _OAK)]


def lights(rng: np.random.Generator) -> list[Thing]:
    """Hang a string of bulbs below the awning."""
    wire, brass = Surface(plain("#181818")), Surface(plain("#b08a3c"), gloss=0.7)
    glass = Surface(plain("#ffe0a0"), gloss=0.8, shine=80, glow=1.6)
    x = np.linspace(-0.9, 1.7, 11)
    y = 1.74 - 0.05 * (np.arange(11) % 2 == 0) + rng.normal(0, 0.006, 11)
    knots = np.stack([x, y, np.full(11, -0.62)], 1)
    things = chain(knots, 0.004, wire)
    for knot in knots:
        things.append(rod(knot, knot - np.array([0, 0.035, 0]), 0.012, brass))
        things.append(place(BALL, glass, knot - np.array([0, 0.06, 0]), (0.026, 0.033, 0.026)))
    return things


def _banana(_: Numbers, at: Numbers) -> Numbers:
    x, y, z = at
    tone = light("#f8d030", 1) * (0.85 + 0.3 * GRAIN.at(x * 60, y * 30, 3))
    freckle = smoothstep(0.72, 0.8, GRAIN.at(x * 150 + z * 90, y * 120, 2))
    return np.asarray(tone * (1 - 0.6 * freckle))


def bananas(rng: np.random.Generator, at: Triple) -> list[Thing]:
    """Hang up a bunch of bananas, fanned around their stalk."""
    skin, tip = Surface(_banana, gloss=0.25, shine=16), Surface(plain("#5a4a20"))
    x, y, z = at
    things = [rod(at, (x, y + 0.12, z), 0.014, Surface(plain("#7a7a38")))]
    for turn in np.radians(np.arange(80, 281, 25)) + rng.normal(0, 0.05, 9):
        for t in np.linspace(0, 1, 18):
            out = 0.085 * np.sin(2.4 * t) + 0.015
            spot = x + out * np.sin(turn), y - 0.25 * t, z + out * np.cos(turn)
            radius = 0.019 * min(1, 0.45 + 3 * t, 0.5 + 3.5 * (1 - t))
            things.append(place(BALL, tip if t > 0.97 else skin, spot, radius))
    return things


def sign(
    words: str, at: Triple, half: tuple[float, float], colours: tuple[str, str]
) -> list[Thing]:
    """Put up a painted board with a frame."""
    (x, y, z), (w, h) = at, half
    board = lettered(words, w / h, 1.15, 96)
    ground, gold = colours

    def paint(on: Numbers, _: Numbers) -> Numbers:
        u, v = 0.5 + on[0] / 2, 0.5 - on[1] / 2
        tone = light(ground, 1) * (0.85 + 0.3 * GRAIN.at(on[0] * 5, on[1] * 20, 3))
        cast = looked_up(board, u - 0.006, v - 0.05)
        return over(tone * (1 - 0.6 * cast), gold, looked_up(board, u, v))

    frame = wood("#e0b860", "#a87c2c")
    things = [
        block((x - w, y - h, z - 0.02), (x + w, y + h, z), Surface(paint, gloss=0.3, shine=30))
    ]
    for end in (-1, 1):
        up, aside = y + end * h, x + end * w
        things.append(block((x - w, up - 0.015, z - 0.035), (x + w, up + 0.015, z), frame))
        things.append(block((aside - 0.015, y - h, z - 0.035), (aside + 0.015, y + h, z), frame))
    return things
