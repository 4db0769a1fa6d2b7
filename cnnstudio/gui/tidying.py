"""Garbage is collected in the thread of the window only: there Qt's objects may be destroyed.

Python collects what refers to itself in a circle whenever a thread makes many objects, in that
very thread. A widget that nobody holds any more would then be destroyed beside the window's thread,
which Qt answers with a crash. So the collector is switched off, and asked from a timer.
"""

from __future__ import annotations

import gc

from PyQt6.QtCore import QObject, QTimer

_EVERY_MS = 500
_OLDEST = 2  # the generation that takes longest, so it is looked at least


class Tidying(QObject):
    """Collects garbage now and then, in the thread it was made in."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.tidy)
        self._timer.start()

    def settle(self) -> None:
        """Look no more at what is there now: the program itself, which is never garbage."""
        gc.collect(0)
        gc.freeze()

    def tidy(self) -> None:
        """Collect what Python itself would have collected by now."""
        for generation in range(_OLDEST, -1, -1):
            if gc.get_count()[generation] > gc.get_threshold()[generation] > 0:
                gc.collect(generation)
                return
