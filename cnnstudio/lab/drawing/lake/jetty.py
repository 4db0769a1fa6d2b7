"""The jetty: weathered planks on posts, a sign, a lantern, a rope."""

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import smoothstep
from cnnstudio.lab.drawing.capitals import lettered, looked_up
from cnnstudio.lab.drawing.lake.relief import HILLS
from cnnstudio.lab.drawing.light import light, over
from cnnstudio.lab.drawing.space.paints import plain
from cnnstudio.lab.drawing.space.shapes import BALL, CUBE, ROD, Numbers
from cnnstudio.lab.drawing.space.things import (
    Spot,
    Stand,
    Surface,
    Thing,
    chain,
    place,
    rod,
    turned,
)

_FROM, _TO = np.array([6.6, 0.62, 9.5]), np.array([2.3, 0.62, 25.5])
_HALF, _STEP = 0.85, 0.165  # half as wide as the jetty; from plank to plank
_LONG = float(np.linalg.norm(_TO - _FROM))
_AHEAD = (_TO - _FROM) / _LONG
_ASIDE = np.array([_AHEAD[2], 0.0, -_AHEAD[0]])
_UP = np.array([0.0, 1.0, 0.0])
_DECK = Stand(_FROM, np.stack([_ASIDE, _UP, _AHEAD], 1))  # across, up from the deck, ahead
_PLANKS = ("#a8a094", "#948a7c", "#b4a898", "#a09078", "#8c8478")
MOORING = np.array([2.85, 0.55, 19.6])


def weathered(colour: str, seed: float) -> Surface:
    """Silver wood: grain along x of the shape, cracks, nails."""

    def paint(on: Numbers, _: Numbers) -> Numbers:
        x, z = on[0] * 1.2 + seed, (on[2] + 0.7 * on[1]) * 4 + seed
        lines = HILLS.at(x * 1.5, z * 2.2 + 2.5 * HILLS.at(x, z * 0.4, 2), 4)
        above = on[1] > 0.99
        crack = smoothstep(0.62, 0.68, HILLS.at(on[0] * 2.1 + seed, on[2] * 7 + seed, 2)) * above
        nail = np.hypot((np.abs(on[0]) - 0.86) * 14, on[2] * 1.4 - 0.2) < 0.2
        return over(
            light(colour, 1) * (0.45 + 0.95 * lines) * (1 - 0.6 * crack), "#3a2c24", nail & above
        )

    def relief(at: Numbers) -> Numbers:
        return np.asarray(0.003 * HILLS.at(at[0] * 40, at[2] * 40 + at[1] * 30, 2))

    return Surface(paint, gloss=0.15, shine=12, relief=relief)


def _bark(on: Numbers, at: Numbers) -> Numbers:
    """Paint a post: dry above, green where the waves wet it."""
    turn = np.arctan2(on[0], on[2]) * 5
    tone = light("#7c6a56", 1) * (0.5 + 0.9 * HILLS.at(turn * 1.4, at[1] * 1.3, 4))
    alga = light("#2c3418", 1) * (0.5 + HILLS.at(turn * 3, at[1] * 14, 2))
    return over(tone, alga, smoothstep(0.32, 0.1, at[1] + 0.1 * HILLS.at(turn, 0.5)))


def _hemp(on: Numbers, _: Numbers) -> Numbers:
    twist = on[1] * 9 + np.arctan2(on[0], on[2])
    return np.asarray(light("#d8c498", 1) * (0.5 + 0.7 * (twist % 1)))


def _post(foot: Spot, top: float, radius: float) -> list[Thing]:
    """Ram a post into the bed of the lake, up to the height `top`."""
    head = np.array([foot[0], top, foot[2]])
    end = Surface(plain("#8a7c6c", 0.4, 60))
    return [
        rod((foot[0], -0.9, foot[2]), head, radius, Surface(_bark)),
        place(ROD, end, head, (radius * 0.98, 0.004, radius * 0.98)),
    ]


def rope(a: Spot, b: Spot, sag: float) -> list[Thing]:
    """Let a rope hang from a to b."""
    t = np.linspace(0, 1, 15)[:, None]
    return chain(a + (b - a) * t - 4 * sag * _UP * t * (1 - t), 0.014, Surface(_hemp))


def _sign(words: str, foot: Spot) -> list[Thing]:
    board = lettered(words, 2.6, 1.05, 96)

    def paint(on: Numbers, _: Numbers) -> Numbers:
        ink = looked_up(board, 0.5 + on[0] / 2, 0.5 - on[1] / 2)
        frame = (np.abs(on[0]) > 0.95) | (np.abs(on[1]) > 0.88)
        tone = light("#1c4c7c", 1) * (0.8 + 0.4 * HILLS.at(on[0] * 3, on[1] * 9, 3))
        tone = over(tone, "#f4f0e4", np.maximum(ink, frame))
        return over(tone, "#8a7a64", smoothstep(0.66, 0.74, HILLS.at(on[0] * 9 + 5, on[1] * 5, 4)))

    board_at = Stand(foot, turned("y", -14))
    panel = board_at.put(CUBE, Surface(paint, gloss=0.2), (-0.02, 1.55, -0.1), (0.72, 0.28, 0.025))
    return [*_post(foot, 2.35, 0.07), panel]


def _lantern(foot: Spot) -> list[Thing]:
    iron = Surface(plain("#1c2024"), gloss=0.5)
    glass = Surface(plain("#ffd890"), gloss=0.6, glow=0.7)
    stand = Stand(foot)
    return [
        rod(foot, foot + 3 * _UP, 0.035, iron),
        stand.put(ROD, iron, (0, 0.5, 0), (0.07, 0.5, 0.07)),
        stand.put(CUBE, glass, (0, 3.14, 0), (0.1, 0.14, 0.1)),
        stand.put(CUBE, iron, (0, 3.3, 0), (0.14, 0.03, 0.14)),
        stand.put(CUBE, iron, (0, 2.99, 0), (0.12, 0.015, 0.12)),
        stand.put(BALL, iron, (0, 3.36, 0), 0.035),
    ]


def _planking(rng: np.random.Generator) -> list[Thing]:
    """Lay planks across two beams, none quite like the next."""
    quarter = turned("y", 90)
    beam = weathered("#7a6a58", 3.0)
    half = _LONG / 2, 0.08, 0.06
    things = [
        _DECK.put(CUBE, beam, (side, -0.16, _LONG / 2), half, quarter) for side in (-0.6, 0.6)
    ]
    for number in range(int(_LONG / _STEP)):
        wood = weathered(_PLANKS[rng.integers(len(_PLANKS))], float(rng.uniform(0, 50)))
        lean = turned("y", rng.normal(0, 0.5)) @ turned("z", rng.normal(0, 0.4))
        at = rng.normal(0, 0.02), -0.04 + rng.normal(0, 0.004), number * _STEP
        things.append(_DECK.put(CUBE, wood, at, (_HALF, 0.032, 0.073), lean))
    return things


def jetty(rng: np.random.Generator) -> list[Thing]:
    """Build the jetty."""
    things = _planking(rng)
    ahead: NDArray[np.float64] = np.arange(1.2, _LONG, 2.5)
    for along in ahead.tolist():
        for side in (-1, 1):
            tall = 0.95 + rng.uniform(-0.05, 0.12) if along > _LONG - 3 or side > 0 else 0.66
            things += _post(_DECK.spot(side * (_HALF + 0.1), 0, along), tall, 0.115)
    for along in ahead[:-1].tolist():
        a, b = (_DECK.spot(_HALF + 0.1, 0.2, along + more) for more in (0, 2.5))
        things += rope(a, b, 0.16)
    things += _sign("BOATS", _DECK.spot(-_HALF - 0.1, -0.62, _LONG - 6.2))
    return things + _lantern(_DECK.spot(_HALF + 0.1, -0.62, _LONG - 0.4))
