"""Looking at all numbers of large maps, a band of rows after the other; none of them is kept."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

import numpy as np

from cnnstudio.gui.widgets.layers import Colours, Layer, pyramid
from cnnstudio.gui.widgets.plane_paint import indices
from cnnstudio.gui.workspaces.convolution.displays.display import USUAL, Display, Range
from cnnstudio.gui.workspaces.convolution.survey import (
    Cancelled,
    Dropped,
    Survey,
    activated,
    parts,
    scale,
    stages_of,
)
from cnnstudio.lab.convolution import ConvolutionBench, Stage
from cnnstudio.nn.activation import activate
from cnnstudio.nn.geometry import Array, Pair
from cnnstudio.nn.pooling import pool_windows

Made = TypeVar("Made")
_WORKERS = 2  # threads: more would take from the window what they give
_BAND = 1 << 18  # numbers worked on at a time: they stay in the cache, and one may stop in between


def step_back() -> None:
    """Let the window go first where there are fewer processors than threads that want one."""
    if sys.platform == "linux":  # only there a thread has a priority of its own
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 5)


def _looks_like_its_map(bench: ConvolutionBench, display: Display) -> bool:
    """Whether the activated map has the colours of the feature map.

    Where all that is below black is black, it is so before and after a ReLU.
    """
    clipped = display.mode_of(bench.apart) == "clip" and bench.image.low == 0
    return bench.activation in ({"none", "relu", "leaky_relu"} if clipped else {"none"})


class LargeSurvey:
    """Finds scale, shares and colours of maps that are too large to be kept as numbers.

    The numbers are worked out exactly, in double precision, a band at a time; between the two
    looks at them (how large are they, and what colours does that give) they wait as single floats.
    """

    def __init__(
        self, bench: ConvolutionBench, cancelled: Cancelled, display: Display = USUAL
    ) -> None:
        self._bench, self._cancelled, self._display = bench, cancelled, display
        self._numbers = np.empty(bench.map_shape, np.float32)
        self._pooled = np.empty(bench.pooled_shape, np.float32)
        self._found = Survey(display=display)

    def run(self) -> Survey:
        """Look at everything.

        Raises:
            Dropped: soon after `cancelled` said yes.
        """
        with ThreadPoolExecutor(_WORKERS, initializer=step_back) as self._workers:
            return self._run()

    def _run(self) -> Survey:
        bench, stages = self._bench, stages_of(self._bench)
        planes: dict[Stage, list[Colours]] = {stage: [] for stage in stages}
        known = self._measured_before() if bench.apart else None
        for each in parts(bench):
            self._work_out(each)
            found = known or self._found
            for stage, made in planes.items():
                if stage != "activation" or not _looks_like_its_map(bench, self._display):
                    made.append(self._colours(stage, found))
        layers: dict[Stage, tuple[Layer, ...]] = {}
        for stage, made in planes.items():
            self._look_up()
            if made:
                layers[stage] = pyramid(np.stack(made, axis=-1) if len(made) == 3 else made[0])
            else:
                layers[stage] = layers["feature_map"]
            made.clear()
        return replace(known or self._found, layers=layers)

    def _measured_before(self) -> Survey | None:
        """Look at the maps of all channels, if the colours of the first depend on the last.

        They are worked out twice then, for three of them would need much memory.
        """
        if self._display.mode_of(composed=True) in {"clip", "plus_128"}:
            return None
        for each in parts(self._bench):
            self._work_out(each)
        return self._found

    def _work_out(self, bench: ConvolutionBench) -> None:
        self._measure(bench)
        if all(bench.pooled_shape):
            self._pool()

    def _look_up(self) -> None:
        if self._cancelled():
            raise Dropped

    def _each_band(self, shape: Pair, work: Callable[[range], Made]) -> list[Made]:
        """Do something with each band of rows of a map, two at a time; NumPy lets others run."""
        height = max(1, _BAND // shape[1])
        bands = [range(top, min(top + height, shape[0])) for top in range(0, shape[0], height)]

        def one(rows: range) -> Made:
            self._look_up()
            return work(rows)

        return list(self._workers.map(one, bands))

    def _measure(self, bench: ConvolutionBench) -> None:
        """Work out the feature map, and find its ends and what of it is out of range."""
        low, high = bench.image.low, bench.image.high
        columns = range(bench.map_shape[1])

        def band(rows: range) -> tuple[float, float, int, int]:
            values = bench.sliding.block(rows, columns)
            self._numbers[rows.start : rows.stop] = values
            ends = float(values.min()), float(values.max())
            return *ends, int(np.count_nonzero(values < low)), int(np.count_nonzero(values > high))

        least, most, below, above = zip(*self._each_band(bench.map_shape, band), strict=True)
        count = self._numbers.size * len(parts(self._bench))
        ends = float(min(least)), float(max(most))
        self._widen("feature_map", ends)
        self._widen("activation", activated(bench, ends))
        self._found = replace(
            self._found,
            below=self._found.below + sum(below) / count,
            above=self._found.above + sum(above) / count,
        )

    def _pool(self) -> None:
        """Pool the activated map, and find the ends of what comes out."""
        bench = self._bench
        down, across = bench.pool_axes
        columns = across, range(across.output)

        def activated(rows: range, columns: range) -> Array:
            places = (slice(lines.start, lines.stop, lines.step) for lines in (rows, columns))
            return activate(self._numbers[tuple(places)], bench.activation)

        def band(rows: range) -> None:
            made = pool_windows(activated, bench.pooling.kind, (down, rows), columns)
            self._pooled[rows.start : rows.stop] = made

        self._each_band(bench.pooled_shape, band)
        self._widen("pooled_map", (float(self._pooled.min()), float(self._pooled.max())))

    def _widen(self, stage: Stage, ends: Range) -> None:
        """Take the ends of a map into those of its stage."""
        before = self._found.ranges.get(stage, ends)
        wider = min(before[0], ends[0]), max(before[1], ends[1])
        self._found = replace(self._found, ranges={**self._found.ranges, stage: wider})

    def _colours(self, stage: Stage, found: Survey) -> Colours:
        numbers: Array = self._pooled if stage == "pooled_map" else self._numbers
        family, low, high = scale(self._bench, stage, found, self._display)
        made = np.empty(numbers.shape, np.uint8)

        def band(rows: range) -> None:
            block = numbers[rows.start : rows.stop]
            if stage == "activation":
                block = activate(block, self._bench.activation)
            made[rows.start : rows.stop] = indices(block, family, low, high)

        self._each_band(self._bench.shape(stage), band)
        return made
