"""The ledger's card: pixels times weights are products, and the line that adds them up."""

import numpy as np
from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import column, label, named, panel, row
from cnnstudio.gui.widgets.ledger_view import LedgerView
from cnnstudio.gui.widgets.plane_layers import Grid, Marks, Plane
from cnnstudio.gui.widgets.plane_paint import SMALLEST, cell_texts, longest_text, text_width
from cnnstudio.gui.widgets.plane_view import MARGIN, PlaneView
from cnnstudio.gui.workspaces.convolution.planes import Moment
from cnnstudio.gui.workspaces.convolution.survey import scale_of
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.line import Ledger
from cnnstudio.lab.number import write_weight_cell
from cnnstudio.lab.step import pool_step

HIGH, TALL, LOW = 246, 200, 132  # px: large grids, grids, no grids
_AROUND = 50  # px of the card that are not grid
_WIDER, _WIDEST = 1.3, 1.6  # width over height of cells, for pixels and products of many figures
_TOO_WIDE = 2.4  # width over height from which digits are left out rather
_LINE = 588  # px of the card that are not tables, so that the line keeps its room
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
        self.view.term_clicked.connect(self._latch)
        self.view.term_hovered.connect(self._ask)
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
            view.hovered.connect(self._hover)
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
        self._columns, self._latched = 1, -1
        self.limit = 1.0  # the end of the scale of the map that is pooled
        self._shown: tuple[ConvolutionBench, Moment, int | None] | None = None
        self.fold(low=False, high=False)

    def fold(self, low: bool, high: bool) -> None:
        """Keep the line and fold the grids where there is little height."""
        self._low, tall = low, LOW if low else HIGH if high else TALL
        self._room = tall - _AROUND
        self._grids.setVisible(not low)
        self.view.compact(low)
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

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Give the tables the room there is now."""
        super().resizeEvent(event)
        if self._shown and all(self._shown[0].shape(self._shown[1].stage)):
            self.show_window(*self._shown)

    def show_nothing(self, sentence: str) -> None:
        """Say why there is no number."""
        self.title.setText(sentence)
        self.result.setText("")
        self.view.show_ledger(None)
        self._grids.hide()
        self._shown = None

    def show_ledger(self, ledger: Ledger, why: str = "") -> None:
        """Write down a number; `why` says what it is if it is not the playhead's."""
        title = f"{why}: {ledger.title[0].lower()}{ledger.title[1:]}"
        self.title.setText(title if why else ledger.title)
        self.result.setText(ledger.result)
        self.view.show_ledger(ledger)

    def show_window(self, bench: ConvolutionBench, moment: Moment, lit: int | None) -> None:
        """Show the numbers that meet at a place."""
        self._shown = (bench, moment, lit)
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
        least = _WIDER if long else 1.0
        written = tuple(
            tuple(write_weight_cell(cell) for cell in line) for line in bench.kernel.cells[0]
        )
        most = scale_of(products)
        cell = self._room / len(weights)
        planes = (
            Plane(pixels, "image", image.low, image.high, dense=True),
            Plane(weights, "weight", -limit, limit, texts=written, dense=True),
            Plane(products, "data", -most, most, dense=True),
        )
        wides = [
            _wide(plane, cell, w) for plane, w in zip(planes, (least, 1.0, _WIDEST), strict=True)
        ]
        shown = (marks, marks, Marks(shown=moment.done, tap=tap))
        views = (self.pixels, self.weights, self.products)
        share = min(1.0, self._widest() / (sum(wides) * cell * weights.shape[1]))
        for view, plane, mark, wide in zip(views, planes, shown, wides, strict=True):
            self._show(view, plane, mark, wide * share)

    def _cell(self, rows: int) -> float:
        """Return how tall the cells of a table are, in px."""
        return max(1.0, float(int(min(self._room / 3.5, self._room / rows))))

    def _widest(self) -> float:
        """Return how wide the tables may be together, in px, so that the line keeps its room."""
        return max(300.0, self.width() - _LINE)

    def _show_pool(self, bench: ConvolutionBench, moment: Moment) -> None:
        step = pool_step(bench, *moment.place)
        rows = sorted({row for row, _ in step.places})
        columns = sorted({column for _, column in step.places})
        block = np.array(step.values).reshape(len(rows), len(columns))
        winner = None if step.winner is None else divmod(step.winner, len(columns))
        marks = Marks(shown=moment.done, winner=winner if moment.done is None else None)
        self._captions[0].setText("Numbers in the window")
        self._columns = len(columns)
        self._show(self.pixels, Plane(block, "data", -self.limit, self.limit), marks, _WIDEST)

    def _show(self, view: PlaneView, plane: Plane, marks: Marks, wide: float = 1.0) -> None:
        view.grid = Grid(self._cell(plane.values.shape[0]), MARGIN, MARGIN, wide)
        view.show_plane(plane)
        view.show_marks(marks)
        if view.size() != view.sizeHint():
            view.setFixedSize(view.sizeHint())

    def forget(self) -> None:
        """Let go of a product that was clicked."""
        self._latched = -1

    def _latch(self, term: int) -> None:
        """Keep a product lit; clicked again, let go of it."""
        self._latched = -1 if term == self._latched else term
        self.lit.emit(self._latched)

    def _ask(self, term: int) -> None:
        """Light a product while the pointer is on it."""
        self.lit.emit(term if term >= 0 else self._latched)

    def _hover(self, row_: int, column_: int) -> None:
        self._ask(row_ * self._columns + column_ if row_ >= 0 else -1)

    def _click(self, row_: int, column_: int) -> None:
        self._latch(row_ * self._columns + column_)


def _wide(plane: Plane, cell: float, least: float) -> float:
    """Return how wide cells must be, over their height, for the longest number in them."""
    texts = plane.texts or cell_texts(plane.values[:, :])
    needed = (text_width(longest_text(texts), SMALLEST) + 3) / cell
    return max(least, min(needed, _TOO_WIDE))
