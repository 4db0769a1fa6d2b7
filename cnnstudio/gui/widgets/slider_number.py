"""A number by a line to drag along and a field to type into, with its unit."""

from dataclasses import dataclass
from fractions import Fraction
from time import monotonic

from PyQt6.QtCore import QSignalBlocker, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import label, row
from cnnstudio.gui.widgets.inputs import Slider
from cnnstudio.gui.widgets.number_field import NumberField
from cnnstudio.gui.widgets.weight_steps import BURST
from cnnstudio.lab.number import write_weight

_FIELD, _UNIT = 52, 16  # px
_LOW = "padding: 0 2px; min-height: 20px;"  # where several stand below each other


@dataclass(frozen=True)
class Span:
    """Which numbers there are.

    Attributes:
        least: the smallest
        most: the greatest
        step: from one to the next
        unit: what they count, such as "px" or "°"
    """

    least: Fraction
    most: Fraction
    step: Fraction = Fraction(1)
    unit: str = ""

    def __str__(self) -> str:
        return f"{write_weight(self.least)} to {write_weight(self.most)} {self.unit}".rstrip()


class _Line(Slider):
    """Knows what belongs together: a drag, a held key, a burst of the wheel."""

    def __init__(self, name: str, accessible: str, tip: str) -> None:
        super().__init__(name, accessible, tip)
        self.gesture: object = None
        self._turned = 0.0

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Begin a gesture; the first place counts already."""
        self.gesture = object()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Take a held key as one gesture."""
        if event and not event.isAutoRepeat():
            self.gesture = object()
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Turn only where the focus is; a burst is one gesture."""
        if event and not self.hasFocus():
            event.ignore()
            return
        if monotonic() - self._turned > BURST:
            self.gesture = object()
        self._turned = monotonic()
        super().wheelEvent(event)


class SliderNumber(QWidget):
    """A number with its name: a line to drag along, and a field to type into.

    Signals:
        changed: the new number, a Fraction, and the gesture it belongs to
        refused: why what was typed is none
    """

    changed = pyqtSignal(object, object)
    refused = pyqtSignal(str)

    def __init__(self, name: str, title: str, span: Span, tip: str = "", wide: int = 72) -> None:
        super().__init__()
        self.span, self._title = span, title
        self.value = span.least
        whole_tip = f"{tip} ({span})" if tip else f"{title}: {span}"
        self.name = label(title, theme.CAPTION, role="muted")
        self.name.setFixedWidth(wide)
        self.name.setToolTip(whole_tip)
        self.line = _Line(f"{name}.line", title, whole_tip)
        self.line.setRange(0, int((span.most - span.least) / span.step))
        self.line.setMinimumWidth(48)
        self.field = NumberField(name, title, whole_tip)
        self.field.setFixedWidth(_FIELD)
        self.field.setStyleSheet(_LOW)
        self.unit = label(span.unit, theme.CAPTION, role="muted")
        self.unit.setFixedWidth(_UNIT)
        self.setLayout(row(self.name, self.line, self.field, self.unit, gap=6))
        self.setFocusProxy(self.line)
        self.line.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.line.valueChanged.connect(self._slide)
        self.field.committed.connect(self._type)
        self.field.refused.connect(self.refused)
        self.show_value(self.value)

    def show_value(self, value: Fraction) -> None:
        """Show a number without telling anyone."""
        self.value = value
        with QSignalBlocker(self.line):
            self.line.setValue(round((value - self.span.least) / self.span.step))
        self.field.show_value(value)

    def _slide(self, place: int) -> None:
        self.show_value(self.span.least + place * self.span.step)
        self.changed.emit(self.value, self.line.gesture)

    def _type(self, value: Fraction) -> None:
        if not self.span.least <= value <= self.span.most:
            self.field.refuse(f"{self._title} goes from {self.span}")
            return
        self.show_value(value)
        self.changed.emit(value, None)
