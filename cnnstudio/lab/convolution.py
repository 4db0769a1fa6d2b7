"""The convolution bench: a picture, a filter, how it moves, and what is done to its map."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from cnnstudio.lab import stages
from cnnstudio.lab.image import Image, Pixels, working_image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.number import many
from cnnstudio.lab.on_demand import OnDemand
from cnnstudio.lab.quote import quote
from cnnstudio.lab.sliding import Sliding, feature_map, padded
from cnnstudio.lab.stages import Pooling, between
from cnnstudio.nn.activation import ACTIVATIONS, Activation
from cnnstudio.nn.geometry import Array, Axis, PaddingMode, Pair, Sides

Stage = Literal["feature_map", "activation", "pooled_map"]
MAX_STRIDE = 16
MAX_PADDING = 16
MAX_DILATION = 4
PADDING_MODES: tuple[PaddingMode, ...] = ("zero", "replicate", "reflect", "wrap")
LARGE = 1 << 18  # numbers of a picture from which its maps are worked out block by block


@dataclass(frozen=True)
class ConvolutionBench:
    """Everything that decides what the Convolution workspace shows.

    A kernel that is larger than the picture, or a stride that does not fit, is a bench like any
    other (see `misfit.py`); only what has no meaning is refused.

    Attributes:
        source: the picture as it was opened; `image` is what the kernel slides over
        fit, square, gray, invert: how the picture was prepared, see `working_image`
        each_channel: whether each slice makes a map of its own channel, instead of one map of all
        flipped: whether each slice is turned by 180 degrees as it is applied: a true convolution
        other: the kernel to compare with, called B; None for none
        stride, dilation: down and across
        padding: top, bottom, left, right
    """

    source: Image
    kernel: Kernel
    fit: int | None = None
    square: bool = False
    gray: bool = False
    invert: bool = False
    each_channel: bool = False
    flipped: bool = False
    other: Kernel | None = None
    stride: Pair = (1, 1)
    padding: Sides = (0, 0, 0, 0)
    padding_mode: PaddingMode = "zero"
    dilation: Pair = (1, 1)
    activation: Activation = "relu"
    pooling: Pooling = field(default_factory=Pooling)

    def __post_init__(self) -> None:
        between("A stride", self.stride, 1, MAX_STRIDE)
        between("A padding", self.padding, 0, MAX_PADDING)
        between("A dilation", self.dilation, 1, MAX_DILATION)
        if self.padding_mode not in PADDING_MODES:
            raise ValueError(f"There is no padding called {quote(self.padding_mode)}")
        if self.activation not in ACTIVATIONS:
            raise ValueError(f"There is no activation called {quote(self.activation)}")
        if self.fit is not None and self.fit < 1:
            raise ValueError(
                f"The longest side of a picture is at least 1; {self.fit} has no meaning here"
            )
        channels = 1 if self.gray and self.source.channels == 3 else self.source.channels
        for kernel in (self.kernel, self.other):
            if kernel is not None and kernel.channels != channels:
                raise ValueError(
                    f"A kernel with {many(kernel.channels, 'slice')} cannot slide over an image "
                    f"with {many(channels, 'channel')}"
                )

    @property
    def image(self) -> Image:
        """The picture the kernel slides over."""
        return working_image(self.source, self.fit, self.square, self.invert, self.gray)

    @property
    def apart(self) -> bool:
        """Whether there is a map for each channel."""
        return self.each_channel and self.kernel.channels > 1

    @property
    def applied(self) -> Kernel:
        """The kernel as it meets the pixels: as typed, or turned for a true convolution."""
        return self.kernel.half_turned if self.flipped else self.kernel

    def weight_at(self, row: int, column: int) -> Pair:
        """Return which weight, as typed, lies at a place of the window; and the other way round."""
        if not self.flipped:
            return row, column
        return self.kernel.height - 1 - row, self.kernel.width - 1 - column

    @property
    def pixel_range(self) -> tuple[Fraction, Fraction]:
        """The smallest and the greatest number that can lie under the kernel: padding has zeros."""
        low, high = Fraction(self.image.low), Fraction(self.image.high)
        if self.padding_mode == "zero" and any(self.padding):
            return min(low, Fraction(0)), max(high, Fraction(0))
        return low, high

    @property
    def swapped(self) -> dict[str, Any]:
        """The changes that put kernel B in the place of A, and A in that of B."""
        return {"kernel": self.other, "other": self.kernel} if self.other else {}

    def alone(self, channel: int) -> ConvolutionBench:
        """Return the bench of one channel by itself: a gray picture under one slice."""
        return replace(
            self,
            source=self.image.channel(channel),
            kernel=self.kernel.alone(channel),
            other=self.other.alone(channel) if self.other else None,
            fit=None,
            square=False,
            gray=False,
            invert=False,
            each_channel=False,
        )

    def taken(self, kernel: Kernel) -> Kernel:
        """Return a gray kernel as this bench needs it: a slice for every channel.

        The divisor grows with the channels that are added up, so that a sum of 1 keeps the
        brightness.
        """
        made = kernel.repeated(self.kernel.channels)
        return replace(made, divisor=kernel.divisor) if self.apart else made

    def with_each_channel(self, on: bool) -> dict[str, Any]:
        """Return the changes that put the channels apart, or add them up again."""
        factor = Fraction(self.kernel.channels) if self.kernel.channels > 1 else Fraction(1)
        if on == self.each_channel:
            return {}
        factor = 1 / factor if on else factor
        changes: dict[str, Any] = {"each_channel": on}
        for name, kernel in (("kernel", self.kernel), ("other", self.other)):
            if kernel is not None:
                changes[name] = replace(kernel, divisor=kernel.divisor * factor)
        return changes

    def with_gray(self, on: bool) -> dict[str, Any]:
        """Return the changes that take the colours away, or bring them back."""
        return self.with_source(self.source, on)

    def with_source(self, image: Image, gray: bool) -> dict[str, Any]:
        """Return the changes that put a picture on the bench, in gray if that is wanted."""
        channels = 1 if gray and image.channels == 3 else image.channels
        changes: dict[str, Any] = {"source": image, "gray": gray}
        for name, kernel in (("kernel", self.kernel), ("other", self.other)):
            if kernel is not None:
                changes[name] = self._fitted(kernel, channels)
        return changes

    def _fitted(self, kernel: Kernel, channels: int) -> Kernel:
        """Return a kernel of this bench for a picture with so many channels."""
        only = kernel.alone(0) if self.apart else kernel.repeated(1)
        made = kernel if channels == kernel.channels else only.repeated(channels)
        return replace(made, divisor=only.divisor) if self.each_channel and channels > 1 else made

    @property
    def sliding(self) -> Sliding:
        """What the feature map depends on; not kept, for it holds on to the prepared picture."""
        how = (self.stride, self.padding, self.padding_mode, self.dilation)
        return Sliding(self.image, self.applied, *how)

    @cached_property
    def down(self) -> Axis:
        """How the window moves from row to row."""
        return self.sliding.down

    @cached_property
    def across(self) -> Axis:
        """How the window moves from column to column."""
        return self.sliding.across

    @cached_property
    def can_pad(self) -> bool:
        """Whether there are enough pixels for the padding mode to copy from."""
        return self.sliding.can_pad

    @cached_property
    def map_shape(self) -> Pair:
        """Rows and columns of the feature map; 0 where the kernel does not fit."""
        return self.sliding.shape

    @property
    def pool_axes(self) -> tuple[Axis, Axis]:
        """How the pooling window moves over the map, down and across."""
        return self.pooling.axes(self.map_shape)

    @property
    def pooled_shape(self) -> Pair:
        """Rows and columns of the pooled map; 0 where there is none."""
        return self.pooling.shape(self.map_shape)

    def shape(self, stage: Stage) -> Pair:
        """Return rows and columns of a stage's map."""
        return self.pooled_shape if stage == "pooled_map" else self.map_shape

    @property
    def large(self) -> bool:
        """Whether there are too many numbers to work all of them out at once, or to keep them."""
        return self.image.pixels.size > LARGE

    def padded(self) -> Pixels:
        """Return the pixels with their padding: (C, H + P, W + P)."""
        return padded(self.sliding)

    def feature_map(self) -> Array:
        """Return the kernel's answer at every position: (H', W'), exact for whole pixels."""
        return feature_map(self.sliding)

    def activated(self) -> Array:
        """Return the feature map after the activation: (H', W')."""
        return stages.activated(self.activation, self.sliding)

    def pooled(self) -> Array:
        """Return the activated map after pooling: (H'', W'')."""
        return stages.pooled(self.pooling, self.activation, self.sliding)

    def whole(self, stage: Stage) -> Array:
        """Return all numbers of a stage's map."""
        maps = {"feature_map": self.feature_map, "activation": self.activated}
        return maps.get(stage, self.pooled)()

    def values(self, stage: Stage) -> Array | OnDemand:
        """Return the numbers of a stage's map; of a large one only those that are asked for."""
        return self.on_demand(stage) if self.large else self.whole(stage)

    def on_demand(self, stage: Stage) -> OnDemand:
        """Return the numbers of a stage's map, to be worked out as they are asked for."""
        pooling = self.pooling if stage == "pooled_map" else None
        activation = "none" if stage == "feature_map" else self.activation
        return stages.on_demand(self.sliding, activation, pooling)

    def window(self, row: int, column: int) -> Pixels:
        """Return the pixels under the kernel at a place of the map: (C, kH, kW)."""
        rows, columns = self.down.reads(row), self.across.reads(column)
        block = self.sliding.pixels(
            range(rows.start, rows.stop), range(columns.start, columns.stop)
        )
        return block[:, :: rows.step, :: columns.step]
