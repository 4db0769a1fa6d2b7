"""How much the maps of two kernels differ, in words: where most, and how many numbers agree."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from cnnstudio.gui.background import Background
from cnnstudio.lab.comparison import difference_bench, greatest
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import channel_name
from cnnstudio.lab.line import sign
from cnnstudio.lab.number import size, write

if TYPE_CHECKING:
    from cnnstudio.gui.workspaces.convolution.showing import Showing


class Differences(QObject):
    """Counts small maps at once; large ones on a thread, when the maps themselves are shown.

    Signals:
        learned: there is more to say
    """

    learned = pyqtSignal()

    def __init__(self, showing: Showing) -> None:
        super().__init__(showing)
        self._showing = showing
        self._known: dict[ConvolutionBench, str] = {}
        self._asked: ConvolutionBench | None = None
        self._share = 0
        self._counting = Background(self)
        self._counting.finished.connect(self._take)
        self._counting.progressed.connect(self._tell_share)
        showing.surveyor.busied.connect(self._go_on)

    def words(self, state: ConvolutionBench) -> str:
        """Say how much the maps of a bench with two kernels differ, as far as it is known."""
        bench = difference_bench(state)
        if not all(bench.map_shape):
            return "There is no map to compare: the larger kernel does not fit into the picture"
        if bench in self._known:
            return self._known[bench]
        if not bench.large:
            self._known = {bench: told(bench)}
            return self._known[bench]
        if self._asked != bench:
            self.stop()
        if self._showing.busy or self._counting.busy:
            return f"Comparing all numbers… {self._share} %"
        self._asked, self._share = bench, 0
        self._counting.start(lambda progress: (bench, told(bench, progress.tell)))
        return "Comparing all numbers…"

    def stop(self) -> None:
        """Count no more: nobody looks."""
        self._asked, self._share = None, 0
        self._counting.shut_down()

    def _go_on(self, busy: bool) -> None:
        """Count when the maps themselves are there."""
        if not busy:
            self.learned.emit()

    def _take(self, found: tuple[ConvolutionBench, str]) -> None:
        self._known = dict([found])
        self.learned.emit()

    def _tell_share(self, done: int, total: int) -> None:
        share = 100 * done // max(1, total)
        if share != self._share:
            self._share = share
            self.learned.emit()


def told(bench: ConvolutionBench, tell: Callable[[int, int], None] = lambda *_: None) -> str:
    """Say where two maps differ most, and how many of their numbers agree."""
    most, (channel, row, column), zeros = greatest(bench, tell)
    maps = bench.kernel.channels if bench.apart else 1
    count = bench.map_shape[0] * bench.map_shape[1] * maps
    if not most:
        return "Both feature maps are the same, number by number."
    where = f"{channel_name(channel, bench.kernel.channels)}, " if bench.apart else ""
    numbers = "1 number" if zeros == 1 else f"{write(zeros)} numbers"
    same = f"{numbers} of {write(count)} {'is' if zeros == 1 else 'are'} the same"
    return (
        f"The feature maps differ most in {where}row {row + 1}, column {column + 1}: "
        f"A\u00a0−\u00a0B {sign(Fraction(most), write(most))} {write(most)}; {same}."
    )


def sizes(state: ConvolutionBench) -> str:
    """Say what is done to the smaller of two kernels so that their maps match."""
    assert state.other is not None
    shapes = [(each.height, each.width) for each in (state.kernel, state.other)]
    if shapes[0] == shapes[1]:
        return ""
    rows, columns = (max(pair) for pair in zip(*shapes, strict=True))
    return (
        f"Split and difference fill the smaller kernel up with zeros to {size(rows, columns)}, "
        "so that both maps have one size."
    )
