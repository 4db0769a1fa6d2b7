"""The first column: the picture, how it was prepared, and the pencil."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui.actions import Actions
from cnnstudio.gui.widgets.controls import Button, named, row
from cnnstudio.gui.widgets.inputs import Choice
from cnnstudio.gui.widgets.number_field import NumberField
from cnnstudio.gui.widgets.plane_view import PlaneView
from cnnstudio.gui.widgets.scale_bar import ScaleBar
from cnnstudio.gui.workspaces.convolution.strip import Column
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.number import size

FITS = (None, 256, 128, 64, 32, 28)
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
            row(self.fit, self.pencil, self.value, self.square, self.invert, None, gap=2)
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
            tip = f"{source.name} is {source.width} wide and {source.height} high; "
            tip += f"worked on are {image.width} and {image.height}"
        self.fit.setToolTip(tip)

    def _fit(self, key: str) -> None:
        self.edited.emit("Fit the picture", None, {"fit": None if key == "None" else int(key)})
