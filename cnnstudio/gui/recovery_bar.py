"""The bar that offers work an earlier window left behind."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import Button, label, named, panel, row


class RecoveryBar(QWidget):
    """Offers what an earlier window left behind; stands there until it is answered.

    Signals:
        continued: the user wants it back
        dismissed: the user does not want it
    """

    continued = pyqtSignal()
    dismissed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", theme.BODY)
        self.words.setObjectName("window.recovery_words")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self._buttons = []
        for text, name, tip, signal in (
            ("Continue", "continue", "Put it back on the bench", self.continued),
            ("Start fresh", "dismiss", "Throw it away", self.dismissed),
        ):
            button = Button(text, role="small")
            named(button, f"window.recovery_{name}", f"{text}: {tip}", tip)
            button.clicked.connect(signal)
            self._buttons.append(button)
        card: QFrame = panel(row(self.words, None, *self._buttons, gap=8), margins=(14, 6, 10, 6))
        box = row(card)
        box.setContentsMargins(20, 8, 20, 0)
        self.setLayout(box)
        self.hide()

    def offer(self, sentence: str) -> None:
        """Say what there is."""
        self.words.setText(sentence)
        self.answerable(True)
        self.show()

    def answerable(self, on: bool) -> None:
        """Let it be answered, or not while it is being read."""
        for button in self._buttons:
            button.setEnabled(on)
