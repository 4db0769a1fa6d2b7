"""A macaw before leaves out of focus: another picture in red, in green and in blue."""

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import curve
from cnnstudio.lab.drawing.colour_canvas import ColourCanvas

_BODY = [(10.2, 4.2), (13.5, 2.2), (17.2, 3.2), (19.4, 6.6), (21.2, 11), (24.2, 16.5), (26.4, 23),
         (27.6, 33), (14.5, 33), (12.4, 25), (11.4, 19), (10.8, 14.5), (9.2, 11.5),
         (8.6, 7.6)]  # fmt: skip
_WING = [(17.2, 12.2), (20.6, 12.4), (24.2, 16.8), (27, 23.6), (29.4, 33), (20.6, 33), (17.6, 26),
         (16, 18.6)]  # fmt: skip
_FACE = [(8.4, 7.2), (10.6, 5.2), (13.6, 5.6), (14.8, 8.4), (13.6, 11.4), (10.8, 12.6), (9.2, 11)]
_BEAK = [(9.8, 5.6), (6.6, 5.8), (4.2, 8.2), (3.6, 11.6), (4.6, 14.2), (5.8, 12), (8, 11.2),
         (9.6, 10.6)]  # fmt: skip
_CHIN = [(6.4, 11.8), (9.2, 10.8), (9.8, 12.4), (8.2, 14.2), (6.4, 13.8)]


def _leaves(sheet: ColourCanvas) -> None:
    """Lay out what is far behind: greens, and light between them."""
    rng = np.random.default_rng(3)
    greens = ("#2f8a3a", "#1d6a30", "#55a83c", "#8fc64a", "#14522c", "#3a9a50")
    for x, y, radius in rng.uniform((-2, -2, 2), (34, 34, 6), (46, 3)).tolist():
        sheet.tint(greens[rng.integers(len(greens))], 0.75 * sheet.disc(x, y, radius))
    for x, y, radius in ((3, 24, 3.2), (28, 5, 3.6), (4, 2, 2.4), (30, 17, 2)):
        sheet.tint("#c4e878", 0.8 * sheet.disc(x, y, radius))
    sheet.blur(1.5)


def _wing(sheet: ColourCanvas) -> None:
    """Fold the wing: a red shoulder, a yellow band, blue feathers one beside the other."""
    wing = sheet.polygon(curve([*_WING, _WING[0]]))
    along = sheet.y - 0.42 * (sheet.x - 20)
    sheet.blend(wing, "#ff4a2a", "#b00c14", (along - 11) / 9)
    sheet.blend(wing & (along > 17.2), "#ffd81e", "#f0a80c", (along - 17.2) / 3.6)
    sheet.blend(wing & (along > 20.4), "#2b8cf0", "#0c2f9c", (along - 20.4) / 12)
    feather = np.abs((sheet.x - 0.3 * sheet.y) % 2.6 - 1.3) < 0.3
    sheet.tint("#0a1f70", 0.6 * (wing & (along > 21.6) & feather))
    sheet.tint(
        "#7c0a10", 0.8 * (wing & ~sheet.polygon(curve([*_WING, _WING[0]]) + np.array([0.45, 0.1])))
    )


def _head(sheet: ColourCanvas) -> None:
    """Give it a white face, an eye with a glint, a pale beak above and a black one below."""
    sheet.blend(
        sheet.polygon(curve([*_CHIN, _CHIN[0]])), "#34323a", "#101014", (sheet.y - 10.5) / 4
    )
    sheet.blend(sheet.polygon(curve([*_FACE, _FACE[0]])), "#ffffff", "#d8d4d8", (sheet.y - 6) / 8)
    sheet.blend(sheet.polygon(curve([*_BEAK, _BEAK[0]])), "#fff4d2", "#c89a5a", (sheet.y - 5) / 9)
    sheet.tint(
        "#181410",
        sheet.polygon(curve([(3.4, 10.8), (3.5, 13.2), (4.7, 14.6), (5.6, 12.3), (4.6, 11.6)])),
    )
    sheet.tint("#f8e070", sheet.disc(11.8, 7.9, 1.5))
    sheet.tint("#0a0a0c", sheet.disc(11.7, 7.9, 1.05))
    sheet.tint("#ffffff", sheet.disc(11.3, 7.4, 0.42))


def parrot() -> NDArray[np.uint8]:
    """Paint a scarlet macaw, 32x32, in colour."""
    sheet = ColourCanvas(32, 32, "#2a7a38", fine=16)
    _leaves(sheet)
    body = sheet.polygon(curve([*_BODY, _BODY[0]]))
    sheet.tint("#0c3c1c", 0.5 * sheet.soft(np.roll(body, (10, 16), (0, 1)), 0.9))
    sheet.blend(body, "#ff3a26", "#c00c18", (sheet.x - 10 + 0.25 * sheet.y) / 19)
    sheet.tint("#ff7a50", 0.5 * (body & sheet.disc(14.5, 5.5, 3.4, 2.4)))
    _wing(sheet)
    _head(sheet)
    return sheet.picture()
