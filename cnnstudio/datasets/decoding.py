"""Decode one file at a time, and watch over it: is it still wanted, does it take too long?"""

import io
import math
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

from PIL import Image, ImageFile

from cnnstudio.datasets.picture import Cancelled, shown

PATIENCE = 1.25  # s for headers, for counting frames and for those before the one wanted
_PIXELS = 2**20  # handled between two looks
_LOCK = threading.Lock()  # one at a time: bounds the memory, and filters of warnings are global


class Refusal(Exception):  # noqa: N818 - it becomes a sentence
    """Why a file cannot be shown: a sentence without its first words, the file's name."""


class TooSlow(Exception):  # noqa: N818 - it becomes a sentence
    """There is more to do than anybody would wait for."""


class Watch:
    """Asked again and again while a file is decoded; stops it by raising something."""

    def __init__(self, cancelled: Callable[[], bool]) -> None:
        self.cancelled = cancelled
        self.deadline = math.inf

    def look(self) -> None:
        """Stop if nobody wants the picture any more, or if time is up."""
        if self.cancelled():
            raise Cancelled
        if time.monotonic() > self.deadline:
            raise TooSlow

    def hurry(self) -> None:
        """Allow what comes now no more than `PATIENCE`."""
        self.deadline = time.monotonic() + PATIENCE

    def rest(self) -> None:
        """Allow what comes now its time: how long it takes is bounded by its size."""
        self.deadline = math.inf

    def bands(self, width: int, height: int) -> Iterator[tuple[int, int]]:
        """Part a picture into bands of whole rows, first and last + 1, and look at each."""
        rows = max(1, _PIXELS // width)
        for top in range(0, height, rows):
            self.look()
            yield top, min(top + rows, height)


class Watched(io.BytesIO):
    """The bytes of a file, which ask before each read whether they are still wanted."""

    def __init__(self, data: bytes, watch: Watch) -> None:
        super().__init__(data)
        self.watch = watch

    def read(self, size: int | None = -1, /) -> bytes:
        """Read on."""
        self.watch.look()
        return super().read(size)


@dataclass
class Decoded:
    """A picture as a file holds it, in any of Pillow's modes.

    Attributes:
        size: width and height of the whole picture, of which `image` may be a smaller draft
        notes: what was done to it already
        turn: how it has to be turned, as EXIF numbers it
        broken: why only a part of it could be decoded, if so
        profile: its ICC profile
    """

    image: Image.Image
    size: tuple[int, int]
    notes: list[str] = field(default_factory=list)
    turn: int = 1
    frame: int = 0
    frames: int = 1
    broken: str = ""
    profile: bytes = b""


Reader: TypeAlias = Callable[[Watched, int, int], Decoded]  # a file, which frame, most pixels


def load(image: ImageFile.ImageFile) -> str:
    """Decode a picture; return why only a part of it could be, or nothing if all is well.

    What is missing stays 0: black, or transparent. Whatever Pillow raises is passed on only if
    nothing at all was decoded.
    """
    try:
        image.load()
    except (Cancelled, TooSlow, Refusal, MemoryError):
        raise
    except Exception as error:  # Pillow raises nearly everything
        image.tile = []  # so that what was decoded by now counts as all there is
        if not _anything(image):
            raise
        return reason(error)
    return ""


def _anything(image: ImageFile.ImageFile) -> bool:
    """Tell whether a picture that could not be decoded to its end holds anything but zeros."""
    try:
        return image.im.getbbox(False) is not None
    except Exception:  # there is no picture at all
        return False


def missing(image: Image.Image) -> str:
    """Say how much of a broken picture is empty."""
    _, top, _, bottom = image.getbbox(alpha_only=False) or (0, 0, 0, 0)
    empty = image.height - (bottom - top)
    return f"{empty} of {image.height} rows are empty" if empty else ""


def reason(error: Exception) -> str:
    """Say in a few words what went wrong; what is no message for people is not repeated."""
    if isinstance(error, MemoryError):
        return "it needs more memory than there is"
    told = str(error)
    if "truncated" in told.lower() or "not enough image data" in told:
        return "the file ends too early"
    if "broken data stream" in told or "decod" in told or told.lstrip("-").isdigit():
        return "the file is damaged"
    if isinstance(error, OSError | SyntaxError | ValueError) and " " in told and len(told) < 120:
        return f'Pillow says "{shown(told)}"'
    return "its data make no sense"


@contextmanager
def turn_to_decode(watch: Watch) -> Iterator[None]:
    """Wait for one's turn to decode, then keep Pillow's warnings from everybody."""
    while not _LOCK.acquire(timeout=0.02):
        watch.look()
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module=r"PIL\.")
            yield
    finally:
        _LOCK.release()
