"""A street in perspective: house fronts, paving and sky, every line running to one point."""

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import Canvas, smoothstep
from cnnstudio.lab.drawing.houses import House, Masonry, house
from cnnstudio.lab.drawing.noise import Noise
from cnnstudio.lab.drawing.street_things import car, church, lamp, tree
from cnnstudio.lab.drawing.view import EYE, FOCUS, VANISHING

_KERB = 4.2

_HOUSES = (
    House(-1, 36, 46, 7.0, 112, 2), House(1, 33, 46, 8.4, 210, 3),
    House(-1, 28, 36, 9.0, 150, 3), House(1, 26, 33, 7.2, 190, 2),
    House(-1, 21, 28, 7.4, 120, 2), House(1, 19, 26, 9.2, 222, 3),
    House(-1, 15.5, 21, 9.4, 168, 3), House(1, 13.5, 19, 7.0, 172, 2),
    House(-1, 10, 15.5, 6.6, 104, 2), House(1, 9, 13.5, 8.8, 214, 3),
    House(-1, 5, 10, 8.6, 150, 3), House(1, 4, 9, 6.4, 196, 2),
)  # fmt: skip


def _sky(sheet: Canvas, grain: Noise) -> None:
    sheet.tint(120 + 0.9 * sheet.y)
    cloud = smoothstep(0.5, 0.72, grain.at(sheet.x / 50, sheet.y / 24, 5))
    sheet.tint(248, 0.85 * cloud)


def _ground(sheet: Canvas, grain: Noise) -> None:
    """Lay the road, the kerbs and the pavements; each pixel looks up the place it shows."""
    below = np.maximum(sheet.y - VANISHING[1], 0.05)
    z = FOCUS * EYE / below
    x = (sheet.x - VANISHING[0]) * z / FOCUS
    ground = sheet.y > VANISHING[1]
    clear = smoothstep(40, 12, z)
    grit = (grain.at(x * 9, z * 5, 3) - 0.5) * 60 * clear
    worn = 14 * np.cos(x * 2.1) * clear
    sheet.fill(ground, 96 + grit + worn + 0.6 * np.minimum(z, 60))
    dashes = ground & (np.abs(x) < 0.09) & (z % 3.2 < 1.7)
    sheet.fill(dashes, 232)
    side = np.abs(x)
    paved = ground & (side > _KERB)
    slab = grain.at(np.floor(x / 0.7), np.floor(z / 0.9)) - 0.5
    sheet.fill(paved, 172 + 0.7 * grit + 24 * slab)
    joints = (np.abs(x) % 0.7 < 0.05) | (z % 0.9 < 0.06)
    sheet.fill(paved & joints, 104, clear)
    sheet.fill(ground & (side > _KERB) & (side < _KERB + 0.22), 218)
    sheet.fill(ground & (side > _KERB - 0.1) & (side < _KERB), 60)
    edge = -1.2 + 0.9 * (grain.at(0.4, z / 4, 1) - 0.5) - 0.5 * ((z % 5.5) > 2.6)
    sheet.fill(ground, 20, 0.5 * smoothstep(0.12, -0.12, x - edge))


def street() -> NDArray[np.uint8]:
    """Paint a sunny street with a car driving away, 256x256."""
    sheet = Canvas(256, 256)
    rng = np.random.default_rng(41)
    grain = Noise(rng)
    _sky(sheet, grain)
    church(sheet)
    _ground(sheet, grain)
    walls = Masonry(sheet, grain)
    for home in _HOUSES:
        house(sheet, walls, home)
    for z in (34.0, 24.0):
        tree(sheet, rng, 5.6, z)
    for z in (38.0, 27.0, 19.0, 13.0, 8.6):
        lamp(sheet, -4.7, z)
    tree(sheet, rng, 5.5, 14.0)
    car(sheet, 2.1, 10.0)
    return sheet.picture()
