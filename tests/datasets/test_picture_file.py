"""Any file becomes gray pixels or one sentence, and nothing else."""

import io
import itertools
import os
import struct
import threading
import warnings
import zlib
from fractions import Fraction
from functools import cache
from math import floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageFile

from cnnstudio.datasets.picture_file import (
    MAX_BYTES,
    SUFFIXES,
    Cancelled,
    UnusablePicture,
    read_picture,
    thumbnail,
)

FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP")
LOSSLESS = {"WEBP": {"lossless": True, "exact": True}}


def encoded(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **{**LOSSLESS.get(kind, {}), **options})
    return file.getvalue()


def pixels_of(image, kind="PNG", **options):
    return read_picture(encoded(image, kind, **options)).pixels[0]


def note_of(image, kind="PNG", **options):
    return read_picture(encoded(image, kind, **options)).note


def colours(rng, height=12, width=17, channels=3):
    return rng.integers(0, 256, (height, width, channels), dtype=np.uint8)


def gray_of(red, green, blue):
    """By the definition, a half going up."""
    return floor(Fraction(299 * red + 587 * green + 114 * blue, 1000) + Fraction(1, 2))


def over_white(channel, alpha):
    return Fraction(int(channel) * int(alpha) + 255 * (255 - int(alpha)), 255)


def png_with(width, height, depth=8, colour=0, body=b""):
    """A PNG file whose header claims a size, whatever its body holds."""

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(body))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


def refusal(source, name=""):
    """The one sentence a file is refused with."""
    with pytest.raises(UnusablePicture) as caught:
        read_picture(source, name)
    sentence = str(caught.value)
    shown = name or (source.name if hasattr(source, "name") else "the pasted picture")
    assert sentence.startswith(shown + " ")
    assert sentence.isprintable()
    assert not sentence.endswith(".")
    return sentence


@cache
def good_files():
    """One small file of every kind, to be damaged."""
    rng = np.random.default_rng(3)
    colour = Image.fromarray(colours(rng))
    clear = Image.fromarray(colours(rng, channels=4))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    frames = {"save_all": True, "append_images": [colour.rotate(180)]}
    files = [encoded(colour, kind) for kind in FORMATS]
    files += [encoded(clear, kind, exif=exif) for kind in ("PNG", "WEBP")]
    files += [encoded(colour, "JPEG", exif=exif, progressive=True)]
    files += [encoded(colour.convert("CMYK"), "JPEG"), encoded(colour.convert("P"), "BMP")]
    files += [encoded(colour, kind, **frames) for kind in ("PNG", "GIF", "WEBP")]
    return files


# What becomes of the pixels


@pytest.mark.parametrize("kind", ["PNG", "BMP", "WEBP"])
def test_colour_is_made_gray_by_the_formula_exactly(rng, kind):
    rgb = colours(rng, 40, 50)
    gray = pixels_of(Image.fromarray(rgb), kind)
    for row, column in np.ndindex(gray.shape):
        red, green, blue = (int(value) for value in rgb[row, column])
        assert gray[row, column] == gray_of(red, green, blue)


def test_gray_is_the_rounded_sum_and_an_exact_half_goes_up(rng):
    halves = [
        colour
        for colour in itertools.product(range(0, 256, 5), repeat=3)
        if (299 * colour[0] + 587 * colour[1] + 114 * colour[2]) % 1000 == 500
    ]
    others = [tuple(int(value) for value in row) for row in rng.integers(0, 256, (2000, 3))]
    for colour in others + halves[:300]:
        exact = Fraction(299 * colour[0] + 587 * colour[1] + 114 * colour[2], 1000)
        if exact % 1 != Fraction(1, 2):
            assert gray_of(*colour) == round(exact)
    assert len(halves) > 100
    gray = pixels_of(Image.fromarray(np.array([halves], np.uint8)))
    assert gray[0].tolist() == [gray_of(*colour) for colour in halves]


@pytest.mark.parametrize("kind", ["PNG", "BMP", "GIF", "WEBP"])
def test_gray_pixels_stay_as_they_are(kind):
    ramp = np.arange(256, dtype=np.uint8).reshape(16, 16)
    gray = Image.fromarray(ramp)
    assert np.array_equal(pixels_of(gray, kind), ramp)
    assert note_of(gray, kind) == ""
    assert np.array_equal(pixels_of(gray.convert("RGB"), kind), ramp)
    assert note_of(gray.convert("RGB"), kind) == ""


def test_a_gray_jpeg_is_what_pillow_decodes(rng):
    data = encoded(Image.fromarray(colours(rng)[:, :, 0]), "JPEG")
    assert np.array_equal(read_picture(data).pixels[0], np.asarray(Image.open(io.BytesIO(data))))


@pytest.mark.parametrize("mode", ["RGB", "CMYK"])
def test_a_colour_jpeg_is_made_gray(rng, mode):
    data = encoded(Image.fromarray(colours(rng)).convert(mode), "JPEG")
    rgb = np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).tolist()
    picture = read_picture(data)
    assert picture.pixels[0].tolist() == [[gray_of(*colour) for colour in row] for row in rgb]
    assert picture.note == "colour made gray"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_transparent_parts_are_shown_on_white(rng, kind):
    rgba = colours(rng, channels=4)
    gray = pixels_of(Image.fromarray(rgba), kind)
    for row, column in np.ndindex(gray.shape):
        *rgb, alpha = rgba[row, column]
        exact = Fraction(0)
        for weight, channel in zip((299, 587, 114), rgb, strict=True):
            exact += Fraction(weight, 1000) * over_white(channel, alpha)
        assert gray[row, column] == floor(exact + Fraction(1, 2))
    assert "transparent parts shown on white" in note_of(Image.fromarray(rgba), kind)


def test_an_alpha_channel_that_hides_nothing_is_not_mentioned(rng):
    image = Image.fromarray(colours(rng))
    opaque = image.copy()
    opaque.putalpha(255)
    assert np.array_equal(pixels_of(opaque), pixels_of(image))
    assert note_of(opaque) == "colour made gray"


def test_gray_with_alpha_is_shown_on_white(rng):
    both = colours(rng, channels=2)
    gray = pixels_of(Image.fromarray(both))
    for row, column in np.ndindex(gray.shape):
        assert gray[row, column] == floor(over_white(*both[row, column]) + Fraction(1, 2))


@pytest.mark.parametrize("kind", ["PNG", "BMP", "GIF"])
def test_palettes_are_looked_up(kind):
    image = Image.new("P", (3, 1))
    image.putpalette([200, 10, 10, 0, 255, 0, 9, 9, 9])
    image.putdata([2, 0, 1])
    assert pixels_of(image, kind)[0].tolist() == [9, gray_of(200, 10, 10), gray_of(0, 255, 0)]


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_a_transparent_palette_entry_is_shown_on_white(kind):
    image = Image.new("P", (3, 1))
    image.putpalette([200, 10, 10, 0, 255, 0, 9, 9, 9])
    image.putdata([2, 0, 1])
    assert pixels_of(image, kind, transparency=2)[0, 0] == 255
    assert "transparent parts shown on white" in note_of(image, kind, transparency=2)


@pytest.mark.parametrize("mode", ["L", "RGB", "I;16"])
def test_a_transparent_colour_of_a_png_is_shown_on_white(mode):
    image = Image.new(mode, (2, 1), (9, 9, 9) if mode == "RGB" else 9)
    image.putpixel((1, 0), (5, 5, 5) if mode == "RGB" else 5)
    clear = (9, 9, 9) if mode == "RGB" else 9
    gray = pixels_of(image, transparency=clear)[0]
    assert gray[0] == 255
    assert gray[1] < 6
    assert "transparent parts shown on white" in note_of(image, transparency=clear)


@pytest.mark.parametrize("kind", ["PNG", "BMP", "GIF"])
def test_one_bit_is_black_or_white(kind):
    image = Image.new("1", (3, 1))
    image.putpixel((1, 0), 1)
    assert pixels_of(image, kind)[0].tolist() == [0, 255, 0]


def test_sixteen_bits_are_divided_by_257_and_never_clipped():
    deep = np.arange(65536, dtype=np.uint16).reshape(256, 256)
    gray = pixels_of(Image.fromarray(deep))
    expected = [floor(Fraction(value, 257) + Fraction(1, 2)) for value in range(65536)]
    assert gray.ravel().tolist() == expected
    assert note_of(Image.fromarray(deep)) == "16 bits scaled to 8"


def test_sixteen_bits_of_colour_are_scaled_too():
    row = b"\0" + struct.pack(">6H", 65535, 0, 0, 257 * 9, 257 * 9, 257 * 9)
    picture = read_picture(png_with(2, 1, depth=16, colour=2, body=row))
    assert picture.pixels[0, 0].tolist() == [gray_of(255, 0, 0), 9]
    assert picture.note == "16 bits scaled to 8, colour made gray"


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_of_an_animation_the_first_frame_is_read(rng, kind):
    first, *rest = (Image.fromarray(colours(rng)[:, :, 0]) for _ in range(3))
    data = encoded(first, kind, save_all=True, append_images=rest)
    picture = read_picture(data)
    assert np.array_equal(picture.pixels[0], np.asarray(first))
    assert picture.note == "first of 3 frames"


def test_a_first_frame_is_read_although_the_second_is_broken(rng):
    image = Image.fromarray(colours(rng)[:, :, 0])
    picture = read_picture(encoded(image, "GIF")[:-1] + b",\0\0")
    assert np.array_equal(picture.pixels[0], np.asarray(image))
    assert picture.note == "first frame only"


def test_frames_are_counted_for_half_a_second_at_most(rng, monkeypatch):
    frames = [Image.fromarray(colours(rng)[:, :, 0]) for _ in range(5)]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    monkeypatch.setattr("time.monotonic", map((0.1).__mul__, itertools.count()).__next__)
    assert read_picture(data).note == "first frame only"


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
    shown = np.zeros((height, width) if orientation < 5 else (width, height), np.uint8)
    for row, column in np.ndindex(stored.shape):
        place = {"top": row, "left": row, "bottom": height - 1 - row, "right": height - 1 - row}
        across = {"top": column, "left": column, "bottom": -1 - column, "right": -1 - column}
        at = (place[row_0], across[column_0])
        shown[at if orientation < 5 else at[::-1]] = stored[row, column]
    return shown


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_the_exif_orientation_is_respected(kind, orientation):
    stored = np.kron(
        np.array([[0, 50, 100], [150, 200, 250]], np.uint8), np.ones((16, 16), np.uint8)
    )
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    options = {"quality": 100} if kind == "JPEG" else {}
    picture = read_picture(encoded(Image.fromarray(stored), kind, exif=exif, **options))
    expected = turned(stored, orientation).astype(int)
    assert picture.pixels[0].shape == expected.shape
    assert np.abs(picture.pixels[0] - expected).max() <= (2 if kind == "JPEG" else 0)
    assert picture.pixels.flags.c_contiguous
    assert picture.note == ("" if orientation == 1 else "turned as its EXIF orientation says")


@pytest.mark.parametrize(
    "exif", [b"Exif\0\0nonsense", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0"]
)
def test_a_broken_exif_block_turns_nothing(rng, exif):
    image = Image.fromarray(colours(rng)[:, :, 0])
    assert np.array_equal(pixels_of(image, exif=exif), np.asarray(image))


def test_pixels_are_one_channel_of_bytes_nobody_can_change(rng):
    picture = read_picture(encoded(Image.fromarray(colours(rng, 5, 7)), "PNG"))
    assert picture.pixels.shape == (1, 5, 7)
    assert picture.pixels.dtype == np.uint8
    with pytest.raises(ValueError, match="read-only"):
        picture.pixels[0, 0, 0] = 1


def test_pictures_of_more_rows_than_one_block_are_put_together(rng):
    tall = np.tile(colours(rng, 7000, 1), (1, 400, 1))
    expected = [gray_of(*colour) for colour in tall[:, 0].tolist()]
    gray = pixels_of(Image.fromarray(tall), "BMP")
    assert gray[:, 0].tolist() == gray[:, 399].tolist() == expected


# Where a picture comes from


def test_a_file_is_called_by_its_name(tmp_path, rng):
    path = tmp_path / "my cat.png"
    path.write_bytes(encoded(Image.fromarray(colours(rng)), "PNG"))
    assert read_picture(path).name == "my cat.png"
    assert read_picture(path, "cat").name == "cat"


def test_a_name_with_a_line_break_is_shown_in_one_line(tmp_path, rng):
    picture = read_picture(encoded(Image.fromarray(colours(rng)), "PNG"), "a\nb\udcff.png")
    assert picture.name == "a\ufffdb\ufffd.png"


@pytest.mark.parametrize("kind", FORMATS)
def test_the_suffix_does_not_matter(tmp_path, rng, kind):
    path = tmp_path / "picture.txt"
    path.write_bytes(encoded(Image.fromarray(colours(rng)), kind))
    assert read_picture(path).pixels.shape == (1, 12, 17)


def test_the_dialog_offers_exactly_the_formats_that_open():
    known = Image.registered_extensions()
    assert {known[suffix] for suffix in SUFFIXES} == set(FORMATS)


# What is refused


def test_a_missing_file_is_refused(tmp_path):
    assert refusal(tmp_path / "gone.png").startswith("gone.png cannot be read: no such file")


def test_a_folder_is_refused(tmp_path):
    assert refusal(tmp_path) == f"{tmp_path.name} is a folder, not a picture"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    assert refusal(tmp_path / "pipe.png") == "pipe.png is a device or a pipe, not a picture"


def test_a_file_without_permission_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "secret.png"
    path.write_bytes(b"x")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert refusal(path) == "secret.png cannot be read: permission denied"


def test_an_empty_file_is_refused(tmp_path):
    (tmp_path / "nothing.png").touch()
    assert refusal(tmp_path / "nothing.png") == "nothing.png is empty"
    assert refusal(b"") == "the pasted picture is empty"


def test_a_file_above_64_megabytes_is_refused_unread(tmp_path, monkeypatch):
    path = tmp_path / "long,est.png"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    monkeypatch.setattr("pathlib.Path.open", pytest.fail)
    assert refusal(path) == "long,est.png has 64.1 MB; at most 64 can be opened"


def test_more_than_64_megabytes_are_not_pasted():
    assert refusal(bytes(MAX_BYTES + 1)).endswith("has 64.1 MB; at most 64 can be opened")


@pytest.mark.parametrize(
    ("kind", "what"),
    [("TIFF", "a TIFF picture"), ("JPEG2000", "a JPEG 2000 picture"), ("PDF", "a PDF")],
)
def test_another_format_is_named(tmp_path, rng, kind, what):
    path = tmp_path / "photo.png"
    path.write_bytes(encoded(Image.fromarray(colours(rng)), kind))
    sentence = refusal(path)
    assert sentence.startswith(f"photo.png is {what}")
    assert sentence.endswith("; CNN Studio opens PNG, JPEG, BMP, GIF and WebP")


@pytest.mark.parametrize("kind", ["ICO", "TGA", "PCX", "PPM", "SGI", "DDS"])
def test_no_reader_of_another_format_sees_the_file(rng, kind, monkeypatch):
    data = encoded(Image.fromarray(colours(rng, 16, 16)), kind)
    monkeypatch.setattr(ImageFile.ImageFile, "__init__", pytest.fail)
    assert "is no picture of a known format; CNN Studio opens" in refusal(data, "a.png")


@pytest.mark.parametrize("data", [b"dear diary", b"\x89PNG", b"\0" * 100, b"BM", b"\xff\xd8\xff"])
def test_what_is_no_picture_is_refused(tmp_path, data):
    (tmp_path / "garbage.png").write_bytes(data)
    refusal(tmp_path / "garbage.png")


@pytest.mark.parametrize("data", good_files())
def test_a_file_cut_short_is_refused(tmp_path, data):
    path = tmp_path / "short.png"
    path.write_bytes(data[: len(data) // 3])
    assert "picture that cannot be read: " in refusal(path)


@pytest.mark.parametrize(
    ("width", "height", "figures"),
    [
        (12_000, 9_000, "12 000 x 9 000 = 108 megapixels; at most 50 can be opened"),
        (60_000, 60_000, "60 000 x 60 000 = 3 600 megapixels; at most 50 can be opened"),
        (7072, 7071, "7 072 x 7 071 = 50.1 megapixels; at most 50 can be opened"),
        (2, 80_000, "2 x 80 000 = 0.2 megapixels; at most 65 535 pixels on a side can be opened"),
    ],
)
def test_too_many_pixels_are_refused_before_one_is_decoded(width, height, figures, monkeypatch):
    monkeypatch.setattr(ImageFile.ImageFile, "load", pytest.fail)
    assert refusal(png_with(width, height), "huge,.png") == f"huge,.png has {figures}"


def test_every_format_tells_its_size_before_it_is_decoded():
    bmp = b"BM" + struct.pack("<III", 0, 0, 54)
    bmp += struct.pack("<IIIHHIIIIII", 40, 60_000, 60_000, 1, 24, 0, 0, 0, 0, 0, 0)
    frame = b"," + struct.pack("<HHHHB", 0, 0, 60_000, 60_000, 0) + b"\x08\0;"
    gif = b"GIF89a" + struct.pack("<HHBBB", 60_000, 60_000, 0, 0, 0)
    jpeg = bytearray(encoded(Image.new("L", (8, 8)), "JPEG"))
    at = jpeg.index(b"\xff\xc0") + 5
    jpeg[at : at + 4] = struct.pack(">HH", 60_000, 60_000)
    for data in (bmp, gif + frame, bytes(jpeg)):
        assert "60 000 x 60 000 = 3 600 megapixels" in refusal(data, "huge")
    background = b"!\xf9\x04\x08\0\0\0\0"  # makes Pillow itself stop
    assert "3600 megapixels of at most 50" in refusal(gif + background + frame, "huge")


ERRORS = [MemoryError(), RecursionError(), ZeroDivisionError(), AssertionError(), OSError()]
ERRORS += [
    SyntaxError("no"),
    struct.error("x"),
    EOFError("a\nb"),
    ValueError("y" * 500),
    KeyError(3),
]
ERRORS += [UserWarning("x"), Image.DecompressionBombError("z")]


@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_whatever_pillow_raises_becomes_a_sentence(rng, error, monkeypatch):
    def fail(self):
        raise error

    monkeypatch.setattr(ImageFile.ImageFile, "load", fail)
    sentence = refusal(encoded(Image.fromarray(colours(rng)), "PNG"), "bad.png")
    assert sentence.startswith("bad.png is a PNG picture that cannot be read: ")
    assert len(sentence) < 200


def test_a_failed_picture_is_not_loaded_a_second_time(rng, monkeypatch):
    loads = []
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda _: loads.append(1) or 1 / 0)
    refusal(encoded(Image.fromarray(colours(rng)), "PNG"))
    assert loads == [1]


def test_warnings_of_pillow_reach_nobody(rng):
    frames = [Image.fromarray(colours(rng)) for _ in range(2)]
    data = encoded(frames[0], "PNG", save_all=True, append_images=frames[1:])
    at = data.index(b"acTL") - 4
    twice = data[: at + 20] + data[at:]
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        before = warnings.filters[:]
        read_picture(twice)
        assert warnings.filters[:] == before
    assert seen == []


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_file_is_a_picture_or_a_sentence(data):
    content = bytearray(data.draw(st.sampled_from(good_files())))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        if data.draw(st.booleans()):
            content[at] = data.draw(st.integers(0, 255))
        else:
            content[at : at + data.draw(st.integers(1, 30))] = b"?"
    try:
        pixels = read_picture(bytes(content), "damaged").pixels
    except UnusablePicture:
        assert refusal(bytes(content), "damaged")
    else:
        assert pixels.ndim == 3
        assert pixels.dtype == np.uint8


# Cancelling, and taking turns


@pytest.mark.parametrize("kind", FORMATS)
def test_whenever_it_is_cancelled_reading_stops(tmp_path, rng, kind):
    path = tmp_path / "slow"
    path.write_bytes(encoded(Image.fromarray(colours(rng, 300, 300)), kind))
    asked = itertools.count()
    read_picture(path, cancelled=lambda: next(asked) < 0)
    for last in range(next(asked)):
        asked = itertools.count()
        with pytest.raises(Cancelled):
            read_picture(path, cancelled=lambda last=last, asked=asked: next(asked) >= last)
        assert next(asked) == last + 1


def test_reading_a_file_can_be_cancelled_at_every_megabyte(tmp_path):
    (tmp_path / "slow").write_bytes(bytes(5 * 2**20))
    asked = itertools.count()
    with pytest.raises(Cancelled):
        read_picture(tmp_path / "slow", cancelled=lambda: next(asked) == 5)


@pytest.mark.parametrize("stage", ["decoding", "decoded"])
def test_it_can_be_cancelled_while_decoding_and_while_making_gray(rng, stage, monkeypatch):
    data, stages, load = encoded(Image.fromarray(colours(rng)), "BMP"), [], ImageFile.ImageFile.load

    def watched_load(self):
        stages.append("decoding")
        load(self)
        stages.append("decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", watched_load)
    with pytest.raises(Cancelled):
        read_picture(data, cancelled=lambda: stage in stages)
    assert stages[-1] == stage
    assert stages.count("decoding") == 1


def test_who_waits_for_a_slow_picture_may_give_up_or_comes_next(rng):
    data = encoded(Image.fromarray(colours(rng)), "PNG")
    begun, go_on, read = threading.Event(), threading.Event(), []

    def slow():
        begun.set()
        go_on.wait(10)
        return False

    first = threading.Thread(target=lambda: read.append(read_picture(data, "slow", slow).name))
    first.start()
    assert begun.wait(10)
    with pytest.raises(Cancelled):
        read_picture(data, "given up", lambda: True)
    second = threading.Thread(target=lambda: read.append(read_picture(data, "next").name))
    second.start()
    assert read == []
    go_on.set()
    first.join(10)
    second.join(10)
    assert read == ["slow", "next"]


# Thumbnails


def test_a_thumbnail_holds_the_mean_of_each_block():
    blocks = np.array(
        [[[0, 4, 10, 10], [8, 0, 10, 30], [255, 255, 1, 1], [255, 255, 1, 5]]], np.uint8
    )
    assert thumbnail(blocks, 2).tolist() == [[3, 15], [255, 2]]


@pytest.mark.parametrize(("height", "width", "shape"), [(100, 50, (10, 5)), (3, 900, (1, 10))])
def test_a_thumbnail_keeps_the_proportions(height, width, shape):
    small = thumbnail(np.full((1, height, width), 77, np.uint8), 10)
    assert small.shape == shape
    assert small.dtype == np.uint8
    assert (small == 77).all()


def test_a_small_picture_is_its_own_thumbnail(rng):
    small = colours(rng, 5, 4, 1).transpose(2, 0, 1)
    assert np.array_equal(thumbnail(small, 64), small[0])


def test_a_thumbnail_of_no_pixels_is_refused():
    with pytest.raises(ValueError, match="0 pixels"):
        thumbnail(np.zeros((1, 2, 2), np.uint8), 0)
