"""The ledger's card: pixels times weights are products, and the line that adds them up."""

from typing import Any

import numpy as np
from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import column, label, named, panel, row
from cnnstudio.gui.widgets.ledger_view import LedgerView
from cnnstudio.gui.widgets.plane_layers import Grid, Marks, Plane
from cnnstudio.gui.widgets.plane_view import MARGIN, PlaneView
from cnnstudio.gui.workspaces.convolution.planes import Moment, scale_of
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.line import Ledger
from cnnstudio.lab.step import pool_step

HIGH, TALL, LOW = 246, 190, 122  # px: large grids, grids, no grids
_AROUND = 44  # px of the card that are not grid
_WIDER, _WIDEST = 1.3, 1.6  # width over height of cells, for pixels and products of many figures
_LONGEST_TITLE = "Row 100, column 100 of the feature map"
_LONG = 100  # pixels from here on have three figures


class LedgerPanel(QWidget):
    """Shows how the number under the playhead (or the pointer) is made.

    Signals:
        lit: the term the user asks about, by its place in reading order; -1 for none
        more: every product is wanted
    """

    lit = pyqtSignal(int)
    more = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.view = LedgerView("convolution.ledger")
        self.view.term_clicked.connect(self.lit)
        self.view.more_clicked.connect(self.more)
        self.title = label("", theme.BODY, theme.SEMIBOLD)
        self.result = label("", theme.RESULT, theme.SEMIBOLD, "accent")
        named(self.result, "convolution.result", "The number under the playhead")
        self.pixels = PlaneView("convolution.window_pixels", "Pixels in the window")
        self.weights = PlaneView("convolution.window_weights", "Weights")
        self.products = PlaneView("convolution.window_products", "Products")
        self._captions = []
        boxes: list[QWidget | int | None] = []
        for view, sign in ((self.pixels, "×"), (self.weights, "="), (self.products, "")):
            caption = label(view.accessibleName(), theme.CAPTION, role="muted")
            caption.setContentsMargins(MARGIN, 0, 0, 0)
            self._captions.append(caption)
            box = QWidget()
            box.setLayout(column(caption, view, None, gap=1))
            boxes.append(box)
            if sign:
                between = label(sign, 16, theme.MEDIUM, "muted")
                between.setContentsMargins(0, 0, 0, 0)
                boxes.append(between)
            view.hovered.connect(self._hover(view))
            view.clicked.connect(self._click)
        self._grids = QWidget()
        self._grids.setLayout(row(*boxes, 14, gap=8))
        self._boxes = [box for box in boxes if isinstance(box, QWidget)]
        self._head = QWidget()
        self._head_box = row(self.title, self.result, gap=18)
        self._head_box.addStretch(1)
        self._head.setLayout(self._head_box)
        self._words = QWidget()
        self._direction = QHBoxLayout(self._words)
        self._direction.setContentsMargins(0, 0, 0, 0)
        self._direction.setSpacing(2)
        self._direction.addWidget(self._head)
        self._direction.addWidget(self.view, 1)
        content = row(self._grids, self._words, gap=4)
        content.setStretch(1, 1)
        self.card: QFrame = panel(content, margins=(20, 8, 20, 6))
        self.setLayout(column(self.card, gap=0))
        self._columns = 1
        self.fold(low=False, high=False)

    def fold(self, low: bool, high: bool) -> None:
        """Keep the line and fold the grids where there is little height."""
        self._low, tall = low, LOW if low else HIGH if high else TALL
        self._room = tall - _AROUND
        self._grids.setVisible(not low)
        directions = QBoxLayout.Direction
        widest = self.title.fontMetrics().horizontalAdvance(_LONGEST_TITLE) + 12
        side, below = directions.LeftToRight, directions.TopToBottom
        self._direction.setDirection(side if low else below)
        self._head_box.setDirection(below if low else side)
        self._head_box.setSpacing(0 if low else 18)
        self.title.setMinimumWidth(0 if low else widest - 16)
        self._head.setFixedWidth(widest) if low else self._head.setMaximumWidth(16777215)
        if not low:
            self._head.setMinimumWidth(0)
        self.setFixedHeight(tall)

    def show_nothing(self, sentence: str) -> None:
        """Say why there is no number."""
        self.title.setText(sentence)
        self.result.setText("")
        self.view.show_ledger(None)
        self._grids.hide()

    def show_ledger(self, ledger: Ledger, preview: bool) -> None:
        """Write down a number; a preview is what the pointer asks about."""
        self.title.setText(f"{ledger.title}, under the pointer" if preview else ledger.title)
        self.result.setText(ledger.result)
        self.view.show_ledger(ledger)

    def show_window(self, bench: ConvolutionBench, moment: Moment, lit: int | None) -> None:
        """Show the numbers that meet at a place."""
        if self._low:
            return
        self._grids.setVisible(moment.stage != "activation")
        for box in self._boxes[1:]:
            box.setVisible(moment.stage == "feature_map")
        if moment.stage == "feature_map":
            self._show_products(bench, moment, lit)
        elif moment.stage == "pooled_map":
            self._show_pool(bench, moment)

    def _show_products(self, bench: ConvolutionBench, moment: Moment, lit: int | None) -> None:
        rows, columns = bench.down.reads(moment.place[0]), bench.across.reads(moment.place[1])
        top, _, left, _ = bench.padding
        padded = bench.padded()[0]
        pixels = padded[np.ix_([r + top for r in rows], [c + left for c in columns])]
        weights = bench.kernel.weights[0]
        self._captions[0].setText("Pixels in the window")
        self._columns = weights.shape[1]
        tap = None if lit is None else divmod(lit, self._columns)
        if moment.done is not None:
            tap = divmod(moment.done - 1, self._columns)
        marks = Marks(tap=tap)
        image = bench.image
        limit = float(np.abs(weights).max()) or 1.0
        products = pixels * weights
        long = image.high >= _LONG or image.pixels.dtype != np.uint8
        wide = _WIDER if long else 1.0
        self._show(self.pixels, Plane(pixels, "image", image.low, image.high), marks, wide)
        self._show(self.weights, Plane(weights, "weight", -limit, limit), marks)
        most = scale_of(products)
        shown = Marks(shown=moment.done, tap=tap)
        self._show(self.products, Plane(products, "data", -most, most), shown, _WIDEST)

    def _show_pool(self, bench: ConvolutionBench, moment: Moment) -> None:
        step = pool_step(bench, *moment.place)
        rows = sorted({row for row, _ in step.places})
        columns = sorted({column for _, column in step.places})
        block = np.array(step.values).reshape(len(rows), len(columns))
        limit = scale_of(bench.activated())
        winner = None if step.winner is None else divmod(step.winner, len(columns))
        marks = Marks(shown=moment.done, winner=winner if moment.done is None else None)
        self._captions[0].setText("Numbers in the window")
        self._columns = len(columns)
        self._show(self.pixels, Plane(block, "data", -limit, limit), marks, _WIDEST)

    def _show(self, view: PlaneView, plane: Plane, marks: Marks, wide: float = 1.0) -> None:
        rows, columns = plane.values.shape
        cell = min(self._room / 3.5, self._room / rows, 250 / (columns * wide))
        view.grid = Grid(float(int(cell)) or 1.0, MARGIN, MARGIN, wide)
        view.show_plane(plane)
        view.show_marks(marks)
        if view.size() != view.sizeHint():
            view.setFixedSize(view.sizeHint())

    def _hover(self, view: PlaneView) -> Any:
        def tell(row_: int, column_: int) -> None:
            found = view is not self.pixels or self._boxes[1].isVisible()
            self.lit.emit(row_ * self._columns + column_ if row_ >= 0 and found else -1)

        return tell

    def _click(self, row_: int, column_: int) -> None:
        if self._boxes[1].isVisible():
            self.lit.emit(row_ * self._columns + column_)
