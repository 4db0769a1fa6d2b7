"""Where numbers and choices go in: stepper, segments, choice, slider."""

from collections.abc import Callable
from time import monotonic

from PyQt6.QtCore import QEvent, QSignalBlocker, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PyQt6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QPushButton,
    QSizePolicy,
    QSlider,
    QSpinBox,
)

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import Button, named, row, undoes

_BURST = 0.4  # seconds between two turns of the wheel that still belong together


class _StepButton(Button):
    """One of the two ends of a stepper; a press that is held is one gesture."""

    pressed_anew = pyqtSignal()

    def __init__(self, icon: str) -> None:
        super().__init__(icon=icon, role="step", tint="muted")
        self.setIconSize(QSize(14, 14))
        self.setAutoRepeat(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Begin a gesture."""
        self.pressed_anew.emit()
        super().mousePressEvent(event)


class _Spin(QSpinBox):
    """A spin box that speaks when its number is settled and knows what belongs together."""

    def __init__(self) -> None:
        super().__init__()
        self.gesture: object = None
        self._turned = 0.0
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFont(theme.face(theme.BODY, theme.SEMIBOLD))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def event(self, event: QEvent | None) -> bool:
        """Leave undo to the page, unless something typed is not settled yet."""
        edit = self.lineEdit()
        return False if undoes(event) and edit and not edit.isModified() else super().event(event)

    def commit(self) -> None:
        """Take what is typed."""
        self.interpretText()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Take a held key as one gesture."""
        if event and not event.isAutoRepeat():
            self.gesture = object()
        super().keyPressEvent(event)
        edit = self.lineEdit()
        if event and edit and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            edit.setModified(False)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Turn only where the focus is; a burst is one gesture."""
        if event and not self.hasFocus():
            event.ignore()
            return
        if monotonic() - self._turned > _BURST:
            self.gesture = object()
        self._turned = monotonic()
        super().wheelEvent(event)


class Stepper(QFrame):
    """[-  1  +]: two targets a finger hits, and a number that can be typed between them.

    Signals:
        changed: the new number, and the gesture it belongs to
    """

    changed = pyqtSignal(int, object)

    def __init__(self, name: str, accessible: str, span: tuple[int, int], tip: str = "") -> None:
        super().__init__()
        self.setProperty("role", "stepper")
        self.box = _Spin()
        self.box.setRange(*span)
        self.box.setFixedWidth(30)
        named(self.box, name, accessible, tip)
        self.less, self.more = _StepButton("minus"), _StepButton("plus")
        named(self.less, f"{name}.less", f"{accessible}: less", tip)
        named(self.more, f"{name}.more", f"{accessible}: more", tip)
        for button, step in ((self.less, -1), (self.more, 1)):
            button.pressed_anew.connect(self._begin)
            button.clicked.connect(self._stepper(step))
        inner = row(self.less, self.box, self.more, gap=0)
        inner.setContentsMargins(2, 1, 2, 1)
        self.setLayout(inner)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.box)
        self.box.valueChanged.connect(self._tell)

    def show_value(self, value: int) -> None:
        """Show a number without telling anyone."""
        with QSignalBlocker(self.box):
            self.box.setValue(value)
        self._dim()

    def set_range(self, low: int, high: int) -> None:
        """Change what can be chosen without telling anyone."""
        with QSignalBlocker(self.box):
            self.box.setRange(low, high)
        self._dim()

    def _stepper(self, step: int) -> Callable[[], None]:
        return lambda: self.box.setValue(self.box.value() + step)

    def _begin(self) -> None:
        self.box.gesture = object()

    def _tell(self, value: int) -> None:
        self._dim()
        self.changed.emit(value, self.box.gesture)

    def _dim(self) -> None:
        self.less.setEnabled(self.box.value() > self.box.minimum())
        self.more.setEnabled(self.box.value() < self.box.maximum())


class Segments(QFrame):
    """A few words of which one is chosen.

    Signals:
        chosen: which one, as the user picked it
    """

    chosen = pyqtSignal(int)

    def __init__(self, name: str, words: tuple[str, ...], tips: tuple[str, ...]) -> None:
        super().__init__()
        self.setProperty("role", "segments")
        self.group = QButtonGroup(self)
        inner = row(gap=0)
        for index, (word, tip) in enumerate(zip(words, tips, strict=True)):
            button = QPushButton(word)
            button.setFont(theme.face(theme.BODY, theme.MEDIUM))
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the arrows to the page
            named(button, f"{name}.{word.split()[0].lower()}", word, tip)
            self.group.addButton(button, index)
            inner.addWidget(button)
        inner.setContentsMargins(2, 2, 2, 2)
        self.setLayout(inner)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.group.idClicked.connect(self.chosen)

    def fit(self, room: int, shorter: tuple[tuple[str, ...], ...]) -> int:
        """Write the longest words that there is room for, and return how wide they are.

        Args:
            room: px
            shorter: words to choose from, the longest first
        """
        wide, inner = 0, self.layout()
        for words in shorter:
            for button, word in zip(self.group.buttons(), words, strict=True):
                button.setText(word)
            if inner is not None:
                inner.invalidate()  # or it would be as wide as with the words before
            self.updateGeometry()
            wide = self.sizeHint().width()
            if wide <= room:
                break
        return wide

    def show_choice(self, index: int) -> None:
        """Show which one is chosen; -1 for none of them."""
        self.group.setExclusive(False)
        for button in self.group.buttons():
            button.setChecked(self.group.id(button) == index)
        self.group.setExclusive(index >= 0)


class Choice(QComboBox):
    """A list of which one is chosen; the wheel passes over it unless it has the focus.

    Signals:
        picked: the key of the one the user chose
    """

    picked = pyqtSignal(str)

    def __init__(self, name: str, accessible: str, tip: str = "") -> None:
        super().__init__()
        named(self, name, accessible, tip)
        self.setFont(theme.face(theme.BODY))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._by_mouse = False
        self.activated.connect(lambda index: self.picked.emit(self.itemData(index)))

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Remember that the list was opened with the mouse."""
        self._by_mouse = True
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Remember that the list is used with the keyboard."""
        self._by_mouse = False
        super().keyPressEvent(event)

    def hidePopup(self) -> None:
        """After the mouse, give the keys back to the page: Space plays again."""
        super().hidePopup()
        if self._by_mouse:
            self.clearFocus()

    def show_choice(self, key: str) -> None:
        """Show the entry with that key."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(key))

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Turn only where the focus is."""
        if self.hasFocus():
            super().wheelEvent(event)
        elif event:
            event.ignore()


class Slider(QSlider):
    """A line to drag along."""

    def __init__(self, name: str, accessible: str, tip: str = "", role: str = "") -> None:
        super().__init__(Qt.Orientation.Horizontal)
        named(self, name, accessible, tip)
        self.setProperty("role", role)
        self.setMinimumHeight(24)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Go straight to where the line is clicked."""
        if event and event.button() == Qt.MouseButton.LeftButton and self.maximum() > 0:
            share = (event.position().x() - 8) / max(1, self.width() - 16)
            self.setSliderPosition(
                round(share * (self.maximum() - self.minimum())) + self.minimum()
            )
        super().mousePressEvent(event)

    def show_value(self, value: int, maximum: int) -> None:
        """Show a place without telling anyone."""
        with QSignalBlocker(self):
            if self.maximum() != maximum:
                self.setMaximum(maximum)
            self.setValue(value)
