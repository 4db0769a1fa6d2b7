"""A disc, a square, a triangle and a ring: edges in every direction, corners, nothing else."""

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import Canvas


def shapes() -> NDArray[np.uint8]:
    """Set four flat bright shapes with soft edges on a flat dark 64x64 ground."""
    sheet = Canvas(64, 64, 28, fine=8)
    disc = sheet.disc(17, 17, 11.5)
    square = sheet.polygon([(37, 7), (57, 7), (57, 27), (37, 27)])
    triangle = sheet.polygon([(17, 35.5), (29.5, 57), (4.5, 57)])
    ring = sheet.disc(47, 47, 11.5) & ~sheet.disc(47, 47, 6)
    for shape, gray in ((disc, 240), (square, 180), (triangle, 210), (ring, 225)):
        sheet.tint(gray, sheet.soft(shape, 0.55))
    return sheet.picture()
