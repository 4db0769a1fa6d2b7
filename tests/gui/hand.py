"""A mouse and a keyboard: what they do reaches the window the way a user's own would."""

from PyQt6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PyQt6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QWheelEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication

PATIENCE = 5000  # ms a condition may take
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
_NOTHING = Qt.KeyboardModifier.NoModifier


class Hand:
    """Presses keys wherever the focus is, and moves the mouse over whatever lies on top."""

    def __init__(self, qtbot):
        self.qtbot = qtbot

    def until(self, condition):
        """Wait until something is so."""
        self.qtbot.waitUntil(condition, timeout=PATIENCE)

    def press(self, *keys):
        """Press keys one after the other, each named as in "Shift+Right"."""
        for name in keys:
            combination = QKeySequence(name)[0]
            key = combination.key()
            if name == "Shift+Tab":
                key = Qt.Key.Key_Backtab  # as every platform sends it
            QTest.keyClick(_focused(), key, combination.keyboardModifiers())

    def type(self, text):
        """Type letters, figures and signs."""
        for letter in text:
            QTest.keyClick(_focused(), letter)

    def hold(self, name, times):
        """Hold a key down until it has repeated itself, then let go."""
        key = QKeySequence(name)[0].key()
        press, release = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
        for repeated in [False] + [True] * times:
            self._send(QKeyEvent(press, key, _NOTHING, "", repeated))
        self._send(QKeyEvent(release, key, _NOTHING))

    def click(self, widget, at=None, button=LEFT):
        """Click in the middle of a widget, or at a point of it."""
        QTest.mouseClick(*self._place(widget, button, at))

    def double_click(self, widget, at=None):
        QTest.mouseDClick(*self._place(widget, LEFT, at))

    def push(self, widget, at=None, button=LEFT):
        """Press a mouse button and keep it down."""
        QTest.mousePress(*self._place(widget, button, at))

    def let_go(self, widget, at=None, button=LEFT):
        QTest.mouseRelease(*self._place(widget, button, at))

    def move(self, widget, at=None):
        """Move the mouse over a widget."""
        window, _, _, point = self._place(widget, LEFT, at)
        QTest.mouseMove(window, point)
        QApplication.processEvents()

    def turn(self, widget, notches, at=None):
        """Turn the wheel over a widget; away from the user is more."""
        point = QPointF(at or widget.rect().center())
        overall = QPointF(widget.mapToGlobal(point.toPoint()))
        turned, phase = QPoint(0, 120 * notches), Qt.ScrollPhase.NoScrollPhase
        none = Qt.MouseButton.NoButton
        event = QWheelEvent(point, overall, QPoint(), turned, none, _NOTHING, phase, False)
        QApplication.sendEvent(widget, event)

    def drop(self, widget, data):
        """Drag something over a widget and let go of it there; say whether it was taken."""
        window = widget.window().windowHandle()
        point = widget.mapTo(widget.window(), widget.rect().center())
        copy = Qt.DropAction.CopyAction
        enters = QDragEnterEvent(point, copy, data, LEFT, _NOTHING)
        QApplication.sendEvent(window, enters)
        if enters.isAccepted():
            QApplication.sendEvent(window, QDropEvent(QPointF(point), copy, data, LEFT, _NOTHING))
        return enters.isAccepted()

    @staticmethod
    def encoded(kind, data):
        """What a program hands over that offers a picture in a format."""
        offered = QMimeData()
        offered.setData(kind, data)
        return offered

    def _place(self, widget, button, at):
        point = widget.mapTo(widget.window(), QPointF(at or widget.rect().center()).toPoint())
        assert widget.isVisible(), f"{widget.objectName()} is not there to be clicked"
        return widget.window().windowHandle(), button, _NOTHING, point

    def _send(self, event):
        QApplication.sendEvent(QApplication.focusWidget(), event)


def _focused():
    window = QApplication.focusWindow()
    assert window, "no window has the focus"
    return window


def files(*paths):
    """What a file manager hands over when files are dragged or copied."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    data.setText("\n".join(map(str, paths)))
    return data
