"""What is seen through transparent parts, and which parts those are."""

from fractions import Fraction
from math import floor

import numpy as np
import pytest
from PIL import Image
from PIL import __version__ as pillow

from cnnstudio.datasets.colour import BLACK, GRAY, WHITE
from cnnstudio.datasets.picture_file import read_picture
from tests.datasets.handmade import chunk, colours, encoded, png, shown, shown_colours, tags, tiff

BACKGROUNDS = [WHITE, BLACK, GRAY, (10, 200, 30)]


def over(colour, alpha, background):
    """By the definition; halves do not occur."""
    exact = Fraction(int(colour) * int(alpha) + background * (255 - int(alpha)), 255)
    return floor(exact + Fraction(1, 2))


@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "ICO"])
def test_colours_with_alpha_lie_over_the_background(rng, kind, background):
    rgba = colours(rng, 16, 16, 4)
    rgba[:2, :, 3], rgba[2:4, :, 3] = 0, 255
    seen = shown_colours(encoded(Image.fromarray(rgba), kind), background=background)
    for row, column in np.ndindex(16, 16):
        *rgb, alpha = rgba[row, column]
        expected = [over(rgb[k], alpha, background[k]) for k in range(3)]
        assert seen[row, column].tolist() == expected


@pytest.mark.parametrize("background", BACKGROUNDS)
def test_gray_with_alpha_lies_over_the_background(rng, background):
    both = colours(rng, channels=2)
    seen = shown_colours(encoded(Image.fromarray(both), "PNG"), background=background)
    for row, column in np.ndindex(both.shape[:2]):
        gray, alpha = both[row, column]
        assert seen[row, column].tolist() == [over(gray, alpha, each) for each in background]


@pytest.mark.parametrize(
    ("background", "name"),
    [(WHITE, "white"), (BLACK, "black"), (GRAY, "gray"), ((10, 200, 30), "#0ac81e")],
)
def test_the_background_is_named_where_it_is_seen(background, name):
    image = Image.new("RGBA", (4, 4), (1, 2, 3, 255))
    picture = read_picture(encoded(image, "PNG"), background=background)
    assert (picture.note, picture.transparent, picture.background) == ("", False, background)
    image.putpixel((3, 3), (1, 2, 3, 254))
    picture = read_picture(encoded(image, "PNG"), background=background)
    assert picture.note == f"transparent parts shown on {name}"
    assert picture.transparent
    assert picture.background == background


def test_gray_over_a_coloured_background_has_three_channels():
    data = encoded(Image.new("LA", (2, 2), (100, 0)), "PNG")
    assert read_picture(data).pixels.shape == (1, 2, 2)
    assert read_picture(data, background=(1, 2, 3)).pixels[:, 0, 0].tolist() == [1, 2, 3]


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_entries_of_a_palette_may_be_transparent(kind):
    image = Image.new("P", (3, 1))
    image.putpalette([200, 10, 10, 0, 255, 0, 9, 9, 9])
    for place, index in enumerate([2, 0, 1]):
        image.putpixel((place, 0), index)
    data = encoded(image, kind, transparency=2)
    assert shown_colours(data, background=GRAY).tolist() == [
        [list(GRAY), [200, 10, 10], [0, 255, 0]]
    ]


def test_entries_of_a_palette_may_be_half_transparent():
    palette = chunk(b"PLTE", bytes([255, 0, 0, 0, 0, 255]))
    data = png([[0, 1]], 1, 3, palette, chunk(b"tRNS", bytes([51, 0])))
    assert shown_colours(data).tolist() == [[[255, 204, 204], [255, 255, 255]]]


# One colour that is transparent (tRNS), in every depth


@pytest.mark.parametrize("depth", [1, 2, 4, 8, 16])
def test_one_gray_may_be_transparent(depth):
    top = 2**depth - 1
    grays = sorted({0, 1, top // 2, top - 1, top})
    for clear in grays:
        data = png([grays], depth, 0, chunk(b"tRNS", clear.to_bytes(2, "big")))
        picture = read_picture(data, background=(1, 77, 3))
        for place, gray in enumerate(grays):
            scaled = floor(Fraction(255 * gray, top) + Fraction(1, 2))
            expected = [1, 77, 3] if gray == clear else [scaled] * 3
            assert picture.pixels[:, 0, place].tolist() == expected
        assert picture.transparent


@pytest.mark.parametrize("depth", [8, 16])
def test_one_colour_may_be_transparent(depth):
    top = 2**depth - 1
    rgb = [[[top, 5, 0], [top, 5, 1], [top - 1, 5, 0], [top, 6, 0], [0, 0, 0]]]
    clear = b"".join(each.to_bytes(2, "big") for each in rgb[0][0])
    picture = read_picture(png(rgb, depth, 2, chunk(b"tRNS", clear)), background=(1, 77, 3))
    assert picture.pixels[:, 0, 0].tolist() == [1, 77, 3]
    assert [1, 77, 3] not in np.moveaxis(picture.pixels, 0, -1)[0, 1:].tolist()


def test_of_the_transparent_colour_only_the_bits_of_the_depth_count():
    data = png([[0, 1, 2]], 2, 0, chunk(b"tRNS", bytes([0xFF, 0xFE])))  # 2, and bits of nothing
    assert shown(data, background=(7, 7, 7)) == [[[0, 85, 7]]]


def test_a_transparent_colour_that_does_not_occur_is_not_mentioned():
    data = png([[0, 1, 2]], 8, 0, chunk(b"tRNS", bytes([0, 9])))
    assert read_picture(data).note == ""


def test_a_transparent_colour_that_is_cut_short_is_no_reason_to_crash():
    data = png([[[0, 1, 2]]], 8, 2, chunk(b"tRNS", bytes([0, 9])))
    assert read_picture(data).pixels.ravel().tolist() == [0, 1, 2]


def test_gray_multiplied_by_its_alpha_already_is_not_multiplied_again():
    data = tiff(tags(3, 1, (8, 8), more={338: 1}), bytes([0, 51, 51, 51, 200, 255]))
    if int(pillow.split(".")[0]) < 13:
        pytest.skip("this Pillow does not read it")
    assert shown(data) == [[[204, 255, 200]]]
