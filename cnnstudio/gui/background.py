"""Work that takes longer than a frame: one thing at a time on a thread, asked for news."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

_POLL_MS = 15
_log = logging.getLogger(__name__)


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """Nobody wants the result any more."""


@dataclass(eq=False)
class Progress:
    """What the two threads share: one works and tells how far it is, the other may cancel.

    Attributes:
        done, total: how far the work is; a total of 0 says that nobody knows
        news: what was made so far, for whoever wants to show it before the end
    """

    done: int = 0
    total: int = 0
    news: deque[object] = field(default_factory=deque)
    _cancelled: threading.Event = field(default_factory=threading.Event)

    def cancelled(self) -> bool:
        """Whether nobody wants the result any more."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Want it no more."""
        self._cancelled.set()

    def tell(self, done: int, total: int) -> None:
        """Say how far the work is.

        Raises:
            Stopped: if nobody wants the result any more.
        """
        self.done, self.total = done, total
        if self.cancelled():
            raise Stopped

    def give(self, made: object) -> None:
        """Hand over something that can be shown before the end."""
        self.news.append(made)
        if self.cancelled():
            raise Stopped


Work = Callable[[Progress], object]


@dataclass(eq=False)
class _Job:
    work: Work
    progress: Progress = field(default_factory=Progress)
    outcome: Any = None
    reason: str = ""
    done: bool = False

    def run(self) -> None:
        """Work, and keep what comes of it; a ValueError or OSError is a sentence for the user."""
        try:
            self.outcome = self.work(self.progress)
        except Stopped:
            self.progress.cancel()
        except ValueError as error:
            self.reason = str(error)
        except MemoryError:
            self.reason = "There is not enough memory for that"
        except OSError as error:
            _log.warning("in the background", exc_info=True)
            name = f"{error.filename}: " if error.filename else ""
            self.reason = f"{name}{error.strerror or error}"
        except Exception as error:
            _log.exception("in the background")
            self.reason = f"That went wrong: {error!r}"
        finally:
            self.done = True


class Background(QObject):
    """Does one thing at a time; whoever asks for another one gets only that.

    All signals come in the thread of the window, and none after `cancel` or `shut_down`.

    Signals:
        came: something that was made before the end, see `Progress.give`
        progressed: how far it is: done and total
        finished: what the work returned
        failed: why there is nothing, in a sentence
        busied: whether something is being done
    """

    came = pyqtSignal(object)
    progressed = pyqtSignal(int, int)
    finished = pyqtSignal(object)
    failed = pyqtSignal(str)
    busied = pyqtSignal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: _Job | None = None
        self._told = (0, 0)
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL_MS)
        self._poll.timeout.connect(self._ask_for_news)

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return self._job is not None

    def start(self, work: Work, daemon: bool = True) -> None:
        """Do something, in place of whatever is being done.

        Args:
            work: gets a `Progress`; looks often whether it was cancelled
            daemon: whether the program may end before it is done
        """
        self._forget()
        self._job, self._told = _Job(work), (0, 0)
        threading.Thread(target=self._job.run, daemon=daemon).start()
        self._poll.start()
        self.busied.emit(True)

    def cancel(self) -> None:
        """Want it no more; returns at once, nobody waits for the thread."""
        if self.busy:
            self._forget()
            self.busied.emit(False)

    def shut_down(self) -> None:
        """Cancel without telling anyone, when the window closes."""
        self._forget()

    def _forget(self) -> None:
        self._poll.stop()
        if self._job is not None:
            self._job.progress.cancel()
            self._job = None

    def _ask_for_news(self) -> None:
        job = self._job
        if job is None:
            return
        done = job.done  # before the last look, or its news would be missed
        while job.progress.news:
            self.came.emit(job.progress.news.popleft())
            if job is not self._job:
                return
        told = job.progress.done, job.progress.total
        if told != self._told:
            self._told = told
            self.progressed.emit(*told)
        if done and job is self._job:
            self._end(job)

    def _end(self, job: _Job) -> None:
        cancelled = job.progress.cancelled()
        self._forget()
        self.busied.emit(False)
        if job.reason:
            self.failed.emit(job.reason)
        elif not cancelled:
            self.finished.emit(job.outcome)
