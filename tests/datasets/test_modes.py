"""What the app shows for each of Pillow's modes, checked by pixel."""

import io
import struct

import numpy as np
import pytest
from PIL import Image

from cnnstudio.datasets.background import flat
from cnnstudio.datasets.colour import WHITE
from cnnstudio.datasets.decoding import Watch
from cnnstudio.datasets.eight_bits import from_words
from cnnstudio.datasets.picture_file import read_picture
from tests.datasets.handmade import encoded, tags, tiff

WATCH = Watch(lambda: False)
RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def image_of(mode, pixels):
    image = Image.new(mode, (len(pixels), 1))
    for place, pixel in enumerate(pixels):
        image.putpixel((place, 0), pixel)
    return image


def file_of(kind, mode, pixels, palette=()):
    image = image_of(mode, pixels)
    if palette:
        image.putpalette(palette)
    return encoded(image, kind)


def alone(mode, pixels):
    """A mode that no file has: what `flat` makes of it, as a file would be."""
    image, _ = flat(image_of(mode, pixels), WHITE)
    return encoded(image, "PNG")


def words(mode, pixels):
    image = Image.frombytes(mode, (len(pixels), 1), np.array(pixels, np.uint16).tobytes())
    return encoded(from_words([image], WATCH), "PNG")


# Which pixels, in which file, and what they are shown as: gray, or red, green and blue. Worked out
# by hand from what the mode means; transparent parts are on white.
DEEP = ([0, 128, 129, 257, 25700, 65407, 65535], [0, 0, 1, 1, 100, 255, 255])  # v / 257
SHOWN = {
    "1": (file_of("PNG", "1", [0, 1]), [0, 255]),
    "L": (file_of("PNG", "L", [0, 7, 200, 255]), [0, 7, 200, 255]),
    "LA": (  # 0.2 of black, or nothing of 9, on white
        file_of("PNG", "LA", [(0, 51), (9, 0), (200, 255)]), [204, 255, 200]),
    "La": (  # black, and a light gray that is multiplied by its alpha 0.2 already
        alone("La", [(0, 51), (51, 51), (200, 255)]), [204, 255, 200]),
    "P": (file_of("PNG", "P", [2, 0, 1], [*RED, *GREEN, 9, 9, 9]), [(9, 9, 9), RED, GREEN]),
    "PA": (
        file_of("TIFF", "PA", [(0, 255), (1, 0), (1, 51)], [*RED, *GREEN]),
        [RED, (255, 255, 255), (204, 255, 204)]),
    "I": (file_of("TIFF", "I", [-10, 0, 10, 70000]), [0, 0, 0, 255]),
    "I;16": (words("I;16", DEEP[0]), DEEP[1]),
    "I;16L": (words("I;16L", DEEP[0]), DEEP[1]),
    "I;16B": (
        tiff(tags(7, 1, 16), struct.pack(">7H", *DEEP[0]), order=">"), DEEP[1]),
    "I;16N": (words("I;16N", DEEP[0]), DEEP[1]),
    "F": (file_of("TIFF", "F", [-1.5, 0.375, 2.25, 6.0]), [0, 64, 128, 255]),
    "RGB": (file_of("PNG", "RGB", [RED, (1, 2, 3)]), [RED, (1, 2, 3)]),
    "RGBA": (
        file_of("PNG", "RGBA", [(*RED, 51), (1, 2, 3, 0), (1, 2, 3, 255)]),
        [(255, 204, 204), (255, 255, 255), (1, 2, 3)]),
    "RGBa": (  # colours that are multiplied by their alpha already
        alone("RGBa", [(51, 0, 0, 51), (0, 0, 0, 0), (1, 2, 3, 255)]),
        [(255, 204, 204), (255, 255, 255), (1, 2, 3)]),
    "RGBX": (alone("RGBX", [(1, 2, 3, 0), (*RED, 77)]), [(1, 2, 3), RED]),
    # 255 (1 - ink) (1 - black)
    "CMYK": (
        file_of("TIFF", "CMYK", [(0, 0, 0, 0), (0, 255, 255, 0), (9, 9, 9, 255), (51, 0, 0, 51)]),
        [(255, 255, 255), RED, (0, 0, 0), (163, 204, 204)]),
    # R = Y + 1.402 (Cr - 128), G = Y - 0.344136 (Cb - 128) - 0.714136 (Cr - 128), B = Y + 1.772 ...
    "YCbCr": (
        alone("YCbCr", [(100, 128, 128), (128, 128, 200), (100, 178, 128)]),
        [(100, 100, 100), (229, 77, 128), (100, 83, 189)]),
    # Hue in 255ths of the circle
    "HSV": (
        alone("HSV", [(0, 255, 255), (85, 255, 255), (170, 255, 255), (77, 0, 8)]),
        [RED, GREEN, BLUE, (8, 8, 8)]),
    # L* = 0, 53.6 and 100: black, the gray 128 of sRGB and white; a* and b* have a sign in the file
    "LAB": (
        tiff(tags(3, 1, (8, 8, 8), 8), bytes([0, 0, 0, 137, 0, 0, 255, 0, 0])), [0, 128, 255]),
}  # fmt: skip
NEARLY = {"LAB": 1, "YCbCr": 1}  # tables of whole numbers


def test_the_table_has_all_of_pillows_modes():
    assert set(Image.MODES) <= set(SHOWN)


@pytest.mark.parametrize("mode", SHOWN)
def test_a_mode_is_shown_as_it_means(mode):
    data, expected = SHOWN[mode]
    pixels = read_picture(data).pixels
    colours = np.array([each if isinstance(each, tuple) else (each,) * 3 for each in expected])
    assert pixels.shape[1:] == (1, len(expected))
    error = np.abs(pixels[:, 0].T.astype(int) - colours)
    assert error.max() <= NEARLY.get(mode, 0), pixels[:, 0].T.tolist()


@pytest.mark.parametrize("mode", sorted(set(SHOWN) - set(NEARLY)))
def test_gray_has_one_channel_and_colour_three(mode):
    data, expected = SHOWN[mode]
    gray = all(isinstance(each, int) for each in expected)
    assert read_picture(data).pixels.shape[0] == (1 if gray else 3)


@pytest.mark.parametrize(
    ("mode", "note"),
    [
        ("1", ""),
        ("L", ""),
        ("RGB", ""),
        ("P", ""),
        ("LA", "transparent parts shown on white"),
        ("PA", "transparent parts shown on white"),
        ("I;16B", "16 bits scaled to 8"),
        ("I", "−10 … 70000 scaled to 0 … 255"),
        ("F", "−1.5 … 6 scaled to 0 … 255"),
        ("CMYK", "CMYK shown as RGB"),
        ("LAB", "LAB shown as RGB"),
    ],
)
def test_what_was_done_to_a_mode_is_said(mode, note):
    assert read_picture(SHOWN[mode][0]).note == note


@pytest.mark.parametrize("kind", ["PNG", "BMP", "WEBP", "TIFF", "PPM", "GIF", "ICO"])
def test_colours_that_are_the_same_in_all_channels_become_gray(kind):
    ramp = np.arange(256, dtype=np.uint8).reshape(16, 16)
    gray = Image.fromarray(ramp)
    for image in (gray, gray.convert("RGB")):
        picture = read_picture(encoded(image, kind))
        assert np.array_equal(picture.pixels, ramp[np.newaxis])
        assert picture.note == ""


@pytest.mark.parametrize("kind", ["PNG", "BMP", "WEBP", "TIFF", "PPM", "ICO"])
def test_colours_stay_as_they_are(rng, kind):
    rgb = rng.integers(0, 256, (16, 16, 3), np.uint8)
    picture = read_picture(encoded(Image.fromarray(rgb), kind))
    assert np.array_equal(picture.pixels, np.moveaxis(rgb, -1, 0))
    assert picture.note == ""
    assert not picture.transparent


def test_one_pixel_of_colour_keeps_three_channels():
    image = Image.new("RGB", (300, 300), (7, 7, 7))
    image.putpixel((299, 299), (7, 7, 8))
    assert read_picture(encoded(image, "PNG")).pixels.shape == (3, 300, 300)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_jpeg_is_what_pillow_decodes(rng, mode):
    rgb = Image.fromarray(rng.integers(0, 256, (20, 30, 3), np.uint8))
    data = encoded(rgb.convert(mode), "JPEG")
    with Image.open(io.BytesIO(data)) as opened:
        expected = np.asarray(opened.convert("RGB"))
    pixels = read_picture(data).pixels
    assert np.array_equal(np.broadcast_to(pixels, (3, 20, 30)), np.moveaxis(expected, -1, 0))
