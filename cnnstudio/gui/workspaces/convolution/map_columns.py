"""The columns of the three maps: feature map, activation, pooling."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import label, repolish, row
from cnnstudio.gui.widgets.inputs import Choice, Stepper
from cnnstudio.gui.widgets.plane_view import MARGIN, PlaneView
from cnnstudio.gui.widgets.scale_bar import ScaleBar
from cnnstudio.gui.widgets.text_button import SIDE
from cnnstudio.gui.workspaces.convolution.channels import maps_shown
from cnnstudio.gui.workspaces.convolution.displays.display import COMPOSED, MEANINGS, NAMES, Mode
from cnnstudio.gui.workspaces.convolution.displays.shares import Shares
from cnnstudio.gui.workspaces.convolution.strip import HEAD, Column
from cnnstudio.gui.workspaces.convolution.survey import Survey
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import CHANNEL_NAMES
from cnnstudio.lab.number import size
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
_CHEVRON = 23  # px beside the words of a small choice
_MAP = 118  # px of the feature map's column at least
_USUAL, _NARROW = 148, 100  # px of the pooling column, with and without its numbers


class _ModeChoice(Choice):
    """A choice that is as wide as what is chosen, for there is little room beside a name."""

    def sizeHint(self) -> QSize:
        """Leave out the room that other choices would need."""
        usual = super().sizeHint()
        words = self.fontMetrics().horizontalAdvance(self.currentText())
        return QSize(words + _CHEVRON, usual.height())


class MapColumn(Column):
    """The feature map, with its scale, what its colours mean, and what no screen could show.

    Signals:
        mode_chosen: what the colours of the maps shall mean, a Mode
    """

    mode_chosen = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__("Feature map", _MAP)
        self.view = PlaneView("convolution.feature_map", "Feature map")
        self.bar = ScaleBar("data", stacked=True)
        self.note = Shares()
        self.choice = _ModeChoice("convolution.display", "What the colours of the maps mean")
        self.choice.setFont(theme.face(theme.CAPTION))
        for mode, name in NAMES.items():
            self.choice.addItem(name, mode)
            self.choice.setItemData(
                self.choice.count() - 1, MEANINGS[mode], Qt.ItemDataRole.ToolTipRole
            )
        self.choice.picked.connect(self.mode_chosen)
        self._mode: Mode = "signed"
        self._composed, self.shape_words = False, ""
        self._low: bool | None = None
        self._under = QWidget()
        self._under.setLayout(row(gap=0))
        self.hold(self.view, [self.bar, self._under, self.note])
        self.note.setContentsMargins(MARGIN - SIDE, 0, 0, 0)  # so that its words stand in line
        self.fold(low=False)

    def fold(self, low: bool) -> None:
        """Keep what the colours mean beside the name; under the map where shares have no room.

        There it stands in one line with activation and pooling, and the pictures stay as large.
        """
        if low == self._low:
            return
        self._low = low
        self.note.setVisible(not low)
        self._under.setVisible(low)
        inside = self._under.layout()
        assert inside is not None
        if low:
            self.corner = None
            inside.addWidget(self.choice)
        else:
            inside.removeWidget(self.choice)
            self.put_in_corner(self.choice)
        self.choice.setProperty("compact", "low" if low else "true")
        repolish(self.choice)
        self.choice.show()
        self._find_room()

    def place_corner(self) -> None:
        """Put the choice beside the size, where there is more room than beside the name."""
        right = self.width() - MARGIN
        if self.corner is not None:
            wanted = self.choice.sizeHint()
            right -= wanted.width()
            bottom = HEAD - 2
            self.choice.setGeometry(
                right, bottom - wanted.height(), wanted.width(), wanted.height()
            )
            self.choice.raise_()
        metrics, elide = self.size_label.fontMetrics(), Qt.TextElideMode.ElideRight
        self.size_label.setText(metrics.elidedText(self.shape_words, elide, right - MARGIN - 2))
        self.size_label.setToolTip(self.shape_words)

    def show_bench(self, bench: ConvolutionBench, channel: int | None = None) -> None:
        """Show the size of the map, and whether there are several composed into a picture."""
        rows, columns = bench.map_shape
        count = maps_shown(bench, channel)
        self.shape_words = size(rows, columns, count) if rows else "no map"
        self.show_head("Feature map", self.shape_words)
        composed = count == len(CHANNEL_NAMES)  # of others, one is shown by itself
        if composed != self._composed:
            self._composed = composed
            self.show_mode(self._mode)
        self._find_room()

    def _find_room(self) -> None:
        """Be wide enough for the size and the choice beside it."""
        words = self.size_label.fontMetrics().horizontalAdvance(self.shape_words)
        beside = 0 if self.corner is None else words + self.choice.sizeHint().width() + 16
        self.narrowest = max(_MAP, beside)

    def show_mode(self, mode: Mode) -> None:
        """Show what the colours mean."""
        self._mode = mode
        composed, place = self._composed, list(NAMES).index("signed")
        self.choice.setItemText(place, "as clip" if composed else NAMES["signed"])
        meaning = COMPOSED if composed else MEANINGS["signed"]
        self.choice.setItemData(place, meaning, Qt.ItemDataRole.ToolTipRole)
        self.choice.show_choice(mode)
        others = [told for key, told in MEANINGS.items() if key != "signed"]
        self.choice.setToolTip("\n".join(["What the colours of the maps mean", meaning, *others]))
        self.place_corner()

    def show_survey(self, bench: ConvolutionBench, found: Survey) -> None:
        """Show the share of the map outside the range of the picture, once it is known."""
        tip = "How much of the map lies outside the range of the picture"
        if not all(bench.map_shape):
            self.note.show_nothing()
            return
        beyond = "; black or white where it is clipped, each channel by itself shows it"
        ends = bench.image.low, bench.image.high
        shares = found.below, found.above
        self.note.show_shares(shares, ends, found.whole, tip + beyond * bench.apart)


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
