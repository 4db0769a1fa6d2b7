"""Putting pictures and maps on the page: small ones at once, large ones as they become known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from cnnstudio.gui.widgets.layers import Layer
from cnnstudio.gui.widgets.plane_view import PlaneView
from cnnstudio.gui.workspaces.convolution import channels
from cnnstudio.gui.workspaces.convolution.displays.display import USUAL, Display
from cnnstudio.gui.workspaces.convolution.page import Page
from cnnstudio.gui.workspaces.convolution.survey import Seen, Survey, survey
from cnnstudio.gui.workspaces.convolution.surveyor import Surveyor
from cnnstudio.lab.convolution import ConvolutionBench, Stage
from cnnstudio.lab.image import Image

_NOTHING = Survey(whole=False)
_PRODUCTS, _DENSE = 12_000_000, 20  # of a map in a glimpse; how many times more side by side
_QUICK = 3_000_000  # numbers of a picture up to which all is there before a glimpse would be seen


class Showing(QObject):
    """Shows the picture and the maps of a bench, and keeps what is known of large ones.

    Signals:
        failed: why there is no map, in a sentence
    """

    failed = pyqtSignal(str)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._bench: ConvolutionBench | None = None
        self._channel: int | None = None
        self._display = USUAL
        self._found = _NOTHING  # about the large maps that are shown
        self._picture: tuple[Image | None, tuple[Layer, ...]] = None, ()
        self._wanted = False  # whether there is something to find out
        self._soon = QTimer(self)  # so that the window paints what it knows before all else
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._look)
        self.surveyor = Surveyor(self)
        self.surveyor.surveyed.connect(self._take_survey)
        self.surveyor.failed.connect(self._give_up)
        self.surveyor.pictured.connect(self._take_picture)
        self.surveyor.busied.connect(page.show_busy)

    def show_bench(self, bench: ConvolutionBench, channel: int | None) -> None:
        """Show what is known at once: all of small maps, the last look at large ones.

        Args:
            bench: what is on the bench
            channel: the channel to look at; None for all together
        """
        before = self._shown
        self._bench, self._channel = bench, channel
        shown = self._shown
        assert shown is not None
        if self._picture[0] is not bench.image:
            self._picture = (bench.image, ()) if bench.large else (None, ())
        self._page.show_picture(bench, channel, self._picture[1])
        same = shown == before and self._found.display == self._display
        self._wanted = bench.large and not (same and self._found.whole)
        if not bench.large:
            self._soon.stop()
            self.surveyor.drop()
            self._found = survey(shown)
        elif self._wanted:
            fits = before is not None and _alike(before, shown)
            self._found = replace(self._found, whole=False) if fits else _NOTHING
        self._show_maps(shown)

    def show_display(self, display: Display) -> None:
        """Show the maps in other colours: small ones at once, large ones as they are made."""
        self._display = display
        if self._bench is not None:
            self.show_bench(self._bench, self._channel)
            if self._bench.large and not self._wanted:
                self.surveyor.drop()  # what is shown is what is wanted again
            self.look()

    def look(self) -> None:
        """Find out about large maps soon; call it when the views are in their places."""
        if self._wanted or (self._picture[0] and not self._picture[1]):
            self.surveyor.drop()
            self._soon.start()

    @property
    def busy(self) -> bool:
        """Whether something is still to come."""
        return self.surveyor.busy or self._soon.isActive()

    def _look(self) -> None:
        shown, (picture, layers) = self._shown, self._picture
        if shown is not None and (self._wanted or (picture and not layers)):
            views = self._page.views
            seen = seen_of(views, shown) if shown.image.pixels.size > _QUICK else None
            self.surveyor.ask(shown, seen, None if layers else picture, self._display)

    def shut_down(self) -> None:
        """Stop looking; returns at once."""
        self._soon.stop()
        self.surveyor.shut_down()

    @property
    def _shown(self) -> ConvolutionBench | None:
        """The bench whose maps are shown: of one channel, if that is looked at by itself."""
        return channels.seen(self._bench, self._channel) if self._bench else None

    def _take_survey(self, found: Survey) -> None:
        if self._shown is not None:
            self._found = found
            self._show_maps(self._shown)

    def _show_maps(self, shown: ConvolutionBench) -> None:
        """Show what is known; large maps stay in their old colours until the new ones are made."""
        made = self._found.display if self._found.layers else self._display
        self._page.show_maps(shown, self._found, made)

    def _give_up(self, reason: str) -> None:
        """Show no old map in the place of one that cannot be had."""
        self._found = _NOTHING
        if self._shown is not None:
            self._show_maps(self._shown)
        self.failed.emit(reason)

    def _take_picture(self, image: Image, layers: tuple[Layer, ...]) -> None:
        if self._bench is not None and self._picture[0] is image:
            self._picture = image, layers
            self._page.show_picture(self._bench, self._channel, layers)


def _alike(before: ConvolutionBench, after: ConvolutionBench) -> bool:
    """Whether what was seen of the maps before may stand in until the new ones are known."""
    return (
        before.map_shape == after.map_shape
        and before.pooled_shape == after.pooled_shape
        and before.apart == after.apart
    )


def seen_of(views: Mapping[str, PlaneView], bench: ConvolutionBench) -> Seen:
    """Return which places of each map the screen shows, evenly spaced.

    There is one for each pixel of the screen, or fewer where that would take too long.
    """
    found: dict[Stage, tuple[range, range]] = {}
    cost = bench.kernel.numerators.size
    area = bench.pooling.size[0] * bench.pooling.size[1]
    costs: dict[Stage, int] = {
        "feature_map": cost,
        "activation": cost,
        "pooled_map": cost * area,
    }
    for stage, products in costs.items():
        view = views[stage]
        if view.plane is None or view.isHidden():
            continue
        rows, columns = view.grid.visible(view.viewport(), view.plane.values.shape)
        step = max(1, int(1 / (view.grid.cell * view.devicePixelRatioF())))
        cells = (rows.stop - rows.start) * (columns.stop - columns.start)
        while cells * products > _PRODUCTS * step**2 * (_DENSE if step == 1 else 1):
            step += 1
        found[stage] = (
            range(rows.start, rows.stop, step),
            range(columns.start, columns.stop, step),
        )
    return found
