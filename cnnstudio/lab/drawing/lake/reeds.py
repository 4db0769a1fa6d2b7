"""Reeds at the bank: blades that bend in the wind, and bulrushes among them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image, ImageDraw

from cnnstudio.lab.drawing.canvas import Grays
from cnnstudio.lab.drawing.lake.air import WARM, ambient
from cnnstudio.lab.drawing.lake.march import Standpoint
from cnnstudio.lab.drawing.lake.painting import Layer
from cnnstudio.lab.drawing.light import light

_FINE = 3
_TONES = np.stack(
    [
        light(c)
        for c in ("#7c8a34", "#98963c", "#b8a04c", "#60742c", "#c8b060", "#8c7c3c", "#546c2c")
    ]
)
_HEAD = light("#5a3418")
_WIND = np.array([0.32, 0, 0.06])


@dataclass(frozen=True, eq=False)
class Blade:
    """A blade: a bent line in space, its half width in metres, its colour; maybe with a head."""

    path: NDArray[np.float64]
    half: float
    tone: NDArray[np.float64]
    head: bool


def reeds(
    rng: np.random.Generator, right: float, away: float, radius: float, count: int
) -> list[Blade]:
    """Let reeds grow around a place in the shallow water."""
    t = np.linspace(0, 1, 9)[:, None]
    found = []
    for _ in range(count):
        foot = np.array([right, -0.25, away]) + radius * rng.normal(0, 0.5, 3) * (1.3, 0, 1)
        tall = np.array([0, rng.uniform(1.0, 2.3), 0])
        lean = _WIND * rng.uniform(0.3, 2.2) + rng.normal(0, 0.14, 3) * (1, 0, 1)
        droop = max(0.0, rng.uniform(-0.4, 0.5))
        tone = _TONES[rng.integers(len(_TONES))] * rng.uniform(0.5, 1.15)
        if rng.random() < 0.05:
            found.append(Blade(foot + 1.15 * tall * t + 0.25 * lean * t**2, 0.008, tone, True))
        else:
            bend = 0.5 * lean * tall[1] * t**2 + 1.5 * droop * lean * t**4
            path = foot + tall * (t - 0.35 * droop * t**4) + bend
            found.append(Blade(path, rng.uniform(0.009, 0.021), tone, False))
    return sorted(found, key=lambda blade: -blade.path[0, 2])


class _Sheet:
    """A sheet of numbered patches: each has its light, and the last one drawn is seen."""

    def __init__(self, view: Standpoint, rows: tuple[int, int]) -> None:
        self._view, self._rows = view, rows
        self.image = Image.new("I", (view.width * _FINE, (rows[1] - rows[0]) * _FINE))
        self._pen = ImageDraw.Draw(self.image)
        self.lights: list[ArrayLike] = [np.zeros(3)]

    def seen(self, path: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where places are seen on the sheet."""
        view, scale = self._view, self._view.focus / path[:, 2]
        column = view.column + scale * path[:, 0]
        up = path[:, 1] if view.eye > 0 else -path[:, 1]
        row = view.row - scale * (up - abs(view.eye)) - self._rows[0]
        return np.stack([column, row], 1) * _FINE

    def pixels(self, metres: float, away: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how wide something is on the sheet."""
        return np.asarray(self._view.focus * _FINE * metres / away)

    def fill(self, outline: NDArray[np.float64], light_: ArrayLike) -> None:
        self._pen.polygon([(x, y) for x, y in outline.tolist()], fill=len(self.lights))
        self.lights.append(light_)

    def layer(self) -> Layer:
        """Average down to the pixels of the picture."""
        number = np.asarray(self.image)
        table = np.concatenate([np.array(self.lights), np.ones((len(self.lights), 1))], 1).astype(
            np.float32
        )
        table[0, 3] = 0
        tall, wide = number.shape[0] // _FINE, number.shape[1] // _FINE
        blocks = (
            number.reshape(tall, _FINE, wide, _FINE).transpose(0, 2, 1, 3).reshape(tall, wide, -1)
        )
        planes = np.zeros((4, tall, wide), np.float32)
        some = blocks.any(2)
        planes[:, some] = table[blocks[some]].mean(1).T
        return Layer(planes[:3], planes[3], np.zeros_like(planes[3]), self._rows[0])


def drawn(blades: list[Blade], view: Standpoint, rows: tuple[int, int]) -> Layer:
    """Draw reeds in some rows of the picture; from below the water as it mirrors them."""
    sheet = _Sheet(view, rows)
    sky = ambient(np.full(1, 0.3, np.float32))[:, 0]
    for blade in blades:
        line = sheet.seen(blade.path)
        if line[:, 0].max() < 0 or line[:, 0].min() > sheet.image.width:
            continue
        taper = np.linspace(1, 0.12, len(line)) ** 0.7
        half = sheet.pixels(blade.half, blade.path[:, 2]) * taper
        across = _across(line) * half[:, None]
        for i in range(len(line) - 1):
            up = i / len(line)
            lit = blade.tone * (WARM * (0.12 + 0.55 * up) + sky * (0.4 + 0.6 * up))
            for left, right, side in ((-1, 0, 0.75), (0, 1, 1.2)):
                a, b = line[i : i + 2] + left * across[i : i + 2]
                d, c = line[i : i + 2] + right * across[i : i + 2]
                sheet.fill(np.stack([a, b, c, d]), side * lit)
        if blade.head:
            _head(sheet, blade, 0.6 * WARM + sky)
    return sheet.layer()


def _across(line: NDArray[np.float64]) -> NDArray[np.float64]:
    way = np.gradient(line, axis=0)
    across = np.stack([-way[:, 1], way[:, 0]], 1)
    return np.asarray(across / np.maximum(np.hypot(*across.T)[:, None], 1e-6))


def _head(sheet: _Sheet, blade: Blade, lit: Grays) -> None:
    """Put the brown head of a bulrush on its stem, round and lit from the right."""
    ends = sheet.seen(blade.path[-3:-1])
    across = _across(ends)[0]
    way = np.array([across[1], -across[0]])
    half = float(sheet.pixels(0.022, blade.path[-3:-2, 2])[0])
    turn = np.linspace(0, np.pi, 8)[:, None]
    for share, shift, shade in ((1.0, 0.0, 0.5), (0.62, 0.25, 0.9), (0.3, 0.4, 1.5)):
        bow = across * np.cos(turn) * share + across * shift
        cap, base = (
            ends[1] + (bow + way * np.sin(turn)) * half,
            ends[0] + (bow - way * np.sin(turn)) * half,
        )
        sheet.fill(np.concatenate([cap, base[::-1]]), _HEAD * shade * lit)
