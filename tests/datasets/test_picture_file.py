"""Any file becomes pixels or one sentence, and nothing else."""

import itertools
import os
import struct
import threading
import warnings

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageFile, UnidentifiedImageError

from cnnstudio.datasets.formats import HEAD, recognise
from cnnstudio.datasets.picture_file import (
    MAX_BYTES,
    SUFFIXES,
    Cancelled,
    Picture,
    UnusablePicture,
    read_picture,
)
from tests.datasets.handmade import chunk, colours, encoded, ico, png, png_head, tags, tiff

FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF", "PPM", "ICO")
OPENS = "; CNN Studio opens PNG, JPEG, TIFF, GIF, BMP, WebP, PPM, PGM, PBM and ICO"


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


# What a picture is


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_pixels_are_bytes_nobody_can_change(rng, kind, mode):
    image = Image.fromarray(colours(rng, 16, 16)).convert(mode)
    picture = read_picture(encoded(image, kind))
    assert picture.pixels.shape == (1 if mode == "L" else 3, 16, 16)
    assert picture.pixels.dtype == np.uint8
    assert picture.pixels.flags.c_contiguous
    assert (picture.frame, picture.frames, picture.partial) == (0, 1, False)
    with pytest.raises(ValueError, match="read-only"):
        picture.pixels[0, 0, 0] = 1


def test_gray_pixels_do_not_keep_two_channels_more_alive(rng):
    picture = read_picture(encoded(Image.fromarray(colours(rng)).convert("L"), "PNG"))
    assert picture.pixels.base is None or picture.pixels.base.size == picture.pixels.size


def test_a_picture_needs_no_more_than_a_name_and_pixels():
    picture = Picture("a", np.zeros((1, 2, 2), np.uint8))
    assert (picture.note, picture.frames, picture.background) == ("", 1, (255, 255, 255))


PROFILES = {
    "": b"",
    "colour profile ignored": b"\0\0\2\0ADBE Adobe RGB (1998)",
}


@pytest.mark.parametrize("note", PROFILES)
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_a_colour_profile_that_is_ignored_is_mentioned(rng, kind, note):
    profile = PROFILES[note] or ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = encoded(Image.fromarray(colours(rng)), kind, icc_profile=profile)
    assert read_picture(data).note == note


@pytest.mark.parametrize(
    "profile", [b"", b"\0", b"x\0\7nonsense", b"x\0\0nonsense", b"x" * 5000, b"x\0\0\x78\x9c"]
)
def test_a_broken_profile_does_not_matter(profile):
    assert read_picture(png([[7]], 8, 0, chunk(b"iCCP", profile))).pixels.tolist() == [[[7]]]


def test_broken_texts_in_a_png_do_not_matter():
    texts = [chunk(name, b"\0\xff" * 9) for name in (b"tEXt", b"zTXt", b"iTXt", b"gAMA", b"pHYs")]
    bad_sum = chunk(b"tEXt", b"a")[:-1] + b"?"
    assert read_picture(png([[7]], 8, 0, *texts, bad_sum)).pixels.tolist() == [[[7]]]


@pytest.mark.parametrize("name", [b"IHDR", b"PLTE"])
def test_a_png_whose_damage_would_be_seen_is_refused(name):
    data = bytearray(png([[0, 1]], 1, 3, chunk(b"PLTE", bytes(range(6)))))
    data[data.index(name) + 4] ^= 1
    assert refusal(bytes(data)).endswith("that cannot be read: the file is damaged")


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
    path.write_bytes(encoded(Image.fromarray(colours(rng, 16, 16)), kind))
    assert read_picture(path).pixels.shape == (3, 16, 16)


def test_every_format_the_dialog_offers_opens_and_no_other():
    known = Image.registered_extensions() | {".jfif": "JPEG"}
    assert {known[suffix] for suffix in SUFFIXES} == set(FORMATS)
    for kind in FORMATS:
        assert recognise(encoded(Image.new("L", (16, 16)), kind)[:HEAD])


def test_nothing_else_is_recognised_than_what_one_reader_reads(rng):
    readers = {recognise(encoded(Image.new("L", (16, 16)), kind)[:HEAD]) for kind in FORMATS}
    assert len(readers) == len(FORMATS)


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
    ("data", "what"),
    [
        (b"\0\0\0\x0cjP  \r\n", "a JPEG 2000 picture"),
        (b"\xff\x0a1234", "a JPEG XL picture"),
        (b"\0\0\0\x1cftypavif", "an AVIF or HEIC picture"),
        (b"\0\0\0\x1cftypheic", "an AVIF or HEIC picture"),
        (b"\0\0\0\x1cftypisom", "a film"),
        (b"RIFF1234AVI LIST", "a film"),
        (b"ID3\3", "a sound"),
        (b"%PDF-1.7", "a PDF or PostScript document"),
        (b"\n<!DOCTYPE html><html>", "a web page"),
        (b"<svg xmlns=", "an SVG drawing or another XML document"),
        (b"<?xml version", "an SVG drawing or another XML document"),
        (b"8BPS\0\1", "a Photoshop picture"),
        (b"gimp xcf v011", "a GIMP picture"),
        (b"\0\0\2\0\1\0", "a mouse pointer (CUR)"),
        (b"v/1\1\2\0", "a picture of a high dynamic range"),
        (b"Pf 3 3 -1", "a picture of a high dynamic range"),
        (b"P7\nWIDTH 3", "a PAM picture"),
        (b"PK\3\4", "an archive of packed files"),
        (b"\x93NUMPY\1\0", "a NumPy array"),
        (b"SIMPLE  =    T", "a FITS picture"),
        (b"dear diary,\n", "a text"),
        (b"\xff\xd8", "a JPEG picture that ends at once"),
        (b"\x89PNG", "no picture of a known format"),
        (bytes(100), "no picture of a known format"),
        (bytes(range(99, 199)), "no picture of a known format"),
    ],
)
def test_what_a_file_is_instead_is_said(tmp_path, data, what):
    (tmp_path / "photo.png").write_bytes(data)
    assert refusal(tmp_path / "photo.png") == f"photo.png is {what}{OPENS}"


@pytest.mark.parametrize("kind", ["JPEG2000", "PDF", "TGA", "PCX", "SGI", "DDS"])
def test_no_reader_of_another_format_sees_the_file(rng, kind, monkeypatch):
    data = encoded(Image.fromarray(colours(rng, 16, 16)), kind)
    monkeypatch.setattr(ImageFile.ImageFile, "__init__", pytest.fail)
    assert refusal(data, "a.png").endswith(OPENS)


@pytest.mark.parametrize(
    "data", [b"BM", b"GIF89a", b"II*\0", b"\xff\xd8\xff", b"\0\0\1\0", b"RIFF1234WEBP"]
)
def test_a_file_of_nothing_but_its_first_bytes_is_refused(data):
    assert OPENS not in refusal(data)


def png_claiming(width, height):
    parts = [chunk(b"IHDR", png_head(width, height)), chunk(b"IDAT"), chunk(b"IEND")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize(
    ("width", "height", "figures"),
    [
        (60_000, 60_000, "60 000 × 60 000 = 3 600 megapixels; PNG is opened up to 50"),
        (7072, 7071, "7 072 × 7 071 = 50.1 megapixels; PNG is opened up to 50"),
        (2, 80_000, "2 × 80 000 pixels; pictures are opened up to 65 535 on a side"),
    ],
)
def test_too_many_pixels_are_refused_before_one_is_decoded(width, height, figures, monkeypatch):
    monkeypatch.setattr(ImageFile.ImageFile, "load", pytest.fail)
    assert refusal(png_claiming(width, height), "huge,.png") == f"huge,.png has {figures}"


HUGE = struct.pack("<HH", 60_000, 60_000)


def jpeg_claiming():
    jpeg = bytearray(encoded(Image.new("L", (8, 8)), "JPEG"))
    at = jpeg.index(b"\xff\xc0") + 5
    jpeg[at : at + 4] = struct.pack(">HH", 60_000, 60_000)
    return bytes(jpeg)


CLAIMS = {
    "BMP": lambda: b"BM" + struct.pack("<III", 0, 0, 54)
    + struct.pack("<IIIHHIIIIII", 40, 60_000, 60_000, 1, 24, 0, 0, 0, 0, 0, 0),
    "GIF": lambda: b"GIF89a" + HUGE + b"\0\0\0," + bytes(4) + b"\1\0\1\0\0\x08\1\0\0;",
    "GIF, frame": lambda: b"GIF89a\1\0\1\0\0\0\0," + bytes(4) + HUGE + b"\0\x08\1\0\0;",
    "JPEG": jpeg_claiming,
    "TIFF": lambda: tiff(tags(60_000, 60_000)),
    "PPM": lambda: b"P6 60000 60000 255\n",
    "PNG in an ICO": lambda: ico((png_claiming(60_000, 60_000), 9, 9, 32)),
    "bitmap in an ICO": lambda: ico(
        (struct.pack("<Iii", 40, 60_000, 120_000).ljust(60, b"\0"), 9, 9, 32)),
}  # fmt: skip


@pytest.mark.parametrize("kind", CLAIMS)
def test_every_format_tells_its_size_before_it_is_decoded(kind, monkeypatch):
    monkeypatch.setattr(ImageFile.ImageFile, "load", pytest.fail)
    assert "has 60 000 × 60 000 = 3 600 megapixels" in refusal(CLAIMS[kind](), "huge")


def test_a_webp_is_measured_before_its_decoder_asks_for_memory(monkeypatch):
    monkeypatch.setattr("PIL.WebPImagePlugin.WebPImageFile._open", pytest.fail)
    data = bytearray(encoded(Image.new("RGBA", (8, 8), (1, 2, 3, 4)), "WEBP", exif=b"x"))
    assert data[12:16] == b"VP8X"
    data[24:30] = (15_999).to_bytes(3, "little") * 2
    assert "has 16 000 × 16 000 = 256 megapixels; WebP is opened up to" in refusal(bytes(data))


ERRORS = [MemoryError(), RecursionError(), ZeroDivisionError(), AssertionError(), OSError()]
ERRORS += [
    SyntaxError("no"),
    struct.error("x"),
    EOFError("a\nb"),
    ValueError("y" * 500),
    KeyError(3),
]
ERRORS += [UnidentifiedImageError("who?"), UserWarning("x"), Image.DecompressionBombError("z")]


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
def test_it_can_be_cancelled_while_decoding_and_afterwards(rng, stage, monkeypatch):
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
