"""A tabby cat: thousands of hairs, combed away from the nose, and eyes to catch the light."""

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing import tabby
from cnnstudio.lab.drawing.canvas import Canvas, Points, curve, smoothstep
from cnnstudio.lab.drawing.fur import Fur, Numbers
from cnnstudio.lab.drawing.noise import Noise

# The right half of the face, pixels from its middle line; the left half is its mirror image.
_HEAD = [(0, 66), (24, 68), (48, 78), (66, 98), (74, 122), (76, 142), (66, 162), (48, 178),
         (24, 189), (0, 192)]  # fmt: skip
_EAR = [(22, 74), (34, 50), (52, 24), (64, 16), (70, 34), (73, 62), (72, 104)]
_EAR_HOLLOW = [(36, 72), (46, 50), (60, 30), (66, 52), (66, 86)]
_EYE = [(14, 126), (20, 114), (33, 107), (46, 110), (53, 118), (44, 129), (30, 133), (20, 131)]
_NOSE = [(0, 143), (11, 143.6), (13, 147.5), (6, 154), (0, 157)]
_LIP = [(0, 156), (0.3, 163), (5, 169), (13, 171), (21, 167.6)]
_FRECKLES = [(15, 154), (22, 153), (29, 154.5), (17, 160), (24.5, 159.6), (31, 161), (20, 165.5)]
_WHISKERS = (
    [(22, 153), (70, 140), (114, 138)],
    [(29, 154.5), (78, 148), (124, 156)],
    [(24, 159), (76, 160), (119, 176)],
    [(31, 161), (72, 170), (106, 194)],
    [(20, 165), (58, 180), (90, 209)],
)
_BROWS = (
    [(25, 97), (32.5, 71.5), (44, 58)],
    [(30, 98), (42, 76), (58, 66)],
    [(35, 99), (50.5, 82.5), (70, 78)],
)
_BODY = [(92, 160), (66, 186), (42, 214), (30, 262), (226, 262), (214, 214), (190, 186), (164, 160)]


def _mirrored(points: Points, mirror: int) -> Numbers:
    """Put half a face on the right (1) or on the left (-1)."""
    p = np.array(points, np.float64)
    p[:, 0] = 128 + mirror * p[:, 0]
    return p


def _whole(half: Points) -> Numbers:
    """Close the right half of an outline with its mirror image."""
    right, left = _mirrored(half, 1), _mirrored(half[::-1], -1)
    return np.concatenate([right, left[1:]])


def _background(sheet: Canvas, rng: np.random.Generator) -> None:
    sheet.tint(26 + 62 * np.exp(-np.hypot(sheet.x - 190, sheet.y - 60) / 110))
    lights = rng.uniform((0, 0, 9, 0.06), (256, 256, 22, 0.16), (26, 4))
    for left, top, radius, glow in lights.tolist():
        sheet.tint(235, glow * sheet.soft(sheet.disc(left, top, radius), 1.6))


def _body(fur: Fur, grain: Noise) -> None:
    fur.sheet.fill(fur.sheet.polygon(curve(_BODY)), 70)
    roots = fur.scatter(curve(_BODY), 15000)
    roots = roots[np.argsort(-roots[:, 1])]
    down = np.stack([(roots[:, 0] - 128) / 60, np.ones(len(roots))], 1)
    fur.comb(roots, down, tabby.body(roots, grain), 9)


def _ears(fur: Fur, grain: Noise) -> None:
    sheet = fur.sheet
    for mirror in (-1, 1):
        ear = _mirrored(curve(_EAR), mirror)
        sheet.fill(sheet.polygon(ear), 84)
        roots = fur.scatter(ear, 2600)
        grays = 104 + 50 * grain.at(roots[:, 0] / 9, roots[:, 1] / 9, 2)
        fur.comb(roots, np.array([mirror * 0.35, -1.0]), np.asarray(grays, np.float64), 6)
        hollow = sheet.polygon(_mirrored(curve(_EAR_HOLLOW), mirror))
        depth = 196 - 1.7 * (sheet.y - 24) - 8 * mirror
        sheet.tint(depth, 0.92 * sheet.soft(hollow, 1.6))
        tuft = fur.rng.uniform((30, 62), (46, 92), (230, 2))
        tuft = _mirrored(tuft[np.argsort(tuft[:, 1])], mirror)
        fur.comb(tuft, np.array([mirror * 0.75, -1.0]), np.full(230, 205.0), 17)


def _head(fur: Fur, grain: Noise) -> None:
    outline = curve(_whole(_HEAD))
    fur.sheet.fill(fur.sheet.polygon(outline), 110)
    away = fur.scatter(outline, 26000) - (128, 138)
    away = away[np.argsort(-np.hypot(*away.T))]
    roots = np.array((128, 138)) + away
    fur.comb(roots, away, tabby.head(roots, grain), 6.5)


def _eyes(sheet: Canvas, grain: Noise) -> None:
    x, y = sheet.x, sheet.y
    for mirror in (-1, 1):
        eye = sheet.polygon(_mirrored(curve(_EYE), mirror))
        rim = sheet.soft(sheet.stroke(_mirrored(curve([*_EYE, _EYE[0]]), mirror), 5.4), 0.5)
        middle = 128 + mirror * 33
        across, down = x - middle, y - 120
        angle, far = np.arctan2(down, across), np.hypot(across, down)
        iris = 150 + 5.2 * down + 44 * (grain.at(angle * 9, far / 9, 2) - 0.5)
        iris = iris - 70 * smoothstep(9.5, 14.5, far)
        sheet.tint(18, np.clip(1.2 * rim, 0, 1))
        sheet.fill(eye, iris)
        sheet.fill(eye, 30, smoothstep(7, -1, y - 110 - 0.006 * across**2) * 0.8)
        pupil = smoothstep(1.14, 0.98, np.hypot(across / 4.6, down / 13.0))
        sheet.fill(eye, 8, pupil)
        sheet.tint(255, smoothstep(3.4, 2.6, np.hypot(x - middle + 5, y - 114.5)))
        sheet.tint(225, 0.6 * smoothstep(1.9, 1.3, np.hypot(x - middle - 6, y - 126)))


def _nose_and_mouth(sheet: Canvas) -> None:
    x, y = sheet.x, sheet.y
    nose = sheet.polygon(curve(_whole(_NOSE)))
    sheet.tint(60, 0.7 * sheet.soft(nose, 1.6))
    sheet.fill(nose, 128 - 3.4 * (y - 143))
    sheet.tint(215, 0.6 * np.exp(-(((x - 124) / 5) ** 2) - ((y - 145.4) / 1.5) ** 2))
    for mirror in (-1, 1):
        hole = _mirrored(curve([(3.2, 151.5), (6.4, 149), (10, 149.4)]), mirror)
        sheet.fill(sheet.stroke(hole, 2.2), 24)
        lip = sheet.stroke(_mirrored(curve(_LIP), mirror), 1.7)
        sheet.tint(36, 0.9 * sheet.soft(lip, 0.35))
        for left, top in _mirrored(_FRECKLES, mirror).tolist():
            sheet.tint(70, 0.75 * smoothstep(1.3, 0.7, np.hypot(x - left, y - top)))


def _whiskers(sheet: Canvas) -> None:
    for mirror in (-1, 1):
        for hair in _WHISKERS:
            path = _mirrored(curve(hair), mirror)
            taper = np.linspace(1.25, 0.45, len(path))[:, None]
            whisker = sheet.stroke(np.concatenate([path, taper], 1))
            sheet.tint(250, 0.92 * sheet.soft(whisker, 0.15))
        for bristle in _BROWS:
            brow = sheet.stroke(_mirrored(curve(bristle), mirror), 0.7)
            sheet.tint(245, 0.6 * sheet.soft(brow, 0.15))


def cat() -> NDArray[np.uint8]:
    """Paint the face and chest of a tabby cat, 256x256."""
    sheet = Canvas(256, 256)
    rng = np.random.default_rng(31)
    grain, fur = Noise(rng), Fur(sheet, rng)
    _background(sheet, rng)
    _body(fur, grain)
    _ears(fur, grain)
    _head(fur, grain)
    _eyes(sheet, grain)
    _nose_and_mouth(sheet)
    _whiskers(sheet)
    return sheet.picture()
