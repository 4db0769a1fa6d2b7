"""Making the numbers blink that no screen could show, for a moment, because somebody asked."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

import numpy as np
from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from cnnstudio.gui.background import Background, Progress
from cnnstudio.gui.widgets.lit_over import Lit, LitOver
from cnnstudio.gui.widgets.plane_view import PlaneView
from cnnstudio.gui.workspaces.convolution.displays.outside import Side, outside
from cnnstudio.lab.number import write

_BEAT_MS, _BEATS = 250, 6  # on, off, three times: two a second harm nobody's eyes
_STEADY_MS = 2000


class Blinking(QObject):
    """Lights the numbers of a map that lie outside the range of its picture.

    Signals:
        said: what is lit, or why nothing is, in a sentence
    """

    said = pyqtSignal(str)

    def __init__(self, view: PlaneView, steady: Callable[[], bool]) -> None:
        """Light numbers of a view; they do not blink where `steady` says so."""
        super().__init__(view)
        self._view, self._steady = view, steady
        self.over = LitOver(view)
        self._asked: tuple[Side, float] | None = None
        self._beats = 0
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._beat)
        self._search = Background(self)
        self._search.finished.connect(self._begin)
        self._search.busied.connect(view.wait)

    @property
    def asked(self) -> Side | None:
        """What is blinking, or being looked for."""
        return self._asked[0] if self._asked else None

    def blink(self, side: Side, limit: float) -> None:
        """Make the numbers below or above a limit blink; asked again while they do, stop."""
        again = self.asked == side
        self.stop()
        if not again and self._view.plane is not None:
            self._asked = side, limit
            self._look()

    def stop(self) -> None:
        """Put all lights out."""
        self._clock.stop()
        self._search.cancel()
        self.over.show_lit(None)
        self._asked = None

    def shut_down(self) -> None:
        """Stop looking; returns at once."""
        self._clock.stop()
        self._search.shut_down()

    def _look(self) -> None:
        """Find what is to be lit: all at once, of a large map on a thread and only what is seen."""
        plane, grid, view = self._view.plane, self._view.grid, self._view
        assert plane is not None
        assert self._asked is not None
        side, limit = self._asked
        shown = view.marks.shown
        height, width = plane.values.shape
        if isinstance(plane.values, np.ndarray):
            everything = slice(0, height), slice(0, width)
            self._begin(outside(plane, side, limit, *everything, shown=shown))
            return
        step = max(1, ceil(1 / (grid.cell * view.devicePixelRatioF())))
        seen = grid.visible(view.viewport(), (height, width))

        def work(progress: Progress) -> Lit:
            return outside(plane, side, limit, *seen, step, shown, progress.tell)

        self._search.start(work)

    def _begin(self, lit: Lit) -> None:
        if self._asked is None:
            return
        side, limit = self._asked
        plane, beyond = self._view.plane, f"{side} {write(limit)}"
        if not lit.count:
            self.stop()
            self.said.emit(f"None of the numbers {beyond} is among those that are seen")
            return
        place = f"place with a number {beyond}", f"places with a number {beyond}"
        words = place if plane and plane.colours else (f"number {beyond}", f"numbers {beyond}")
        self.said.emit(f"Marked: {write(lit.count)} {words[lit.count > 1]}")
        self.over.show_lit(lit)
        self._beats = _BEATS
        self._clock.start(_STEADY_MS if self._steady() else _BEAT_MS)

    def _beat(self) -> None:
        self._beats -= 1
        if self._steady() or self._beats <= 0 or not self.over.fits:
            self.stop()
        else:
            self.over.setVisible(self._beats % 2 == 0)
