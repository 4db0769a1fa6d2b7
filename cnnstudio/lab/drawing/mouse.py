"""The mouse whose ear and tail are the two patches of the curve detector's worked example."""

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import Canvas, Points, curve

BRIGHTEST = 50

EAR = (
    (0, 0, 0, 0, 0, 0, 30),
    (0, 0, 0, 0, 50, 50, 50),
    (0, 0, 0, 20, 50, 0, 0),
    (0, 0, 0, 50, 50, 0, 0),
    (0, 0, 0, 50, 50, 0, 0),
    (0, 0, 0, 50, 50, 0, 0),
    (0, 0, 0, 50, 50, 0, 0),
)
TAIL_TIP = (
    (0, 0, 0, 0, 0, 0, 0),
    (0, 40, 0, 0, 0, 0, 0),
    (40, 0, 40, 0, 0, 0, 0),
    (40, 20, 0, 0, 0, 0, 0),
    (0, 50, 0, 0, 0, 0, 0),
    (0, 0, 50, 0, 0, 0, 0),
    (25, 25, 0, 50, 0, 0, 0),
)

# The mouse looks at us and is the same on both sides of the middle of column 13.
_AXIS = 13
_HEAD = ((13.5, 7.9), (9, 8.7), (5.6, 12.4), (7.6, 16.8), (10.8, 19.6), (13.5, 20.4))
_BODY = ((13.5, 19), (9.2, 21), (6.8, 25), (7.6, 27.8), (9.8, 29), (13.5, 29))
_TAIL = ((18, 28.8), (23, 29), (27.2, 27.2), (29, 23.6), (28.2, 19.2), (27.6, 15.2), (29.2, 11.8),
         (30, 9), (28.5, 6.4))  # fmt: skip

# Whole pixels: an eye, two whiskers of two dashes each, and the nose.  Rows, columns.
_DOTS = (
    (slice(12, 14), slice(9, 11)),
    (15, slice(1, 4)), (16, slice(4, 7)),
    (19, slice(1, 4)), (18, slice(4, 8)),
    (slice(16, 18), slice(12, 15)), (18, 13),
)  # fmt: skip


def _outline(sheet: Canvas, left: Points) -> None:
    """Draw a closed line whose left half is given, downwards; what is behind it is hidden."""
    half = np.asarray(left, np.float64)
    right = np.array([2 * _AXIS + 1, 0]) + half[-2:0:-1] * (-1, 1)
    path = np.concatenate([half, right])
    around = curve([path[-1], *path, path[0], path[1]])[16:-16]
    sheet.fill(sheet.polygon(around), 0)
    sheet.fill(sheet.stroke(around, 1.8), BRIGHTEST)


def mouse() -> NDArray[np.uint8]:
    """Draw a 32x32 outline, 0 to 50: `EAR` exactly at the top left, `TAIL_TIP` at the top right."""
    sheet = Canvas(32, 32, fine=8)
    _outline(sheet, _BODY)
    rim = sheet.disc(7.8, 5.6, 4.65, 5.25) & ~sheet.disc(7.8, 5.6, 2.95, 3.55)
    sheet.fill(rim, BRIGHTEST)
    _outline(sheet, _HEAD)
    pixels = sheet.picture(BRIGHTEST)
    for rows, columns in _DOTS:
        pixels[rows, columns] = BRIGHTEST
    pixels[:7, :7] = EAR
    pixels[:, _AXIS + 1 : 2 * _AXIS + 1] = pixels[:, _AXIS - 1 :: -1]
    behind = Canvas(32, 32, fine=8)
    behind.fill(behind.stroke(curve(_TAIL), 1.6), BRIGHTEST)
    pixels = np.maximum(pixels, behind.picture(BRIGHTEST))
    pixels[:7, 25:] = TAIL_TIP
    return pixels
