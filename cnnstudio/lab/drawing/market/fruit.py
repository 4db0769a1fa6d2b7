"""Fruit: what grows round, and how its skin looks."""

from collections.abc import Callable

import numpy as np

from cnnstudio.lab.drawing.canvas import smoothstep
from cnnstudio.lab.drawing.light import light, mixed, over
from cnnstudio.lab.drawing.space.paints import GRAIN, plain
from cnnstudio.lab.drawing.space.shapes import BALL, HALF_BALL, Numbers
from cnnstudio.lab.drawing.space.things import (
    Relief,
    Spot,
    Stand,
    Surface,
    Thing,
    Turn,
    any_turn,
    place,
    rod,
    turned,
)

# Grows one fruit at a place, of some radius.
Kind = Callable[[np.random.Generator, Spot, float], list[Thing]]


def _leaning(rng: np.random.Generator, most: float) -> Turn:
    """Turn a fruit anyhow about its stem, and lean it."""
    first, last = (turned("y", rng.uniform(0, 360)) for _ in range(2))
    return first @ turned("x", rng.uniform(-most, most)) @ last


def _seed(rng: np.random.Generator) -> float:
    """Return where on the endless grain the skin of a fruit is cut out."""
    return float(rng.uniform(0, 60))


def _from_stem(on: Numbers) -> Numbers:
    return np.asarray(np.hypot(on[0], on[2]))


def _pores(deep: float) -> Relief:
    def relief(at: Numbers) -> Numbers:
        x, y, z = at * np.float32(320)
        return np.asarray(deep * (GRAIN.at(x + 0.5 * z, y + 0.4 * z) + GRAIN.at(z, y + x)))

    return relief


def apple(skin: str, blush: str) -> Kind:
    """Grow apples whose streaky blush leaves a bright ring around the stem."""

    def grow(rng: np.random.Generator, at: Spot, size: float) -> list[Thing]:
        s, ripe = _seed(rng), rng.uniform(-0.15, 0.3)

        def paint(on: Numbers, _: Numbers) -> Numbers:
            turn = np.arctan2(on[2], on[0]) * 4
            streak = 0.55 * GRAIN.at(turn * 2.2 + s, on[1] * 1.5 + s, 3)
            patch = 0.3 * (GRAIN.at(on[0] * 1.2 + s, on[2] * 1.2) - 0.5)
            share = 0.55 + ripe + streak + patch - 0.55 * smoothstep(0.5, 1, on[1])
            tone = mixed(skin, blush, smoothstep(0.25, 0.75, share))
            dots = smoothstep(0.78, 0.9, GRAIN.at(turn * 5 + s, on[1] * 16))
            hollow = smoothstep(0.34, 0.05, _from_stem(on)) * (np.abs(on[1]) > 0.5)
            return np.asarray((tone + 0.25 * dots * light("#f0e0a0", 1)) * (1 - 0.75 * hollow))

        stand = Stand(at, _leaning(rng, 50))
        body = Surface(paint, gloss=0.55, shine=60)
        stem = stand.spot(0, 0.8 * size, 0), stand.spot(0.12 * size, 1.22 * size, 0)
        return [
            stand.put(BALL, body, (0, 0, 0), (size, 0.92 * size, size)),
            rod(*stem, 0.07 * size, Surface(plain("#4a3018"))),
        ]

    return grow


def orange(rng: np.random.Generator, at: Spot, size: float) -> list[Thing]:
    """Grow an orange with its pores and the little star where it hung."""
    s = _seed(rng)

    def paint(on: Numbers, _: Numbers) -> Numbers:
        tone = mixed("#e86a08", "#ffa01c", GRAIN.at(on[0] * 1.3 + s, on[1] * 1.3 + on[2], 2))
        return over(tone, "#4a5a1c", smoothstep(0.17, 0.1, _from_stem(on)) * (on[1] > 0))

    skin = Surface(paint, gloss=0.4, shine=22, relief=_pores(0.0011))
    return [place(BALL, skin, at, (size, 0.96 * size, size), _leaning(rng, 80))]


def citrus(pale: str, deep: str, long: float = 1.25) -> Kind:
    """Grow lemons or limes: pointed at both ends."""

    def grow(rng: np.random.Generator, at: Spot, size: float) -> list[Thing]:
        s = _seed(rng)

        def paint(on: Numbers, _: Numbers) -> Numbers:
            tone = mixed(deep, pale, GRAIN.at(on[0] * 1.3 + s, on[1] * 1.3 + on[2], 2))
            return np.asarray(tone * (1 - 0.3 * smoothstep(0.9, 1, np.abs(on[1]))))

        skin = Surface(paint, gloss=0.45, shine=30, relief=_pores(0.0009))
        stand = Stand(at, turned("y", rng.uniform(0, 360)) @ turned("x", 90 + rng.normal(0, 16)))
        body = np.array([0.86, 0.86 * long, 0.86]) * size
        tip = np.array([0.26, 0.36, 0.26]) * size
        ends = [(0.0, 0.8 * end * long * size, 0.0) for end in (-1, 1)]
        return [
            stand.put(BALL, skin, (0, 0, 0), body),
            *(stand.put(BALL, skin, end, tip) for end in ends),
        ]

    return grow


def plum(rng: np.random.Generator, at: Spot, size: float) -> list[Thing]:
    """Grow a plum: dusty bloom over a dark skin, wiped off here and there."""
    s, blue = _seed(rng), float(rng.uniform(0, 1))

    def paint(on: Numbers, _: Numbers) -> Numbers:
        deep = mixed("#4a1038", "#2c1250", np.full_like(on[0], blue))
        dust = smoothstep(0.35, 0.75, GRAIN.at(on[0] * 1.6 + s, on[1] * 1.6 + on[2], 3))
        crease = smoothstep(0.1, 0.02, np.abs(on[0])) * (on[2] > 0)
        return np.asarray(over(deep, "#8a86c0", 0.55 * dust) * (1 - 0.5 * crease))

    skin = Surface(paint, gloss=0.35, shine=30)
    return [place(BALL, skin, at, (0.9 * size, 1.08 * size, 0.9 * size), any_turn(rng))]


def peach(rng: np.random.Generator, at: Spot, size: float) -> list[Thing]:
    """Grow a peach: velvet, golden on one side and crimson on the other."""
    s = _seed(rng)

    def paint(on: Numbers, _: Numbers) -> Numbers:
        patch = 0.5 * (GRAIN.at(on[1] * 2 + s, on[2] * 2, 3) - 0.5)
        share = smoothstep(0.2, 0.8, 0.5 + 0.45 * on[0] + patch)
        crease = smoothstep(0.08, 0.0, np.abs(on[2])) * (on[0] > -0.3)
        return np.asarray(mixed("#f6b04a", "#c8323c", share) * (1 - 0.35 * crease))

    skin = Surface(paint, gloss=0.18, shine=6)
    return [place(BALL, skin, at, (size, 0.95 * size, size), any_turn(rng))]


def berry(pale: str, deep: str) -> Kind:
    """Grow grapes or blueberries: small and dusty."""

    def grow(rng: np.random.Generator, at: Spot, size: float) -> list[Thing]:
        s = _seed(rng)

        def paint(on: Numbers, _: Numbers) -> Numbers:
            dust = GRAIN.at(on[0] + s, on[1] + on[2] + s, 2)
            return mixed(deep, pale, smoothstep(0.2, 0.8, dust))

        skin = Surface(paint, gloss=0.6, shine=50)
        return [place(BALL, skin, at, (size, 1.12 * size, size), any_turn(rng))]

    return grow


def tomato(rng: np.random.Generator, at: Spot, size: float) -> list[Thing]:
    """Grow a tomato, flat and ribbed at the shoulder, with a green star."""
    s = _seed(rng)

    def paint(on: Numbers, _: Numbers) -> Numbers:
        turn = np.arctan2(on[2], on[0])
        pale = 0.6 * smoothstep(0.3, 0.95, on[1]) + 0.4 * GRAIN.at(on[0] + s, on[1] + on[2], 2)
        rib = 0.12 * np.cos(5 * turn + s) * smoothstep(0.4, 0.9, on[1])
        star = _from_stem(on) < 0.14 + 0.34 * np.abs(np.cos(2.5 * turn)) ** 6
        return over(mixed("#c0140c", "#e84018", pale) * (1 - rib), "#3c7a24", star & (on[1] > 0))

    skin = Surface(paint, gloss=0.8, shine=90)
    return [place(BALL, skin, at, (size, 0.82 * size, size), _leaning(rng, 40))]


def pumpkin(skin: str, deep: str) -> Kind:
    """Grow pumpkins, ribbed all around."""

    def ribs(on: Numbers) -> Numbers:
        return np.asarray(np.abs(np.cos(np.arctan2(on[2], on[0]) * 6)))

    def grow(rng: np.random.Generator, at: Spot, size: float) -> list[Thing]:
        stand = Stand(at, _leaning(rng, 14))

        def paint(on: Numbers, _: Numbers) -> Numbers:
            tone = mixed(deep, skin, smoothstep(0, 0.8, ribs(on)))
            return np.asarray(tone * (0.85 + 0.3 * GRAIN.at(on[0] * 6, on[1] * 4 + on[2] * 6, 3)))

        def relief(places: Numbers) -> Numbers:
            return np.asarray(0.05 * size * np.sqrt(ribs(stand.own(places)) + 0.02))

        body = Surface(paint, gloss=0.35, shine=20, relief=relief)
        stem = stand.spot(0, 0.68 * size, 0), stand.spot(0.16 * size, size, 0.05 * size)
        return [
            stand.put(BALL, body, (0, 0, 0), (size, 0.76 * size, size)),
            rod(*stem, 0.1 * size, Surface(plain("#6a6a34", 0.3))),
        ]

    return grow


def _rind(on: Numbers, _: Numbers) -> Numbers:
    """Paint a watermelon: dark stripes with torn edges from pole to pole."""
    turn = np.arctan2(on[2], on[0]) * 7 / np.pi
    torn = 0.5 * (GRAIN.at(turn * 4, on[1] * 9, 4) - 0.5)
    share = smoothstep(0.15, 0.3, np.abs((turn + torn) % 1 - 0.5))
    return mixed("#123c14", "#6f9c40", share * (0.6 + 0.4 * GRAIN.at(turn * 9, on[1] * 12, 2)))


def _flesh(on: Numbers, at: Numbers) -> Numbers:
    """Paint a cut watermelon: rind, white rim, red flesh, seeds."""
    away = np.sqrt((on * on).sum(0))
    red = mixed("#e02838", "#f04a50", GRAIN.at(on[0] * 9, on[1] * 9, 3))
    tone = np.where(away < 0.87, red, mixed("#e8f0c0", "#3c7a2c", smoothstep(0.92, 0.97, away)))
    turn = np.arctan2(on[0], on[1]) * 11 / np.pi
    ring = away - 0.62 - 0.12 * (np.floor(turn) % 2)
    tone = over(tone, "#1c0c08", np.hypot((turn % 1 - 0.5) / 0.16, ring / 0.05) < 1)
    return np.asarray(np.where(away > 0.985, _rind(on, at), tone))


def melon(rng: np.random.Generator, at: Spot, size: float) -> list[Thing]:
    """Grow a watermelon; some are cut in two and show us their inside."""
    if rng.random() < 0.5:
        return [place(BALL, Surface(_rind, gloss=0.5, shine=40), at, size, any_turn(rng))]
    turn = turned("y", rng.normal(0, 15)) @ turned("x", rng.uniform(20, 40))
    return [place(HALF_BALL, Surface(_flesh, gloss=0.4, shine=40), at, size, turn)]
