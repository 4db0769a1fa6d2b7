"""The buttons that change a whole kernel, and what is chosen beside them."""

from PyQt6.QtCore import QSize, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.actions import Actions
from cnnstudio.gui.widgets.controls import Button, column, label, row
from cnnstudio.gui.widgets.inputs import Choice, Segments, Stepper
from cnnstudio.lab.kernel_edits import SYMMETRIES
from cnnstudio.lab.kernel_text import FORMS

HEIGHT = 28  # px of a line of the panel
_CLOSE, _APART = 2, 8  # px between two lines: the least, and the most
LOW = "min-height: 22px; padding: 2px 8px;"  # of a choice: as high as a line
WIDTH = 340  # px
_SEEDS = (1, 9999)
_FORMS = {"tabs": "tabs", "spaces": "spaces", "python": "Python", "numpy": "NumPy"}
_TURNS = ("turn_right", "turn_left", "turn_half")
_MIRRORS = ("mirror_across", "mirror_down", "transpose")
_WORDS = {
    "negate": "Negate",
    "normalise": "Normalise",
    "scale": "Scale…",
    "zero": "Zero",
    "random": "Random",
    "copy": "Copy",
    "paste": "Paste",
}


class KernelButtons(QWidget):
    """Turn, mirror, negate and so on; symmetry, seed, form of a copy, and the way it is applied.

    Signals:
        symmetry_picked: which weights are to change along, see `kernel_edits.SYMMETRIES`
        flipped: whether a true convolution is wanted
    """

    symmetry_picked = pyqtSignal(str)
    flipped = pyqtSignal(bool)

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self.ways = Segments(
            "convolution.flipped",
            ("correlation", "true convolution"),
            (
                "The kernel is laid on the picture as it is: what networks call convolution",
                "Each slice is turned by 180° before it meets the pixels: what mathematics calls "
                "convolution (T)",
            ),
        )
        self.ways.setProperty("compact", True)
        self.ways.setFixedHeight(HEIGHT)
        self.ways.chosen.connect(lambda index: self.flipped.emit(index == 1))
        self.symmetry = Choice(
            "convolution.symmetry",
            "Symmetry",
            "Weights that change along with the one that is typed, turned or dragged",
        )
        for key, words in SYMMETRIES.items():
            self.symmetry.addItem(words, key)
        self.symmetry.picked.connect(self.symmetry_picked)
        tip = "Random weights are drawn by this number: the same seed brings the same weights"
        self.seed = Stepper("convolution.seed", "Seed", _SEEDS, tip)
        self.seed.box.setFixedWidth(38)
        self.seed.setProperty("compact", True)
        self.seed.setFixedHeight(HEIGHT)
        self.form = Choice("convolution.form", "Form of a copy", "How the numbers are written")
        for key in FORMS:
            self.form.addItem(_FORMS[key], key)
        for choice, wide in ((self.symmetry, 190), (self.form, 92)):
            choice.setFixedWidth(wide)
            choice.setStyleSheet(LOW)
        made = {name: self._button(name, text) for name, text in _WORDS.items()}
        turns = [self._icon(name) for name in _TURNS]
        mirrors = [self._icon(name) for name in _MIRRORS]
        files = [self._icon(name) for name in ("open", "save")]
        title = label("Change it", theme.BODY, theme.SEMIBOLD)
        lines = (
            _line(title, None, self.ways),
            _line(*turns, 4, *mirrors, 8, made["negate"], made["zero"], None),
            _line(made["random"], made["normalise"], made["scale"], None),
            _line(label("seed", theme.CAPTION, role="muted"), self.seed, 8, self.symmetry, None),
            _line(made["copy"], self.form, made["paste"], *files, None),
        )
        self._lines, self._count = column(*lines, None, gap=_CLOSE), len(lines)
        self.setLayout(self._lines)
        self.setFixedWidth(WIDTH)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the lines apart as far as there is room."""
        super().resizeEvent(event)
        spare = (self.height() - self._count * HEIGHT) // self._count
        self._lines.setSpacing(max(_CLOSE, min(spare, _APART)))

    def show_flipped(self, flipped: bool) -> None:
        """Show whether the kernel is turned as it is applied."""
        self.ways.show_choice(int(flipped))

    def _button(self, name: str, word: str) -> Button:
        made = Button(word, role="small")
        made.setProperty("line", True)
        made.setFont(theme.face(theme.CAPTION, theme.MEDIUM))
        return self._follow(made, name)

    def _icon(self, name: str) -> Button:
        made = Button(icon=name, role="icon")
        made.setIconSize(QSize(18, 18))
        made.setProperty("line", True)
        return self._follow(made, name)

    def _follow(self, made: Button, name: str) -> Button:
        made.follow(self._actions[f"kernel.{name}"])
        made.setObjectName(f"convolution.kernel_{name}")
        made.setFixedHeight(HEIGHT)
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return made


def _line(*items: QWidget | int | None) -> QHBoxLayout:
    made = row(*items, gap=4)
    made.addStrut(HEIGHT)
    return made
