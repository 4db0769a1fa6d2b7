"""Looking at all numbers of large maps, a band of rows after the other; none of them is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from cnnstudio.gui.widgets.layers import Colours, Layer, pyramid
from cnnstudio.gui.widgets.plane_paint import indices
from cnnstudio.gui.workspaces.convolution.survey import (
    Survey,
    end_of_scale,
    parts,
    scale,
    stages_of,
)
from cnnstudio.lab.convolution import ConvolutionBench, Stage
from cnnstudio.nn.activation import activate
from cnnstudio.nn.geometry import Array
from cnnstudio.nn.pooling import filling, pool

_BAND = 1 << 18  # numbers worked on at a time: they stay in the cache, and one may stop in between


class Dropped(Exception):  # noqa: N818 - nothing went wrong
    """Nobody wants to know any more."""


class LargeSurvey:
    """Finds scale, shares and colours of maps that are too large to be kept as numbers.

    The numbers are worked out exactly, in double precision, a band at a time; between the two
    looks at them (how large are they, and what colours does that give) they wait as single floats.
    """

    def __init__(self, bench: ConvolutionBench, cancelled: Callable[[], bool]) -> None:
        self._bench, self._cancelled = bench, cancelled
        self._numbers = np.empty(bench.map_shape, np.float32)
        self._pooled = np.empty(bench.pooled_shape, np.float32)
        self._found = Survey()

    def run(self) -> Survey:
        """Look at everything.

        Raises:
            Dropped: soon after `cancelled` said yes.
        """
        bench, stages = self._bench, stages_of(self._bench)
        planes: dict[Stage, list[Colours]] = {stage: [] for stage in stages}
        for each in parts(bench):
            self._measure(each)
            if "pooled_map" in planes:
                self._pool()
            for stage, made in planes.items():
                if stage != "activation" or bench.activation != "none":
                    made.append(self._colours(stage))
        layers: dict[Stage, tuple[Layer, ...]] = {}
        for stage, made in planes.items():
            self._look_up()
            if made:
                layers[stage] = pyramid(made[0] if len(made) == 1 else np.stack(made, axis=-1))
            else:
                layers[stage] = layers["feature_map"]
            made.clear()
        return replace(self._found, layers=layers)

    def _look_up(self) -> None:
        if self._cancelled():
            raise Dropped

    def _bands(self, shape: tuple[int, int]) -> Iterator[range]:
        height = max(1, _BAND // shape[1])
        for top in range(0, shape[0], height):
            self._look_up()
            yield range(top, min(top + height, shape[0]))

    def _measure(self, bench: ConvolutionBench) -> None:
        """Work out the feature map, and find its scale and what of it is out of range."""
        least, most = np.inf, -np.inf
        below = above = 0
        low, high = bench.image.low, bench.image.high
        columns = range(bench.map_shape[1])
        for rows in self._bands(bench.map_shape):
            values = bench.sliding.block(rows, columns)
            least, most = min(least, float(values.min())), max(most, float(values.max()))
            below += int(np.count_nonzero(values < low))
            above += int(np.count_nonzero(values > high))
            self._numbers[rows.start : rows.stop] = values
        count = self._numbers.size * len(parts(self._bench))
        self._found = replace(
            self._found,
            limit=end_of_scale(least, most),
            below=self._found.below + below / count,
            above=self._found.above + above / count,
        )

    def _pool(self) -> None:
        """Pool the activated map, and find the scale of what comes out."""
        how, bench = self._bench.pooling, self._bench
        down, across = bench.pool_axes
        end = across.start(across.output - 1) + across.extent
        beside = across.before, max(0, end - across.size)
        for rows in self._bands(self._pooled.shape):
            lines = range(down.start(rows[0]), down.start(rows[-1]) + down.extent)
            inside = slice(max(0, lines.start), min(down.size, lines.stop))
            block = activate(self._numbers[inside], bench.activation)
            above = inside.start - lines.start, lines.stop - inside.stop
            if any(above) or any(beside):
                block = np.pad(block, (above, beside), constant_values=filling(how.kind))
            made = pool(block, how.kind, how.size, how.stride, (0, 0))
            self._pooled[rows.start : rows.stop] = made[:, : across.output]
        ends = float(self._pooled.min()), float(self._pooled.max())
        self._found = replace(self._found, pooled_limit=end_of_scale(*ends))

    def _colours(self, stage: Stage) -> Colours:
        numbers: Array = self._pooled if stage == "pooled_map" else self._numbers
        family, low, high = scale(self._bench, stage, self._found)
        made = np.empty(numbers.shape, np.uint8)
        for rows in self._bands(self._bench.shape(stage)):
            block = numbers[rows.start : rows.stop]
            if stage == "activation":
                block = activate(block, self._bench.activation)
            made[rows.start : rows.stop] = indices(block, family, low, high)
        return made
