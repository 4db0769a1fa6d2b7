"""Changing a picture by hand: a pencil with a value, and keys to type pixels with."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QKeyEvent

from cnnstudio.gui.document import Document
from cnnstudio.gui.widgets.cell_editor import BEGINS_A_NUMBER, CellEditor
from cnnstudio.gui.workspaces.convolution.input_column import MAX_BY_HAND, InputColumn
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.number import write, write_cell

_MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class ByHand(QObject):
    """Paints and types pixels of small pictures.

    Signals:
        refused: why a pixel cannot be that
        said: what else a pixel changed
        taken_up: whether the pencil is in hand
    """

    refused = pyqtSignal(str)
    said = pyqtSignal(str)
    taken_up = pyqtSignal(bool)

    def __init__(
        self,
        column: InputColumn,
        document: Document[ConvolutionBench],
        pencil: QAction,
        channel: Callable[[], int | None],
    ) -> None:
        """Change the channel that is looked at, or all of them where that is none."""
        super().__init__(column)
        self._column, self._document, self._pencil = column, document, pencil
        self._channel, self._told = channel, False
        self._view = column.view
        self._value = Fraction(255)
        self._name = ""
        self._stroke: object = None
        self.cursor = (0, 0)
        self._editor = CellEditor(column.view, "convolution.input.cell", "Pixel")
        self._editor.committed.connect(self._type)
        self._editor.refused.connect(self.refused)
        self._editor.moved.connect(self._move)
        self._editor.tabbed.connect(self._tab)
        pencil.toggled.connect(self._take_up)
        column.value.committed.connect(self._choose)
        column.view.painted.connect(self._paint)
        column.view.stroke_ended.connect(self._lift)
        column.view.keyed.connect(self._key)

    @property
    def on(self) -> bool:
        """Whether the pencil is in hand."""
        return self._pencil.isChecked() and self._pencil.isEnabled()

    def show_bench(self, bench: ConvolutionBench) -> None:
        """Offer the pencil where the picture is small enough for it."""
        image = bench.image
        small = max(image.height, image.width) <= MAX_BY_HAND
        self._pencil.setEnabled(small)
        tip = "Pencil: change pixels by hand (Ctrl+E)"
        most = f"{MAX_BY_HAND} × {MAX_BY_HAND}"
        self._column.pencil.setToolTip(tip if small else f"{tip}; for pictures up to {most}")
        if image.name != self._name or self._value > Fraction(image.high):
            self._name = image.name
            self._choose(Fraction(image.high))
        self._take_up()

    def begin(self) -> None:
        """Take the pencil up and put the keys on the first pixel."""
        self.cursor = (0, 0)
        self._pencil.setChecked(True)
        self._view.setFocus()
        self._show_cursor()

    def _take_up(self, *_: object) -> None:
        if self._view.pencil != self.on:
            self.taken_up.emit(self.on)
            self._told = False
        self._view.pencil = self.on
        self._column.show_tools()
        if self.on:
            self._column.value.show_value(self._value)
            self._view.setCursor(Qt.CursorShape.CrossCursor)
        else:
            self._view.unsetCursor()
        self._show_cursor()

    def _choose(self, value: Fraction) -> None:
        self._value = value
        self._column.value.show_value(value)

    def _show_cursor(self) -> None:
        image = self._document.state.image
        row, column = self.cursor
        self.cursor = min(row, image.height - 1), min(column, image.width - 1)
        top, _, left, _ = self._document.state.padding
        self._view.cursor_place = (self.cursor[0] + top, self.cursor[1] + left) if self.on else None
        self._view.update()

    def _paint(self, row: int, column: int, erase: bool) -> None:
        bench = self._document.state
        top, _, left, _ = bench.padding
        row, column = row - top, column - left
        if 0 <= row < bench.image.height and 0 <= column < bench.image.width:
            self.cursor = (row, column)
            self._stroke = self._stroke or object()
            self._put(row, column, bench.image.low if erase else float(self._value), self._stroke)

    def _lift(self) -> None:
        self._stroke = None

    def _type(self, value: Fraction) -> None:
        if self._editor.isModified():
            self._put(*self.cursor, float(value), None)

    def _put(self, row: int, column: int, value: float, gesture: object) -> None:
        """Change one pixel; from now on the picture is what is seen, prepared no further."""
        before, channel = self._document.state.image, self._channel()
        try:
            image = before.with_pixel(row, column, value, channel)
        except ValueError as reason:
            self.refused.emit(str(reason))
            return
        plain = {"fit": None, "square": False, "gray": False, "invert": False}
        self._document.edit("Change pixel", gesture, source=image, **plain)
        if image.high != before.high:
            white = f"{write(before.high)}, so white is now {write(image.high)}"
            self.said.emit(f"{write(value)} is more than {white}")
        elif image.channels > 1 and channel is None and not self._told:
            self._told = True
            self.said.emit("All channels of the pixel change; choose one to change it alone")

    def _move(self, rows: int, columns: int) -> None:
        image = self._document.state.image
        row, column = self.cursor[0] + rows, self.cursor[1] + columns
        if 0 <= row < image.height and 0 <= column < image.width:
            self.cursor = (row, column)
            self._show_cursor()

    def _tab(self, step: int) -> None:
        """Go on typing in the next or previous pixel in reading order, if there is one."""
        image = self._document.state.image
        index = self.cursor[0] * image.width + self.cursor[1] + step
        if 0 <= index < image.height * image.width:
            self.cursor = divmod(index, image.width)
            self._show_cursor()
            self._open()

    def _open(self, typed: str = "") -> None:
        bench = self._document.state
        top, _, left, _ = bench.padding
        row, column = self.cursor
        area = self._view.grid.rect_of(row + top, column + left)
        channel = self._channel()
        numbers = bench.image.pixels[:, row, column]
        number = numbers[0] if channel is None else numbers[channel]
        alike = channel is not None or bool(np.all(numbers == number))
        self._editor.open(area, typed or (write_cell(float(number)) if alike else ""), bool(typed))

    def _key(self, event: QKeyEvent) -> None:
        key, text = Qt.Key(event.key()), event.text()
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        event.accept()
        if key in _MOVES and not shifted:
            self._move(*_MOVES[key])
        elif text and text in BEGINS_A_NUMBER:
            self._open(text)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self._open()
        elif key == Qt.Key.Key_Space:
            self._put(*self.cursor, float(self._value), None)
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._put(*self.cursor, self._document.state.image.low, None)
        elif key == Qt.Key.Key_Escape:
            self._pencil.setChecked(False)
        else:
            event.ignore()
