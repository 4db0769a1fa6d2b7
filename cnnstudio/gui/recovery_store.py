"""Where unsaved work is kept: a folder for each window, locked while that window lives."""

from __future__ import annotations

import logging
import shutil
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QLockFile

if TYPE_CHECKING:
    from cnnstudio.gui.saving import Saving
    from cnnstudio.lab.session import Session

MOST = 3  # works of earlier windows that are kept
_SESSION, _LOCK = "session.json", "window.lock"
_EMPTY = 3600.0  # seconds after which nobody will write into an empty folder any more
_log = logging.getLogger(__name__)


@dataclass(eq=False)
class Found:
    """Work a window left behind, locked for this one.

    Attributes:
        folder: where it is
        when: seconds since 1970 at which it was kept
        lock: held as long as this window may take it up
    """

    folder: Path
    when: float
    lock: QLockFile


class RecoveryStore:
    """Keeps the work of one window.

    Everything happens on one thread, one thing after the other, and is brought to its end though
    the window closes and the program with it.
    """

    def __init__(self, folder: Path) -> None:
        """Keep the work in a folder of its own in `folder`."""
        self._above = folder
        self._own: Found | None = None
        self._thread = ThreadPoolExecutor(1, "recovery")
        self._latest: Future[None] | None = None
        self.problem = ""  # why the latest work could not be kept

    @property
    def busy(self) -> bool:
        """Whether something is still to be done."""
        return self._latest is not None and not self._latest.done()

    def keep(self, session: Session) -> None:
        """Keep a session in place of the one kept before."""
        self._do(lambda: self._keep(session))

    def discard(self) -> None:
        """Keep nothing: all is saved."""
        self._do(self._discard)

    def adopt(self, found: Found) -> None:
        """Take the work of an earlier window for one's own."""

        def adopt() -> None:
            self._discard()
            self._own = found

        self._do(adopt)

    def drop(self, found: Found) -> None:
        """Throw the work of an earlier window away."""
        self._do(lambda: _remove(found))

    def close(self, session: Session | None, saving: Saving | None) -> None:
        """Keep a session for the next start, or nothing; nobody waits for it.

        Args:
            session: work that is not saved, if there is any
            saving: what is just being saved, which may turn out to be all of it
        """

        def end() -> None:
            if session is not None:
                self._keep(session)
            if saving is not None:
                saving.ended.wait()
            if session is None or (saving and saving.safe and _same(saving.session, session)):
                self._discard()
            elif self._own:
                self._own.lock.unlock()

        self._do(end)
        self._thread.shutdown(wait=False)

    def abandoned(self) -> list[Found]:
        """Lock and return what windows left behind that are gone, the latest first."""
        found = []
        with suppress(OSError):
            for folder in self._above.iterdir():
                lock = QLockFile(str(folder / _LOCK))
                lock.setStaleLockTime(0)  # only the death of its window frees it
                if (own := self._own) and own.folder == folder:
                    continue
                if folder.is_dir() and lock.tryLock(0):
                    found.append(Found(folder, _written(folder), lock))
        found.sort(key=lambda each: each.when, reverse=True)
        kept = [each for each in found if each.when]
        for each in kept[MOST:] + [each for each in found if not each.when and _is_old(each)]:
            self.drop(each)
        for each in found:
            if not each.when and not _is_old(each):
                each.lock.unlock()
        return kept[:MOST]

    def _do(self, work: Callable[[], None]) -> None:
        def do() -> None:
            try:
                work()
                self.problem = ""
            except Exception as reason:
                _log.warning("keeping work for recovery", exc_info=True)
                why = getattr(reason, "strerror", None) or reason
                self.problem = f"Unsaved work cannot be kept for the next start: {why}"

        self._latest = self._thread.submit(do)

    def _keep(self, session: Session) -> None:
        from cnnstudio.lab.session_folder import write_folder  # noqa: PLC0415

        if self._own is None:
            self._above.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=time.strftime("%Y%m%d-%H%M%S-"), dir=self._above))
            lock = QLockFile(str(folder / _LOCK))
            lock.setStaleLockTime(0)
            lock.tryLock(0)
            self._own = Found(folder, 0, lock)
        write_folder(self._own.folder, session)

    def _discard(self) -> None:
        if self._own:
            _remove(self._own)
            self._own = None


def _same(one: Session, other: Session) -> bool:
    return one.benches == other.benches


def _remove(found: Found) -> None:
    with suppress(OSError):  # first, for without it there is nothing to be recovered
        (found.folder / _SESSION).unlink()
    found.lock.unlock()
    shutil.rmtree(found.folder, ignore_errors=True)


def _written(folder: Path) -> float:
    """Return when the session in a folder was kept; 0 if there is none."""
    with suppress(OSError):
        return (folder / _SESSION).stat().st_mtime
    return 0.0


def _is_old(found: Found) -> bool:
    with suppress(OSError):
        return time.time() - found.folder.stat().st_mtime > _EMPTY
    return False
