"""From a decoded picture to pixels: gray or colours, over a background, not too many of them."""

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cnnstudio.datasets.colour import BLACK, GRAY, WHITE, Colour
from cnnstudio.datasets.decoding import Watch

_NAMES = {WHITE: "white", GRAY: "gray", BLACK: "black"}


def flat_pixels(
    image: Image.Image, size: tuple[int, int], background: Colour, watch: Watch
) -> tuple[NDArray[np.uint8], bool]:
    """Return the pixels (C, H, W), averaged down to a size, and whether the background is seen.

    It goes band by band, so that no second copy of a large picture is made. Where all three
    channels are the same, one is kept.
    """
    width, height = size
    pixels = np.empty((3, height, width), np.uint8)
    seen = False
    for top, bottom in watch.bands(math.ceil(image.width * image.height / height), height):
        # The rows of the large picture these come from: each of them counts once.
        first, last = (round(row * image.height / height) for row in (top, bottom))
        band, clear = flat(image.crop((0, first, image.width, last)), background)
        seen |= clear
        if size != image.size:
            band = band.resize((width, bottom - top), Image.Resampling.BOX)
        for channel, plane in enumerate(band.split() * (3 // len(band.getbands()))):
            pixels[channel, top:bottom] = np.asarray(plane)
    if np.array_equal(pixels[0], pixels[1]) and np.array_equal(pixels[1], pixels[2]):
        return pixels[:1].copy(), seen
    return pixels, seen


def flat(image: Image.Image, background: Colour) -> tuple[Image.Image, bool]:
    """Make a picture of 8 bits L or RGB, over a background; tell whether that is seen.

    What is seen of a pixel is (alpha colour + (255 - alpha) background) / 255, rounded.
    """
    if image.mode == "La":
        image = image.convert("LA")  # the only way on
    if not image.has_transparency_data:
        return image.convert("L" if image.mode in ("1", "L") else "RGB"), False
    image = image.convert("RGBA")
    alpha = image.getchannel("A")
    colours = image.convert("RGB")
    if alpha.getextrema() == (255, 255):
        return colours, False
    under = Image.new("RGB", image.size, background)
    under.paste(colours, mask=alpha)
    return under, True


def seen_through(background: Colour) -> str:
    """Say what transparent parts are shown on."""
    shown = _NAMES.get(background) or "#{:02x}{:02x}{:02x}".format(*background)
    return f"transparent parts shown on {shown}"
