"""A session as one file: a zip that is there whole or not at all, and is read with suspicion."""

from __future__ import annotations

import errno
import os
import re
import struct
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from cnnstudio.datasets.picture import shown
from cnnstudio.lab.atomic import write_file
from cnnstudio.lab.quote import quote
from cnnstudio.lab.session import MAX_TOTAL, SESSION, Session, packed, unpacked
from cnnstudio.lab.session_pictures import Parts

SUFFIX = ".cnnstudio"
_PIECE = 1 << 20  # bytes written between two looks at whether anybody wants them
_END = struct.Struct("<4s4H2LH")  # the last bytes of a zip: where its list of members is
_MAX_LIST = 1 << 20  # bytes of that list
_FIRST = 30  # bytes before the name of the first member
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*/?\Z")
_ABANDONED = 600.0  # seconds after which nobody writes a half-written file to its end
_LEFT = "its folder is not there any more"
_REASONS = {
    errno.ENOSPC: "there is no room left on the disk",
    errno.EDQUOT: "there is no room left for you on the disk",
    errno.ENOENT: _LEFT,
    errno.ENOTDIR: _LEFT,
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.EROFS: "nobody may write there",
    errno.EISDIR: "a folder has that name",
}


def write_session(
    path: Path, session: Session, tell: Callable[[int, int], None] = lambda _done, _total: None
) -> None:
    """Write a session file; the old one stays until the new one is safely on the disk.

    Args:
        path: where to
        session: what to write
        tell: is told how many bytes are written, of how many; what it raises ends the writing

    Raises:
        ValueError: with a sentence, if it cannot be written; the old file is what it was.
    """
    try:
        members = packed(session)
        clear_parts(path)
        write_file(path, lambda file: _write(file, members, tell))
    except OSError as reason:
        why = _REASONS.get(reason.errno or 0, reason.strerror or str(reason))
        raise ValueError(f"{shown(path.name)} could not be saved: {why}") from reason
    except ValueError as reason:
        raise ValueError(f"{shown(path.name)} could not be saved: {reason}") from reason


def _write(file: IO[bytes], members: dict[str, Parts], tell: Callable[[int, int], None]) -> None:
    total = sum(len(part) for parts in members.values() for part in parts)
    done = 0
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, parts in members.items():
            with archive.open(name, "w") as member:
                for part in parts:
                    for at in range(0, len(part), _PIECE):
                        piece = part[at : at + _PIECE]
                        member.write(piece)
                        done += len(piece)
                        tell(done, total)


def read_session(path: Path, check: Callable[[], None] = lambda: None) -> Session:
    """Read a session file.

    Args:
        path: of the file
        check: raises something where nobody wants the session any more

    Raises:
        ValueError: with the file's name and what is wrong with it.
    """
    name = shown(path.name)
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for for ever
            raise ValueError("it is no file")
        with path.open("rb") as file:
            return unpacked(_Zip(file), check)
    except OSError as reason:
        raise ValueError(f"{name} cannot be read: {reason.strerror or reason}") from None
    except ValueError as reason:
        raise ValueError(f"{name} cannot be opened as a session: {reason}") from None


def is_session(path: Path) -> bool:
    """Whether a file begins as a session does, whatever it is called."""
    with suppress(OSError, ValueError):
        if path.is_file():
            with path.open("rb") as file:
                start = file.read(_FIRST + len(SESSION))
            return start.startswith(b"PK\3\4") and start[_FIRST:] == SESSION.encode()
    return False


def clear_parts(path: Path) -> None:
    """Remove what was left of a file by writers that were killed."""
    name = re.compile(rf"\.{re.escape(path.name[:40])}\.[a-z0-9_]{{8}}\.part\Z")
    with suppress(OSError):
        for found in os.scandir(Path(os.path.realpath(path)).parent):
            if name.match(found.name):
                with suppress(OSError):
                    if time.time() - found.stat().st_mtime > _ABANDONED:
                        os.remove(found.path)


class _Zip:
    """The members of a zip, of which nothing is unpacked before its size is known to be right."""

    def __init__(self, file: IO[bytes]) -> None:
        _check_end(file)
        try:
            self._zip = ZipFile(file)
            found = self._zip.infolist()
        except MemoryError:
            raise
        except Exception:  # whatever else its list of members drives the library to
            raise ValueError("it is damaged") from None
        for name, times in Counter(each.filename for each in found).items():
            if times > 1 or not _NAME.match(name):
                raise ValueError(f"it cannot hold a file {quote(name)}")
        if sum(each.file_size for each in found) > MAX_TOTAL:
            raise ValueError("unpacked it would be larger than any session")
        self._infos = {each.filename: each for each in found}

    def size(self, name: str) -> int | None:
        return self._infos[name].file_size if name in self._infos else None

    def read(self, name: str) -> bytes:
        info = self._infos[name]
        _check_written(info)
        try:
            with self._zip.open(info) as member:
                data = member.read(info.file_size + 1)  # never read(): that unpacks all there is
        except (MemoryError, OSError):
            raise
        except Exception:  # damaged in one of the many ways the library knows
            data = b""
        if len(data) != info.file_size:
            raise ValueError("it is damaged")
        return data


def _check_end(file: IO[bytes]) -> None:
    """Look at the list of members before anybody else does."""
    if file.read(4) != b"PK\3\4":
        raise ValueError("it is no session of CNN Studio")
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END.size - 20))
    before, end = file.read(20), file.read()
    if len(end) != _END.size:
        raise ValueError("it is not whole")
    signature, disk, first, here, count, length, at, comment = _END.unpack(end)
    if signature != b"PK\5\6" or at + length + _END.size != size:
        raise ValueError("it is not whole")
    wide = before.startswith(b"PK\6\7")  # of more than 4 GB, with its list somewhere else
    if wide or (disk, first, comment) != (0, 0, 0) or here != count or length > _MAX_LIST:
        raise ValueError("it is not packed as a session is")


def _check_written(info: ZipInfo) -> None:
    if info.flag_bits & 0x41:
        raise ValueError("it is encrypted")
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise ValueError("it is not packed as a session is")
