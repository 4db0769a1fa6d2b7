"""Colours of a large plane, worked out in the background: whole at several sizes, or in part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_BAND = 256  # rows halved at a time, so that no step holds Python up for long
_SMALL = 256  # no side needs to become smaller than this to be painted quickly

Colours = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Layer:
    """Colours of a part of a plane.

    Attributes:
        colours: (h, w) places in a table of colours, or (h, w, 3) red, green, blue
        step: each of them stands for `step` by `step` cells
        top, left: the first cell
    """

    colours: Colours
    step: int = 1
    top: int = 0
    left: int = 0

    @property
    def cells(self) -> tuple[int, int, int, int]:
        """The cells it covers: row, column, rows, columns; the last ones may lie outside."""
        rows, columns = self.colours.shape[:2]
        return self.top, self.left, rows * self.step, columns * self.step

    def of_channel(self, channel: int | None) -> Layer:
        """Return one channel of red, green and blue as shades of gray; None for all of them."""
        if channel is None or self.colours.ndim == 2:
            return self
        return replace(self, colours=self.colours[..., channel])

    def moved(self, rows: int, columns: int) -> Layer:
        """Return the same colours further down and to the right, by so many cells."""
        return replace(self, top=self.top + rows, left=self.left + columns)

    def part(self, rows: slice, columns: slice) -> Layer | None:
        """Return what it shows of some cells, if it shows any of them."""
        first = [
            max(0, (at - begin) // self.step)
            for at, begin in ((rows.start, self.top), (columns.start, self.left))
        ]
        last = [
            min(size, -((begin - at) // self.step))
            for at, begin, size in zip(
                (rows.stop, columns.stop),
                (self.top, self.left),
                self.colours.shape[:2],
                strict=True,
            )
        ]
        cut = self.colours[first[0] : last[0], first[1] : last[1]]
        if not cut.size:
            return None
        top, left = self.top + first[0] * self.step, self.left + first[1] * self.step
        return Layer(cut, self.step, top, left)


def finest_needed(layers: Sequence[Layer], cell: float) -> Layer:
    """Return the layer with the fewest colours that still has one for each pixel of the screen.

    Args:
        layers: of one plane, one at least
        cell: how many pixels of the screen a cell takes
    """
    fine = [layer for layer in layers if layer.step * cell <= 1] or [
        min(layers, key=lambda layer: layer.step)
    ]
    return max(fine, key=lambda layer: layer.step)


def pyramid(colours: Colours, top: int = 0, left: int = 0) -> tuple[Layer, ...]:
    """Return colours in their own size, in half of it, in a quarter, and so on (Burt, 1983)."""
    return tuple(_halvings(colours, top, left))


def _halvings(colours: Colours, top: int, left: int) -> Iterator[Layer]:
    step = 1
    yield Layer(colours, step, top, left)
    while min(colours.shape[:2]) > 1 and max(colours.shape[:2]) > _SMALL:
        bands = [colours[row : row + _BAND] for row in range(0, len(colours), _BAND)]
        colours = np.concatenate([_halved(band) for band in bands])
        step *= 2
        yield Layer(colours, step, top, left)


def _halved(band: Colours) -> Colours:
    return np.asarray(Image.fromarray(band).reduce(2))
