"""The pictures of a session: each once, every number of it as it is, in files NumPy can load.

What a file says about itself is not believed: its beginning must be, letter by letter, what would
have been written for the sizes in the session, and then there is nothing in it left to be read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import numpy as np

from cnnstudio.lab.image import MAX_CHANNELS, Image, Origin
from cnnstudio.lab.quote import quote

Parts: TypeAlias = "tuple[bytes | memoryview, ...]"  # what a member holds, one after the other
MAX_PICTURE = 1 << 29  # bytes of one picture: 12 megapixels in three channels of float64 and more
_KINDS = {"uint8": "|u1", "float64": "<f8"}
_PIXELS = re.compile(r"pictures/[0-9a-f]{32}\.npy\Z")
_ENCODED = re.compile(r"pictures/[0-9a-f]{32}\.bin\Z")
_MOST_FRAMES = 10**9


class Members(Protocol):
    """The files a session consists of, in a zip or in a folder."""

    def size(self, name: str) -> int | None:
        """Return how many bytes a member has; None if there is none of that name."""

    def read(self, name: str) -> bytes:
        """Return all bytes of a member, exactly as many as `size` says.

        Raises:
            ValueError: if there are not so many, or not those that were written.
        """


class Album:
    """Collects the pictures that benches show, each once.

    Attributes:
        entries: what the session says of each picture, by a name made of what it is
        members: the files that hold them
    """

    def __init__(self) -> None:
        self.entries: dict[str, dict[str, Any]] = {}
        self.members: dict[str, Parts] = {}

    def add(self, image: Image, name: str = "") -> dict[str, Any]:
        """Take a picture in, under a name if it has one; return what a bench says of it."""
        pixels = image.pixels
        kind = "uint8" if pixels.dtype == np.uint8 else "float64"
        file = f"pictures/{image.digest.hex()}.npy"
        stored = np.ascontiguousarray(pixels, _KINDS[kind])
        self.members[file] = (_beginning(stored.shape, kind), stored.data.cast("B"))
        entry = {
            "file": file,
            "shape": list(stored.shape),
            "numbers": kind,
            "name": image.name,
            "black": float(image.low),
            "white": float(image.high),
        }
        if image.origin is not None:
            entry["origin"] = self._origin(image.origin)
        told = repr(entry).encode("utf-8", "surrogatepass")
        name = name or blake2b(told, digest_size=8).hexdigest()
        self.entries[name] = entry
        return {"file": name}

    def _origin(self, origin: Origin) -> dict[str, Any]:
        made: dict[str, Any] = {}
        if isinstance(origin.source, bytes):
            made["file"] = f"pictures/{blake2b(origin.source, digest_size=16).hexdigest()}.bin"
            self.members[made["file"]] = (origin.source,)
        else:
            made["path"] = str(origin.source)
        return made | {
            "frame": origin.frame,
            "frames": origin.frames,
            "transparent": origin.transparent,
            "background": list(origin.background),
            "partial": origin.partial,
        }


class Opened:
    """Opens the pictures of a session, each once.

    Attributes:
        images: those that were opened, by their names
    """

    def __init__(self, entries: Any, members: Members, check: Callable[[], None]) -> None:
        """Take what the session says of its pictures; `check` raises where nobody wants them."""
        if not isinstance(entries, dict):
            raise ValueError("its pictures are no list of names")
        self._entries, self._members, self._check = entries, members, check
        self.images: dict[str, Image] = {}

    def open(self, name: str) -> Image:
        """Return a picture.

        Raises:
            ValueError: with a sentence, if there is none of that name or it is damaged.
        """
        if name not in self.images:
            entry = self._entries.get(name)
            if not isinstance(entry, dict):
                raise ValueError(f"it has no picture {quote(name)}")
            self._check()
            self.images[name] = self._image(entry)
        return self.images[name]

    def open_all(self) -> dict[str, Image]:
        """Return the pictures that nobody has asked for."""
        asked = set(self.images)
        return {name: self.open(name) for name in self._entries if name not in asked}

    def _image(self, entry: dict[str, Any]) -> Image:
        shape, kind, name = entry.get("shape"), entry.get("numbers"), entry.get("name", "")
        if not isinstance(kind, str) or kind not in _KINDS:
            raise ValueError(f"a picture's numbers cannot be {quote(kind)}")
        if not isinstance(shape, list) or len(shape) != 3 or not all(map(_is_side, shape)):
            raise ValueError(f"a picture's shape cannot be {quote(shape)}")
        if not isinstance(name, str):
            raise ValueError(f"a picture's name is a text, not {quote(name)}")
        beginning, kept = _beginning(tuple(shape), kind), np.dtype(_KINDS[kind])
        size = len(beginning) + math.prod(shape) * kept.itemsize
        file = _named(entry.get("file"), _PIXELS)
        if shape[0] > MAX_CHANNELS or size > MAX_PICTURE:
            raise ValueError(f"{quote(name)} is larger than any picture on the bench")
        if self._members.size(file) != size:
            raise ValueError(
                f"the picture {quote(name)} is missing, or not of the size it should be"
            )
        data = self._members.read(file)
        if not data.startswith(beginning):
            raise ValueError(f"the picture {quote(name)} is not written as it should be")
        pixels = np.frombuffer(data, kept, offset=len(beginning)).reshape(shape)
        low, high = _number(entry.get("black", 0)), _number(entry.get("white", 255))
        return Image(pixels, name, low, high, self._origin(entry.get("origin")))

    def _origin(self, entry: Any) -> Origin | None:
        if entry is None:
            return None
        if not isinstance(entry, dict):
            raise ValueError("where a picture came from is not said as it should be")
        frame, frames = (_count(entry.get(name, usual)) for name, usual in _FRAMES)
        background = entry.get("background", [255, 255, 255])
        if not isinstance(background, list) or len(background) != 3:
            raise ValueError(f"a background cannot be {quote(background)}")
        if _is_far(entry.get("path")):
            return None  # nobody shall be asked for a file because a session says so
        red, green, blue = (_count(part, 255) for part in background)
        seen, partial = (entry.get(name, False) for name in ("transparent", "partial"))
        if not isinstance(seen, bool) or not isinstance(partial, bool):
            raise ValueError("“transparent” and “partial” are true or false")
        return Origin(self._source(entry), frame, frames, seen, (red, green, blue), partial)

    def _source(self, entry: dict[str, Any]) -> Path | bytes:
        path = entry.get("path")
        if isinstance(path, str) and "\0" not in path:
            return Path(path)
        file = _named(entry.get("file"), _ENCODED)
        if (self._members.size(file) or MAX_PICTURE) >= MAX_PICTURE:
            raise ValueError("the file a picture came from is missing, or too large")
        return self._members.read(file)


_FRAMES = (("frame", 0), ("frames", 1))


def _beginning(shape: tuple[int, ...], kind: str) -> bytes:
    """Return how a .npy file of such an array begins (NumPy's format 1.0)."""
    sides = ", ".join(map(str, shape))
    about = f"{{'descr': '{_KINDS[kind]}', 'fortran_order': False, 'shape': ({sides}), }}"
    about += " " * (-(10 + len(about) + 1) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + len(about).to_bytes(2, "little") + about.encode("ascii")


def _named(name: Any, pattern: re.Pattern[str]) -> str:
    if not isinstance(name, str) or not pattern.match(name):
        raise ValueError(f"no file of a picture is called {quote(name)}")
    return name


def _is_far(path: Any) -> bool:
    """Whether a path leads to another computer, as Windows writes it."""
    return isinstance(path, str) and path[:2].replace("\\", "/") == "//"


def _is_side(value: Any) -> bool:
    return type(value) is int and 1 <= value <= MAX_PICTURE


def _count(value: Any, most: int = _MOST_FRAMES) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError(f"{quote(value)} is not a whole number from 0 to {most}")
    return value


def _number(value: Any) -> float:
    if type(value) not in {int, float}:
        raise ValueError(f"{quote(value)} is not a number")
    return float(value)
