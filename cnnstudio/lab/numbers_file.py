"""The numbers of a map for other programs: CSV, NPY and tabs, a band of rows after the other.

Every number is written so that it is read back as the very same one. Several maps of one picture
stand below each other in a CSV, with an empty line between them, which spreadsheets and NumPy's
`loadtxt` pass over; an NPY has the shape (C, H, W) then. There is no line of comment, for not
every reader survives one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.on_demand import OnDemand
from cnnstudio.nn.geometry import Array

Numbers = Array | OnDemand
Tell = Callable[[int, int], object]  # how many rows are written, and of how many
_BAND = 1 << 16  # numbers written at a time, so that one may stop in between
_WHOLE_BELOW = float(1 << 53)  # up to here every whole number is its own


def silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def write_csv(file: IO[bytes], planes: Sequence[Numbers], tell: Tell = silent) -> None:
    """Write one row of a map a line, numbers with commas between them.

    Args:
        file: open for bytes
        planes: (H, W) each, written below each other
        tell: hears how many rows are written; whatever it raises ends the writing
    """
    for text in _texts(planes, ",", tell):
        file.write(text.encode("ascii"))


def tabbed(planes: Sequence[Numbers], tell: Tell = silent) -> str:
    """Return the same with tabs, as spreadsheets take it from the clipboard."""
    return "".join(_texts(planes, "\t", tell))


def write_npy(file: IO[bytes], planes: Sequence[Numbers], tell: Tell = silent) -> None:
    """Write what `numpy.load` reads: (H, W), or (C, H, W) if there are several planes.

    Args:
        file: open for bytes
        planes: (H, W) each, all of one kind
        tell: hears how many rows are written; whatever it raises ends the writing
    """
    rows, columns = planes[0].shape
    shape = (rows, columns) if len(planes) == 1 else (len(planes), rows, columns)
    kind = kind_of(planes)
    head = {
        "descr": np.lib.format.dtype_to_descr(kind),
        "fortran_order": False,
        "shape": shape,
    }
    np.lib.format.write_array_header_1_0(file, head)
    for block in _bands(planes, tell):
        file.write(np.ascontiguousarray(block, kind).tobytes())


def kind_of(planes: Sequence[Numbers]) -> np.dtype[Any]:
    """Return how numbers are kept in an NPY: as bytes where they are, else as 64-bit floats."""
    whole = all(plane.dtype == np.uint8 for plane in planes)
    return np.dtype(np.uint8 if whole else "<f8")


def csv_size(planes: Sequence[Numbers], sampled: int = 1 << 14) -> int:
    """Estimate how many bytes `write_csv` will write, from some of the rows."""
    rows, columns = planes[0].shape
    step = max(1, rows * columns // sampled)
    picked = planes[0][0:rows:step, 0:columns]
    length: int = sum(len(_line(line, ",")) + 1 for line in picked)
    share: float = rows / len(picked)
    return round(length * share) * len(planes) + len(planes) - 1


def npy_size(planes: Sequence[Numbers]) -> int:
    """Return how many bytes `write_npy` will write."""
    return 128 + sum(int(plane.size) for plane in planes) * int(kind_of(planes).itemsize)


def _texts(planes: Sequence[Numbers], between: str, tell: Tell) -> Iterator[str]:
    """Return the lines, many at a time; an empty one between planes."""
    rows, done = planes[0].shape[0], 0
    for block in _bands(planes, tell):
        if done and done % rows == 0:
            yield "\n"
        yield "".join(f"{_line(line, between)}\n" for line in block)
        done += len(block)


def _bands(planes: Sequence[Numbers], tell: Tell) -> Iterator[Array]:
    """Return the rows of all planes, some at a time."""
    rows, columns = planes[0].shape
    tall, total = max(1, _BAND // columns), rows * len(planes)
    for place, plane in enumerate(planes):
        for top in range(0, rows, tall):
            tell(place * rows + top, total)
            yield plane[top : min(rows, top + tall), 0:columns]
    tell(total, total)


def _line(numbers: NDArray[Any], between: str) -> str:
    """Write numbers as Python does, whole ones without a point: the shortest that is exact."""
    if numbers.dtype != np.uint8:
        whole = numbers == np.rint(numbers)
        if not (whole & (np.abs(numbers) < _WHOLE_BELOW)).all():
            return between.join([repr(each).removesuffix(".0") for each in numbers.tolist()])
    return between.join(map(str, numbers.astype(np.int64).tolist()))
