"""The export dialog in a user's words."""

from PyQt6.QtCore import QPoint
from PyQt6.QtWidgets import QApplication, QLabel, QWidget

from tests.gui.pages import ConvolutionPage


class ExportPage(ConvolutionPage):
    """The Convolution workspace and what leaves it."""

    def __init__(self, window, hand):
        super().__init__(window, hand)
        features = self.workspace.features
        self.exporter = features.exporter

    def ask(self, kind="Picture"):
        """Open the dialog, if it is not open, and turn to one of its forms."""
        if self.exporter.dialog is None:
            self.press("Ctrl+Shift+E")
            self.dialog("window.export_dialog")
        self.front()
        self.turn_to(kind)

    def front(self):
        """Have the dialog in front again, which a window manager sees to when another closes."""
        dialog = self.exporter.dialog
        dialog.activateWindow()
        self.hand.until(lambda: QApplication.activeWindow() is dialog)

    def turn_to(self, kind):
        self.hand.click(self.part(f"kind.{kind.lower()}"))
        self.wait_for_look()

    def part(self, name):
        """A widget of the dialog, by its name in it."""
        return self.exporter.dialog.findChild(QWidget, f"export.{name}")

    def select(self, name, beginning):
        """Pick the entry of a list that begins so, with the keys."""
        choice = self.part(name)
        choice.setFocus()
        self.press("Home")
        for _ in range(choice.count()):
            if choice.currentText().startswith(beginning):
                break
            self.press("Down")
        assert choice.currentText().startswith(beginning)
        self.wait_for_look()

    def click_part(self, name):
        self.hand.click(self.part(name))
        self.wait_for_look()

    def wait_for_look(self):
        self.hand.until(lambda: not self.exporter.looking.busy)

    @property
    def figures(self):
        """What is said about the size of the file, or why there is none."""
        return self.exporter.dialog.findChild(QLabel, "export.figures").text()

    @property
    def shown(self):
        """The picture of the preview."""
        return self.part("preview").image

    @property
    def entries(self):
        """The stages of the form in front: name, and whether it can be chosen."""
        name = {"picture": "picture_stage", "numbers": "numbers_stage"}[
            self.exporter.dialog.choice.kind
        ]
        choice = self.part(name)
        return {
            choice.itemText(n): choice.model().item(n).isEnabled() for n in range(choice.count())
        }

    def save_dialog(self):
        """Click on Save and wait for the dialog that asks where to."""
        self.hand.click(self.part("save"))
        return self.dialog("export.save_dialog")

    def save(self, path):
        """Save under a name, and wait until it is there."""
        asking = self.save_dialog()
        asking.fileSelected.emit(str(path))
        asking.close()
        self.wait_until_written()
        return path

    def copy(self):
        """Click on Copy, and return what is on the clipboard then."""
        self.hand.click(self.part("copy"))
        self.wait_until_written()
        return QApplication.clipboard().mimeData()

    def wait_until_written(self):
        self.hand.until(lambda: not self.exporter.busy)

    def close(self):
        """Leave the dialog."""
        if self.exporter.dialog is not None:
            self.exporter.dialog.reject()
        self.come_back()


def colours_of(image):
    """The pixels of an image of Qt's: rows of (red, green, blue)."""
    return [
        [image.pixelColor(QPoint(x, y)).getRgb()[:3] for x in range(image.width())]
        for y in range(image.height())
    ]
