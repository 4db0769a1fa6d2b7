"""Frames as a GIF or a WebP, one after the other: however many there are, one is held at a time.

Pillow encodes each frame; the frames are put together here, because Pillow itself would keep all
of them until the end. After the first frame only what has changed is written, the rest of it is
transparent and nothing is ever disposed of, which every browser shows alike.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import IO, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import GifImagePlugin, Image

from cnnstudio.gui.exporting.palette import Palette
from cnnstudio.gui.exporting.raster import Bytes

Box = tuple[int, int, int, int]  # left, top, right, bottom
Seen = NDArray[np.bool_]
_KEEP = 1  # the disposal: leave what is there
_EFFORT = 30  # of 100, for WebP: nearly as small as with all of it, and ten times as fast
_CLEAR = 255  # the place in a GIF's table that lets the frame before be seen


class Writer(Protocol):
    """Puts frames together in a file."""

    def add(self, frame: Bytes, milliseconds: int) -> None:
        """Write one more frame: (H, W, 3), all of one size."""

    def finish(self) -> None:
        """Write what comes after the last one."""


MakeWriter = Callable[[IO[bytes]], Writer]


def write_frames(
    file: IO[bytes],
    make: MakeWriter,
    frames: Iterable[Bytes],
    durations: Sequence[int],
) -> None:
    """Write frames as they come.

    Args:
        file: open for bytes, at its beginning
        make: `WebpWriter`, or what makes a `GifWriter` with its colours
        frames: (H, W, 3) each
        durations: of each, in milliseconds
    """
    writer = make(file)
    for frame, milliseconds in zip(frames, durations, strict=True):
        writer.add(frame, milliseconds)
    writer.finish()


def durations(count: int, speed: float, last: int = 1000, step: int = 10) -> list[int]:
    """Return how long each frame is shown, in milliseconds, so that none drifts from its time.

    Args:
        count: how many frames there are
        speed: frames a second
        last: how long the last one is shown at least, so that its result can be read
        step: the shortest time the format knows, in milliseconds
    """
    times = [round(each * 1000 / speed / step) * step for each in range(count + 1)]
    made = [after - before for before, after in pairwise(times)]
    made[-1] = max(made[-1], last)
    return made


class _Changes:
    """Remembers the frame before, and finds what is different."""

    def __init__(self) -> None:
        self._before: Bytes | None = None

    def of(self, frame: Bytes, even: bool = False) -> tuple[Box, Seen | None]:
        """Return the part that changed, and which of its pixels did; None for all.

        Args:
            frame: (H, W) or (H, W, 3)
            even: whether the part must begin at an even place
        """
        before, self._before = self._before, frame
        height, width = frame.shape[:2]
        if before is None:
            return (0, 0, width, height), None
        different = np.not_equal(frame, before)
        changed: Seen = different if frame.ndim == 2 else np.logical_or.reduce(different, axis=2)
        rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
        if not rows.size:
            return (0, 0, 1, 1), np.zeros((1, 1), np.bool_)
        left, top = int(columns[0]), int(rows[0])
        if even:
            left, top = left - left % 2, top - top % 2
        right, bottom = int(columns[-1]) + 1, int(rows[-1]) + 1
        return (left, top, right, bottom), changed[top:bottom, left:right]


class GifWriter:
    """A GIF that repeats itself for ever, with one table of colours for all frames."""

    def __init__(self, file: IO[bytes], palette: Palette) -> None:
        self._file, self._palette, self._changes = file, palette, _Changes()
        self._begun = False

    def add(self, frame: Bytes, milliseconds: int) -> None:
        """Write one more frame; times are cut to hundredths of a second."""
        places = self._palette.places(frame)
        if not self._begun:
            self._begin(*places.shape)
        (left, top, right, bottom), seen = self._changes.of(places)
        part = places[top:bottom, left:right]
        if seen is not None:
            part = np.where(seen, part, np.uint8(_CLEAR))
        made = Image.fromarray(np.ascontiguousarray(part))
        how = {"duration": milliseconds, "disposal": _KEEP}
        if seen is not None:
            how["transparency"] = _CLEAR
        self._file.writelines(GifImagePlugin.getdata(made, (left, top), **how))

    def _begin(self, height: int, width: int) -> None:
        self._begun = True
        table = np.zeros((256, 3), np.uint8)
        table[: len(self._palette.colours)] = self._palette.colours
        self._file.write(b"GIF89a" + struct.pack("<2H3B", width, height, 0xF7, 0, 0))
        self._file.write(table.tobytes())
        self._file.write(b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0")  # again and again

    def finish(self) -> None:
        """Write the end."""
        self._file.write(b";")


class WebpWriter:
    """A WebP that repeats itself for ever and keeps every pixel."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._changes = file, _Changes()
        self._begun = False

    def add(self, frame: Bytes, milliseconds: int) -> None:
        """Write one more frame."""
        if not self._begun:
            self._begin(*frame.shape[:2])
        (left, top, right, bottom), seen = self._changes.of(frame, even=True)
        part = frame[top:bottom, left:right]
        if seen is not None:
            part = np.dstack([part * seen[:, :, None], seen * np.uint8(255)])
        place = [left // 2, top // 2, right - left - 1, bottom - top - 1, milliseconds]
        head = b"".join(each.to_bytes(3, "little") for each in place) + b"\0"  # blend, and keep
        self._chunk(b"ANMF", head + _lossless(part))

    def _begin(self, height: int, width: int) -> None:
        self._begun = True
        self._file.write(b"RIFF\0\0\0\0WEBP")
        sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        self._chunk(b"VP8X", b"\x12\0\0\0" + sides)  # it moves, and has something transparent
        self._chunk(b"ANIM", b"\xff\xff\xff\xff\0\0")  # again and again

    def _chunk(self, kind: bytes, data: bytes) -> None:
        self._file.write(kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2))

    def finish(self) -> None:
        """Write at the beginning how long it has become."""
        end = self._file.tell()
        self._file.seek(4)
        self._file.write(struct.pack("<I", end - 8))
        self._file.seek(end)


def _lossless(pixels: Bytes) -> bytes:
    """Encode (H, W, 3) or (H, W, 4), and return the chunk that has the pixels."""
    made = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(
        made, "WEBP", lossless=True, quality=_EFFORT, method=3
    )
    for kind, chunk in _chunks(made.getvalue()):
        if kind == b"VP8L":
            return chunk
    raise ValueError("This computer's Pillow cannot write lossless WebP; take a GIF")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Return the chunks of a WebP with their heads: kind, and all of it."""
    place = 12
    while place + 8 <= len(data):
        kind, (size,) = data[place : place + 4], struct.unpack_from("<I", data, place + 4)
        end = place + 8 + size + size % 2
        yield kind, data[place:end]
        place = end
