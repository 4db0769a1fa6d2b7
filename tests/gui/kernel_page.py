"""The kernel in a user's words: its grid under wheel and drag, its tab, menu and clipboard."""

from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QGuiApplication, QMouseEvent, QWheelEvent
from PyQt6.QtWidgets import QApplication

from tests.gui.hand import LEFT

SHIFT, NOTHING = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
_NONE = Qt.MouseButton.NoButton


class KernelHand:
    """Wheel and drag over the cells of a grid of weights."""

    def __init__(self, grid, hand):
        self.grid, self.hand = grid, hand

    def at(self, row, column):
        """The middle of a cell."""
        return self.grid.rect_of(row, column).center()

    def click(self, row, column):
        self.hand.click(self.grid, self.at(row, column))

    def turn(self, row, column, notches, shift=False, on=None, delta=120):
        """Turn the wheel over a cell; say whether anyone wanted it."""
        widget, point = on or self.grid, self.at(row, column)
        if on is not None:
            point = QPointF(on.rect().center())
        overall = QPointF(widget.mapToGlobal(point.toPoint()))
        turned, held = QPoint(0, delta * notches), SHIFT if shift else NOTHING
        phase = Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(point, overall, QPoint(), turned, _NONE, held, phase, False)
        event.ignore()
        widget.wheelEvent(event)
        return event.isAccepted()

    def drag(self, row, column, *ups, shift=False):
        """Press on a cell, go up by so many px at each step, and let go."""
        point = QPointF(self.at(row, column).toPoint())
        self.hand.push(self.grid, point)
        for up in ups:
            point = QPointF(point.x(), point.y() - up)
            overall = QPointF(self.grid.mapToGlobal(point.toPoint()))
            held = SHIFT if shift else NOTHING
            kind = QEvent.Type.MouseMove
            event = QMouseEvent(kind, point, overall, _NONE, LEFT, held)
            QApplication.sendEvent(self.grid, event)
        self.hand.let_go(self.grid, point)


def copy_text(text):
    """Have a text on the clipboard."""
    QGuiApplication.clipboard().setText(text)


def copied():
    """The text on the clipboard."""
    return QGuiApplication.clipboard().text()


def rows(kernel, channel=0):
    """The weights of a slice."""
    return [list(row) for row in kernel.cells[channel]]


class KernelPage:
    """The tab "Kernel" in the window."""

    def __init__(self, page):
        self.page, self.hand = page, page.hand
        workspace = page.workspace
        self.tools = workspace.features.kernel_tools
        workspace.page.tray.turn_to("kernel")
        workspace.show_state(workspace.document.state)

    @property
    def panel(self):
        return self.tools.panel

    @property
    def kernel(self):
        return self.page.bench.kernel

    def do(self, command):
        """Give a command of the Kernel menu."""
        self.page.workspace.actions_[f"kernel.{command}"].trigger()

    def click(self, name):
        self.hand.click(self.page.find(name))

    def pick(self, name, words):
        """Open a list and pick an entry."""
        choice = self.page.find(name)
        self.hand.click(choice)
        self.page.press("Home")
        while choice.view().currentIndex().data() != words:
            self.page.press("Down")
        self.page.press("Return")

    def type(self, name, text):
        """Type a number into a field of the tab."""
        self.hand.double_click(self.page.find(name))
        self.page.press("Ctrl+A")
        self.page.type(text)
        self.page.press("Return")

    def fact(self, name):
        """What is written beside a name, all of it."""
        return self.panel.meaning.lines[name].toolTip()

    def drag(self, name, *shares):
        """Drag the handle of a slider along; 0 is its left end, 1 its right one."""
        line = self.page.find(f"{name}.line")
        points = [QPointF(8 + share * (line.width() - 16), line.height() / 2) for share in shares]
        self.hand.push(line, points[0])
        for point in points[1:]:
            self.hand.move(line, point)
        self.hand.let_go(line, points[-1])
