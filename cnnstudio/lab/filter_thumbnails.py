"""What each filter makes of the picture on the bench, on a reduced copy of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image, working_image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.nn.geometry import Array

SIDE = 96  # px of the longest side of a thumbnail's picture
_NOISE = 1e-9  # what rounding may leave of a 0


@dataclass(frozen=True, eq=False)
class Effect:
    """The map of one filter, ready to be coloured.

    Attributes:
        maps: one map, or one for each channel where these are apart
        family: "image" from black to white, "data" with zero in the middle
        low, high: the numbers at the ends of the colours
        least, most: the smallest and the greatest number of the maps
    """

    maps: tuple[Array, ...]
    family: str
    low: float
    high: float
    least: float
    most: float

    @property
    def beyond(self) -> tuple[bool, bool]:
        """Whether there are numbers below the first colour, and above the last one."""
        little = 1e-6 * (self.high - self.low)
        return self.least < self.low - little, self.most > self.high + little


def reduced(bench: ConvolutionBench, side: int = SIDE) -> ConvolutionBench:
    """Return the bench with a prepared picture whose longest side is at most `side`."""
    return _on(bench, working_image(bench.image, side, False, False))


def agree(one: ConvolutionBench, other: ConvolutionBench, fields: Sequence[str]) -> bool:
    """Whether benches have one picture and the same in some fields; pixels are not compared."""
    if one.source.pixels is not other.source.pixels:
        return False
    if (one.source.low, one.source.high) != (other.source.low, other.source.high):
        return False
    return all(getattr(one, name) == getattr(other, name) for name in fields)


def thumbnail(small: ConvolutionBench, kernel: Kernel) -> Effect:
    """Return what a filter makes of a small picture, pixel for pixel.

    It moves by one pixel at a time, over an edge that is repeated, so that the map is as large
    as the picture. Where flat areas stay between black and white, the map is a picture again.

    Args:
        small: a bench made by `reduced`
        kernel: as it stands in the library
    """
    taken, dilation = small.taken(kernel), (1, 1)
    bench = replace(
        small,
        kernel=taken,
        stride=(1, 1),
        dilation=dilation,
        padding=(*_around(taken.height), *_around(taken.width)),
        padding_mode="replicate",
    )
    return _effect(bench, small.apart or keeps_range(kernel, small.image))


def strip_map(small: ConvolutionBench, kernel: Kernel) -> Effect | None:
    """Return what a filter makes of a small picture just as the bench moves it.

    Returns:
        One map, or three that are composed; a picture again where flat areas stay between black
        and white, else with zero in the middle. None if the filter does not fit.
    """
    bench = replace(small, kernel=small.taken(kernel))
    as_picture = small.apart or keeps_range(kernel, small.image)
    return _effect(bench, as_picture) if all(bench.map_shape) else None


def keeps_range(kernel: Kernel, image: Image) -> bool:
    """Whether black and white areas stay within the range of the picture, and apart."""
    ends = [float(Fraction(end) * kernel.total + kernel.bias) for end in (image.low, image.high)]
    return min(ends) >= image.low and max(ends) <= image.high and _is_a_picture(kernel)


def _is_a_picture(kernel: Kernel) -> bool:
    return bool(kernel.total or kernel.bias)


def _around(side: int) -> tuple[int, int]:
    return (side - 1) // 2, side // 2


def _on(bench: ConvolutionBench, image: Image) -> ConvolutionBench:
    plain: dict[str, Any] = {"fit": None, "square": False, "gray": False, "invert": False}
    return replace(bench, source=image, other=None, **plain)


def _effect(bench: ConvolutionBench, as_picture: bool) -> Effect:
    benches = [bench]
    if bench.apart:
        benches = [bench.alone(channel) for channel in range(bench.kernel.channels)]
    maps = tuple(each.sliding.block(*map(range, each.map_shape)) for each in benches)
    least = float(min(each.min() for each in maps))
    most = float(max(each.max() for each in maps))
    if as_picture:
        return Effect(maps, "image", bench.image.low, bench.image.high, least, most)
    end = max(-least, most)
    end = end if end > _NOISE else 1.0
    return Effect(maps, "data", -end, end, least, most)
