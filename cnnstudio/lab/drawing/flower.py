"""A sunflower: petals in three rings and seeds in the spirals that plants really grow."""

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import Canvas, blurred, curve
from cnnstudio.lab.drawing.noise import Noise

_MIDDLE = (64.0, 48.0)
_GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
_RINGS = ((17, 45.0, 150.0), (17, 41.5, 196.0), (15, 36.0, 226.0))


def _garden(sheet: Canvas, rng: np.random.Generator, grain: Noise) -> None:
    x, y = sheet.x, sheet.y
    sheet.tint(30 + 60 * grain.at(x / 26, y / 26, 3))
    blots = rng.uniform((0, 0, 5, 30), (128, 128, 14, 130), (30, 4))
    for left, top, radius, gray in blots.tolist():
        sheet.tint(gray, 0.5 * sheet.disc(left, top, radius))
    sheet.pixels = blurred(sheet.pixels, 3 * sheet.fine)


def _stem(sheet: Canvas) -> None:
    """Grow the stem, rounded by its shading, and a leaf on either side of it."""
    x, y = sheet.x, sheet.y
    stem = curve([(64, 60), (66.5, 90), (66, 110), (63.5, 130)])
    middle = np.interp(y, stem[:, 1], stem[:, 0])
    _leaf(sheet, (66, 118), 45, -2.58, -0.009)
    _leaf(sheet, (66, 112), 45, -0.5, 0.009)
    sheet.fill(sheet.stroke(stem, 5), 150 - 6 * (x - middle + 1.2) ** 2)
    sheet.tint(10, 0.55 * sheet.soft(sheet.disc(66, 88, 9, 12), 3) * (np.abs(x - middle) < 2.5))


def _leaf(sheet: Canvas, base: tuple[float, float], long: float, turn: float, droop: float) -> None:
    """Grow a leaf out of `base`: broad, bent, pointed, with veins on both sides of its rib."""
    x, y = sheet.x - base[0], sheet.y - base[1]
    along, aside = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    bend = aside - droop * along**2
    t = np.clip(along / long, 0, 1)
    half = 25 * np.sqrt(t) * (1 - t) ** 0.85
    side = np.abs(bend)
    leaf = (side < half) & (along > 0) & (along < long)
    sheet.tint(10, 0.5 * sheet.soft(np.roll(leaf, (10, 4), (0, 1)), 1.6))
    veins = (along - 0.75 * side - 0.02 * side**2) % 6.5
    tone = 112 - 20 * side / np.maximum(half, 1) - 18 * np.sign(bend * np.cos(turn))
    sheet.fill(leaf, tone + 5 * (veins - 3.2))
    sheet.fill(leaf & (veins < 0.8), 158, 0.7)
    sheet.fill(leaf & (side < 0.9 - 0.5 * t), 186)


def _petals(sheet: Canvas, rng: np.random.Generator) -> None:
    x, y = sheet.x - _MIDDLE[0], sheet.y - _MIDDLE[1]
    for ring, (count, length, gray) in enumerate(_RINGS):
        turns = (np.arange(count) + 0.5 * ring) / count * 2 * np.pi
        for turn in turns + rng.normal(0, 0.05, count):
            long = length * rng.uniform(0.93, 1.04)
            along, aside = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
            bend = aside - rng.normal(0, 0.0012) * along**2
            t = np.clip(along / long, 0, 1)
            half = 8 * np.sqrt(t) * (1 - t) ** 0.6
            petal = (np.abs(bend) < half) & (along > 0) & (along < long)
            cast = np.roll(petal, (5, 4), (0, 1))
            sheet.tint(10, 0.42 * sheet.soft(cast, 1.1))
            veins = 9 * np.cos(bend * 4.2) + 8 * np.cos(bend * 1.9)
            fold = 24 * bend / np.maximum(half, 1)
            sheet.fill(petal, gray - 66 * (1 - t) ** 2 + veins + fold - 34 * (np.abs(bend) < 0.35))


def _seeds(sheet: Canvas, rng: np.random.Generator) -> None:
    away = np.hypot(sheet.x - _MIDDLE[0], sheet.y - _MIDDLE[1])
    sheet.tint(0, 0.6 * sheet.soft(away < 18.5, 1.4))
    sheet.fill(away < 17.6, 34)
    number = np.arange(130, 0, -1)
    radius, turn = 1.52 * np.sqrt(number), number * _GOLDEN_ANGLE
    places = np.stack([radius * np.cos(turn), radius * np.sin(turn)], 1) + _MIDDLE
    size = 0.85 + 0.026 * radius
    gray = 70 + 95 * np.exp(-(((radius - 14.3) / 2.7) ** 2)) + 40 * np.exp(-((radius / 5) ** 2))
    gray *= rng.uniform(0.8, 1.15, len(number))
    sheet.dots(places, size, gray)
    sheet.dots(places - 0.28, 0.45 * size, np.minimum(gray + 70, 245))


def flower() -> NDArray[np.uint8]:
    """Paint a sunflower before a garden out of focus, 128x128."""
    sheet = Canvas(128, 128)
    rng = np.random.default_rng(5)
    _garden(sheet, rng, Noise(rng))
    _stem(sheet)
    _petals(sheet, rng)
    _seeds(sheet, rng)
    return sheet.picture()
