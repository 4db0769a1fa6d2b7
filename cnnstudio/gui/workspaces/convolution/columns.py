"""The five columns of the strip, with the controls that belong under each picture."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.actions import Actions
from cnnstudio.gui.widgets.controls import Button, label, named, row
from cnnstudio.gui.widgets.inputs import Choice, NumberField, Stepper
from cnnstudio.gui.widgets.kernel_grid import KernelGrid
from cnnstudio.gui.widgets.plane_view import PlaneView
from cnnstudio.gui.widgets.scale_bar import ScaleBar
from cnnstudio.gui.workspaces.convolution.strip import Column
from cnnstudio.lab.convolution import MAX_POOL, ConvolutionBench, Pooling
from cnnstudio.lab.filters import FAMILIES, filter_of, library
from cnnstudio.lab.number import size, write
from cnnstudio.nn.activation import ACTIVATIONS
from cnnstudio.nn.pooling import POOLINGS

FITS = (None, 256, 128, 64, 32, 28)
MAX_BY_HAND = 64  # rows and columns of a picture that can be changed by hand
ACTIVATION_NAMES = {
    "none": "No activation",
    "relu": "ReLU",
    "leaky_relu": "Leaky ReLU",
    "tanh": "tanh",
    "sigmoid": "Sigmoid",
}
POOLING_NAMES = {
    "none": "No pooling",
    "max": "Max pool",
    "average": "Average pool",
    "sum": "Sum pool",
}


class InputColumn(Column):
    """The picture, how it was prepared, and the pencil.

    Signals:
        edited: what the user did, the gesture it belongs to, and the fields it changes
        refused: why something typed is no pixel
    """

    edited = pyqtSignal(str, object, dict)
    refused = pyqtSignal(str)

    def __init__(self, actions: Actions) -> None:
        super().__init__("Image", 196)
        self.view = PlaneView("convolution.input", "Input picture")
        self.bar = ScaleBar("image")
        self.fit = Choice("convolution.fit", "Working size", "How large the picture is worked on")
        for side in FITS:
            self.fit.addItem("original" if side is None else f"{side} px", str(side))
        self.fit.picked.connect(self._fit)
        self.square = Button(icon="crop", role="icon")
        self.square.setCheckable(True)
        named(self.square, "convolution.square", "Square crop", "Use the middle square only")
        self.square.clicked.connect(
            lambda on: self.edited.emit("Crop to a square", None, {"square": on})
        )
        self.invert = Button(icon="invert", role="icon")
        self.invert.follow(actions["edit.invert"])
        self.pencil = Button(icon="pencil", role="icon")
        self.pencil.follow(actions["edit.pencil"])
        self.invert.setObjectName("convolution.invert")
        self.pencil.setObjectName("convolution.pencil")
        self.value = NumberField(
            "convolution.pencil_value", "Pencil value", "What the pencil paints"
        )
        self.value.setFixedWidth(56)
        self.value.committed.connect(self.value.show_value)
        self.value.refused.connect(self.refused)
        self.value.hide()
        self.fit.setFixedWidth(96)
        for button in (self.square, self.invert, self.pencil):
            button.setFixedWidth(30)
        tools = QWidget()
        tools.setLayout(
            row(self.fit, self.square, self.invert, self.pencil, self.value, None, gap=2)
        )
        self.hold(self.view, [self.bar, tools])

    def show_bench(self, bench: ConvolutionBench) -> None:
        """Show how the picture was prepared."""
        image = bench.image
        self.show_head(image.name or "Image", size(image.height, image.width, image.channels))
        self.bar.show_scale(image.low, image.high)
        self.fit.show_choice(str(bench.fit))
        self.square.setChecked(bench.square)
        source = bench.source
        if max(source.height, source.width) == max(image.height, image.width):
            tip = "Worked on in its own size"
        else:
            own = size(source.height, source.width)
            tip = f"{source.name} has {own} pixels; worked on are {size(image.height, image.width)}"
        self.fit.setToolTip(tip)

    def _fit(self, key: str) -> None:
        self.edited.emit("Fit the picture", None, {"fit": None if key == "None" else int(key)})


class KernelColumn(Column):
    """The kernel to type into, the filter it was taken from, divisor and bias.

    Signals:
        edited: what the user did, the gesture it belongs to, and the fields it changes
        refused: why something typed is no number
    """

    edited = pyqtSignal(str, object, dict)
    refused = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__("Kernel", 152)
        self.grid = KernelGrid("convolution.kernel")
        self.grid.entered.connect(self._enter)
        self.grid.refused.connect(self.refused)
        self.bar = ScaleBar("weight")
        self.filter = Choice("convolution.filter", "Filter", "Take a kernel from the library")
        self._fill_filters()
        self.filter.picked.connect(self._pick)
        self.divisor = NumberField("convolution.divisor", "Divisor", "What the sum is divided by")
        self.bias = NumberField("convolution.bias", "Bias", "What is added to it afterwards")
        for field, what in ((self.divisor, "divisor"), (self.bias, "bias")):
            field.setFixedWidth(58)
            field.committed.connect(self._change(what))
            field.refused.connect(self.refused)
        affine = QWidget()
        affine.setLayout(
            row(
                label("∕", theme.BODY, role="muted"),
                self.divisor,
                label("+", theme.BODY, role="muted"),
                self.bias,
                None,
                gap=6,
            )
        )
        self.info = label("", theme.CAPTION, role="muted")
        self.hold(self.grid, [self.bar, self.filter, affine, self.info])
        self._bench: ConvolutionBench | None = None

    def show_bench(self, bench: ConvolutionBench) -> None:
        """Show a bench's kernel; the grid itself is sized by the strip."""
        self._bench = bench
        kernel = bench.kernel
        known = filter_of(kernel)
        self.show_head("Kernel", size(kernel.height, kernel.width))
        self.grid.rows = kernel.cells[0] if not self.grid.editor.isVisible() else self.grid.rows
        self.grid.show_rows(kernel.cells[0], self.grid.cell)
        limit = float(np.abs(kernel.weights).max()) or 1.0
        self.bar.show_scale(-limit, limit)
        self.filter.show_choice(known.key if known else "")
        self.filter.setToolTip(known.about if known else "Your own kernel; pick one to replace it")
        self.divisor.show_value(kernel.divisor)
        self.bias.show_value(kernel.bias)
        image = bench.image
        least, most = kernel.reach(Fraction(image.low), Fraction(image.high))
        self.info.setText(f"sum {write(kernel.total)}\n{write(least)} … {write(most)}")
        self.info.setToolTip(
            "What a flat picture is multiplied with; the smallest and greatest possible output"
        )

    def _fill_filters(self) -> None:
        self.filter.addItem("own kernel", "")
        for family in FAMILIES:
            entries = [each for each in library().values() if each.family == family]
            if entries:
                self.filter.insertSeparator(self.filter.count())
            for each in entries:
                self.filter.addItem(each.name, each.key)
                self.filter.setItemData(self.filter.count() - 1, each.about, 3)  # its tooltip
        self.filter.setMaxVisibleItems(24)

    def _enter(self, row_: int, column: int, weight: Fraction) -> None:
        assert self._bench
        kernel = self._bench.kernel.with_weight(0, row_, column, weight)
        self.edited.emit("Change weight", None, {"kernel": kernel})

    def _pick(self, key: str) -> None:
        assert self._bench
        if key:
            found = library()[key]
            kernel = found.kernel.repeated(self._bench.source.channels)
            self.edited.emit(f"Take {found.name}", None, {"kernel": kernel})
        else:
            self.show_bench(self._bench)

    def _change(self, what: str) -> Callable[[Fraction], None]:
        def change(value: Fraction) -> None:
            assert self._bench
            fields: dict[str, Any] = {what: value}
            try:
                kernel = replace(self._bench.kernel, **fields)
            except ValueError as reason:
                self.show_bench(self._bench)
                self.refused.emit(str(reason))
                return
            self.edited.emit(f"Change {what}", None, {"kernel": kernel})

        return change


class MapColumn(Column):
    """The feature map, with its scale and how much of it a screen could not show."""

    def __init__(self) -> None:
        super().__init__("Feature map", 118)
        self.view = PlaneView("convolution.feature_map", "Feature map")
        self.bar = ScaleBar("data", stacked=True)
        self.note = label("", theme.CAPTION, role="muted")
        self.hold(self.view, [self.bar, self.note])

    def show_bench(self, bench: ConvolutionBench) -> None:
        """Show the size of the map, and the share of it outside 0..255."""
        rows, columns = bench.map_shape
        self.show_head("Feature map", size(rows, columns, 1) if rows else "no map")
        values = bench.feature_map()
        if values.size:
            below, above = (values < 0).mean() * 100, (values > 255).mean() * 100
            self.note.setText(f"{_share(below)} below 0\n{_share(above)} above 255")
        else:
            self.note.setText("")


class ActivationColumn(Column):
    """The map after the activation, and which one it is.

    Signals:
        edited: what the user did, the gesture it belongs to, and the fields it changes
    """

    edited = pyqtSignal(str, object, dict)

    def __init__(self) -> None:
        super().__init__("ReLU", 122)
        self.view = PlaneView("convolution.activation_map", "Activation map")
        self.bar = ScaleBar("data", stacked=True)
        self.choice = Choice(
            "convolution.activation", "Activation", "What each number goes through"
        )
        for kind in ACTIVATIONS:
            self.choice.addItem(ACTIVATION_NAMES[kind].lower().replace("relu", "ReLU"), kind)
        self.choice.picked.connect(
            lambda kind: self.edited.emit("Change activation", None, {"activation": kind})
        )
        self.hold(self.view, [self.bar, self.choice])

    def show_bench(self, bench: ConvolutionBench) -> None:
        """Show which activation there is."""
        rows, columns = bench.map_shape
        shape = size(rows, columns, 1) if rows else "no map"
        self.show_head(ACTIVATION_NAMES[bench.activation], shape)
        self.choice.show_choice(bench.activation)


class PoolColumn(Column):
    """The pooled map, what is kept of each window, and how the window moves.

    Signals:
        edited: what the user did, the gesture it belongs to, and the fields it changes
    """

    edited = pyqtSignal(str, object, dict)

    def __init__(self) -> None:
        super().__init__("Max pool", 148)
        self.view = PlaneView("convolution.pooled_map", "Pooled map")
        self.bar = ScaleBar("data", stacked=True)
        self.choice = Choice("convolution.pooling", "Pooling", "What is kept of each window")
        for kind in POOLINGS:
            self.choice.addItem(POOLING_NAMES[kind].lower().removesuffix(" pool"), kind)
        self.choice.picked.connect(lambda kind: self._tell("Change pooling", None, kind=kind))
        self.steppers: dict[str, Stepper] = {}
        rows: list[QWidget] = []
        for name, least in (("size", 1), ("stride", 1), ("padding", 0)):
            spoken = f"Pooling {name if name != 'size' else 'window'}"
            stepper = Stepper(f"convolution.pool_{name}", spoken, (least, MAX_POOL), spoken)
            stepper.setProperty("compact", True)
            stepper.changed.connect(self._changer(name))
            self.steppers[name] = stepper
            line = QWidget()
            words = label(spoken.split()[1], theme.CAPTION, role="muted")
            words.setFixedWidth(52)
            line.setLayout(row(words, stepper, None, gap=2))
            rows.append(line)
        self._rows = rows
        self.hold(self.view, [self.bar, self.choice, *rows])
        self._bench: ConvolutionBench | None = None

    def show_bench(self, bench: ConvolutionBench) -> None:
        """Show how the map is pooled."""
        self._bench = bench
        pooling = bench.pooling
        rows, columns = bench.pooled_shape
        none = pooling.kind == "none"
        shape = size(rows, columns, 1) if rows else "" if none else "no map"
        self.show_head(POOLING_NAMES[pooling.kind], shape)
        self.choice.show_choice(pooling.kind)
        for name, stepper in self.steppers.items():
            stepper.show_value(max(getattr(pooling, name)))
        for line in self._rows:
            line.setVisible(not none)
        self.view.setVisible(not none)
        self.bar.setVisible(not none)

    def _changer(self, name: str) -> Callable[[int, object], None]:
        def change(value: int, gesture: object) -> None:
            assert self._bench
            fields: dict[str, Any] = {name: (value, value)}
            if name == "size":
                if self._bench.pooling.stride == self._bench.pooling.size:
                    fields["stride"] = (value, value)
                fields["padding"] = tuple(min(p, value // 2) for p in self._bench.pooling.padding)
            self._tell("Change pooling", ("pool", name, gesture) if gesture else None, **fields)

        return change

    def _tell(self, text: str, gesture: object, **fields: Any) -> None:
        assert self._bench
        try:
            pooling: Pooling = replace(self._bench.pooling, **fields)
        except ValueError as reason:
            self.edited.emit(text, None, {"refused": str(reason)})
            return
        self.edited.emit(text, gesture, {"pooling": pooling})


def _share(percent: float) -> str:
    if 0 < percent < 0.1:
        return "under 0.1 %"
    return f"{percent:.1f} %" if percent not in {0.0, 100.0} else f"{percent:.0f} %"
