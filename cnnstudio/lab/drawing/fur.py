"""Fur: many short hairs, each a little off the way it was combed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import Canvas, Points

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Fur:
    """A sheet, and the luck that decides where and how each hair falls."""

    sheet: Canvas
    rng: np.random.Generator

    def scatter(self, outline: Points, count: int) -> Numbers:
        """Find places for `count` hairs inside an outline.  (count, 2)."""
        rows, columns = np.nonzero(self.sheet.polygon(outline))
        chosen = self.rng.integers(0, len(rows), count)
        corners = np.stack([columns[chosen], rows[chosen]], 1) / self.sheet.fine
        return np.asarray(corners + self.rng.random((count, 2)) / self.sheet.fine)

    def comb(self, roots: Numbers, towards: Numbers, grays: Numbers, length: float) -> None:
        """Draw a hair from each root towards its direction: dark at the root, bright at the tip."""
        count = len(roots)
        angle = np.arctan2(towards[..., 1], towards[..., 0]) + self.rng.normal(0, 0.22, count)
        reach = (length * self.rng.uniform(0.6, 1.25, count))[:, None]
        step = np.stack([np.cos(angle), np.sin(angle)], 1) * reach
        ink = grays + self.rng.normal(0, 17, count)
        self.sheet.lines(roots, roots + step / 2, ink * 0.94, 0.62)
        self.sheet.lines(roots + step / 2, roots + step, ink * 1.05, 0.5)
