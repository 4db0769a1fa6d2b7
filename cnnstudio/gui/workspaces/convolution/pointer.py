"""What the pointer asks about: hover previews, click pins, partners are shown."""

from collections.abc import Callable
from dataclasses import replace

from cnnstudio.gui.widgets.plane_layers import Marks, Plane
from cnnstudio.gui.widgets.plane_paint import Rect
from cnnstudio.gui.workspaces.convolution import channels, planes
from cnnstudio.gui.workspaces.convolution.channels import Weight
from cnnstudio.gui.workspaces.convolution.looking import Looking
from cnnstudio.gui.workspaces.convolution.page import Page
from cnnstudio.gui.workspaces.convolution.planes import STAGES, Moment, Place
from cnnstudio.lab.convolution import ConvolutionBench, Stage
from cnnstudio.lab.number import write, write_weight

Where = tuple[Stage, int, int]


def is_there(bench: ConvolutionBench, moment: Moment, where: Where) -> bool:
    """Whether a number of a map has been computed as far as the playhead has come."""
    stage, row, column = where
    shown = moment.shown(bench, stage)
    return shown is None or row * bench.shape(stage)[1] + column < shown


class Pointer:
    """Remembers what is hovered, pinned and lit; view state, never undone."""

    def __init__(
        self,
        page: Page,
        looking: Looking,
        show: Callable[[], None],
        pin: Callable[[Where | None], None],
        enter: Callable[[Stage, int, int], None],
    ) -> None:
        self._page, self._looking, self._show = page, looking, show
        self.hovered: Where | None = None
        self.hovered_pixel: Place | None = None
        self.hovered_weight: Weight | None = None
        self.pinned: Where | None = None
        self.known = True  # whether the hovered number has been computed
        self.holds = False  # whether the ledger stays with the pinned number
        self.lit: int | None = None
        page.views["input"].hovered.connect(self._hover_pixel)
        page.kernel.slices.hovered.connect(self._hover_weight)
        page.ledger.lit.connect(self._light)
        for stage in STAGES:
            view = page.views[stage]
            view.hovered.connect(self._hoverer(stage))
            view.clicked.connect(lambda row, column, stage=stage: pin((stage, row, column)))
            view.entered.connect(lambda row, column, stage=stage: enter(stage, row, column))

    def forget(self) -> None:
        """Drop what may not be there any more."""
        self.hovered = self.hovered_pixel = self.lit = None
        self._page.ledger.forget()
        self.holds = False

    def add_to(
        self, marks: dict[str, Marks], bench: ConvolutionBench, moment: Moment
    ) -> Moment | None:
        """Add what is asked about to the marks; return the place whose arithmetic is asked for."""
        asked: Moment | None = None
        self.known = True
        where = self.hovered or (self.pinned if self.holds else None)
        if where and self._exists(bench, where):
            stage, row, column = where
            asked = Moment(stage, (row, column), None, moment.whole)
            self._hover_map(marks, bench, asked)
            if not is_there(bench, moment, where):
                self.known = False
                asked = None  # its window is shown, its number is not given away
        if self.hovered_pixel:
            self._hover(marks, "feature_map", planes.fed_by(bench, self.hovered_pixel))
            self._hover(marks, "input", ((*self.hovered_pixel, 1, 1),))
        if self.hovered_weight and all(bench.map_shape):
            meets = bench.weight_at(*self.hovered_weight[1:])
            self._hover(marks, "input", planes.met_by(bench, meets))
        if self.pinned and self._exists(bench, self.pinned):
            stage, row, column = self.pinned
            marks[stage] = replace(marks[stage], pinned=(row, column))
        weight = self.lit_weight(bench)
        here = asked or moment
        if weight and here.stage == "feature_map" and all(bench.map_shape):
            window = planes.window_rect(bench, here.place)
            (down, across), (y, x) = bench.dilation, bench.weight_at(*weight[1:])
            tap = (int(window[0]) + y * down, int(window[1]) + x * across)
            marks["input"] = replace(marks["input"], tap=tap)
        elif self.lit is not None and here.stage == "pooled_map":
            self._light_pooled(marks, bench, here)
        return asked

    def pin(self, where: Where | None) -> None:
        """Keep a number in the ledger until the playhead moves, and mark it; None forgets it."""
        self.pinned, self.holds = where, where is not None

    def lit_weight(self, bench: ConvolutionBench) -> Weight | None:
        """Return the weight whose term is lit."""
        if self.lit is None:
            return None
        return channels.weight_of(bench, self.lit, self._looking.channel)

    def figure(self, bench: ConvolutionBench) -> str:
        """Return what the status bar says about the pixel or weight under the pointer."""
        called = channels.names(bench)
        if self.hovered_weight:
            channel, row, column = self.hovered_weight
            kernel = bench.kernel
            if channel < kernel.channels and row < kernel.height and column < kernel.width:
                which = f"{called[channel]} " * (kernel.channels > 1)
                weight = write_weight(kernel.cells[channel][row][column])
                return f"{which}weight row {row + 1}, column {column + 1}: {weight}"
        plane = self._page.views["input"].plane
        if self.hovered_pixel and plane is not None:
            row, column = self.hovered_pixel
            value = self._numbers(plane, row, column, called)
            top, _, left, _ = plane.ring
            y, x = row - top, column - left
            inside = 0 <= y < bench.image.height and 0 <= x < bench.image.width
            what = "pixel" if inside else "padding, not image:"
            return f"{what} row {y + 1}, column {x + 1}: {value}"
        if self.hovered and self._exists(bench, self.hovered):
            stage, row, column = self.hovered
            if not self.known:
                return f"row {row + 1}, column {column + 1}: no number yet"
            value = write(float(self._looking.front(bench).values(stage)[row, column]))
            shown = self._page.views[stage].plane
            if bench.apart and shown is not None:
                value = self._numbers(shown, row, column, called)
            return f"row {row + 1}, column {column + 1}: {value}"
        return ""

    def _numbers(self, plane: Plane, row: int, column: int, called: list[str]) -> str:
        """Write the number of a cell, or those of all its channels, with their names."""
        chosen = self._looking.channel
        told = channels.numbers_told(plane, row, column, called)
        return told if plane.colours or len(called) == 1 else f"{called[chosen or 0]} {told}"

    def _exists(self, bench: ConvolutionBench, where: Where) -> bool:
        rows, columns = bench.shape(where[0])
        return where[1] < rows and where[2] < columns

    def _hover(self, marks: dict[str, Marks], name: str, rects: tuple[Rect, ...]) -> None:
        marks[name] = replace(marks[name], hover=rects)

    def _hover_map(self, marks: dict[str, Marks], bench: ConvolutionBench, asked: Moment) -> None:
        row, column = asked.place
        self._hover(marks, asked.stage, ((row, column, 1, 1),))
        if asked.stage == "pooled_map":
            self._hover(marks, "activation", (planes.pool_rect(bench, asked.place),))
        else:
            self._hover(marks, "input", (planes.window_rect(bench, asked.place),))

    def _light_pooled(self, marks: dict[str, Marks], bench: ConvolutionBench, here: Moment) -> None:
        top, left, rows, columns = (int(n) for n in planes.pool_rect(bench, here.place))
        if self.lit is not None and self.lit < rows * columns:
            row, column = divmod(self.lit, columns)
            marks["activation"] = replace(marks["activation"], tap=(top + row, left + column))

    def _hoverer(self, stage: Stage) -> Callable[[int, int], None]:
        def hover(row: int, column: int) -> None:
            self.hovered = (stage, row, column) if row >= 0 else None
            self._show()

        return hover

    def _hover_pixel(self, row: int, column: int) -> None:
        self.hovered_pixel = (row, column) if row >= 0 else None
        self._show()

    def _hover_weight(self, channel: int, row: int, column: int) -> None:
        self.hovered_weight = (channel, row, column) if row >= 0 else None
        self._show()

    def _light(self, term: int) -> None:
        self.lit = term if term >= 0 else None
        self._show()
