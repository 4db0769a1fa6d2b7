"""A file that ends too early is refused, and shown as far as it goes if that is asked for."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image, ImageFile

from cnnstudio.datasets.picture_file import UnusablePicture, read_picture
from tests.datasets.handmade import (
    animated_png,
    chunk,
    colours,
    encoded,
    gif,
    png_head,
    png_of,
    tags,
    tiff,
)

HEIGHT, WIDTH = 120, 160


@pytest.fixture
def picture():
    """A picture without a black row."""
    rng = np.random.default_rng(4)
    return Image.fromarray(rng.integers(20, 256, (HEIGHT, WIDTH, 3), np.uint8))


KINDS = {
    "PNG": {},
    "JPEG": {"quality": 95},
    "BMP": {},
    "GIF": {},
    "TIFF": {},
    "PPM": {},
}
UPSIDE_DOWN = {"BMP"}


def refused(data):
    with pytest.raises(UnusablePicture) as caught:
        read_picture(data, "cut")
    return caught.value


def truncated(image, kind, part):
    data = encoded(image, kind, **KINDS[kind])
    return data[: int(len(data) * part)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_cut_short_is_refused_and_part_of_it_offered(picture, kind):
    refusal = refused(truncated(picture, kind, 0.6))
    assert refusal.partly
    why = "cannot be read to its end: the file ends too early; what is there can be shown"
    assert str(refusal) == f"cut {why}"


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_there_is_the_same_as_in_the_whole_file(picture, kind, part):
    whole = read_picture(encoded(picture, kind, **KINDS[kind])).pixels
    if kind == "GIF":
        part = 1 - 0.8 * (1 - part)  # its palette comes first
    cut = read_picture(truncated(picture, kind, part), partial=True)
    assert cut.partial
    assert cut.pixels.shape == whole.shape
    there = cut.pixels.any(axis=(0, 2)) if kind != "GIF" else (cut.pixels == whole).all((0, 2))
    assert abs(there.mean() - part) < 0.15
    whole_rows = np.flatnonzero(there)[1:-1]  # of the last one there may be a part
    assert np.array_equal(cut.pixels[:, whole_rows], whole[:, whole_rows])
    assert (kind in UPSIDE_DOWN) == (not there[0])


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"GIF"}))
def test_how_much_is_missing_is_said(picture, kind):
    cut = read_picture(truncated(picture, kind, 0.6), partial=True)
    empty = int((~cut.pixels.any(axis=(0, 2))).sum())
    assert 0 < empty < HEIGHT
    assert cut.note == f"partial: the file ends too early, {empty} of {HEIGHT} rows are empty"


def test_of_a_progressive_jpeg_a_coarse_picture_is_there():
    smooth = Image.radial_gradient("L").convert("RGB")
    data = encoded(smooth, "JPEG", progressive=True, quality=90)
    cut = data[: len(data) * 2 // 3]
    assert refused(cut).partly
    picture = read_picture(cut, partial=True)
    assert picture.note == "partial: the file ends too early"
    error = picture.pixels.astype(int) - read_picture(data).pixels
    assert np.abs(error).mean() < 9


def test_a_jpeg_cut_before_its_first_pixels_has_nothing_to_show(picture):
    for progressive in (False, True):
        data = encoded(picture, "JPEG", progressive=progressive)
        refusal = refused(data[: data.index(b"\xff\xda") + 14])
        assert not refusal.partly
        assert str(refusal) == "cut is a JPEG picture that cannot be read: the file ends too early"


def test_a_whole_file_is_not_partial(picture):
    for kind in KINDS:
        assert not read_picture(encoded(picture, kind), partial=True).partial


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_adobe_deflate", "jpeg"])
def test_the_strips_of_a_tiff_that_are_there_are_shown(picture, compression):
    data = bytearray(encoded(picture, "TIFF", compression=compression, strip_size=WIDTH * 3 * 8))
    whole = read_picture(bytes(data)).pixels
    (directory,) = struct.unpack_from("<I", data, 4)
    places = _lists(data, directory)[273]
    (ninth,) = struct.unpack_from("<I", data, places + 4 * 8)
    cut = data[:ninth] + bytes(directory - ninth) + data[directory:]
    picture = read_picture(bytes(cut), partial=True)
    assert np.array_equal(picture.pixels[:, :64], whole[:, :64])
    assert not picture.pixels[:, 72:].any()
    assert picture.note == "partial: the file is damaged, 56 of 120 rows are empty"
    assert refused(bytes(cut)).partly


def _lists(data, at):
    entries = range(at + 2, at + 2 + 12 * struct.unpack_from("<H", data, at)[0], 12)
    return dict(struct.unpack_from("<H6xI", data, entry) for entry in entries)


def test_pixels_damaged_in_the_middle_are_shown_up_to_there(picture):
    data = bytearray(encoded(picture, "PNG"))
    middle = data.index(b"IDAT") + len(data) // 2
    data[middle : middle + 99] = bytes(99)
    refusal = refused(bytes(data))
    assert refusal.partly
    assert "the file is damaged; what is there can be shown" in str(refusal)
    assert read_picture(bytes(data), partial=True).note.startswith("partial: the file is damaged")


def test_an_interlaced_png_is_shown_as_far_as_it_goes():
    passes = [(1, 1), (1, 1), (1, 2), (2, 2), (2, 4), (4, 4), (4, 8)]
    rows = b"".join((b"\0" + b"\xc8" * width) * height for height, width in passes)
    data = png_of(png_head(8, 8, interlaced=1), rows)
    assert np.unique(read_picture(data).pixels).tolist() == [200]
    cut = png_of(png_head(8, 8, interlaced=1), b"")
    at = cut.index(b"IDAT") - 4
    body = zlib.compress(rows, 0)
    cut = cut[:at] + chunk(b"IDAT", body[: len(body) * 2 // 3])
    shown = read_picture(cut, partial=True)
    assert shown.pixels[0, 0, 0] == 200
    assert 0 < (shown.pixels == 200).mean() < 1


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_only_the_frame_that_is_cut_is_partial(kind, rng):
    first, second = (colours(rng, 40, 40, 4) | 1 for _ in range(2))
    if kind == "PNG":
        first[..., 3] = second[..., 3] = 255
        data = animated_png((40, 40), (first, 0, 0, 0, 0), (second, 0, 0, 0, 0))
    else:
        frames = [(frame[:, :, 0], 0, 0, 0, None) for frame in (first, second)]
        data = gif((40, 40), rng.integers(1, 256, 768).tolist(), *frames)
    data = data[: -len(data) // 4]
    assert not read_picture(data, frame=0).partial
    with pytest.raises(UnusablePicture) as caught:
        read_picture(data, frame=1)
    assert caught.value.partly
    assert read_picture(data, frame=1, partial=True).partial


def test_numbers_written_out_are_shown_up_to_the_first_that_is_none():
    picture = read_picture(b"P2 3 2 255 1 2 3 4 five 6", partial=True)
    assert picture.pixels.tolist() == [[[1, 2, 3], [4, 0, 0]]]
    assert picture.partial


@pytest.mark.parametrize("kind", ["WEBP", "ICO"])
def test_what_cannot_be_shown_in_part_is_just_refused(picture, kind):
    data = encoded(picture.resize((64, 64)), kind)
    refusal = refused(data[: len(data) // 2])
    if kind == "WEBP":
        assert not refusal.partly
        assert str(refusal) == "cut is a WebP picture that cannot be read: the file ends too early"


@pytest.mark.parametrize("kind", [*KINDS, "WEBP", "ICO"])
def test_every_cut_of_a_file_is_a_picture_or_a_sentence_and_partly_is_true(kind, rng):
    data = encoded(Image.fromarray(colours(rng, 16, 16) | 1), kind)
    for length in [*range(0, len(data), 1 + len(data) // 150), len(data) - 1]:
        try:
            read_picture(data[:length])
        except UnusablePicture as refusal:
            if refusal.partly:
                picture = read_picture(data[:length], partial=True)
                assert picture.partial
                assert picture.note.startswith("partial: ")
            else:
                with pytest.raises(UnusablePicture):
                    read_picture(data[:length], partial=True)


def test_pillows_own_switch_is_left_alone(picture):
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False
    read_picture(truncated(picture, "PNG", 0.5), partial=True)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False
    with (
        pytest.raises(OSError, match="truncated"),
        Image.open(io.BytesIO(truncated(picture, "PNG", 0.5))) as opened,
    ):
        opened.load()


def test_a_page_whose_pixels_are_missing_is_refused():
    entries = tags(3, 3) | {273: 9999}
    refusal = refused(tiff(entries))
    assert not refusal.partly
    assert "is a TIFF picture that cannot be read: the file ends too early" in str(refusal)
