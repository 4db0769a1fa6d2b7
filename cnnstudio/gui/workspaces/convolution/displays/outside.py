"""Which numbers of a map lie outside the range of the picture, in the part that is seen."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cnnstudio.gui.widgets.lit_over import Lit, any_of
from cnnstudio.gui.widgets.plane_layers import Plane
from cnnstudio.nn.geometry import Array

Side = Literal["below", "above"]
Watch = Callable[[int, int], None]
_BAND = 1 << 18  # numbers looked at before somebody may say that it is not wanted any more


def outside(  # noqa: PLR0913  all of it says what is looked at
    plane: Plane,
    side: Side,
    limit: float,
    rows: slice,
    columns: slice,
    step: int = 1,
    shown: int | None = None,
    watch: Watch = lambda _done, _total: None,
) -> Lit:
    """Find the numbers below or above a limit; of maps composed into a picture, of any of them.

    Args:
        plane: whose numbers
        side: whether below the limit or above it
        limit: the picture's black, or its white
        rows: which cells, top to bottom
        columns: which cells, left to right
        step: how many cells, down and across, become one that is lit if one of them is
        shown: how many cells, in reading order, have a number yet; None for all
        watch: is told how many rows of how many are done; it may raise
    """
    height, width = plane.values.shape
    tall, wide = (ceil((each.stop - each.start) / step) for each in (rows, columns))
    mask, count = np.zeros((tall, wide), np.bool_), 0
    band = max(1, _BAND // max(1, wide * step * step))
    for first in range(0, tall, band):
        top = rows.start + first * step
        lines = slice(top, min(rows.stop, top + band * step))
        found = np.zeros((lines.stop - lines.start, columns.stop - columns.start), np.bool_)
        for each in plane.colours or (plane.values,):
            values: Array = each[lines, columns]
            found |= values < limit if side == "below" else values > limit
        if shown is not None:
            found &= _numbers_there(lines, columns, width, shown)
        count += int(np.count_nonzero(found))
        made = any_of(found, step)
        mask[first : first + len(made)] = made
        watch(min(first + band, tall), tall)
    whole = (rows, columns) == (slice(0, height), slice(0, width))
    return Lit(mask, count, step, rows.start, columns.start, whole)


def _numbers_there(rows: slice, columns: slice, width: int, shown: int) -> NDArray[np.bool_]:
    down, across = np.ogrid[rows.start : rows.stop, columns.start : columns.stop]
    return np.asarray(down * width + across < shown)
