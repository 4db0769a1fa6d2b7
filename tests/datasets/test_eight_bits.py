"""Numbers of more than 8 bits are scaled, never clipped, and it is said."""

import struct
import zlib
from fractions import Fraction
from math import floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cnnstudio.datasets import eight_bits, limits
from cnnstudio.datasets.picture_file import UnusablePicture, read_picture
from tests.datasets.handmade import encoded, png, shown, shown_colours, tags, tiff


def scaled(number, top=65535):
    """By the definition, a half going up."""
    return floor(Fraction(255 * int(number), top) + Fraction(1, 2))


RAMP = np.arange(65536, dtype=np.uint16).reshape(256, 256)
EXPECTED = [[scaled(number) for number in row] for row in RAMP.tolist()]


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_all_numbers_of_16_bits_are_divided_by_257(kind):
    data = encoded(Image.fromarray(RAMP), kind)
    assert shown(data) == [EXPECTED]
    assert read_picture(data).note == "16 bits scaled to 8"


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "TIFF, big-endian", "PPM", "TIFF, packed"])
def test_all_colours_of_16_bits_are_divided_by_257_exactly(kind):
    numbers = np.dstack([RAMP, RAMP[::-1], RAMP.T])
    body, packed = numbers.astype("<u2").tobytes(), tags(256, 256, (16, 16, 16), 2)
    if kind == "PNG":
        data = png(numbers, 16, 2)
    elif kind == "PPM":
        data = b"P6 256 256 65535\n" + numbers.astype(">u2").tobytes()
    elif kind == "TIFF, packed":
        body = zlib.compress(body)
        data = tiff(packed | {259: 8, 279: len(body)}, body)
    elif kind == "TIFF":
        data = tiff(packed, body)
    else:
        data = tiff(packed, numbers.astype(">u2").tobytes(), order=">")
    expected = np.array(EXPECTED)
    assert shown(data) == [expected.tolist(), expected[::-1].tolist(), expected.T.tolist()]
    assert read_picture(data).note == "16 bits scaled to 8"


def test_gray_with_alpha_of_16_bits_is_scaled_and_then_shown_on_white():
    both = np.array([[[25700, 65535], [0, 257 * 51], [7, 0]]])
    picture = read_picture(png(both, 16, 4))
    assert picture.pixels.tolist() == [[[100, 204, 255]]]
    assert picture.note == "16 bits scaled to 8, transparent parts shown on white"


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_colours_with_alpha_of_16_bits_are_scaled_and_then_shown_on_white(kind):
    rgba = np.array([[[25700, 129, 128, 65535], [65535, 0, 0, 257 * 51]]], "<u2")
    more = {338: 2}
    page = tiff(tags(2, 1, (16,) * 4, 2, more=more), rgba.tobytes())
    data = png(rgba, 16, 6) if kind == "PNG" else page
    assert shown_colours(data).tolist() == [[[100, 1, 0], [255, 204, 204]]]


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_of_very_many_colours_of_16_bits_the_upper_8_are_kept_and_that_is_said(kind, monkeypatch):
    for module in ("png_file", "tiff_file"):
        monkeypatch.setattr(f"cnnstudio.datasets.{module}.TWICE", 5)
    rgb = np.array([[[255, 256, 65535]]], "<u2")
    data = png(rgb, 16, 2) if kind == "PNG" else tiff(tags(1, 1, (16,) * 3, 2), rgb.tobytes())
    picture = read_picture(data)
    assert picture.pixels.ravel().tolist() == [0, 1, 255]
    assert picture.note == "16 bits a channel; the upper 8 kept"
    assert limits.TWICE >= 6 * 3840 * 2160


def test_of_cmyk_of_16_bits_and_of_separate_planes_the_upper_8_are_kept():
    cmyk = np.array([[[0, 257 * 51, 65535, 0]]], "<u2")
    picture = read_picture(tiff(tags(1, 1, (16,) * 4, 5), cmyk.tobytes()))
    assert picture.pixels.ravel().tolist() == [255, 204, 0]
    assert picture.note == "16 bits a channel; the upper 8 kept, CMYK shown as RGB"


@pytest.mark.parametrize("top", [1, 2, 3, 100, 255, 256, 1000, 4095, 65534, 65535])
def test_every_number_up_to_a_greatest_one_is_scaled(top):
    assert eight_bits.table(top).tolist() == [scaled(number, top) for number in range(top + 1)]


@pytest.mark.parametrize("white_is_zero", [False, True])
def test_twelve_bits_are_scaled_by_what_twelve_bits_hold(white_is_zero):
    numbers = [0, 4095, 2048, 8, 9, 4090]
    bits = "".join(f"{number:012b}" for number in numbers)
    data = bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))
    picture = read_picture(tiff(tags(6, 1, 12), data))
    assert picture.pixels.ravel().tolist() == [scaled(number, 4095) for number in numbers]
    assert picture.note == "12 bits scaled to 8"


def test_white_may_be_zero_in_a_tiff():
    for bits, numbers, kind in ((8, [0, 55, 255], "B"), (16, [0, 257 * 55, 65535], "H")):
        data = tiff(tags(3, 1, bits, 0), struct.pack(f"<3{kind}", *numbers))
        assert shown(data) == [[[255, 200, 0]]]
    data = tiff(tags(3, 1, 32, 0, more={339: 3}), struct.pack("<3f", 0, 1, 5))
    assert shown(data) == [[[255, 204, 0]]]


# Numbers without a greatest one


@pytest.mark.parametrize(
    ("bits", "form", "kind", "numbers", "note"),
    [
        (32, 1, "I", [0, 2**31, 2**32 - 1], "0 … 4294967295 scaled to 0 … 255"),
        (32, 2, "i", [-(2**31), 0, 2**31 - 1], "−2147483648 … 2147483647 scaled to 0 … 255"),
        (16, 2, "h", [-4, 0, 4], "−4 … 4 scaled to 0 … 255"),
        (8, 2, "b", [-128, 0, 127], "−128 … 127 scaled to 0 … 255"),
        (32, 3, "f", [-1.5, 0.8625, 3.2], "−1.5 … 3.2 scaled to 0 … 255"),
        (32, 3, "f", [1e-9, 1e30, 4e30], "1e−09 … 4e+30 scaled to 0 … 255"),
    ],
)
def test_the_least_number_becomes_black_and_the_greatest_white(bits, form, kind, numbers, note):
    data = tiff(tags(3, 1, bits, more={339: form}), struct.pack(f"<3{kind}", *numbers))
    picture = read_picture(data)
    assert picture.note == note
    low, middle, high = (
        Fraction(number) for number in struct.unpack(f"<3{kind}", data[8 : 8 + 3 * bits // 8])
    )
    half = floor(255 * (middle - low) / (high - low) + Fraction(1, 2))
    assert picture.pixels.ravel().tolist() == [0, half, 255]


@given(st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), min_size=2, max_size=9))
def test_floats_are_scaled_by_the_definition(numbers):
    low, high = min(numbers), max(numbers)
    page = tags(len(numbers), 1, 32, more={339: 3})
    pixels = read_picture(tiff(page, struct.pack(f"<{len(numbers)}f", *numbers))).pixels[0, 0]
    for number, pixel in zip(numbers, pixels.tolist(), strict=True):
        if low == high:
            assert pixel == 128
        else:
            part = 255 * (Fraction(number) - Fraction(low)) / (Fraction(high) - Fraction(low))
            assert abs(part - pixel) <= Fraction(1, 2) + Fraction(1, 10**9)


@pytest.mark.parametrize(("number", "written"), [(0.0, "0"), (7.25, "7.25"), (-1e6, "−1000000")])
def test_numbers_that_are_all_the_same_become_gray(number, written):
    data = encoded(Image.new("F", (3, 2), number), "TIFF")
    assert np.unique(read_picture(data).pixels).tolist() == [128]
    assert read_picture(data).note == f"every number is {written}: shown as 128"


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_numbers_that_are_not_finite_are_refused(number):
    image = Image.new("F", (300, 300), 1.0)
    image.putpixel((299, 299), number)
    with pytest.raises(UnusablePicture) as caught:
        read_picture(encoded(image, "TIFF"), "map.tif")
    why = "holds numbers that are not finite (NaN or infinity), so has no range"
    assert str(caught.value) == f"map.tif {why}"


# PGM, PPM and PBM


@pytest.mark.parametrize("top", [1, 3, 100, 255, 256, 1000, 65535])
@pytest.mark.parametrize("written", [False, True])
@pytest.mark.parametrize("channels", [1, 3])
def test_any_greatest_number_of_a_pgm_or_ppm_becomes_white(top, written, channels):
    numbers = np.linspace(0, top, 30).astype(int).tolist()
    kind = {(1, False): 5, (3, False): 6, (1, True): 2, (3, True): 3}[channels, written]
    head = f"P{kind} {10 if channels == 3 else 30} 1 {top}\n".encode()
    if written:
        body = " ".join(map(str, numbers)).encode()
    else:
        body = struct.pack(f">30{'H' if top > 255 else 'B'}", *numbers)
    pixels = read_picture(head + body).pixels
    assert np.moveaxis(pixels, 0, -1).ravel().tolist() == [scaled(each, top) for each in numbers]


@pytest.mark.parametrize(
    ("top", "note"),
    [(255, ""), (100, "0 … 100 scaled to 0 … 255"), (65535, "16 bits scaled to 8")],
)
def test_another_greatest_number_is_mentioned(top, note):
    assert read_picture(f"P2 2 1 {top} 0 {top}".encode()).note == note


def test_bits_are_black_where_they_are_1():
    assert shown(b"P1\n# a\n3 2\n1 0 1\n01 0") == [[[0, 255, 0], [255, 0, 255]]]
    assert shown(b"P4 9 2\n" + bytes([0b10100000, 0, 0, 0b10000000])) == [
        [[0, 255, 0, *[255] * 6], [*[255] * 8, 0]]
    ]


def test_comments_are_passed_over():
    data = b"P3 # a picture\n#of one pixel\r2#wide\n1\n#x\n9 # up to nine\n0 9 #0\n0 9 0\n9"
    assert shown_colours(data).tolist() == [[[0, 255, 0], [255, 0, 255]]]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"P5", "is a text"),
        (b"P5 ", "is a PPM, PGM or PBM picture without a size"),
        (b"P5 a 3", "is a PPM, PGM or PBM picture without a size"),
        (b"P5 3 3 ", "is a PPM, PGM or PBM picture that does not say its greatest number"),
        (b"P5 3 3 0 123", "is a PPM, PGM or PBM picture whose head makes no sense"),
        (b"P5 3 3 65536 123", "is a PPM, PGM or PBM picture whose head makes no sense"),
        (b"P5 0 3 255 123", "is a PPM, PGM or PBM picture whose head makes no sense"),
        (b"P2 2 1 9 3 10", "says that its greatest number is 9, but holds 10"),
        (b"P2 2 1 9 ", "is a picture that cannot be read: the file ends too early"),
        (b"P2 2 1 9 -3 2", "is a picture that cannot be read: the file ends too early"),
    ],
)
def test_a_strange_pgm_is_refused(data, sentence):
    with pytest.raises(UnusablePicture, match=r"^x\.pgm ") as caught:
        read_picture(data, "x.pgm")
    assert sentence in str(caught.value)
