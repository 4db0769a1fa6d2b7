"""What every page has: menus, a status bar, undo and redo, and pictures of numbers."""

from PyQt6.QtWidgets import QApplication, QLabel, QMenu

from tests.gui.hand import LEFT, RIGHT, files


class WindowPage:
    """Menus, status bar and dialogs."""

    def __init__(self, window, hand):
        self.window, self.hand = window, hand
        self.press, self.type = hand.press, hand.type

    def named(self, name):
        """Find a widget by its full name."""
        found = [w for w in QApplication.allWidgets() if w.objectName() == name]
        here = [w for w in found if w.window() is self.window or w.isVisible()]
        assert len(here) == 1, f"{len(here)} widgets are called {name}"
        return here[0]

    @property
    def said(self):
        """The sentence in the status bar."""
        return self.window.statusBar().currentMessage()

    @property
    def figures(self):
        """What the status bar says on the right."""
        return self.window.statusBar().findChild(QLabel, "window.figures").text()

    @property
    def focused(self):
        return QApplication.focusWidget().objectName()

    def screen(self):
        """All that is seen of the window, once everything has found its place."""
        QApplication.processEvents()
        return self.window.grab().toImage()

    def open_menu(self, *words):
        """Click through menus; return the last one."""
        bar = self.window.menuBar()
        entry = _entry(bar, words[0])
        self.hand.click(bar, bar.actionGeometry(entry).center())
        menu = entry.menu()
        for word in words[1:]:
            entry = _entry(menu, word)
            self.hand.click(menu, menu.actionGeometry(entry).center())
            menu = entry.menu()
            self.hand.until(menu.isVisible)
        return menu

    def close_menus(self):
        """Leave menus without choosing anything."""
        while popup := QApplication.activePopupWidget():
            popup.close()
        self.come_back()

    def choose(self, *words):
        """Click through menus to a command, such as "View", "Whole map"."""
        menu = self.open_menu(*words[:-1])
        self.hand.click(menu, menu.actionGeometry(_entry(menu, words[-1])).center())
        self.come_back()

    def menu_entry(self, *words):
        """The command of a menu, as it stands there now."""
        menu = next(m for m in self.window.findChildren(QMenu) if _plain(m.title()) == words[0])
        return _entry(menu, words[1])

    def dialog(self, name):
        """Wait for a dialog to come to the front."""
        self.hand.until(lambda: QApplication.activeWindow().objectName() == name)
        return QApplication.activeWindow()

    def come_back(self):
        """Have the window in front again, which a window manager sees to when a dialog closes."""
        self.window.activateWindow()
        self.hand.until(lambda: QApplication.focusWindow() is self.window.windowHandle())

    def undo(self, times=1):
        self.press(*["Ctrl+Z"] * times)

    def redo(self, times=1):
        self.press(*["Ctrl+Shift+Z"] * times)

    @property
    def steps(self):
        """How many steps can be undone."""
        return self.window.undo_group.activeStack().index()

    def drop(self, *paths, on=None):
        """Drop files on the window."""
        return self.hand.drop(on or self.window.centralWidget(), files(*paths))

    def drop_data(self, data):
        """Drop anything on the window; say whether it was taken."""
        return self.hand.drop(self.window.centralWidget(), data)

    def wait_until_opened(self):
        self.hand.until(lambda: not self.window.pictures.opener.busy)

    def open(self, path):
        """Drop a picture on the window and wait for it."""
        assert self.drop(path)
        self.wait_until_opened()


class Picture:
    """One of the pictures: its numbers, its marks, and the mouse over its cells."""

    def __init__(self, view, hand):
        self.view, self.hand = view, hand

    @property
    def numbers(self):
        """The numbers shown, row by row; None where there is none yet."""
        if self.view.plane is None:
            return []
        values, shown = self.view.plane.values, self.view.marks.shown
        rows, columns = values.shape
        shown = values.size if shown is None else shown
        cells = [[float(values[r, c]) for c in range(columns)] for r in range(rows)]
        return [
            [number if r * columns + c < shown else None for c, number in enumerate(row)]
            for r, row in enumerate(cells)
        ]

    @property
    def size(self):
        return self.view.plane.values.shape if self.view.plane else (0, 0)

    @property
    def message(self):
        """What is said in the place of numbers."""
        return self.view.message if self.view.plane is None else ""

    @property
    def description(self):
        return self.view.accessibleDescription()

    @property
    def marks(self):
        return self.view.marks

    def look(self):
        return self.view.grab().toImage()

    def at(self, row, column):
        """The middle of a cell."""
        return self.view.grid.rect_of(row, column).center()

    def hover(self, row, column):
        self.hand.move(self.view, self.at(row, column))

    def click(self, row, column, button=LEFT):
        self.hand.click(self.view, self.at(row, column), button)

    def stroke(self, *cells, button=LEFT):
        """Draw with the button held down."""
        self.hand.push(self.view, self.at(*cells[0]), button)
        for cell in cells[1:]:
            self.hand.move(self.view, self.at(*cell))
        self.hand.let_go(self.view, self.at(*cells[-1]), button)

    def erase(self, *cells):
        self.stroke(*cells, button=RIGHT)


def _plain(text):
    return text.replace("&", "").partition("\t")[0].rstrip("…")


def _entry(menu, word):
    return next(entry for entry in menu.actions() if _plain(entry.text()) == word)
