"""Opens pictures without ever making the window wait."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

if TYPE_CHECKING:
    from cnnstudio.datasets.picture_file import Picture

    Source: TypeAlias = Path | bytes
    Read: TypeAlias = Callable[[Source, str, Callable[[], bool]], Picture]

_POLL_MS = 15
_log = logging.getLogger(__name__)


class Opener(QObject):
    """Decodes one picture at a time on a thread, and asks that thread for news on a timer.

    Whoever opens a picture while another is still being read gets only the later one.
    All signals come in the thread of the window.

    Signals:
        started: something is being opened, and its name
        opened: the Picture, and the path it came from (None if it did not come from a file)
        refused: it is no picture that can be shown, and why, in a sentence
        finished: nothing is being opened any more, whatever became of it
    """

    started = pyqtSignal(str)
    opened = pyqtSignal(object, object)
    refused = pyqtSignal(str)
    finished = pyqtSignal()

    def __init__(self, parent: QObject | None = None, read: Read | None = None) -> None:
        """Read with `read`, or with `datasets.picture_file.read_picture`."""
        super().__init__(parent)
        self._read = read
        self._request: _Request | None = None
        self._shut = False
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL_MS)
        self._poll.timeout.connect(self._ask_for_news)

    @property
    def busy(self) -> bool:
        """Whether something is being opened."""
        return self._request is not None

    def open(self, source: Source, name: str = "") -> None:
        """Start to open a picture, in place of whatever is being opened.

        Args:
            source: a file, or the bytes of one (from the clipboard, or dropped)
            name: what to call it; the name of the file unless given
        """
        if self._shut:
            return
        if not name:
            name = source.name if isinstance(source, Path) else "the pasted picture"
        self._drop()
        request = _Request(source, name)
        work = threading.Thread(target=_work, args=(request, self._read), daemon=True)
        work.start()
        self._request = request
        self._poll.start()
        self.started.emit(name)

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
        if isinstance(request.outcome, str):
            self.refused.emit(request.outcome)
        elif request.outcome is not None:
            path = request.source if isinstance(request.source, Path) else None
            self.opened.emit(request.outcome, path)
        if not self.busy:  # or a listener has already opened the next
            self.finished.emit()


@dataclass(eq=False)
class _Request:
    """What the two threads share: one asks and may cancel, the other answers once."""

    source: Source
    name: str
    cancelled: threading.Event = field(default_factory=threading.Event)
    outcome: Picture | str | None = None  # the picture, why not, or None if it was cancelled
    done: bool = False


def _work(request: _Request, read: Read | None) -> None:
    try:
        request.outcome = _outcome(request, read)
    except BaseException as error:  # whatever it is: the window must not stay busy for ever
        _log.exception("reading %s", request.name)
        reason = " ".join(str(error).split()) or type(error).__name__
        request.outcome = f"{request.name} could not be opened: {reason}"
    finally:
        request.done = True


def _outcome(request: _Request, read: Read | None) -> Picture | str | None:
    from cnnstudio.datasets import picture_file  # noqa: PLC0415 Pillow, once it is needed

    try:
        return (read or picture_file.read_picture)(
            request.source, request.name, request.cancelled.is_set
        )
    except picture_file.UnusablePicture as reason:
        return str(reason)
    except picture_file.Cancelled:
        return None
