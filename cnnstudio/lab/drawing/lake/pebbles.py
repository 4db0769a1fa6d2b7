"""Pebbles: stones of all sizes, each in its own tone, lying side by side."""

import numpy as np

from cnnstudio.lab.drawing.canvas import Grays, smoothstep
from cnnstudio.lab.drawing.lake.relief import HILLS
from cnnstudio.lab.drawing.light import light, over

_ASIDE, _ALONG, _PICK = np.random.default_rng(4).random((3, 64, 64)).astype(np.float32)
_COLOURS = ("#8c8478", "#b0a48c", "#6c6458", "#a08468", "#c8bca4", "#786c64")
_TONES = np.stack([light(each) for each in _COLOURS], 1)
# Layers of stones: how many a metre, and how many of them are missing.
_LAYERS = ((19.0, 0.0), (9.0, 0.35), (4.0, 0.6))


def stones(x: Grays, z: Grays) -> tuple[Grays, Grays]:
    """Return how high above its rim each place on a stone is, 0..1, and a number of the stone."""
    column, row = np.floor(x).astype(np.int32), np.floor(z).astype(np.int32)
    nearest, second = np.full_like(x, 9), np.full_like(x, 9)
    number = np.zeros(x.shape, np.int32)
    for down in (-1, 0, 1):
        for across in (-1, 0, 1):
            i, j = (row + down) & 63, (column + across) & 63
            dx = column + across + 0.15 + 0.7 * _ASIDE[i, j] - x
            dz = row + down + 0.15 + 0.7 * _ALONG[i, j] - z
            away = dx * dx + dz * dz
            closer = away < nearest
            second = np.where(closer, nearest, np.minimum(second, away))
            number = np.where(closer, i * 64 + j, number)
            nearest = np.where(closer, away, nearest)
    rim = np.minimum(np.sqrt(second) - np.sqrt(nearest), 1.1 - 1.7 * np.sqrt(nearest))
    return np.clip(1.6 * rim, 0, 1), _PICK.ravel()[number]


def bed(x: Grays, z: Grays) -> Grays:
    """Return the colour of the bed: coarse stones among fine ones, on sand.  (3, h, w)."""
    x, z = x + 0.12 * HILLS.at(x * 5, z * 5, 2), z + 0.12 * HILLS.at(x * 5 + 9, z * 5, 2)
    tone = light("#6c6048", 2) * (0.4 + 0.6 * HILLS.at(x * 40, z * 40, 2))
    for many, missing in _LAYERS:
        rise, pick = stones(x * many + 7, z * many)
        colour = _TONES[:, ((pick * 17) % 1 * 5.99).astype(np.int32)]
        colour = colour * (0.65 + 0.6 * ((pick * 37) % 1)) * (0.4 + 0.75 * rise)
        colour = colour * (0.75 + 0.5 * HILLS.at(x * many * 6, z * many * 6, 3))
        lies, there = pick > missing, smoothstep(0.1, 0.2, rise)
        tone = tone * (1 - 0.5 * lies * smoothstep(0.0, 0.1, rise) * (1 - there))
        tone = over(tone, colour, there * lies)
    sand = smoothstep(0.5, 0.7, HILLS.at(x / 1.7, z / 1.7, 4))
    return over(tone, 0.8 * light("#b8a880", 2), 0.6 * sand)
