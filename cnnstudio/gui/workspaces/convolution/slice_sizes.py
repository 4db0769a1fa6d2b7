"""How large the slices of a kernel are, and how many stand side by side.

They shall be read, and the pictures beside them shall stay large; so sizes are weighed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cnnstudio.gui.widgets.kernel_slices import KernelSlices
from cnnstudio.gui.widgets.plane_view import MARGIN

_USUAL, _MOST, _LEAST = 22, 72, 9  # px a cell
_SMALLER = (44, 36, 30, 26, 22, 20, 18, 16, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5)  # to make room
# what cells of so many px are worth: from 14 on they have digits
_READABLE = {5: 0.4, 9: 0.6, 11: 0.65, 13: 0.7, 14: 0.85, 16: 0.9, 18: 0.95, 22: 1.0}
_NONE = 1e-3  # px a cell of a picture for which there is no room
_SEVERAL = 1.7  # so much wider than one slice may several be that stand side by side
_BROKEN = 0.9  # worth of slices in two lines


@dataclass(frozen=True)
class Place:
    """The room of a picture beside the kernel.

    Attributes:
        narrowest: px, what its column needs in any case
        rows, columns: of the picture
        height: px there are for it
    """

    narrowest: int
    rows: int
    columns: int
    height: float


def best_layout(
    kernel: KernelSlices,
    room: float,
    width: float,
    places: Sequence[Place],
    own: tuple[int, float],
) -> tuple[float, int]:
    """Return how large the cells of a kernel are, and how many slices stand side by side.

    Args:
        kernel: is to be laid out
        room: px there are for its height
        width: px there are for it and the pictures
        places: those of the pictures
        own: px its column needs in any case, and px that one slice may take
    """
    narrowest, widest = own

    def worth(layout: tuple[float, int]) -> tuple[bool, float]:
        cell, across = layout
        size = kernel.size_of(cell, across)
        pictures = _picture_cell(places, width - max(narrowest, size.width()))
        read = max(worth for px, worth in _READABLE.items() if cell >= px)
        line = 1 if across in {1, len(kernel.shown)} else _BROKEN
        value = pictures / tallest * read * line + cell / 1000 if pictures > 0 else pictures
        return size.height() <= room, value

    tallest = _tallest(places)
    sizes = list(_sizes(kernel, room, widest))
    return max(sizes, key=worth) if len(sizes) > 1 else sizes[0]


def _sizes(kernel: KernelSlices, room: float, widest: float) -> Iterator[tuple[float, int]]:
    """Return what may be tried: for each arrangement the usual size, and some smaller ones."""
    rows, columns = kernel.shape
    for across in kernel.arrangements:
        wide = widest if across == 1 else _SEVERAL * widest
        side = max(rows, columns) if across == 1 else across * columns
        down = -(-len(kernel.shown) // across)
        tall = (room - kernel.size_of(0, across).height()) / (rows * down)
        cell = min(_MOST, max(_USUAL, wide / side), max(_LEAST, tall))
        if len(kernel.shown) == 1:
            yield cell, across
        else:
            yield float(int(cell)), across
            yield from ((smaller, across) for smaller in _SMALLER if smaller < cell)


def _picture_cell(places: Sequence[Place], width: float) -> float:
    """Return how large a cell of the pictures can be if their columns have so much width.

    Below 0, it is how many px there are too few for any.
    """
    cell = _tallest(places)
    for _ in range(len(places) + 1):  # columns that are as narrow as they can be take no part
        free = [p for p in places if p.columns * cell + 2 * MARGIN > p.narrowest]
        taken = sum(p.narrowest for p in places if p not in free) + 2 * MARGIN * len(free)
        fits = (width - taken) / max(1, sum(p.columns for p in free))
        if not free and taken > width:
            return width - taken
        if not free or fits >= cell:
            break
        cell = max(_NONE, fits)
    return cell


def _tallest(places: Sequence[Place]) -> float:
    """Return how large a cell of the pictures can be for their height alone."""
    return max(_NONE, min((place.height / max(1, place.rows) for place in places), default=1.0))
