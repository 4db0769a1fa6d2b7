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
from cnnstudio.gui.workspaces.convolution.survey import (
    Cancelled,
    Dropped,
    Survey,
    end_of_scale,
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


def _looks_like_its_map(bench: ConvolutionBench) -> bool:
    """Whether the activated map has the colours of the feature map.

    In a picture composed of maps all that is below black is black, before and after a ReLU.
    """
    dark = {"none", "relu", "leaky_relu"} if bench.apart and bench.image.low == 0 else {"none"}
    return bench.activation in dark


class LargeSurvey:
    """Finds scale, shares and colours of maps that are too large to be kept as numbers.

    The numbers are worked out exactly, in double precision, a band at a time; between the two
    looks at them (how large are they, and what colours does that give) they wait as single floats.
    """

    def __init__(self, bench: ConvolutionBench, cancelled: Cancelled) -> None:
        self._bench, self._cancelled = bench, cancelled
        self._numbers = np.empty(bench.map_shape, np.float32)
        self._pooled = np.empty(bench.pooled_shape, np.float32)
        self._found = Survey(limit=0.0, pooled_limit=0.0)

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
        for each in parts(bench):
            self._measure(each)
            if "pooled_map" in planes:
                self._pool()
            for stage, made in planes.items():
                if stage != "activation" or not _looks_like_its_map(bench):
                    made.append(self._colours(stage))
        layers: dict[Stage, tuple[Layer, ...]] = {}
        for stage, made in planes.items():
            self._look_up()
            if made:
                layers[stage] = pyramid(np.stack(made, axis=-1) if len(made) == 3 else made[0])
            else:
                layers[stage] = layers["feature_map"]
            made.clear()
        return replace(self._found, layers=layers)

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
        """Work out the feature map, and find its scale and what of it is out of range."""
        low, high = bench.image.low, bench.image.high
        columns = range(bench.map_shape[1])

        def band(rows: range) -> tuple[float, float, int, int]:
            values = bench.sliding.block(rows, columns)
            self._numbers[rows.start : rows.stop] = values
            ends = float(values.min()), float(values.max())
            return *ends, int(np.count_nonzero(values < low)), int(np.count_nonzero(values > high))

        least, most, below, above = zip(*self._each_band(bench.map_shape, band), strict=True)
        count = self._numbers.size * len(parts(self._bench))
        self._found = replace(
            self._found,
            limit=max(self._found.limit, end_of_scale(min(least), max(most))),
            below=self._found.below + sum(below) / count,
            above=self._found.above + sum(above) / count,
        )

    def _pool(self) -> None:
        """Pool the activated map, and find the scale of what comes out."""
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
        limit = end_of_scale(float(self._pooled.min()), float(self._pooled.max()))
        self._found = replace(self._found, pooled_limit=max(self._found.pooled_limit, limit))

    def _colours(self, stage: Stage) -> Colours:
        numbers: Array = self._pooled if stage == "pooled_map" else self._numbers
        family, low, high = scale(self._bench, stage, self._found)
        made = np.empty(numbers.shape, np.uint8)

        def band(rows: range) -> None:
            block = numbers[rows.start : rows.stop]
            if stage == "activation":
                block = activate(block, self._bench.activation)
            made[rows.start : rows.stop] = indices(block, family, low, high)

        self._each_band(self._bench.shape(stage), band)
        return made
