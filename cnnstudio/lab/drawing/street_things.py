"""What stands in the street: a church at its end, lamps, trees, a car."""

import numpy as np

from cnnstudio.lab.drawing.canvas import Canvas, Grays, Points, curve
from cnnstudio.lab.drawing.view import FOCUS, Place, seen, seen_all

Span = tuple[float, float]


def _board(sheet: Canvas, at: Place, corners: Points, gray: float | Grays) -> None:
    """Stand up a flat shape that faces the camera; corners in metres from the place `at`."""
    x, y, z = at
    outline = seen_all([(x + across, y + up, z) for across, up in np.asarray(corners).tolist()])
    sheet.fill(sheet.polygon(outline), gray)


def _panel(sheet: Canvas, at: Place, wide: Span, tall: Span, gray: float) -> None:
    """Stand up a rectangle, from left to right and from bottom to top."""
    (left, right), (bottom, top) = wide, tall
    corners = [(left, bottom), (left, top), (right, top), (right, bottom)]
    _board(sheet, at, corners, gray)


def church(sheet: Canvas) -> None:
    """Close the view with a tower and its spire."""
    at = (-0.5, 0.0, 62.0)
    _board(sheet, at, [(-6, 0), (-6, 9), (-2, 13), (8, 13), (11, 9), (11, 0)], 130)
    _panel(sheet, at, (-2.6, 2.6), (0, 21), 168)
    _panel(sheet, at, (-2.6, -1), (0, 21), 120)
    _board(sheet, at, [(-3, 21), (0, 33), (3, 21)], 92)
    _board(sheet, at, [(-3, 21), (0, 33), (-0.8, 21)], 62)
    arch = np.array([(0, 0), (0, 0.8), (0.4, 1), (0.8, 0.8), (0.8, 0)])
    for left, bottom in ((4.2, 2.5), (6.8, 2.5), (0.4, 3.0)):
        _board(sheet, at, arch * (1, 5) + np.array([left, bottom]), 44)
    for left in (-0.4, 1.2):
        _board(sheet, at, arch * (1, 3) + np.array([left, 12]), 44)
    _panel(sheet, at, (-2.9, 2.9), (20.4, 21), 206)
    x, y = seen((at[0] + 0.8, 18, at[2]))
    sheet.fill(sheet.disc(x, y, 3.6), 244)
    sheet.fill(sheet.stroke([(x, y - 2.6), (x, y), (x + 1.7, y)], 0.6), 30)


def lamp(sheet: Canvas, x: float, z: float) -> None:
    """Stand a street lamp on the pavement, its arm over the road."""
    thick = FOCUS / z
    foot, knee, top = (seen((x, height, z)) for height in (0, 0.7, 4.9))
    bend = [(0, 4.7), (0.1, 5.5), (0.7, 5.8), (1.3, 5.7)]
    arm = curve(seen_all([(x + across, up, z) for across, up in bend]))
    sheet.fill(sheet.stroke([foot, knee], 0.26 * thick), 26)
    sheet.fill(sheet.stroke([foot, top], 0.13 * thick), 30)
    sheet.fill(sheet.stroke(arm, 0.1 * thick), 30)
    head = (x + 1.35, 5.6, z)
    _board(sheet, head, [(-0.42, 0), (-0.2, 0.32), (0.2, 0.32), (0.42, 0)], 38)
    _board(sheet, head, [(-0.34, 0), (-0.2, -0.22), (0.2, -0.22), (0.34, 0)], 250)


def tree(sheet: Canvas, rng: np.random.Generator, x: float, z: float) -> None:
    """Grow a tree: a trunk, and a crown of many leaves lit from the upper left."""
    thick = FOCUS / z
    trunk = seen_all([(x, 0, z), (x + 0.05, 1.4, z), (x, 3.2, z)])
    taper = np.array([[1.2], [0.9], [0.7]])
    sheet.fill(sheet.stroke(curve(np.concatenate([trunk, taper], 1)), 0.32 * thick), 48)
    leaves = rng.normal(0, 1, (900, 3))
    leaves *= (rng.random((900, 1)) ** (1 / 3)) / np.linalg.norm(leaves, axis=1, keepdims=True)
    right, up, near = leaves[np.argsort(leaves[:, 2])].T
    places = np.stack([x + 1.55 * right, 4.6 + 1.75 * up, np.full(900, z)], 1)
    light = 84 + 44 * (up - right) + 34 * near + rng.normal(0, 15, 900)
    size = thick * rng.uniform(0.09, 0.17, 900)
    sheet.dots(seen_all(places.tolist()), size, np.clip(light, 14, 235))


def car(sheet: Canvas, x: float, z: float) -> None:
    """Drive a small car away from us, its rear towards the camera."""
    at = (x, 0.0, z)
    cast = seen_all(
        [(x - 0.9, 0.06, z), (x - 0.9, -0.1, z), (x + 1.5, -0.1, z), (x + 1.4, 0.06, z)]
    )
    sheet.tint(14, 0.85 * sheet.soft(sheet.polygon(cast), 0.8))
    for left in (-0.8, 0.5):
        _panel(sheet, at, (left, left + 0.3), (0, 0.5), 16)
    half = [(0.3, 1.5), (0.52, 1.4), (0.68, 1.05), (0.84, 0.92), (0.9, 0.62), (0.86, 0.28)]
    shell = curve([(-across, up) for across, up in half[::-1]] + half)
    top, bottom = seen((x, 1.5, z))[1], seen((x, 0.28, z))[1]
    _board(sheet, at, shell, 236 - 96 * (sheet.y - top) / (bottom - top))
    _board(sheet, at, [(-0.56, 1.04), (-0.44, 1.38), (0.44, 1.38), (0.56, 1.04)], 52)
    _board(sheet, at, [(-0.1, 1.04), (0.1, 1.38), (0.3, 1.38), (0.1, 1.04)], 118)
    _panel(sheet, at, (-0.88, 0.88), (0.3, 0.46), 70)
    _panel(sheet, at, (-0.6, 0.6), (0.96, 0.98), 120)
    _panel(sheet, at, (-0.27, 0.27), (0.56, 0.7), 248)
    _panel(sheet, at, (-0.2, 0.2), (0.61, 0.65), 60)
    for left in (-0.82, 0.58):
        _panel(sheet, at, (left, left + 0.24), (0.66, 0.88), 60)
        _panel(sheet, at, (left, left + 0.24), (0.78, 0.86), 190)
