"""Works out in the background what each filter makes of the picture on the bench."""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter

from PyQt6.QtCore import QObject, pyqtSignal

from cnnstudio.gui.background import Background, Progress
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filter_thumbnails import Effect, agree, reduced, thumbnail
from cnnstudio.lab.filters import Filter
from cnnstudio.lab.kernel import Kernel

_EVERY = 0.03  # seconds between two lots of small pictures
_MOST = 400  # kernels whose effects are kept
_FIELDS = ("fit", "square", "gray", "invert", "each_channel", "flipped")  # that filters depend on


class FilterPictures(QObject):
    """Keeps the effects of filters while the picture is the same; the newest picture wins.

    Signals:
        made: effects by kernel, some at a time
    """

    made = pyqtSignal(dict)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench: ConvolutionBench | None = None
        self._effects: dict[Kernel, Effect] = {}
        self._background = Background(self)
        self._background.came.connect(self._take)

    @property
    def effects(self) -> dict[Kernel, Effect]:
        """What is known of the picture as of now."""
        return self._effects

    def show_bench(self, bench: ConvolutionBench) -> bool:
        """Forget what was made of another picture; say whether this is another one."""
        before, self._bench = self._bench, bench
        if before is not None and agree(before, bench, _FIELDS):
            return False
        self._background.cancel()
        self._effects = {}
        return True

    def want(self, filters: Iterable[Filter]) -> None:
        """Work out what is not known yet of some filters, in their order."""
        bench = self._bench
        missing = [each.kernel for each in filters if each.kernel not in self._effects]
        if bench is not None and missing:
            self._background.start(lambda progress: _work(bench, missing, progress))

    def stop(self) -> None:
        """Work out no more until somebody wants to see it."""
        self._background.cancel()

    def shut_down(self) -> None:
        """Stop, when the window closes."""
        self._background.shut_down()

    def _take(self, lot: dict[Kernel, Effect]) -> None:
        if len(self._effects) > _MOST:
            self._effects = {}
        self._effects |= lot
        self.made.emit(lot)


def _work(bench: ConvolutionBench, kernels: list[Kernel], progress: Progress) -> None:
    small, lot, told = reduced(bench), dict[Kernel, Effect](), perf_counter()
    for kernel in dict.fromkeys(kernels):
        progress.tell(0, 0)
        lot[kernel] = thumbnail(small, kernel)
        if perf_counter() - told > _EVERY:
            progress.give(lot)
            lot, told = {}, perf_counter()
    progress.give(lot)
