"""The mouse whose back and ear are the two patches of the curve detector's worked example."""

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import Canvas, curve

BRIGHTEST = 50

BACK = (
    (0, 0, 0, 0, 0, 0, 30),
    (0, 0, 0, 0, 50, 50, 50),
    (0, 0, 0, 20, 50, 0, 0),
    (0, 0, 0, 50, 50, 0, 0),
    (0, 0, 0, 50, 50, 0, 0),
    (0, 0, 0, 50, 50, 0, 0),
    (0, 0, 0, 50, 50, 0, 0),
)
EAR = (
    (0, 0, 0, 0, 0, 0, 0),
    (0, 40, 0, 0, 0, 0, 0),
    (40, 0, 40, 0, 0, 0, 0),
    (40, 20, 0, 0, 0, 0, 0),
    (0, 50, 0, 0, 0, 0, 0),
    (0, 0, 50, 0, 0, 0, 0),
    (25, 25, 0, 50, 0, 0, 0),
)


def mouse() -> NDArray[np.uint8]:
    """Draw a 32x32 outline, 0 to 50: `BACK` exactly at the top left, `EAR` at the top right."""
    sheet = Canvas(32, 32, fine=8)
    outline = (
        (2.0, [(4, 6), (3.9, 8), (2.9, 11.5), (2.2, 15), (2.3, 19), (4, 22.6), (7.6, 24.7),
               (12, 25)]),
        (1.9, [(6.5, 1), (9, 1), (11.8, 1.9), (14.2, 4), (15.6, 6.6)]),
        (1.5, [(18.4, 10.6), (16.3, 9), (15.5, 6), (16.7, 3.3), (19.4, 2), (22.2, 2.9), (23.5, 5.4),
               (22.9, 8.2), (21.2, 10.2)]),
        (1.2, [(28.5, 6.5), (30.2, 9), (31, 11.4), (30.6, 13.4), (28.4, 15), (25, 15.8),
               (22.8, 16.6)]),
        (1.3, [(22.8, 16.6), (24, 18.6), (26.3, 19.4), (27.4, 20.6), (26, 21.2), (23.6, 20.4)]),
        (1.3, [(23.4, 20.6), (22.6, 22.6)]),
        (1.5, [(12, 25), (17, 25.5), (22.6, 25.5), (24.2, 24.2), (22.4, 22.5), (17, 22.3)]),
        (1.2, [(17, 22.3), (17.4, 19.6), (16, 16.8), (12.8, 15.2), (9.6, 16), (7.8, 18.4)]),
        (1.4, [(3, 21.6), (1.4, 24), (1.3, 27), (3.6, 29.4), (8.4, 30.2), (14, 29.6), (19.6, 28.8),
               (25, 28.8), (29.8, 30.2)]),
    )  # fmt: skip
    sheet.fill(sheet.disc(19.6, 6.2, 3.0, 3.4), 14)
    for width, line in outline:
        sheet.fill(sheet.stroke(curve(line), width), BRIGHTEST)
    sheet.fill(sheet.disc(26, 7.9, 1.3), BRIGHTEST)
    sheet.fill(sheet.disc(30.7, 11.4, 1.2), BRIGHTEST)
    for start, end in (((27.5, 11.5), (21.5, 11.5)), ((26.4, 12.9), (21, 14.6))):
        sheet.fill(sheet.stroke([start, end], 0.6), 40)
    pixels = sheet.picture(BRIGHTEST)
    pixels[:7, :7] = BACK
    pixels[:7, 25:] = EAR
    return pixels
