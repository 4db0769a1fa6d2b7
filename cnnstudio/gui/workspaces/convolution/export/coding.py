"""Copy as code: the command, its window, the clipboard, and the file the code is saved in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QApplication, QFileDialog

from cnnstudio.gui.background import Background, Progress
from cnnstudio.gui.workspaces.convolution.export.code_dialog import CodeDialog
from cnnstudio.lab.atomic import write_file
from cnnstudio.lab.code.picture import is_written, picture_file, picture_name
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filters import filter_of

if TYPE_CHECKING:
    from cnnstudio.gui.workspaces.convolution import ConvolutionWorkspace

_KEY = "code_library"  # where the library is remembered


class Coding(QObject):
    """Shows the bench as code while its window is open."""

    def __init__(self, workspace: ConvolutionWorkspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self.dialog: CodeDialog | None = None
        self._writing = Background(self)
        self._writing.finished.connect(lambda said: workspace.said.emit(str(said)))
        self._writing.failed.connect(workspace.warned.emit)
        workspace.actions_.connect({"edit.copy_code": self.show})

    def show(self) -> None:
        """Open the window, or bring it to the front."""
        if self.dialog is None:
            remembered = str(self._workspace.settings.ini.value(_KEY, ""))
            self.dialog = CodeDialog(self._workspace.window() or self._workspace, remembered)
            self.dialog.library_chosen.connect(self._remember)
            self.dialog.copy_wanted.connect(self._copy)
            self.dialog.save_wanted.connect(self._ask)
        self.dialog.show_bench(self._workspace.document.state)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def show_bench(self, bench: ConvolutionBench) -> None:
        """Write the code anew if somebody sees it."""
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.show_bench(bench)

    def shut_down(self) -> None:
        """Close the window."""
        if self.dialog is not None:
            self.dialog.close()
        self._writing.shut_down()

    def _remember(self, library: str) -> None:
        self._workspace.settings.ini.setValue(_KEY, library)

    def _copy(self) -> None:
        clipboard = QApplication.clipboard()
        if clipboard is not None and self.dialog is not None:
            clipboard.setText(self.dialog.code)
            self._workspace.said.emit(f"The code for {self.dialog.library} is on the clipboard")

    def _ask(self) -> None:
        if self.dialog is None:
            return
        bench, settings = self._workspace.document.state, self._workspace.settings
        origin = bench.source.origin
        folder = Path(settings.last_folder)
        if origin and isinstance(origin.source, Path):
            folder = origin.source.parent  # the code reads the picture from its own folder
        known = filter_of(bench.kernel, bench.apart)
        name = f"{known.key if known else 'kernel'}_{self.dialog.library.lower()}.py"
        asked = QFileDialog(self.dialog, "Save the code", str(folder), "Python (*.py)")
        asked.setObjectName("window.code_save_dialog")
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.setDefaultSuffix("py")
        asked.selectFile(name)
        asked.fileSelected.connect(self._save)
        asked.finished.connect(asked.deleteLater)
        asked.open()

    def _save(self, name: str) -> None:
        if self.dialog is None or not self.dialog.code:
            return
        code, bench, path = self.dialog.code, self._workspace.document.state, Path(name)
        self._writing.start(lambda progress: save_code(path, code, bench, progress), daemon=False)


def save_code(path: Path, code: str, bench: ConvolutionBench, _progress: Progress) -> str:
    """Write the code, and beside it the picture if that is in no file yet; return what was done.

    Raises:
        OSError: if it cannot be written.
    """
    write_file(path, code.encode())
    if is_written(bench):
        return f"Saved {path.name}"
    picture = path.parent / picture_name(bench.source)
    data = picture_file(bench)
    if data is None or (picture.exists() and picture.read_bytes() == data):
        return f"Saved {path.name}; it reads {picture.name} in the same folder"
    if picture.exists():
        return f"Saved {path.name}; it reads {picture.name}, and another one is there already"
    write_file(picture, data)
    return f"Saved {path.name} and the picture it reads, {picture.name}"
