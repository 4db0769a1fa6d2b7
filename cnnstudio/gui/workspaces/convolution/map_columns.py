"""The columns of the three maps: feature map, activation, pooling."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import label, row
from cnnstudio.gui.widgets.inputs import Choice, Stepper
from cnnstudio.gui.widgets.plane_view import PlaneView
from cnnstudio.gui.widgets.scale_bar import ScaleBar
from cnnstudio.gui.workspaces.convolution.channels import maps_shown
from cnnstudio.gui.workspaces.convolution.strip import Column
from cnnstudio.gui.workspaces.convolution.survey import Survey
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.number import size, write
from cnnstudio.lab.stages import MAX_POOL, Pooling
from cnnstudio.nn.activation import ACTIVATIONS
from cnnstudio.nn.pooling import POOLINGS

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
_USUAL, _NARROW = 148, 100  # px of the pooling column, with and without its numbers


class MapColumn(Column):
    """The feature map, with its scale and how much of it a screen could not show."""

    def __init__(self) -> None:
        super().__init__("Feature map", 118)
        self.view = PlaneView("convolution.feature_map", "Feature map")
        self.bar = ScaleBar("data", stacked=True)
        self.note = label("", theme.CAPTION, role="muted")
        self.note.setToolTip("How much of the map lies outside the range of the picture")
        self.hold(self.view, [self.bar, self.note])

    def show_bench(self, bench: ConvolutionBench, channel: int | None = None) -> None:
        """Show the size of the map."""
        rows, columns = bench.map_shape
        maps = size(rows, columns, maps_shown(bench, channel))
        self.show_head("Feature map", maps if rows else "no map")

    def show_survey(self, bench: ConvolutionBench, found: Survey) -> None:
        """Show the share of the map outside the range of the picture, once it is known."""
        below, above = (
            _share(100 * share) if found.whole else "…" for share in (found.below, found.above)
        )
        low, high = write(bench.image.low), write(bench.image.high)
        shares = f"{below} below {low}\n{above} above {high}"
        self.note.setText(shares if all(bench.map_shape) else "")
        tip = "How much of the map lies outside the range of the picture"
        beyond = "; shown black or white here, each channel by itself shows it"
        self.note.setToolTip(tip + beyond * bench.apart)


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
            name = "none" if kind == "none" else ACTIVATION_NAMES[kind]
            self.choice.addItem(name, kind)
        self.choice.picked.connect(
            lambda kind: self.edited.emit("Change activation", None, {"activation": kind})
        )
        self.hold(self.view, [self.bar, self.choice])

    def show_bench(self, bench: ConvolutionBench, channel: int | None = None) -> None:
        """Show which activation there is."""
        rows, columns = bench.map_shape
        shape = size(rows, columns, maps_shown(bench, channel)) if rows else "no map"
        self.show_head(ACTIVATION_NAMES[bench.activation], shape)
        self.choice.show_choice(bench.activation)


class PoolColumn(Column):
    """The pooled map, what is kept of each window, and how the window moves.

    Signals:
        edited: what the user did, the gesture it belongs to, and the fields it changes
    """

    edited = pyqtSignal(str, object, dict)

    def __init__(self) -> None:
        super().__init__("Max pool", _USUAL)
        self.view = PlaneView("convolution.pooled_map", "Pooled map")
        self.bar = ScaleBar("data", stacked=True)
        self.choice = Choice("convolution.pooling", "Pooling", "What is kept of each window")
        for kind in POOLINGS:
            self.choice.addItem(kind, kind)
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
        self._rows, self._low, self._narrow = rows, False, False
        self.hold(self.view, [self.bar, self.choice, *rows])
        self._bench: ConvolutionBench | None = None
        self._channel: int | None = None

    def show_bench(self, bench: ConvolutionBench, channel: int | None = None) -> None:
        """Show how the map is pooled."""
        self._bench, self._channel = bench, channel
        pooling = bench.pooling
        rows, columns = bench.pooled_shape
        none = pooling.kind == "none"
        maps = size(rows, columns, maps_shown(bench, channel))
        shape = maps if rows else "" if none else "no map"
        self.show_head(POOLING_NAMES[pooling.kind], shape)
        self.choice.show_choice(pooling.kind)
        for name, stepper in self.steppers.items():
            stepper.show_value(max(getattr(pooling, name)))
        for line in self._rows:
            line.setVisible(not none and not self._narrow)
        if self._low and pooling.padding == (0, 0):
            self._rows[2].hide()
        self.view.setVisible(not none)

    def fold(self, low: bool, narrow: bool) -> None:
        """Keep the padding behind More where there is little height, all of it if little width."""
        self._low, self._narrow = low, narrow
        self.narrowest = _NARROW if narrow else _USUAL
        if self._bench:
            self.show_bench(self._bench, self._channel)

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
