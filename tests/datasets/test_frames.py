"""Frames are shown as a player shows them; pages and icons are found."""

import itertools
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cnnstudio.datasets.limits import MAX_FRAMES
from cnnstudio.datasets.picture_file import UnusablePicture, read_picture
from tests.datasets.handmade import (
    animated_png,
    bitmap,
    colours,
    encoded,
    gif,
    ico,
    png,
    shown,
    shown_colours,
    tags,
    tiff,
)

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)
PALETTE = [*RED, *GREEN, *BLUE, 9, 9, 9]
STAYS, CLEARED, UNDONE = 1, 2, 3  # what becomes of a GIF frame


def row(data, frame):
    """The first row, as colours."""
    return [tuple(pixel) for pixel in shown_colours(data, frame=frame)[0].tolist()]


# Composing


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (STAYS, [RED, GREEN, BLUE, RED]),
        (CLEARED, [RED, WHITE, BLUE, RED]),
        (UNDONE, [RED, RED, BLUE, RED]),
    ],
)
def test_a_gif_frame_stays_or_is_cleared_or_undone(after, expected):
    whole, middle, last = ([[0] * 4], 0, 0, STAYS, None), ([[1, 1]], 1, 0, after, None), None
    last = ([[2]], 2, 0, STAYS, None)
    data = gif((4, 1), PALETTE, whole, middle, last)
    assert row(data, 0) == [RED] * 4
    assert row(data, 1) == [RED, GREEN, GREEN, RED]
    assert row(data, 2) == expected


def test_through_the_clear_index_of_a_gif_the_frames_before_are_seen():
    data = gif((3, 1), PALETTE, ([[0, 1, 2]], 0, 0, 0, 1), ([[3, 3, 2]], 0, 0, 0, 3))
    assert row(data, 0) == [RED, WHITE, BLUE]
    assert row(data, 1) == [RED, WHITE, BLUE]
    assert read_picture(data, frame=1).transparent


def test_what_no_gif_frame_covers_is_transparent():
    data = gif((3, 2), PALETTE, ([[0]], 1, 0, 0, None))
    assert row(data, 0) == [WHITE, RED, WHITE]
    assert read_picture(data).note == "transparent parts shown on white"


def test_a_gif_screen_grows_to_its_first_frame_and_cuts_off_the_others():
    data = gif((1, 1), PALETTE, ([[0, 0]], 0, 0, 0, None), ([[1, 1]], 1, 0, 0, None))
    assert row(data, 0) == [RED, RED]
    assert row(data, 1) == [RED, GREEN]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (0, [RED, GREEN, BLUE, RED]),
        (1, [RED, WHITE, BLUE, RED]),
        (2, [RED, RED, BLUE, RED]),
    ],
)
def test_a_png_frame_stays_or_is_cleared_or_undone(after, expected):
    def pixels(colour, width):
        return [[(*colour, 255)] * width]

    frames = [(pixels(RED, 4), 0, 0, 0, 0), (pixels(GREEN, 2), 1, 0, after, 0)]
    data = animated_png((4, 1), *frames, (pixels(BLUE, 1), 2, 0, 0, 0))
    assert row(data, 1) == [RED, GREEN, GREEN, RED]
    assert row(data, 2) == expected


def test_a_png_frame_is_blended_over_or_replaces():
    half = [[(*GREEN, 51)]]
    for over, expected in ((1, (204, 51, 0)), (0, (204, 255, 204))):
        data = animated_png((1, 1), ([[(*RED, 255)]], 0, 0, 0, 0), (half, 0, 0, 0, over))
        assert row(data, 1) == [expected]


def test_a_still_picture_before_an_animated_png_is_no_frame_of_it():
    frames = [([[(*RED, 255)]], 0, 0, 0, 0), ([[(*GREEN, 255)]], 0, 0, 0, 0)]
    data = animated_png((1, 1), *frames, still=[[(9, 9, 9, 255)]])
    assert read_picture(data).frames == 2
    assert [row(data, frame) for frame in (0, 1)] == [[RED], [GREEN]]


places = st.tuples(st.integers(0, 3), st.integers(0, 2))
sizes = st.tuples(st.integers(1, 4), st.integers(1, 3))


@st.composite
def animations(draw):
    """Frames of a 4 x 3 screen: pixels (index or None where clear), left, top, what then."""
    frames = []
    for _ in range(draw(st.integers(1, 5))):
        (left, top), (width, height) = draw(places), draw(sizes)
        if draw(st.booleans()):
            left, top, width, height = 0, 0, 4, 3
        width, height = min(width, 4 - left), min(height, 3 - top)
        clear = draw(st.sampled_from([None, 2]))
        flat = draw(st.lists(st.integers(0, 3), min_size=width * height, max_size=width * height))
        pixels = np.array(flat).reshape(height, width).tolist()
        frames.append((pixels, left, top, draw(st.sampled_from([1, 2, 3])), clear))
    return frames


@given(animations())
def test_any_gif_is_composed_pixel_by_pixel(frames):
    data = gif((4, 3), PALETTE, *frames)
    screen = dict.fromkeys(itertools.product(range(3), range(4)))
    for number, (pixels, left, top, after, clear) in enumerate(frames):
        before = dict(screen)
        covered = []
        for down, line in enumerate(pixels):
            for across, index in enumerate(line):
                covered.append((top + down, left + across))
                if index != clear:
                    screen[covered[-1]] = tuple(PALETTE[3 * index : 3 * index + 3])
        seen = shown_colours(data, frame=number)
        for place, colour in screen.items():
            assert tuple(seen[place].tolist()) == (colour or WHITE), (number, place)
        if after == CLEARED:
            screen.update(dict.fromkeys(covered))
        elif after == UNDONE:
            screen = before


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_each_frame_of_what_pillow_writes_is_found(rng, kind):
    frames = [Image.fromarray(colours(rng)[:, :, 0]) for _ in range(4)]
    data = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
    for number, frame in enumerate(frames):
        picture = read_picture(data, frame=number)
        assert np.array_equal(picture.pixels[0], np.asarray(frame))
        assert (picture.frame, picture.frames) == (number, 4)


def test_the_last_of_many_frames_is_found_without_the_others(monkeypatch):
    opened = []
    monkeypatch.setattr(
        "cnnstudio.datasets.gif_file.load",
        lambda image: opened.append(image) or (image.load() and ""),
    )
    frames = [([[number % 4]], 0, 0, 0, None) for number in range(300)]
    assert row(gif((1, 1), PALETTE, *frames), 299) == [(9, 9, 9)]
    assert len(opened) == 1


# Pages


@pytest.mark.parametrize("compression", [None, "tiff_lzw", "tiff_adobe_deflate", "jpeg"])
def test_each_page_of_a_tiff_is_found(rng, compression):
    first = Image.fromarray(colours(rng)[:, :, 0])
    pages = [first, Image.new("RGB", (5, 4), (1, 2, 3)), Image.new("L", (9, 2), 200)]
    data = encoded(first, "TIFF", save_all=True, append_images=pages[1:], compression=compression)
    for number, page in enumerate(pages):
        picture = read_picture(data, frame=number)
        assert picture.pixels.shape[1:] == page.size[::-1]
        assert (picture.frame, picture.frames) == (number, 3)
        expected = np.asarray(page.convert("RGB")).astype(int)
        lossy = (90, 2, 2)[number] if compression == "jpeg" else 0
        assert np.abs(shown_colours(data, frame=number) - expected).max() <= lossy


def test_pages_may_be_of_any_mode(rng):
    numbers = Image.fromarray(np.array([[1, 5, 9]], np.int32))
    bits = Image.new("1", (2, 1), 1)
    data = encoded(bits, "TIFF", save_all=True, append_images=[numbers])
    assert shown(data) == [[[255, 255]]]
    assert shown(data, frame=1) == [[[0, 128, 255]]]


def test_a_page_that_cannot_be_read_does_not_hide_the_others():
    strange = tags(1, 1, 7)
    good = tags(1, 1)
    data = bytearray(tiff(good, b"\x63", pages=3))
    second = data.index(struct.pack("<HHIHH", 258, 3, 1, 8, 0), data.index(b"\x02\x01\x03\0") + 9)
    data[second + 8] = strange[258]
    assert shown(bytes(data)) == shown(bytes(data), frame=2) == [[[0x63]]]
    with pytest.raises(UnusablePicture, match="unknown pixel mode"):
        read_picture(bytes(data), frame=1)


def test_a_tiff_whose_pages_go_in_a_circle_has_an_end():
    data = bytearray(tiff(tags(1, 1), b"\x63", pages=3))
    data[-4:] = data[4:8]
    assert read_picture(bytes(data), frame=2).frames == 3


def test_pages_of_a_bigtiff_are_found(rng):
    first, second = (Image.fromarray(colours(rng)) for _ in range(2))
    data = encoded(first, "TIFF", save_all=True, append_images=[second], big_tiff=True)
    if data[2] != 43:
        pytest.skip("this Pillow writes no BigTIFF")
    assert np.array_equal(shown_colours(data, frame=1), np.asarray(second))


# Icons


def test_the_largest_icon_is_shown():
    icons = [Image.new("RGBA", (size, size), (size, 0, 0, 255)) for size in (16, 48, 32)]
    data = encoded(icons[1], "ICO", sizes=[(16, 16), (48, 48), (32, 32)], append_images=icons)
    picture = read_picture(data)
    assert picture.pixels.shape == (3, 48, 48)
    assert picture.note == "largest of 3 icons"
    assert (picture.frame, picture.frames) == (0, 1)


def test_an_icon_knows_its_size_better_than_the_list():
    small, large = png([[1, 2]], 8, 0), png([[3, 4, 5]], 8, 0)
    assert shown(ico((small, 200, 200, 32), (large, 1, 1, 32))) == [[[3, 4, 5]]]


@pytest.mark.parametrize(
    ("alphas", "mask", "expected"),
    [
        ([255, 51], [0, 0], [[3, 2, 1], [204, 204, 204]]),  # alpha counts
        ([0, 0], [0, 1], [[3, 2, 1], [255, 255, 255]]),  # an old icon without: its mask counts
    ],
)
def test_a_bitmap_in_an_icon_is_seen_through(alphas, mask, expected):
    content = bitmap([[[1, 2, 3, alphas[0]], [0, 0, 0, alphas[1]]]], [mask])
    assert shown_colours(ico((content, 2, 1, 32))).tolist() == [expected]


def test_an_icon_file_without_an_icon_is_refused():
    for data in (ico(), b"\0\0\1\0\5\0", ico((b"nothing", 1, 1, 32))):
        with pytest.raises(UnusablePicture, match="is an ICO file without a picture"):
            read_picture(data)


# What is refused


@pytest.mark.parametrize(
    ("kind", "frames", "frame", "sentence"),
    [
        ("GIF", 3, 3, "a.x has 3 frames; there is no frame 4"),
        ("PNG", 2, 7, "a.x has 2 frames; there is no frame 8"),
        ("WEBP", 2, 2, "a.x has 2 frames; there is no frame 3"),
        ("TIFF", 2, 2, "a.x has 2 pages; there is no page 3"),
        ("JPEG", 1, 1, "a.x has 1 frame; there is no frame 2"),
        ("BMP", 1, 1, "a.x has 1 frame; there is no frame 2"),
        ("PPM", 1, -1, "a.x has 1 frame; there is no frame 0"),
    ],
)
def test_a_frame_that_is_not_there_is_refused(rng, kind, frames, frame, sentence):
    images = [Image.fromarray(colours(rng)) for _ in range(frames)]
    more = {"save_all": True, "append_images": images[1:]} if frames > 1 else {}
    with pytest.raises(UnusablePicture) as caught:
        read_picture(encoded(images[0], kind, **more), "a.x", frame=frame)
    assert str(caught.value) == sentence


def test_a_broken_frame_does_not_hide_the_others():
    frame = ([[0, 1]], 0, 0, 0, None)
    data = gif((2, 1), PALETTE, frame)[:-1]
    broken = data + b",\0\0"
    assert read_picture(broken).frames == 1
    assert row(broken, 0) == [RED, GREEN]
    two = gif((2, 1), PALETTE, ([[3, 3]], 0, 0, 0, None), frame)
    at = two.index(b"\x08", two.index(b",") + 9) + 4
    damaged = two[:at] + b"\xff\xff" + two[at + 2 :]
    assert row(damaged, 1) == [RED, GREEN]


@pytest.mark.parametrize("kind", ["GIF", "PNG"])
def test_what_takes_too_long_to_play_is_refused_and_not_waited_for(kind, monkeypatch):
    if kind == "GIF":
        data = gif((2, 1), PALETTE, *[([[1]], 0, 0, 3, None)] * 50)
    else:
        data = animated_png((2, 1), *[([[(1, 2, 3, 255)]], 0, 0, 2, 1)] * 50)
    assert read_picture(data, frame=49).frames == 50
    slow = map((0.005).__mul__, itertools.count())
    monkeypatch.setattr("cnnstudio.datasets.decoding.time.monotonic", slow.__next__)
    with pytest.raises(UnusablePicture) as caught:
        read_picture(data, "long", frame=49)
    why = "takes too long to play up to frame 50 of 50; choose one before it"
    assert str(caught.value) == f"long {why}"


def test_no_more_than_ten_thousand_frames_are_counted():
    alone = gif((1, 1), PALETTE, ([[0]], 0, 0, 0, None))
    at = alone.index(b"!\xf9")
    data = alone[:at] + alone[at:-1] * (MAX_FRAMES + 5) + b";"
    assert read_picture(data).frames == MAX_FRAMES
    data = tiff(tags(1, 1), b"\x63", pages=MAX_FRAMES + 5)
    assert read_picture(data, frame=MAX_FRAMES - 1).frames == MAX_FRAMES
