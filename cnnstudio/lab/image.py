"""An image on the bench: numbers with a name and the range they are shown in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAX_CHANNELS = 64
MAX_WORKING = 1 << 20  # pixels the bench works on; larger pictures are reduced, and that is said
RANGES = (1.0, 50.0, 255.0)  # the whites a grid may have: binary pictures, the articles', photos
_LARGEST = 1e30  # far from where sums of products overflow
Pixels = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Image:
    """A picture that never changes; two images are equal if they show the same numbers.

    Attributes:
        pixels: (C, H, W), read-only; uint8 where it holds whole numbers up to 255, else float64
        name: what people call it
        low, high: the numbers shown as black and as white
    """

    pixels: Pixels
    name: str = ""
    low: float = 0.0
    high: float = 255.0
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
        compared = (pixels.shape, self.name, float(self.low), float(self.high))
        object.__setattr__(self, "_compared", compared)

    @classmethod
    def of(cls, rows: Sequence[Sequence[float]], name: str = "", high: float = 255.0) -> Image:
        """Make a gray image of rows of numbers."""
        return cls(np.array(rows, np.float64)[None], name, 0.0, high)

    @cached_property
    def digest(self) -> bytes:
        """A fingerprint of the pixels."""
        return blake2b(np.ascontiguousarray(self.pixels).tobytes(), digest_size=16).digest()

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

    def with_pixel(self, row: int, column: int, value: float) -> Image:
        """Return this image with one pixel changed; white widens if the value needs it.

        Raises:
            ValueError: if the value is below 0 or above 255.
        """
        if not 0 <= value <= RANGES[-1]:
            raise ValueError(f"A pixel lies between 0 and 255; {value:g} does not")
        pixels = self.pixels.astype(np.float64)
        pixels[:, row, column] = value
        high = next(white for white in (self.high, *RANGES) if white >= value)
        return replace(self, pixels=pixels, high=high)


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


@lru_cache(maxsize=4)
def working_image(image: Image, fit: int | None, square: bool, invert: bool) -> Image:
    """Return `image` as the bench works with it: cropped, reduced (never enlarged), inverted.

    Args:
        image: the picture as it was opened
        fit: the longest side it may have; None keeps the size; no more than a megapixel either way
        square: cut the middle square out first
        invert: swap black and white: pixel -> low + high - pixel
    """
    pixels = image.pixels
    side = working_side(image, fit, square)
    if square and image.height != image.width:
        edge = min(image.height, image.width)
        top, left = (image.height - edge) // 2, (image.width - edge) // 2
        pixels = pixels[:, top : top + edge, left : left + edge]
    if side is not None:
        pixels = _reduced(pixels, side)
    if invert:
        pixels = image.low + image.high - pixels.astype(np.float64)
    return image if pixels is image.pixels else replace(image, pixels=pixels)


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
