"""The window with the set-up as code: which library, the code to read, copy and save."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QDialog, QFrame, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import label, named, panel, row
from cnnstudio.gui.widgets.inputs import Segments
from cnnstudio.lab.code.snippet import libraries, snippet
from cnnstudio.lab.convolution import ConvolutionBench

_FACES = ["DejaVu Sans Mono", "JetBrains Mono", "Consolas", "Menlo", "monospace"]
_SIZE, _SPARE = (860, 680), 60  # px: at most, and above it where the window is low


class CodeDialog(QDialog):
    """Shows what is on the bench as a program, for as long as it is open.

    Signals:
        library_chosen: the name of the library, as the user picked it
        copy_wanted, save_wanted: the code is wanted on the clipboard, or in a file
    """

    library_chosen = pyqtSignal(str)
    copy_wanted = pyqtSignal()
    save_wanted = pyqtSignal()

    def __init__(self, parent: QWidget, library: str) -> None:
        super().__init__(parent)
        self.setObjectName("window.code_dialog")
        self.setWindowTitle("Copy as code")
        self.library = library if library in libraries() else next(iter(libraries()))
        words = tuple(libraries())
        tips = tuple(f"The set-up as a program with {name}" for name in words)
        self.segments = Segments("window.code_library", words, tips)
        self.segments.show_choice(words.index(self.library))
        self.segments.chosen.connect(self._choose)
        self.view = QPlainTextEdit()
        named(self.view, "window.code", "Code")
        self.view.setReadOnly(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.view.setTabChangesFocus(True)
        self.view.setFont(code_face())
        transparent(self.view)
        self.reason = label("")
        self.reason.setObjectName("window.code_reason")
        self.reason.setWordWrap(True)
        self.copy, self.save = QPushButton("Copy"), QPushButton("Save…")
        close = QPushButton("Close")
        self.copy.setProperty("role", "primary")
        self.copy.setDefault(True)
        for button, name, slot in (
            (self.copy, "window.code_copy", self.copy_wanted.emit),
            (self.save, "window.code_save", self.save_wanted.emit),
            (close, "window.code_close", self.close),
        ):
            named(button, name, button.text().rstrip("…"))
            button.setFont(theme.face(theme.BODY, theme.MEDIUM))
            button.clicked.connect(slot)
        about = "A whole program that makes the same numbers; it follows the bench."
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addLayout(row(self.segments, 8, label(about, role="muted"), None))
        inner = QVBoxLayout()
        inner.addWidget(self.view)
        inner.addWidget(self.reason, 1)
        box.addWidget(panel(inner, margins=(12, 8, 8, 8)), 1)
        box.addLayout(row(None, close, self.save, self.copy))
        window = parent.window() or parent
        self.resize(min(_SIZE[0], window.width()), min(_SIZE[1], window.height() - _SPARE))
        self._bench: ConvolutionBench | None = None

    @property
    def code(self) -> str:
        """The code that is shown; an empty text if there is none."""
        return self.view.toPlainText() if self.copy.isEnabled() else ""

    def show_bench(self, bench: ConvolutionBench) -> None:
        """Show the code of a bench, at the line that was seen before."""
        self._bench = bench
        code = reason = ""
        try:
            code = snippet(bench, self.library)
        except ValueError as error:
            reason = f"{error}."
        self.view.setVisible(not reason)
        self.reason.setVisible(bool(reason))
        self.reason.setText(reason)
        for button in (self.copy, self.save):
            button.setEnabled(not reason)
        bars = self.view.verticalScrollBar(), self.view.horizontalScrollBar()
        places = [bar.value() if bar else 0 for bar in bars]
        if code != self.view.toPlainText():
            self.view.setPlainText(code)
        for bar, place in zip(bars, places, strict=True):
            if bar:
                bar.setValue(place)

    def _choose(self, index: int) -> None:
        self.library = tuple(libraries())[index]
        self.library_chosen.emit(self.library)
        if self._bench is not None:
            self.show_bench(self._bench)


def transparent(view: QPlainTextEdit) -> None:
    """Let a text show the card it lies on."""
    if (inside := view.viewport()) is not None:
        inside.setAutoFillBackground(False)


def code_face() -> QFont:
    """Return the face for code: every letter as wide as the others, and the zero marked."""
    font = QFont(_FACES)
    font.setPointSizeF(theme.CAPTION)
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setFixedPitch(True)
    return font
