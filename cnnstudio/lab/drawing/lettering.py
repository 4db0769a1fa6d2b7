"""A line of handwriting: letters made of strokes, inked with a broad nib held at a slant."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import Canvas, Mask, curve
from cnnstudio.lab.drawing.letters import LETTERS
from cnnstudio.lab.drawing.noise import Noise


def _inked(sheet: Canvas, path: NDArray[np.float64], nib: float) -> Mask:
    """Drag a nib, `nib` wide and held at 40 degrees, along the path."""
    across = np.array([np.cos(0.7), -np.sin(0.7)]) * nib / 2
    thick = np.array([np.sin(0.7), np.cos(0.7)]) * nib / 9
    mask = np.zeros(sheet.pixels.shape, np.bool_)
    for a, b in pairwise(path):
        mask |= sheet.polygon(np.array([a - across, a + across, b + across, b - across]))
        mask |= sheet.polygon(np.array([a - thick, b - thick, b + thick, a + thick]))
    return mask


def _write(sheet: Canvas, words: str, left: float, line: float, size: float) -> Mask:
    """Write `words` on the line `line`, an x being `size` pixels tall, leaning to the right."""
    ink = np.zeros(sheet.pixels.shape, np.bool_)
    at = left
    for letter in words:
        width, strokes = LETTERS[letter]
        for stroke in strokes:
            p = curve(stroke, 8)
            p = np.stack([at + (p[:, 0] + 0.14 * p[:, 1]) * size, line - p[:, 1] * size], 1)
            ink |= _inked(sheet, p, 0.2 * size)
        at += width * size
    return ink


def text() -> NDArray[np.uint8]:
    """Write what a convolution does, dark on paper, in 256x128 pixels."""
    sheet = Canvas(256, 128)
    grain = Noise(np.random.default_rng(12))
    sheet.tint(216 + 26 * grain.at(sheet.x / 60, sheet.y / 60, 3))
    sheet.tint(255, 0.12 * grain.at(sheet.x / 1.5, sheet.y / 4, 2))
    sheet.tint(170, 0.5 * ((sheet.y - 50) % 55 < 0.8))
    for words, left, line in (("slide, multiply,", 10, 50), ("add, move on.", 10, 105)):
        ink = _write(sheet, words, left, line, 24.6)
        sheet.fill(ink, 22 + 60 * grain.at(sheet.x / 9, sheet.y / 9, 2))
    return sheet.picture()
