"""A picture that was read from a file, on the bench's terms, with where it came from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cnnstudio.lab.image import Image, Origin

if TYPE_CHECKING:
    from cnnstudio.datasets.picture import Picture

PARTIAL = " (partial)"  # what the name of a picture ends in that is not all there


def image_of(picture: Picture, source: Path | bytes, channels: int = 1) -> Image:
    """Make an image of a picture that was read.

    Args:
        picture: what was read
        source: the file, or the bytes of one; these are kept only if there is more to see in them
        channels: how many a gray picture gets: 3 for a frame among coloured ones
    """
    pixels = picture.pixels
    if len(pixels) == 1 < channels:
        pixels = np.repeat(pixels, channels, axis=0)
        pixels.flags.writeable = False
    origin = None
    special = picture.frames != 1 or picture.transparent or picture.partial
    if special or isinstance(source, Path):
        origin = Origin(
            source,
            picture.frame,
            picture.frames,
            picture.transparent,
            picture.background,
            picture.partial,
        )
    name = picture.name + (PARTIAL if picture.partial else "")
    return Image(pixels, name, origin=origin)
