"""Exports: pictures, numbers and steps of this workspace as files, or on the clipboard."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication, QMimeData, QObject, QUrl
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QApplication, QFileDialog

from cnnstudio.datasets.picture import shown
from cnnstudio.gui.background import Background, Work
from cnnstudio.gui.exporting.export_choice import ExportChoice
from cnnstudio.gui.exporting.export_dialog import ExportDialog
from cnnstudio.gui.exporting.frame_layout import WIDTHS
from cnnstudio.gui.exporting.page_picture import PagePicture
from cnnstudio.gui.widgets.plane_view import PlaneView
from cnnstudio.gui.workspaces.convolution.export import export_parts as parts
from cnnstudio.gui.workspaces.convolution.export.export_chosen import Chosen
from cnnstudio.gui.workspaces.convolution.export.export_steps import SPEEDS
from cnnstudio.gui.workspaces.convolution.export.export_work import Copied, Look
from cnnstudio.lab.step import steps_per_position

if TYPE_CHECKING:
    from cnnstudio.gui.workspaces.convolution import ConvolutionWorkspace
    from cnnstudio.lab.convolution import ConvolutionBench

_KINDS = {
    ".png": "Pictures (*.png)",
    ".csv": "Tables (*.csv)",
    ".npy": "NumPy arrays (*.npy)",
    ".gif": "Animations (*.gif)",
    ".webp": "Animations (*.webp)",
}
Prepare = Callable[[Chosen, QImage | None], Work]
_kept: set[QCoreApplication | None] = set()  # until all threads have ended that paint with fonts


class Exporter(QObject):
    """Asks what is wanted, and has it written while the window goes on."""

    def __init__(self, workspace: ConvolutionWorkspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        _kept.add(QCoreApplication.instance())
        self.dialog: ExportDialog | None = None
        self._choice = ExportChoice()
        self._place = (0, 0)
        self._writing: tuple[Chosen, Prepare] | None = None
        self._page = PagePicture(self)
        self._page.painted.connect(self._take_page)
        self.looking, self.working = Background(self), Background(self)
        self.looking.finished.connect(self._show_look)
        self.looking.failed.connect(lambda why: self._show_look(Look(None, "", why, False)))
        self.working.finished.connect(self._take)
        self.working.failed.connect(self._fail)
        self.working.progressed.connect(self._show_progress)
        self._page.progressed.connect(self._show_progress)
        workspace.showing.surveyor.busied.connect(self._offer)
        workspace.actions_.connect({"file.export": self.ask, "edit.copy_map": self.copy_map})

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self.working.busy or self._page.busy

    def shut_down(self) -> None:
        """Write nothing any more, and ask nothing; returns at once."""
        if self.dialog is not None:
            self.dialog.reject()
        self.looking.shut_down()
        self.working.shut_down()
        self._page.cancel()

    def ask(self) -> None:
        """Open the dialog."""
        if self.dialog is not None:
            self.dialog.activateWindow()
            return
        self._workspace.player.stop()
        self.dialog = dialog = ExportDialog(self._workspace, self._choice, WIDTHS, SPEEDS)
        self.show_bench(self._workspace.front)
        dialog.chosen.connect(self._choose)
        dialog.saving.connect(self._ask_path)
        dialog.copying.connect(lambda: self._start(self._chosen, _copying))
        dialog.stopping.connect(self._stop)
        dialog.dressed.connect(self._dress)
        dialog.finished.connect(self._close)
        dialog.open()

    def show_bench(self, bench: ConvolutionBench) -> None:
        """Offer what there is on a bench, if the dialog is open; a picture may have come."""
        if self.dialog is None:
            return
        workspace, (rows, columns) = self._workspace, bench.map_shape
        place = workspace.player.place
        self._place = (0, 0) if workspace.stage == "pooled_map" or not rows else place
        here = self._place[0]
        last = here, max(0, columns - 1)
        self._choice = replace(self._choice, first=(here, 0), last=last)
        products = steps_per_position(workspace.looking.front(bench), "feature_map")
        self.dialog.steps.offer((rows, columns), self._place, products)
        self._offer()

    def copy_map(self) -> None:
        """Copy the map under the playhead as a picture, a pixel for each number."""
        choice = ExportChoice("picture", self._workspace.stage)
        chosen = Chosen(self._workspace, choice)
        if why := chosen.why_not:
            reason = why[0].lower() + why[1:]
            self._workspace.warned.emit(f"The {chosen.name.lower()} cannot be copied: {reason}")
            return
        if self._workspace.front.large:
            self._workspace.said.emit(f"Copying the {chosen.name.lower()} …")
        self._start(chosen, _copying)

    def save(self, path: Path) -> None:
        """Write what is chosen into a file."""
        self._workspace.settings.last_folder = str(path.parent)
        self._start(self._chosen, lambda chosen, page: chosen.saving(path, page))

    @property
    def _chosen(self) -> Chosen:
        return Chosen(self._workspace, self._choice, self._place)

    def _offer(self, *_: object) -> None:
        """Show what can be had, and look at what is chosen."""
        if self.dialog is None:
            return
        bench, views = self._workspace.front, self._workspace.views
        busy = self._workspace.showing.busy
        for form, pictures in ((self.dialog.picture, True), (self.dialog.numbers, False)):
            offers = parts.offers(bench, views, pictures, busy)
            form.stage.offer([(each.key, each.name, each.why) for each in offers])
        self.dialog.show_choice(self._choice)
        self._look()

    def _choose(self, choice: ExportChoice) -> None:
        self._choice = choice
        self._look()

    def _look(self) -> None:
        """Look at what would be written."""
        if self.dialog is None:
            return
        chosen = self._chosen
        if why := chosen.why_not:
            self.looking.cancel()
            self.dialog.show_look(None, why, why, False)
            return
        self.dialog.wait()
        page = self._workspace.grab().toImage() if chosen.needs_page else None
        self.looking.start(chosen.look(page), daemon=False)

    def _show_look(self, look: object) -> None:
        if self.dialog is not None and isinstance(look, Look):
            self.dialog.show_look(look.image, look.words, look.figures, look.possible)

    def _ask_path(self) -> None:
        """Ask where to; whether a file may be replaced asks the system's own dialog."""
        chosen = self._chosen
        suffix, folder = chosen.choice.suffix, self._workspace.settings.last_folder
        asking = QFileDialog(self.dialog, "Save", folder, _KINDS[suffix])
        asking.setObjectName("export.save_dialog")
        asking.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asking.setDefaultSuffix(suffix[1:])
        asking.selectFile(chosen.file_name)
        asking.fileSelected.connect(lambda name: self.save(Path(name)))
        asking.finished.connect(asking.deleteLater)
        asking.open()

    def _start(self, chosen: Chosen, prepare: Prepare) -> None:
        """Have something written; the whole workspace is painted first, if it is about that."""
        self._writing = chosen, prepare
        if self.dialog is not None:
            self.dialog.show_busy(True)
        if chosen.needs_page:
            views = self._workspace.findChildren(PlaneView)
            self._page.start(self._workspace, views, chosen.choice.enlarged)
        else:
            self.working.start(prepare(chosen, None), daemon=False)

    def _take_page(self, image: QImage) -> None:
        if self._writing is not None:
            chosen, prepare = self._writing
            self.working.start(prepare(chosen, image), daemon=False)

    def _show_progress(self, done: int, total: int) -> None:
        if self.dialog is not None:
            self.dialog.show_progress(done, total)

    def _take(self, made: object) -> None:
        """Say what was done; after saving the dialog stays, for there may be more to save."""
        self._writing = None
        if isinstance(made, Copied):
            _put_on_clipboard(made)
            said = made.said
        else:
            assert isinstance(made, Path)
            said = f"Saved as {shown(made.name)} in {shown(str(made.parent))}"
        if self.dialog is not None:
            self.dialog.show_busy(False)
            if isinstance(made, Path):
                self.dialog.tell(said, "success")
            else:
                self.dialog.accept()
        self._workspace.said.emit(said)

    def _fail(self, why: str) -> None:
        self._writing = None
        if self.dialog is not None:
            self.dialog.show_busy(False)
            self.dialog.tell(why, "error")
        self._workspace.warned.emit(why)

    def _stop(self) -> None:
        """Want it no more; nothing half written is left."""
        self._writing = None
        self._page.cancel()
        self.working.cancel()
        if self.dialog is not None:
            self.dialog.show_busy(False)

    def _dress(self) -> None:
        """Look at it, and write it, in the colours of the theme that is worn now."""
        if self._writing is not None:
            chosen, prepare = self._writing
            self._start(Chosen(self._workspace, chosen.choice, self._place), prepare)
        self._look()

    def _close(self) -> None:
        self._stop()
        self.looking.cancel()
        self.dialog = None


def _copying(chosen: Chosen, page: QImage | None) -> Work:
    return chosen.copying(_temporary, page)


@cache
def _temporary() -> Path:
    """Make a folder that goes when the program does, for files on the clipboard."""
    folder = tempfile.mkdtemp(prefix="cnnstudio.")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # when nobody writes any more
    return Path(folder)


def _put_on_clipboard(copied: Copied) -> None:
    clipboard = QApplication.clipboard()
    if clipboard is None:
        return
    data = QMimeData()
    if copied.text:
        data.setText(copied.text)
    if copied.data:
        data.setData(copied.kind, copied.data)
    if copied.image is not None:
        data.setImageData(copied.image)
    if copied.path is not None:
        data.setUrls([QUrl.fromLocalFile(str(copied.path))])
    clipboard.setMimeData(data)
