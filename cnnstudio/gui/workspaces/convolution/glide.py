"""The window glides by exactly the stride, slowly enough to be followed."""

from collections.abc import Callable
from dataclasses import replace

from PyQt6.QtCore import QEasingCurve, QObject, QVariantAnimation

from cnnstudio.gui.widgets.plane_paint import Rect
from cnnstudio.gui.widgets.plane_view import PlaneView

_MS = 120
FASTEST = 6.0  # positions a second up to which the window glides; faster it jumps


class Glide(QObject):
    """Moves the window's frame over the picture from one position to a neighbour."""

    def __init__(self, view: PlaneView, moved: Callable[[], None]) -> None:
        super().__init__(view)
        self._view, self._moved = view, moved
        self._from: Rect | None = None
        self._to: Rect | None = None
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(_MS)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._show)

    def go(self, step: tuple[int, int], allowed: bool) -> None:
        """Follow the window that the view's marks now show.

        Args:
            step: the stride, down and across: a neighbour is just so far away
            allowed: whether anything may glide
        """
        before, self._to = self._to, self._view.marks.window
        if before == self._to:
            return
        self._animation.stop()
        if allowed and before and self._to and _neighbours(before, self._to, step):
            self._from = before
            self._animation.start()
            self._show(0.0)

    @property
    def busy(self) -> bool:
        """Whether the frame is between two positions."""
        return self._animation.state() == QVariantAnimation.State.Running

    def _show(self, share: float) -> None:
        if self._from is None or self._to is None:
            return
        row, column, rows, columns = (
            a + (b - a) * share for a, b in zip(self._from, self._to, strict=True)
        )
        window = self._to if share >= 1.0 else (row, column, rows, columns)
        self._view.show_marks(replace(self._view.marks, window=window))
        self._moved()


def _neighbours(a: Rect, b: Rect, step: tuple[int, int]) -> bool:
    down, across = abs(a[0] - b[0]), abs(a[1] - b[1])
    return a[2:] == b[2:] and (down, across) in {(0, step[1]), (step[0], 0)}
