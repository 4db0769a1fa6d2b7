"""Read a picture file into pixels, or say in one sentence why it cannot be shown.

Nothing here trusts a file: its format is judged by its first bytes, its size is asked before a
pixel is decoded, and whatever goes wrong becomes an `UnusablePicture`.
"""

import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cnnstudio.datasets.background import flat_pixels, seen_through
from cnnstudio.datasets.colour import WHITE, Colour
from cnnstudio.datasets.decoding import (
    Decoded,
    Refusal,
    TooSlow,
    Watch,
    Watched,
    missing,
    reason,
    turn_to_decode,
)
from cnnstudio.datasets.exif import SIDEWAYS, TURNS, turned
from cnnstudio.datasets.formats import HEAD, SUFFIXES, recognise
from cnnstudio.datasets.limits import MAX_BYTES, check_bytes, reduced, reduction
from cnnstudio.datasets.picture import MAX_KEPT, Cancelled, Picture, UnusablePicture, shown

__all__ = [
    "MAX_BYTES",
    "MAX_KEPT",
    "SUFFIXES",
    "Cancelled",
    "Picture",
    "UnusablePicture",
    "read_picture",
    "thumbnail",
]
_CHUNK = 2**20  # bytes read between two looks at `cancelled`


def read_picture(  # noqa: PLR0913 - all but the file may be left out
    source: Path | bytes,
    name: str = "",
    cancelled: Callable[[], bool] = lambda: False,
    *,
    frame: int = 0,
    background: Colour = WHITE,
    partial: bool = False,
    most: int = MAX_KEPT,
) -> Picture:
    """Read a picture, from a file or from the bytes of one.

    Args:
        source: a file, or the bytes of one
        name: what to call it; the name of the file unless given
        cancelled: asked again and again whether nobody wants the picture any more
        frame: which frame or page of it, from 0
        background: what is seen through transparent parts
        partial: whether a file that ends too early is shown as far as it goes
        most: pixels; a larger picture is averaged down while it is read

    Raises:
        UnusablePicture: if the file is none that can be shown.
        Cancelled: soon after `cancelled` said yes.
    """
    if isinstance(source, Path):
        name = shown(name or source.name or str(source))
    else:
        name = shown(name or "the pasted picture")
    wanted = _Wanted(name, frame, background, partial, min(most, MAX_KEPT))
    try:
        return _read(source, wanted, Watch(cancelled))
    except _CutShortError as cut:
        why, partly = f"cannot be read to its end: {cut}; what is there can be shown", True
    except Refusal as refusal:
        why, partly = str(refusal), False
    # Raised out here, the sentence does not keep the half-decoded pixels alive.
    raise UnusablePicture(f"{name} {why}", partly)


def thumbnail(pixels: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """Average a picture down until its longer side is `side` pixels.

    A picture that is small already keeps its size.

    Returns:
        (h, w) of gray pixels (1, H, W), and (h, w, 3) of colours (3, H, W)
    """
    if side < 1:
        raise ValueError(f"A thumbnail of {side} pixels has nothing to show")
    channels, height, width = pixels.shape
    scale = min(1.0, side / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    planes = [
        np.asarray(Image.fromarray(plane).resize(size, Image.Resampling.BOX, reducing_gap=2.0))
        for plane in pixels
    ]
    return planes[0].copy() if channels == 1 else np.dstack(planes)


class _CutShortError(Exception):
    """Only a part of the picture is there, and nobody asked for a part."""


@dataclass(frozen=True)
class _Wanted:
    """How a picture is to be read; see `read_picture`."""

    name: str
    frame: int
    background: Colour
    partial: bool
    most: int


def _read(source: Path | bytes, wanted: _Wanted, watch: Watch) -> Picture:
    """Read, recognise, decode; and whatever goes wrong becomes a `Refusal`."""
    data = _read_file(source, watch) if isinstance(source, Path) else source
    check_bytes(len(data))
    kind, reader = recognise(data[:HEAD])
    file = Watched(data, watch)
    del source, data  # nobody else needs to hold up to 64 MB
    with turn_to_decode(watch):
        try:
            watch.hurry()
            decoded = reader(file, wanted.frame, wanted.most)
            watch.rest()
            if decoded.broken and not wanted.partial:
                raise _CutShortError(decoded.broken)
            return _picture(decoded, wanted, watch)
        except (Cancelled, Refusal, _CutShortError):
            raise
        except TooSlow:
            raise Refusal(f"is a {kind} picture that takes too long to read") from None
        except Exception as error:  # Pillow raises nearly everything
            why = f"is a {kind} picture that cannot be read: {reason(error)}"
            raise Refusal(why) from None


def _picture(decoded: Decoded, wanted: _Wanted, watch: Watch) -> Picture:
    """Flatten, reduce and turn what was decoded, and list what was done."""
    size, small = decoded.size, reduced(*decoded.size, wanted.most)
    pixels, seen = flat_pixels(decoded.image, small, wanted.background, watch)
    notes = [f"partial: {decoded.broken}", missing(decoded.image)] if decoded.broken else []
    if small != size:
        sideways = decoded.turn in SIDEWAYS
        notes.append(reduction(size[::-1], small[::-1]) if sideways else reduction(size, small))
    if decoded.turn in TURNS:
        notes.append("turned as its EXIF orientation says")
    notes += decoded.notes
    if seen:
        notes.append(seen_through(wanted.background))
    if decoded.profile and b"sRGB" not in decoded.profile.replace(b"\0", b""):
        notes.append("colour profile ignored")
    pixels = np.ascontiguousarray(turned(pixels, decoded.turn))
    return Picture(
        wanted.name, pixels, ", ".join(filter(None, notes)), decoded.frame, decoded.frames, seen,
        wanted.background, bool(decoded.broken),
    )  # fmt: skip


def _read_file(path: Path, watch: Watch) -> bytes:
    """Read a whole file, but no more than what can be opened."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for ever
            what = "folder" if stat.S_ISDIR(status.st_mode) else "device or a pipe"
            raise Refusal(f"is a {what}, not a picture")
        check_bytes(status.st_size)
        data = bytearray()
        with path.open("rb") as file:
            while True:
                watch.look()
                data += (chunk := file.read(_CHUNK))
                if not chunk or len(data) > MAX_BYTES:
                    return bytes(data)
    except (OSError, ValueError) as error:
        told = str(getattr(error, "strerror", None) or error)
        raise Refusal(f"cannot be read: {told.lower()}") from None
