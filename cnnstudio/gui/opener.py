"""Opens pictures and scenes without ever making the window wait."""

from __future__ import annotations

import threading
from pathlib import Path

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from cnnstudio.gui.reading import Read, Refusal, Request, Source, Wish, fulfil

_POLL_MS = 15


class Opener(QObject):
    """Decodes one picture at a time on a thread, and asks that thread for news on a timer.

    Whoever opens a picture while another is still being read gets only the later one.
    All signals come in the thread of the window.

    Signals:
        started: something is being opened, and its name
        opened: what came: a `Brought`, or a `Staged` scene
        refused: it is nothing that can be shown, and why: a `Refusal`
        finished: nothing is being opened any more, whatever became of it
    """

    started = pyqtSignal(str)
    opened = pyqtSignal(object)
    refused = pyqtSignal(object)
    finished = pyqtSignal()

    def __init__(self, parent: QObject | None = None, read: Read | None = None) -> None:
        """Read with `read`, or with `datasets.picture_file.read_picture`."""
        super().__init__(parent)
        self._read = read
        self._request: Request | None = None
        self._shut = False
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL_MS)
        self._poll.timeout.connect(self._ask_for_news)

    @property
    def busy(self) -> bool:
        """Whether something is being opened."""
        return self._request is not None

    @property
    def wish(self) -> Wish | None:
        """What is being opened, if anything."""
        return self._request.wish if self._request else None

    def open(self, source: Source, name: str = "") -> None:
        """Start to open a picture, in place of whatever is being opened.

        Args:
            source: a file, the bytes of one (from the clipboard, or dropped), or what makes them
            name: what to call it; the name of the file unless given
        """
        if not name:
            name = source.name if isinstance(source, Path) else "the pasted picture"
        self.fulfil(Wish(source, name))

    def fulfil(self, wish: Wish) -> None:
        """Start to open something as somebody wishes, in place of whatever is being opened."""
        if self._shut:
            return
        self._drop()
        request = Request(wish)
        work = threading.Thread(target=fulfil, args=(request, self._read), daemon=True)
        work.start()
        self._request = request
        self._poll.start()
        self.started.emit(wish.name)

    def cancel(self) -> None:
        """Open nothing after all."""
        if self.busy:
            self._drop()
            self.finished.emit()

    def shut_down(self) -> None:
        """Open nothing from now on; returns at once, even while a file does not answer."""
        self._shut = True
        self._drop()

    def _drop(self) -> None:
        """Look at the request no more; its thread ends by itself, and nobody waits for it."""
        self._poll.stop()
        if self._request is not None:
            self._request.cancelled.set()
            self._request = None

    def _ask_for_news(self) -> None:
        request = self._request
        if request is None or not request.done:
            return
        self._drop()
        if isinstance(request.outcome, Refusal):
            self.refused.emit(request.outcome)
        elif request.outcome is not None:
            self.opened.emit(request.outcome)
        if not self.busy:  # or a listener has already opened the next
            self.finished.emit()
