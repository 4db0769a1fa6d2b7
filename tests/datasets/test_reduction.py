"""Large pictures are averaged down while they are read, and it is said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile

from cnnstudio.datasets.limits import LIMITS, reduced
from cnnstudio.datasets.picture_file import MAX_KEPT, UnusablePicture, read_picture, thumbnail
from tests.datasets.handmade import chunk, colours, encoded, png_head


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF", "PPM", "WEBP"])
@pytest.mark.parametrize("factor", [2, 5])
def test_each_pixel_is_the_mean_of_a_block(rng, kind, factor):
    rgb = colours(rng, 60, 90)
    blocks = rgb.reshape(60 // factor, factor, 90 // factor, factor, 3).mean(axis=(1, 3))
    picture = read_picture(encoded(Image.fromarray(rgb), kind), most=60 * 90 // factor**2)
    assert picture.pixels.shape == (3, 60 // factor, 90 // factor)
    assert np.abs(np.moveaxis(picture.pixels, 0, -1) - blocks).max() <= 1
    small = f"{90 // factor} × {60 // factor}"
    assert picture.note == f"90 × 60 = 0 megapixels reduced to {small}"


def test_how_much_it_was_reduced_is_said():
    data = encoded(Image.new("L", (8000, 6000), 77), "PNG", compress_level=1)
    picture = read_picture(data)
    assert picture.note == "8000 × 6000 = 48 megapixels reduced to 4000 × 3000"
    assert picture.pixels.shape == (1, 3000, 4000)
    assert (picture.pixels == 77).all()
    assert MAX_KEPT == 4000 * 3000


def test_a_turned_picture_is_said_to_be_as_large_as_it_is_seen(rng):
    exif = Image.Exif()
    exif[274] = 6
    data = encoded(Image.fromarray(colours(rng, 20, 40)), "PNG", exif=exif)
    picture = read_picture(data, most=200)
    assert picture.pixels.shape == (3, 20, 10)
    assert picture.note == (
        "20 × 40 = 0 megapixels reduced to 10 × 20, turned as its EXIF orientation says"
    )


def test_a_picture_that_is_small_enough_stays_as_it_is(rng):
    rgb = colours(rng, 30, 40)
    data = encoded(Image.fromarray(rgb), "PNG")
    assert read_picture(data, most=1200).pixels.shape == (3, 30, 40)
    assert read_picture(data, most=1199).pixels.shape == (3, 29, 39)


def test_nobody_gets_more_pixels_than_are_kept(monkeypatch, rng):
    monkeypatch.setattr("cnnstudio.datasets.picture_file.MAX_KEPT", 100)
    data = encoded(Image.fromarray(colours(rng, 20, 20)), "PNG")
    assert read_picture(data, most=400).pixels.shape == (3, 10, 10)


@given(st.integers(1, 65535), st.integers(1, 65535), st.integers(1, 20_000_000))
def test_proportions_are_kept_as_well_as_whole_pixels_can(width, height, most):
    across, down = reduced(width, height, most)
    assert 1 <= across <= width
    assert 1 <= down <= height
    assert across * down <= most
    if width * height <= most:
        assert (across, down) == (width, height)
    elif min(across, down) > 1:
        scale = (most / width / height) ** 0.5
        assert abs(across - width * scale) <= 1
        assert abs(down - height * scale) <= 1


@pytest.mark.parametrize("most", [60 * 30, 45 * 45, 12 * 12])
def test_it_makes_no_difference_that_the_picture_is_reduced_in_bands(monkeypatch, most):
    slopes = np.add.outer(np.arange(240), np.arange(120)) * np.uint8(3) // 5
    data = encoded(Image.fromarray(slopes.astype(np.uint8)), "BMP")
    at_once = read_picture(data, most=most).pixels[0].astype(int)
    monkeypatch.setattr("cnnstudio.datasets.decoding._PIXELS", 1000)
    in_bands = read_picture(data, most=most).pixels[0]
    assert in_bands.shape == at_once.shape
    whole = Image.fromarray(slopes.astype(np.uint8)).resize(
        at_once.shape[::-1], Image.Resampling.BOX
    )
    assert np.array_equal(at_once, np.asarray(whole))
    assert np.abs(in_bands - at_once).max() <= 1 + 240 // at_once.shape[0] // 2
    assert abs(in_bands.mean() - slopes.mean()) < 0.5


def test_transparent_parts_are_averaged_with_their_background():
    image = Image.new("RGBA", (2, 2), (0, 0, 0, 0))
    image.putpixel((0, 0), (100, 100, 100, 255))
    data = encoded(image, "PNG")
    assert abs(read_picture(data, most=1).pixels.item() - (100 + 3 * 255) / 4) <= 1
    assert read_picture(data, most=1, background=(0, 0, 0)).pixels.item() == 100 / 4


# JPEG pictures are decoded small at once


def test_a_large_jpeg_is_decoded_at_a_part_of_its_size(rng, monkeypatch):
    decoded, load = [], ImageFile.ImageFile.load

    def watched(self):
        decoded.append(self.size)
        return load(self)

    monkeypatch.setattr(ImageFile.ImageFile, "load", watched)
    data = encoded(Image.fromarray(colours(rng, 800, 1600)), "JPEG")
    sizes = {1_280_000: (1600, 800), 320_000: (800, 400), 128 * 128: (200, 100), 90_000: (800, 400)}
    for most, size in sizes.items():
        picture = read_picture(data, most=most)
        assert decoded[-1] == size
        assert picture.pixels.shape[1] * picture.pixels.shape[2] <= most
    assert read_picture(data, most=320_000).note == (
        "1600 × 800 = 1.3 megapixels reduced to 800 × 400"
    )


def test_a_jpeg_decoded_small_is_nearly_the_mean_of_its_blocks():
    smooth = Image.radial_gradient("L").resize((800, 800))
    data = encoded(smooth, "JPEG", quality=95)
    small = read_picture(data, most=100 * 100).pixels[0]
    blocks = read_picture(data).pixels[0].reshape(100, 8, 100, 8).mean(axis=(1, 3))
    assert np.abs(small - blocks).max() <= 2


# Too large for anything


def test_each_kind_has_its_limit_and_says_so(monkeypatch):
    monkeypatch.setattr(ImageFile.ImageFile, "load", pytest.fail)
    head = png_head(12_000, 9_000)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT") + chunk(b"IEND")
    with pytest.raises(UnusablePicture) as caught:
        read_picture(data, "huge,.png")
    most = LIMITS["PNG"].pixels // 1_000_000
    size = "12 000 × 9 000 = 108 megapixels"
    assert str(caught.value) == f"huge,.png has {size}; PNG is opened up to {most}"


def test_108_megapixels_of_a_phone_are_opened():
    data = encoded(Image.new("RGB", (12_000, 9_000), (90, 120, 200)), "JPEG")
    picture = read_picture(data)
    assert picture.pixels.shape == (3, 3000, 4000)
    assert picture.note == "12000 × 9000 = 108 megapixels reduced to 4000 × 3000"


# Thumbnails


def test_a_thumbnail_holds_the_mean_of_each_block():
    blocks = np.array(
        [[[0, 4, 10, 10], [8, 0, 10, 30], [255, 255, 1, 1], [255, 255, 1, 5]]], np.uint8
    )
    assert thumbnail(blocks, 2).tolist() == [[3, 15], [255, 2]]


def test_a_thumbnail_of_colours_has_them_last():
    colour = np.array([[[0, 4]], [[255, 255]], [[10, 20]]], np.uint8)
    assert thumbnail(colour, 1).tolist() == [[[2, 255, 15]]]


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize(("height", "width", "shape"), [(100, 50, (10, 5)), (3, 900, (1, 10))])
def test_a_thumbnail_keeps_the_proportions(height, width, shape, channels):
    small = thumbnail(np.full((channels, height, width), 77, np.uint8), 10)
    assert small.shape == (shape if channels == 1 else (*shape, 3))
    assert small.dtype == np.uint8
    assert small.flags.c_contiguous
    assert (small == 77).all()


def test_a_small_picture_is_its_own_thumbnail(rng):
    small = colours(rng, 5, 4, 1).transpose(2, 0, 1)
    assert np.array_equal(thumbnail(small, 64), small[0])


def test_a_thumbnail_of_no_pixels_is_refused():
    with pytest.raises(ValueError, match="0 pixels"):
        thumbnail(np.zeros((1, 2, 2), np.uint8), 0)
