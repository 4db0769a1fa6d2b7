"""What the pictures of the workspace show: planes and marks, made of bench and place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnstudio.gui.widgets.layers import Layer
from cnnstudio.gui.widgets.plane_layers import Marks, Plane
from cnnstudio.gui.widgets.plane_paint import Rect
from cnnstudio.gui.workspaces.convolution.displays.display import USUAL, Display
from cnnstudio.gui.workspaces.convolution.survey import (
    Survey,
    black_and_white,
    parts,
    scale,
    stages_of,
)
from cnnstudio.lab.convolution import ConvolutionBench, Stage
from cnnstudio.lab.on_demand import OnDemand
from cnnstudio.lab.step import pool_step, pooled_position, pooled_so_far

Place = tuple[int, int]
STAGES: tuple[Stage, ...] = ("feature_map", "activation", "pooled_map")
_MOST_AREAS = 4096  # areas that can be marked one by one


@dataclass(frozen=True)
class Moment:
    """Where the playhead stands, and how much of the maps is there.

    Attributes:
        stage: whose map it walks over
        place: row and column
        done: how many products are added at the place; None for all
        whole: whether maps are shown whole
    """

    stage: Stage
    place: Place
    done: int | None
    whole: bool

    def computed(self, bench: ConvolutionBench) -> int | None:
        """Return how many numbers of the playhead's map there are; None for all."""
        if self.whole:
            return None
        columns = bench.shape(self.stage)[1]
        return self.place[0] * columns + self.place[1] + (1 if self.done is None else 0)

    def shown(self, bench: ConvolutionBench, stage: Stage) -> int | None:
        """Return how many numbers of a stage's map are shown; None for all."""
        computed = self.computed(bench)
        if computed is None or STAGES.index(stage) < STAGES.index(self.stage):
            return None
        if stage == "pooled_map" and self.stage != "pooled_map":
            return pooled_so_far(bench, computed)
        return computed


def input_plane(
    bench: ConvolutionBench, channel: int | None = None, layers: tuple[Layer, ...] = ()
) -> Plane:
    """Show the picture with its padding round it, and hatch what the stride never reads.

    Args:
        bench: what is on the bench
        channel: the one to look at; None for all together
        layers: the colours of a large picture, if they are known
    """
    image = bench.image
    ring = bench.padding if bench.can_pad else (0, 0, 0, 0)
    shown = padded_planes(bench) if any(ring) else image.pixels
    planes = tuple(shown) if channel is None else (shown[channel],)
    height, width = planes[0].shape
    unread: tuple[Rect, ...] = ()
    if all(bench.map_shape):
        below, beside = bench.down.unread, bench.across.unread
        if below:
            unread += ((height - below, 0, below, width),)
        if beside:
            unread += ((0, width - beside, height - below, beside),)
    return Plane(
        planes[0],
        "image",
        image.low,
        image.high,
        ring,
        unread,
        colours=planes if len(planes) == 3 else (),
        layers=tuple(layer.of_channel(channel).moved(ring[0], ring[2]) for layer in layers),
        scattered=bench.large,
    )


def padded_planes(bench: ConvolutionBench) -> Sequence[Any]:
    """Return the channels of the padded picture; of a large one only what is asked for."""
    if not bench.large:
        return list(bench.padded())
    top, bottom, left, right = bench.padding
    shape = bench.image.height + top + bottom, bench.image.width + left + right

    def block_of(channel: int) -> Callable[[range, range], Any]:
        def block(rows: range, columns: range) -> Any:
            lines = [
                range(places.start - before, places[-1] + 1 - before)
                for places, before in ((rows, top), (columns, left))
            ]
            found = bench.sliding.pixels(lines[0], lines[1])
            return found[channel, :: rows.step, :: columns.step]

        return block

    made = [OnDemand(shape, block_of(channel)) for channel in range(bench.image.channels)]
    for plane in made:
        plane.dtype = np.dtype(bench.image.pixels.dtype)
    return made


def map_planes(
    bench: ConvolutionBench, found: Survey, display: Display = USUAL
) -> dict[Stage, Plane | None]:
    """Show the maps; pooled and activated ones on the feature map's scale where they fit.

    Args:
        bench: what is on the bench; with maps of each channel, these are shown as one picture
        found: what is known of its maps
        display: what their colours mean
    """
    planes: dict[Stage, Plane | None] = dict.fromkeys(STAGES)
    benches = parts(bench)
    for stage in stages_of(bench):
        values = [e.on_demand(stage) if bench.large else e.whole(stage) for e in benches]
        planes[stage] = Plane(
            values[0],
            *scale(bench, stage, found, display),
            unread=_unpooled(bench) if stage == "activation" else (),
            colours=tuple(values) if len(values) == 3 else (),
            layers=found.layers.get(stage, ()),
            scattered=bench.large,
            base=black_and_white(bench, stage, display.mode_of(bench.apart))[0],
        )
    return planes


def _unpooled(bench: ConvolutionBench) -> tuple[Rect, ...]:
    """Return the areas of the map that no pooling window reaches."""
    if not all(bench.pooled_shape):
        return ()
    unread: tuple[Rect, ...] = ()
    rows, columns = bench.map_shape
    below, beside = (max(0, axis.unread - axis.after) for axis in bench.pool_axes)
    if below:
        unread += ((rows - below, 0, below, columns),)
    if beside:
        unread += ((0, columns - beside, rows - below, beside),)
    return unread


def window_rect(bench: ConvolutionBench, place: Place) -> Rect:
    """Return the window of a position, counted in the padded picture."""
    row, column = place[0] * bench.stride[0], place[1] * bench.stride[1]
    return row, column, bench.down.extent, bench.across.extent


def pool_rect(bench: ConvolutionBench, place: Place) -> Rect:
    """Return the pooling window of a pooled number, cut where it hangs over the map."""
    down, across = bench.pool_axes
    rows, columns = down.reads(place[0]), across.reads(place[1])
    top, left = max(0, rows.start), max(0, columns.start)
    bottom, right = min(down.size, rows.stop), min(across.size, columns.stop)
    return top, left, bottom - top, right - left


def tap_of(bench: ConvolutionBench, moment: Moment) -> Place | None:
    """Return the row and column of the weight whose product was added last."""
    if moment.stage != "feature_map" or moment.done is None:
        return None
    return divmod(
        (moment.done - 1) % (bench.kernel.height * bench.kernel.width), bench.kernel.width
    )


def marks_at(bench: ConvolutionBench, moment: Moment) -> dict[str, Marks]:
    """Return the marks of the input and of each map for the place under the playhead."""
    marks = {stage: Marks(shown=moment.shown(bench, stage)) for stage in STAGES}
    made: dict[str, Marks] = {"input": Marks(), **dict(marks.items())}
    if not all(bench.shape(moment.stage)):
        return made
    place = moment.place
    if moment.stage == "pooled_map":
        step = pool_step(bench, *place)
        winner = None if step.winner is None else step.places[step.winner]
        tap = step.places[min(moment.done, len(step.places)) - 1] if moment.done else None
        frame = pool_rect(bench, place)
        shown = made["activation"].shown
        made["activation"] = Marks(
            shown, window=frame, winner=winner if moment.done is None else None, tap=tap
        )
        made["pooled_map"] = Marks(made["pooled_map"].shown, cell=place)
        return made
    window = window_rect(bench, place)
    tap_place = tap_of(bench, moment)
    if tap_place:
        down, across = bench.dilation
        tap_place = (int(window[0]) + tap_place[0] * down, int(window[1]) + tap_place[1] * across)
    made["input"] = Marks(window=window, tap=tap_place, taps=_taps(bench, place))
    pooled = pooled_position(bench, *place)
    frame_rect = pool_rect(bench, pooled) if pooled else None
    made["feature_map"] = Marks(made["feature_map"].shown, cell=place)
    made["activation"] = Marks(made["activation"].shown, cell=place, frame=frame_rect)
    known = made["pooled_map"].shown
    if pooled and (known is None or pooled[0] * bench.pooled_shape[1] + pooled[1] < known):
        made["pooled_map"] = Marks(known, cell=pooled)
    return made


def _taps(bench: ConvolutionBench, place: Place) -> tuple[Place, ...]:
    """Return the pixels, counted with the padding, that a window with gaps reads."""
    if bench.dilation == (1, 1):
        return ()
    top, _, left, _ = bench.padding
    rows, columns = bench.down.reads(place[0]), bench.across.reads(place[1])
    return tuple((row + top, column + left) for row in rows for column in columns)


def fed_by(bench: ConvolutionBench, pixel: Place) -> tuple[Rect, ...]:
    """Return the outputs that a pixel (counted with the padding) feeds, as areas of the map."""
    row, column = pixel[0] - bench.padding[0], pixel[1] - bench.padding[2]
    rows = sorted({position for position, _ in bench.down.feeds(row)})
    columns = sorted({position for position, _ in bench.across.feeds(column)})
    return _areas(rows, columns)


def met_by(bench: ConvolutionBench, weight: Place) -> tuple[Rect, ...]:
    """Return the pixels (counted with the padding) that a weight meets, as areas."""
    down, across = bench.map_shape
    rows = [r * bench.stride[0] + weight[0] * bench.dilation[0] for r in range(down)]
    columns = [c * bench.stride[1] + weight[1] * bench.dilation[1] for c in range(across)]
    return _areas(rows, columns)


def _areas(rows: list[int], columns: list[int]) -> tuple[Rect, ...]:
    """Join neighbours: one rectangle if all lie side by side, else one for each cell.

    Of more cells than can be told apart only the area they are spread over is given.
    """
    if not rows or not columns:
        return ()
    many = len(rows) * len(columns) > _MOST_AREAS
    runs = [
        [(at[0], at[-1] - at[0] + 1)]
        if many or at[-1] - at[0] == len(at) - 1
        else [(each, 1) for each in at]
        for at in (rows, columns)
    ]
    return tuple((row, column, tall, wide) for row, tall in runs[0] for column, wide in runs[1])
