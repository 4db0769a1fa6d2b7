"""A PNG written a band of rows after the other: pictures of any size in little memory.

Rows are stored as differences from the row above, so that enlarged numbers and even areas cost
next to nothing; places in a table of colours stay places, with the table beside them.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import IO

import numpy as np

from cnnstudio.gui.exporting.raster import Bytes, Raster, enlarged

Tell = Callable[[int, int], object]  # how many rows are written, and of how many
_UP = 2  # the filter: minus what is one pixel above
_GRAY, _RGB, _TABLE = 0, 2, 3
_SAMPLED = 1 << 19  # pixels a guess at the size looks at
MOST = 2**31 - 1  # pixels a side


def silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def write_png(
    file: IO[bytes],
    raster: Raster,
    scale: int = 1,
    about: Mapping[str, str] | None = None,
    tell: Tell = silent,
) -> None:
    """Write a picture.

    Args:
        file: open for bytes
        raster: the pixels
        scale: how many pixels of the file one of them takes, across and down
        about: what made it: keywords (plain letters) and texts, kept in the file
        tell: hears how many rows are written; whatever it raises ends the writing
    """
    width, height = raster.sized(scale)
    kind = _RGB if raster.coloured else _GRAY if raster.table is None else _TABLE
    file.write(b"\x89PNG\r\n\x1a\n")
    _chunk(file, b"IHDR", struct.pack(">2I5B", width, height, 8, kind, 0, 0, 0))
    for keyword, text in (about or {}).items():
        _chunk(file, b"iTXt", keyword.encode("latin-1") + b"\0\0\0\0\0" + text.encode())
    if raster.table is not None:
        _chunk(file, b"PLTE", raster.table.tobytes())
    press = zlib.compressobj(6)
    for rows in _filtered(raster, scale, 0, raster.shape[0], tell):
        if packed := press.compress(rows.tobytes()):
            _chunk(file, b"IDAT", packed)
    _chunk(file, b"IDAT", press.flush())
    _chunk(file, b"IEND", b"")


def guess_size(raster: Raster, scale: int = 1) -> int:
    """Estimate how many bytes a picture takes, exactly if it is small, else from its middle."""
    height, width = raster.shape
    tall = min(height, max(1, _SAMPLED // (width * scale)))
    first = (height - tall) // 2
    press = zlib.compressobj(6)
    packed = 0
    for rows in _filtered(raster, scale, first, first + tall, silent):
        packed += len(press.compress(rows.tobytes()))
    packed += len(press.flush())
    table = 0 if raster.table is None else raster.table.size + 12
    return round(packed * height / tall) + table + 69


def _filtered(raster: Raster, scale: int, first: int, last: int, tell: Tell) -> Iterator[Bytes]:
    """Return rows as they are stored: the filter, and the differences from the row above."""
    above: Bytes | None = None
    band = max(1, raster.band // scale**2)
    for top in range(first, last, band):
        tell(top, last)
        bottom = min(last, top + band)
        made = enlarged(raster.rows(top, bottom), scale)
        flat = np.ascontiguousarray(made).reshape(len(made), -1)
        rows = np.empty((len(flat), 1 + flat.shape[1]), np.uint8)
        rows[:, 0] = _UP
        rows[0, 1:] = flat[0] if above is None else flat[0] - above  # modulo 256
        rows[1:, 1:] = flat[1:] - flat[:-1]
        above = flat[-1].copy()
        yield rows
    tell(last, last)


def _chunk(file: IO[bytes], kind: bytes, data: bytes) -> None:
    check = zlib.crc32(kind + data)
    file.write(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check))
