"""The dialog that asks what every weight is to be multiplied with."""

from fractions import Fraction

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QShortcut
from PyQt6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import label, row
from cnnstudio.gui.widgets.number_field import NumberField
from cnnstudio.lab.number import TIMES


class ScaleDialog(QDialog):
    """Asks for a factor: 2, 1/2, 0,5 or −1.

    Signals:
        made: the factor, a Fraction
    """

    made = pyqtSignal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("convolution.scale_dialog")
        self.setWindowTitle("Scale the kernel")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = NumberField("convolution.factor", "Factor", "Such as 2, 1/2, 0.5 or -1")
        self.field.show_value(Fraction(2))
        self.field.setFixedWidth(96)
        self.field.selectAll()
        self.factor = Fraction(2)
        self.reason = label("", theme.CAPTION, role="error")
        self.field.refused.connect(self.reason.setText)
        self.field.textEdited.connect(lambda _text: self.reason.clear())
        self.field.committed.connect(self._take)
        scale, leave = QPushButton("Scale"), QPushButton("Cancel")
        scale.setProperty("role", "primary")
        scale.setDefault(True)
        for button, name in ((scale, "scale"), (leave, "cancel")):
            button.setObjectName(f"convolution.scale_{name}")
            button.setAccessibleName(button.text())
            button.setFont(theme.face(theme.BODY, theme.MEDIUM))
        QShortcut(Qt.Key.Key_Escape, self, self.reject)  # the field would keep it for itself
        scale.clicked.connect(self._finish)
        leave.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(label("Every weight is multiplied; divisor and bias stay.", role="muted"))
        box.addLayout(row(label(f"Each weight {TIMES}"), self.field, None))
        box.addWidget(self.reason)
        box.addLayout(row(None, leave, scale))

    def _take(self, factor: Fraction) -> None:
        self.factor = factor
        self.field.show_value(factor)

    def _finish(self) -> None:
        """Take the factor if it is one; else the field says why it is none."""
        self.field.commit()
        if not self.field.property("bad"):
            self.made.emit(self.factor)
            self.accept()
