"""The window for a folder of pictures: from where, to where, how numbers become gray, progress."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import ElidedLabel, label, named, panel, row, set_role
from cnnstudio.gui.widgets.inputs import Segments
from cnnstudio.gui.workspaces.convolution.export.code_dialog import transparent
from cnnstudio.lab.batch import Found, Outcome
from cnnstudio.lab.batch_maps import SHOWN, Shown
from cnnstudio.lab.number import many

_WIDTH = 660
_KEYS: tuple[Shown, ...] = tuple(SHOWN)
_COLOURS = ("Each channel by itself", "Added up")
_COLOURS_ABOUT = (
    "A colour picture stays one, as in a photo editor.",
    "A colour picture becomes one gray map.",
)


class BatchDialog(QDialog):
    """Asks what is done to which folder, shows how far it is, and what came of it.

    Signals:
        source_wanted, target_wanted: another folder is to be chosen
        start_wanted, stop_wanted, folder_wanted: the results are to be made, left, looked at
    """

    source_wanted = pyqtSignal()
    target_wanted = pyqtSignal()
    start_wanted = pyqtSignal()
    stop_wanted = pyqtSignal()
    folder_wanted = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("window.batch_dialog")
        self.setWindowTitle("Apply to a folder")
        self.title = label("", theme.TITLE, theme.SEMIBOLD)
        self.about = label("", theme.CAPTION, role="muted")
        self.about.setWordWrap(True)
        self.source, self.found = ElidedLabel(role=""), _caption()
        self.target, self.kept = ElidedLabel(role=""), _caption()
        self.kept.show_text("Only new files are made: no picture is ever written over.")
        self.from_button = self._button("Choose…", "window.batch_from", "Choose the pictures")
        self.to_button = self._button("Choose…", "window.batch_to", "Choose where results go")
        tips = tuple(SHOWN.values())
        self.shown = Segments("window.batch_shown", ("Clip", "Absolute", "+128", "Stretch"), tips)
        if (plus := self.shown.group.button(2)) is not None:
            plus.setObjectName("window.batch_shown.plus")  # a name of letters, for scripts
        self.shown_about = _caption()
        self.colours = Segments("window.batch_colours", _COLOURS, _COLOURS_ABOUT)
        self.colours_about = _caption()
        about = ("The numbers of the feature map", "The numbers after the activation")
        self.stage = Segments("window.batch_stage", ("Feature map", "Activation"), about)
        about = ("Pictures of 8 bits", "The exact numbers, too, as NumPy reads them")
        self.files = Segments("window.batch_files", ("PNG", "With NPY"), about)
        self.index = {"shown": 0, "colours": 0, "stage": 0, "files": 0}
        for name in self.index:
            segments: Segments = getattr(self, name)
            segments.chosen.connect(lambda index, name=name: self.choose(name, index))
            self.choose(name, 0)
        self._make_outcome()
        self._make_buttons()
        self._lay_out()
        self.show_busy(False)
        self.card.hide()
        self.folder_button.hide()

    def _make_outcome(self) -> None:
        self.bar = QProgressBar()
        named(self.bar, "window.batch_bar", "Progress")
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(4)
        self.state = ElidedLabel(theme.BODY, "")
        self.state.setObjectName("window.batch_state")
        self.report = QPlainTextEdit()
        named(self.report, "window.batch_report", "What could not be done, and what was noted")
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setFrameShape(QFrame.Shape.NoFrame)
        self.report.setFont(theme.face(theme.CAPTION))
        self.report.setMinimumHeight(80)
        transparent(self.report)
        inner = QVBoxLayout()
        inner.addWidget(self.report)
        self.card = panel(inner, margins=(8, 6, 6, 6))

    def _make_buttons(self) -> None:
        self.close_button = self._button("Close", "window.batch_close", "Close")
        self.folder_button = self._button("Open folder", "window.batch_open", "Open folder")
        self.start = self._button("Start", "window.batch_start", "Start")
        self.stop = self._button("Cancel", "window.batch_cancel", "Cancel")
        self.stop.setProperty("role", "primary")
        self._may_start = False
        self.start.setDefault(True)
        for button, signal in (
            (self.from_button, self.source_wanted),
            (self.to_button, self.target_wanted),
            (self.folder_button, self.folder_wanted),
            (self.start, self.start_wanted),
            (self.stop, self.stop_wanted),
        ):
            button.clicked.connect(lambda _checked, signal=signal: signal.emit())
        self.close_button.clicked.connect(self.close)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget, QWidget | None, QWidget | None], ...] = (
            ("Pictures", self.source, self.found, self.from_button),
            ("Results", self.target, self.kept, self.to_button),
            ("Numbers as gray", self.shown, self.shown_about, None),
            ("Colours", self.colours, self.colours_about, None),
            ("From", self.stage, None, None),
            ("Files", self.files, None, None),
        )
        for index, (name, field, about, button) in enumerate(rows):
            line = 3 * index
            grid.addWidget(label(name), line, 0)
            if isinstance(field, Segments):
                grid.addWidget(field, line, 1, Qt.AlignmentFlag.AlignLeft)
            else:
                grid.addWidget(field, line, 1)
            if button:
                grid.addWidget(button, line, 2)
            if about:
                grid.addWidget(about, line + 1, 1, 1, 2)
            grid.setRowMinimumHeight(line + 2, 8)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(8)
        box.addWidget(self.title)
        box.addWidget(self.about)
        box.addSpacing(8)
        box.addLayout(grid)
        box.addWidget(self.bar)
        box.addWidget(self.state)
        box.addWidget(self.card, 1)
        box.addLayout(row(None, self.close_button, self.folder_button, self.stop, self.start))
        self.setMinimumWidth(_WIDTH)

    @staticmethod
    def _button(text: str, name: str, accessible: str) -> QPushButton:
        made = QPushButton(text)
        named(made, name, accessible)
        made.setFont(theme.face(theme.BODY, theme.MEDIUM))
        made.setAutoDefault(False)
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return made

    @property
    def shown_key(self) -> Shown:
        """How numbers become gray."""
        return _KEYS[self.index["shown"]]

    def choose(self, name: str, index: int) -> None:
        """Choose one of a row of words."""
        self.index[name] = index
        segments: Segments = getattr(self, name)
        segments.show_choice(index)
        if name == "shown":
            self.shown_about.show_text(f"{SHOWN[self.shown_key]}.")
        elif name == "colours":
            self.colours_about.show_text(_COLOURS_ABOUT[index])

    def show_filter(self, name: str, about: str, activation: str) -> None:
        """Show what is applied; without an activation there is only the feature map."""
        self.title.setText(f"{name[:1].upper()}{name[1:]}, on every picture of a folder")
        self.about.setText(about)
        if not activation:
            self.choose("stage", 0)
        button = self.stage.group.button(1)
        if button:
            button.setText(f"After {activation}" if activation else "Activation")
            button.setEnabled(bool(activation))

    def show_source(self, source: Path | None, found: Found | None, reason: str = "") -> None:
        """Show the folder of the pictures and what is in it."""
        self.source.show_text(_words(source) if source else "No folder chosen yet")
        text = reason
        if found:
            text = many(len(found.pictures), "picture")
            text += f", {many(found.others, 'other file')}" if found.others else ""
        self.found.show_text(
            text or ("Looking…" if source else "Folders inside of it are left out.")
        )
        self._may_start = bool(found and found.pictures)
        self._offer_start()

    def show_target(self, target: Path | None) -> None:
        """Show where the results go."""
        self.target.show_text(_words(target) if target else "A new folder among the pictures")

    def _offer_start(self) -> None:
        self.start.setEnabled(self._may_start)
        self.start.setToolTip("" if self._may_start else "Choose a folder with pictures first")
        set_role(self.start, "primary" if self._may_start else "")

    def show_busy(self, busy: bool) -> None:
        """Show whether results are being made."""
        self.start.setVisible(not busy)
        self.stop.setVisible(busy)
        self.stop.setEnabled(busy)
        self.bar.setVisible(busy)
        for part in (self.from_button, self.to_button, self.shown, self.colours, self.stage):
            part.setEnabled(not busy)
        self.files.setEnabled(not busy)
        if busy:
            self.folder_button.hide()
            self.card.hide()

    def show_progress(self, done: int, total: int, name: str) -> None:
        """Show how far it is, and which picture is next."""
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self.state.show_text(f"{min(done + 1, total)} of {total}   {name}")

    def show_stopping(self) -> None:
        """Show that it will end in a moment."""
        self.stop.setEnabled(False)
        self.state.show_text("Stopping…")

    def show_outcome(self, words: str, outcome: Outcome | None) -> None:
        """Show what came of it."""
        self.state.show_text(words)
        lines = [*outcome.failures, *outcome.notes] if outcome else []
        self.report.setPlainText("\n".join(lines))
        self.card.setVisible(bool(lines))
        self.folder_button.setVisible(bool(outcome and outcome.written))


def _words(folder: Path) -> str:
    return f"{folder.name}   in {folder.parent}" if folder.name else str(folder)


def _caption() -> ElidedLabel:
    return ElidedLabel(theme.CAPTION, "muted")
