"""The ledger's card: pixels times weights are products, and the line that adds them up."""

from dataclasses import replace

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
from cnnstudio.lab.image import CHANNEL_NAMES
from cnnstudio.lab.line import Ledger
from cnnstudio.lab.number import DOT, write_weight_cell
from cnnstudio.lab.step import pool_step

HIGH, TALL, LOW = 246, 200, 132  # px: large grids, grids, no grids
_MORE_LINES = 18  # px for the lines of channels
_AROUND = 50  # px of the card that are not grid
_WIDER, _WIDEST = 1.3, 1.6  # width over height of cells, for pixels and products of many figures
_TOO_WIDE = 2.4  # width over height from which digits are left out rather
_LOWEST = 20.0  # px a cell, unless there is no room for so much
_LINE = 512  # px of the card that are not tables, so that the line keeps its room
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
        self._tables = (self.pixels, self.weights, self.products)
        self._captions, self._signs = [], []
        boxes: list[QWidget | int | None] = []
        for view, sign in ((self.pixels, "×"), (self.weights, "="), (self.products, "")):
            caption = label(view.accessibleName(), theme.CAPTION, role="muted")
            caption.setContentsMargins(MARGIN, 0, 0, 0)
            self._captions.append(caption)
            box = QWidget()
            box.setLayout(column(caption, view, None, gap=1))
            boxes.append(box)
            if sign:
                self._signs.append(label(sign, 16, theme.MEDIUM, "muted"))
                between = QWidget()
                between.setLayout(column(self._signs[-1], None, gap=0))
                boxes.append(between)
            view.hovered.connect(self._hover)
            view.clicked.connect(self._click)
        self._grids = QWidget()
        self._grids.setLayout(row(*boxes, 12, gap=6))
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
        self.card: QFrame = panel(content, margins=(16, 8, 16, 6))
        self.setLayout(column(self.card, gap=0))
        self._columns, self._latched = 1, -1
        self.limit = 1.0  # the end of the scale of the map that is pooled
        self._shown: tuple[ConvolutionBench, Moment, int | None, int, str] | None = None
        self._first = 0  # the place of the first product that is shown
        self.fold(low=False, high=False)

    def fold(self, low: bool, high: bool, several: bool = False) -> None:
        """Keep the line and fold the grids where there is little height.

        Args:
            low: whether there is little of it
            high: whether there is much of it
            several: whether there are channels, each of which needs a line
        """
        self._low, tall = low, LOW if low else HIGH if high else TALL
        tall += _MORE_LINES if several and not high else 0
        self._room = tall - _AROUND
        self._grids.setVisible(not low)
        self.view.compact(low)
        directions = QBoxLayout.Direction
        widest = self.title.fontMetrics().horizontalAdvance(_LONGEST_TITLE) + 12
        side, below = directions.LeftToRight, directions.TopToBottom
        self._direction.setDirection(side if low else below)
        self._head_box.setDirection(below if low else side)
        self._head_box.setSpacing(0 if low else 18)
        self.title.setWordWrap(low)
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

    def show_window(
        self,
        bench: ConvolutionBench,
        moment: Moment,
        lit: int | None,
        channel: int = 0,
        name: str = "",
    ) -> None:
        """Show the numbers that meet at a place.

        Args:
            bench: what makes them
            moment: the place
            lit: the product that is asked about
            channel: whose products are shown
            name: what the channel is called, if there are others
        """
        self._shown = (bench, moment, lit, channel, name)
        if self._low:
            return
        self._grids.setVisible(moment.stage != "activation")
        for box in self._boxes[1:]:
            box.setVisible(moment.stage == "feature_map")
        if moment.stage == "feature_map":
            self._show_products(bench, moment, lit, channel)
            longest = max(CHANNEL_NAMES, key=len) if name in CHANNEL_NAMES else name
            for caption, view in zip(self._captions, self._tables, strict=True):
                turned = bench.flipped and view is self.weights
                words = "Weights, turned" if turned else view.accessibleName()
                caption.setText(f"{words} {DOT} {name}" if name else words)
                widest = f"{words} {DOT} {longest}" if name else ""
                wide = caption.fontMetrics().horizontalAdvance(widest) + MARGIN
                caption.setMinimumWidth(wide if name else 0)
        elif moment.stage == "pooled_map":
            self._show_pool(bench, moment)

    def _show_products(
        self, bench: ConvolutionBench, moment: Moment, lit: int | None, channel: int
    ) -> None:
        window, slices = bench.window(*moment.place), bench.applied.weights
        rows, self._columns = slices.shape[1:]
        taps = rows * self._columns
        self._first = channel * taps
        asked = lit if moment.done is None else moment.done - 1
        here = asked is not None and self._first <= asked < self._first + taps
        tap = divmod(asked - self._first, self._columns) if asked is not None and here else None
        marks = Marks(tap=tap)
        done = None
        if moment.done is not None and moment.done < self._first + taps:
            done = max(0, moment.done - self._first)
        image = bench.image
        limit = float(np.abs(slices).max()) or 1.0
        long = image.high >= _LONG or image.pixels.dtype != np.uint8
        least = _WIDER if long else 1.0
        written = tuple(
            tuple(write_weight_cell(cell) for cell in line)
            for plane in bench.applied.cells
            for line in plane
        )
        tall = [each.reshape(-1, self._columns) for each in (window, slices, window * slices)]
        most, cell = scale_of(tall[2]), self._cell(rows)
        planes = (  # of all channels, so that tables are as wide for each of them
            Plane(tall[0], "image", image.low, image.high, dense=True),
            Plane(tall[1], "weight", -limit, limit, texts=written, dense=True),
            Plane(tall[2], "data", -most, most, dense=True),
        )
        leasts = (least, 1.0, _WIDEST)
        wides = [_wide(plane, cell, w) for plane, w in zip(planes, leasts, strict=True)]
        share = min(1.0, self._widest() / (sum(wides) * cell * self._columns))
        if share < 1:  # lower cells, rather than thin ones
            cell = max(min(cell, _LOWEST), float(int(cell * share)))
            wides = [_wide(plane, cell, w) for plane, w in zip(planes, leasts, strict=True)]
            share = min(1.0, self._widest() / (sum(wides) * cell * self._columns))
        shown = (marks, marks, Marks(shown=done, tap=tap))
        own = slice(channel * rows, (channel + 1) * rows)
        for view, plane, mark, wide in zip(self._tables, planes, shown, wides, strict=True):
            texts = plane.texts[own] if plane.texts else None
            part = replace(plane, values=plane.values[own, :], texts=texts)
            self._show(view, part, mark, wide * share, cell)

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
        self._columns, self._first = len(columns), 0
        self._show(self.pixels, Plane(block, "data", -self.limit, self.limit), marks, _WIDEST)

    def _show(
        self, view: PlaneView, plane: Plane, marks: Marks, wide: float = 1.0, cell: float = 0.0
    ) -> None:
        view.grid = Grid(cell or self._cell(plane.values.shape[0]), MARGIN, MARGIN, wide)
        view.show_plane(plane)
        view.show_marks(marks)
        if view.size() != view.sizeHint():
            view.setFixedSize(view.sizeHint())
        caption = self._captions[0].sizeHint().height()
        for between in self._signs:  # in the middle of the tables, however low these are
            between.setFixedHeight(2 * caption + view.height())

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
        self._ask(self._first + row_ * self._columns + column_ if row_ >= 0 else -1)

    def _click(self, row_: int, column_: int) -> None:
        self._latch(self._first + row_ * self._columns + column_)


def _wide(plane: Plane, cell: float, least: float) -> float:
    """Return how wide cells must be, over their height, for the longest number in them."""
    texts = plane.texts or cell_texts(plane.values[:, :])
    needed = (text_width(longest_text(texts), SMALLEST) + 3) / cell
    return max(least, min(needed, _TOO_WIDE))
