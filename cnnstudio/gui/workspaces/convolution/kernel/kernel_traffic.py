"""Kernels that come and go: by the clipboard, and as files of JSON or plain text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtWidgets import QApplication, QFileDialog

from cnnstudio.gui.background import Background
from cnnstudio.gui.widgets.clipboard_numbers import clipboard_text
from cnnstudio.gui.workspaces.convolution.channels import copied
from cnnstudio.lab.filters import filter_of
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.kernel_file import read_kernel, write_kernel
from cnnstudio.lab.kernel_text import block_from_text, kernel_text
from cnnstudio.lab.number import many, size
from cnnstudio.lab.quote import quote

if TYPE_CHECKING:
    from cnnstudio.gui.workspaces.convolution import ConvolutionWorkspace

_JSON, _TEXT = "Kernel as JSON (*.json)", "Kernel as plain text (*.txt)"
_ALL = "Kernels (*.json *.txt *.csv *.tsv);;All files (*)"
_AS = {
    "tabs": "with tabs, as spreadsheets take it",
    "spaces": "with spaces",
    "python": "as Python lists",
    "numpy": "as a NumPy array",
}


class KernelTraffic:
    """Copies, pastes, opens and saves the kernel on the bench."""

    def __init__(self, workspace: ConvolutionWorkspace, form: Callable[[], str]) -> None:
        """Take the workspace, and what tells how a copy is written: one of `FORMS`."""
        self._workspace, self._form = workspace, form
        self._reading, self._writing = Background(workspace), Background(workspace)
        self._reading.finished.connect(lambda read: self._take(f"Open {read[0]}", *read))
        self._writing.finished.connect(workspace.said.emit)
        for work in (self._reading, self._writing):
            work.failed.connect(workspace.warned)

    @property
    def busy(self) -> bool:
        """Whether a file is being read or written."""
        return self._reading.busy or self._writing.busy

    def shut_down(self) -> None:
        """Tell nobody any more; what is being written is still written."""
        self._reading.shut_down()
        self._writing.shut_down()

    def copy(self) -> None:
        """Put the kernel on the clipboard."""
        clipboard = QApplication.clipboard()
        if clipboard:
            clipboard.setText(kernel_text(self._kernel, self._form()))
            self._workspace.said.emit(f"The kernel is on the clipboard, {_AS[self._form()]}")

    def paste(self) -> None:
        """Take the block of numbers on the clipboard: all weights, and the size."""
        text = clipboard_text()
        if not text.strip():
            self._workspace.warned.emit("There are no numbers on the clipboard")
            return
        try:
            block = block_from_text(text)
            kernel = block.kernel
        except ValueError as reason:
            self._workspace.warned.emit(str(reason))
            return
        rounded = many(block.rounded, "number") + " rounded to nine decimals"
        self._take("Paste kernel", "Pasted", kernel, rounded if block.rounded else "")

    def ask_file(self) -> None:
        """Let the user choose a kernel to open."""
        dialog = self._dialog("Open a kernel", _ALL)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._open)
        dialog.open()

    def ask_name(self) -> None:
        """Let the user say under which name the kernel is to be saved."""
        dialog = self._dialog("Save the kernel", f"{_JSON};;{_TEXT}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("txt" if chosen == _TEXT else "json")
        )
        known = filter_of(self._kernel, self._workspace.document.state.apart)
        dialog.selectFile(known.key if known else "kernel")
        dialog.fileSelected.connect(self._save)
        dialog.open()

    @property
    def _kernel(self) -> Kernel:
        return self._workspace.document.state.kernel

    def _dialog(self, title: str, kinds: str) -> QFileDialog:
        folder = self._workspace.settings.last_folder
        dialog = QFileDialog(self._workspace, title, folder, kinds)
        dialog.setObjectName("convolution.kernel_dialog")
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _open(self, name: str) -> None:
        path = Path(name)
        self._workspace.settings.last_folder = str(path.parent)
        self._reading.start(lambda _progress: read_kernel(path))

    def _save(self, name: str) -> None:
        path = Path(name)
        self._workspace.settings.last_folder = str(path.parent)
        known = filter_of(self._kernel, self._workspace.document.state.apart)
        called, kernel = known.name if known else path.stem, self._kernel
        self._writing.start(lambda _progress: _saved(path, kernel, called), daemon=False)

    def _take(self, text: str, told: str, kernel: Kernel, note: str = "") -> None:
        """Put a kernel on the bench: as many slices as channels as they are, else as it fits."""
        bench = self._workspace.document.state
        fits = kernel.channels == bench.kernel.channels
        alike = kernel.channels == 1 or bench.kernel.channels == 1
        taken = bench.taken(kernel) if alike and not fits else kernel
        if taken == bench.kernel:
            self._workspace.said.emit(f"{told}: the kernel is the same, so nothing changes")
            return
        self._workspace.page.edited.emit(text, None, {"kernel": taken})
        if self._kernel != taken:
            return  # it was refused, and why was said
        parts = (f"{told}: {size(kernel.height, kernel.width)}", copied(kernel, taken), note)
        self._workspace.said.emit("; ".join(filter(None, parts)))


def _saved(path: Path, kernel: Kernel, name: str) -> str:
    """Write a kernel, and return what is said then."""
    try:
        write_kernel(path, kernel, name)
    except (OSError, ValueError) as trouble:
        why = getattr(trouble, "strerror", None) or str(trouble)
        raise ValueError(f"{quote(path.name)} cannot be saved: {why}") from trouble
    return f"The kernel is saved as {path.name}"
