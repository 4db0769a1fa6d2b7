"""What is chosen for an export, taken from the page: the work that looks at it and writes it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtGui import QImage

from cnnstudio.gui.background import Progress, Work
from cnnstudio.gui.exporting import raster
from cnnstudio.gui.exporting.export_choice import ExportChoice
from cnnstudio.gui.exporting.png_file import write_png
from cnnstudio.gui.exporting.raster import Raster
from cnnstudio.gui.workspaces.convolution.export import export_parts as parts
from cnnstudio.gui.workspaces.convolution.export import export_work as work
from cnnstudio.gui.workspaces.convolution.export.export_steps import Film, Stretch, cast_of
from cnnstudio.gui.workspaces.convolution.planes import Place
from cnnstudio.lab.numbers_file import Numbers, write_csv, write_npy

if TYPE_CHECKING:
    from cnnstudio.gui.workspaces.convolution import ConvolutionWorkspace


class Chosen:
    """Knows what the user chose, and what there is of it on the page now.

    Attributes:
        choice: what is chosen
        needs_page: whether the whole workspace must be painted first
    """

    def __init__(
        self, workspace: ConvolutionWorkspace, choice: ExportChoice, place: Place = (0, 0)
    ) -> None:
        """Take what is shown now; `place` is where the playhead stands on the feature map."""
        self.choice, self._place = choice, place
        self._bench, self._views = workspace.front, workspace.views
        self._busy = workspace.showing.busy
        self._channel = workspace.channel
        self.needs_page = choice.stage == "page"

    @property
    def why_not(self) -> str:
        """Why it cannot be had, as a sentence; "" if it can."""
        pictures = self.choice.kind != "numbers"
        offers = parts.offers(self._bench, self._views, pictures, self._busy)
        why = next(each.why for each in offers if each.key == self.choice.stage)
        return why[:1].upper() + why[1:]

    @property
    def name(self) -> str:
        """What it is called."""
        return "Steps" if self.choice.kind == "steps" else parts.NAMES[self.choice.stage]

    @property
    def file_name(self) -> str:
        """What its file might be called."""
        stage = "steps" if self.choice.kind == "steps" else self.choice.stage
        return parts.file_name(self._bench, stage, self.choice.suffix)

    def look(self, page: QImage | None = None) -> Work:
        """Return the work that looks at it; `page` is the workspace as it is on the screen."""
        choice = self.choice
        if page is not None:
            return partial(work.look_at_page, page, choice.enlarged)
        if choice.kind == "picture":
            return partial(work.look_at_picture, self._raster, choice.enlarged)
        if choice.kind == "numbers":
            planes = self._numbers
            return lambda progress: work.look_at_numbers(planes(), choice.written, progress)
        return partial(work.look_at_film, self._film)

    def saving(self, path: Path, page: QImage | None = None) -> Work:
        """Return the work that writes it; `page` is the workspace, painted as sharp as wanted."""
        return partial(work.saved, path, self._writing(page))

    def _writing(self, page: QImage | None) -> work.Writing:
        choice, about = self.choice, parts.about(self._bench, self.choice.stage)
        if choice.kind == "picture":
            pixels = self._raster if page is None else raster.of_image(page)
            scale = choice.enlarged if page is None else 1
            return lambda file, progress: write_png(file, pixels, scale, about, progress.tell)
        if choice.kind == "numbers":
            planes, how = self._numbers, write_csv if choice.written == "csv" else write_npy
            return lambda file, progress: how(file, planes(), progress.tell)
        film = self._film
        return lambda file, progress: film.write(file, progress.tell)

    def copying(self, folder: Callable[[], Path], page: QImage | None = None) -> Work:
        """Return the work that makes what goes to the clipboard.

        Args:
            folder: makes where the file of steps may lie, on the thread
            page: the workspace, painted as sharp as wanted
        """
        choice, name = self.choice, self.name
        if choice.kind == "picture":
            pixels = self._raster if page is None else raster.of_image(page)
            scale = choice.enlarged if page is None else 1
            return partial(work.copied_picture, pixels, scale, name)
        if choice.kind == "numbers":
            planes = self._numbers

            def numbers(progress: Progress) -> object:
                return work.copied_numbers(planes(), name, progress)

            return numbers
        film, file_name = self._film, self.file_name
        return lambda progress: work.copied_film(film, folder() / file_name, name, progress)

    @property
    def _raster(self) -> Raster:
        return parts.raster_of(self._bench, self._views, self.choice.picture)

    @property
    def _numbers(self) -> Callable[[], list[Numbers]]:
        """What works the numbers out, for a thread."""
        return partial(parts.numbers_of, self._bench, self._channel, self.choice.numbers)

    @property
    def _film(self) -> Film:
        choice = self.choice
        first = choice.first if choice.stretch == "range" else self._place
        return Film(
            self._bench,
            self._channel,
            cast_of(self._bench, self._views, self._channel),
            Stretch(choice.stretch, first, choice.last),
            choice.speed,
            choice.width,
            choice.moving == "webp",
        )
