"""What is said about the place under the playhead: ledger, status bar, words for ears."""

from time import perf_counter

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QAction

from cnnstudio.gui.player import Player
from cnnstudio.gui.workspaces.convolution import channels
from cnnstudio.gui.workspaces.convolution.looking import Looking
from cnnstudio.gui.workspaces.convolution.page import Page
from cnnstudio.gui.workspaces.convolution.planes import Moment
from cnnstudio.gui.workspaces.convolution.pointer import Pointer
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filters import filter_of
from cnnstudio.lab.ledger import ledger
from cnnstudio.lab.number import size

_READABLE = 20.0  # positions a second above which nobody can read along
_EVERY = 0.1  # seconds between two writings then


def sentence(bench: ConvolutionBench, about: str | None) -> str:
    """Say what there is to see on a bench; `about` is what a scene says of it."""
    if about is not None:
        return about
    known = filter_of(bench.kernel, bench.apart)
    return known.about if known else "A kernel of your own."


class Narrator(QObject):
    """Writes down how a number is made.

    Signals:
        figured: position, value and sizes, for the status bar
    """

    figured = pyqtSignal(str)

    def __init__(
        self, page: Page, player: Player, pointer: Pointer, looking: Looking, expand: QAction
    ) -> None:
        super().__init__(page)
        self._page, self._player, self._pointer, self._expand = page, player, pointer, expand
        self._looking = looking
        self._written = 0.0

    def tell(
        self, bench: ConvolutionBench, moment: Moment, preview: bool, computed: int | None
    ) -> None:
        """Write about a place.

        Args:
            bench: what is on the bench
            moment: the place
            preview: whether only the pointer asks about it
            computed: how many numbers of the feature map there are; None for all
        """
        panel = self._page.ledger
        if not all(bench.shape(moment.stage)):
            panel.show_nothing("There is no number to explain here")
            self._figure(bench, "")
            return
        now = perf_counter()
        hurry = self._player.playing and self._player.speed > _READABLE
        if hurry and now - self._written < _EVERY:
            return
        self._written = now
        expanded = self._expand.isChecked()
        told = self._looking.told(bench)
        written = ledger(bench, moment.stage, moment.place, moment.done, computed, expanded, told)
        why = "Preview" if self._pointer.hovered else "Pinned"
        panel.show_ledger(written, why if preview else "")
        lit, front = self._pointer.lit, self._looking.front(bench)
        tabled = self._looking.tabled(bench, lit)
        name = channels.names(bench)[tabled] if bench.kernel.channels > 1 else ""
        panel.show_window(front, moment, lit, 0 if bench.apart else tabled, name)
        panel.view.light(self._pointer.lit)
        self._figure(bench, written.result)

    def _figure(self, bench: ConvolutionBench, result: str) -> None:
        shapes = [(bench.image.height, bench.image.width), bench.map_shape, bench.pooled_shape]
        sizes = " → ".join(size(*shape) for shape in shapes if all(shape))
        self.figured.emit(f"{self._pointer.figure(bench) or result}     {sizes}".strip())
        for view in self._page.views.values():
            plane = view.plane
            if plane is None:
                view.setAccessibleDescription(view.message)
                continue
            at = view.marks.cell or view.marks.window or (0, 0)
            rows, columns = plane.values.shape
            row, column = min(int(at[0]), rows - 1), min(int(at[1]), columns - 1)
            value = channels.numbers_told(plane, row, column, channels.names(bench))
            view.setAccessibleDescription(
                f"{size(rows, columns)}; row {row + 1}, column {column + 1}: {value}"
            )
