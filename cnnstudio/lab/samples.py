"""The pictures that ship with the program: a PNG of the numbers and a JSON that describes them."""

import json
from dataclasses import dataclass
from functools import cache

import numpy as np

from cnnstudio import resources
from cnnstudio.lab.image import Image
from cnnstudio.lab.quote import quote


@dataclass(frozen=True)
class Sample:
    """A picture to try things on.

    Attributes:
        key: the name of its files
        about: a sentence on what to try with it
        white: the number shown as white
    """

    key: str
    title: str
    about: str
    order: int
    white: float


@cache
def samples() -> dict[str, Sample]:
    """Return the shipped pictures by key, in the order of the picker."""
    found = [_read(stem) for stem in resources.names("images", ".json")]
    found.sort(key=lambda each: (each.order, each.key))
    return {each.key: each for each in found}


@cache
def sample_image(key: str) -> Image:
    """Return the pixels of a shipped picture.

    Raises:
        ValueError: if there is none of that name.
    """
    if key not in samples():
        raise ValueError(f"There is no sample picture called {quote(key)}")
    from PIL import Image as Pillow  # noqa: PLC0415  only here, so that the start stays quick

    with Pillow.open(resources.path(f"images/{key}.png")) as picture:
        pixels = np.asarray(picture.convert("L"))[None]
    entry = samples()[key]
    return Image(pixels, entry.title, 0.0, entry.white)


def _read(stem: str) -> Sample:
    entry = json.loads(resources.text(f"images/{stem}.json"))
    return Sample(stem, entry["title"], entry["about"], entry["order"], float(entry["range"][1]))
