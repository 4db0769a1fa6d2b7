"""The status bar: what a click does here, what is opened or saved, position, value and sizes."""

from PyQt6.QtCore import QPoint, QRect, Qt, QTimer
from PyQt6.QtGui import QAction, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QProgressBar, QStatusBar, QStyle, QStyleOption, QStylePainter

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import Button, label, set_role

_SAY_MS, _WARN_MS = 8000, 30000
_PATIENCE_MS = 300  # what takes less needs no sign that it is under way
_LEFT, _GAP = 6, 8  # px before what is said, and after each thing beside it
_FOLDED = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


class Status(QStatusBar):
    """One line of words on the left, figures on the right.

    For a long sentence the figures make room; a longer one has two lines.
    """

    def __init__(self, cancel: QAction, in_part: QAction) -> None:
        """Take what cancels the opening, and what shows a part of a picture (see `offer`)."""
        super().__init__()
        self._in_part = in_part
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
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(120, 4)
        self._cancel = Button("Cancel", role="small")
        self._cancel.setFont(theme.face(theme.CAPTION, theme.MEDIUM))
        self._cancel.follow(cancel)
        self._cancel.setObjectName("window.cancel")
        self._show_part = Button("Show what there is", role="small")
        self._show_part.setParent(self)  # stands where the words end
        self._show_part.setFont(theme.face(theme.CAPTION, theme.MEDIUM))
        self._show_part.follow(in_part)
        self._show_part.setObjectName("window.show_part")
        in_part.changed.connect(lambda: self._show_part.setVisible(in_part.isEnabled()))
        in_part.setEnabled(False)
        self.addWidget(self._hint, 1)
        self._beside = (self._bar, self._cancel, self._figures)
        for part in self._beside:
            self.addPermanentWidget(part)
        self._show_part.hide()
        self.messageChanged.connect(self._make_room)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_PATIENCE_MS)
        self._late.timeout.connect(lambda: self._show_busy(True))
        self._busy = False
        self._show_busy(False)

    def say(self, sentence: str) -> None:
        """Say something for a while."""
        set_role(self, "")
        self.showMessage(sentence, _SAY_MS)

    def warn(self, sentence: str) -> None:
        """Say for a good while why something could not be done."""
        set_role(self, "error")
        self.showMessage(sentence, _WARN_MS)

    def offer(self, sentence: str) -> None:
        """Say why a picture could not be opened, and offer what there is of it."""
        self.warn(sentence)
        self._in_part.setEnabled(True)
        self._fold()

    def settle(self) -> None:
        """Let go of what was said about something else once the bench is another one."""
        self.clearMessage()

    def _make_room(self, said: str) -> None:
        self._hint.setVisible(not said)
        self._in_part.setEnabled(False)
        if not said:
            set_role(self, "")
        self._fold()

    def _fold(self) -> None:
        """Give what is said the room it needs."""
        said, metrics = self.currentMessage(), self.fontMetrics()
        self._figures.setVisible(True)
        self._figures.setVisible(not said or metrics.horizontalAdvance(said) <= self._room.width())
        room = self._room
        room.setHeight(10 * metrics.height())
        words = metrics.boundingRect(room, _FOLDED.value, said)
        tall = words.height()
        self.setMinimumHeight(tall + _GAP if tall > 1.5 * metrics.height() else 0)
        size = self._show_part.sizeHint()
        top = (max(self.height(), self.minimumHeight()) - size.height() + 1) // 2
        self._show_part.setGeometry(QRect(QPoint(words.right() + _GAP, top), size))
        self.update()

    @property
    def _room(self) -> QRect:
        """Where something can be said."""
        parts = (self._show_part, *self._beside)
        beside = [part.sizeHint().width() + _GAP for part in parts if not part.isHidden()]
        return QRect(_LEFT, 0, max(1, self.width() - sum(beside) - _LEFT), self.height())

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw what is said, in two lines if need be."""
        painter, about = QStylePainter(self), QStyleOption()
        about.initFrom(self)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelStatusBar, about)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self._room, _FOLDED.value, self.currentMessage())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Make room anew."""
        super().resizeEvent(event)
        self._fold()

    def hint(self, text: str) -> None:
        """Say what a click does here."""
        self._hint.setText(text)

    def figure(self, text: str) -> None:
        """Show position, value and sizes."""
        self._figures.setText(text)

    def show_busy(self, busy: bool, what: str = "Opening") -> None:
        """Show that something is under way, if it takes long enough to be noticed."""
        self._bar.setAccessibleName(what)
        if busy and not self._busy:
            self._bar.setRange(0, 0)
            self._late.start()
        elif not busy:
            self._late.stop()
            self._show_busy(False)
        self._busy = busy

    def show_progress(self, done: int, total: int) -> None:
        """Show how much of it is done."""
        self._bar.setRange(0, 100)
        self._bar.setValue(100 * done // max(1, total))

    def _show_busy(self, busy: bool) -> None:
        self._bar.setVisible(busy)
        self._cancel.setVisible(busy)
        self._fold()
