"""The line of the profile: dragged over any of the pictures, kept until it is taken away."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from PyQt6.QtCore import QEvent, QObject, QPointF, Qt, pyqtSignal
from PyQt6.QtGui import QMouseEvent

from cnnstudio.gui.widgets.line_over import LineOver
from cnnstudio.gui.widgets.plane_view import PlaneView
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.profile import Line, middle, straightened
from cnnstudio.nn.geometry import Pair

_DRAG = 5  # px the pointer may tremble in a click
_NEAR = 7  # px from the line at which the pointer is still on it
_PRESS, _MOVE, _RELEASE = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonRelease,
)


class ProfileLine(QObject):
    """Holds the line and shows it over every picture; view state, never undone.

    Only while it is in hand a drag draws; otherwise the mouse belongs to the pictures.

    Signals:
        changed: the line is another one, or gone
        pointed: which of its pixels the pointer is over; -1 for none
    """

    changed = pyqtSignal()
    pointed = pyqtSignal(int)

    def __init__(
        self, views: Mapping[str, PlaneView], bench: Callable[[], ConvolutionBench]
    ) -> None:
        super().__init__()
        self._views, self._bench = views, bench
        self.line: Line | None = None
        self.in_hand = False
        self._there = True  # whether it is shown at all
        self._size: Pair | None = None
        self.marked: int | None = None  # which of its pixels is asked about
        self._fixed: Pair | None = None  # the end that stays while the other one is dragged
        self._pressed: QPointF | None = None  # where, until it is clear that this is a drag
        self._over = {name: LineOver(view) for name, view in views.items()}
        for name, view in views.items():
            view.hovered.connect(self._hoverer(name))

    def take(self, in_hand: bool) -> None:
        """Draw with the next drag, or leave the mouse to the pictures."""
        if in_hand == self.in_hand:
            return
        self.in_hand, self._fixed, self._pressed = in_hand, None, None
        for view in self._views.values():
            if in_hand:
                view.installEventFilter(self)
            else:
                view.removeEventFilter(self)
                view.unsetCursor()
        if in_hand:
            self._dress()

    def _dress(self) -> None:
        for view in self._views.values():
            view.setCursor(Qt.CursorShape.CrossCursor)

    def put(self, line: Line | None) -> None:
        """Have another line, or none."""
        if line != self.line:
            self.line, self.marked = line, None
            self._show()
            self.changed.emit()

    def show(self, there: bool) -> None:
        """Show the line over the pictures, or keep it for later."""
        self._there = there
        self._show()

    def mark(self, index: int | None) -> None:
        """Mark one of its pixels in all pictures."""
        if index != self.marked:
            self.marked = index
            self._show()

    def show_bench(self, bench: ConvolutionBench) -> None:
        """Stay where it is on the picture; go if there is a picture of another size."""
        size = bench.image.height, bench.image.width
        if self._size not in {None, size}:
            self.put(None)
        self._size = size
        if self.in_hand:
            self._dress()
        self._show()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Take the left button from a picture; all else is its own."""
        name = next((each for each, view in self._views.items() if view is watched), None)
        if name is None or not isinstance(event, QMouseEvent):
            return False
        kind, left = event.type(), Qt.MouseButton.LeftButton
        if kind in {_PRESS, QEvent.Type.MouseButtonDblClick} and event.button() == left:
            self._press(name, event.position())
            return True
        if kind == _MOVE and event.buttons() & left and self._pressed is not None:
            self._drag(name, event.position(), event.modifiers())
            return True
        if kind == _RELEASE and event.button() == left and self._pressed is not None:
            self._pressed = self._fixed = None
            return True
        return False

    def _press(self, name: str, point: QPointF) -> None:
        self._pressed, end = point, self._over[name].end_at(point)
        if self.line is not None and end is not None:
            self._fixed = (self.line.end, self.line.start)[end]
        else:
            self._fixed = None
        self._views[name].hovered.emit(-1, -1)  # while drawing it is not about single numbers

    def _drag(self, name: str, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        assert self._pressed is not None
        if self._fixed is None:
            moved = point - self._pressed
            if abs(moved.x()) + abs(moved.y()) <= _DRAG:
                return
            self._fixed = self._pixel(name, self._pressed)
        there = self._pixel(name, point)
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            there = self._inside(straightened(self._fixed, there))
        self._lay(self._fixed, there)

    def _lay(self, fixed: Pair, there: Pair) -> None:
        """Keep the order of the ends where one of them is moved on."""
        turned = self.line is not None and self.line.end == fixed and self.line.start != fixed
        line = Line(there, fixed) if turned else Line(fixed, there)
        self.put(line)

    def _pixel(self, name: str, point: QPointF) -> Pair:
        """Return the pixel of the picture at a point of one of the views."""
        bench, view = self._bench(), self._views[name]
        row, column = view.grid.place(point)
        return self._inside(
            (
                round(_pixel_at(bench, name, 0, row - 0.5)),
                round(_pixel_at(bench, name, 1, column - 0.5)),
            )
        )

    def _inside(self, pixel: Pair) -> Pair:
        return Line(pixel, pixel).inside(self._bench().image).start

    def _show(self) -> None:
        bench, line = self._bench(), self.line
        for name, over in self._over.items():
            if line is None or not self._there or self._views[name].plane is None:
                over.show_line(None)
                continue
            spots = [
                (_cell_of(bench, name, 0, row) + 0.5, _cell_of(bench, name, 1, column) + 0.5)
                for row, column in (line.start, line.end, *self._marked_cell(line))
            ]
            over.show_line((spots[0], spots[1]), spots[2] if len(spots) > 2 else None)

    def _marked_cell(self, line: Line) -> list[Pair]:
        there = self.marked is not None and self.marked < len(line.cells)
        return [line.cells[self.marked or 0]] if there else []

    def _hoverer(self, name: str) -> Callable[[int, int], None]:
        def hover(row: int, column: int) -> None:
            if self.line is not None and self._there:
                found = self._nearest(name, row, column) if row >= 0 else -1
                self.mark(None if found < 0 else found)
                self.pointed.emit(found)

        return hover

    def _nearest(self, name: str, row: int, column: int) -> int:
        """Return which pixel of the line a cell of a view is on; -1 if it is beside the line."""
        assert self.line is not None
        bench = self._bench()
        pixel = _pixel_at(bench, name, 0, row), _pixel_at(bench, name, 1, column)
        away = np.abs(np.array(self.line.cells) - np.array(pixel)).max(axis=1)
        index = int(away.argmin())
        scale = _pixel_at(bench, name, 1, 1) - _pixel_at(bench, name, 1, 0)
        near = max(scale / 2, _NEAR * scale / self._views[name].grid.cell)
        return index if away[index] <= near else -1


def _scale(bench: ConvolutionBench, name: str, axis: int) -> tuple[int, int]:
    """Return how a view's cells come from pixels: cell = (pixel - first) / step."""
    window = (bench.down, bench.across)[axis]
    if name == "input":
        return -window.before if bench.can_pad else 0, 1
    first, step = middle(window, 0), window.stride
    if name == "pooled_map":
        pool = bench.pool_axes[axis]
        first, step = first + middle(pool, 0) * step, step * pool.stride
    return first, step


def _cell_of(bench: ConvolutionBench, name: str, axis: int, pixel: float) -> float:
    first, step = _scale(bench, name, axis)
    return (pixel - first) / step


def _pixel_at(bench: ConvolutionBench, name: str, axis: int, cell: float) -> float:
    first, step = _scale(bench, name, axis)
    return cell * step + first
