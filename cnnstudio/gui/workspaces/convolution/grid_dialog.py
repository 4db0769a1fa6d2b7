"""The dialog for a new grid: how many rows and columns, and what white is."""

import numpy as np
from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QDialog, QFormLayout, QPushButton, QVBoxLayout, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import label, row
from cnnstudio.gui.widgets.inputs import Choice, Stepper
from cnnstudio.gui.workspaces.convolution.input_column import MAX_BY_HAND
from cnnstudio.lab.image import RANGES, Image
from cnnstudio.lab.number import write


class GridDialog(QDialog):
    """Asks for a new, black picture to type or paint into.

    Signals:
        made: the Image
    """

    made = pyqtSignal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("window.grid_dialog")
        self.setWindowTitle("New grid")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        side = (1, MAX_BY_HAND)
        self.rows = Stepper("window.grid_rows", "Rows", side, f"1 to {MAX_BY_HAND}")
        self.columns = Stepper("window.grid_columns", "Columns", side, f"1 to {MAX_BY_HAND}")
        for stepper in (self.rows, self.columns):
            stepper.show_value(5)
        self.white = Choice("window.grid_white", "Range", "The number shown as white")
        for white in RANGES:
            self.white.addItem(f"0 to {write(white)}", str(white))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        for name, field in (("Rows", self.rows), ("Columns", self.columns), ("Range", self.white)):
            form.addRow(label(name), field)
        make, leave = QPushButton("Make the grid"), QPushButton("Cancel")
        make.setProperty("role", "primary")
        make.setDefault(True)
        for button, name, slot in (
            (make, "window.grid_make", self.accept),
            (leave, "window.grid_cancel", self.reject),
        ):
            button.setObjectName(name)
            button.setAccessibleName(button.text())
            button.setFont(theme.face(theme.BODY, theme.MEDIUM))
            button.clicked.connect(slot)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(16)
        box.addWidget(label("A small picture to type or paint by hand.", role="muted"))
        box.addLayout(form)
        box.addLayout(row(None, leave, make))
        self.accepted.connect(self._make)

    def _make(self) -> None:
        rows, columns = self.rows.box.value(), self.columns.box.value()
        white = float(self.white.currentData())
        self.made.emit(Image(np.zeros((1, rows, columns), np.uint8), "New grid", 0.0, white))
