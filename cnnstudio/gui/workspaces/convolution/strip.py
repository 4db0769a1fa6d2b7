"""The strip of stages: one cell size, one top line."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from PyQt6.QtCore import QRect, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import label
from cnnstudio.gui.widgets.kernel_slices import KernelSlices
from cnnstudio.gui.widgets.plane_layers import Grid
from cnnstudio.gui.widgets.plane_view import MARGIN, PlaneView
from cnnstudio.gui.workspaces.convolution.beam import Over
from cnnstudio.gui.workspaces.convolution.slice_sizes import Place, best_layout

GAP, TIGHT = 28, 24  # px between stages; the signs stand there
_ROOMY = 900  # px of width from which the gaps are wide
_EMPTY = 96  # px, the height of a map that is not there
_THIN = 32  # px, the shortest side of a picture, unless it is a small one
LARGEST = 88.0  # px a cell at most
_KERNEL_WIDE = 154  # px, how wide a slice is if its cells may be so large
HEAD = 38  # px for name and size above a picture


class Column(QWidget):
    """One stage: its name, its size, its picture, and what belongs to it below."""

    def __init__(self, name: str, narrowest: int) -> None:
        super().__init__()
        self.narrowest = narrowest
        self.name = name
        self.picture: QWidget = self
        self.below: list[QWidget] = []
        self.corner: QWidget | None = None
        self.name_label = label(name, theme.BODY, theme.SEMIBOLD)
        self.size_label = label("", theme.CAPTION, role="muted")
        for text in (self.name_label, self.size_label):
            text.setContentsMargins(MARGIN, 0, 0, 0)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for text in (self.name_label, self.size_label):
            text.setFixedHeight(HEAD // 2 - 2)
            box.addWidget(text)
        box.addSpacing(4)

    def hold(self, picture: QWidget, below: list[QWidget]) -> None:
        """Put the picture in, and what belongs to it below."""
        self.picture, self.below = picture, below
        box = self.layout()
        assert isinstance(box, QVBoxLayout)
        box.addWidget(picture, 0, Qt.AlignmentFlag.AlignLeft)
        box.addSpacing(4)
        for widget in below:
            widget.setContentsMargins(MARGIN, 0, MARGIN, 0)
            box.addWidget(widget)
            box.addSpacing(4)
        box.addStretch(1)

    def put_in_corner(self, widget: QWidget) -> None:
        """Put something to choose at the right end of the head, above the picture."""
        self.corner = widget
        widget.setParent(self)
        widget.hide()

    def place_corner(self) -> None:
        """Move it there, for when the picture has its size; the name takes what room is left."""
        right = self.width() - MARGIN
        if self.corner is not None and not self.corner.isHidden():
            wanted = self.corner.sizeHint()
            right -= wanted.width()
            self.corner.setGeometry(
                right, HEAD - 4 - wanted.height(), wanted.width(), wanted.height()
            )
            self.corner.raise_()
        metrics = self.name_label.fontMetrics()
        elide = Qt.TextElideMode.ElideMiddle
        self.name_label.setText(metrics.elidedText(self.name, elide, right - MARGIN - 8))

    def show_head(self, name: str, size: str) -> None:
        """Write the name and the size above the picture."""
        self.name = name
        self.name_label.setText(name)
        self.name_label.setToolTip(name)
        self.size_label.setText(size)

    def below_height(self) -> int:
        """Return how much room is needed under the picture."""
        return sum(w.sizeHint().height() + 4 for w in self.below if not w.isHidden())


@dataclass(frozen=True)
class Zoom:
    """How much of the pictures is seen, the same for all of them.

    Attributes:
        factor: 1 shows all of it
        row, column: the place of the picture (not of its padding) in the middle of the views
    """

    factor: float = 1.0
    row: float = 0.0
    column: float = 0.0


class Strip(QWidget):
    """Lays the stages out from left to right; signs and sight lines lie over them.

    Signals:
        arranged: sizes changed, so that zoomed views must be placed anew
    """

    arranged = pyqtSignal()

    def __init__(self, columns: list[Column], kernel: KernelSlices, notices: list[QWidget]) -> None:
        super().__init__()
        self.columns, self.kernel, self.notices = columns, kernel, notices
        for part in columns:
            part.setParent(self)
        self.cell = 9.0
        self._shapes: list[tuple[int, int]] = [(1, 1)] * len(columns)
        self.over = Over(self)
        self.setMinimumHeight(200)

    def show_shapes(self, shapes: list[tuple[int, int]]) -> None:
        """Say how many rows and columns each picture has, in the order of the stages."""
        self._shapes = shapes

    def arrange(self) -> None:
        """Find the largest cell with which all stages fit, and put them there."""
        before = self._places()
        self._size_kernel()
        self.cell = self.largest_cell(self.height(), self._inside)
        x, gap = 0, self._squeezed_gap()
        for column, (rows, across) in zip(self.columns, self._shapes, strict=True):
            width = self._width(column, across, self.cell)
            if isinstance(column.picture, PlaneView):
                wide = _at_least(across, self.cell) if rows else column.narrowest - 2 * MARGIN
                tall = _at_least(rows, self.cell) if rows else _EMPTY
                column.picture.setFixedSize(wide + 2 * MARGIN, tall + 2 * MARGIN)
            column.setGeometry(x, 0, width, self.height())
            column.place_corner()
            x += width + gap
        self._place_notices()
        self.over.resize(self.size())
        self.over.raise_()
        if self._places() != before:
            self.over.update()
        self.arranged.emit()

    def _places(self) -> list[tuple[QRect, QSize, bool]]:
        """Return where the stages are and how large their pictures."""
        return [
            (column.geometry(), column.picture.minimumSize(), column.picture.isHidden())
            for column in self.columns
        ]

    def _size_kernel(self) -> None:
        """Lay the slices out so that they can be read and the pictures stay large."""
        pictures, height = [], self.height() - HEAD - 2 * MARGIN
        for column, (rows, across) in zip(self.columns, self._shapes, strict=True):
            if isinstance(column.picture, PlaneView):
                room = min(rows * LARGEST, height - column.below_height())
                pictures.append(Place(column.narrowest, rows, across, room))
        own = next(each for each in self.columns if each.picture is self.kernel)
        room = self.height() - HEAD - own.below_height()
        room -= 4 if len(self.kernel.shown) > 1 else 0  # the gap under it
        width = self.width() - self._gap * (len(self.columns) - 1)
        span = own.narrowest, max(_KERNEL_WIDE, self.width() / 8)
        self.kernel.lay_out(*best_layout(self.kernel, room, width, pictures, span))

    def _width(self, column: Column, across: int, cell: float) -> int:
        picture = column.picture
        wide = round(across * cell) + 2 * MARGIN
        if isinstance(picture, KernelSlices):
            wide = picture.width()
        return max(column.narrowest, wide)

    @property
    def _gap(self) -> int:
        return GAP if self.width() >= _ROOMY else TIGHT

    def _squeezed_gap(self) -> int:
        """Return the gap between stages: less than usual where they would not fit otherwise."""
        stages = zip(self.columns, self._shapes, strict=True)
        wide = sum(self._width(column, shape[1], self.cell) for column, shape in stages)
        return max(4, min(self._gap, (self.width() - wide) // (len(self.columns) - 1)))

    def largest_cell(self, height: int, inside: list[QWidget]) -> float:
        """Return the largest cell with which all stages fit into a height.

        Args:
            height: px of the strip
            inside: the notices that stand under the maps
        """
        spare = sum(part.heightForWidth(self.width() // 2) + 8 for part in inside)
        longest = max(max(shape) for shape in self._shapes)
        cells = _cells()  # what does not fit stands before what does
        found = bisect_left(cells, True, key=lambda cell: self._fits(cell, height, spare))
        return cells[found] if found < len(cells) else min(LARGEST, 60 / max(1, longest))

    def _fits(self, cell: float, height: int, spare: int) -> bool:
        stages = list(zip(self.columns, self._shapes, strict=True))
        width = sum(self._width(column, shape[1], cell) for column, shape in stages)
        if width + self._gap * (len(stages) - 1) > self.width():
            return False
        return all(
            HEAD + (shape[0] * cell or _EMPTY) + 2 * MARGIN + column.below_height()
            <= height - (0 if column is self.columns[0] else spare)
            for column, shape in stages
            if isinstance(column.picture, PlaneView)
        )

    @property
    def _inside(self) -> list[QWidget]:
        """The notices that stand in the strip now."""
        return [n for n in self.notices if n.parentWidget() is self and not n.isHidden()]

    def _place_notices(self) -> None:
        """Put the notices under the maps, at the bottom, beside their cause."""
        left, bottom = self.columns[2].x(), self.height()
        for part in self._inside:
            wide = self.width() - left
            tall = part.heightForWidth(wide)
            part.setGeometry(left, bottom - tall, wide, tall)
            part.raise_()
            bottom -= tall + 8

    def place(self, view: PlaneView, zoom: Zoom, middle: tuple[float, float]) -> None:
        """Show the part of a view that a zoom asks for.

        Args:
            view: one of the strip's pictures
            zoom: how much of it is seen
            middle: the row and column of this view that belongs in its middle
        """
        if view.plane is None:
            return
        cell = self.cell * zoom.factor
        port = view.viewport()
        starts = []
        for count, span, offset, centre in (
            (view.plane.values.shape[1], port.width(), port.left(), middle[1]),
            (view.plane.values.shape[0], port.height(), port.top(), middle[0]),
        ):
            start = span / 2 - centre * cell
            lowest = min(0.0, span - count * cell)
            starts.append(offset + min(0.0, max(lowest, start)))
        view.look_at(Grid(cell, starts[0], starts[1]))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Arrange anew."""
        self.arrange()


def _at_least(count: int, cell: float) -> int:
    """Return how long a side of a view is, in px: of thin pictures there must be room to zoom."""
    return max(round(count * cell), round(min(_THIN, count * LARGEST)))


@cache
def _cells() -> list[float]:
    """List the sizes a cell may have, in px, largest first."""
    whole = [float(cell) for cell in range(int(LARGEST), 3, -1)]
    return [
        *whole,
        *(quarter / 4 for quarter in range(15, 3, -1)),
        *(0.97**n for n in range(1, 240)),
    ]
