"""The coat of a tabby cat: how bright the fur is at each place."""

import numpy as np

from cnnstudio.lab.drawing.canvas import smoothstep
from cnnstudio.lab.drawing.fur import Numbers
from cnnstudio.lab.drawing.noise import Noise


def _spot(x: Numbers, y: Numbers, at: tuple[float, float], size: tuple[float, float]) -> Numbers:
    """Return a soft spot: 1 in the middle, fading to 0."""
    return np.asarray(np.exp(-(((x - at[0]) / size[0]) ** 2) - ((y - at[1]) / size[1]) ** 2))


def _stripes(across: Numbers, width: float) -> Numbers:
    return np.asarray(np.cos(across * (2 * np.pi / width)))


def head(places: Numbers, grain: Noise) -> Numbers:
    """Stripe the brow and the cheeks, whiten the muzzle, the chin and around the eyes."""
    x, y = places.T
    side = np.abs(x - 128)
    wobble = 7 * (grain.at(x / 16, y / 16, 3) - 0.5)
    tone = 138 - 0.16 * (x - 128) + 26 * (grain.at(x / 20, y / 20, 3) - 0.5)
    brow = _stripes(side + wobble, 15) * smoothstep(108, 92, y) * smoothstep(44, 30, side)
    arcs = _stripes(y - 0.45 * side + wobble, 19) * smoothstep(38, 56, side)
    arcs *= 0.5 + 0.5 * smoothstep(92, 112, y)
    tone = tone - 62 * np.clip(brow, -0.25, 1) - 56 * np.clip(arcs, -0.3, 1)
    tone = tone - 46 * _spot(x, y, (128, 122), (5, 26))
    for mirror in (-1, 1):
        above = _spot(x, y, (128 + mirror * 36, 102), (25, 9))
        below = _spot(x, y, (128 + mirror * 30, 140), (20, 7))
        tone = tone + (206 - tone) * np.clip(above + below, 0, 0.75)
        muzzle = _spot(x, y, (128 + mirror * 17, 160), (18, 15))
        tone = tone + (238 - tone) * np.clip(1.6 * muzzle, 0, 1)
    tone = tone + (232 - tone) * np.clip(1.3 * _spot(x, y, (128, 181), (20, 9)), 0, 1)
    jowl = smoothstep(164, 196, y) * smoothstep(16, 44, side)
    return np.asarray(tone - 40 * smoothstep(56, 80, side) - 34 * jowl)


def body(places: Numbers, grain: Noise) -> Numbers:
    """Band the shoulders, whiten the bib, darken what lies under the chin."""
    x, y = places.T
    side = np.abs(x - 128)
    bands = _stripes(0.75 * y + 0.5 * side + 8 * grain.at(x / 14, y / 14, 2), 20)
    tone = 104 - 40 * np.clip(bands, -0.3, 1) * smoothstep(34, 52, side)
    bib = np.clip(1.5 * _spot(x, y, (128, 216), (34, 60)), 0, 1)
    tone = tone + (218 - tone) * bib - 20 * smoothstep(60, 105, side)
    return np.asarray(tone - 84 * _spot(x, y, (128, 186), (62, 17)))
