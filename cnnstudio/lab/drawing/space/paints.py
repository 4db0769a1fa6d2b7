"""Paints that many things share."""

import numpy as np

from cnnstudio.lab.drawing.light import light
from cnnstudio.lab.drawing.noise import Noise
from cnnstudio.lab.drawing.space.shapes import Numbers
from cnnstudio.lab.drawing.space.things import Paint

GRAIN = Noise(np.random.default_rng(7))


def plain(colour: str, rough: float = 0.12, fine: float = 40.0) -> Paint:
    """Paint in one colour that is a little uneven, in patches of 1 / `fine` metres."""
    shade = light(colour, 1)

    def paint(_: Numbers, at: Numbers) -> Numbers:
        x, y, z = at * np.float32(fine)
        return np.asarray(shade * (1 + rough * (2 * GRAIN.at(x + 0.7 * z, y + 0.6 * z, 3) - 1)))

    return paint
