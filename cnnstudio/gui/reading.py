"""What happens on the reading thread: from a file, or what was pasted, to something on the bench.

What the window would have to wait for later is done here too. Nothing here may be imported before
it is needed: NumPy and Pillow come in on the thread.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from cnnstudio.datasets.colour import WHITE, Colour

if TYPE_CHECKING:
    from cnnstudio.datasets.picture_file import Picture
    from cnnstudio.lab.image import Image, Pixels
    from cnnstudio.lab.scene import Scene
    from cnnstudio.lab.session import Session

_MILLION = 1_000_000
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
        scene: whether the file is a scene
        session: likewise a session; so it is, too, if it begins like one
    """

    source: Source
    name: str
    frame: int = 0
    background: Colour = WHITE
    partial: bool = False
    after: Image | None = None
    gesture: object = None
    scene: bool = False
    session: bool = False


@dataclass(frozen=True, eq=False)
class Brought:
    """A wish come true: the picture, and what was done to it while reading."""

    wish: Wish
    image: Image
    note: str


@dataclass(frozen=True, eq=False)
class Staged:
    """A wish for a scene come true."""

    wish: Wish
    scene: Scene


@dataclass(frozen=True, eq=False)
class Unpacked:
    """A wish for a session come true."""

    wish: Wish
    session: Session


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
    outcome: Outcome | None = None  # None if it was cancelled
    done: bool = False


Source: TypeAlias = "Path | bytes | Callable[[], Encoded | Image]"
Outcome: TypeAlias = "Brought | Staged | Unpacked | Refusal"
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
    _remember(request)


def _outcome(request: Request, read: Read | None) -> Outcome | None:
    from cnnstudio.datasets import picture_file  # noqa: PLC0415 Pillow, once it is needed

    wish, cancelled = request.wish, request.cancelled.is_set
    how = partial(read or picture_file.read_picture, cancelled=cancelled, partial=wish.partial)
    try:
        session = _unpacked(wish, cancelled)
        return session or (_staged(wish, how) if wish.scene else _brought(wish, how))
    except picture_file.UnusablePicture as reason:
        return Refusal(wish, str(reason), reason.partly)
    except _CannotBeMade as reason:
        return Refusal(wish, str(reason))
    except picture_file.Cancelled:
        return None


def _brought(wish: Wish, read: Read) -> Brought:
    from cnnstudio.lab.from_file import image_of  # noqa: PLC0415

    source, note = wish.source, ""
    if not isinstance(source, Path | bytes):
        made = _made(source)
        if not isinstance(made, Encoded):
            return Brought(wish, _warm(made), "")
        source, note = made.data, made.note
    picture = read(source, name=wish.name, frame=wish.frame, background=wish.background)
    among_colours = wish.after is not None and wish.after.channels == 3  # so the kernel still fits
    image = image_of(picture, source, 3 if among_colours else 1)
    return Brought(wish, _warm(image), ", ".join(filter(None, (note, picture.note))))


def _staged(wish: Wish, read: Read) -> Staged:
    """Read a scene, with the picture it names; that is shown as its author saw it, on white."""
    from cnnstudio.datasets.picture import UnusablePicture  # noqa: PLC0415
    from cnnstudio.lab.scene import read_scene  # noqa: PLC0415

    assert isinstance(wish.source, Path)
    try:
        scene = read_scene(wish.source, partial(read, name=""))
    except UnusablePicture:
        raise
    except ValueError as reason:
        raise _CannotBeMade(str(reason)) from None
    _warm(scene.bench.source)
    return Staged(wish, scene)


def _unpacked(wish: Wish, cancelled: Callable[[], bool]) -> Unpacked | None:
    """Read a session, if it is to be one or looks like one."""
    from cnnstudio.datasets.picture import Cancelled  # noqa: PLC0415
    from cnnstudio.lab.session_zip import is_session, read_session  # noqa: PLC0415

    path = wish.source
    if not isinstance(path, Path) or not (wish.session or is_session(path)):
        return None

    def check() -> None:
        if cancelled():
            raise Cancelled

    try:
        session = read_session(path, check)
    except ValueError as reason:
        raise _CannotBeMade(str(reason)) from None
    warm_session(session)
    return Unpacked(wish, session)


def warm_session(session: Session) -> None:
    """Have ready what the benches of a session ask for first."""
    for bench in session.benches.values():
        source = getattr(bench, "source", None)
        if source is not None:
            _warm(source)


def _remember(request: Request) -> None:
    """Keep a small picture of the file that was opened; nobody waits for it any more."""
    brought = request.outcome
    if isinstance(brought, Unpacked):
        pixels = brought.session.cover
    elif isinstance(brought, Brought) and brought.wish.after is None:
        pixels = brought.image.pixels
    else:
        return
    if isinstance(brought.wish.source, Path) and pixels is not None:
        keep_look(pixels, brought.wish.source)


def keep_look(pixels: Pixels, path: Path) -> None:
    """Keep a small picture of a file for the list of recent ones."""
    from cnnstudio.gui.thumbnails import keep_thumbnail  # noqa: PLC0415

    try:
        keep_thumbnail(pixels, path)
    except Exception:  # it would be nice to have, and no more
        _log.exception("keeping a small picture of %s", path)


class _CannotBeMade(Exception):  # noqa: N818 - nothing is wrong with the program
    """What was pasted or dropped is no picture, or a file no scene."""


def _made(make: Callable[[], Encoded | Image]) -> Encoded | Image:
    try:
        return make()
    except ValueError as reason:
        raise _CannotBeMade(str(reason)) from None


def _warm(image: Image) -> Image:
    """Have ready what the bench asks for first."""
    from cnnstudio.lab.image import grayed  # noqa: PLC0415

    hash(image)
    if image.channels == 3 and image.width * image.height > _MILLION:
        grayed(image)
    return image
