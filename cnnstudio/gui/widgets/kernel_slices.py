"""All slices of a kernel at once, one for each channel, each with its name."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from math import ceil

from PyQt6.QtCore import QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.kernel_cells import Place, Rows
from cnnstudio.gui.widgets.kernel_grid import KernelGrid
from cnnstudio.gui.widgets.kernel_tiles import width_over_height
from cnnstudio.gui.widgets.plane_view import MARGIN
from cnnstudio.gui.widgets.swatch import SWATCH, paint_swatch

LABEL, GAP = 16, 4  # px: the line of a slice's name, and the room between slices
_WIDEST = 24  # weights side by side; of more slices than make so many, only some are shown
_FEWEST = 3  # slices that are shown in any case


class KernelSlices(QWidget):
    """The slices of a kernel, side by side or below each other; of very many only some.

    Signals:
        entered: channel, row, column, the new weight, and the gesture it belongs to
        refused: why what was typed is no number
        hovered: channel, row and column under the pointer; -1, -1, -1 when it leaves
        copied: the kernel is wanted on the clipboard
        pasted: the numbers on the clipboard are wanted here
    """

    entered = pyqtSignal(int, int, int, object, object)
    refused = pyqtSignal(str)
    hovered = pyqtSignal(int, int, int)
    copied = pyqtSignal()
    pasted = pyqtSignal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._cells: Sequence[Rows] = (((Fraction(0),),),)
        self._names: Sequence[str] = ("",)
        self._chosen: int | None = None
        self._first, self._across = 0, 1
        self._limit, self._texts = 0.0, frozenset({"0"})
        self.symmetry = "none"  # which weights change along with one that is changed by hand
        self.grids: list[KernelGrid] = []
        self._need(1)

    @property
    def shape(self) -> Place:
        """Rows and columns of a slice."""
        return len(self._cells[0]), len(self._cells[0][0])

    @property
    def shown(self) -> range:
        """Which slices are shown."""
        return range(self._first, self._first + self._count)

    @property
    def arrangements(self) -> list[int]:
        """How many slices may stand side by side."""
        count = self._count
        return sorted({count, ceil(count / 2), 1} if count <= _FEWEST else {count, ceil(count / 2)})

    @property
    def _count(self) -> int:
        return min(len(self._cells), max(_FEWEST, _WIDEST // self.shape[1]))

    def show_kernel(
        self, cells: Sequence[Rows], names: Sequence[str], chosen: int | None = None
    ) -> None:
        """Show weights; their size is chosen by whoever lays the page out.

        Args:
            cells: the weights of each slice
            names: what the slices are called
            chosen: the slice that is looked at; None for all alike
        """
        self._names, self._chosen = names, chosen
        if cells is not self._cells:
            self._cells = cells
            self._limit = float(max(abs(w) for rows in cells for line in rows for w in line))
        count = self._count
        self._first = min(max(0, (chosen or 0) - count // 2), len(cells) - count)
        self._need(count)
        for index, grid in enumerate(self.grids):
            grid.setVisible(index < count)
            if index < count:
                self._name_grid(grid, index)
        for grid, channel in self._pairs():
            grid.show_rows(cells[channel], grid.cell)
        self._texts = frozenset().union(*(grid.texts for grid, _ in self._pairs()))
        self.lay_out(self.grids[0].cell, min(self._across, count))

    def show_symmetry(self, symmetry: str) -> None:
        """Say which weights change along with one that is changed by hand."""
        self.symmetry = symmetry
        for grid in self.grids:
            grid.show_symmetry(symmetry)

    def _pairs(self) -> Iterator[tuple[KernelGrid, int]]:
        """Return the grids that are shown, and which slice each of them shows."""
        return zip(self.grids, self.shown, strict=False)

    def _name_grid(self, grid: KernelGrid, index: int) -> None:
        name = self._names[self._first + index]
        spoken = f"Kernel, {name}" if len(self._cells) > 1 else "Kernel"
        grid.setAccessibleName(spoken)
        word = name.rpartition(" ")[2]  # "green", or the number of a channel
        grid.setObjectName(f"{self._name}_{word}" if index else self._name)
        grid.editor.setObjectName(f"{grid.objectName()}.cell")
        grid.editor.setAccessibleName(f"Weight, {name}" if len(self._cells) > 1 else "Weight")

    def lay_out(self, cell: float, across: int) -> None:
        """Show weights in cells of `cell` px, so many slices side by side."""
        self._across = across
        wide, shown = width_over_height(self._texts, cell), list(self._pairs())
        for grid, channel in shown:
            grid.limit = self._limit
            grid.show_rows(self._cells[channel], cell)
        head = LABEL if len(self._cells) > 1 else 0
        for index, (grid, _) in enumerate(shown):
            grid.widen(wide)
            down, right = divmod(index, across)
            x, y = right * (grid.width() + GAP), down * (grid.height() + head + GAP)
            grid.move(x, y + head)
            self._link(index, len(shown))
        self.setFixedSize(self.size_of(cell, across))
        self.update()

    def size_of(self, cell: float, across: int) -> QSize:
        """Return how large all of it is if cells have `cell` px, so many slices side by side."""
        head = LABEL if len(self._cells) > 1 else 0
        (rows, columns), down = self.shape, ceil(self._count / across)
        wide = round(columns * cell * width_over_height(self._texts, cell)) + 2 * MARGIN + GAP
        tall = round(rows * cell) + 2 * MARGIN + head + GAP
        return QSize(across * wide - GAP, down * tall - GAP)

    def _link(self, index: int, count: int) -> None:
        """Say where the cursor goes from the edge of a slice."""
        grid, row = self.grids[index], index // self._across
        places = {(0, 1): index + 1, (0, -1): index - 1}
        grid.beyond = {
            move: self.grids[other]
            for move, other in places.items()
            if 0 <= other < count and other // self._across == row
        }
        below = {(1, 0): index + self._across, (-1, 0): index - self._across}
        grid.beyond |= {m: self.grids[other] for m, other in below.items() if 0 <= other < count}
        ends = {1: index + 1, -1: index - 1}
        grid.following = {s: self.grids[other] for s, other in ends.items() if 0 <= other < count}

    def tiles(self) -> QRectF:
        """Return the area that weights are painted in."""
        area = QRect()
        for grid, _ in self._pairs():
            area |= grid.geometry()
        return QRectF(area).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)

    def show_marks(
        self, hover: tuple[int, int, int] | None, tap: tuple[int, int, int] | None
    ) -> None:
        """Show which weight is asked about, and whose product was added last."""
        for grid, channel in self._pairs():
            marks = [
                weight[1:] if weight and weight[0] == channel else None for weight in (hover, tap)
            ]
            grid.show_marks(marks[0], marks[1])

    def _need(self, count: int) -> None:
        while len(self.grids) < count:
            index = len(self.grids)
            grid = KernelGrid(f"{self._name}_{index + 1}" if index else self._name)
            grid.setParent(self)
            grid.entered.connect(self._enterer(index))
            grid.refused.connect(self.refused)
            grid.hovered.connect(self._hoverer(index))
            grid.copied.connect(self.copied)
            grid.pasted.connect(self.pasted)
            grid.show_symmetry(self.symmetry)
            self.grids.append(grid)

    def _enterer(self, index: int) -> Callable[[int, int, Fraction, object], None]:
        return lambda row, column, weight, gesture: self.entered.emit(
            self._first + index, row, column, weight, gesture
        )

    def _hoverer(self, index: int) -> Callable[[int, int], None]:
        def hover(row: int, column: int) -> None:
            self.hovered.emit(*((self._first + index, row, column) if row >= 0 else (-1,) * 3))

        return hover

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Write the names of the slices above them."""
        if len(self._cells) == 1:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for grid, channel in self._pairs():
            chosen, box = channel == self._chosen, grid.geometry()
            area = QRectF(box.x() + MARGIN, box.y() - LABEL, box.width() - MARGIN, LABEL)
            if paint_swatch(painter, area, self._names[channel]):
                area.setLeft(area.left() + SWATCH + 4)
            painter.setFont(theme.face(theme.CAPTION, theme.SEMIBOLD if chosen else theme.REGULAR))
            painter.setPen(theme.colour("text" if chosen else "muted"))
            words = self._names[channel]
            if painter.fontMetrics().horizontalAdvance(words) > area.width():
                words = words.rpartition(" ")[2]
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, words)
            if chosen:
                painter.setPen(QPen(theme.colour("text"), 1.5))
                y = box.y() + 0.5
                painter.drawLine(box.left() + MARGIN, int(y), box.right() - MARGIN, int(y))
        painter.end()
