"""Sessions: the benches of all workspaces with what one looks at, as a value.

Reading believes nothing; what a later version may have added is tolerated, and kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from cnnstudio import __version__
from cnnstudio.lab.image import Image, Pixels
from cnnstudio.lab.json_text import NotJson, read_json
from cnnstudio.lab.quote import quote
from cnnstudio.lab.session_bench import KINDS
from cnnstudio.lab.session_pictures import Album, Members, Opened, Parts

SESSION = "session.json"  # the member that says what all others are
VERSION = 1  # what only adds names keeps it; what gives a name another meaning raises it
MAX_TOTAL = 1 << 30  # bytes of everything in a session
_MAX_JSON = 1 << 20
_FIELDS = {"version", "program", "front", "workspaces", "pictures", "kept_as"}


@dataclass(frozen=True)
class Session:
    """Everything on all benches.

    Attributes:
        benches: by the keys of their workspaces
        views: likewise: what each workspace wants to remember of where one looks
        front: the key of the workspace in front
        kept_as: the user's own file; only work that is kept for recovery says it
        unknown: what this version does not know, to be written again as it was
        unknown_pictures: those it belongs to, perhaps
    """

    benches: dict[str, Any]
    views: dict[str, dict[str, Any]] = field(default_factory=dict)
    front: str = ""
    kept_as: Path | None = None
    unknown: dict[str, Any] = field(default_factory=dict)
    unknown_pictures: dict[str, Image] = field(default_factory=dict)

    @property
    def cover(self) -> Pixels | None:
        """Pixels that stand for all, of 0 to 255; None if there are none in gray or colour."""
        bench = self.benches.get(self.front) or next(iter(self.benches.values()), None)
        image = getattr(bench, "source", None)
        if not isinstance(image, Image) or image.channels not in (1, 3):
            return None
        if image.pixels.dtype == np.uint8 and (image.low, image.high) == (0, 255):
            return image.pixels
        shades = (image.pixels - image.low) * (255 / (image.high - image.low))
        return shades.clip(0, 255).astype(np.uint8)


def packed(session: Session) -> dict[str, Parts]:
    """Return the members that hold a session, `SESSION` first.

    Raises:
        ValueError: with a sentence, if it is larger than can be read again.
    """
    album = Album()
    workspaces = {
        key: {"bench": KINDS[key].to_json(bench, album.add), "view": session.views.get(key, {})}
        for key, bench in session.benches.items()
    }
    for name, image in session.unknown_pictures.items():
        album.add(image, name)
    said: dict[str, Any] = {
        "version": VERSION,
        "program": __version__,
        "front": session.front,
        "workspaces": workspaces,
        "pictures": album.entries,
    }
    if session.kept_as is not None:
        said["kept_as"] = str(session.kept_as)
    text = json.dumps(_laid_over(session.unknown, said), allow_nan=False, indent=1).encode()
    total = sum(len(part) for parts in album.members.values() for part in parts)
    if len(text) > _MAX_JSON or total + len(text) > MAX_TOTAL:
        raise ValueError("there is more in it than a session can hold")
    return {SESSION: (text,), **album.members}


def unpacked(members: Members, check: Callable[[], None] = lambda: None) -> Session:
    """Return the session that members hold.

    Args:
        members: the files it consists of
        check: raises something where nobody wants the session any more

    Raises:
        ValueError: with a sentence, if they hold none.
    """
    said = described(members)
    workspaces = _braces(said.get("workspaces", {}), "workspaces")
    pictures = Opened(said.get("pictures", {}), members, check)
    benches: dict[str, Any] = {}
    views: dict[str, dict[str, Any]] = {}
    unknown: dict[str, Any] = {name: said[name] for name in said if name not in _FIELDS}
    left: dict[str, Any] = {}
    for key, entry in workspaces.items():
        kind = KINDS.get(key)
        if kind is None or not isinstance(entry, dict):
            left[key] = entry
            continue
        bench = _braces(entry.get("bench"), "bench")
        known = {name: value for name, value in bench.items() if name in kind.fields}
        benches[key] = kind.from_json(known, pictures.open)
        view = entry.get("view")
        views[key] = view if isinstance(view, dict) else {}
        beside = {name: entry[name] for name in entry if name not in {"bench", "view"}}
        inside = {name: bench[name] for name in bench if name not in kind.fields}
        if beside or inside:
            left[key] = beside | ({"bench": inside} if inside else {})
    if left:
        unknown["workspaces"] = left
    front, kept_as = said.get("front"), said.get("kept_as")
    return Session(
        benches,
        views,
        front if isinstance(front, str) else "",
        Path(kept_as) if isinstance(kept_as, str) and "\0" not in kept_as else None,
        unknown,
        pictures.open_all(),
    )


def described(members: Members) -> dict[str, Any]:
    """Return what a session says of itself.

    Raises:
        ValueError: with a sentence, if it is none, or of a later version.
    """
    size = members.size(SESSION)
    if size is None:
        raise ValueError("it is no session of CNN Studio")
    if size > _MAX_JSON:
        raise ValueError("what it says of itself is longer than a megabyte")
    try:
        said = read_json(members.read(SESSION))
    except NotJson:
        raise ValueError("what it says of itself is not JSON") from None
    version = _braces(said, "session").get("version")
    if type(version) is not int or version < 1:
        raise ValueError(f"there is no version {quote(version)} of sessions")
    if version > VERSION:
        raise ValueError("it was made by a later CNN Studio, which this one cannot understand")
    return _braces(said, "session")


def _laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Return what is in either of them; where both say something, what is said above."""
    made = {**below, **above}
    for name in below.keys() & above.keys():
        if isinstance(below[name], dict) and isinstance(above[name], dict):
            made[name] = _laid_over(below[name], above[name])
    return made


def _braces(data: Any, what: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ValueError(f"its {what} must be written in braces, with a name for each value")
    return data
