"""Trees, drawn once, branch by branch and leaf by leaf, to be planted in all sizes."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from cnnstudio.lab.drawing.canvas import Grays
from cnnstudio.lab.drawing.lake.air import SUN

_TALL, _WIDE = 640, 400
_MIDDLE = _WIDE / 2


@dataclass(eq=False)
class Tree:
    """A tree seen from the side, without its colour.

    Attributes:
        planes: how much of the sun its leaves catch, how much of the sky, and where they are;
            (3, h, w), the first two darkened by the third.
    """

    planes: Grays
    _sizes: dict[int, Grays] = field(default_factory=dict)

    def sized(self, tall: int) -> Grays:
        """Return the tree `tall` pixels high."""
        if tall not in self._sizes:
            _, height, width = self.planes.shape
            size = max(1, round(tall * width / height)), tall
            images = (Image.fromarray(plane) for plane in self.planes)
            smaller = [image.resize(size, Image.Resampling.HAMMING) for image in images]
            self._sizes[tall] = np.stack([np.asarray(image) for image in smaller])
        return self._sizes[tall]


class _Sheets:
    """Three drawings made with the same strokes: sun, sky, and where anything is."""

    def __init__(self) -> None:
        self._images = [Image.new("L", (_WIDE, _TALL)) for _ in range(3)]
        self._pens = [ImageDraw.Draw(image) for image in self._images]

    def line(self, ends: tuple[float, ...], sun: float, sky: float, width: int) -> None:
        for pen, ink in zip(self._pens, (sun, sky, 1.0), strict=True):
            pen.line(ends, fill=int(255 * min(max(ink, 0), 1)), width=width)

    def dot(self, x: float, y: float, radius: float, sun: float, sky: float) -> None:
        box = x - radius, y - radius, x + radius, y + radius
        for pen, ink in zip(self._pens, (sun, sky, 1.0), strict=True):
            pen.ellipse(box, fill=int(255 * min(max(ink, 0), 1)))

    def tree(self) -> Tree:
        """Cut the tree out, its trunk in the middle."""
        planes = np.stack([np.asarray(image, np.float32) for image in self._images]) / 255
        planes[:2] *= planes[2]
        rows, columns = np.flatnonzero(planes[2].any(1)), np.flatnonzero(planes[2].any(0))
        half = max(_WIDE // 2 - columns[0], columns[-1] + 1 - _WIDE // 2)
        cut = planes[:, rows[0] :, _WIDE // 2 - half : _WIDE // 2 + half]
        return Tree(np.ascontiguousarray(cut, np.float32))


def spruce(rng: np.random.Generator, slim: float, bare: float) -> Tree:
    """Grow a spruce or a larch: whorls of drooping boughs hung with twigs, a share of them bare."""
    sheet = _Sheets()
    sheet.line((_MIDDLE, 20, _MIDDLE, _TALL), 0.25, 0.3, 9)
    boughs = []
    for level in np.linspace(0, 1, 46):
        long = (10 + 170 * slim * level**0.85) * rng.uniform(0.85, 1.1)
        for turn in rng.uniform(0, 2 * np.pi, 9 if level > 0.1 else 5):
            if rng.random() > bare:
                height = max(0.0, level + rng.normal(0, 0.012))
                boughs.append((np.sin(turn), np.cos(turn), height, long * rng.uniform(0.7, 1.1)))
    for bough in sorted(boughs, key=lambda each: each[0] + 0.6 * each[2]):
        _bough(sheet, rng, bough)
    return sheet.tree()


def _bough(sheet: _Sheets, rng: np.random.Generator, bough: tuple[float, ...]) -> None:
    """Hang twigs on a bough: how near and how far aside it points, how low it is, how long."""
    near, aside, level, long = bough
    facing = float(SUN[0]) * aside - float(SUN[2]) * near
    for t in np.sqrt(rng.uniform(0.02, 1, int(6 + long / 5))).tolist():
        x = _MIDDLE + aside * long * t
        y = (
            6
            + level * (_TALL - 60)
            + long * (0.42 * t - 0.12 * t * t)
            + near * (6 * t + 12 * level)
        )
        outside = 0.25 + 0.75 * t
        sun = outside * min(max(0.42 + 0.6 * facing, 0.03), 1) * rng.uniform(0.55, 1.2)
        sky = outside * (0.55 + 0.25 * near - 0.1 * level) * rng.uniform(0.7, 1.2)
        hang = rng.uniform(5, 14) * (0.5 + 0.5 * level)
        tip = x + aside * hang * 0.6 + rng.normal(0, 3), y + hang
        sheet.line((x, y, *tip), sun, sky, 3)


def broadleaf(rng: np.random.Generator, wide: float, count: int = 11000) -> Tree:
    """Grow a broad crown: balls of leaves around forking boughs."""
    sheet = _Sheets()
    for _ in range(9):
        fork = _MIDDLE + rng.normal(0, 50) * wide, rng.uniform(120, 400)
        sheet.line((_MIDDLE, 540, *fork), 0.08, 0.06, 8)
    sheet.line((_MIDDLE, 500, _MIDDLE, _TALL), 0.05, 0.07, 20)
    sheet.line((_MIDDLE + 6, 500, _MIDDLE + 5, _TALL), 0.12, 0.09, 6)
    turn, up = rng.uniform(0, 2 * np.pi, 70), rng.uniform(-1, 1, 70)
    away = rng.uniform(0.35, 1, 70) * np.sqrt(1 - 0.85 * up**2) * (1 - 0.22 * up * (up < 0))
    across = np.clip(150 * wide * away * np.cos(turn), 56 - _MIDDLE, _MIDDLE - 56)
    size = rng.uniform(26, 52, 70)
    balls = np.stack([across, -225 * up, 140 * wide * away * np.sin(turn), size], 1)
    leaves = _leaves(rng, balls, count)
    for x, y, _, radius, sun, sky in leaves[np.argsort(leaves[:, 2])].tolist():
        sheet.dot(_MIDDLE + x, 292 + y, radius, sun, sky)
    return sheet.tree()


def _leaves(
    rng: np.random.Generator, balls: NDArray[np.float64], count: int
) -> NDArray[np.float64]:
    """Return x, y, depth (greater is nearer), size and light of leaves; deep inside it is dark."""
    pick = rng.integers(len(balls), size=count)
    way = rng.normal(size=(count, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    at = balls[pick, :3] + way * balls[pick, 3:] * rng.uniform(0.7, 1.08, (count, 1))
    crown = at / np.array([150.0, 250.0, 150.0])
    outer = np.linalg.norm(crown, axis=1)
    faces = 0.6 * way + 0.7 * crown / np.maximum(outer, 0.3)[:, None]
    sun = np.clip(faces @ (SUN * (1, -1, -1)), 0.02, 1) * np.clip(1.15 * outer, 0.25, 1)
    sky = np.clip(0.5 - 0.35 * faces[:, 1], 0.1, 1) * np.clip(1.2 * outer - 0.1, 0.15, 1)
    speck = rng.uniform(0.55, 1.25, (2, count))
    return np.stack([*at.T, rng.uniform(1.6, 3.4, count), sun * speck[0], sky * speck[1]], 1)
