"""Kernels made by a formula: which one, and a slider for each of its parameters."""

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import ElidedLabel, column, label, row
from cnnstudio.gui.widgets.inputs import Choice
from cnnstudio.gui.widgets.slider_number import SliderNumber, Span
from cnnstudio.gui.workspaces.convolution.kernel.kernel_buttons import HEIGHT, LOW
from cnnstudio.lab.generators import Generator, Parameter, generators, parameters, told
from cnnstudio.lab.kernel import Kernel

MAKES = "A kernel by a formula; it is on the bench at once, and can be edited like any other"
_WIDEST, _KIND = 420, 120  # px: of all, and the least of the name of a kind
_ABOUT = 16  # px of a line of the sentence, which is left out where there is no room for it
_GAP = 4  # px between two lines
_RAGGED = 40  # px that may be empty at the end of a line
_MANY = 64  # kernels that are kept as made; a slider that goes to and fro makes the same again


class _About(ElidedLabel):
    """A sentence of one line, or of two where there is need and room."""

    def __init__(self) -> None:
        super().__init__(theme.CAPTION)
        self._lines = 1

    def fit(self, lines: int) -> None:
        """Take up to two of some lines."""
        self._lines = min(lines, 2)
        self.setVisible(lines > 0)
        self._cut()

    def _cut(self) -> None:
        """Break the text rather than cut it."""
        words = self.fontMetrics()
        several = self._lines > 1 and words.horizontalAdvance(self._text) > self.width() - 2
        self.setWordWrap(several)
        self.setFixedHeight(_ABOUT * (1 + several))
        if not several:
            super()._cut()
            return
        room = 2 * self.width() - _RAGGED
        self.setText(words.elidedText(self._text, Qt.TextElideMode.ElideRight, room))


class KernelMaker(QWidget):
    """Which formula, and its parameters; each keeps its own while another is looked at.

    Signals:
        made: what the user did, the gesture it belongs to, and the Kernel for a gray picture
        refused: why something typed is no such parameter
    """

    made = pyqtSignal(str, object, object)
    refused = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self._values: dict[str, dict[str, Fraction]] = {
            key: {each.name: _exact(each.default) for each in parameters(kind)}
            for key, kind in generators().items()
        }
        self.kind = Choice("convolution.generator", "Kernel to make", "Take a kernel of this kind")
        for key, kind in generators().items():
            self.kind.addItem(kind.title, key)
            self.kind.setItemData(self.kind.count() - 1, kind.about, 3)  # its tooltip
        self.kind.setMaxVisibleItems(len(generators()))
        self.kind.setStyleSheet(LOW)
        self.kind.setMinimumWidth(_KIND)
        self.kind.picked.connect(self._pick)
        self._made: dict[Kernel, Generator] = {}  # the last ones, so that they keep their names
        self._about = _About()
        self._about.setObjectName("convolution.generator_about")
        self._sliders: dict[str, list[SliderNumber]] = {}
        self.title = label("Make one", theme.BODY, theme.SEMIBOLD)
        self.title.setToolTip(MAKES)
        self.head = row(self.title, gap=12)
        self.head.addWidget(self.kind, 1)
        self._lines = column(gap=_GAP)
        self.setLayout(column(self.head, self._about, self._lines, None, gap=_GAP))
        self.setMaximumWidth(_WIDEST)
        self._shown = ""
        self._show(next(iter(generators())))

    @property
    def sliders(self) -> dict[str, SliderNumber]:
        """The sliders that are shown, by the name of their parameter."""
        kind = generators()[self._shown]
        shown = zip(parameters(kind), self._sliders[self._shown], strict=True)
        return {each.name: slider for each, slider in shown}

    def name_of(self, kernel: Kernel) -> str:
        """Return what a kernel for a gray picture was made by here; "" if it was not."""
        plain = replace(kernel, bias=Fraction(0)) if kernel.bias else kernel
        known = self._made.get(plain)
        return told(known) if known else ""

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Leave the sentence out where it would push a slider off; the choice's tooltip has it."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        sliders = self._sliders[self._shown]
        needed = HEIGHT + _GAP + sum(_GAP + slider.sizeHint().height() for slider in sliders)
        self._about.fit((self.height() - needed) // _ABOUT)

    def _pick(self, key: str) -> None:
        """Make a kernel of another kind, as its sliders stand."""
        self._show(key)
        self._make(f"Make {generators()[key].title}", None)

    def _show(self, key: str) -> None:
        for slider in self._sliders.get(self._shown, []):
            slider.hide()
        self._shown = key
        self._about.show_text(generators()[key].about)
        self.kind.setToolTip(generators()[key].about)
        if key not in self._sliders:
            kind = generators()[key]
            self._sliders[key] = [self._slider(key, each) for each in parameters(kind)]
        for slider in self._sliders[key]:
            slider.show()
        self._fold()

    def _slider(self, key: str, each: Parameter) -> SliderNumber:
        ends = (_exact(each.low), _exact(each.high), _exact(each.step))
        name = f"convolution.{key}_{each.name}"
        made = SliderNumber(name, each.label, Span(*ends, each.unit), each.about)
        made.show_value(self._values[key][each.name])
        made.changed.connect(lambda value, gesture: self._change(each, value, gesture))
        made.refused.connect(self.refused)
        self._lines.addWidget(made)
        return made

    def _change(self, each: Parameter, value: Fraction, gesture: object) -> None:
        before = self._values[self._shown]
        self._values[self._shown] = before | {each.name: value}
        title = generators()[self._shown].title
        if not self._make(f"{title}: {each.label.lower()}", gesture):
            self._values[self._shown] = before
            self.sliders[each.name].show_value(before[each.name])

    def _make(self, text: str, gesture: object) -> bool:
        """Make the kernel; say whether there is one with these parameters."""
        kind, found = generators()[self._shown], self._values[self._shown]
        try:
            for each in parameters(kind):  # before 2.5 rows become 2
                each.check(float(found[each.name]))
            values = {
                each.name: int(found[each.name]) if each.whole else float(found[each.name])
                for each in parameters(kind)
            }
            generator = kind(**values)
            kernel = _kernel(generator)
        except ValueError as reason:
            self.refused.emit(str(reason))
            return False
        self._made.pop(kernel, None)
        self._made[kernel] = generator
        if len(self._made) > _MANY:
            del self._made[next(iter(self._made))]
        self.made.emit(text, gesture, kernel)
        return True


@lru_cache(_MANY)
def _kernel(generator: Generator) -> Kernel:
    return generator.kernel()


def _exact(number: float) -> Fraction:
    """Return a number as it is written: 0.1 is a tenth."""
    return Fraction(str(number))
