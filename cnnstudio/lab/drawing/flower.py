"""A sunflower: petals in three rings and seeds in the spirals that plants really grow."""

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import Canvas, blurred, curve
from cnnstudio.lab.drawing.noise import Noise

_MIDDLE = (64.0, 61.0)
_GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
_RINGS = ((17, 54.0, 150.0), (17, 50.0, 196.0), (15, 43.0, 226.0))


def _garden(sheet: Canvas, rng: np.random.Generator, grain: Noise) -> None:
    x, y = sheet.x, sheet.y
    sheet.tint(30 + 60 * grain.at(x / 26, y / 26, 3))
    blots = rng.uniform((0, 0, 5, 30), (128, 128, 14, 130), (30, 4))
    for left, top, radius, gray in blots.tolist():
        sheet.tint(gray, 0.5 * sheet.disc(left, top, radius))
    sheet.pixels = blurred(sheet.pixels, 3 * sheet.fine)
    stem = curve([(66, 80), (70, 104), (66, 130)])
    sheet.fill(sheet.stroke(stem, 5.4), 128 - 12 * np.abs(x - 67))
    for tip in ((20, 108), (114, 104)):
        base, end = np.array([67.0, 126.0]), np.array(tip, np.float64)
        middle = 0.55 * base + 0.45 * end
        rib = curve([base, middle + np.array([0, 1.5]), end])
        for edge, gray in ((middle - np.array([4, 15]), 128), (middle + np.array([4, 12]), 88)):
            rim = curve([base, edge, end])
            leaf = sheet.polygon(np.concatenate([rib, rim[::-1]]))
            sheet.fill(leaf, gray - 26 * ((x + 0.7 * y) % 7 < 0.7))
        sheet.fill(sheet.stroke(rib, 1.1), 172)


def _petals(sheet: Canvas, rng: np.random.Generator) -> None:
    x, y = sheet.x - _MIDDLE[0], sheet.y - _MIDDLE[1]
    for ring, (count, length, gray) in enumerate(_RINGS):
        turns = (np.arange(count) + 0.5 * ring) / count * 2 * np.pi
        for turn in turns + rng.normal(0, 0.05, count):
            long = length * rng.uniform(0.93, 1.04)
            along, aside = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
            bend = aside - rng.normal(0, 0.0012) * along**2
            t = np.clip(along / long, 0, 1)
            half = 9.6 * np.sqrt(t) * (1 - t) ** 0.6
            petal = (np.abs(bend) < half) & (along > 0) & (along < long)
            cast = np.roll(petal, (5, 4), (0, 1))
            sheet.tint(10, 0.42 * sheet.soft(cast, 1.1))
            veins = 9 * np.cos(bend * 4.2) + 8 * np.cos(bend * 1.9)
            fold = 24 * bend / np.maximum(half, 1)
            sheet.fill(petal, gray - 66 * (1 - t) ** 2 + veins + fold - 34 * (np.abs(bend) < 0.35))


def _seeds(sheet: Canvas, rng: np.random.Generator) -> None:
    away = np.hypot(sheet.x - _MIDDLE[0], sheet.y - _MIDDLE[1])
    sheet.tint(0, 0.6 * sheet.soft(away < 22.5, 1.4))
    sheet.fill(away < 21.5, 34)
    number = np.arange(170, 0, -1)
    radius, turn = 1.62 * np.sqrt(number), number * _GOLDEN_ANGLE
    places = np.stack([radius * np.cos(turn), radius * np.sin(turn)], 1) + _MIDDLE
    size = 0.85 + 0.026 * radius
    gray = 70 + 95 * np.exp(-(((radius - 17.5) / 3.2) ** 2)) + 40 * np.exp(-((radius / 6) ** 2))
    gray *= rng.uniform(0.8, 1.15, len(number))
    sheet.dots(places, size, gray)
    sheet.dots(places - 0.28, 0.45 * size, np.minimum(gray + 70, 245))


def flower() -> NDArray[np.uint8]:
    """Paint a sunflower before a garden out of focus, 128x128."""
    sheet = Canvas(128, 128)
    rng = np.random.default_rng(5)
    _garden(sheet, rng, Noise(rng))
    _petals(sheet, rng)
    _seeds(sheet, rng)
    return sheet.picture()
