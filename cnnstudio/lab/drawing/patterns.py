"""Pictures that are a formula: every pixel can be foretold."""

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import smoothstep


def checkerboard() -> NDArray[np.uint8]:
    """Lay 8x8 squares of 8x8 pixels, black at the top left."""
    row, column = np.indices((64, 64)) // 8
    return ((row + column) % 2 * 255).astype(np.uint8)


def steps() -> NDArray[np.uint8]:
    """Stand 16 bars of 4 pixels side by side, each 17 brighter than the one before."""
    return np.tile(np.arange(64) // 4 * 17, (64, 1)).astype(np.uint8)


def ramp() -> NDArray[np.uint8]:
    """Brighten by 4 a pixel: to the right in the upper half, to the left in the lower."""
    row = np.arange(64) * 4
    return np.repeat(np.stack([row, row[::-1]]), 32, axis=0).astype(np.uint8)


def one_pixel() -> NDArray[np.uint8]:
    """Light one pixel in the middle of 15x15 dark ones."""
    pixels = np.zeros((15, 15), np.uint8)
    pixels[7, 7] = 255
    return pixels


def zone_plate() -> NDArray[np.uint8]:
    """Draw rings that narrow evenly outwards, to two pixels a ring at the middle of each border.

    The phase is pi r^2 / 256, so at distance r a ring is 256 / r pixels wide. Towards r = 128,
    where one more pixel could not be told from one less, the rings fade into the middle gray.
    """
    y, x = np.indices((256, 256)) - 127.5
    r = np.hypot(x, y)
    fade = 1 - smoothstep(104, 128, r)
    rings = np.rint(127.5 + 127.5 * fade * np.cos(np.pi * r**2 / 256))
    return np.asarray(rings, np.uint8)
