"""The library of filters: taking one, keeping one's own, and the seven side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnnstudio.gui.workspaces.convolution.filters.filter_gallery import FilterGallery
from cnnstudio.gui.workspaces.convolution.filters.filter_pictures import FilterPictures
from cnnstudio.gui.workspaces.convolution.filters.own_filters import OwnFilters
from cnnstudio.gui.workspaces.convolution.filters.save_filter_dialog import SaveFilterDialog
from cnnstudio.gui.workspaces.convolution.filters.seven import SevenPanel
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filter_thumbnails import SIDE, Effect
from cnnstudio.lab.filters import Filter, single
from cnnstudio.lab.kernel import Kernel

if TYPE_CHECKING:
    from cnnstudio.gui.workspaces.convolution import ConvolutionWorkspace

_ONE_MAP = (
    "Gray where flat areas stay between black and white; else zero is in the middle of the colours"
)
_APART = "The maps of the channels are put together as on the bench"


class Library:
    """Opens the gallery, and does what is wanted there.

    Attributes:
        own: the user's filters
        seven: the tray's tab with the seven kernels of the article
    """

    def __init__(self, workspace: ConvolutionWorkspace) -> None:
        self._workspace, self._column = workspace, workspace.page.kernel
        self._bench: ConvolutionBench = workspace.document.state
        self._gallery = FilterGallery(self._column.filter)
        self._pictures = FilterPictures(workspace)
        self.own, self.seven = OwnFilters(workspace), SevenPanel()
        self._gallery.taken.connect(self._column.take)
        self._gallery.save_wanted.connect(self.ask_name)
        self._gallery.renamed.connect(self.own.rename)
        self._gallery.deleted.connect(self.own.delete)
        self._gallery.undo_wanted.connect(self.own.undo_delete)
        self._gallery.left.connect(self._leave)
        self._pictures.made.connect(self._show_effects)
        self.own.changed.connect(self._show_own)
        self.own.done.connect(self._say)
        self.own.failed.connect(self._warn)
        self.seven.taken.connect(self._column.take)
        self._column.filter.clicked.connect(lambda _checked: self.open())
        workspace.actions_.connect({"kernel.library": self.open, "kernel.save_mine": self.ask_name})
        self.own.refresh()

    def show_bench(self, bench: ConvolutionBench) -> None:
        """Show which filter is on the bench, and what all of them make of its picture."""
        self._bench = bench
        self.seven.show_bench(bench)
        another = self._pictures.show_bench(bench)
        if self._gallery.isVisible():
            self._gallery.show_current(self._current)
            if another:
                self._show_pictures()

    def open(self) -> None:
        """Open the gallery; filters may have come into the user's folder meanwhile."""
        self.own.refresh()
        window = self._workspace.window()
        assert window
        self._pictures.show_bench(self._bench)
        told = _APART if self._bench.apart else _ONE_MAP
        self._gallery.footer.show_caption(
            f"Your picture under each filter, up to {SIDE} pixels. {told}"
        )
        self._gallery.show_own(self.own.found, bool(self.own.deleted))
        place = window.rect().translated(window.mapToGlobal(window.rect().topLeft()))
        button = self._column.filter
        self._gallery.open_at(
            button if button.isVisible() else self._workspace, place, self._current
        )
        self._show_pictures()

    def ask_name(self) -> None:
        """Ask what the kernel on the bench shall be called, and keep it."""
        self.own.refresh()
        kernel = single(self._bench.kernel, self._bench.apart)
        dialog = SaveFilterDialog(self._workspace, kernel, lambda: self.own.found)
        dialog.wanted.connect(
            lambda name, about, replaced: self._save(name, about, kernel, replaced)
        )
        self.own.changed.connect(dialog.look)
        dialog.open()

    def shut_down(self) -> None:
        """Stop working in the background."""
        self._pictures.shut_down()
        self.seven.shut_down()
        self.own.shut_down()

    @property
    def _current(self) -> str:
        known = self._column.filter_on(self._bench)
        return known.key if known else ""

    def _save(self, name: str, about: str, kernel: Kernel, replaced: Filter | None) -> None:
        self.own.save(name, about, kernel, replaced)

    def _show_own(self) -> None:
        self._column.show_own(self.own.found.filters)
        self._gallery.show_own(self.own.found, bool(self.own.deleted))
        if self._gallery.isVisible():
            self._gallery.show_current(self._current)
            self._show_pictures()

    def _say(self, text: str) -> None:
        self._workspace.said.emit(text)
        self._gallery.show_own(self.own.found, bool(self.own.deleted))
        self._gallery.say(text)

    def _warn(self, reason: str) -> None:
        self._workspace.warned.emit(reason)
        self._gallery.show_own(self.own.found, bool(self.own.deleted))
        self._gallery.say(reason, "error")

    def _show_pictures(self) -> None:
        """Show the small pictures that are known, and have the others made."""
        self._gallery.sheet.forget_effects()
        self._show_effects(self._pictures.effects)
        self._pictures.want(self._gallery.filters)

    def _show_effects(self, lot: dict[Kernel, Effect]) -> None:
        found = {each.key: lot[each.kernel] for each in self._gallery.filters if each.kernel in lot}
        self._gallery.show_effects(found)

    def _leave(self) -> None:
        self._pictures.stop()
        self._column.filter.give_back()
