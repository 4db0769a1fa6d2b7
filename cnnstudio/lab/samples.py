"""The pictures that ship with the program: a PNG of the numbers and a JSON that describes them."""

import json
import struct
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cnnstudio import resources
from cnnstudio.lab.image import Image
from cnnstudio.lab.quote import quote

_HEAD = struct.Struct(">16x2I x B")  # of a PNG: width, height, kind of colour
_COLOUR = 2


@dataclass(frozen=True)
class Sample:
    """A picture to try things on.

    Attributes:
        key: the name of its files
        about: a sentence on what to try with it
        white: the number shown as white
        channels: 1 if it is gray, 3 if it has colours
        width, height: in pixels
    """

    key: str
    title: str
    about: str
    order: int
    white: float
    channels: int
    width: int
    height: int


@cache
def samples() -> dict[str, Sample]:
    """Return the shipped pictures by key, in the order of the picker."""
    found = [_read(stem) for stem in resources.names("images", ".json")]
    found.sort(key=lambda each: (each.order, each.key))
    return {each.key: each for each in found}


@cache
def sample_image(key: str) -> Image:
    """Return the pixels of a shipped picture: (1, H, W) if it is gray, (3, H, W) in colour.

    Raises:
        ValueError: if there is none of that name.
    """
    from PIL import Image as Pillow  # noqa: PLC0415  only here, so that the start stays quick

    sample = _sample(key)
    with Pillow.open(resources.path(f"images/{key}.png")) as picture:
        pixels = np.asarray(picture)
    planes = pixels[None] if pixels.ndim == 2 else np.ascontiguousarray(np.moveaxis(pixels, -1, 0))
    planes.flags.writeable = False  # so that the image need not copy them
    return Image(planes, sample.title, 0.0, sample.white)


@cache
def sample_thumbnail(key: str, side: int) -> NDArray[np.uint8]:
    """Return a shipped picture to be looked at: (h, w), or (h, w, 3) in colour, white being 255.

    It is made smaller until no side is longer than `side`, but not larger.

    Raises:
        ValueError: if there is none of that name.
    """
    from PIL import Image as Pillow  # noqa: PLC0415  only here, so that the start stays quick

    sample = _sample(key)
    with Pillow.open(resources.path(f"images/{key}.png")) as picture:
        picture.thumbnail((side, side), Pillow.Resampling.BOX, reducing_gap=None)
        shown = np.asarray(picture) * (255 / sample.white)
    return np.asarray(np.clip(np.rint(shown), 0, 255), np.uint8)


def _sample(key: str) -> Sample:
    if key not in samples():
        raise ValueError(f"There is no sample picture called {quote(key)}")
    return samples()[key]


def _read(stem: str) -> Sample:
    entry = json.loads(resources.text(f"images/{stem}.json"))
    with resources.path(f"images/{stem}.png").open("rb") as file:
        width, height, kind = _HEAD.unpack(file.read(_HEAD.size))
    channels = 3 if kind == _COLOUR else 1
    white = float(entry["range"][1])
    return Sample(
        stem, entry["title"], entry["about"], entry["order"], white, channels, width, height
    )
