"""An image: its numbers, and how it is prepared for the bench."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.lab.image import MAX_WORKING, Image, working_image
from tests.lab.benches import images


def ramp(height, width, name=""):
    return Image(np.arange(height * width).reshape(1, height, width) % 256, name)


# what an image is


def test_images_with_the_same_numbers_are_equal_whatever_array_they_came_in():
    rows = [[0, 1], [2, 255]]
    one = Image(np.array([rows], np.uint8), "a")
    other = Image(np.array([rows], np.float64), "a")
    assert one == other
    assert hash(one) == hash(other)
    assert one == Image.of(rows, "a")


@pytest.mark.parametrize(
    "other",
    [
        Image.of([[0, 1], [2, 4]], "a"),
        Image.of([[0, 1, 2, 3]], "a"),
        Image.of([[0, 1], [2, 3]], "b"),
        Image.of([[0, 1], [2, 3]], "a", 50),
        Image.of([[0, 1], [2, 3.5]], "a"),
    ],
)
def test_images_that_differ_in_a_number_a_size_a_name_or_the_white_are_not_equal(other):
    assert Image.of([[0, 1], [2, 3]], "a") != other


def test_an_image_is_not_equal_to_something_else():
    assert Image.of([[1]]) != "picture"


def test_zero_and_minus_zero_are_the_same_number():
    assert Image.of([[0.0, 0.5]]) == Image.of([[-0.0, 0.5]])


@pytest.mark.parametrize("dtype", [np.uint8, np.float64, np.float32, np.int64, bool])
def test_its_pixels_cannot_be_changed_from_inside_or_outside(dtype):
    given_array = np.ones((1, 2, 2), dtype)
    image = Image(given_array)
    with pytest.raises(ValueError, match="read-only"):
        image.pixels[0, 0, 0] = 0
    given_array[:] = 0
    assert (image.pixels == 1).all()


@pytest.mark.parametrize(
    ("rows", "dtype"),
    [([[0, 255]], np.uint8), ([[0.5]], np.float64), ([[-1]], np.float64), ([[256]], np.float64)],
)
def test_whole_numbers_up_to_255_are_kept_small(rows, dtype):
    assert Image.of(rows).pixels.dtype == dtype


def test_its_sizes_are_channels_height_and_width():
    image = Image(np.zeros((2, 3, 4)))
    assert (image.channels, image.height, image.width) == (2, 3, 4)


@pytest.mark.parametrize(
    ("pixels", "sentence"),
    [
        (np.zeros((2, 2)), "An image has 1 to 64 channels"),
        (np.zeros((1, 0, 2)), "at least one row and one column"),
        (np.zeros((0, 2, 2)), "An image has 1 to 64 channels"),
        (np.zeros((65, 1, 1)), "An image has 1 to 64 channels"),
        (np.full((1, 1, 1), np.nan), "An image holds only finite numbers"),
        (np.full((1, 1, 1), -np.inf), "An image holds only finite numbers"),
        (np.full((1, 1, 1), 1e300), "An image holds only"),
    ],
)
def test_what_is_no_image_is_refused_in_a_sentence(pixels, sentence):
    with pytest.raises(ValueError, match=sentence):
        Image(pixels)


@pytest.mark.parametrize(
    ("low", "high"), [(0, 0), (1, 0), (0, np.nan), (np.nan, 1), (0, np.inf), (-np.inf, 0)]
)
def test_black_and_white_must_be_two_finite_numbers_in_order(low, high):
    with pytest.raises(ValueError, match="An image's white must be"):
        Image(np.zeros((1, 1, 1)), "", low, high)


# drawing on it


def test_a_pixel_is_changed_in_a_new_image_and_only_there():
    before = ramp(3, 3, "a")
    after = before.with_pixel(1, 2, 200)
    assert after.pixels[0].tolist() == [[0, 1, 2], [3, 4, 200], [6, 7, 8]]
    assert before.pixels[0, 1, 2] == 5
    assert after.name == "a"


def test_a_pixel_is_changed_in_every_channel():
    assert Image(np.zeros((3, 1, 1))).with_pixel(0, 0, 9).pixels.ravel().tolist() == [9, 9, 9]


@pytest.mark.parametrize(
    ("white", "value", "whiter"),
    [
        (1, 1, 1),
        (1, 0.5, 1),
        (1, 2, 50),
        (50, 50, 50),
        (50, 51, 255),
        (9, 10, 50),
        (255, 255, 255),
        (300, 255, 300),
    ],
)
def test_white_widens_only_if_a_pixel_needs_it(white, value, whiter):
    assert Image.of([[0, 1]], "", white).with_pixel(0, 0, value).high == whiter


@pytest.mark.parametrize(("value", "said"), [(-1, "-1"), (256, "256"), (float("nan"), "nan")])
def test_a_pixel_outside_0_to_255_is_refused(value, said):
    with pytest.raises(ValueError, match=f"A pixel lies between 0 and 255; {said} does not"):
        ramp(2, 2).with_pixel(0, 0, value)


# preparing it


def test_a_picture_that_needs_nothing_is_itself():
    image = ramp(5, 5)
    assert working_image(image, None, False, False) is image
    assert working_image(image, 5, True, False) is image


@given(images(most=12), st.integers(1, 14), st.booleans())
def test_no_picture_is_enlarged_and_none_is_larger_than_asked(image, fit, square):
    made = working_image(image, fit, square, False)
    assert made.height <= image.height
    assert made.width <= image.width
    assert max(made.height, made.width) <= fit
    assert made.channels == image.channels


@given(images(most=12), st.integers(1, 14))
def test_the_longest_side_is_what_was_asked_where_there_is_enough(image, fit):
    made = working_image(image, fit, False, False)
    assert max(made.height, made.width) == min(fit, max(image.height, image.width))


def test_reducing_keeps_the_proportions():
    made = working_image(ramp(60, 120), 40, False, False)
    assert (made.height, made.width) == (20, 40)


def test_reducing_by_two_averages_four_pixels():
    image = Image.of([[0, 2, 10, 30], [4, 6, 50, 110]])
    assert working_image(image, 2, False, False).pixels[0].tolist() == [[3, 50]]


def test_numbers_beyond_a_byte_are_averaged_too():
    image = Image.of([[-1.5, 0.5, 300, 100]])
    assert working_image(image, 2, False, False).pixels[0].tolist() == [[-0.5, 200]]


@pytest.mark.parametrize(
    ("height", "width", "expected"),
    [
        (2, 4, [[1, 2], [5, 6]]),
        (4, 2, [[2, 3], [4, 5]]),
        (3, 3, [[0, 1, 2], [3, 4, 5], [6, 7, 8]]),
        (1, 4, [[1]]),
    ],
)
def test_a_square_is_cut_from_the_middle(height, width, expected):
    made = working_image(ramp(height, width), None, True, False)
    assert made.pixels[0].tolist() == expected


def test_a_square_is_cut_before_the_picture_is_reduced():
    rows = [[255, 1, 3, 255], [255, 5, 7, 255]]
    assert working_image(Image.of(rows), 1, True, False).pixels.tolist() == [[[4]]]


@pytest.mark.parametrize("white", [1, 50, 255])
def test_inverting_swaps_black_and_white(white):
    image = Image.of([[0, 1, white]], "", white)
    assert working_image(image, None, False, True).pixels[0].tolist() == [[white, white - 1, 0]]


def test_inverting_a_signed_picture_swaps_its_own_black_and_white():
    image = Image(np.array([[[-1, 0.25, 3]]]), "", -1, 3)
    assert working_image(image, None, False, True).pixels[0].tolist() == [[3, 1.75, -1]]


@given(images(most=5))
def test_inverting_twice_gives_the_picture_back(image):
    twice = working_image(working_image(image, None, False, True), None, False, True)
    assert np.allclose(twice.pixels, image.pixels, rtol=1e-14, atol=1e-12)
    assert (twice.low, twice.high, twice.name) == (image.low, image.high, image.name)
    if image.pixels.dtype == np.uint8:
        assert twice == image


@pytest.mark.parametrize("fit", [None, 1500, 4000])
@pytest.mark.parametrize(("height", "width"), [(3600, 3500), (400, 40_000), (2, 9_000_000)])
def test_a_picture_of_more_than_twelve_megapixels_is_reduced(height, width, fit):
    made = working_image(Image(np.zeros((1, height, width), np.uint8)), fit, False, False)
    assert made.height * made.width <= MAX_WORKING
    assert fit is not None or made.height * made.width > MAX_WORKING // 3
    assert made.width / made.height == pytest.approx(width / height, rel=0.03) or height == 2


def test_a_picture_of_twelve_megapixels_is_kept():
    image = Image(np.zeros((1, 3000, 4000), np.uint8))
    assert working_image(image, None, False, False) is image


def test_a_square_of_less_is_kept_though_the_picture_was_larger():
    made = working_image(Image(np.zeros((1, 2000, 7000), np.uint8)), None, True, False)
    assert (made.height, made.width) == (2000, 2000)
