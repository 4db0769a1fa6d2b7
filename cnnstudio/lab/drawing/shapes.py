"""A disc, a square, a triangle and a ring: edges in every direction, corners, nothing else."""

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import Canvas


def shapes() -> NDArray[np.uint8]:
    """Set four bright shapes on a dark 64x64 ground that lightens towards the bottom."""
    sheet = Canvas(64, 64, fine=8)
    sheet.tint(24 + 36 * sheet.y / 64)
    lit = 1 - 0.011 * np.hypot(sheet.x - 11, sheet.y - 11)
    disc = sheet.disc(17, 17, 11.5)
    square = sheet.polygon([(37, 7), (57, 7), (57, 27), (37, 27)])
    triangle = sheet.polygon([(17, 35.5), (29.5, 57), (4.5, 57)])
    ring = sheet.disc(47, 47, 11.5) & ~sheet.disc(47, 47, 6)
    for shape in (disc, square, triangle, ring):
        cast = np.roll(shape, (2 * sheet.fine, sheet.fine), (0, 1))
        sheet.tint(0, 0.55 * sheet.soft(cast, 1.3))
    sheet.fill(disc, 60 + 195 * np.clip(1.12 - np.hypot(sheet.x - 13, sheet.y - 13) / 17, 0, 1))
    sheet.fill(square, 235 * lit + 40)
    sheet.fill(triangle, 60 + 4.6 * (sheet.y - 30))
    slope = np.arctan2(sheet.y - 47, sheet.x - 47)
    sheet.fill(ring, 170 - 75 * np.cos(slope - np.pi / 4))
    return sheet.picture()
