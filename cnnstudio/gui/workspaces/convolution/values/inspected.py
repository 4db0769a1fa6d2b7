"""What a card says about a cell of a picture: its numbers, and the cells around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from cnnstudio.gui.widgets import plane_paint as paint
from cnnstudio.gui.widgets.inspector import SIDE, Around, Colour, Inspected
from cnnstudio.gui.widgets.plane_layers import Plane
from cnnstudio.gui.workspaces.convolution.displays.display import shown_as
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.number import write, write_cell

Cell = TypeVar("Cell")
NOT_YET = "no number yet"
_REACH = SIDE // 2


@dataclass(frozen=True)
class Cells:
    """The cells of a picture on the page.

    Attributes:
        plane: what it shows
        shown: how many of its numbers there are yet, in reading order; None for all
        called: what the numbers of a cell are called
    """

    plane: Plane
    shown: int | None
    called: list[str]

    def inspected(
        self, place: str, row: int, column: int, cell: float, wide: float = 1.0
    ) -> Inspected:
        """Say what there is to say about a cell.

        Args:
            place: what it is called
            row: from 0, the padding included
            column: likewise
            cell: how tall cells are on the screen, in px
            wide: width over height
        """
        around, read = self._around(row, column, cell, wide)
        if not self._is_there(row, column):
            return Inspected(place, (("", NOT_YET),), (), None if read else around)
        numbers, notes = [], []
        for name, plane in zip(self.called, self._planes, strict=True):
            told = shown_as(float(plane[row, column]), self.plane)
            number, _, how = told.partition(", ")
            numbers.append((name, number))
            if how:
                notes.append(f"{name} {how}".strip())
        return Inspected(place, tuple(numbers), tuple(notes), None if read else around)

    @property
    def _planes(self) -> list[paint.Array]:
        """The numbers of each channel; those of a large map are worked out as asked for."""
        found = self.plane.colours if len(self.called) > 1 else (self.plane.values,)
        return list(found)  # type: ignore[arg-type]  # OnDemand gives numbers as an array does

    def _is_there(self, row: int, column: int) -> bool:
        columns = self.plane.values.shape[1]
        return self.shown is None or row * columns + column < self.shown

    def _around(self, row: int, column: int, cell: float, wide: float) -> tuple[Around, bool]:
        """Return the cells round one, and whether their numbers are read on the screen, too."""
        rows, columns = self.plane.values.shape
        top, left = max(0, row - _REACH), max(0, column - _REACH)
        bottom, right = min(rows, row + _REACH + 1), min(columns, column + _REACH + 1)
        places = slice(top, bottom), slice(left, right)
        blocks = [plane[places] for plane in self._planes]
        plane = self.plane
        shades = [paint.indices(each, plane.family, plane.low, plane.high) for each in blocks]
        if len(shades) > 1:
            inks = np.stack(shades, axis=-1)
        else:
            inks = paint.table(plane.family)[shades[0]]
        dark = paint.bright(inks)
        texts: list[list[tuple[str, ...]]] = [[()] * SIDE for _ in range(SIDE)]
        colours: list[list[Colour | None]] = [[None] * SIDE for _ in range(SIDE)]
        black = [[False] * SIDE for _ in range(SIDE)]
        for i, j in np.ndindex(*blocks[0].shape):
            down, across = top + i - row + _REACH, left + j - column + _REACH
            texts[down][across] = ("",)
            if self._is_there(top + i, left + j):
                texts[down][across] = tuple(write_cell(float(each[i, j])) for each in blocks)
                red, green, blue = map(int, inks[i, j])
                colours[down][across] = red, green, blue
                black[down][across] = bool(dark[i, j])
        around = Around(_frozen(texts), _frozen(colours), _frozen(black))
        if len(blocks) > 1:
            return around, cell >= paint.THREE_FROM
        written = paint.cell_texts(blocks[0])
        return around, paint.fit_digits(written, cell, wide, plane.dense) is not None


def _frozen(lines: list[list[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(map(tuple, lines))


def at(row: int, column: int) -> str:
    """Name a place, counted from 1."""
    return f"row {write(row + 1, thin=False)}, column {write(column + 1, thin=False)}"


def placed(bench: ConvolutionBench, row: int, column: int) -> str:
    """Name a place of the input, which may be padding, counted from the picture's first pixel."""
    top, _, left, _ = bench.padding if bench.can_pad else (0, 0, 0, 0)
    y, x = row - top, column - left
    inside = 0 <= y < bench.image.height and 0 <= x < bench.image.width
    return at(y, x) if inside else f"padding, not image: {at(y, x)}"
