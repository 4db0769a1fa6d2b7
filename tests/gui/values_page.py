"""The Values tab and the inspector in a user's words."""

from PyQt6.QtCore import QEvent, QPointF, Qt
from PyQt6.QtGui import QMouseEvent
from PyQt6.QtWidgets import QApplication

from tests.gui.pages import ConvolutionPage

LEFT = Qt.MouseButton.LeftButton


class ValuesPage(ConvolutionPage):
    """The Convolution workspace with what looks at its numbers."""

    def __init__(self, window, hand):
        super().__init__(window, hand)
        workspace = self.workspace
        self.values = workspace.features.values
        self.inspecting = workspace.features.inspecting
        self.panel = self.values.panel

    def look_at_values(self):
        self.press("V")
        self.hand.until(self.panel.isVisible)

    def look_at_arithmetic(self):
        self.press("L")
        self.hand.until(lambda: not self.panel.isVisible())

    @property
    def counting(self):
        return self.values.busy or self.workspace.showing.busy

    def wait_until_counted(self):
        self.hand.until(lambda: not self.counting)

    @property
    def input_histogram(self):
        return self.panel.input.plot.drawing

    @property
    def map_histogram(self):
        return self.panel.map.plot.drawing

    @property
    def profile(self):
        """The drawing of the profile; None while there is only a sentence."""
        part = self.panel.profile
        return part.plot.drawing if part.plot is not None and part.plot.isVisible() else None

    @property
    def readout(self):
        """What is said below the profile."""
        return self.panel.profile.words.toolTip()

    def take_line(self):
        """Press the button "Line"."""
        self.click("line")

    def drag(self, picture, *cells, shift=False):
        """Drag over a picture from cell to cell."""
        self.hand.push(picture.view, picture.at(*cells[0]))
        for cell in cells[1:]:
            if shift:
                self._send_with_shift(QEvent.Type.MouseMove, picture, cell)
            else:
                self.hand.move(picture.view, picture.at(*cell))
        if shift:
            self._send_with_shift(QEvent.Type.MouseButtonRelease, picture, cells[-1])
        self.hand.let_go(picture.view, picture.at(*cells[-1]))

    @property
    def line(self):
        """Its ends, in rows and columns of the picture from 0; None if there is none."""
        line = self.values.line.line
        return line and (line.start, line.end)

    def over(self, name):
        """What lies over one of the pictures."""
        return self.values.line._over[name]

    def hover_plot(self, plot, x):
        """Move the mouse to a number of the lower axis of a plot."""
        y = (plot.drawing.y.low + plot.drawing.y.high) / 2
        self.hand.move(plot, plot.at(x, y))

    @property
    def card(self):
        """The card beside the pointer; None if there is none."""
        card = self.inspecting._card
        return card if card is not None and card.isVisible() else None

    def inspect(self, picture, row, column):
        """Rest with the pointer on a cell, and return what the card says."""
        self.hand.move(self.find("where"))  # the mouse may be there from another test
        picture.hover(row, column)
        self.hand.until(lambda: self.card is not None and not self.inspecting._soon.isActive())
        return self.card.shown

    def _send_with_shift(self, kind, picture, cell):
        at = picture.at(*cell)
        overall = QPointF(picture.view.mapToGlobal(at.toPoint()))
        shift = Qt.KeyboardModifier.ShiftModifier
        held = LEFT if kind == QEvent.Type.MouseMove else Qt.MouseButton.NoButton
        QApplication.sendEvent(picture.view, QMouseEvent(kind, at, overall, LEFT, held, shift))
