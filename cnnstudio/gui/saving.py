"""A session on its way to the disk, unless somebody else wrote its file meanwhile."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from cnnstudio.gui.background import Progress, Stopped
from cnnstudio.gui.reading import keep_look

if TYPE_CHECKING:
    from cnnstudio.lab.session import Session

Stamp: TypeAlias = "tuple[int, int, int]"


def stamp_of(path: Path) -> Stamp | None:
    """Return what is another one as soon as a file was written again; None without a file."""
    with suppress(OSError):
        found = path.stat()
        return found.st_ino, found.st_size, found.st_mtime_ns
    return None


@dataclass(eq=False)
class Saving:
    """A session on its way to the disk.

    Attributes:
        session: what is written
        path: where to
        known: the file that may be replaced; None for whichever is there
        stamp: of the file that was written
        changed: whether another file was there, so that nothing was written
        safe: whether it is there
        unwanted: set to end it before its time
        ended: set once it is decided
    """

    session: Session
    path: Path
    known: Stamp | None = None
    stamp: Stamp | None = None
    changed: bool = False
    safe: bool = False
    unwanted: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def __call__(self, progress: Progress) -> Path:
        """Write it, on a thread."""

        def tell(done: int, total: int) -> None:
            progress.tell(done, total)
            if self.unwanted.is_set():
                raise Stopped

        try:
            from cnnstudio.lab.session_zip import write_session  # noqa: PLC0415

            self.changed = self.known is not None and stamp_of(self.path) not in {self.known, None}
            if self.changed:
                raise ValueError("another program or window changed the file")
            write_session(self.path, self.session, tell)
            self.stamp, self.safe = stamp_of(self.path), True
        finally:
            self.ended.set()
        if (cover := self.session.cover) is not None:
            keep_look(cover, self.path)
        return self.path
