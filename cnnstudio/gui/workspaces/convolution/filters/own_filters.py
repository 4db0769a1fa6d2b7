"""The user's own filters, read and written in the background: their folder may be far away."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal

from cnnstudio.gui.background import Background, Progress
from cnnstudio.gui.settings import user_folder
from cnnstudio.lab import user_filters
from cnnstudio.lab.filters import Filter
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.user_filters import Deleted, UserFilters

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Change:
    """Something to do in the folder.

    Attributes:
        do: is given the folder
        told: what is said when it is done
        restores: what is brought back by it
    """

    do: Callable[[Path], object]
    told: str
    restores: Deleted | None = None


class _Turn:
    """Whose turn it is when the window closes: the thread that is at work goes on with the rest.

    One thread after the other works in the folder; the lock is for the moment in which one of them
    is done with what it was started for.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._working = False
        self._left: list[_Change] | None = None

    def begin(self) -> None:
        """A thread is about to change something."""
        self._working = True

    def end(self) -> None:
        """The thread has changed it; it does what was left to it, if anything was."""
        with self._lock:
            self._working = False
            left = self._left or []
        _do_all(left)

    def leave(self, changes: list[_Change]) -> None:
        """Have the rest done, when nobody is told any more."""
        with self._lock:
            self._left = changes
            working = self._working
        if changes and not working:
            threading.Thread(target=_do_all, args=(changes,)).start()


def _do_all(changes: list[_Change]) -> None:
    """Do one after the other; there is nobody left who could be told why one of them fails."""
    for change in changes:
        try:
            change.do(filter_folder())
        except (ValueError, OSError):
            _log.warning("not done after the window was closed: %s", change.told, exc_info=True)


def filter_folder() -> Path:
    """Return where the user's filters are."""
    return user_folder() / "filters"


class OwnFilters(QObject):
    """Knows the user's filters as of the last look; does one thing after the other.

    Attributes:
        found: what is in the folder
        deleted: what can be brought back, the last one at the end

    Signals:
        changed: something else is in the folder than before
        done: what was done there, in a few words
        failed: why it was not
    """

    changed = pyqtSignal()
    done = pyqtSignal(str)
    failed = pyqtSignal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.found = UserFilters()
        self.deleted: list[Deleted] = []
        self._waiting: deque[_Change] = deque()
        self._now: _Change | None = None
        self._turn = _Turn()
        self._background = Background(self)
        self._background.finished.connect(self._end)
        self._background.failed.connect(self._fail)

    @property
    def busy(self) -> bool:
        """Whether the folder is being looked at, or something is changed there."""
        return self._background.busy

    def refresh(self) -> None:
        """Look at the folder again, unless that is being done."""
        if not self._background.busy:
            self._background.start(lambda _progress: _look(None))

    def save(self, name: str, about: str, kernel: Kernel, replaced: Filter | None) -> None:
        """Keep a kernel under a name, maybe in the place of another."""

        def do(folder: Path) -> object:
            return user_filters.save_filter(folder, name, about, kernel, replaced)

        self._begin(_Change(do, f"Saved “{name}” among your own filters"))

    def rename(self, mine: Filter, name: str) -> None:
        """Give one of the filters another name."""
        told = f"“{mine.name}” is called “{name}” now"
        self._begin(_Change(lambda folder: user_filters.rename_filter(folder, mine, name), told))

    def delete(self, mine: Filter) -> None:
        """Delete one of the filters; `undo_delete` brings it back."""
        told = f"Deleted “{mine.name}”"
        self._begin(_Change(lambda folder: user_filters.delete_filter(folder, mine), told))

    def undo_delete(self) -> None:
        """Bring back what was deleted last."""
        if self.deleted:
            last = self.deleted.pop()
            told = f"“{last.filter.name}” is back"
            back = partial(user_filters.restore_filter, deleted=last)
            self._begin(_Change(back, told, last))

    def shut_down(self) -> None:
        """Tell nobody any more; what was asked for is still written."""
        self._background.shut_down()
        left, self._waiting = list(self._waiting), deque()
        self._turn.leave(left)

    def _begin(self, change: _Change) -> None:
        self._waiting.append(change)
        if self._now is None:  # looking can be given up, changing cannot
            self._next()

    def _next(self) -> None:
        self._now = change = self._waiting.popleft() if self._waiting else None
        if change:
            self._turn.begin()
            self._background.start(_worker(change, self._turn), daemon=False)

    def _end(self, outcome: tuple[object, UserFilters]) -> None:
        made, found = outcome
        change = self._now
        if isinstance(made, Deleted):
            self.deleted.append(made)
        if found != self.found:
            self.found = found
            self.changed.emit()
        if change:
            self.done.emit(change.told)
        self._next()

    def _fail(self, reason: str) -> None:
        if self._now and self._now.restores:
            self.deleted.append(self._now.restores)
        self._next()
        self.failed.emit(reason)
        self.refresh()


def _worker(change: _Change, turn: _Turn) -> Callable[[Progress], object]:
    def work(_progress: Progress) -> object:
        try:
            return _look(change)
        finally:
            turn.end()

    return work


def _look(change: _Change | None) -> tuple[object, UserFilters]:
    """Do what is wanted, and say what is in the folder then."""
    folder = filter_folder()
    made = change.do(folder) if change else None
    return made, user_filters.read_filters(folder)
