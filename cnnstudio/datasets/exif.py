"""How a picture has to be turned, as its camera noted in its EXIF data."""

import re

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image

# What undoes an orientation: t exchanges rows and columns, then x and y mirror.
TURNS = {2: "x", 3: "xy", 4: "y", 5: "t", 6: "tx", 7: "txy", 8: "ty"}
SIDEWAYS = {5, 6, 7, 8}  # exchange width and height
_MOST = 2**20  # bytes; larger ones hold no more than others, but thumbnails or nonsense


def orientation(exif: bytes, xmp: bytes = b"") -> int:
    """Read the orientation from blocks of metadata; a broken one turns nothing."""
    try:
        tags = Image.Exif()
        tags.load(exif[:_MOST])
        told = tags.get(ExifTags.Base.Orientation)
        if told is None and (noted := re.search(rb'tiff:Orientation(?:="|>)([1-8])', xmp)):
            told = noted[1]
        return int(told or 1)
    except Exception:
        return 1


def turned(pixels: NDArray[np.uint8], turn: int) -> NDArray[np.uint8]:
    """Turn pixels (C, H, W) the way their EXIF orientation says."""
    way = TURNS.get(turn, "")
    if "t" in way:
        pixels = pixels.swapaxes(1, 2)
    return pixels[:, :: -1 if "y" in way else 1, :: -1 if "x" in way else 1]
