"""How a picture is prepared, which kernel slides over it and how: set and seen in the window."""

import numpy as np
import pytest
from PyQt6.QtWidgets import QLabel

from cnnstudio.lab.filters import library
from tests.facts import fact


@pytest.fixture
def small(page):
    """The 5x5 example with its map shown whole."""
    page.choose("Scenes", "Five by five, by hand")
    page.press("W", "Home")
    return page


# Pictures, prepared


def test_a_picture_is_worked_on_at_the_size_that_is_picked(page, picture):
    page.open(picture("photo.png", size=(300, 200)))
    assert page.read("fit") == "original"
    for side in (256, 128, 64, 32, 28):
        page.pick("fit", f"{side} px")
        assert page.input.size == (side, round(side * 2 / 3))
    assert page.bench.source.height == 300


def test_a_large_picture_keeps_its_pixels_until_the_user_wants_fewer(page, picture):
    page.open(picture("photo.png", size=(1600, 300)))
    assert page.input_size == (1600, 300)
    assert page.said == "photo.png: 300 wide, 1600 high"
    for side in (1024, 512):
        page.pick("fit", f"{side} px")
        assert page.input_size == (side, round(side * 3 / 16))
    assert "single pixels" in page.find("fit").toolTip()


def test_the_square_crop_keeps_the_middle(page, picture):
    pixels = np.tile(np.arange(30, dtype=np.uint8), (10, 1))
    page.open(picture("wide.png", pixels))
    page.click("square")
    assert page.input.numbers == pixels[:, 10:20].tolist()
    page.click("square")
    assert page.input.size == (10, 30)


def test_inverting_swaps_black_and_white_and_back(page, picture):
    pixels = np.arange(64, dtype=np.uint8).reshape(8, 8)
    page.open(picture("photo.png", pixels))
    page.press("Ctrl+I")
    assert page.input.numbers == (255 - pixels).tolist()
    page.click("invert")
    assert page.input.numbers == pixels.tolist()


def test_a_colour_picture_keeps_its_colours(page, picture):
    colours = np.zeros((8, 8, 3), np.uint8)
    colours[:] = (200, 100, 50)
    page.open(picture("colour.png", colours))
    assert page.bench.image.pixels[:, 3, 4].tolist() == [200, 100, 50]
    assert page.bench.kernel.channels == 3


def test_sizes_stand_over_the_pictures(page):
    texts = [label.text() for label in page.workspace.page.strip.findChildren(QLabel)]
    for words in ("32 × 32 × 1", "7 × 7", "26 × 26 × 1", "13 × 13 × 1"):
        assert words in texts


def test_a_map_says_its_scale_with_zero_in_the_middle(page):
    page.press("W")
    plane = page.feature_map.view.plane
    assert plane.low == -plane.high
    assert plane.high == max(abs(n) for row in page.feature_map.numbers for n in row)
    said = page.workspace.page.map.bar.accessibleDescription()
    assert said.startswith("colours from −")


# Filters and geometry


def test_picking_a_filter_puts_it_into_the_kernel_and_tells_its_sentence(page):
    page.pick("filter", library()["sharpen"].name)
    assert [[int(w) for w in row] for row in page.kernel.rows] == fact("kernels.sharpen.rows")
    assert page.sentence == library()["sharpen"].about
    assert page.read("filter") == library()["sharpen"].name


def test_a_changed_filter_is_a_kernel_of_ones_own(page):
    page.pick("filter", library()["sharpen"].name)
    page.hand.click(page.kernel, page.weight_at(0, 0))
    page.type("3")
    page.press("Return")
    assert page.read("filter") == "own kernel"
    page.undo()
    assert page.read("filter") == library()["sharpen"].name


def test_same_is_offered_for_stride_1_only(page):
    assert page.find("padding_preset.same").isEnabled()
    page.set("stride", 2)
    assert not page.find("padding_preset.same").isEnabled()


def test_padding_can_differ_on_each_side(small):
    small.press("M")
    for name, number in (("top", 1), ("bottom", 0), ("left", 2), ("right", 3)):
        small.set(f"padding_{name}", number)
    assert small.bench.padding == (1, 0, 2, 3)
    assert small.input.size == (6, 10)
    assert small.feature_map.size == (4, 8)


def test_every_number_of_the_geometry_is_shown_where_it_is_set(page):
    page.pick("filter", library()["identity"].name)
    page.press("M")
    numbers = {
        "stride_y": 3,
        "stride": 2,
        "dilation_y": 2,
        "dilation": 3,
        "padding_top": 4,
        "padding_bottom": 5,
        "padding_left": 6,
        "padding_right": 7,
        "kernel_size_y": 2,
        "kernel_size": 4,
        "pool_size": 3,
        "pool_stride": 2,
        "pool_padding": 1,
    }
    for name, number in numbers.items():
        page.set(name, number)
    assert {name: int(page.read(name)) for name in numbers} == numbers
    bench = page.bench
    assert (bench.stride, bench.dilation, bench.padding) == ((3, 2), (2, 3), (4, 5, 6, 7))
    assert (bench.kernel.height, bench.kernel.width) == (2, 4)
    assert (bench.pooling.size, bench.pooling.stride) == ((3, 3), (2, 2))
    assert bench.pooling.padding == (1, 1)


def test_folded_one_number_stands_for_both_directions(page):
    page.pick("filter", library()["identity"].name)
    page.set("stride", 2)
    page.set("kernel_size", 5)
    page.set("padding", 3)
    assert page.bench.stride == (2, 2)
    assert (page.bench.kernel.height, page.bench.kernel.width) == (5, 5)
    assert page.bench.padding == (3,) * 4


def test_the_padding_is_filled_as_its_mode_says(small):
    small.set("padding", 1)
    image = np.array(fact("convolution.binary_5x5.image"))
    for mode in ("reflect", "wrap", "replicate", "zeros"):
        small.pick("padding_mode", mode)
        how = {"zeros": "constant", "replicate": "edge"}.get(mode, mode)
        assert small.input.numbers == np.pad(image, 1, how).tolist(), mode


def test_a_new_pooling_window_brings_its_stride_along(page):
    page.set("pool_size", 3)
    assert page.read("pool_stride") == "3"
    page.set("pool_stride", 1)
    page.set("pool_size", 4)
    assert page.read("pool_stride") == "1"


def test_a_pooling_can_be_picked_and_none_takes_its_place_away(page):
    for kind in ("none", "average", "sum"):
        page.pick("pooling", kind)
        assert page.bench.pooling.kind == kind
        assert page.pooled_map.view.isVisible() is (kind != "none")
        assert page.find("pool_size").isVisible() is (kind != "none")
