"""Work is never lost: what is not saved is kept while one works, and offered at the next start."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from cnnstudio.gui.background import Background, Progress
from cnnstudio.gui.recovery_bar import RecoveryBar
from cnnstudio.gui.recovery_store import Found, RecoveryStore
from cnnstudio.gui.session_file import SessionFile

if TYPE_CHECKING:
    from cnnstudio.lab.session import Session

FIRST_MS = 20_000  # from the first edit that is not saved until it is kept
AGAIN_MS = 30_000  # between two times it is kept
_POLL_MS = 50
_LONGEST = 40  # letters of a file's name that have room in the bar


class Recovery(QObject):
    """Keeps the work of a window in a folder, and offers that of windows that are gone.

    Signals:
        warned: a sentence for the status bar
    """

    warned = pyqtSignal(str)

    def __init__(self, session: SessionFile, bar: RecoveryBar, folder: Path) -> None:
        """Keep what is not saved of `session` in `folder`, and offer in `bar`."""
        super().__init__(session)
        self._session, self._bar = session, bar
        self._store = RecoveryStore(folder)
        self._waiting: list[Found] = []  # to be offered, the first of them now
        self._discarded: list[Found] = []  # what can be brought back as long as the window lives
        self._warned = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep)
        self._asking = QTimer(self)
        self._asking.setInterval(_POLL_MS)
        self._asking.timeout.connect(self._ask)
        self._latest = float("-inf")  # when work was kept last
        self._reading = Background(self)
        self._reading.finished.connect(self._take)
        self._reading.failed.connect(self._fail)
        session.changed.connect(self.note)
        bar.continued.connect(self._continue)
        bar.put_off.connect(self._put_off)
        bar.discarded.connect(self._discard)
        bar.brought_back.connect(self._bring_back)

    def note(self) -> None:
        """Hear that something was done, or saved."""
        if not self._session.modified:
            self._timer.stop()
            self._store.discard()
        elif not self._timer.isActive():
            since = 1000 * (time.monotonic() - self._latest)
            self._timer.start(int(max(FIRST_MS, AGAIN_MS - since)))

    def keep(self) -> None:
        """Keep what is not saved now."""
        self._timer.stop()
        if self._session.modified:
            self._latest = time.monotonic()
            self._store.keep(self._snapshot())
            self._asking.start()

    def _ask(self) -> None:
        """Once it is known whether the work could be kept: say so if not, and try again later."""
        if self._store.busy:
            return
        self._asking.stop()
        if self._store.problem:
            self.note()
            if self._store.problem != self._warned:
                self._warned = self._store.problem
                self.warned.emit(self._warned)

    def offer(self) -> None:
        """Offer the works that were left behind, if there are any, one after the other."""
        self._waiting = self._store.abandoned()
        self._show()

    def shut_down(self) -> None:
        """Keep what is not saved, for the next start; returns at once."""
        self._session.changed.disconnect(self.note)
        self._timer.stop()
        self._asking.stop()
        self._reading.shut_down()
        for each in self._waiting:
            each.lock.unlock()
        for each in self._discarded:
            self._store.drop(each)
        session = self._snapshot() if self._session.modified else None
        self._store.close(session, self._session.saving)

    def _snapshot(self) -> Session:
        return replace(self._session.snapshot(), kept_as=self._session.path)

    def _show(self) -> None:
        """Show what is offered, and what can be brought back."""
        offered = f"Your work{_of(self._waiting[0])}, was not saved." if self._waiting else ""
        if more := len(self._waiting) - 1:
            offered += f" {more} more after this." if offered else ""
        gone = f"Discarded your work{_of(self._discarded[-1])}." if self._discarded else ""
        self._bar.show_words(offered, gone)

    def _continue(self) -> None:
        if not self._waiting:
            return
        found = self._waiting[0]

        def read(_progress: Progress) -> Session:
            from cnnstudio.gui.reading import warm_session  # noqa: PLC0415
            from cnnstudio.lab.session_folder import read_folder  # noqa: PLC0415

            session = read_folder(found.folder)
            warm_session(session)
            return session

        self._bar.answerable(False)
        self._reading.start(read)

    def _take(self, session: Session) -> None:
        self._bar.answerable(True)
        found = self._waiting[0]
        self._session.once_safe(lambda: self._take_up(found, session))

    def _take_up(self, found: Found, session: Session) -> None:
        if found in self._waiting:  # else it was put off or discarded while the question stood
            self._waiting.remove(found)
            self._show()
            self._store.adopt(found)
            self._session.take_up(session)

    def _fail(self, reason: str) -> None:
        self._bar.answerable(True)
        self.warned.emit(reason[:1].upper() + reason[1:])

    def _put_off(self) -> None:
        """Leave it for the next start."""
        if self._waiting:
            self._waiting.pop(0).lock.unlock()
        self._show()

    def _discard(self) -> None:
        """Offer it no more; it goes when the window does."""
        if self._waiting:
            self._discarded.append(self._waiting.pop(0))
        self._show()

    def _bring_back(self) -> None:
        """Offer again what was discarded last."""
        if self._discarded:
            self._waiting.insert(0, self._discarded.pop())
        self._show()


def _of(found: Found) -> str:
    """Say on which file somebody worked, and when."""
    from cnnstudio.datasets.picture import shown  # noqa: PLC0415
    from cnnstudio.lab.session_folder import kept_as  # noqa: PLC0415

    then, now = time.localtime(found.when), time.localtime()
    day = "today" if then[:3] == now[:3] else f"{then.tm_mday} {time.strftime('%B %Y', then)}"
    file = shown(kept_as(found.folder))
    file = file if len(file) <= _LONGEST else f"{file[: _LONGEST - 1]}…"
    on = f" on {file}" if file else ""
    return f"{on} of {day}, {time.strftime('%H:%M', then)}"
