"""The user's own filters: one JSON file each, in a folder that anything may have happened to."""

from __future__ import annotations

import json
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cnnstudio.lab.atomic import write_file
from cnnstudio.lab.filters import MINE, Filter
from cnnstudio.lab.json_text import NotJson, read_json
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.kernel_json import kernel_from_json, kernel_to_json
from cnnstudio.lab.number import many
from cnnstudio.lab.quote import quote

MAX_NAME, MAX_ABOUT = 40, 200  # letters
MAX_BYTES = 1 << 18
MAX_FILES = 500
_LONGEST_STEM = 40
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)\Z")  # no names for a file on Windows


@dataclass(frozen=True)
class Broken:
    """A file among the filters that is none.

    Attributes:
        file: its name
        reason: what is wrong with it, in a sentence
    """

    file: str
    reason: str


@dataclass(frozen=True)
class UserFilters:
    """What was found in the user's folder: filters, and files that are none."""

    filters: tuple[Filter, ...] = ()
    broken: tuple[Broken, ...] = ()

    def named(self, name: str) -> Filter | None:
        """Return the filter of that name, capital or small; None if there is none."""
        wanted = _tidy(name).casefold()
        return next((each for each in self.filters if each.name.casefold() == wanted), None)


@dataclass(frozen=True)
class Deleted:
    """A filter that was deleted, and all that is needed to have it back."""

    filter: Filter
    content: bytes


def read_filters(folder: Path) -> UserFilters:
    """Read the user's filters by name; what is no filter is named, nothing is ever raised."""
    try:
        files = sorted(path for path in folder.iterdir() if _is_meant(path))
    except FileNotFoundError:
        return UserFilters()
    except OSError as reason:
        return UserFilters(broken=(Broken(folder.name, _cannot(reason)),))
    found: list[Filter] = []
    broken: list[Broken] = []
    for path in files[:MAX_FILES]:
        try:
            found.append(_filter(path, _content(path)))
        except ValueError as reason:
            broken.append(Broken(_shown(path.name), str(reason)))
    if len(files) > MAX_FILES:
        beyond = many(len(files) - MAX_FILES, "more file")
        broken.append(Broken(folder.name, f"{beyond}; only the first {MAX_FILES} are read"))
    found.sort(key=lambda each: (each.name.casefold(), each.key))
    return UserFilters(tuple(found), tuple(broken))


def save_filter(
    folder: Path, name: str, about: str, kernel: Kernel, replaced: Filter | None = None
) -> Filter:
    """Write a kernel as one of the user's filters, in a file of its own.

    Args:
        folder: where they are, made if need be
        name: what it is called
        about: a sentence on what it does; may be empty
        kernel: its weights
        replaced: the one whose place it takes; no other file is ever written over

    Raises:
        ValueError: if the name or the sentence cannot be used, or the name is another's.
        OSError: if it cannot be written.
    """
    name, about = checked_name(name), _tidy(about)
    if len(about) > MAX_ABOUT:
        raise ValueError(f"What a filter does is said in up to {MAX_ABOUT} letters")
    _refuse_taken(folder, name, replaced)
    _make(folder)
    entry = {"name": name, "family": MINE, "about": about, **kernel_to_json(kernel)}
    if replaced:
        path = _path(folder, replaced)
        write_file(path, _written(entry))
    else:
        path = _write_new(folder, _slug(name), _written(entry))
    return Filter(_key(path), name, MINE, about, kernel)


def rename_filter(folder: Path, mine: Filter, name: str) -> Filter:
    """Give one of the user's filters another name; its file keeps its own.

    Raises:
        ValueError: if the name cannot be used, is another's, or the file is no filter any more.
        OSError: if it cannot be written.
    """
    name = checked_name(name)
    _refuse_taken(folder, name, mine)
    path = _path(folder, mine)
    _refuse_gone(path, mine)
    entry = _entry(_content(path))
    write_file(path, _written({**entry, "name": name}))
    return _filter(path, _content(path))


def delete_filter(folder: Path, mine: Filter) -> Deleted:
    """Delete one of the user's filters, and return what brings it back.

    Raises:
        ValueError: if its file is gone or can no longer be read.
        OSError: if the file cannot be deleted.
    """
    path = _path(folder, mine)
    _refuse_gone(path, mine)
    content = _content(path)
    path.unlink()
    return Deleted(mine, content)


def restore_filter(folder: Path, deleted: Deleted) -> Filter:
    """Bring a deleted filter back, into its own file unless that name was taken since.

    Raises:
        OSError: if it cannot be written.
    """
    _make(folder)
    path = _write_new(folder, _path(folder, deleted.filter).stem, deleted.content)
    return _filter(path, deleted.content)


def checked_name(name: str) -> str:
    """Return a name as it is kept: on one line, without idle spaces.

    Raises:
        ValueError: if it is empty or too long.
    """
    tidy = _tidy(name)
    if not tidy:
        raise ValueError("A filter needs a name")
    if len(tidy) > MAX_NAME:
        raise ValueError(f"The name of a filter has up to {MAX_NAME} letters")
    return tidy


def _refuse_taken(folder: Path, name: str, mine: Filter | None) -> None:
    """Raise a ValueError if a filter other than `mine` has that name, as of now in the folder."""
    there = read_filters(folder).named(name)
    if there and (mine is None or there.key != mine.key):
        raise ValueError(f"There is a filter called {quote(there.name)} already")


def _refuse_gone(path: Path, mine: Filter) -> None:
    """Raise a ValueError if the file of one of the user's filters was deleted meanwhile."""
    if not path.exists():
        raise ValueError(f"The file of {quote(mine.name)} is not there any more")


def _make(folder: Path) -> None:
    """Make the folder of the filters if need be; a ValueError says if a file is in its place."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise ValueError(f"{_shown(str(folder))} is a file and should be a folder") from None


def _tidy(text: str) -> str:
    """Return a text on one line, without idle spaces and letters that cannot be seen."""
    seen = (letter for letter in text if letter.isprintable() or letter.isspace())
    return " ".join("".join(seen).split())


def _shown(file: str) -> str:
    """Return the name of a file as it can be shown, whatever bytes it is made of."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in file)


def _is_meant(path: Path) -> bool:
    """Whether a file is meant as a filter: hidden ones are what other programs leave."""
    return path.suffix.lower() == ".json" and not path.name.startswith(".")


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():  # a pipe would be waited for for ever
            raise ValueError("It is no file" if path.exists() else "It is not there any more")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as reason:
        raise ValueError(_cannot(reason)) from None
    if len(raw) > MAX_BYTES:
        raise ValueError(f"It is larger than {MAX_BYTES // 1024} kB; no filter is")
    return raw


def _cannot(reason: OSError) -> str:
    return f"It cannot be read: {reason.strerror or reason}"


def _entry(raw: bytes) -> dict[str, Any]:
    try:
        entry = read_json(raw)
    except NotJson as reason:
        raise ValueError(f"{str(reason)[0].upper()}{str(reason)[1:]}") from None
    if not isinstance(entry, dict):
        raise ValueError("A filter is written in braces, with a name for each value")
    return entry


def _filter(path: Path, raw: bytes) -> Filter:
    entry = _entry(raw)
    if "name" not in entry:
        raise ValueError("It has no “name”")
    name, about = entry["name"], entry.get("about", "")
    for what, text in (("name", name), ("about", about)):
        if not isinstance(text, str):
            raise ValueError(f"“{what}” is a text in quotation marks, not {quote(text)}")
    if len(_tidy(about)) > MAX_ABOUT:
        raise ValueError(f"Its “about” has more than {MAX_ABOUT} letters")
    if "rows" not in entry and "slices" not in entry:
        raise ValueError("It has no “rows” of weights")
    kernel = kernel_from_json(entry)
    return Filter(_key(path), checked_name(name), MINE, _tidy(about), kernel)


def _key(path: Path) -> str:
    return f"{MINE}/{path.name}"


def _path(folder: Path, mine: Filter) -> Path:
    return folder / mine.key.removeprefix(f"{MINE}/")


def _write_new(folder: Path, stem: str, content: bytes) -> Path:
    """Write a file that was not there, and return its path."""
    path = _free(folder, stem)
    try:
        write_file(path, content)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
    return path


def _free(folder: Path, stem: str) -> Path:
    """Return a path that no file had; an empty one is there now, lest another window take it."""
    path, number = folder / f"{stem}.json", 1
    while True:
        try:
            path.touch(exist_ok=False)
        except FileExistsError:
            number += 1
            path = folder / f"{stem}_{number}.json"
        else:
            return path


def _slug(name: str) -> str:
    """Return a name as it can be that of a file everywhere."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_LONGEST_STEM]
    return f"filter_{slug}".strip("_") if not slug or _DEVICES.match(slug) else slug


def _written(entry: dict[str, Any]) -> bytes:
    """Write a filter as the shipped ones are written: a row of weights a line."""
    text = json.dumps(entry, ensure_ascii=False, indent=2)
    flat = re.sub(r"\[\n\s*([^\[\]{}]*?)\s*\n\s*\]", lambda row: f"[{_joined(row[1])}]", text)
    return f"{flat}\n".encode("utf-8", "replace")


def _joined(cells: str) -> str:
    return re.sub(r",\n\s*", ", ", cells)
