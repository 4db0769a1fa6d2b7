"""The windows for code and for folders of pictures, in a user's words."""

from PyQt6.QtWidgets import QFileDialog

from cnnstudio.lab.filters import library


class DialogPage:
    """A window of its own beside the main one."""

    name = ""

    def __init__(self, page):
        self.page, self.hand, self.workspace = page, page.hand, page.workspace

    def open(self, menu, words):
        self.page.menu_entry(menu, words).trigger()
        self.hand.until(self.dialog.isVisible)

    def apply(self, key):
        """Put a filter of the library on the bench."""
        bench = self.page.bench
        kernel = bench.taken(library()[key].kernel)
        self.workspace.document.edit("Choose a filter", kernel=kernel)

    def click(self, name):
        self.hand.click(self.page.named(f"window.{name}"))

    def text(self, name):
        return self.page.named(f"window.{name}").text()

    def answer(self, name, path):
        """Choose a file or folder in the dialog that was asked for one."""
        asked = self.page.dialog(f"window.{name}")
        assert isinstance(asked, QFileDialog)
        asked.fileSelected.emit(str(path))
        asked.close()


class CodePage(DialogPage):
    """The set-up as code."""

    def __init__(self, page):
        super().__init__(page)
        self.open("Edit", "Copy as code")

    @property
    def dialog(self):
        return self.workspace.features.coding.dialog

    @property
    def code(self):
        return self.page.named("window.code").toPlainText()

    @property
    def reason(self):
        return self.text("code_reason")

    def pick(self, library):
        self.click(f"code_library.{library.lower()}")


class BatchPage(DialogPage):
    """A folder of pictures."""

    def __init__(self, page):
        super().__init__(page)
        self.open("File", "Apply to a folder")

    @property
    def dialog(self):
        return self.workspace.features.batching.dialog

    @property
    def busy(self):
        return self.workspace.features.batching.busy

    @property
    def state(self):
        return self.page.named("window.batch_state").toolTip()

    @property
    def found(self):
        return self.dialog.found.toolTip()

    @property
    def report(self):
        return self.page.named("window.batch_report").toPlainText()

    def take(self, folder):
        self.workspace.features.batching.take_source(folder)
        self.hand.until(lambda: self.found != "Looking…")

    def start(self):
        self.click("batch_start")

    def wait(self):
        self.hand.until(lambda: not self.busy)
