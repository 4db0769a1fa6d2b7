"""The dialog for everything that leaves the program: what, how, a look at it, Save and Copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PyQt6.QtCore import QEvent, Qt, QTimer, pyqtBoundSignal, pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import (
    QDialog,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cnnstudio.gui import theme
from cnnstudio.gui.exporting.export_choice import KINDS, ExportChoice
from cnnstudio.gui.exporting.export_forms import Form, NumbersForm, PictureForm, StepsForm
from cnnstudio.gui.exporting.preview import Preview
from cnnstudio.gui.widgets.controls import column, label, named, row, set_role
from cnnstudio.gui.widgets.inputs import Segments

_PATIENCE_MS = 300  # what takes less needs no sign that it is under way


class ExportDialog(QDialog):
    """Shows a choice and a look at what comes of it; says what the user does.

    Signals:
        chosen: the ExportChoice, whenever something of it changed
        saving, copying: what is shown is wanted as a file, or on the clipboard
        stopping: what is being written is not wanted any more
        dressed: another theme is worn
    """

    chosen = pyqtSignal(object)
    saving = pyqtSignal()
    copying = pyqtSignal()
    stopping = pyqtSignal()
    dressed = pyqtSignal()

    def __init__(
        self,
        parent: QWidget,
        choice: ExportChoice,
        widths: Sequence[int],
        speeds: Sequence[float],
    ) -> None:
        super().__init__(parent)
        self.setObjectName("window.export_dialog")
        self.setWindowTitle("Export")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.choice = choice
        words = ("Picture", "Numbers", "Steps")
        tips = ("A stage, or all of the workspace", "For other programs", "The kernel as it slides")
        self.kinds = Segments("export.kind", words, tips)
        self.picture, self.numbers = PictureForm(), NumbersForm()
        self.steps = StepsForm(widths, speeds)
        self.forms: tuple[Form, ...] = (self.picture, self.numbers, self.steps)
        self._stack = QStackedWidget()
        for form in self.forms:
            self._stack.addWidget(form)
            form.changed.connect(self._change)
        self.kinds.chosen.connect(lambda index: self._change({"kind": KINDS[index]}))
        self.preview = Preview("export.preview")
        self.figures = label("", theme.CAPTION, role="muted")
        self.figures.setObjectName("export.figures")
        self.figures.setWordWrap(True)
        self.figures.setMinimumHeight(2 * self.figures.fontMetrics().height() + 2)
        self.figures.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._build()
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_PATIENCE_MS)
        self._late.timeout.connect(self._waiting.show)
        self._waiting.hide()
        self._soon = QTimer(self)  # a theme is put on in several steps, none of them for others
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.dressed)
        self._busy = self._possible = self._told = False
        self._figures = "muted", ""
        self.show_choice(choice)
        self.forms[KINDS.index(choice.kind)].first.setFocus()

    def _build(self) -> None:
        self._bar = QProgressBar()
        named(self._bar, "export.progress", "Writing")
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(4)
        self.stop = self._button("export.stop", "Cancel", self.stopping)
        self._waiting = QWidget()
        self._waiting.setLayout(row(self._bar, self.stop, gap=12))
        keep = self._waiting.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._waiting.setSizePolicy(keep)
        self.leave = self._button("export.close", "Close", self.reject)
        self.copy = self._button("export.copy", "Copy", self.copying)
        self.save = self._button("export.save", "Save…", self.saving)
        self.save.setProperty("role", "primary")
        self.save.setDefault(True)
        left = column(self.kinds, 8, self._stack, None, gap=8)
        right = column(self.preview, self.figures, gap=6)
        body = row(left, right, gap=24)
        body.setStretch(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addLayout(body, 1)
        buttons = row(self._waiting, self.leave, self.copy, self.save)
        buttons.setStretch(0, 1)
        box.addLayout(buttons)

    def _button(
        self, name: str, text: str, do: Callable[[], object] | pyqtBoundSignal
    ) -> QPushButton:
        made = QPushButton(text)
        named(made, name, text.rstrip("…"))
        made.setFont(theme.face(theme.BODY, theme.MEDIUM))
        made.setAutoDefault(False)
        made.clicked.connect(lambda _on: do.emit() if isinstance(do, pyqtBoundSignal) else do())
        return made

    def show_choice(self, choice: ExportChoice) -> None:
        """Show what is chosen."""
        self.choice = choice
        self.kinds.show_choice(KINDS.index(choice.kind))
        self._stack.setCurrentIndex(KINDS.index(choice.kind))
        for form in self.forms:
            form.show_choice(choice)

    def show_look(self, image: QImage | None, words: str, figures: str, possible: bool) -> None:
        """Show what would be written.

        Args:
            image: a small picture of it; None for none
            words: what stands in its place
            figures: how large it is; or why it cannot be written
            possible: whether it can be
        """
        self.preview.show_image(image, words)
        self._figures = "muted" if possible else "warning", figures
        self._show_figures()
        self._possible = possible
        self._agree()

    def wait(self) -> None:
        """Say that it is being looked at; what was shown stays."""
        self._possible = False
        self._agree()

    def show_busy(self, busy: bool) -> None:
        """Show whether something is being written, if it takes long enough to be noticed."""
        self._busy = busy
        if busy:
            self._told = False
            self._show_figures()
            self._bar.setRange(0, 0)
            self._late.start()
        else:
            self._late.stop()
            self._waiting.hide()
        for part in (self.kinds, self._stack):
            part.setEnabled(not busy)
        self._agree()

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the writing is."""
        self._bar.setRange(0, 1000 if total else 0)
        self._bar.setValue(1000 * done // max(1, total))

    def tell(self, sentence: str, role: str) -> None:
        """Say what became of it; that stays until the user wants something else."""
        self._told = True
        set_role(self.figures, role)
        self.figures.setText(sentence)

    def _show_figures(self) -> None:
        """Say how large it is, unless there is still something else to be read."""
        if not self._told:
            role, words = self._figures
            set_role(self.figures, role)
            self.figures.setText(words)

    def _agree(self) -> None:
        """Offer what can be done."""
        for button in (self.save, self.copy):
            button.setEnabled(self._possible and not self._busy)

    def _change(self, changes: dict[str, Any]) -> None:
        self._told = False
        self.show_choice(replace(self.choice, **changes))
        self.chosen.emit(self.choice)

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event and event.type() == QEvent.Type.PaletteChange and hasattr(self, "_soon"):
            self._soon.start()
