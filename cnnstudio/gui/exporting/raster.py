"""A picture of numbers as rows of pixels that are made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtGui import QImage

from cnnstudio.gui.widgets import plane_paint as paint
from cnnstudio.gui.widgets.layers import Layer
from cnnstudio.gui.widgets.plane_layers import Plane
from cnnstudio.nn.geometry import Pair

Bytes = NDArray[np.uint8]
_BAND = 1 << 18  # pixels made at a time


@dataclass(frozen=True, eq=False)
class Raster:
    """Pixels, band by band.

    Attributes:
        shape: rows and columns
        rows: returns some of them: (h, W) places in `table`, or (h, W, 3) red, green, blue
        table: (256, 3) colours; None where the places are shades of gray, or red, green, blue
        coloured: whether rows are red, green and blue
    """

    shape: Pair
    rows: Callable[[int, int], Bytes]
    table: Bytes | None = None
    coloured: bool = False

    @property
    def band(self) -> int:
        """How many rows are best made at a time."""
        return max(1, _BAND // max(1, self.shape[1]))

    def sized(self, scale: int) -> Pair:
        """Return how wide and how high the picture is with `scale` pixels a number."""
        return self.shape[1] * scale, self.shape[0] * scale


def is_ready(plane: Plane) -> bool:
    """Whether the colours of all numbers are known; those of large maps take a moment."""
    return not plane.scattered or plane.family == "image" or _whole(plane) is not None


def of_plane(plane: Plane, padded: bool = True) -> Raster:
    """Show numbers in the colours they have on the page now, one pixel each.

    Args:
        plane: what a view shows
        padded: whether the ring of padding belongs to the picture
    """
    height, width = plane.values.shape
    top, bottom, left, right = (0, 0, 0, 0) if padded else plane.ring
    layer = _whole(plane)

    def rows(first: int, last: int) -> Bytes:
        lines, across = slice(first + top, last + top), slice(left, width - right)
        if layer is not None:
            return layer.colours[lines, across]
        if not plane.scattered:
            seen = plane.seen(lines, across, 1.0)
            assert seen is not None
            return seen.colours
        planes = plane.colours or (plane.values,)
        found = [
            paint.indices(p[lines, across], plane.family, plane.low, plane.high) for p in planes
        ]
        return found[0] if len(found) == 1 else np.stack(found, axis=-1)

    table = None if plane.family in paint.GRAYS else paint.table(plane.family).copy()
    shape = height - top - bottom, width - left - right
    return Raster(shape, rows, table, len(plane.colours) == 3)


def of_weights(slices: NDArray[np.float64]) -> Raster:
    """Show weights (C, kH, kW) in their colours, slices side by side."""
    limit = float(np.abs(slices).max()) or 1.0
    places = paint.indices(np.concatenate(list(slices), axis=1), "weight", -limit, limit)
    table = paint.table("weight").copy()
    return Raster((places.shape[0], places.shape[1]), lambda a, b: places[a:b], table)


def of_image(image: QImage) -> Raster:
    """Take the pixels of an image of Qt's."""
    kind = QImage.Format.Format_RGBX8888

    def rows(first: int, last: int) -> Bytes:
        part = image.copy(0, first, image.width(), last - first).convertToFormat(kind)
        return numbers_of(part)[:, :, :3]

    return Raster((image.height(), image.width()), rows, None, coloured=True)


def numbers_of(image: QImage) -> Bytes:
    """Return the bytes of an image with four bytes a pixel: (H, W, 4)."""
    bits = image.constBits()
    assert bits is not None
    bits.setsize(image.sizeInBytes())
    flat = np.frombuffer(bytes(bits), np.uint8)  # type: ignore[call-overload]  # a buffer
    return flat.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width()]


def to_image(raster: Raster, scale: int = 1, step: int = 1) -> QImage:
    """Paint a raster as an image of Qt's, with no device pixel ratio of its own.

    Args:
        raster: the pixels
        scale: how many pixels of the image one of them takes, across and down
        step: only every so many-th row and column, for a look at a large one
    """
    height = raster.shape[0]
    bands = []
    for top in range(0, height, raster.band):
        first = -(-top // step) * step - top
        bands.append(raster.rows(top, min(height, top + raster.band))[first::step, ::step])
    places = np.concatenate(bands)
    colours = places if raster.table is None else raster.table[places]
    if colours.ndim == 2:
        colours = np.repeat(colours[:, :, None], 3, axis=2)
    colours = enlarged(colours, scale)
    tall, wide = colours.shape[:2]
    kind = QImage.Format.Format_RGB888
    return QImage(np.ascontiguousarray(colours).tobytes(), wide, tall, 3 * wide, kind).copy()


def enlarged(pixels: Bytes, scale: int) -> Bytes:
    """Make a square of `scale` by `scale` pixels of each one."""
    if scale == 1:
        return pixels
    return np.repeat(np.repeat(pixels, scale, axis=0), scale, axis=1)


def _whole(plane: Plane) -> Layer | None:
    """Return the layer that has a colour for each of a plane's numbers, if there is one."""
    height, width = plane.values.shape
    for layer in plane.layers:
        if layer.step == 1 and layer.cells == (0, 0, height, width):
            return layer
    return None
