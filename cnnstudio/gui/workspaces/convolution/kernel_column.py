"""The second column: the kernel's slices, the filter it was taken from, divisor and bias."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import label, row
from cnnstudio.gui.widgets.inputs import Segments
from cnnstudio.gui.widgets.kernel_slices import KernelSlices
from cnnstudio.gui.widgets.number_field import NumberField
from cnnstudio.gui.widgets.scale_bar import ScaleBar
from cnnstudio.gui.workspaces.convolution.channels import copied, front, names
from cnnstudio.gui.workspaces.convolution.filters.filter_button import NO_NAME, FilterButton
from cnnstudio.gui.workspaces.convolution.strip import Column
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filters import Filter, filter_of, single
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.kernel_edits import partners, with_weights
from cnnstudio.lab.line import sign
from cnnstudio.lab.number import OVER, factor, shown, size, write, write_weight

_NARROWEST = 152  # px
_APART = (("summed", "apart"), ("sum", "apart"))


class KernelColumn(Column):
    """The kernel to type into, the filter it was taken from, divisor and bias.

    Signals:
        edited: what the user did, the gesture it belongs to, and the fields it changes
        refused: why something typed is no number
        said: what became of a kernel that was taken
    """

    edited = pyqtSignal(str, object, dict)
    refused = pyqtSignal(str)
    said = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__("Kernel", _NARROWEST)
        self.slices = KernelSlices("convolution.kernel")
        self.slices.entered.connect(self._enter)
        self.slices.refused.connect(self.refused)
        self.bar = ScaleBar("weight")
        self.filter = FilterButton("convolution.filter")
        self._own: tuple[Filter, ...] = ()
        self.unfilled: Callable[[dict[str, Any]], dict[str, Any]] = dict  # see `Comparing`
        self.made_by: Callable[[Kernel], str] = lambda _kernel: ""  # see `KernelTools`
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
        self.apart = Segments(
            "convolution.each_channel",
            _APART[0],
            (
                "One map: what the slices make of their channels is added up, as networks do; "
                "the divisor grows with them, or the sum would be too bright",
                "A map for each channel, made by its own slice, as photo editors do; "
                "together they are a picture again",
            ),
        )
        self.apart.setProperty("compact", True)
        self.apart.chosen.connect(lambda index: self.put_apart(index == 1))
        self.put_in_corner(self.apart)
        self.hold(self.slices, [self.bar, self.filter, affine, self.info])
        self._bench: ConvolutionBench | None = None

    def show_bench(self, bench: ConvolutionBench, channel: int | None = None) -> None:
        """Show a bench's kernel; the slices themselves are sized by the strip.

        Args:
            bench: what is on the bench
            channel: the one that is looked at; None for all together
        """
        self._bench = bench
        kernel = bench.kernel
        known, several = self._show_name(bench), kernel.channels > 1
        depth = (kernel.channels,) if several else ()
        self.slices.show_kernel(kernel.cells, names(bench), channel)
        shown = self.slices.shown
        some = f"   {shown[0] + 1} to {shown[-1] + 1} of {kernel.channels} slices"
        told = some if len(shown) < kernel.channels else ""
        told += "   turned as applied" if bench.flipped else ""
        self.show_head("Kernel", size(kernel.height, kernel.width, *depth) + told)
        self.apart.setVisible(several)
        words = self.size_label.sizeHint().width() + self.apart.fit(0, _APART) + 12
        self.narrowest = max(_NARROWEST, words) if several else _NARROWEST
        self.apart.show_choice(int(bench.each_channel))
        limit = float(np.abs(kernel.weights).max()) or 1.0
        self.bar.show_scale(-limit, limit)
        self.divisor.show_value(kernel.divisor)
        self.divisor.setToolTip(_divisor_tip(bench, known.kernel if known else None))
        self.bias.show_value(kernel.bias)
        least, most = front(bench, channel).kernel.reach(*bench.pixel_range)
        self.info.setText(f"{_sum(front(bench, channel).kernel)}\n{write(least)} … {write(most)}")
        self.info.setToolTip(
            "What a flat picture is multiplied with; the smallest and greatest possible output"
        )

    def place_corner(self) -> None:
        """Write the two words as long as the size of the kernel allows."""
        self.apart.fit(self.width() - self.size_label.sizeHint().width() - 12, _APART)
        super().place_corner()

    def _enter(
        self, channel: int, row_: int, column: int, weight: Fraction, gesture: object
    ) -> None:
        assert self._bench
        kernel = self._bench.kernel
        places = partners(kernel.height, kernel.width, row_, column, self.slices.symmetry)
        changed = with_weights(kernel, channel, places, weight)
        self.edited.emit("Change weight", gesture, self.unfilled({"kernel": changed}))

    def take(self, found: Filter) -> None:
        """Put a filter on the bench, and say what became of its slices."""
        assert self._bench
        kernel = self._bench.taken(found.kernel)
        self.edited.emit(f"Take {found.name}", None, {"kernel": kernel})
        if told := copied(found.kernel, kernel):
            self.said.emit(f"{found.name}: {told}")

    def show_own(self, own: tuple[Filter, ...]) -> None:
        """Know the user's own filters by their names, too."""
        self._own = own
        if self._bench:
            self._show_name(self._bench)

    def filter_on(self, bench: ConvolutionBench) -> Filter | None:
        """Return the filter that is on a bench, shipped or the user's own."""
        return filter_of(bench.kernel, bench.apart, self._own)

    def _show_name(self, bench: ConvolutionBench) -> Filter | None:
        known = self.filter_on(bench)
        if known:
            self.filter.show_name(known.name, known.about)
        elif made := self.made_by(single(bench.kernel, bench.apart)):
            self.filter.show_name(made, "Made on the tab Kernel")
        else:
            self.filter.show_name(NO_NAME, "Your own kernel")
        return known

    def put_apart(self, on: bool) -> None:
        """Let each slice make a map of its own channel, or add up what they make."""
        assert self._bench
        changes = self.unfilled(self._bench.with_each_channel(on))
        self.edited.emit("Each channel by itself" if on else "Add channels up", None, changes)

    def _change(self, field: NumberField, what: str) -> Callable[[Fraction], None]:
        def change(value: Fraction) -> None:
            assert self._bench
            fields: dict[str, Any] = {what: value}
            try:
                kernel = replace(self._bench.kernel, **fields)
            except ValueError as reason:
                field.refuse(str(reason))
                return
            self.edited.emit(f"Change {what}", None, self.unfilled({"kernel": kernel}))

        return change


def _divisor_tip(bench: ConvolutionBench, known: Kernel | None) -> str:
    """Say what the divisor is for, and why it is not the library's."""
    tip = "What the sum is divided by"
    if known is None or known.divisor == bench.kernel.divisor:
        return tip
    told = copied(known, bench.kernel).partition(", divisor ")[2]
    return (
        f"{tip}: {told}, so that a sum over {bench.kernel.channels} channels keeps the brightness"
        if told
        else tip
    )


def _sum(kernel: Kernel) -> str:
    """Write the sum of the weights, and what the divisor makes of it."""
    whole, total = write(kernel.total * kernel.divisor), write(kernel.total)
    if kernel.divisor == 1:
        return f"sum {whole}"
    equals = sign(shown(whole) / kernel.divisor, total)
    return f"sum {whole} {OVER} {factor(write_weight(kernel.divisor))} {equals} {total}"
