"""The bar that offers work earlier windows left behind."""

from collections.abc import Callable

from PyQt6.QtCore import Qt, pyqtBoundSignal, pyqtSignal
from PyQt6.QtWidgets import QLabel, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import Button, column, label, named, panel, row


class RecoveryBar(QWidget):
    """Offers what an earlier window left behind; stands there until it is answered.

    Signals:
        continued: the user wants it back
        put_off: not now, but at the next start
        discarded: the user does not want it
        brought_back: the user wants it, after all
    """

    continued = pyqtSignal()
    put_off = pyqtSignal()
    discarded = pyqtSignal()
    brought_back = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.words = _words("window.recovery_words")
        self.gone = _words("window.recovery_gone")
        self._buttons = [
            _button("Continue", "continue", "Put it back on the bench", self.continued),
            _button("Not now", "later", "Offer it again at the next start", self.put_off),
            _button("Discard", "discard", "Throw it away", self.discarded),
            _button("Bring it back", "bring_back", "Offer it again", self.brought_back),
            _button("Hide", "hide", "It goes when the window closes", self._hide),
        ]
        self._offer, self._last = QWidget(), QWidget()
        for line, words, buttons in (
            (self._offer, self.words, self._buttons[:3]),
            (self._last, self.gone, self._buttons[3:]),
        ):
            inner = row(words, *buttons, gap=8)
            inner.setStretch(0, 1)
            line.setLayout(inner)
        card = panel(column(self._offer, self._last, gap=4), margins=(14, 6, 10, 6))
        box = row(card)
        box.setContentsMargins(20, 8, 20, 0)
        self.setLayout(box)
        self.hide()

    def show_words(self, offered: str, gone: str) -> None:
        """Say what there is, and what was thrown away and can be brought back; "" for nothing."""
        self.words.setText(offered)
        self._offer.setVisible(bool(offered))
        self.gone.setText(gone)
        self._last.setVisible(bool(gone))
        self.answerable(True)
        self.setVisible(bool(offered or gone))

    def _hide(self) -> None:
        """Say no more of what was thrown away."""
        self.show_words(self.words.text(), "")

    def answerable(self, on: bool) -> None:
        """Let it be answered, or not while it is being read."""
        for button in self._buttons:
            button.setEnabled(on)


def _words(name: str) -> QLabel:
    made = label("", theme.BODY)
    made.setObjectName(name)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    return made


def _button(text: str, name: str, tip: str, slot: Callable[[], None] | pyqtBoundSignal) -> Button:
    made = Button(text, role="small")
    named(made, f"window.recovery_{name}", f"{text}: {tip}", tip)
    made.clicked.connect(slot)
    return made
