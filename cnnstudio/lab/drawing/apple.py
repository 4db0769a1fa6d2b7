"""An apple, clean and peppered with dots that have nothing to do with it."""

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import Canvas, Mask, curve, smoothstep
from cnnstudio.lab.drawing.noise import Noise

# The right half of the outline, pixels from its middle line.
_HALF = [(0, 40), (7, 34.5), (18, 31), (31, 34.5), (40.5, 46), (43.5, 63), (42, 80), (36, 95),
         (25.5, 106), (12, 110.5), (0, 109)]  # fmt: skip


def _flesh(sheet: Canvas, body: Mask, half: NDArray[np.float64], grain: Noise) -> None:
    """Shade the body: lit from the upper left, a little light thrown back at its right edge."""
    x, y = sheet.x, sheet.y
    flank = half[40:-16]  # below the shoulder, above the foot
    right = (x - 62) / np.interp(y, flank[:, 1], flank[:, 0])
    down = (y - 68) / 43
    facing = np.sqrt(np.clip(1 - right**2, 0, 1) * np.clip(1 - down**2, 0, 1))
    light = np.clip(-0.42 * right - 0.42 * down + 0.74 * facing, 0, 1)
    streaks = 20 * (grain.at(np.arctan2(x - 62, y - 20) * 22, y / 40, 2) - 0.5)
    sheet.fill(body, 34 + 132 * light**1.2 + streaks)
    shine = np.exp(-(((x - 42) / 6) ** 2) - ((y - 53 + 0.35 * (x - 42)) / 9) ** 2)
    sheet.tint(255, np.clip(1.25 * shine, 0, 0.95))
    inset = [np.roll(body, -round(pixels * sheet.fine), 1) for pixels in (1.5, 3.5)]
    edge = sheet.soft(inset[0] & ~inset[1], 0.6)
    sheet.fill(body, 136, 0.8 * edge * smoothstep(46, 66, y) * smoothstep(108, 92, y))


def apple() -> NDArray[np.uint8]:
    """Paint an apple on a table, 128x128."""
    sheet = Canvas(128, 128)
    x, y = sheet.x, sheet.y
    grain = Noise(np.random.default_rng(3))
    sheet.tint(196 - 60 * np.hypot(x - 40, y - 30) / 128)
    sheet.fill(y > 92, 92 + 0.5 * (y - 92) + 26 * grain.at(x / 34, y / 2.2, 3))
    cast = sheet.disc(72, 109, 46, 9)
    sheet.tint(14, 0.75 * sheet.soft(cast, 4))
    half = curve(_HALF)
    outline = np.concatenate([half, half[::-1] * (-1, 1)])
    body = sheet.polygon(outline + np.array([62, 0]))
    _flesh(sheet, body, half, grain)
    bowl = sheet.soft(sheet.disc(62, 38.5, 13, 5.5), 1.6)
    sheet.fill(body, 22, 0.85 * bowl)
    lip = sheet.stroke(curve([(50, 41), (56, 44.4), (62, 45.4), (68, 44.4), (74, 41)]), 1.6)
    sheet.fill(body, 186, 0.45 * sheet.soft(lip, 0.9))
    sheet.fill(sheet.stroke(curve([(62, 41, 1), (63, 32, 0.9), (67, 23, 1), (71, 17, 1.5)]), 4), 40)
    vein = curve([(104, 14), (85, 19.5), (66, 27)])
    for edge, gray in (((80, 10), 92), ((90, 28), 66)):
        leaf = sheet.polygon(np.concatenate([curve([(66, 27), edge, (104, 14)]), vein]))
        sheet.fill(leaf, gray - 12 * ((x - 0.6 * y) % 5 < 0.6))
    sheet.fill(sheet.stroke(vein, 0.9), 140)
    return sheet.picture()


def noise_dots() -> NDArray[np.uint8]:
    """Turn 3 in 100 of the apple's pixels black and 3 in 100 white."""
    pixels = apple()
    luck = np.random.default_rng(8).random(pixels.shape)
    pixels[luck < 0.03] = 0
    pixels[luck > 0.97] = 255
    return pixels
