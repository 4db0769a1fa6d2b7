"""The kernel of a colour picture: a slice for each channel, all of them seen and editable."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from PyQt6.QtWidgets import QLabel, QPushButton

from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filters import library
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.kernel_edits import with_weights
from cnnstudio.lab.scene import Scene, View

NAMES = ["convolution.kernel", "convolution.kernel_green", "convolution.kernel_blue"]
DIGITS_FROM = 14  # px a cell


def pixels(rows=8, columns=9, channels=3):
    rng = np.random.default_rng(7)
    return rng.integers(0, 256, (channels, rows, columns), np.uint8)


def own_kernel(side, channels=3):
    """A kernel whose slices are all different, with weights of either sign."""
    cells = np.random.default_rng(side).integers(-3, 6, (channels, side, side)).tolist()
    return Kernel(tuple(tuple(tuple(map(Fraction, row)) for row in part) for part in cells))


def take_kernel(page, kernel):
    page.workspace.document.edit("Own kernel", kernel=kernel)


@pytest.fixture
def colour(page):
    """A colour picture under a blur of three by three, and the focus on the page."""
    page.pick("filter", "Gaussian blur")
    page.take(pixels())
    return page


def resize(page, width, height):
    page.window.resize(width, height)
    page.hand.until(lambda: page.window.width() == width)
    page.screen()  # all has found its place


def weight(page, channel, row, column):
    return page.bench.kernel.cells[channel][row][column]


def click_weight(page, channel, row, column):
    grid = page.slices[channel]
    page.hand.click(grid, grid.rect_of(row, column).center())


def test_a_gray_picture_has_one_slice_without_a_name(page):
    assert [grid.objectName() for grid in page.slices] == NAMES[:1]
    assert page.kernel.accessibleName() == "Kernel"
    assert not page.find("each_channel.apart").isVisible()


def test_all_slices_of_a_colour_picture_are_seen_and_named(colour):
    assert [grid.objectName() for grid in colour.slices] == NAMES
    spoken = [grid.accessibleName() for grid in colour.slices]
    assert spoken == ["Kernel, red", "Kernel, green", "Kernel, blue"]
    assert colour.workspace.page.kernel.size_label.text() == "3 × 3 × 3"
    assert [grid.rows for grid in colour.slices] == [library()["gaussian_blur"].kernel.cells[0]] * 3


def test_the_picture_says_what_becomes_of_the_kernel_and_its_divisor(colour):
    assert colour.said.endswith("; kernel: copied into 3 slices, divisor 3 × 16 = 48")
    assert colour.read("divisor") == "48"
    assert "3 × 16 = 48" in colour.find("divisor").toolTip()
    assert colour.read("filter") == "Gaussian blur"


def test_a_filter_of_the_library_is_copied_into_all_slices(colour):
    colour.pick("filter", "box blur")
    assert colour.bench.kernel == library()["box_blur"].kernel.repeated(3)
    assert colour.said == "box blur: copied into 3 slices, divisor 3 × 9 = 27"
    colour.undo()
    assert colour.bench.kernel == library()["gaussian_blur"].kernel.repeated(3)


def test_what_is_typed_changes_only_its_slice(colour):
    click_weight(colour, 1, 0, 2)
    colour.type("-5")
    colour.press("Return")
    assert weight(colour, 1, 0, 2) == -5
    assert weight(colour, 0, 0, 2) == weight(colour, 2, 0, 2) == 1
    assert colour.read("filter") == "own kernel"
    assert colour.slices[1].cursor_place == (1, 2)
    colour.undo()
    assert colour.read("filter") == "Gaussian blur"


def test_tab_goes_on_typing_in_the_next_slice_and_back(colour):
    click_weight(colour, 0, 2, 2)
    for number in "123":
        colour.type(number)
        colour.press("Tab")
    assert weight(colour, 0, 2, 2) == 1
    assert [weight(colour, 1, 0, column) for column in (0, 1)] == [2, 3]
    colour.press("Shift+Tab", "Shift+Tab")
    colour.type("7")
    colour.press("Shift+Tab", "Escape")
    assert weight(colour, 1, 0, 0) == 7
    assert colour.focused == "convolution.kernel"
    assert colour.slices[0].cursor_place == (2, 2)


def test_tab_walks_through_all_slices_and_out_of_the_last_one(colour):
    click_weight(colour, 0, 0, 0)
    seen = []
    for _ in range(26):
        colour.press("Tab")
        seen.append(colour.focused)
    assert seen == [NAMES[0]] * 8 + [NAMES[1]] * 9 + [NAMES[2]] * 9
    colour.press("Tab")
    assert colour.focused not in NAMES


def test_arrows_cross_from_slice_to_slice(colour):
    click_weight(colour, 0, 1, 2)
    grids = colour.slices
    beside = grids[1].x() > grids[0].x()
    there, back = ("Right", "Left") if beside else ("Down", "Up")
    for _ in range(3):
        colour.press(there)
    assert colour.focused == NAMES[1]
    colour.press(*[back] * 3)
    assert colour.focused == NAMES[0]


def test_colours_of_all_slices_mean_the_same(colour):
    take_kernel(colour, with_weights(own_kernel(3), 2, [(0, 0)], Fraction(40)))
    assert {grid.limit for grid in colour.slices} == {40}
    bar = colour.workspace.page.kernel.bar
    assert bar.accessibleDescription() == "colours from −40 to 40"


def test_the_pointer_over_a_weight_names_its_slice_and_the_pixels_it_meets(colour):
    take_kernel(colour, own_kernel(3))
    grid = colour.slices[2]
    colour.hand.move(grid, grid.rect_of(1, 0).center())
    number = str(int(weight(colour, 2, 1, 0))).replace("-", "−")
    assert colour.figures.startswith(f"blue weight row 2, column 1: {number} ")
    assert colour.input.marks.hover == ((1, 0, 6, 7),)
    assert [grid.hover for grid in colour.slices] == [None, None, (1, 0)]


def test_a_kernel_of_another_size_has_it_in_all_slices(colour):
    colour.set("kernel_size", 5)
    assert colour.bench.kernel.channels == 3
    assert [len(grid.rows) for grid in colour.slices] == [5, 5, 5]
    assert colour.workspace.page.kernel.size_label.text() == "5 × 5 × 3"


@pytest.mark.parametrize("size", [(940, 520), (1024, 640), (1280, 800), (1920, 1080)])
@pytest.mark.parametrize("side", [1, 3, 5, 7, 11])
def test_all_slices_fit_beside_pictures_that_can_be_seen(colour, size, side):
    colour.take(pixels(32, 32))
    take_kernel(colour, own_kernel(side))
    resize(colour, *size)
    strip = colour.workspace.page.strip
    column, areas = strip.columns[1], [grid.geometry() for grid in colour.slices]
    assert len(areas) == 3
    assert all(strip.kernel.rect().contains(area) for area in areas)
    assert not any(a.intersects(b) for a in areas for b in areas if a is not b)
    shown_below = [part for part in column.below if part.isVisible()]
    assert strip.kernel.geometry().bottom() < min(part.y() for part in shown_below)
    assert strip.kernel.width() <= column.width()
    assert strip.columns[-1].geometry().right() <= strip.width()
    assert strip.cell >= 3 or size < (1024, 640)
    if side in {3, 5} and size >= (1024, 640):
        assert colour.slices[0].cell >= DIGITS_FROM


@pytest.mark.parametrize("size", [(1024, 640), (1280, 800), (1920, 1080)])
def test_what_stands_in_the_heads_covers_no_words(colour, size):
    resize(colour, *size)
    page = colour.workspace.page
    for column in (page.input, page.kernel):
        corner = column.corner.geometry()
        for label in (column.name_label, column.size_label):
            words = label.fontMetrics().horizontalAdvance(label.text())
            assert label.x() + words <= corner.left()
        assert corner.right() <= column.width()
        assert corner.bottom() <= column.picture.y() + 4
        assert corner.width() >= column.corner.sizeHint().width()


def test_in_a_small_window_slices_take_the_room_of_what_is_behind_more(colour):
    colour.set("kernel_size", 5)
    colour.take(pixels(32, 32))
    resize(colour, 1024, 640)
    assert not colour.find("pool_size").isVisible()
    colour.press("M")
    assert colour.find("pool_size").isVisible()
    colour.press("M")
    colour.take(pixels(32, 32, 1), "gray")
    assert colour.find("pool_size").isVisible()


@pytest.mark.parametrize("channels", [2, 4, 16, 64])
def test_any_number_of_channels_can_be_looked_at_and_typed_into(colour, channels):
    colour.take(pixels(12, 12, channels))
    shown = len(colour.slices)
    assert 2 <= shown <= channels
    head = colour.workspace.page.kernel.size_label.text()
    told = f"1 to {shown} of {channels} slices"
    assert (told in head) == (shown < channels)
    colour.set("channel_number", channels)
    last = colour.slices[-1]
    assert last.accessibleName() == f"Kernel, channel {channels}"
    colour.hand.click(last, last.rect_of(0, 0).center())
    colour.type("9")
    colour.press("Return")
    assert weight(colour, channels - 1, 0, 0) == 9
    colour.leave()
    colour.press("Shift+Right", "A", "W")
    assert colour.ledger.line


def test_slices_that_differ_are_added_up_for_a_gray_picture_and_that_is_said(colour):
    own = own_kernel(3)
    take_kernel(colour, own)
    colour.take(pixels(channels=1), "gray")
    sums = np.sum(own.weights, axis=0)
    assert (colour.bench.kernel.weights[0] == sums).all()
    assert colour.said.endswith("; kernel: 3 slices made one slice, the sum of them")
    assert [grid.objectName() for grid in colour.slices] == NAMES[:1]
    colour.undo()
    assert colour.bench.kernel == own
    assert len(colour.slices) == 3


def test_equal_slices_are_one_again_for_a_gray_picture(colour):
    colour.take(pixels(channels=1), "gray")
    assert colour.bench.kernel == library()["gaussian_blur"].kernel
    assert colour.said.endswith("; kernel: 3 slices made one slice, divisor 16")


def test_a_scene_brings_slices_with_it(page):
    bench = ConvolutionBench(Image(pixels(), "colours"), own_kernel(3), each_channel=True)
    page.workspace.take_scene(Scene("Colours", "Three slices", bench, View(row=2)))
    assert [grid.rows for grid in page.slices] == list(bench.kernel.cells)
    assert page.title == "Row 3, column 1 of the feature map · red"
    page.undo()
    assert len(page.slices) == 1
    page.redo()
    assert len(page.slices) == 3


def test_cures_for_a_kernel_that_is_too_large_work_in_colour(colour):
    colour.take(pixels(4, 4))
    take_kernel(colour, replace(own_kernel(7), divisor=Fraction(3)))
    assert colour.notices
    for words in list(colour.cures):
        before = colour.bench
        colour.cure(words)
        assert all(colour.bench.map_shape)
        assert colour.bench.kernel.channels == 3
        assert colour.slices[2].isVisible()
        colour.undo()
        assert colour.bench == before


def test_a_weight_that_is_typed_opens_the_products_of_its_slice(page):
    page.workspace.take_image(Image(np.full((3, 9, 9), 7, np.uint8), "colours"))
    page.pick("filter", "Sobel x")
    green = page.find("kernel_green")
    page.hand.double_click(green, green.rect_of(1, 1).center())
    page.press("Ctrl+A")
    page.type("5")
    page.press("Return")
    assert page.bench.kernel.cells[1][1][1] == 5
    assert page.workspace.looking.opened == 1
    assert "green" in page.find("window_products").parentWidget().findChild(QLabel).text()


def test_a_click_on_a_switch_leaves_the_arrows_to_the_playhead(page):
    page.workspace.take_image(Image(np.full((3, 9, 9), 7, np.uint8), "colours"))
    page.pick("filter", "Sobel x")
    page.press("Home")
    switch = page.workspace.page.kernel
    apart = next(b for b in switch.findChildren(QPushButton) if b.text() == "apart")
    page.hand.click(apart)
    assert page.bench.apart
    page.press("Right")
    assert page.bench.apart
    assert page.place == (1, 2)


def test_what_was_said_of_a_bench_goes_with_it(page):
    page.workspace.take_image(Image(np.full((3, 9, 9), 7, np.uint8), "colours"))
    page.pick("filter", "Sobel x")
    assert "copied into 3 slices" in page.said
    page.undo()
    assert page.said == ""


def test_slices_apart_that_become_one_are_said_to_be_the_first(page):
    page.workspace.take_image(Image(np.full((3, 9, 9), 7, np.uint8), "colours"))
    page.pick("filter", "Sobel x")
    page.workspace.document.edit("apart", **page.bench.with_each_channel(True))
    kernel = with_weights(page.bench.kernel, 1, [(1, 1)], Fraction(5))
    page.workspace.document.edit("own", kernel=kernel)
    page.press("Ctrl+G")
    assert page.bench.kernel.cells == kernel.cells[:1]
    assert "the first of them" in page.said
