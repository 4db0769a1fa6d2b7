"""Writing a file so that there is always a whole one: the old, or the new, never half of it."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

Write = Callable[[IO[bytes]], object]


def write_file(path: Path, write: Write | bytes) -> None:
    """Write a file beside the old one, and put it in its place when it is safely on the disk.

    Args:
        path: where to; a link is followed, so that it stays one
        write: what to write, or what writes it into an open file

    Raises:
        OSError: if it cannot be written; the old file is what it was.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not os.access(path, os.W_OK):  # replacing asks the folder only
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            if isinstance(write, bytes):
                file.write(write)
            else:
                write(file)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, _mode(path))
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.remove(name)
        raise
    _settle(path.parent)


def _mode(path: Path) -> int:
    """Return who may read the file: as the old one, or as any new one."""
    with suppress(OSError):
        return stat.S_IMODE(path.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _settle(folder: Path) -> None:
    """Have the disk know the new name, too, where that can be asked for."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
