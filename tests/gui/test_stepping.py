"""Stepping: the window moves by the stride, and whatever went on comes back."""

import itertools

import numpy as np
import pytest

from cnnstudio.lab.scene import shipped_scenes
from tests.facts import fact
from tests.lab.evaluator import check

BY_HAND = "Five by five, by hand"
PAIRS = {
    "position": ("Right", "Left"),
    "row": ("Down", "Up"),
    "product": ("Shift+Right", "Shift+Left"),
}


def window_of(page):
    """Row and column, counted from 0, of the window on the padded picture."""
    return page.input.marks.window[:2]


@pytest.fixture
def grid(page):
    """A picture of 11 by 11 under a kernel of three by three, at the first position."""
    page.new_grid(11, 11)
    page.set("kernel_size", 3)
    page.press("Home")
    return page


@pytest.mark.parametrize("stride", [1, 2, 4])
def test_the_window_moves_by_exactly_the_stride(grid, stride):
    grid.set("stride", stride)
    places = []
    for key in ("Right", "Down", "Left", "Up"):
        grid.press(key)
        places.append(window_of(grid))
    assert places == [(0, stride), (stride, stride), (stride, 0), (0, 0)]


def test_the_window_moves_by_another_stride_down_than_across(grid):
    grid.press("M")
    grid.set("stride", 2)
    grid.set("stride_y", 4)
    grid.press("Home", "Right")
    assert window_of(grid) == (0, 2)
    grid.press("Down")
    assert window_of(grid) == (4, 2)


def test_the_window_of_a_dilated_kernel_spans_its_gaps(grid):
    grid.press("M")
    grid.set("dilation", 3)
    grid.set("dilation_y", 2)
    assert grid.input.marks.window == (0, 0, 5, 7)


def test_a_window_begins_in_the_padding(grid):
    grid.set("padding", 1)
    grid.press("Home")
    assert grid.input.size == (13, 13)
    assert window_of(grid) == (0, 0)


def test_while_it_glides_the_window_is_on_its_way_and_then_exactly_there(grid, settings):
    settings.reduce_motion = False
    grid.set("stride", 2)
    grid.press("Right")
    assert 0 <= window_of(grid)[1] < 2
    grid.hand.until(lambda: not grid.workspace.glide.busy)
    assert window_of(grid) == (0, 2)


def test_with_motion_reduced_the_window_is_there_at_once(grid):
    grid.set("stride", 2)
    grid.press("Right")
    assert window_of(grid) == (0, 2)


@pytest.mark.parametrize("step", PAIRS)
def test_on_and_back_gives_the_same_screen(page, step):
    on, back = PAIRS[step]
    rng = np.random.default_rng(5)
    for number, stage in enumerate(("feature_map", "activation", "pooled_map"), 1):
        page.press(str(number))
        rows, columns = page.bench.shape(stage)
        for place in rng.integers(columns, rows * columns - columns, 3):
            page.scrub_to(place)
            page.press(*["Shift+Left"] * (place % 3))
            before, where = page.screen(), page.place
            page.press(on, back)
            assert page.place == where
            assert page.screen() == before


def test_a_screen_one_step_on_is_another_one(page):
    for key in ("Right", "Down", "Shift+Right"):
        before = page.screen()
        page.press(key)
        assert page.screen() != before


@pytest.mark.parametrize(("stage", "steps"), [("1", 20), ("2", 8), ("3", 3)])
def test_every_step_of_a_walk_there_comes_back_on_the_same_screens(page, stage, steps):
    page.choose("Scenes", BY_HAND)
    page.press(stage, "Home", *["Shift+Left"] * 10)
    there = [page.screen()]
    for _ in range(steps):
        page.press("Shift+Right")
        there.append(page.screen())
    for before in there[-2::-1]:
        page.press("Shift+Left")
        assert page.screen() == before


def test_the_playhead_stops_at_both_ends(page):
    page.press("Home", "Left", "Up")
    assert page.place == (1, 1)
    page.press("End", "Right", "Down")
    assert page.place == (26, 26)


def test_right_goes_on_to_the_next_row_at_the_end_of_one(page):
    page.go(1, 26)
    page.press("Right")
    assert page.place == (2, 1)


def test_down_goes_one_row_down_in_the_same_column(page):
    page.go(3, 4)
    page.press("Down")
    assert page.place == (4, 4)


def test_products_are_added_one_at_a_time_to_the_sum_of_the_map(page):
    page.choose("Scenes", BY_HAND)
    page.press("Right", "Home")
    page.press(*["Shift+Left"] * 8)
    sums = [page.ledger.result]
    for _ in range(8):
        page.press("Shift+Right")
        sums.append(page.ledger.result)
    products = itertools.chain.from_iterable(fact("convolution.binary_5x5.products"))
    assert sums == [str(number) for number in itertools.accumulate(products)]


def test_the_product_added_last_is_lit_on_picture_and_kernel(page):
    page.choose("Scenes", BY_HAND)
    page.press("Home", *["Shift+Left"] * 4)
    assert page.ledger.text.splitlines()[1].startswith("product 5 of 9")
    assert page.input.marks.tap == (1, 1)
    assert page.kernel.tap == (1, 1)


def test_a_step_of_the_pooled_map_takes_in_the_numbers_of_its_block(page):
    page.choose("Scenes", BY_HAND)
    page.press("3", "Home", *["Shift+Left"] * 3)
    taken = []
    for _ in range(4):
        taken.append(page.ledger.result)
        page.press("Shift+Right")
    assert taken == ["4", "4", "4", "4"]
    page.press("Home", "Shift+Left")
    assert "number 3 of 4" in page.ledger.text


def test_unvisited_numbers_are_blank_and_appear_with_the_playhead(page):
    page.choose("Scenes", BY_HAND)
    page.go(2, 1)
    whole = fact("convolution.binary_5x5.map")
    blank = [None] * 3
    assert page.feature_map.numbers == [whole[0], [whole[1][0], None, None], blank]
    page.press("Right")
    assert page.feature_map.numbers == [whole[0], [*whole[1][:2], None], blank]


def test_a_number_is_blank_until_its_last_product_is_added(page):
    page.choose("Scenes", BY_HAND)
    page.press("Home", "Shift+Left")
    assert page.feature_map.numbers[0][0] is None
    page.press("Shift+Right")
    assert page.feature_map.numbers[0][0] == fact("convolution.binary_5x5.first")


def test_blank_numbers_look_otherwise_than_numbers(page):
    page.choose("Scenes", BY_HAND)
    page.press("Home")
    growing = page.feature_map.look()
    page.press("W")
    assert page.feature_map.look() != growing


def test_a_pooled_number_appears_with_the_last_number_of_its_block(page):
    page.choose("Scenes", BY_HAND)
    page.go(2, 1)
    assert page.pooled_map.numbers == [[None]]
    page.go(2, 2)
    assert page.pooled_map.numbers == [[4]]


def test_whole_map_shows_all_numbers_at_once(page):
    page.choose("Scenes", BY_HAND)
    page.press("Home")
    page.click("growing.whole")
    assert page.feature_map.numbers == fact("convolution.binary_5x5.map")
    page.click("growing.growing")
    assert page.feature_map.numbers[2] == [None] * 3


def test_the_ledger_of_every_position_of_every_stage_adds_up(page):
    for title in (BY_HAND, "Padding keeps the size"):
        page.choose("Scenes", title)
        for number in "123":
            page.press(number, "Home")
            for _ in range(9):
                check(page.ledger.line)
                page.press("Right", "Down")


def test_a_ledgers_result_is_the_number_shown_in_the_map(page):
    page.choose("Scenes", "A stride that does not fit")
    page.press("W")
    for row, numbers in enumerate(page.feature_map.numbers, 1):
        for column, number in enumerate(numbers, 1):
            page.go(row, column)
            assert page.ledger.result.replace("−", "-") == f"{number:g}"


def test_scenes_stand_where_they_say(page):
    for scene in shipped_scenes().values():
        page.choose("Scenes", scene.title)
        assert page.place == (scene.view.row + 1, scene.view.column + 1)
