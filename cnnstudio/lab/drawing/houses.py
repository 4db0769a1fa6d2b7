"""The houses of the street: each pixel of a wall looks up the brick or the window it shows."""

from dataclasses import dataclass

import numpy as np

from cnnstudio.lab.drawing.canvas import Canvas, Grays, Mask, smoothstep
from cnnstudio.lab.drawing.noise import Noise
from cnnstudio.lab.drawing.view import EYE, FOCUS, VANISHING, Place, seen_all

_WALL = 7.0
_BACK = _WALL + 3.4
_COURSE, _BRICK = 0.24, 0.52


@dataclass(frozen=True)
class House:
    """A house: where it stands along the street, how tall, how bright, with how many storeys."""

    side: int
    begin: float
    end: float
    height: float
    gray: float
    storeys: int


class Masonry:
    """What a long plain wall at the edge of the street looks like, pixel by pixel.

    Attributes:
        z: how far away the wall is there.
        y: how high above the ground.
        brick: darker and brighter bricks, about -1/2..1/2.
        mortar: where two bricks meet.
        stain: what years of rain have left, about -1/2..1/2.
        mirror: what a window pane would reflect there, 0..1.
        clear: 1 where bricks can be told apart, 0 far away.
    """

    def __init__(self, sheet: Canvas, grain: Noise) -> None:
        gap = sheet.x - VANISHING[0]
        self.z: Grays = FOCUS * _WALL / np.maximum(np.abs(gap), 0.5)
        self.y: Grays = EYE + (VANISHING[1] - sheet.y) * self.z / FOCUS
        course = np.floor(self.y / _COURSE)
        along = self.z / _BRICK + 0.5 * (course % 2) + 20 * np.sign(gap)
        self.brick = grain.at(np.floor(along) * 1.7, course * 1.3) - 0.5
        self.mortar: Mask = (self.y % _COURSE < 0.045) | (along % 1 < 0.07)
        self.stain = grain.at(self.z, self.y / 2, 3) - 0.5
        self.mirror = grain.at(self.z * 0.8, self.y * 0.6 + np.sign(gap), 3)
        self.clear = smoothstep(22, 9, self.z)


def house(sheet: Canvas, walls: Masonry, home: House) -> None:
    """Build one house: gable, roof, chimneys, then the front with its openings."""
    side, begin, end, height = home.side, home.begin, home.end, home.height
    ridge, lit = height + 2.4, side > 0
    gable = [(_WALL, 0), (_WALL, height), (_BACK, ridge), (_BACK + 6, ridge), (_BACK + 6, 0)]
    _face(sheet, [(side * x, y, begin) for x, y in gable], 0.78 * home.gray + 8)
    eaves = _WALL - 0.3
    slope = [(eaves, height), (_BACK, ridge)]
    roof = [(side * x, y, begin) for x, y in slope] + [(side * x, y, end) for x, y in slope[::-1]]
    rows = 12 * np.cos(sheet.y * 1.9 + 0.6 * side * (sheet.x - VANISHING[0]))
    _face(sheet, roof, (112 if lit else 74) + rows)
    for z in (begin + 0.75 * (end - begin), begin + 0.3 * (end - begin)):
        _chimney(sheet, side, ridge, z)
    outline = [(0, begin), (height, begin), (height, end), (0, end)]
    front = sheet.polygon(seen_all([(side * _WALL, y, z) for y, z in outline]))
    _plaster(sheet, walls, home, front)
    _openings(sheet, walls, home, front)


def _face(sheet: Canvas, places: list[Place], gray: float | Grays) -> None:
    sheet.fill(sheet.polygon(seen_all(places)), gray)


def _upright(
    a: tuple[float, float], b: tuple[float, float], low: float, high: float
) -> list[Place]:
    """Raise a rectangle over the ground from a to b, both (to the right, away)."""
    return [(a[0], low, a[1]), (a[0], high, a[1]), (b[0], high, b[1]), (b[0], low, b[1])]


def _chimney(sheet: Canvas, side: int, ridge: float, z: float) -> None:
    inner, outer, top = side * (_BACK - 0.5), side * (_BACK + 0.5), ridge + 1.2
    for x in (inner + side * 0.25, outer - side * 0.25):
        _face(sheet, _upright((x - 0.14, z + 0.4), (x + 0.14, z + 0.4), top, top + 0.5), 128)
    flank = _upright((inner, z), (inner, z + 0.8), ridge - 1, top)
    _face(sheet, flank, 168 if side > 0 else 46)
    bricks = 78 + 18 * (np.floor(sheet.y * z / FOCUS / 0.2) % 2)
    _face(sheet, _upright((inner, z), (outer, z), ridge - 1, top), bricks)
    cap = side * 0.12
    _face(sheet, _upright((inner - cap, z), (outer + cap, z), top - 0.25, top), 132)


def _plaster(sheet: Canvas, walls: Masonry, home: House, front: Mask) -> None:
    near_ground = 4 * np.maximum(1.6 - walls.y, 0)
    wall = home.gray + 34 * walls.brick * walls.clear + 26 * walls.stain - near_ground
    sheet.fill(front, wall)
    sheet.fill(front & walls.mortar, home.gray + 26, 0.55 * walls.clear)
    sheet.fill(front & (np.abs(walls.y - _storey_height(home)) < 0.09), home.gray + 30)
    sheet.fill(front & (walls.y > home.height - 0.28), 66)
    sheet.fill(front & (walls.z > home.end - 0.14), 40, 0.5)


def _storey_height(home: House) -> float:
    return (home.height - 0.4) / home.storeys


def _openings(sheet: Canvas, walls: Masonry, home: House, front: Mask) -> None:
    """Cut windows and, on the ground floor, one door."""
    bays = max(2, round((home.end - home.begin) / 2.3))
    place = (walls.z - home.begin) * bays / (home.end - home.begin)
    across, number = np.abs(place % 1 - 0.5) / 0.25, np.floor(place)
    storey, up = np.divmod(walls.y / _storey_height(home), 1)
    front = front & (storey < home.storeys)
    door = (storey == 0) & (number == bays - 1)
    bottom = np.where(door, 0.0, 0.3)
    sheet.fill(front & (across < 1.16) & (up > 0.8) & (up < 0.86), home.gray - 42)
    sill = front & ~door & (across < 1.24) & (up > 0.25) & (up < 0.3)
    sheet.fill(sill, 236 if home.side > 0 else 178)
    opening = front & (across < 1) & (up > bottom) & (up < 0.8)
    rise = (up - bottom) / (0.8 - bottom)
    pane = opening & ~door
    sheet.fill(pane, 34 + 150 * smoothstep(0.45, 0.75, walls.mirror) * rise)
    sheet.fill(pane & (across > 0.87 - 0.45 * rise), 176, 0.7)
    bars = (across > 0.86) | (across < 0.07) | (np.abs(rise - 0.55) < 0.035) | (rise > 0.94)
    wood = opening & door
    sheet.fill(wood, 70)
    sheet.fill(wood & (across < 0.62) & (np.abs((rise * 2.2) % 1 - 0.5) < 0.36), 96)
    frame = (pane & bars) | (wood & ((across > 0.86) | (rise > 0.95)))
    sheet.fill(frame, 238 if home.side > 0 else 196)
