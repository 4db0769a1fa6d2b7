"""Pictures are turned the way their camera was held."""

import numpy as np
import pytest
from PIL import ExifTags, Image

from cnnstudio.datasets.picture_file import read_picture
from tests.datasets.handmade import colours, encoded, shown, tags, tiff

STORED = np.kron(np.array([[0, 50, 100], [150, 200, 250]], np.uint8), np.ones((16, 16), np.uint8))


def turned(stored, orientation):
    """Put every pixel where EXIF says: on which sides the stored row 0 and column 0 are seen."""
    row_0, column_0 = {
        1: ("top", "left"),
        2: ("top", "right"),
        3: ("bottom", "right"),
        4: ("bottom", "left"),
        5: ("left", "top"),
        6: ("right", "top"),
        7: ("right", "bottom"),
        8: ("left", "bottom"),
    }[orientation]
    height, width = stored.shape
    seen = np.zeros((height, width) if orientation < 5 else (width, height), np.uint8)
    for row, column in np.ndindex(stored.shape):
        place = {"top": row, "left": row, "bottom": height - 1 - row, "right": height - 1 - row}
        across = {"top": column, "left": column, "bottom": -1 - column, "right": -1 - column}
        at = (place[row_0], across[column_0])
        seen[at if orientation < 5 else at[::-1]] = stored[row, column]
    return seen


def exif_of(orientation):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    return exif


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(
    "kind", ["PNG", "WEBP", "JPEG", "TIFF", "TIFF, packed", "TIFF, JPEG", "TIFF, colours"]
)
def test_the_orientation_is_respected(kind, orientation):
    kind, _, how = kind.partition(", ")
    options = {"exif": exif_of(orientation)} | ({"quality": 100} if how != "packed" else {})
    options |= {"packed": {"compression": "tiff_lzw"}, "JPEG": {"compression": "jpeg"}}.get(how, {})
    image = Image.fromarray(STORED).convert("RGB" if how in ("colours", "JPEG") else "L")
    picture = read_picture(encoded(image, kind, **options))
    expected = turned(STORED, orientation).astype(int)
    assert picture.pixels[0].shape == expected.shape
    lossy = 2 if "JPEG" in (kind, how) else 0
    assert np.abs(picture.pixels[0] - expected).max() <= lossy
    assert picture.pixels.flags.c_contiguous
    assert picture.note == ("" if orientation == 1 else "turned as its EXIF orientation says")


def test_all_channels_are_turned(rng):
    rgb = colours(rng)
    picture = read_picture(encoded(Image.fromarray(rgb), "PNG", exif=exif_of(6)))
    for channel in range(3):
        assert np.array_equal(picture.pixels[channel], turned(rgb[:, :, channel], 6))


def test_an_orientation_may_stand_in_xmp():
    xmp = b'<x:xmpmeta><rdf:Description tiff:Orientation="3"/></x:xmpmeta>'
    data = encoded(Image.fromarray(STORED), "JPEG", quality=100, xmp=xmp)
    assert np.abs(read_picture(data).pixels[0].astype(int) - turned(STORED, 3)).max() <= 2


@pytest.mark.parametrize(
    "exif", [b"Exif\0\0nonsense", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0"]
)
@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_a_broken_exif_block_turns_nothing(kind, exif):
    picture = read_picture(encoded(Image.fromarray(STORED), kind, exif=exif))
    assert np.abs(picture.pixels[0].astype(int) - STORED).max() <= 2
    assert picture.note == ""


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_is_none_turns_nothing(orientation):
    data = tiff(tags(2, 1, more={274: orientation}), b"\1\2")
    assert shown(data) == [[[1, 2]]]
    assert read_picture(data).note == ""
