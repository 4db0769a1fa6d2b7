"""An apple, clean and peppered with dots that have nothing to do with it."""

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import Canvas, curve, smoothstep
from cnnstudio.lab.drawing.noise import Noise

# The right half of the outline, pixels from its middle line.
_HALF = [(0, 37), (8, 32.5), (19, 31), (32, 36), (40, 50), (40, 68), (33, 88), (22, 104),
         (11, 110), (0, 107)]  # fmt: skip


def apple() -> NDArray[np.uint8]:
    """Paint an apple on a table, 128x128."""
    sheet = Canvas(128, 128)
    x, y = sheet.x, sheet.y
    grain = Noise(np.random.default_rng(3))
    sheet.tint(196 - 60 * np.hypot(x - 40, y - 30) / 128)
    sheet.fill(y > 92, 92 + 0.5 * (y - 92) + 26 * grain.at(x / 34, y / 2.2, 3))
    cast = sheet.disc(72, 109, 46, 9)
    sheet.tint(14, 0.75 * sheet.soft(cast, 4))
    outline = [(62 + u, v) for u, v in _HALF] + [(62 - u, v) for u, v in _HALF[-2:0:-1]]
    body = sheet.polygon(curve([*outline, outline[0]]))
    right, down = (x - 62) / 42, (y - 70) / 42
    facing = np.sqrt(np.clip(1 - right**2 - down**2, 0, 1))
    light = np.clip(-0.5 * right - 0.5 * down + 0.7 * facing, 0, 1)
    streaks = 20 * (grain.at(np.arctan2(x - 62, y - 20) * 22, y / 40, 2) - 0.5)
    sheet.fill(body, 34 + 150 * light**1.3 + streaks)
    sheet.fill(body, 20, 0.75 * np.exp(-(((x - 62) / 15) ** 2) - ((y - 36) / 6) ** 2))
    shine = np.exp(-(((x - 44) / 6) ** 2) - ((y - 52 + 0.35 * (x - 44)) / 9) ** 2)
    sheet.tint(255, np.clip(1.25 * shine, 0, 0.95))
    rim = smoothstep(0.86, 1.0, np.hypot(right, down)) * smoothstep(0.2, 0.7, right)
    sheet.fill(body, 120, 0.5 * rim)
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
