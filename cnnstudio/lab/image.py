"""An image on the bench: numbers with a name and the range they are shown in."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnstudio.datasets.picture import MAX_KEPT as MAX_WORKING
from cnnstudio.lab.kept import kept

MAX_CHANNELS = 64
CHANNEL_NAMES = ("red", "green", "blue")  # of a picture with three channels
RANGES = (1.0, 50.0, 255.0)  # the whites a grid may have: binary pictures, the articles', photos
_LARGEST = 1e30  # far from where sums of products overflow
_LONG = 1 << 20  # numbers from which a fingerprint of each of them takes too long
_ROWS = 1 << 18  # numbers made gray at a time, so that they stay in the processor's cache
Pixels = NDArray[Any]


def channel_name(channel: int, channels: int) -> str:
    """Name one of a picture's channels: red, green, blue; else by its number, from 1."""
    return CHANNEL_NAMES[channel] if channels == len(CHANNEL_NAMES) else f"channel {channel + 1}"


@dataclass(frozen=True)
class Origin:
    """Where a picture was read from, for whoever wants to read it another way.

    Attributes:
        source: the file, or the bytes of one
        frame, frames: which of its frames or pages this is, from 0, and how many there are
        transparent: whether something is seen through it
        background: red, green and blue of what is seen there
        partial: whether the file ended before the picture did
    """

    source: Path | bytes
    frame: int = 0
    frames: int = 1
    transparent: bool = False
    background: tuple[int, int, int] = (255, 255, 255)
    partial: bool = False


@dataclass(frozen=True, eq=False)
class Image:
    """A picture that never changes; two images are equal if their numbers, name and range are.

    Attributes:
        pixels: (C, H, W), read-only; uint8 where it holds whole numbers up to 255, else float64
        name: what people call it
        low, high: the numbers shown as black and as white
        origin: where it was read from, if it was
    """

    pixels: Pixels
    name: str = ""
    low: float = 0.0
    high: float = 255.0
    origin: Origin | None = None
    _compared: tuple[Any, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        pixels = np.asarray(self.pixels)
        if pixels.ndim != 3 or not pixels.size or len(pixels) > MAX_CHANNELS:
            raise ValueError("An image has 1 to 64 channels of at least one row and one column")
        if pixels.dtype != np.uint8:
            pixels = pixels.astype(np.float64) + 0.0  # there is only one zero
            if not (np.abs(pixels) <= _LARGEST).all():
                raise ValueError("An image holds only finite numbers, none of them beyond 10³⁰")
            whole = pixels.astype(np.uint8) if 0 <= pixels.min() <= pixels.max() <= 255 else None
            pixels = whole if whole is not None and (whole == pixels).all() else pixels
        elif pixels.flags.writeable:
            pixels = pixels.copy()
        if not -_LARGEST <= self.low < self.high <= _LARGEST:
            raise ValueError("An image's white must be a finite number, greater than its black")
        pixels.flags.writeable = False
        object.__setattr__(self, "pixels", pixels)
        compared = (pixels.shape, self.name, float(self.low), float(self.high), self.origin)
        object.__setattr__(self, "_compared", compared)

    @classmethod
    def of(cls, rows: Sequence[Sequence[float]], name: str = "", high: float = 255.0) -> Image:
        """Make a gray image of rows of numbers."""
        return cls(np.array(rows, np.float64)[None], name, 0.0, high)

    @cached_property
    def digest(self) -> bytes:
        """A fingerprint of the pixels."""
        return blake2b(np.ascontiguousarray(self.pixels).data, digest_size=16).digest()

    def derived(self, pixels: Pixels, how: str) -> Image:
        """Return this image with other pixels that were made of its own.

        Of many pixels the fingerprint is how they were made, so such an image is equal only to
        one that was made in the same way.

        Args:
            pixels: (C, H, W)
            how: how they were made, which is enough of a fingerprint if there are many
        """
        made = replace(self, pixels=pixels)
        if made.pixels.size > _LONG:
            made.__dict__["digest"] = blake2b(self.digest + how.encode(), digest_size=16).digest()
        return made

    @cached_property
    def key(self) -> tuple[Hashable, ...]:
        """What tells this image from others, in a few bytes."""
        *plain, origin = self._compared
        return self.digest, *plain, hash(origin)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Image):
            return NotImplemented
        if self is other or self.pixels is other.pixels:
            return self._compared == other._compared
        return self._compared == other._compared and self.digest == other.digest

    def __hash__(self) -> int:
        return hash((self.digest, self._compared))

    @property
    def channels(self) -> int:
        """C, how many slices lie on top of each other."""
        return int(self.pixels.shape[0])

    @property
    def height(self) -> int:
        """H, rows of pixels."""
        return int(self.pixels.shape[1])

    @property
    def width(self) -> int:
        """W, columns of pixels."""
        return int(self.pixels.shape[2])

    @property
    def nbytes(self) -> int:
        """How much memory the pixels take, in bytes."""
        return int(self.pixels.nbytes)

    def channel(self, index: int) -> Image:
        """Return one channel as a gray image."""
        if self.channels == 1:
            return self
        found: dict[int, Image] = self.__dict__.setdefault("_by_channel", {})  # they share pixels
        if index not in found:
            found[index] = self.derived(self.pixels[index : index + 1], f"channel {index}")
        return found[index]

    def with_pixel(self, row: int, column: int, value: float, channel: int | None = None) -> Image:
        """Return this image with one pixel changed; white widens if the value needs it.

        Args:
            row: of the pixel, from 0
            column: likewise
            value: its new number
            channel: where it is changed; None for all channels

        Raises:
            ValueError: if the value is below 0 or above 255.
        """
        if not 0 <= value <= RANGES[-1]:
            raise ValueError(f"A pixel lies between 0 and 255; {value:g} does not")
        pixels = self.pixels.astype(np.float64)
        pixels[slice(None) if channel is None else channel, row, column] = value
        high = next(white for white in (self.high, *RANGES) if white >= value)
        return replace(self, pixels=pixels, high=high, origin=None)


def working_side(image: Image, fit: int | None, square: bool) -> int | None:
    """Return the longest side the bench will work with; None if nothing is reduced."""
    height, width = image.height, image.width
    if square:
        height = width = min(height, width)
    side = most = max(height, width)
    if height * width > MAX_WORKING:
        most = int(side * (MAX_WORKING / (height * width)) ** 0.5)
        other = max(1, round(min(height, width) * most / side))
        most = min(most, MAX_WORKING // other)
    wanted = most if fit is None else min(fit, most)
    return wanted if wanted < side else None


def working_image(
    image: Image, fit: int | None, square: bool, invert: bool, gray: bool = False
) -> Image:
    """Return `image` as the bench works with it: gray, cropped, reduced (never enlarged), inverted.

    Args:
        image: the picture as it was opened
        fit: the longest side it may have; None keeps the size; at most 12 megapixels either way
        square: cut the middle square out first
        invert: swap black and white: pixel -> low + high - pixel
        gray: make one channel of red, green and blue: .299 R + .587 G + .114 B
    """
    if gray and image.channels == 3:
        image = grayed(image)
    side = working_side(image, fit, square)
    square = square and image.height != image.width
    return _prepared(image, side, square, invert) if square or side or invert else image


@kept
def grayed(image: Image) -> Image:
    """Return a colour image as gray as the eye takes it (ITU-R BT.601), rounded, a half up."""
    pixels = image.pixels
    if pixels.dtype != np.uint8:
        return image.derived(np.einsum("c,chw->hw", (0.299, 0.587, 0.114), pixels)[None], "gray")
    made = np.empty((1, *pixels.shape[1:]), np.uint8)
    step = max(1, _ROWS // image.width)
    for top in range(0, image.height, step):
        red, green, blue = pixels[:, top : top + step].astype(np.uint32)
        made[0, top : top + step] = (299 * red + 587 * green + 114 * blue + 500) // 1000
    made.flags.writeable = False
    return image.derived(made, "gray")


@kept
def _prepared(image: Image, side: int | None, square: bool, invert: bool) -> Image:
    pixels = image.pixels
    if square:
        edge = min(image.height, image.width)
        top, left = (image.height - edge) // 2, (image.width - edge) // 2
        pixels = pixels[:, top : top + edge, left : left + edge].copy()  # not to keep all of it
    if side is not None:
        pixels = _reduced(pixels, side)
    if invert:
        bytes_ = pixels.dtype == np.uint8 and image.low + image.high == 255
        pixels = 255 - pixels if bytes_ else image.low + image.high - pixels.astype(np.float64)
    pixels.flags.writeable = False
    return image.derived(pixels, f"{side} {square} {invert}")


def _reduced(pixels: Pixels, side: int) -> Pixels:
    """Average each plane down until its longest side is `side`."""
    from PIL import Image as Pillow  # noqa: PLC0415  only here, so that the start stays quick

    _, height, width = pixels.shape
    scale = side / max(height, width)
    small = (max(1, round(width * scale)), max(1, round(height * scale)))
    planes = [
        np.asarray(Pillow.fromarray(plane).resize(small, Pillow.Resampling.BOX))
        for plane in (pixels if pixels.dtype == np.uint8 else pixels.astype(np.float32))
    ]
    return np.stack(planes)
