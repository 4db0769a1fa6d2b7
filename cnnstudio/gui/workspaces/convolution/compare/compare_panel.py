"""The tab that compares two kernels: A is on the bench, B is kept beside it."""

from __future__ import annotations

import numpy as np
from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.actions import Actions
from cnnstudio.gui.widgets.controls import Button, column, label, named, row
from cnnstudio.gui.widgets.inputs import Segments
from cnnstudio.gui.widgets.plane_layers import Grid, Plane
from cnnstudio.gui.widgets.plane_view import MARGIN, PlaneView
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filters import filter_of
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.number import OVER, factor, size, write_weight, write_weight_cell

MODES = ("a", "b", "split", "difference")
_EMPTY = (
    "Two kernels on one picture. Keep the kernel on the bench as B, then change it or take "
    "another: hold / to see the map of B, split the maps with a line, or see their difference."
)
_NAME = 140  # px of a letter and a name
_ELIDE = Qt.TextElideMode.ElideRight
_SIDE, _ABOVE, _CELL = (60, 176), 44, 44  # px: of a kernel, of its words, of a weight at most


class _Slot(QWidget):
    """One of the two kernels: its letter, its name and its weights."""

    def __init__(self, letter: str) -> None:
        super().__init__()
        self._letter = letter
        self._name = label("", theme.BODY, theme.SEMIBOLD)
        self._size = label("", theme.CAPTION, role="muted")
        self.view = PlaneView(f"convolution.compare_{letter.lower()}", f"Kernel {letter}")
        self.setLayout(column(self._name, self._size, self.view, None, gap=1))
        for text in (self._name, self._size):
            text.setContentsMargins(MARGIN, 0, 0, 0)

    def show_kernel(self, kernel: Kernel, apart: bool, side: int) -> None:
        """Show a kernel, of several slices the first, as large as a side."""
        self.setFixedWidth(max(side, _NAME) + 2 * MARGIN)
        known = filter_of(kernel, apart)
        name = f"{self._letter}   {known.name if known else 'own kernel'}"
        metrics = self._name.fontMetrics()
        self._name.setText(metrics.elidedText(name, _ELIDE, self.width() - MARGIN))
        self._name.setToolTip(known.about if known else "A kernel of your own")
        depth = (kernel.channels,) if kernel.channels > 1 else ()
        parts = [size(kernel.height, kernel.width, *depth)]
        if kernel.divisor != 1:
            parts.append(f"{OVER} {factor(write_weight(kernel.divisor))}")
        if kernel.bias:
            parts.append(f"+ {factor(write_weight(kernel.bias))}")
        self._size.setText(" ".join(parts) + ("" if kernel.alike else "   first slice"))
        limit = float(np.abs(kernel.weights).max()) or 1.0
        texts = tuple(tuple(write_weight_cell(cell) for cell in line) for line in kernel.cells[0])
        plane = Plane(kernel.weights[0], "weight", -limit, limit, texts=texts, dense=True)
        cell = min(side / max(kernel.height, kernel.width), _CELL)
        self.view.grid = Grid(cell, MARGIN, MARGIN)
        self.view.show_plane(plane)
        self.view.setFixedSize(self.view.sizeHint())


class ComparePanel(QWidget):
    """Shows A and B, and chooses what the maps show of them.

    Signals:
        kept: the kernel on the bench is to be B
        dropped: B is wanted no more
        chosen: one of `MODES`
    """

    kept = pyqtSignal()
    dropped = pyqtSignal()
    chosen = pyqtSignal(str)

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._slots = (_Slot("A"), _Slot("B"))
        self.modes = Segments(
            "convolution.compare_mode",
            ("A", "B", "split", "difference"),
            (
                "The map of the kernel on the bench",
                "The map of kernel B; also while / is held",
                "A at the left of a line, B at its right; drag the line",
                "The map of A less that of B, before any activation",
            ),
        )
        self.modes.setProperty("compact", True)
        self.modes.chosen.connect(lambda index: self.chosen.emit(MODES[index]))
        self._keep = Button("Keep as B", role="small")
        named(self._keep, "convolution.keep_b", "Keep as B", "Keep the kernel on the bench as B")
        self._keep.clicked.connect(self.kept)
        self._again = Button("A → B", role="small")
        named(self._again, "convolution.again_b", "A to B", "Keep the kernel on the bench as B")
        self._again.clicked.connect(self.kept)
        self._swap = Button("Swap", role="small")
        self._swap.follow(actions["run.swap"])
        self._swap.setObjectName("convolution.swap")
        self._drop = Button("Without B", role="small")
        named(self._drop, "convolution.drop_b", "Without B", "Forget kernel B; undo brings it back")
        self._drop.clicked.connect(self.dropped)
        for button in (self._keep, self._again, self._swap, self._drop):
            button.setProperty("line", True)
        self._empty = label(_EMPTY, theme.BODY, role="muted")
        self._empty.setWordWrap(True)
        self._told = label("", theme.BODY)
        self._told.setWordWrap(True)
        named(self._told, "convolution.compared", "What the comparison shows")
        self._tools = QWidget()
        buttons = row(self._again, self._swap, self._drop, None, gap=8)
        self._tools.setLayout(column(row(self.modes, None), buttons, self._told, None, gap=8))
        self._start = QWidget()
        self._start.setLayout(column(self._empty, row(self._keep, None), None, gap=10))
        line = row(*self._slots, self._start, self._tools, gap=20)
        line.setStretch(2, 1)
        line.setStretch(3, 1)
        self.setLayout(line)
        self._kernels: tuple[Kernel | None, ...] = ()
        self._apart = False

    def show_bench(self, bench: ConvolutionBench, mode: str, told: str) -> None:
        """Show both kernels of a bench.

        Args:
            bench: what is on the bench
            mode: what the maps show, one of `MODES`
            told: what the comparison shows, in words
        """
        self._kernels, self._apart = (bench.kernel, bench.other), bench.apart
        self._fit()
        there = bench.other is not None
        self._slots[1].setVisible(there)
        self._tools.setVisible(there)
        self._start.setVisible(not there)
        self.modes.show_choice(MODES.index(mode))
        self._told.setText(told)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Make the kernels as large as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        least, most = _SIDE
        side = max(least, min(most, self.height() - _ABOVE))
        for slot, kernel in zip(self._slots, self._kernels, strict=False):
            if kernel is not None:
                slot.show_kernel(kernel, self._apart, side)
