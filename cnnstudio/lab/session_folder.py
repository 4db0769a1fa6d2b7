"""A session as a folder: pictures are written once, so that keeping it again is quick."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from cnnstudio.lab.atomic import write_file
from cnnstudio.lab.session import SESSION, Session, described, packed, unpacked
from cnnstudio.lab.session_pictures import Parts


def write_folder(folder: Path, session: Session) -> None:
    """Write what is new in a session; at any moment the folder holds it as it was or as it is.

    Raises:
        OSError: if it cannot be written.
        ValueError: with a sentence, if there is too much of it.
    """
    members = packed(session)
    text = members.pop(SESSION)
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    for name, parts in members.items():
        if _Folder(folder).size(name) != sum(map(len, parts)):
            write_file(folder / name, _writer(parts))
    write_file(folder / SESSION, _writer(text))
    for file in [*(folder / "pictures").iterdir(), *folder.glob(".*.part")]:
        if file.relative_to(folder).as_posix() not in members:
            with suppress(OSError):
                file.unlink()


def read_folder(folder: Path, check: Callable[[], None] = lambda: None) -> Session:
    """Read a session.

    Raises:
        ValueError: with a sentence, if there is none, or it is damaged.
    """
    try:
        return unpacked(_Folder(folder), check)
    except OSError as reason:
        raise ValueError(f"the work that was kept cannot be read: {reason.strerror}") from None
    except ValueError as reason:
        raise ValueError(f"the work that was kept cannot be opened: {reason}") from None


def kept_as(folder: Path) -> str:
    """Return the name of the user's file that a session in a folder belongs to, if any."""
    with suppress(OSError, ValueError):
        path = described(_Folder(folder)).get("kept_as")
        return Path(path).name if isinstance(path, str) else ""
    return ""


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def size(self, name: str) -> int | None:
        file = self._folder / name
        return file.stat().st_size if file.is_file() else None

    def read(self, name: str) -> bytes:
        return (self._folder / name).read_bytes()


def _writer(parts: Parts) -> Callable[[IO[bytes]], None]:
    return lambda file: file.writelines(parts)
