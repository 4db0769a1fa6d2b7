"""The tab "Kernel": change it, make one by a formula, and see what it does."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QResizeEvent, QShowEvent
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui.actions import Actions
from cnnstudio.gui.widgets.controls import row
from cnnstudio.gui.widgets.inputs import Segments
from cnnstudio.gui.workspaces.convolution.kernel.kernel_buttons import KernelButtons
from cnnstudio.gui.workspaces.convolution.kernel.kernel_maker import MAKES, KernelMaker
from cnnstudio.gui.workspaces.convolution.kernel.kernel_meaning import TELLS, KernelMeaning
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.kernel import Kernel

_GAP = 20  # px between the three parts
_SHARES = (12, 17)  # of the width that the other two have
_NARROW = 900  # px under which there is room for one of the other two
_PARTS = ("make one", "what it does")


class KernelPanel(QWidget):
    """Three parts side by side; what the kernel does is worked out only while it is seen.

    Signals:
        edited: what the user did, the gesture it belongs to, and the fields it changes
        refused: why something typed means nothing
    """

    edited = pyqtSignal(str, object, dict)
    refused = pyqtSignal(str)

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("convolution.kernel_panel")
        self.buttons = KernelButtons(actions)
        self.maker = KernelMaker()
        self.meaning = KernelMeaning()
        self.maker.made.connect(self._take)
        self.maker.refused.connect(self.refused)
        self.part = Segments("convolution.kernel_part", _PARTS, (MAKES, TELLS))
        self.part.setProperty("compact", True)
        self.part.chosen.connect(self._turn_to)
        self.part.hide()
        self._narrow, self._chosen = False, 0
        parts = row(self.buttons, self.maker, self.meaning, gap=_GAP)
        for part, share in enumerate(_SHARES, 1):
            parts.setStretch(part, share)
        self.setLayout(parts)
        self._bench: ConvolutionBench | None = None
        self._channel: int | None = None

    def show_bench(self, bench: ConvolutionBench, channel: int | None) -> None:
        """Show what belongs to the kernel of a bench.

        Args:
            bench: what is on the bench
            channel: the one that is looked at; None for all together
        """
        self._bench, self._channel = bench, channel
        self.buttons.show_flipped(bench.flipped)
        self._tell()

    def showEvent(self, event: QShowEvent | None) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        self._tell()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Show one of the other two parts at a time where there is no room for both."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self._turn_to(self._chosen)

    def _turn_to(self, chosen: int) -> None:
        self._chosen = chosen
        self.part.show_choice(chosen)
        parts: tuple[KernelMaker | KernelMeaning, ...] = (self.maker, self.meaning)
        for place, part in enumerate(parts):
            part.setVisible(not self._narrow or place == chosen)
            part.title.setVisible(not self._narrow)
            if self._narrow and place == chosen:
                part.head.insertWidget(0, self.part)
        self.part.setVisible(self._narrow)
        self._tell()

    def _tell(self) -> None:
        """Say what the kernel does, if anybody looks."""
        if self._bench is not None and self.isVisible() and not self.meaning.isHidden():
            self.meaning.show_bench(self._bench, self._channel)

    def _take(self, text: str, gesture: object, kernel: Kernel) -> None:
        """Put a kernel that was made on the bench, as it needs it."""
        assert self._bench
        self.edited.emit(text, gesture, {"kernel": self._bench.taken(kernel)})
