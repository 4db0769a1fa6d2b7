"""The page: header, strip of stages, notices, ledger and transport, and how they fold."""

from dataclasses import replace
from typing import Any

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.actions import Actions
from cnnstudio.gui.player import Player
from cnnstudio.gui.widgets.controls import (
    Button,
    ElidedLabel,
    column,
    label,
    panel,
    row,
    rule,
)
from cnnstudio.gui.widgets.inputs import Segments
from cnnstudio.gui.widgets.layers import Layer
from cnnstudio.gui.widgets.plane_view import PlaneView
from cnnstudio.gui.widgets.scale_bar import ScaleBar
from cnnstudio.gui.workspaces.convolution.displays.display import FIXED, USUAL, Display
from cnnstudio.gui.workspaces.convolution.geometry_bar import GeometryBar
from cnnstudio.gui.workspaces.convolution.grid_dialog import GridDialog
from cnnstudio.gui.workspaces.convolution.input_column import InputColumn
from cnnstudio.gui.workspaces.convolution.kernel_column import KernelColumn
from cnnstudio.gui.workspaces.convolution.ledger_panel import TALL, LedgerPanel
from cnnstudio.gui.workspaces.convolution.map_columns import (
    ActivationColumn,
    MapColumn,
    PoolColumn,
)
from cnnstudio.gui.workspaces.convolution.notice import Notice
from cnnstudio.gui.workspaces.convolution.planes import STAGES, input_plane, map_planes
from cnnstudio.gui.workspaces.convolution.sample_gallery import SampleGallery
from cnnstudio.gui.workspaces.convolution.strip import Strip
from cnnstudio.gui.workspaces.convolution.survey import Survey, lies_beyond, scale
from cnnstudio.gui.workspaces.convolution.transport import Transport
from cnnstudio.gui.workspaces.convolution.tray import ARITHMETIC, Tray
from cnnstudio.lab.convolution import ConvolutionBench, Stage
from cnnstudio.lab.misfit import Misfit

NARROW = 1000  # px of the page under which slices of a kernel need room from others
LOW, LOWEST = 690, 560  # px of the page under which it folds
HIGH = 900  # px from which the ledger's grids grow


class Page(QWidget):
    """Shows a bench; says what the user did to it.

    Signals:
        edited: what the user did, the gesture it belongs to, and the fields it changes
        refused: why something typed means nothing
        sample_chosen: key and title of a sample picture
        grid_made: an Image to type into
        cured: the Cure the user chose
    """

    edited = pyqtSignal(str, object, dict)
    refused = pyqtSignal(str)
    sample_chosen = pyqtSignal(str, str)
    grid_made = pyqtSignal(object)
    cured = pyqtSignal(object)

    def __init__(self, actions: Actions, player: Player) -> None:
        super().__init__()
        self.input, self.kernel = InputColumn(actions), KernelColumn()
        self.map, self.activation, self.pool = MapColumn(), ActivationColumn(), PoolColumn()
        self.views: dict[str, PlaneView] = {
            "input": self.input.view,
            "feature_map": self.map.view,
            "activation": self.activation.view,
            "pooled_map": self.pool.view,
        }
        columns = [self.input, self.kernel, self.map, self.activation, self.pool]
        self.notice = Notice("convolution.misfit")
        self.pool_notice = Notice("convolution.pool_misfit")
        self.strip = Strip(columns, self.kernel.slices, [self.notice, self.pool_notice])
        self.ledger = LedgerPanel()
        self.tray = Tray(actions, self.ledger)
        self.tray.turned.connect(lambda _name: self.fold(actions))
        self.geometry_ = GeometryBar()
        self._more = Button("More", role="quiet")
        self._more.follow(actions["view.more"])
        self._more.setObjectName("convolution.more")
        self.transport = Transport(actions, player, self._more)
        self._low = self._pool_low = self._unfolded = self._several = False
        self._input_shown: tuple[Any, ...] = ()
        self._build(actions)
        for part in (self.input, self.kernel, self.activation, self.pool, self.geometry_):
            part.edited.connect(self.edited)
        for field in (self.input, self.kernel):
            field.refused.connect(self.refused)
        for notice in (self.notice, self.pool_notice):
            notice.cured.connect(self.cured)

    def _build(self, actions: Actions) -> None:
        self._sentence = ElidedLabel()
        self.segments = Segments(
            "convolution.growing",
            ("growing", "whole map"),
            ("Numbers appear as the playhead gets there", "All numbers at once (W)"),
        )
        undo, redo = Button(icon="undo", role="quiet"), Button(icon="redo", role="quiet")
        self.open_button = Button("Open…", "open")
        self.samples_button = Button("Samples", "grid")
        for button, name in (
            (undo, "edit.undo"),
            (redo, "edit.redo"),
            (self.open_button, "file.open"),
        ):
            button.follow(actions[name])
            button.setObjectName(f"convolution.{name.rpartition('.')[2]}")
        self.samples_button.follow(actions["file.samples"])
        self.samples_button.setObjectName("convolution.samples")
        self._gallery = SampleGallery(self.samples_button)
        self._gallery.chosen.connect(self.sample_chosen)
        self._header = QWidget()
        title = label("Convolution", theme.TITLE, theme.SEMIBOLD)
        tools = (undo, redo, self.segments, self.samples_button, self.open_button)
        head = row(title, 4, self._sentence, *tools)
        head.setStretch(2, 1)
        self._header.setLayout(head)
        self._rule = rule()
        controls = column(self.transport, self._rule, self.geometry_, gap=8)
        self._controls = panel(controls, margins=(14, 8, 14, 8))
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 8, 20, 8)
        box.setSpacing(8)
        box.addWidget(self._header)
        box.addWidget(self.strip, 1)
        for part in (self.notice, self.pool_notice, self.tray):
            box.addWidget(part)
        box.addWidget(self._controls)

    def show_sentence(self, sentence: str) -> None:
        """Say beside the title what there is to see."""
        self._sentence.show_text(sentence)

    def show_bench(
        self,
        bench: ConvolutionBench,
        channel: int | None,
        problem: Misfit | None,
        pool_problem: Misfit | None,
    ) -> None:
        """Show a bench, and what does not fit on it; its pictures come by themselves.

        Args:
            bench: what is on the bench
            channel: the one that is looked at; None for all together
            problem: what does not fit between picture and kernel
            pool_problem: what does not fit between map and pooling window
        """
        for part in (self.input, self.kernel, self.map, self.activation, self.pool):
            part.show_bench(bench, channel)
        self.geometry_.show_bench(bench)
        self.notice.show_misfit(problem)
        self.pool_notice.show_misfit(pool_problem)
        ring = bench.padding if bench.can_pad else (0, 0, 0, 0)
        padded = bench.image.height + sum(ring[:2]), bench.image.width + sum(ring[2:])
        self._several = bench.kernel.channels > 1
        self.strip.show_shapes([padded, (0, 0), *(bench.shape(stage) for stage in STAGES)])
        self._place_notices()

    def show_picture(
        self, bench: ConvolutionBench, channel: int | None, layers: tuple[Layer, ...]
    ) -> None:
        """Show the picture the kernel slides over, or one channel of it."""
        made = input_plane(bench, channel, layers)
        shown = (bench.image, made.ring, bench.padding_mode, made.unread, channel, layers)
        if shown != self._input_shown:
            self._input_shown = shown
            self.input.view.show_plane(made)

    def show_maps(self, bench: ConvolutionBench, found: Survey, display: Display = USUAL) -> None:
        """Show the maps of a bench as far as they are known."""
        problem = self.notice.misfit
        sentence = problem.title if problem and problem.stops else ""
        planes, bars = map_planes(bench, found, display), self.bars
        for stage in STAGES:
            plane = planes[stage]
            why = sentence if stage == "feature_map" else "needs a feature map" if sentence else ""
            self.views[stage].show_plane(plane, why or "the window does not fit into the map")
            bars[stage].setVisible(plane is not None)
            if plane is not None:
                known = found.whole or plane.family in FIXED
                beyond = lies_beyond(found, stage, plane)
                bars[stage].show_scale(plane.low, plane.high, plane.family, known, beyond)
        self.map.show_survey(bench, found)
        self.ledger.limit = scale(bench, "activation", found)[2]  # its tables show signs

    @property
    def bars(self) -> dict[Stage, ScaleBar]:
        """The scale under each map."""
        bars = (self.map.bar, self.activation.bar, self.pool.bar)
        return dict(zip(STAGES, bars, strict=True))

    def widen(self, stage: Stage, low: float, high: float) -> None:
        """Show a map on a wider scale, which it shares with another one."""
        plane = self.views[stage].plane
        if plane is not None:
            self.views[stage].show_plane(replace(plane, low=low, high=high))
            self.bars[stage].show_scale(low, high, plane.family)

    def show_busy(self, busy: bool) -> None:
        """Show that maps are being worked out, if it takes long enough to be noticed."""
        for stage in STAGES:
            self.views[stage].wait(busy)

    def _place_notices(self) -> None:
        """Put notices under the maps, or in the ledger's place if there is no number or no room."""
        narrow = self._several and self.width() < NARROW
        self.pool.fold(self._pool_low and not self._unfolded, narrow and not self._unfolded)
        roomy, box = self.height() >= LOW and self._fit_inside(), self.layout()
        assert isinstance(box, QVBoxLayout)
        for notice in (self.notice, self.pool_notice):
            wanted = notice.misfit
            inside = roomy and not (wanted and wanted.stops and notice is self.notice)
            if inside and notice.parentWidget() is not self.strip:
                notice.setParent(self.strip)
            elif not inside and notice.parentWidget() is not self:
                box.insertWidget(box.indexOf(self.tray), notice)
            notice.setVisible(wanted is not None)
        main, pool = self.notice.misfit, self.pool_notice.misfit
        beside = not roomy and (main is not None or pool is not None)
        crowded = self.height() < LOW and (beside or self._unfolded)
        reading = self.tray.shown == ARITHMETIC
        self.tray.setVisible(not reading or (not (main and main.stops) and not crowded))
        high = self.height() > HIGH
        self.ledger.fold(self._low or (beside and not high), high, self._several)
        self.tray.fit()
        box.activate()  # now, not when Qt comes to it: the strip is to know its height
        self.strip.arrange()

    def _fit_inside(self) -> bool:
        """Whether the pictures stay large enough with the notices under the maps."""
        shown = [n for n in (self.notice, self.pool_notice) if n.misfit is not None]
        height = self.height() - self._header.height() - TALL - self._controls.height() - 50
        with_them = self.strip.largest_cell(height, list[QWidget](shown))
        return with_them >= 0.7 * self.strip.largest_cell(height, [])

    def show_samples(self) -> None:
        """Open the gallery of samples, under its button if that is there."""
        button = self.samples_button
        place = button if button.isVisible() else self.strip
        self._gallery.popup(place.mapToGlobal(place.rect().bottomLeft()))

    def ask_grid(self) -> None:
        """Ask how large a new grid shall be."""
        dialog = GridDialog(self)
        dialog.made.connect(self.grid_made)
        dialog.open()

    def fold(self, actions: Actions) -> None:
        """Fold what there is no room for; what is folded away stays in the menus."""
        low, lowest = self.height() < LOW, self.height() < LOWEST
        unfolded = actions["view.more"].isChecked()
        bare = lowest or (low and self.tray.shown != ARITHMETIC)
        self._header.setVisible(not lowest)
        self.geometry_.setVisible(unfolded or not bare)
        self._rule.setVisible(unfolded or not bare)
        self.geometry_.unfold(unfolded)
        self._low = low or (unfolded and self.height() <= HIGH)
        self._unfolded = unfolded
        self.kernel.info.setVisible(not low)
        self.map.fold(low)
        self._pool_low = low
        self._place_notices()
