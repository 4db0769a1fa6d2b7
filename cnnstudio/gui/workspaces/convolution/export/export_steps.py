"""The sliding sequence as a film: which positions, what each frame shows, and how it is written."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import IO

from cnnstudio.gui.exporting.animation_file import (
    GifWriter,
    WebpWriter,
    Writer,
    durations,
    write_frames,
)
from cnnstudio.gui.exporting.frame import Cast, FramePainter, Still
from cnnstudio.gui.exporting.palette import Palette
from cnnstudio.gui.exporting.raster import Bytes
from cnnstudio.gui.widgets.plane_view import PlaneView
from cnnstudio.gui.workspaces.convolution import channels
from cnnstudio.gui.workspaces.convolution.planes import Moment, Place, marks_at
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.ledger import ledger
from cnnstudio.lab.number import size, write
from cnnstudio.lab.step import steps_per_position

MOST = 2000  # frames: more makes files that no browser likes
SPEEDS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 25.0)  # frames a second; browsers slow down faster ones
SPANS = ("all", "row", "range", "products")
_FEW = 4  # slices that are shown all; of more only the one that is looked at
_BREATH = 0.002  # seconds between two frames that belong to the window
Tell = Callable[[int, int], object]


@dataclass(frozen=True)
class Stretch:
    """Which steps are wanted.

    Attributes:
        kind: one of SPANS: all positions, one row, from place to place, or products of one
        first, last: places of the feature map; only the first counts for a row and for products
    """

    kind: str
    first: Place = (0, 0)
    last: Place = (0, 0)

    def count(self, bench: ConvolutionBench) -> int:
        """Return how many frames that makes."""
        rows, columns = bench.map_shape
        if self.kind == "products":
            return steps_per_position(bench, "feature_map") // (
                bench.kernel.channels if bench.apart else 1
            )
        if self.kind == "row":
            return columns
        if self.kind == "all":
            return rows * columns
        return max(0, self._index(self.last, columns) - self._index(self.first, columns) + 1)

    def moments(self, bench: ConvolutionBench) -> list[Moment]:
        """Return where the playhead stands, frame by frame."""
        columns, count = bench.map_shape[1], self.count(bench)
        if self.kind == "products":
            done = [*range(1, count), None]
            return [Moment("feature_map", self.first, each, False) for each in done]
        begin = {"all": 0, "row": self.first[0] * columns}.get(self.kind)
        first = self._index(self.first, columns) if begin is None else begin
        places = [divmod(index, columns) for index in range(first, first + count)]
        return [Moment("feature_map", place, None, False) for place in places]

    @staticmethod
    def _index(place: Place, columns: int) -> int:
        return place[0] * columns + place[1]


def refusal(count: int) -> str:
    """Say why so many frames are not made, and what helps; "" if they are."""
    if count < 1:
        return "The last position stands before the first one; choose a later one"
    if count > MOST:
        return (
            f"{write(count)} frames are more than browsers like to show; choose at most "
            f"{write(MOST)}, such as one row, or from one position to another"
        )
    return ""


def cast_of(bench: ConvolutionBench, views: dict[str, PlaneView], channel: int | None) -> Cast:
    """Return what all frames show: the pictures as they are on the page now."""
    shown, found = views["input"].plane, views["feature_map"].plane
    assert shown is not None
    assert found is not None
    kernel, names = bench.applied, channels.names(bench)
    slices = tuple(enumerate(names))
    if kernel.channels > _FEW or (bench.apart and channel is not None):
        slices = slices[channel or 0 : (channel or 0) + 1]
    if kernel.channels == 1:
        slices = ((0, ""),)
    heads = (
        (bench.image.name or "Picture", size(*shown.values.shape)),
        ("Kernel, turned" if bench.flipped else "Kernel", size(kernel.height, kernel.width)),
        ("Feature map", size(*found.values.shape)),
    )
    return Cast(shown, found, kernel, slices, heads)


@dataclass(frozen=True, eq=False)
class Film:
    """Everything that decides how a file of steps looks; nothing of it belongs to the window.

    Attributes:
        bench: what makes the numbers
        channel: the one that is looked at; None for all together
        cast: what all frames show
        stretch: which steps
        speed: frames a second
        width: of a frame, in px
        webp: whether it is a WebP and no GIF
    """

    bench: ConvolutionBench
    channel: int | None
    cast: Cast
    stretch: Stretch
    speed: float
    width: int
    webp: bool

    @property
    def count(self) -> int:
        """How many frames there are."""
        return self.stretch.count(self.bench)

    @property
    def durations(self) -> list[int]:
        """How long each frame is shown, in milliseconds."""
        return durations(self.count, self.speed, step=1 if self.webp else 10)

    def stills(self, places: Sequence[int], tell: Tell | None = None) -> list[Still]:
        """Write down what some of the frames show."""
        made, front = [], channels.front(self.bench, self.channel)
        moments, count = self.stretch.moments(self.bench), self.count
        for place in places:
            moment = moments[place]
            marks, shown = marks_at(front, moment), moment.shown(self.bench, "feature_map")
            where, done, channel = moment.place, moment.done, self.channel
            told = ledger(self.bench, "feature_map", where, done, shown, channel=channel)
            made.append(
                Still(
                    marks["input"],
                    marks["feature_map"],
                    self._tap(moment),
                    told.title,
                    told.result,
                    told.line,
                    told.note,
                    (place + 1) / count,
                )
            )
            if tell is not None:
                tell(place, 11 * count)
        return made

    def _tap(self, moment: Moment) -> tuple[int, int, int] | None:
        """Return the weight, as it lies on the picture, whose product was added last."""
        found = channels.newest_weight(self.bench, moment, self.channel)
        return found and (found[0], *self.bench.weight_at(*found[1:]))

    def write(self, file: IO[bytes], tell: Tell) -> None:
        """Paint and write all frames; `tell` hears how far it is, and may raise to stop."""
        count = self.count
        stills = self.stills(range(count), tell)
        painter = FramePainter(self.cast, self.width, stills)

        def frames() -> Iterator[Bytes]:
            for place, still in enumerate(stills):
                tell(count + 10 * place, 11 * count)
                time.sleep(_BREATH)
                yield painter.pixels(still)

        writer = self._writer(painter, [stills[0], stills[count // 2], stills[-1]])
        write_frames(file, writer, frames(), self.durations)
        tell(11 * count, 11 * count)

    def _writer(
        self, painter: FramePainter, some: Sequence[Still]
    ) -> Callable[[IO[bytes]], Writer]:
        if self.webp:
            return WebpWriter
        palette = Palette.of([painter.pixels(still) for still in some], painter.wanted())
        return lambda file: GifWriter(file, palette)

    def look(self, tell: Tell) -> tuple[Bytes, int, float]:
        """Paint a frame; estimate how many bytes the file has, and how many seconds it takes.

        Args:
            tell: may raise to stop
        """
        count, begun = self.count, time.perf_counter()
        starts = sorted({min(max(0, count - 2), count * share // 8) for share in (2, 5)})
        places = [0, *(place for at in starts for place in (at, at + 1) if place < count)]
        stills = self.stills(places)
        painter = FramePainter(self.cast, self.width, stills)
        ends = [stills[0], stills[len(stills) // 2], stills[-1]]
        file = io.BytesIO()
        writer = self._writer(painter, ends)(file)
        sizes, times, pages = [0], [time.perf_counter()], []
        for still in stills:
            tell(0, 0)
            pages.append(painter.pixels(still))
            writer.add(pages[-1], 100)
            sizes.append(file.tell())
            times.append(time.perf_counter())
        each = min(after - before for before, after in pairwise(times)) + _BREATH
        steps = [sizes[n + 2] - sizes[n + 1] for n in range(1, len(stills) - 1, 2)]
        more = sum(steps) / len(steps) if steps else 0.0
        seconds = times[0] - begun + each * count
        return pages[len(pages) // 2], round(sizes[1] + more * (count - 1)), seconds
