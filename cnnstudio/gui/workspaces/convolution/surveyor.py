"""Looks at large maps on a thread of its own, which is asked for news; newest wins."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from cnnstudio.gui.widgets.layers import Layer
from cnnstudio.gui.workspaces.convolution.displays.display import USUAL, Display
from cnnstudio.gui.workspaces.convolution.large_survey import LargeSurvey, step_back
from cnnstudio.gui.workspaces.convolution.survey import (
    Dropped,
    Seen,
    Survey,
    glimpse,
    picture_layers,
)
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image

_POLL_MS = 8
News = str | Survey | tuple[Image, tuple[Layer, ...]]
_log = logging.getLogger(__name__)


@dataclass(eq=False)
class _Request:
    """What the two threads share: one asks and may cancel, the other adds what it found."""

    bench: ConvolutionBench
    seen: Seen | None
    picture: Image | None
    display: Display
    cancelled: threading.Event = field(default_factory=threading.Event)
    found: deque[News] = field(default_factory=deque)
    done: bool = False


class Surveyor(QObject):
    """Finds out about one bench at a time; who asks for another one gets only that.

    Signals:
        pictured: a picture, and its layers
        surveyed: a Survey, first of what can be seen, then of everything
        failed: why there will be no Survey, in a sentence
        busied: whether something is still to come
    """

    pictured = pyqtSignal(object, object)
    surveyed = pyqtSignal(object)
    failed = pyqtSignal(str)
    busied = pyqtSignal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._request: _Request | None = None
        self._waiting: SimpleQueue[_Request | None] | None = None
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL_MS)
        self._poll.timeout.connect(self._ask_for_news)

    @property
    def busy(self) -> bool:
        """Whether something is still to come."""
        return self._request is not None

    def ask(
        self,
        bench: ConvolutionBench,
        seen: Seen | None,
        picture: Image | None,
        display: Display = USUAL,
    ) -> None:
        """Find out about a bench, in place of whatever is being looked at.

        Args:
            bench: with large maps
            seen: what the screen shows of them, to be had first; None if that is known
            picture: a picture whose layers are wanted, too
            display: what the colours of the maps shall mean
        """
        self._forget()
        self._request = _Request(bench, seen, picture, display)
        if self._waiting is None:
            self._waiting = SimpleQueue()
            work = threading.Thread(target=_work, args=(self._waiting,), daemon=True)
            work.start()
        self._waiting.put(self._request)
        self._poll.start()
        self.busied.emit(True)

    def drop(self) -> None:
        """Look at nothing any more; returns at once."""
        if self.busy:
            self._forget()
            self.busied.emit(False)

    def shut_down(self) -> None:
        """Let the thread end, soon; returns at once."""
        self.drop()
        if self._waiting is not None:
            self._waiting.put(None)
            self._waiting = None

    def _forget(self) -> None:
        self._poll.stop()
        if self._request is not None:
            self._request.cancelled.set()
            self._request = None

    def _ask_for_news(self) -> None:
        request = self._request
        if request is None:
            return
        done = request.done  # before the last look, or its news would be missed
        while request.found and request is self._request:
            news = request.found.popleft()
            if isinstance(news, str):
                self.failed.emit(news)
            elif isinstance(news, Survey):
                self.surveyed.emit(news)
            else:
                self.pictured.emit(*news)
        if done and request is self._request:
            self.drop()


def _work(waiting: SimpleQueue[_Request | None]) -> None:
    """Do what is asked, one after the other; what nobody wants any more is soon over."""
    step_back()
    while (request := waiting.get()) is not None:
        _look(request)


def _look(request: _Request) -> None:
    tasks: list[Callable[[], News]] = []
    bench, picture, cancelled = request.bench, request.picture, request.cancelled.is_set
    display = request.display
    if request.seen is not None:
        seen = request.seen
        tasks.append(lambda: glimpse(bench, seen, cancelled, display))
    if picture is not None:
        tasks.append(lambda: (picture, picture_layers(picture)))
    if all(bench.map_shape):
        tasks.append(LargeSurvey(bench, cancelled, display).run)
    try:
        for task in tasks:
            if cancelled():
                return
            request.found.append(task())
    except Dropped:
        _log.debug("a newer edit came")
    except Exception as error:
        _log.exception("looking at the maps of %s", bench.source.name)
        told = "there is not enough memory" if isinstance(error, MemoryError) else repr(error)
        request.found.append(f"The maps could not be worked out: {told}")
    finally:
        request.done = True
