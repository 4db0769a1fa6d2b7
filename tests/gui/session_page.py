"""What one sees and does about sessions: title, dialogs, the question, the offer at the start."""

from PyQt6.QtWidgets import QApplication, QFileDialog, QLineEdit

from tests.gui.pages import ConvolutionPage


class SessionPage(ConvolutionPage):
    """The window as somebody sees it who saves and opens."""

    @property
    def title(self):
        """The title as the desktop shows it: with a star where something is not saved."""
        star = "*" if self.window.isWindowModified() else ""
        return self.window.windowTitle().replace("[*]", star)

    @property
    def unsaved(self):
        return self.title.partition(" - ")[0].endswith("*")

    def dialog(self, name):
        """Wait for a dialog to come to the front, though for a moment nothing may be there."""

        def in_front():
            window = QApplication.activeWindow()
            return window is not None and window.objectName() == name

        self.hand.until(in_front)
        return QApplication.activeWindow()

    def edit(self):
        """Do something that can be undone."""
        self.choose("Edit", "Invert picture")

    def wait_until_saved(self):
        self.hand.until(lambda: not self.window.session.busy)

    def type_name(self, path):
        """Type a name into the dialog that is open, and press Enter."""
        dialog = self.dialog("window.save_dialog")
        assert isinstance(dialog, QFileDialog)
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        field.selectAll()
        field.setFocus()
        self.type(str(path))
        self.press("Return")
        self.hand.until(lambda: not _is_there("window.save_dialog"))

    def save_as(self, path):
        self.press("Ctrl+Shift+S")
        self.type_name(path)
        self.wait_until_saved()
        self.come_back()

    def save(self):
        self.press("Ctrl+S")
        self.wait_until_saved()

    def asked(self):
        """Whether the question about unsaved work is there."""
        return _is_there("window.unsaved")

    def answer(self, what):
        """Answer it: "save", "discard" or "cancel"."""
        self.dialog("window.unsaved")
        self.hand.click(self.named(f"window.unsaved_{what}"))
        self.hand.until(lambda: not self.asked())

    def answer_changed(self, what):
        """Answer the question about a file somebody changed: "replace", "save_as" or "cancel"."""
        self.dialog("window.changed")
        self.hand.click(self.named(f"window.changed_{what}"))
        self.hand.until(lambda: not _is_there("window.changed"))

    @property
    def offer(self):
        """What is offered from an earlier window; "" if nothing."""
        bar = self.window.recovery_bar
        return bar.words.text() if bar.isVisible() else ""

    @property
    def gone(self):
        """What was discarded and can be brought back; "" if nothing."""
        words = self.window.recovery_bar.gone
        return words.text() if words.isVisible() else ""

    def click(self, name):
        self.hand.click(self.named(name))


def _is_there(name):
    return any(w.objectName() == name and w.isVisible() for w in QApplication.topLevelWidgets())
