"""The window in a user's words: what one sees, and what one does with mouse and keys."""

import re

import numpy as np
from PyQt6.QtCore import QPointF
from PyQt6.QtGui import QTextCursor
from PyQt6.QtWidgets import QApplication, QLabel, QWidget

from cnnstudio.gui.widgets.controls import ElidedLabel
from cnnstudio.lab.image import Image
from tests.gui.window_page import Picture, WindowPage


def click_words(hand, view, words, nth=0):
    """Click in the middle of words in a text, scrolled to if need be."""
    place = -1
    for _ in range(nth + 1):
        place = view.toPlainText().index(words, place + 1)
    ends = [QTextCursor(view.document()) for _ in range(2)]
    for cursor, at in zip(ends, (place, place + len(words)), strict=True):
        cursor.setPosition(at)
    bar = view.verticalScrollBar()
    beyond = view.cursorRect(ends[0]).bottom() - view.viewport().height()
    bar.setValue(bar.value() + max(0, beyond))
    left, right = (view.cursorRect(cursor) for cursor in ends)
    across = right.x() - left.x() if right.y() == left.y() else 4
    hand.click(view.viewport(), QPointF(left.x() + across / 2, left.center().y()))


class LedgerText:
    """The arithmetic of one number, as it is written down."""

    def __init__(self, page):
        self.view, self._page = page.find("ledger"), page

    @property
    def text(self):
        return self.view.toPlainText()

    @property
    def line(self):
        """The first line: the sum."""
        return self.text.partition("\n")[0]

    @property
    def result(self):
        return self._page.find("result").text()

    def click(self, words, nth=0):
        """Click on words in the text, such as a product."""
        click_words(self._page.hand, self.view, words, nth)

    @property
    def lit(self):
        """The words that are marked in the text."""
        return [selection.cursor.selectedText() for selection in self.view.extraSelections()]


class ConvolutionPage(WindowPage):
    """The Convolution workspace."""

    def __init__(self, window, hand):
        super().__init__(window, hand)
        self.workspace = window.workspaces[0]
        self.input, self.feature_map = self.picture("input"), self.picture("feature_map")
        self.activation_map = self.picture("activation_map")
        self.pooled_map = self.picture("pooled_map")
        self.kernel = self.find("kernel")
        self.ledger = LedgerText(self)

    def picture(self, name):
        return Picture(self.find(name), self.hand)

    def find(self, name):
        """Find a widget of this workspace by its name in it."""
        return self.window.findChild(QWidget, f"convolution.{name}")

    @property
    def bench(self):
        """What is on the bench: everything but where one looks."""
        return self.workspace.document.state

    @property
    def input_size(self):
        """Rows and columns of the picture, without its padding."""
        return self.bench.image.height, self.bench.image.width

    @property
    def where(self):
        """What is said about the place of the playhead."""
        return self.find("where").text()

    @property
    def place(self):
        """Row and column of the playhead, counted from 1."""
        row, column = re.findall(r"(?:row|column) (\d+)", self.where)
        return int(row), int(column)

    @property
    def title(self):
        """Which number the ledger is about."""
        return self.workspace.page.ledger.title.text()

    @property
    def sentence(self):
        """What is said beside the title."""
        return self.workspace.findChild(ElidedLabel).toolTip()

    def go(self, row, column):
        """Walk the playhead to a place of the map, counted from 1."""
        self.press("Home", *["Down"] * (row - 1), *["Right"] * (column - 1))

    def scrub_to(self, position):
        """Drag the scrub bar to a position, counted from 0 in reading order."""
        bar = self.find("scrub")
        bar.setSliderDown(True)
        bar.setSliderPosition(int(position))
        bar.setSliderDown(False)

    def focus(self, name):
        """Give something the focus with a click."""
        self.hand.click(self.find(name))
        assert QApplication.focusWidget() is self.find(name)

    def leave(self):
        """Give the focus back to the page."""
        self.workspace.setFocus()

    def set(self, name, text):
        """Type a number into a stepper or field."""
        self.hand.double_click(self.find(name))
        self.press("Ctrl+A")
        self.type(str(text))
        self.press("Return")
        self.leave()

    def read(self, name):
        """What a stepper, field or choice shows."""
        widget = self.find(name)
        return widget.currentText() if hasattr(widget, "currentText") else widget.text()

    def pick(self, name, words):
        """Open a list and pick an entry."""
        if name == "filter":
            self.pick_filter(words)
            return
        choice = self.find(name)
        self.hand.click(choice)
        self.press("Home")
        for _ in range(choice.count()):
            if choice.view().currentIndex().data() == words:
                break
            self.press("Down")
        assert choice.view().currentIndex().data() == words
        self.press("Return")
        self.leave()

    def click(self, name):
        self.hand.click(self.find(name))

    def weight_at(self, row, column):
        """The middle of a weight."""
        return self.kernel.rect_of(row, column).center()

    def type_kernel(self, rows):
        """Type a kernel, cell by cell."""
        self.set("kernel_size", len(rows))
        self.hand.click(self.kernel, self.weight_at(0, 0))
        self.press("Return")
        for text in (str(weight) for row in rows for weight in row):
            self.type(text)
            self.press("Tab")
        self.press("Escape")
        self.leave()

    def new_grid(self, rows, columns, white="0 to 255", pencil=False):
        """Ask for a new grid in the dialog, and lay the pencil down unless it is needed."""
        self.press("Ctrl+N")
        self.dialog("window.grid_dialog")
        for number in (rows, columns):
            self.press("Ctrl+A")
            self.type(str(number))
            self.press("Tab")
        while QApplication.focusWidget().currentText() != white:
            self.press("Down")
        self.press("Return")
        self.come_back()
        assert self.focused == "convolution.input"
        assert self.find("pencil").isChecked()
        if not pencil:
            self.press("Escape")
            self.leave()

    def type_picture(self, rows, white="0 to 255"):
        """Make a new grid and type its pixels, one after the other."""
        self.new_grid(len(rows), len(rows[0]), white, pencil=True)
        self.press("Return")
        for text in (str(pixel) for row in rows for pixel in row):
            self.type(text)
            self.press("Tab")
        self.press("Escape")
        self.leave()
        assert not self.find("pencil").isChecked()

    def take(self, pixels, name="colours"):
        """Have a picture of given numbers, (channels, rows, columns), on the bench."""
        self.workspace.take_image(Image(np.asarray(pixels, np.uint8), name))

    @property
    def slices(self):
        """The grids of weights that are shown, one for each channel."""
        return [grid for grid in self.workspace.page.kernel.slices.grids if grid.isVisible()]

    @property
    def captions(self):
        """What stands above the tables of pixels, weights and products."""
        texts = [label.text() for label in self.workspace.page.ledger.findChildren(QLabel)]
        first = ("Pixels in the window · ", "Weights · ", "Products · ")
        return [text for text in texts if text.startswith(first)]

    @property
    def table(self):
        """The numbers of the table of pixels beside the arithmetic."""
        return Picture(self.find("window_pixels"), self.hand).numbers

    @property
    def notices(self):
        """The titles of the notices that are shown."""
        found = [self.workspace.page.notice, self.workspace.page.pool_notice]
        return [notice.title.text() for notice in found if notice.isVisible()]

    @property
    def cures(self):
        """The buttons that mend what does not fit, by what they say."""
        names = [f"{part}.cure_{n}" for part in ("misfit", "pool_misfit") for n in range(1, 9)]
        found = [self.find(name) for name in names]
        return {button.text(): button for button in found if button and button.isVisible()}

    def cure(self, beginning):
        """Press the cure that begins so; return all it says."""
        words = next(words for words in self.cures if words.startswith(beginning))
        self.hand.click(self.cures[words])
        return words

    def pick_filter(self, name):
        """Open the library, search for a filter and take it."""
        self.hand.click(self.find("filter"))
        gallery = self.find("filter_gallery")
        self.hand.until(gallery.isVisible)
        self.type(name)
        assert gallery.selected.name == name
        self.press("Return")
        assert not gallery.isVisible()
        self.come_back()
        self.leave()
