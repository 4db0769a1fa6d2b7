"""The convolution bench: a picture, a filter, how it moves, and what is done to its map."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal

import numpy as np

from cnnstudio.lab.image import Image, working_image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.number import many
from cnnstudio.lab.quote import quote
from cnnstudio.nn.activation import ACTIVATIONS, Activation, activate
from cnnstudio.nn.correlate import correlate
from cnnstudio.nn.geometry import Array, Axis, PaddingMode, Pair, Sides, pad
from cnnstudio.nn.pooling import POOLINGS, PoolingKind, pool
from cnnstudio.nn.rounding import settled

Stage = Literal["feature_map", "activation", "pooled_map"]
MAX_STRIDE = 16
MAX_PADDING = 16
MAX_DILATION = 4
MAX_POOL = 16
PADDING_MODES: tuple[PaddingMode, ...] = ("zero", "replicate", "reflect", "wrap")
_EXACT_IN_FLOAT32 = 1 << 24  # up to here float32 holds every whole number
_EXACT_IN_FLOAT64 = 1 << 53


def _between(what: str, numbers: tuple[int, ...], least: int, most: int) -> None:
    for number in numbers:
        if not least <= number <= most:
            raise ValueError(
                f"{what} lies between {least} and {most}; {number} has no meaning here"
            )


@dataclass(frozen=True)
class Pooling:
    """How a map is pooled: what is kept of each window, and how the window moves.

    Attributes:
        kind: what is made of the numbers in a window
        size, stride, padding: down and across, as in PyTorch
    """

    kind: PoolingKind = "max"
    size: Pair = (2, 2)
    stride: Pair = (2, 2)
    padding: Pair = (0, 0)

    def __post_init__(self) -> None:
        if self.kind not in POOLINGS:
            raise ValueError(f"There is no pooling called {quote(self.kind)}")
        _between("A pooling window", self.size, 1, MAX_POOL)
        _between("The stride of a pooling", self.stride, 1, MAX_POOL)
        _between("The padding of a pooling", self.padding, 0, MAX_POOL)
        for padding, size in zip(self.padding, self.size, strict=True):
            if 2 * padding > size:
                raise ValueError(
                    f"A pooling window of {size} can have a padding of at most {size // 2}, "
                    f"half of it; {padding} is more"
                )

    def axis(self, count: int, direction: int) -> Axis:
        """Return how the window moves along one direction of a map (0 down, 1 across)."""
        padding = self.padding[direction]
        return Axis(count, self.size[direction], self.stride[direction], padding, padding)


@dataclass(frozen=True)
class ConvolutionBench:
    """Everything that decides what the Convolution workspace shows.

    A kernel that is larger than the picture, or a stride that does not fit, is a bench like any
    other (see `misfit.py`); only what has no meaning is refused.

    Attributes:
        source: the picture as it was opened; `image` is what the kernel slides over
        fit, square, invert: how the picture was prepared, see `working_image`
        stride, dilation: down and across
        padding: top, bottom, left, right
    """

    source: Image
    kernel: Kernel
    fit: int | None = None
    square: bool = False
    invert: bool = False
    stride: Pair = (1, 1)
    padding: Sides = (0, 0, 0, 0)
    padding_mode: PaddingMode = "zero"
    dilation: Pair = (1, 1)
    activation: Activation = "relu"
    pooling: Pooling = Pooling()

    def __post_init__(self) -> None:
        _between("A stride", self.stride, 1, MAX_STRIDE)
        _between("A padding", self.padding, 0, MAX_PADDING)
        _between("A dilation", self.dilation, 1, MAX_DILATION)
        if self.padding_mode not in PADDING_MODES:
            raise ValueError(f"There is no padding called {quote(self.padding_mode)}")
        if self.activation not in ACTIVATIONS:
            raise ValueError(f"There is no activation called {quote(self.activation)}")
        if self.fit is not None and self.fit < 1:
            raise ValueError(
                f"The longest side of a picture is at least 1; {self.fit} has no meaning here"
            )
        if self.kernel.channels != self.source.channels:
            raise ValueError(
                f"A kernel with {many(self.kernel.channels, 'slice')} cannot slide over an image "
                f"with {many(self.source.channels, 'channel')}"
            )

    @property
    def image(self) -> Image:
        """The picture the kernel slides over."""
        return working_image(self.source, self.fit, self.square, self.invert)

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
    def map_shape(self) -> Pair:
        """Rows and columns of the feature map; 0 where the kernel does not fit."""
        if not self.can_pad or not self.down.output or not self.across.output:
            return 0, 0
        return self.down.output, self.across.output

    @property
    def pool_axes(self) -> tuple[Axis, Axis]:
        """How the pooling window moves over the map, down and across."""
        rows, columns = self.map_shape
        return self.pooling.axis(rows, 0), self.pooling.axis(columns, 1)

    @property
    def pooled_shape(self) -> Pair:
        """Rows and columns of the pooled map; 0 where there is none."""
        down, across = self.pool_axes
        if self.pooling.kind == "none" or not all(self.map_shape) or not down.output:
            return 0, 0
        return (down.output, across.output) if across.output else (0, 0)

    def shape(self, stage: Stage) -> Pair:
        """Return rows and columns of a stage's map."""
        return self.pooled_shape if stage == "pooled_map" else self.map_shape

    def padded(self) -> Array:
        """Return the pixels with their padding: (C, H + P, W + P), float64."""
        return _padded(self.image, self.padding, self.padding_mode)

    def feature_map(self) -> Array:
        """Return the kernel's answer at every position: (H', W'), exact for whole pixels."""
        return _feature_map(*self._convolution) if all(self.map_shape) else np.zeros((0, 0))

    def activated(self) -> Array:
        """Return the feature map after the activation: (H', W')."""
        if not all(self.map_shape):
            return np.zeros((0, 0))
        return _activated(self.activation, *self._convolution)

    @property
    def _convolution(self) -> tuple[Image, Kernel, Pair, Sides, PaddingMode, Pair]:
        """What the feature map depends on, and nothing else: the key it is kept under."""
        how = (self.stride, self.padding, self.padding_mode, self.dilation)
        return (self.image, self.kernel, *how)

    def pooled(self) -> Array:
        """Return the activated map after pooling: (H'', W'')."""
        if not all(self.pooled_shape):
            return np.zeros((0, 0))
        return _pooled(self.pooling, self.activation, *self._convolution)

    def values(self, stage: Stage) -> Array:
        """Return the numbers of a stage's map."""
        maps = {"feature_map": self.feature_map, "activation": self.activated}
        return maps.get(stage, self.pooled)()


@lru_cache(maxsize=2)
def _padded(image: Image, padding: Sides, mode: PaddingMode) -> Array:
    made = pad(image.pixels.astype(np.float64), padding, mode)
    made.flags.writeable = False
    return made


@lru_cache(maxsize=4)
def _feature_map(  # noqa: PLR0913  one argument for each thing the map depends on
    image: Image, kernel: Kernel, stride: Pair, padding: Sides, mode: PaddingMode, dilation: Pair
) -> Array:
    """Sum whole numerators where it can, divide once: so a box blur of nine 90s is exactly 90."""
    weights, bias = kernel.numerators, float(kernel.bias)
    divisor = kernel.divisor * kernel.denominator
    above, below = float(divisor.denominator), float(divisor.numerator)
    bound = float(np.abs(weights).sum()) * 255
    whole = image.pixels.dtype == np.uint8
    short = whole and bound < _EXACT_IN_FLOAT32
    pixels = pad(image.pixels.astype(np.float32 if short else np.float64), padding, mode)
    made: Array = correlate(pixels, weights, stride, dilation).astype(np.float64, copy=False)
    if divisor != 1:
        made *= above
        made /= below
    made += bias  # even if it is 0: a sum of -0.0 is 0
    if not whole or bound >= _EXACT_IN_FLOAT64:
        parts = correlate(np.abs(pixels), np.abs(weights), stride, dilation)
        made = settled(made, parts * above / abs(below) + abs(bias), weights.size + 1)
    made.flags.writeable = False
    return made


@lru_cache(maxsize=4)
def _activated(activation: Activation, *convolution: Any) -> Array:
    made = activate(_feature_map(*convolution), activation)
    made.flags.writeable = False
    return made


@lru_cache(maxsize=2)
def _pooled(how: Pooling, activation: Activation, *convolution: Any) -> Array:
    activated = _activated(activation, *convolution)
    made = pool(activated, how.kind, how.size, how.stride, how.padding)
    made.flags.writeable = False
    return made
