"""One kernel sliding over one image: the places it has, and the number it makes at each."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cnnstudio.lab.image import Image, Pixels
from cnnstudio.lab.kept import kept
from cnnstudio.lab.kernel import Kernel
from cnnstudio.nn.correlate import correlate
from cnnstudio.nn.geometry import Array, Axis, PaddingMode, Pair, Sides, pad
from cnnstudio.nn.rounding import settled

_EXACT_IN_FLOAT32 = 1 << 24  # up to here float32 holds every whole number
_EXACT_IN_FLOAT64 = 1 << 53


@dataclass(frozen=True)
class Sliding:
    """What a feature map depends on, and nothing else.

    Attributes:
        stride, dilation: down and across
        padding: top, bottom, left, right
    """

    image: Image
    kernel: Kernel
    stride: Pair
    padding: Sides
    padding_mode: PaddingMode
    dilation: Pair

    @cached_property
    def key(self) -> tuple[Hashable, ...]:
        """What tells this from others, without the picture."""
        how = (self.stride, self.padding, self.padding_mode, self.dilation)
        return self.image.key, self.kernel, *how

    @cached_property
    def down(self) -> Axis:
        """How the window moves from row to row."""
        top, bottom, _, _ = self.padding
        sides = (self.kernel.height, self.stride[0], top, bottom, self.dilation[0])
        return Axis(self.image.height, *sides)

    @cached_property
    def across(self) -> Axis:
        """How the window moves from column to column."""
        _, _, left, right = self.padding
        sides = (self.kernel.width, self.stride[1], left, right, self.dilation[1])
        return Axis(self.image.width, *sides)

    @property
    def can_pad(self) -> bool:
        """Whether there are enough pixels for the padding mode to copy from."""
        spare = {"reflect": 1, "wrap": 0}.get(self.padding_mode)
        if spare is None:
            return True
        return all(
            max(axis.before, axis.after) <= axis.size - spare for axis in (self.down, self.across)
        )

    @property
    def shape(self) -> Pair:
        """Rows and columns of the feature map; 0 where the kernel does not fit."""
        if not self.can_pad or not self.down.output or not self.across.output:
            return 0, 0
        return self.down.output, self.across.output

    def pixels(self, rows: range, columns: range) -> Pixels:
        """Return a block of the padded picture: (C, h, w), in the image's own dtype.

        Args:
            rows: counted in the picture without its padding, one after the other
            columns: likewise
        """
        height, width = self.image.height, self.image.width
        inner = self.image.pixels
        if _is_inside(rows, height) and _is_inside(columns, width):
            return inner[:, rows.start : rows.stop, columns.start : columns.stop]
        if self.padding_mode == "zero":
            around = _cut(rows, height), _cut(columns, width)
            cut = inner[:, around[0][0], around[1][0]]
            return pad(cut, (*around[0][1], *around[1][1]))
        top, bottom, left, right = self.padding
        beyond = _padded_lines(self.padding_mode, height, top, bottom)
        beside = _padded_lines(self.padding_mode, width, left, right)
        picked = inner[:, beyond[rows.start + top : rows.stop + top]]
        return picked[:, :, beside[columns.start + left : columns.stop + left]]

    def block(self, rows: range, columns: range) -> Array:
        """Work out the numbers at some places of the map: (h, w), float64.

        Whole numerators are summed where that is possible, and divided once: so nine 90s under
        nine times 1/9 are exactly 90.

        Args:
            rows: places of the map, evenly spaced
            columns: likewise
        """
        kernel, image = self.kernel, self.image
        divisor = kernel.divisor * kernel.denominator
        above, below = float(divisor.denominator), float(divisor.numerator)
        bound = kernel.weight_of_numerators * 255
        whole = image.pixels.dtype == np.uint8 and kernel.has_whole_numerators
        kind = np.float32 if whole and bound < _EXACT_IN_FLOAT32 else np.float64
        weights: Array = kernel.numerators.astype(kind)
        pixels = self.pixels(_spanned(self.down, rows), _spanned(self.across, columns))
        stride = self.stride[0] * rows.step, self.stride[1] * columns.step
        made: Array = correlate(pixels, weights, stride, self.dilation).astype(
            np.float64, copy=False
        )
        if divisor != 1:
            made *= above
            made /= below
        made += float(kernel.bias)  # even if it is 0: a sum of -0.0 is 0
        if not whole or bound >= _EXACT_IN_FLOAT64:
            parts = correlate(np.abs(pixels), np.abs(weights), stride, self.dilation)
            noise = parts * above / abs(below) + abs(float(kernel.bias))
            made = settled(made, noise, weights.size + 1)
        return made


@kept
def feature_map(sliding: Sliding) -> Array:
    """Return the whole map: (H', W')."""
    rows, columns = sliding.shape
    made = sliding.block(range(rows), range(columns)) if rows else np.zeros((0, 0))
    made.flags.writeable = False
    return made


@kept
def padded(sliding: Sliding) -> Pixels:
    """Return the whole picture with its padding: (C, H + P, W + P)."""
    down, across = sliding.down, sliding.across
    rows = range(-down.before, down.size + down.after)
    made = sliding.pixels(rows, range(-across.before, across.size + across.after)).view()
    made.flags.writeable = False
    return made


def _is_inside(lines: range, size: int) -> bool:
    return lines.start >= 0 and lines.stop <= size


def _spanned(axis: Axis, places: range) -> range:
    """Return the lines of the picture that the windows of some places lie on."""
    return range(axis.start(places[0]), axis.start(places[-1]) + axis.extent)


def _cut(lines: range, size: int) -> tuple[slice, Pair]:
    """Return which lines there are, and how many are missing before and after them."""
    first, last = min(max(lines.start, 0), size), max(min(lines.stop, size), 0)
    first = min(first, last)
    before = min(max(0, -lines.start), len(lines))
    return slice(first, last), (before, len(lines) - before - (last - first))


@kept
def _padded_lines(mode: PaddingMode, size: int, before: int, after: int) -> Pixels:
    """Return which line of the picture each line of the padded one copies."""
    lines: Pixels = pad(np.arange(size)[None, None], (0, 0, before, after), mode)[0, 0]
    return lines
