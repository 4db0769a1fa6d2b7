"""Light and bytes: colours as screens know them, the light they stand for, and a film between."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnstudio.lab.drawing.canvas import Grays
from cnnstudio.lab.drawing.lens import softened


def light(colour: str, dimensions: int = 0) -> Grays:
    """Return the light, red green blue 0..1, that a colour such as "#ff8000" stands for.

    With `dimensions` it is ready to be multiplied with an array of so many: (3, 1, 1) for two.
    """
    level = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(level < 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear, np.float32).reshape(3, *[1] * dimensions)


def over(under: Grays, colour: str | Grays, share: ArrayLike) -> Grays:
    """Lay a colour over light (3, ...), as strongly as `share` says at each place."""
    above = light(colour, under.ndim - 1) if isinstance(colour, str) else colour
    return np.asarray(under + (above - under) * np.asarray(share, np.float32))


def mixed(one: str, other: str, share: Grays) -> Grays:
    """Blend two colours, place by place."""
    return over(light(one, share.ndim) + 0 * share, other, share)


def developed(picture: Grays) -> Grays:
    """Turn light into levels 0..255, as film does: shadows deepen, highlights fade to white."""
    x = np.maximum(picture, 0) * np.float32(0.62)
    film = np.clip(x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14), 0, 1)
    level = np.where(film < 0.0031308, film * 12.92, 1.055 * film ** (1 / 2.4) - 0.055)
    return np.asarray(level * 255, np.float32)


def grained(levels: Grays, rng: np.random.Generator, strength: float) -> Grays:
    """Add the grain of a film, alike in all channels.  (3, h, w)."""
    return np.asarray(levels + rng.normal(0, strength, levels.shape[-2:]), np.float32)


def thrifty(levels: Grays, step: int) -> Grays:
    """Round to every `step`-th level where much is going on, so that the file gets smaller.

    Nobody sees it there; where the picture is smooth, as in a sky, all levels are kept.
    """
    gray = levels.mean(0)
    busy = np.abs(np.diff(gray, axis=0, append=gray[-1:])) + np.abs(
        np.diff(gray, append=gray[:, -1:])
    )
    return np.where(softened(busy, 6) > 3, np.rint(levels / step) * step, levels)


def printed(levels: Grays) -> NDArray[np.uint8]:
    """Round levels (3, h, w) to a picture (h, w, 3)."""
    return np.moveaxis(np.clip(np.rint(levels), 0, 255).astype(np.uint8), 0, -1)
