"""The second column: the kernel, the filter it was taken from, divisor and bias."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import label, row
from cnnstudio.gui.widgets.inputs import Choice
from cnnstudio.gui.widgets.kernel_grid import KernelGrid
from cnnstudio.gui.widgets.number_field import NumberField
from cnnstudio.gui.widgets.scale_bar import ScaleBar
from cnnstudio.gui.workspaces.convolution.strip import Column
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filters import FAMILIES, filter_of, library
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.line import sign
from cnnstudio.lab.number import OVER, factor, shown, size, write, write_weight


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
            field.setFixedWidth(61)
            field.setProperty("role", "short")
            field.committed.connect(self._change(field, what))
            field.refused.connect(self.refused)
        affine = QWidget()
        affine.setLayout(
            row(
                label("∕", theme.BODY, role="muted"),
                self.divisor,
                label("+", theme.BODY, role="muted"),
                self.bias,
                None,
                gap=3,
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
        self.grid.show_rows(kernel.cells[0], self.grid.cell)
        limit = float(np.abs(kernel.weights).max()) or 1.0
        self.bar.show_scale(-limit, limit)
        self.filter.show_choice(known.key if known else "")
        self.filter.setToolTip(known.about if known else "Your own kernel; pick one to replace it")
        self.divisor.show_value(kernel.divisor)
        self.bias.show_value(kernel.bias)
        image = bench.image
        least, most = kernel.reach(Fraction(image.low), Fraction(image.high))
        self.info.setText(f"{_sum(kernel)}\n{write(least)} … {write(most)}")
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

    def _change(self, field: NumberField, what: str) -> Callable[[Fraction], None]:
        def change(value: Fraction) -> None:
            assert self._bench
            fields: dict[str, Any] = {what: value}
            try:
                kernel = replace(self._bench.kernel, **fields)
            except ValueError as reason:
                field.refuse(str(reason))
                return
            self.edited.emit(f"Change {what}", None, {"kernel": kernel})

        return change


def _sum(kernel: Kernel) -> str:
    """Write the sum of the weights, and what the divisor makes of it."""
    whole, total = write(kernel.total * kernel.divisor), write(kernel.total)
    if kernel.divisor == 1:
        return f"sum {whole}"
    equals = sign(shown(whole) / kernel.divisor, total)
    return f"sum {whole} {OVER} {factor(write_weight(kernel.divisor))} {equals} {total}"
