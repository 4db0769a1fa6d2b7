"""The first column: the picture, how it was prepared, and the pencil."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui.actions import Actions
from cnnstudio.gui.widgets.controls import Button, named, row
from cnnstudio.gui.widgets.inputs import Choice
from cnnstudio.gui.widgets.number_field import NumberField
from cnnstudio.gui.widgets.plane_view import MARGIN, PlaneView
from cnnstudio.gui.widgets.scale_bar import ScaleBar
from cnnstudio.gui.workspaces.convolution.channel_choice import ChannelChoice
from cnnstudio.gui.workspaces.convolution.source_row import SourceRow
from cnnstudio.gui.workspaces.convolution.strip import Column
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import CHANNEL_NAMES
from cnnstudio.lab.number import size

FITS = (None, 1024, 512, 256, 128, 64, 32, 28)
_NARROWEST, _MORE_TOOLS = 196, 216  # px
_NAME = 120  # px that the name of a picture may take from the words of its channels
_FITTED = "256 px or less show single pixels, and their numbers when zoomed in"
MAX_BY_HAND = 64  # rows and columns of a picture that can be changed by hand


class InputColumn(Column):
    """The picture, how it was prepared, and the pencil.

    Signals:
        edited: what the user did, the gesture it belongs to, and the fields it changes
        refused: why something typed is no pixel
    """

    edited = pyqtSignal(str, object, dict)
    refused = pyqtSignal(str)

    def __init__(self, actions: Actions) -> None:
        super().__init__("Image", _NARROWEST)
        self.colours, self._can_crop = False, True
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
        self.gray = Button(icon="gray", role="icon")
        self.gray.follow(actions["edit.gray"])
        self.gray.setObjectName("convolution.gray")
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
        tools = QWidget()
        tools.setLayout(
            row(self.fit, self.pencil, self.value, self.square, self.invert, self.gray, None, gap=2)
        )
        self.channel = ChannelChoice()
        self.put_in_corner(self.channel)
        self.source = SourceRow(actions)
        self.hold(self.view, [self.bar, tools, self.source])

    def show_bench(self, bench: ConvolutionBench, channel: int | None = None) -> None:
        """Show how the picture was prepared, and which channel of it is looked at."""
        image = bench.image
        self.channel.show_channel(channel, image.channels)
        self.colours = bench.source.channels == len(CHANNEL_NAMES)
        self._can_crop = bench.square or bench.source.width != bench.source.height
        self.show_head(image.name or "Image", size(image.height, image.width, image.channels))
        self.show_tools()
        self.bar.show_scale(image.low, image.high)
        self.fit.show_choice(str(bench.fit))
        self.square.setChecked(bench.square)
        self.source.show_bench(bench)
        source = bench.source
        if max(source.height, source.width) == max(image.height, image.width):
            tip = "Worked on in its own size"
        else:
            tip = f"{source.name} is {source.width} wide and {source.height} high; "
            tip += f"worked on are {image.width} and {image.height}"
        self.fit.setToolTip(f"{tip}\n{_FITTED}")

    def show_tools(self) -> None:
        """Show what can be done with the picture; there is no room for more."""
        brush, colours = self.view.pencil, self.colours
        self.value.setVisible(brush)
        self.square.setVisible(not brush and (self._can_crop or not colours))
        self.invert.setVisible(not brush)
        self.gray.setVisible(not brush and colours)
        self.fit.setFixedWidth(90 if colours else 96)
        for button in (self.square, self.invert, self.gray, self.pencil):
            button.setFixedWidth(28 if colours else 30)
        self.narrowest = _MORE_TOOLS if colours and self._can_crop else _NARROWEST
        if not self.channel.isHidden():
            words = self.size_label.sizeHint().width() + self.channel.fit(0)
            self.narrowest = max(self.narrowest, words + 2 * MARGIN + 2)

    def place_corner(self) -> None:
        """Write the channels as long as the name of the picture allows."""
        name = self.name_label.fontMetrics().horizontalAdvance(self.name)
        words = max(min(name, _NAME), self.size_label.sizeHint().width())
        self.channel.fit(self.width() - 2 * MARGIN - words - 4)
        super().place_corner()

    def _fit(self, key: str) -> None:
        self.edited.emit("Fit the picture", None, {"fit": None if key == "None" else int(key)})
