"""The library of filters and the seven side by side, in a user's words."""

from PyQt6.QtCore import QPointF
from PyQt6.QtWidgets import QApplication, QLineEdit

from cnnstudio.lab.filters import SEVEN


class LibraryPage:
    """The gallery that opens under the filter's button, and the dialog that keeps a filter."""

    def __init__(self, page):
        self.page, self.hand = page, page.hand
        self.press, self.type = page.press, page.type
        self.gallery = page.find("filter_gallery")
        self.sheet = page.find("filter_sheet")

    def open(self):
        """Open the gallery with its key, and wait until the folder was looked at."""
        self.press("Ctrl+L")
        self.hand.until(self.gallery.isVisible)
        self.settle()

    def settle(self):
        """Wait until nothing is read or written any more."""
        self.hand.until(lambda: not self.page.workspace.features.library.own.busy)

    def leave(self):
        """Close the gallery as a click elsewhere does."""
        self.gallery.close()
        self.page.come_back()

    @property
    def names(self):
        """What the cards are called, in reading order."""
        return [each.name for each in self.sheet.filters.values()]

    @property
    def selected(self):
        """The name of the card that keys are about."""
        return self.gallery.selected.name if self.gallery.selected else ""

    @property
    def marked(self):
        """The name of the card that is marked as the one on the bench."""
        found = self.sheet.filter(self.sheet.current)
        return found.name if found else ""

    @property
    def headings(self):
        """What stands above and between the cards, and what is said below them."""
        return [written.text for written in self.sheet.written]

    @property
    def searched(self):
        return self.page.find("filter_search").text()

    @property
    def count(self):
        return self.page.find("filter_count").text()

    @property
    def about(self):
        """The sentence under the cards."""
        return self.page.find("filter_about").toolTip()

    @property
    def note(self):
        """The line at the bottom."""
        return self.page.find("filter_note").toolTip()

    @property
    def can_undo(self):
        return self.page.find("filter_undo").isVisible()

    @property
    def has_all_pictures(self):
        return all(self.sheet.effect(key) for key in self.sheet.keys)

    @property
    def has_any_picture(self):
        return any(self.sheet.effect(key) for key in self.sheet.keys)

    def middle_of(self, name):
        """The middle of a card, scrolled to if need be."""
        key = next(key for key, each in self.sheet.filters.items() if each.name == name)
        spot = self.sheet.rect_of(key).center()
        self.gallery.scroll_to(key)
        QApplication.processEvents()
        return QPointF(spot)

    def click(self, name):
        self.hand.click(self.sheet, self.middle_of(name))

    def hover(self, name):
        self.hand.move(self.sheet, self.middle_of(name))

    def push_button(self, name):
        """Press one of the buttons under the cards."""
        self.hand.click(self.page.find(f"filter_{name}"))

    def ask_to_save(self, name):
        """Open the dialog with its key and type a name."""
        self.press("Ctrl+D")
        dialog = self.page.dialog("window.save_filter_dialog")
        self.settle()
        self.type(name)
        return dialog

    def save(self, name, about=""):
        """Keep the kernel on the bench as a filter."""
        self.ask_to_save(name)
        self.press("Tab")
        self.type(about)
        self.press("Return")
        self.page.come_back()
        self.settle()

    @staticmethod
    def field(dialog, name):
        return dialog.findChild(QLineEdit, f"window.filter_{name}")


class SevenPage:
    """The tray's tab with the seven filters."""

    def __init__(self, page):
        self.page = page
        self.cards = {key: page.find(f"seven_{key}") for key in SEVEN}

    def open(self):
        """Turn to the tab with its key, and wait for all maps."""
        self.page.press("S")
        self.wait()

    def wait(self):
        self.page.hand.until(lambda: not self.busy)

    @property
    def busy(self):
        return self.page.workspace.features.library.seven.busy

    @property
    def marked(self):
        """The filters that are marked as the one on the bench."""
        return [key for key, card in self.cards.items() if card.current]

    @property
    def note(self):
        label = self.page.find("seven_note")
        return label.text() if label.isVisible() else ""

    def effect(self, key):
        return self.cards[key].effect
