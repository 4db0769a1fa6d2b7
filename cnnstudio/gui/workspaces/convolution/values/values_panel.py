"""The tray's tab "Values": how often each number occurs, and a line through picture and map."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QHideEvent, QMouseEvent, QShowEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStackedLayout, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import Button, ElidedLabel, column, label, named, row
from cnnstudio.gui.widgets.drawing import Drawing
from cnnstudio.gui.widgets.inputs import Segments
from cnnstudio.gui.workspaces.convolution.values.value_drawings import Counted, histogram_drawing

if TYPE_CHECKING:
    from cnnstudio.gui.widgets.plot import Plot

INPUT, MAP = "input", "map"
EMPTY = "Drag a line over the picture"
_CURVE = f"{EMPTY}: its numbers become a curve"
_IN_HAND = f"{EMPTY}; Shift keeps it straight"
_PATIENCE_MS = 500  # what takes less needs no sign that it is under way
_HEAD = 28  # px
_TIP = "Drag over any picture; Shift keeps it straight; its ends can be moved; Esc takes it away"


class _Sentence(QLabel):
    """A sentence in the place of a plot, which can be clicked.

    Signals:
        clicked: with the left button
    """

    clicked = pyqtSignal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setWordWrap(True)
        self.setFont(theme.face(theme.BODY))
        self.setProperty("role", "muted")

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Take the click."""
        if event and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()


class _Part(QWidget):
    """A name above, a plot, and a line of words below; the plot comes with its first drawing."""

    def __init__(self, name: str, title: str, *tools: QWidget) -> None:
        super().__init__()
        self._name, self._title = f"convolution.{name}", title
        self.plot: Plot | None = None
        self.sentence = _Sentence(f"{self._name}_sentence")
        self.words = ElidedLabel(theme.CAPTION)
        self.words.setObjectName(f"{self._name}_words")
        head = QWidget()
        head.setFixedHeight(_HEAD)
        self._head = row(label(title, theme.BODY, theme.SEMIBOLD), None, *tools)
        head.setLayout(self._head)
        room, self._empty = QWidget(), QWidget()
        self._offer = row(None)
        self._empty.setLayout(column(8, self.sentence, self._offer, None, gap=8))
        self._room = QStackedLayout(room)
        self._room.addWidget(self._empty)
        box = column(head, room, self.words, gap=1)
        box.setStretch(1, 1)
        self.setLayout(box)

    def show_drawing(self, drawing: Drawing, words: str, spoken: str) -> None:
        """Show a plot, and words under it."""
        if self.plot is None:
            from cnnstudio.gui.widgets.plot import Plot  # noqa: PLC0415  with pyqtgraph

            self.plot = Plot(self._name, self._title)
            self._room.addWidget(self.plot)
            self._made(self.plot)
        self.plot.show_drawing(drawing)
        self.plot.setToolTip(spoken)
        self.plot.setAccessibleDescription(spoken or words)
        self._room.setCurrentWidget(self.plot)
        self.words.show_text(words)
        self.words.setToolTip(spoken or words)

    def say(self, sentence: str) -> None:
        """Show a sentence and no plot."""
        self.sentence.setText(sentence)
        self.words.show_text("")
        self._room.setCurrentWidget(self._empty)

    def _made(self, plot: Plot) -> None:
        """Connect the plot, once there is one."""


class _HistogramPart(_Part):
    """A histogram; while a new one is being counted, the old one stays.

    Signals:
        stopped: it is not worth waiting for
    """

    stopped = pyqtSignal()

    def __init__(self, name: str, title: str, *tools: QWidget) -> None:
        self.stop = Button("Stop", role="small")
        self.bar = QProgressBar()
        super().__init__(name, title, self.bar, self.stop, *tools)
        self.counted: Counted | None = None
        self.logarithmic = False
        named(self.stop, f"{self._name}_stop", f"Stop counting: {title}", "Do not count them all")
        self.stop.setFont(theme.face(theme.CAPTION, theme.MEDIUM))
        self.stop.clicked.connect(self.stopped)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(64, 4)
        self.bar.setAccessibleName("How many of the numbers are counted")
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_PATIENCE_MS)
        self._late.timeout.connect(lambda: self._show_progress(True))
        self._show_progress(False)

    def show_counted(self, counted: Counted | None, sentence: str = "") -> None:
        """Show a histogram, or say why there is none."""
        self.counted = counted
        if counted is None:
            self.say(sentence)
        else:
            drawing = histogram_drawing(counted, self.logarithmic)
            self.show_drawing(drawing, counted.told, counted.spoken)

    def wait(self, busy: bool) -> None:
        """Say whether another one is to come; if that takes long, how far it is."""
        if not busy:
            self._late.stop()
            self._show_progress(False)
            return
        if self.stop.isHidden() and not self._late.isActive():
            self._late.start()
        if self.counted is not None:
            self.words.show_text("… to …  ·  mean …")

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _show_progress(self, shown: bool) -> None:
        self.stop.setVisible(shown)
        self.bar.setVisible(shown)


class _ProfilePart(_Part):
    """The profile.

    Signals:
        pointed: the distance on its axis that the pointer is over; NaN when it leaves
    """

    pointed = pyqtSignal(float)

    def __init__(self, name: str, title: str, remove: Button, line: Button) -> None:
        super().__init__(name, title, remove, line)
        self._line = line

    def show_drawing(self, drawing: Drawing, words: str, spoken: str) -> None:
        """Show a plot; the button for another line stands above it."""
        super().show_drawing(drawing, words, spoken)
        self._put("New line", self._head, self._head.count())

    def say(self, sentence: str) -> None:
        """Show a sentence, and the button that does what it says."""
        super().say(sentence)
        self._put("Draw a line", self._offer, 0)

    def _put(self, words: str, box: QHBoxLayout, place: int) -> None:
        """Move the button, if it is not there yet."""
        if self._line.text() != words:
            focused = self._line.hasFocus()
            self._line.setText(words)
            box.insertWidget(place, self._line)
            self._line.show()
            if focused:
                self._line.setFocus()

    def _made(self, plot: Plot) -> None:
        plot.hovered.connect(self.pointed)


class ValuesPanel(QWidget):
    """Two histograms and a profile; knows no bench.

    Signals:
        seen: whether it is on the screen
        stopped: INPUT or MAP, whose counting is not worth waiting for
        line_taken: whether the line is in hand
        line_dropped: the line is wanted no more
        pointed: the distance along the line the pointer is over; None when it leaves
    """

    seen = pyqtSignal(bool)
    stopped = pyqtSignal(str)
    line_taken = pyqtSignal(bool)
    line_dropped = pyqtSignal()
    pointed = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("convolution.values")
        self.heights = Segments(
            "convolution.heights",
            ("linear", "log"),
            ("Bars twice as high for twice as many", "Each step up is ten times as many"),
        )
        self.heights.setProperty("compact", True)
        self.heights.show_choice(0)
        self.heights.chosen.connect(self._choose_heights)
        self.input = _HistogramPart("input_histogram", "Histogram of the input")
        self.map = _HistogramPart("map_histogram", "Histogram of the map", self.heights)
        self.line = Button("Line", role="small")
        self.line.setCheckable(True)
        named(self.line, "convolution.line", "Line over the picture", _TIP)
        self.remove = Button("Remove", role="small")
        for button in (self.line, self.remove):
            button.setProperty("line", True)
        named(self.remove, "convolution.line_remove", "Remove the line", "Take it away (Esc)")
        self.profile = _ProfilePart("profile", "Line profile", self.remove, self.line)
        for name, part in ((INPUT, self.input), (MAP, self.map)):
            part.stopped.connect(lambda name=name: self.stopped.emit(name))
        self.line.clicked.connect(self.line_taken)
        self.remove.clicked.connect(self.line_dropped)
        self.profile.sentence.clicked.connect(lambda: self.line_taken.emit(True))
        self.profile.pointed.connect(lambda at: self.pointed.emit(None if isnan(at) else at))
        self._told = ""  # below the profile, while the pointer is elsewhere
        box = row(self.input, self.map, self.profile, gap=20)
        for index, share in enumerate((12, 12, 16)):
            box.setStretch(index, share)
        self.setLayout(box)
        self.show_line(False, None)

    def part(self, name: str) -> _HistogramPart:
        """Return a histogram by its name."""
        return {INPUT: self.input, MAP: self.map}[name]

    def show_line(self, in_hand: bool, drawing: Drawing | None, words: str = "") -> None:
        """Show a profile, or how to get one.

        Args:
            in_hand: whether the next drag draws
            drawing: the profile, if there is a line
            words: what is said below
        """
        self.line.setChecked(in_hand)
        self.remove.setVisible(drawing is not None)
        if drawing is not None:
            self._told = words
            self.profile.show_drawing(drawing, words, "")
        else:
            self.profile.say(_IN_HAND if in_hand else _CURVE)

    def mark(self, at: float | None, words: str) -> None:
        """Mark a distance along the line, and say below what is there."""
        if self.profile.plot is not None and not self.remove.isHidden():
            self.profile.plot.mark(at)
            self.profile.words.show_text(words or self._told)

    def showEvent(self, event: QShowEvent | None) -> None:
        """Say that somebody looks."""
        super().showEvent(event)
        self.seen.emit(True)

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Say that nobody looks."""
        super().hideEvent(event)
        self.seen.emit(False)

    def _choose_heights(self, index: int) -> None:
        for part in (self.input, self.map):
            part.logarithmic = index == 1
            if part.counted is not None:
                part.show_counted(part.counted)
