"""What happens on the reading thread: from a file, or what was pasted, to a picture for the bench.

What the window would have to wait for later is done here too. Nothing here may be imported before
it is needed: NumPy and Pillow come in on the thread.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from cnnstudio.datasets.picture_file import Picture
    from cnnstudio.lab.image import Image

Colour: TypeAlias = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
PARTIAL = " (partial)"  # what the name of a picture ends in that is not all there
_MILLION = 1_000_000
_SEEN_SIDE = 256  # the longest side of what is shown of a picture as a whole
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Encoded:
    """The bytes of a picture file, and what was done to the picture before."""

    data: bytes
    note: str = ""


@dataclass(frozen=True, eq=False)
class Wish:
    """What is to be read, and how.

    Attributes:
        source: a file; the bytes of one; or what makes them, or an Image, and is called on the
            thread (it raises a ValueError with a sentence if it cannot)
        name: what to call the picture
        frame: which of its frames or pages, from 0
        background: red, green and blue of what is seen through it
        partial: whether what there is of a damaged picture will do
        after: the picture on the bench that is read another way; None for a new one
        gesture: what reading it another way belongs to
    """

    source: Source
    name: str
    frame: int = 0
    background: Colour = WHITE
    partial: bool = False
    after: Image | None = None
    gesture: object = None


@dataclass(frozen=True, eq=False)
class Brought:
    """A wish come true: the picture, and what was done to it while reading."""

    wish: Wish
    image: Image
    note: str


@dataclass(frozen=True, eq=False)
class Refusal:
    """Why a wish cannot be fulfilled, and whether a part of the picture could be shown."""

    wish: Wish
    reason: str
    partly: bool = False


@dataclass(eq=False)
class Request:
    """What the two threads share: one asks and may cancel, the other answers once."""

    wish: Wish
    cancelled: threading.Event = field(default_factory=threading.Event)
    outcome: Brought | Refusal | None = None  # None if it was cancelled
    done: bool = False


Source: TypeAlias = "Path | bytes | Callable[[], Encoded | Image]"
Read: TypeAlias = "Callable[..., Picture]"


def fulfil(request: Request, read: Read | None) -> None:
    """Fulfil a request, whatever comes of it; reads with `read_picture` unless told otherwise."""
    try:
        request.outcome = _outcome(request, read)
    except BaseException as error:  # whatever it is: the window must not stay busy for ever
        name = request.wish.name
        _log.exception("reading %s", name)
        reason = " ".join(str(error).split()) or type(error).__name__
        request.outcome = Refusal(request.wish, f"{name} could not be opened: {reason}")
    finally:
        request.done = True


def _outcome(request: Request, read: Read | None) -> Brought | Refusal | None:
    from cnnstudio.datasets import picture_file  # noqa: PLC0415 Pillow, once it is needed

    wish = request.wish
    try:
        source, note, cancelled = wish.source, "", request.cancelled.is_set
        if not isinstance(source, Path | bytes):
            made = _made(source)
            if not isinstance(made, Encoded):
                return Brought(wish, _warm(made), "")
            source, note = made.data, made.note
        how: dict[str, Any] = {
            "frame": wish.frame,
            "background": wish.background,
            "partial": wish.partial,
        }
        picture = (read or picture_file.read_picture)(source, wish.name, cancelled, **how)
        image = _warm(_image(picture, source, wish))
        if isinstance(source, Path) and wish.after is None and not cancelled():
            from cnnstudio.gui.thumbnails import keep_thumbnail  # noqa: PLC0415

            keep_thumbnail(image.pixels, source)
        return Brought(wish, image, ", ".join(filter(None, (note, picture.note))))
    except picture_file.UnusablePicture as reason:
        return Refusal(wish, str(reason), reason.partly)
    except _CannotBeMade as reason:
        return Refusal(wish, str(reason))
    except picture_file.Cancelled:
        return None


class _CannotBeMade(Exception):  # noqa: N818 - nothing is wrong with the program
    """What was pasted or dropped turned out to be no picture."""


def _made(make: Callable[[], Encoded | Image]) -> Encoded | Image:
    try:
        return make()
    except ValueError as reason:
        raise _CannotBeMade(str(reason)) from None


def _image(picture: Picture, source: Path | bytes, wish: Wish) -> Image:
    """Put a picture that was read on the bench's terms, with where it came from."""
    import numpy as np  # noqa: PLC0415

    from cnnstudio.lab.image import Image, Origin  # noqa: PLC0415

    pixels = picture.pixels
    if len(pixels) == 1 and wish.after is not None and wish.after.channels == 3:
        pixels = np.repeat(pixels, 3, axis=0)  # a gray frame among coloured ones: same kernel
        pixels.flags.writeable = False
    origin = None
    special = picture.frames != 1 or picture.transparent or picture.partial
    if special or isinstance(source, Path):
        origin = Origin(
            source,
            picture.frame,
            picture.frames,
            picture.transparent,
            picture.background,
            picture.partial,
        )
    name = picture.name + (PARTIAL if picture.partial else "")
    return Image(pixels, name, origin=origin)


def _warm(image: Image) -> Image:
    """Have ready what the bench asks for first."""
    from cnnstudio.lab.image import grayed, working_image  # noqa: PLC0415

    hash(image)
    if image.channels == 3 and image.width * image.height > _MILLION:
        grayed(image)
    working_image(image, _SEEN_SIDE, False, False)
    return image
