"""The tray's tab "Seven filters": what the article's seven kernels make of the picture."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.background import Background, Progress
from cnnstudio.gui.widgets.controls import ElidedLabel, column, row
from cnnstudio.gui.workspaces.convolution.filters.seven_card import SevenCard
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filter_thumbnails import Effect, agree, reduced, strip_map
from cnnstudio.lab.filters import SEVEN, filter_of, library
from cnnstudio.lab.number import size

_SMALL = 256  # px of the longest side of the copy that large pictures are reduced to
_GAP = 4  # px between two cards
_FIELDS = (
    "fit",
    "square",
    "gray",
    "invert",
    "each_channel",
    "flipped",
    "stride",
    "padding",
    "padding_mode",
    "dilation",
)
_Made = tuple[str, Effect | None, str]  # key, map, note


class SevenPanel(QWidget):
    """Seven maps side by side, moved as the bench moves its kernel; a click takes a filter.

    They are worked out only while somebody sees them.

    Signals:
        taken: the Filter that was chosen
    """

    taken = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("convolution.seven")
        self._cards = [SevenCard(library()[key]) for key in SEVEN]
        for place, card in enumerate(self._cards):
            card.clicked.connect(lambda _on, found=card.filter: self.taken.emit(found))
            card.stepped.connect(lambda step, place=place: self._focus(place + step))
        self._note = ElidedLabel(theme.CAPTION)
        self._note.setObjectName("convolution.seven_note")
        self._note.setFixedHeight(16)
        self._note.hide()
        cards = row(*self._cards, gap=_GAP)
        for place in range(len(SEVEN)):
            cards.setStretch(place, 1)
        cards.addStretch(0)
        self.setLayout(column(cards, self._note, gap=0))
        self._bench: ConvolutionBench | None = None
        self._made: ConvolutionBench | None = None  # whose maps are shown, or coming
        self._background = Background(self)
        self._background.came.connect(self._take)

    @property
    def busy(self) -> bool:
        """Whether maps are being worked out."""
        return self._background.busy

    def show_bench(self, bench: ConvolutionBench) -> None:
        """Mark the filter on a bench, and show all maps if somebody looks."""
        self._bench = bench
        known = filter_of(bench.kernel, bench.apart)
        for card in self._cards:
            card.show_current(known is card.filter)
        if self.isVisible():
            self._work()
        elif self._made is not None and not agree(self._made, bench, _FIELDS):
            self._made = None  # not to keep its picture

    def shut_down(self) -> None:
        """Stop, when the window closes."""
        self._background.shut_down()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Make all cards equally wide, to the pixel: so their maps are equally large."""
        super().resizeEvent(event)
        for card in self._cards:
            card.setMaximumWidth((self.width() + _GAP) // len(SEVEN) - _GAP)

    def showEvent(self, event: QShowEvent | None) -> None:
        """Work out what is seen from now on."""
        super().showEvent(event)
        self._work()

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Work out nothing that nobody sees."""
        super().hideEvent(event)
        if self._background.busy:
            self._background.cancel()
            self._made = None

    def _work(self) -> None:
        bench = self._bench
        if bench is None or (self._made is not None and agree(self._made, bench, _FIELDS)):
            return
        self._made = bench
        self._background.start(lambda progress: _make(bench, progress))

    def _take(self, made: _Made) -> None:
        key, effect, note = made
        self._cards[SEVEN.index(key)].show_effect(effect)
        self._note.show_text(note)
        self._note.setVisible(bool(note))

    def _focus(self, place: int) -> None:
        self._cards[min(max(place, 0), len(self._cards) - 1)].setFocus()


def _make(bench: ConvolutionBench, progress: Progress) -> None:
    small, notes = bench, []
    if bench.large:
        small = reduced(bench, _SMALL)
        copy = size(small.image.height, small.image.width)
        notes.append(f"The picture is large: these are maps of a copy reduced to {copy} pixels")
    if bench.apart:
        notes.append("the maps of the channels are put together, as on the bench")
    note = "; ".join(notes)
    for key in SEVEN:
        progress.tell(0, 0)
        made = strip_map(small, library()[key].kernel)
        progress.give((key, made, f"{note[:1].upper()}{note[1:]}"))
