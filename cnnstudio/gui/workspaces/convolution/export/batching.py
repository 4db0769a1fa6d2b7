"""Apply to a folder: the command, its window, and the work in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QUrl
from PyQt6.QtGui import QDesktopServices
from PyQt6.QtWidgets import QFileDialog

from cnnstudio.gui.background import Background, Progress
from cnnstudio.gui.workspaces.convolution.export.batch_dialog import BatchDialog
from cnnstudio.lab.batch import (
    Batch,
    Found,
    Outcome,
    apart_by_default,
    look_into,
    new_folder,
    run_batch,
    shown_by_default,
)
from cnnstudio.lab.batch_maps import SHOWN
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filters import filter_of
from cnnstudio.lab.number import many, size

if TYPE_CHECKING:
    from cnnstudio.gui.workspaces.convolution import ConvolutionWorkspace

Take = Callable[[Path], None]
_ACTIVATIONS = {"relu": "ReLU", "leaky_relu": "leaky ReLU", "tanh": "tanh", "sigmoid": "sigmoid"}


class Batching(QObject):
    """Applies the filter of the bench to a folder of pictures."""

    def __init__(self, workspace: ConvolutionWorkspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self.dialog: BatchDialog | None = None
        self._source: Path | None = None
        self._target: Path | None = None  # as chosen; None for a new folder among the pictures
        self._found: Found | None = None
        self._results: Path | None = None
        self._next = ""  # the picture that is being filtered
        self._stop = threading.Event()
        self._looking, self._running = Background(self), Background(self)
        self._looking.finished.connect(self._show_found)
        self._looking.failed.connect(self._show_unreadable)
        self._running.progressed.connect(self._show_progress)
        self._running.finished.connect(self._show_outcome)
        self._running.failed.connect(self._show_failure)
        workspace.actions_.connect({"file.batch": self.show})

    @property
    def busy(self) -> bool:
        """Whether results are being made."""
        return self._running.busy

    def show(self) -> None:
        """Open the window, or bring it to the front."""
        bench = self._workspace.document.state
        if self.dialog is None:
            self.dialog = dialog = BatchDialog(self._workspace.window() or self._workspace)
            dialog.source_wanted.connect(self._ask_source)
            dialog.target_wanted.connect(self._ask_target)
            dialog.start_wanted.connect(self._start)
            dialog.stop_wanted.connect(self._cancel)
            dialog.folder_wanted.connect(self._open_folder)
            dialog.finished.connect(self._leave)
            dialog.show_source(None, None)
            dialog.show_target(None)
        if not self.busy and not self.dialog.isVisible():
            self.dialog.choose("shown", list(SHOWN).index(shown_by_default(bench)))
            self.dialog.choose("colours", int(not apart_by_default(bench)))
            self.dialog.show_outcome("", None)
            self._look()
        self.dialog.show()
        self.show_bench(bench)
        self.dialog.raise_()
        self.dialog.activateWindow()

    def show_bench(self, bench: ConvolutionBench) -> None:
        """Say which filter it would be; what runs keeps the one it began with."""
        if self.dialog is None or not self.dialog.isVisible() or self.busy:
            return
        known = filter_of(bench.kernel, bench.apart)
        kernel = size(bench.kernel.height, bench.kernel.width)
        name = known.name if known else f"The kernel of {kernel}"
        self.dialog.show_filter(name, how(bench), _ACTIVATIONS.get(bench.activation, ""))
        self._show_target()

    def shut_down(self) -> None:
        """Stop at once; what was written stays, and no half of a picture."""
        self._stop.set()
        self._looking.shut_down()
        self._running.shut_down()
        if self.dialog is not None:
            self.dialog.close()

    def take_source(self, folder: Path) -> None:
        """Take the pictures of another folder."""
        self._source = folder
        self._look()
        self._show_target()

    def take_target(self, folder: Path) -> None:
        """Have the results go to a folder."""
        self._target = folder
        self._show_target()

    def _look(self) -> None:
        self._found = None
        if self.dialog is None:
            return
        self.dialog.show_source(self._source, None)
        if self._source is not None:
            source = self._source
            self._looking.start(lambda _progress: look_into(source))

    def _show_found(self, found: object) -> None:
        if self.dialog is not None and isinstance(found, Found):
            self._found = found
            if not self.busy:
                self.dialog.show_source(self._source, found)

    def _show_unreadable(self, reason: str) -> None:
        if self.dialog is not None:
            self.dialog.show_source(self._source, None, f"This folder cannot be read: {reason}")

    def _show_target(self) -> None:
        if self.dialog is not None and not self.busy:
            self.dialog.show_target(self._where())

    def _where(self) -> Path | None:
        """Return where the results will go."""
        if self._target is not None or self._source is None:
            return self._target
        return new_folder(self._source, self._workspace.document.state)

    def _ask_source(self) -> None:
        self._ask("Pictures to filter", self._source, self.take_source)

    def _ask_target(self) -> None:
        self._ask("Where the results go", self._target or self._source, self.take_target)

    def _ask(self, title: str, folder: Path | None, take: Take) -> None:
        start = str(folder) if folder else self._workspace.settings.last_folder
        asked = QFileDialog(self.dialog, title, start)
        asked.setObjectName("window.batch_folder_dialog")
        asked.setFileMode(QFileDialog.FileMode.Directory)
        asked.setOption(QFileDialog.Option.ShowDirsOnly)
        asked.fileSelected.connect(lambda name: take(Path(name)))
        asked.finished.connect(asked.deleteLater)
        asked.open()

    def _start(self) -> None:
        dialog, found, target = self.dialog, self._found, self._where()
        if dialog is None or found is None or self._source is None or target is None:
            return
        batch = Batch(
            self._workspace.document.state,
            self._source,
            target,
            dialog.shown_key,
            apart=dialog.index["colours"] == 0,
            activated=dialog.index["stage"] == 1,
            exact=dialog.index["files"] == 1,
        )
        self._results, self._stop, self._next = target, threading.Event(), ""
        stop = self._stop
        self._running.start(lambda progress: self._run(batch, found, progress, stop), daemon=False)
        dialog.show_busy(True)
        self._show_progress(0, len(found.pictures))

    def _run(
        self, batch: Batch, found: Found, progress: Progress, stop: threading.Event
    ) -> Outcome:
        """Work on the thread."""

        def tell(done: int, total: int, name: str) -> None:
            self._next = name
            progress.done, progress.total = done, total

        return run_batch(batch, found.pictures, tell, lambda: stop.is_set() or progress.cancelled())

    def _cancel(self) -> None:
        if self.busy and self.dialog is not None:
            self._stop.set()
            self.dialog.show_stopping()

    def _leave(self, _how: int) -> None:
        """Stop when the window of the batch closes; what came of it is said in the status bar."""
        self._stop.set()

    def _show_progress(self, done: int, total: int) -> None:
        if self.dialog is not None and not self._stop.is_set():
            self.dialog.show_progress(done, total, self._next)

    def _show_outcome(self, outcome: object) -> None:
        if isinstance(outcome, Outcome) and self._found is not None:
            words = summary(outcome, len(self._found.pictures), self._results)
            self._end(words, outcome, bool(outcome.reason))

    def _show_failure(self, reason: str) -> None:
        self._end(reason, None, True)

    def _end(self, words: str, outcome: Outcome | None, failed: bool) -> None:
        if self.dialog is None:
            return
        self.dialog.show_busy(False)
        self.dialog.show_outcome(words, outcome)
        self.show_bench(self._workspace.document.state)
        (self._workspace.warned if failed else self._workspace.said).emit(words)

    def _open_folder(self) -> None:
        if self._results is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._results)))


def how(bench: ConvolutionBench) -> str:
    """Say how the filter moves: only what is not as usual."""
    parts = []
    if bench.stride != (1, 1):
        parts.append(f"stride {size(*bench.stride)}")
    if any(bench.padding):
        parts.append(f"padding {', '.join(map(str, bench.padding))} ({bench.padding_mode})")
    if bench.dilation != (1, 1):
        parts.append(f"dilation {size(*bench.dilation)}")
    if bench.flipped:
        parts.append("true convolution")
    if bench.gray:
        parts.append("pictures made gray")
    moved = f"As on the bench: {', '.join(parts)}. " if parts else ""
    return f"{moved}Pictures keep their full size, up to 12 megapixels."


def summary(outcome: Outcome, total: int, folder: Path | None) -> str:
    """Say what came of it, in a sentence."""
    begin = "Stopped: " if outcome.stopped else ""
    where = f" into {folder.name}" if folder and outcome.done else ""
    made = f"{begin}{outcome.done} of {many(total, 'picture')} filtered{where}"
    if outcome.failures:
        made += f"; {len(outcome.failures)} could not be"
    return f"{made}. {outcome.reason}" if outcome.reason else made
