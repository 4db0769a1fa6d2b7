"""The status bar: what a click does here, what is being opened, position, value and sizes."""

from PyQt6.QtCore import QTimer
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QProgressBar, QStatusBar

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import Button, label, set_role

_SAY_MS, _WARN_MS = 8000, 30000
_PATIENCE_MS = 300  # what takes less needs no sign that it is under way


class Status(QStatusBar):
    """One line of words on the left, figures on the right."""

    def __init__(self, cancel: QAction) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setFont(theme.face(theme.CAPTION))
        self._hint = label("", theme.CAPTION, role="muted")
        self._figures = label("", theme.CAPTION, theme.MEDIUM)
        self._hint.setObjectName("window.hint")
        self._figures.setObjectName("window.figures")
        self._hint.setContentsMargins(8, 0, 0, 0)
        self._figures.setContentsMargins(0, 0, 8, 0)
        self._bar = QProgressBar()
        self._bar.setObjectName("window.progress")
        self._bar.setAccessibleName("Opening")
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(120, 4)
        self._cancel = Button("Cancel", role="small")
        self._cancel.setFont(theme.face(theme.CAPTION, theme.MEDIUM))
        self._cancel.follow(cancel)
        self._cancel.setObjectName("window.cancel")
        self.addWidget(self._hint, 1)
        for part in (self._bar, self._cancel, self._figures):
            self.addPermanentWidget(part)
        self.messageChanged.connect(self._make_room)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_PATIENCE_MS)
        self._late.timeout.connect(lambda: self._show_busy(True))
        self._show_busy(False)

    def say(self, sentence: str) -> None:
        """Say something for a while."""
        set_role(self, "")
        self.showMessage(sentence, _SAY_MS)

    def warn(self, sentence: str) -> None:
        """Say for a good while why something could not be done."""
        set_role(self, "error")
        self.showMessage(sentence, _WARN_MS)

    def settle(self) -> None:
        """Let go of an error once something else has worked."""
        if self.property("role") == "error":
            self.clearMessage()

    def _make_room(self, said: str) -> None:
        self._hint.setVisible(not said)
        if not said:
            set_role(self, "")

    def hint(self, text: str) -> None:
        """Say what a click does here."""
        self._hint.setText(text)

    def figure(self, text: str) -> None:
        """Show position, value and sizes."""
        self._figures.setText(text)

    def show_busy(self, busy: bool) -> None:
        """Show that something is under way, if it takes long enough to be noticed."""
        if busy:
            self._late.start()
        else:
            self._late.stop()
            self._show_busy(False)

    def _show_busy(self, busy: bool) -> None:
        self._bar.setVisible(busy)
        self._cancel.setVisible(busy)
