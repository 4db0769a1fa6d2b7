"""How the window moves: kernel size, stride, padding, dilation, and the formula they make."""

from collections.abc import Callable
from typing import Any

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import column, label, row, set_role
from cnnstudio.gui.widgets.inputs import Choice, Segments, Stepper
from cnnstudio.lab.convolution import (
    MAX_DILATION,
    MAX_PADDING,
    MAX_STRIDE,
    PADDING_MODES,
    ConvolutionBench,
)
from cnnstudio.lab.kernel import MAX_SIDE, Kernel
from cnnstudio.lab.misfit import formula
from cnnstudio.nn.geometry import Axis, Sides

MODE_NAMES = {"zero": "zeros", "replicate": "replicate", "reflect": "reflect", "wrap": "wrap"}
_MODE_TIPS = "What stands outside the picture: zeros, its edge repeated, mirrored, or its far side"
_GAP = 10  # px between controls
_SIDES = ("top", "bottom", "left", "right")


class GeometryBar(QWidget):
    """One number for each, by default; a number for each axis and side when unfolded.

    The number across moves the one down with it as long as both are the same.

    Signals:
        edited: what the user did, the gesture it belongs to, and the fields it changes
    """

    edited = pyqtSignal(str, object, dict)

    def __init__(self) -> None:
        super().__init__()
        self._bench: ConvolutionBench | None = None
        self._unfolded = False
        self._resized: tuple[Kernel, Kernel] | None = None  # the kernel before, and as resized
        self._formula = label("", theme.BODY + 1, theme.MEDIUM)
        self._result = label("", theme.BODY + 1, theme.SEMIBOLD)
        side, stride = (1, MAX_SIDE), (1, MAX_STRIDE)
        padding, dilation = (0, MAX_PADDING), (1, MAX_DILATION)
        self.kernel = self._stepper("kernel_size", "Kernel size", side, self._resize)
        self.kernel_y = self._stepper("kernel_size_y", "Kernel rows", side, self._resize_rows)
        self.stride = self._stepper("stride", "Stride", stride, self._move)
        self.stride_y = self._stepper("stride_y", "Stride down", stride, self._move_down)
        self.padding = self._stepper("padding", "Padding", padding, self._pad)
        self.sides = [
            self._stepper(f"padding_{name}", f"Padding at {name}", padding, self._side(index))
            for index, name in enumerate(_SIDES)
        ]
        self.dilation = self._stepper("dilation", "Dilation", dilation, self._dilate)
        self.dilation_y = self._stepper("dilation_y", "Dilation down", dilation, self._dilate_down)
        self.mode = Choice("convolution.padding_mode", "Padding mode", _MODE_TIPS)
        for mode in PADDING_MODES:
            self.mode.addItem(MODE_NAMES[mode], mode)
        self.mode.picked.connect(
            lambda mode: self.edited.emit("Change padding mode", None, {"padding_mode": mode})
        )
        self.presets = Segments(
            "convolution.padding_preset",
            ("narrow", "same", "full"),
            (
                "No padding: the map is smaller by the kernel's size less one",
                "As much as keeps the picture's size at stride 1; an odd one goes bottom and right",
                "Every place where kernel and picture overlap at all",
            ),
        )
        self.presets.chosen.connect(self._preset)
        self._lay_out()

    def _lay_out(self) -> None:
        self._dilation_box = _named("Dilation", self.dilation)
        kernel, stride = _named("Kernel", self.kernel), _named("Stride", self.stride)
        self._always = [self._formula, self._result, kernel, stride]
        self._always.append(_named("Padding", self.padding))
        self._first = row(*self._always[:2], None, *self._always[2:], gap=_GAP)
        self._second = row(None, gap=10)
        axes = (
            _named("Kernel rows", self.kernel_y),
            _named("Stride down", self.stride_y),
            _named("Dilation down", self.dilation_y),
        )
        names = label("Padding", theme.BODY, role="muted")
        boxes = [_named(name, box) for name, box in zip(_SIDES, self.sides, strict=True)]
        self.fine = QWidget()
        sides = row(None, names, *boxes, gap=12)
        self.fine.setLayout(column(self._second, row(None, *axes, gap=12), sides, gap=4))
        self.setLayout(column(self._first, self.fine, gap=4))
        self.fine.hide()

    def unfold(self, on: bool) -> None:
        """Show a number for each axis and side, or only one."""
        self._unfolded = on
        self._fold()

    def _fold(self) -> None:
        """Keep in the first row what there is room for; the rest goes behind More."""
        self.fine.setVisible(self._unfolded)
        room = self.width() - 4
        for part in self._always:
            room -= part.sizeHint().width() + _GAP
        for widget in (self.presets, self.mode, self._dilation_box):
            room -= widget.sizeHint().width() + _GAP
            box = self._first if room >= 0 else self._second
            if box.indexOf(widget) < 0:
                box.addWidget(widget)
                widget.show()  # moving to another parent hides it

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Move what there is no room for."""
        super().resizeEvent(event)
        self._fold()

    def show_bench(self, bench: ConvolutionBench) -> None:
        """Show a bench's geometry."""
        self._bench = bench
        text, result = formula(bench.across)
        other = formula(bench.down)
        whole = bench.across.exact.denominator == bench.down.exact.denominator == 1
        told = _floored(bench.across, result)
        if (text, result) != other:
            told = f"{told}, {_floored(bench.down, other[1])} down"
        self._formula.setText(text)
        self._formula.setToolTip(_explained(bench.across))
        self._result.setText(told)
        self._fold()
        set_role(self._result, "" if whole and all(bench.map_shape) else "warning")
        self.kernel.show_value(bench.kernel.width)
        self.kernel_y.show_value(bench.kernel.height)
        self.stride.show_value(bench.stride[1])
        self.stride_y.show_value(bench.stride[0])
        self.padding.show_value(max(bench.padding))
        for box, value in zip(self.sides, bench.padding, strict=True):
            box.show_value(value)
        self.dilation.show_value(bench.dilation[1])
        self.dilation_y.show_value(bench.dilation[0])
        self.mode.show_choice(bench.padding_mode)
        presets = [preset_padding(bench, index) for index in range(3)]
        self.presets.show_choice(presets.index(bench.padding) if bench.padding in presets else -1)
        self.presets.group.button(1).setEnabled(bench.stride == (1, 1))  # type: ignore[union-attr]

    def _stepper(
        self, name: str, spoken: str, span: tuple[int, int], slot: Callable[[int, object], None]
    ) -> Stepper:
        made = Stepper(f"convolution.{name}", spoken, span, f"{spoken}: {span[0]} to {span[1]}")
        made.changed.connect(slot)
        return made

    def _tell(self, text: str, gesture: object, **changes: Any) -> None:
        self.edited.emit(text, (text, gesture) if gesture else None, changes)

    def _resize(self, side: int, gesture: object) -> None:
        assert self._bench
        kernel = self._bench.kernel
        self._resize_to(_both(kernel.height, kernel.width, side), side, gesture)

    def _resize_rows(self, side: int, gesture: object) -> None:
        assert self._bench
        self._resize_to(side, self._bench.kernel.width, gesture)

    def _resize_to(self, rows: int, columns: int, gesture: object) -> None:
        """Resize the kernel as it was before it was resized: smaller and back loses nothing."""
        assert self._bench
        kernel = self._bench.kernel
        if self._resized is None or kernel != self._resized[1]:
            self._resized = (kernel, kernel)
        whole = self._resized[0]
        self._resized = (whole, whole.resized(rows, columns))
        self._tell("Resize kernel", gesture, kernel=self._resized[1])

    def _move(self, stride: int, gesture: object) -> None:
        assert self._bench
        down = _both(*self._bench.stride, stride)
        self._tell("Change stride", gesture, stride=(down, stride))

    def _move_down(self, stride: int, gesture: object) -> None:
        assert self._bench
        self._tell("Change stride", gesture, stride=(stride, self._bench.stride[1]))

    def _pad(self, padding: int, gesture: object) -> None:
        self._tell("Change padding", gesture, padding=(padding,) * 4)

    def _side(self, index: int) -> Callable[[int, object], None]:
        def pad(padding: int, gesture: object) -> None:
            assert self._bench
            sides = list(self._bench.padding)
            sides[index] = padding
            self._tell("Change padding", gesture, padding=tuple(sides))

        return pad

    def _dilate(self, dilation: int, gesture: object) -> None:
        assert self._bench
        down = _both(*self._bench.dilation, dilation)
        self._tell("Change dilation", gesture, dilation=(down, dilation))

    def _dilate_down(self, dilation: int, gesture: object) -> None:
        assert self._bench
        self._tell("Change dilation", gesture, dilation=(dilation, self._bench.dilation[1]))

    def _preset(self, index: int) -> None:
        assert self._bench
        self._tell("Change padding", None, padding=preset_padding(self._bench, index))


def preset_padding(bench: ConvolutionBench, index: int) -> Sides:
    """Return the padding called narrow (0), same (1) or full (2)."""
    more_down, more_across = bench.down.extent - 1, bench.across.extent - 1
    if index == 0:
        return 0, 0, 0, 0
    if index == 1:
        top, left = more_down // 2, more_across // 2
        return top, more_down - top, left, more_across - left
    return more_down, more_down, more_across, more_across


def _explained(axis: Axis) -> str:
    """Say what the numbers of the formula are."""
    text = f"{axis.size} pixels, less {axis.extent} that the kernel spans"
    if axis.dilation > 1:
        text += f" ({axis.dilation} × ({axis.kernel_size} − 1) + 1, for its dilation)"
    return f"{text}, more padding; in steps of {axis.stride}, and the first one"


def _both(down: int, across: int, wanted: int) -> int:
    """Return the number down that goes with one across: the same while the two agree."""
    return wanted if down == across else down


def _floored(axis: Axis, result: str) -> str:
    """Write a result, and what becomes of it where the stride does not fit."""
    return f"{result} → {axis.output}" if axis.unread else result


def _named(name: str, control: QWidget) -> QWidget:
    box = QWidget()
    box.setLayout(row(label(name, theme.BODY, role="muted"), control, gap=8))
    return box
