"""The kernel: cells to type into, where a token that is no number changes nothing."""

from fractions import Fraction

import pytest

from tests.gui.kernel_page import KernelHand

NUMBERS = {
    "-1": Fraction(-1),
    "0.5": Fraction(1, 2),
    "0,25": Fraction(1, 4),
    "1/9": Fraction(1, 9),
    "-2/3": Fraction(-2, 3),
    ".125": Fraction(1, 8),
    "+7": Fraction(7),
}
BAD = {
    "abc": "“abc” is not a number",
    "1/0": "“1/0” divides by zero",
    "": "“” is not a number",
    "1e99999": "not a number",
    "1,2,3": "“1,2,3” is not a number",
}


@pytest.fixture
def grid(page):
    """A kernel of three by three with the cursor on its first cell."""
    page.set("kernel_size", 3)
    page.hand.click(page.kernel, page.weight_at(0, 0))
    return page


def weight(page, row, column):
    return page.bench.kernel.cells[0][row][column]


def overtype(page, text):
    """Open the cell under the cursor and type something in place of what it says."""
    page.press("Return", "Ctrl+A", "Delete")
    page.type(text)
    page.press("Return")


def cell(page):
    """The field that lies over a cell while one types."""
    return page.find("kernel.cell")


def test_typing_begins_at_once_and_enter_takes_the_number(grid):
    for typed, number in NUMBERS.items():
        grid.hand.click(grid.kernel, grid.weight_at(0, 0))
        grid.type(typed)
        grid.press("Return")
        assert weight(grid, 0, 0) == number, typed
        assert grid.kernel.rows[0][0] == number, typed


def test_enter_moves_down_and_the_arrows_up_and_down(grid):
    grid.type("1")
    grid.press("Return")
    assert grid.kernel.cursor_place == (1, 0)
    grid.type("2")
    grid.press("Down")
    assert grid.kernel.cursor_place == (2, 0)
    grid.type("3")
    grid.press("Up")
    assert grid.kernel.cursor_place == (1, 0)
    assert [row[0] for row in grid.kernel.rows] == [1, 2, 3]


def test_tab_goes_on_typing_in_the_next_cell_and_round_the_corner(grid):
    for number in "12345":
        grid.type(number)
        grid.press("Tab")
    grid.press("Escape")
    assert [int(w) for row in grid.kernel.rows for w in row][:5] == [1, 2, 3, 4, 5]
    assert grid.kernel.cursor_place == (1, 2)


def test_shift_tab_goes_back(grid):
    grid.press("Right", "Right")
    for number in "12":
        grid.type(number)
        grid.press("Shift+Tab")
    assert [int(w) for w in grid.kernel.rows[0][1:]] == [2, 1]


def test_enter_opens_a_cell_with_what_it_says(grid):
    grid.press("Right", "Return")
    assert cell(grid).isVisible()
    assert cell(grid).text() == "30"
    assert cell(grid).selectedText() == "30"


def test_a_double_click_opens_the_cell_that_is_clicked(grid):
    grid.hand.click(grid.kernel, grid.weight_at(1, 1))
    grid.hand.double_click(grid.kernel, grid.weight_at(1, 1))
    grid.type("4")
    grid.press("Return")
    assert weight(grid, 1, 1) == 4


def test_a_cell_that_is_left_by_a_click_is_taken(grid):
    grid.type("5")
    grid.hand.click(grid.kernel, grid.weight_at(2, 2))
    assert weight(grid, 0, 0) == 5
    assert grid.kernel.cursor_place == (2, 2)


def test_a_cell_that_is_left_for_another_control_is_taken(grid):
    grid.type("5")
    grid.focus("divisor")
    assert weight(grid, 0, 0) == 5


def test_escape_while_typing_brings_back_what_was_there(grid):
    grid.press("Right")
    grid.type("99")
    grid.press("Escape")
    assert weight(grid, 0, 1) == 30
    assert not cell(grid).isVisible()
    assert grid.steps == 1
    assert grid.focused == "convolution.kernel"


def test_delete_empties_a_cell(grid):
    grid.press("Right", "Delete")
    assert weight(grid, 0, 1) == 0
    grid.press("Down", "Backspace")
    assert weight(grid, 1, 1) == 0


def test_typing_what_is_there_already_is_no_step(grid):
    steps = grid.steps
    grid.type("0")
    grid.press("Return", "Delete")
    overtype(grid, "0")
    assert grid.steps == steps


@pytest.mark.parametrize("token", BAD)
def test_a_bad_token_is_marked_in_its_cell_and_changes_nothing(grid, token):
    before, steps = grid.bench, grid.steps
    unmarked = grid.screen()
    overtype(grid, token)
    assert grid.bench == before
    assert grid.steps == steps
    assert cell(grid).isVisible()
    assert cell(grid).text() == token
    assert cell(grid).property("bad") is True
    assert grid.screen() != unmarked


def test_a_bad_token_is_explained_in_one_sentence(grid):
    for token, words in BAD.items():
        overtype(grid, token)
        assert words in grid.said, token
        assert "\n" not in grid.said
        grid.press("Escape")


def test_escape_restores_a_cell_after_a_bad_token(grid):
    grid.press("Right")
    overtype(grid, "abc")
    grid.press("Escape")
    assert not cell(grid).isVisible()
    assert weight(grid, 0, 1) == 30
    grid.press("Return")
    assert cell(grid).text() == "30"
    assert cell(grid).property("bad") is False


def test_a_bad_token_looks_otherwise_than_a_good_one(grid):
    grid.press("Return")
    good = cell(grid).grab().toImage()
    grid.press("Ctrl+A")
    grid.type("abc")
    grid.press("Return", "Ctrl+A")
    grid.type("0")
    assert cell(grid).property("bad") is False, "a mark goes with the first letter typed"
    grid.press("Ctrl+A")
    assert cell(grid).grab().toImage() == good
    grid.type("abc")
    grid.press("Return", "Ctrl+A")
    assert cell(grid).grab().toImage() != good


def test_a_bad_token_can_be_mended_and_taken(grid):
    overtype(grid, "1/0")
    grid.press("Backspace")
    grid.type("4")
    grid.press("Return")
    assert weight(grid, 0, 0) == Fraction(1, 4)


def test_a_bad_token_stays_where_it_is_when_another_cell_is_clicked(grid):
    overtype(grid, "abc")
    grid.hand.click(grid.kernel, grid.weight_at(2, 2))
    assert cell(grid).text() == "abc"
    assert grid.kernel.cursor_place == (0, 0)


def test_undo_works_while_the_next_cell_is_open_already(grid):
    grid.type("1")
    grid.press("Tab")
    assert cell(grid).isVisible()
    grid.press("Ctrl+Z")
    assert weight(grid, 0, 0) == 0
    assert not cell(grid).isVisible()


@pytest.mark.parametrize("name", ["divisor", "bias"])
def test_a_bad_token_in_a_field_is_marked_and_escape_brings_back_the_number(page, name):
    before, number = page.bench, page.read(name)
    page.hand.click(page.find(name))
    for token in ("abc", "1/0", ""):
        page.press("Ctrl+A", "Delete")
        page.type(token)
        page.press("Return")
        assert page.bench == before
        assert page.find(name).property("bad") is True
        assert f"“{token}”" in page.said
        page.press("Escape")
        assert page.read(name) == number
        assert page.find(name).property("bad") is False


def test_a_divisor_of_0_is_marked_and_changes_nothing(page):
    before = page.bench
    page.hand.click(page.find("divisor"))
    page.press("Ctrl+A")
    page.type("0")
    page.press("Return")
    assert page.bench == before
    assert page.find("divisor").property("bad") is True
    assert page.said == "Dividing by 0 has no meaning; the divisor must be another number"
    page.press("Escape")
    assert page.read("divisor") == "1"


@pytest.mark.parametrize(("typed", "shown"), [("16", "16"), ("1/3", "1/3"), ("0,5", "0.5")])
def test_a_divisor_is_taken_as_exact_as_it_is_typed(page, typed, shown):
    page.set("divisor", typed)
    assert page.bench.kernel.divisor == Fraction(typed.replace(",", "."))
    assert page.read("divisor") == shown


def test_a_bias_is_added_to_every_number(page):
    page.press("W")
    before = page.feature_map.numbers[0][0]
    page.set("bias", "-100")
    assert page.feature_map.numbers[0][0] == before - 100


def test_a_field_that_is_left_is_taken(page):
    page.hand.double_click(page.find("bias"))
    page.press("Ctrl+A")
    page.type("12")
    page.press("Tab")
    assert page.bench.kernel.bias == 12


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (2, 4), (11, 11), (1, 11)])
def test_a_kernel_has_1_to_11_rows_and_columns_even_ones_and_rectangles_too(page, rows, columns):
    page.press("M")
    page.set("kernel_size", columns)
    page.set("kernel_size_y", rows)
    assert (len(page.kernel.rows), len(page.kernel.rows[0])) == (rows, columns)
    assert page.feature_map.size == (33 - rows, 33 - columns)


def test_a_cursor_that_was_in_a_corner_stays_inside_when_the_kernel_shrinks(page):
    page.hand.click(page.kernel, page.weight_at(6, 6))
    page.pick("filter", "identity")
    assert page.kernel.cursor_place == (2, 2)


def test_weights_are_written_in_their_cells(page):
    blank = page.kernel.grab().toImage()
    page.hand.click(page.kernel, page.weight_at(6, 6))
    page.type("30")
    page.press("Return", "Home")
    page.leave()
    corner = page.kernel.rect_of(6, 6).toAlignedRect()
    assert page.kernel.grab().toImage().copy(corner) != blank.copy(corner)


@pytest.fixture
def wheel(grid):
    """Wheel and drag over the kernel of three by three, its cursor on the first cell."""
    return KernelHand(grid.kernel, grid.hand)


@pytest.fixture
def time(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr("cnnstudio.gui.widgets.weight_steps.monotonic", lambda: now[0])
    return now


def test_the_wheel_changes_the_weight_under_the_cursor_by_a_step(grid, wheel, time):
    assert wheel.turn(0, 0, 1)
    assert weight(grid, 0, 0) == 1
    wheel.turn(0, 0, -3)
    assert weight(grid, 0, 0) == -2


def test_the_wheel_with_shift_changes_it_by_ten_steps(grid, wheel, time):
    wheel.turn(0, 0, 2, shift=True)
    assert weight(grid, 0, 0) == 20


def test_the_wheel_turns_a_fraction_by_the_unit_of_its_denominator(grid, wheel, time):
    overtype(grid, "-3/16")
    wheel.click(0, 0)
    wheel.turn(0, 0, 1)
    assert weight(grid, 0, 0) == Fraction(-1, 8)
    wheel.turn(0, 0, 1)
    assert weight(grid, 0, 0) == Fraction(-1, 16)


def test_the_wheel_passes_on_over_any_other_cell(grid, wheel):
    before = grid.bench
    assert not wheel.turn(1, 1, 1)
    assert grid.bench == before


def test_the_wheel_passes_on_where_the_focus_is_elsewhere(grid, wheel):
    grid.leave()
    before = grid.bench
    assert not wheel.turn(0, 0, 1)
    assert grid.bench == before


def test_the_wheel_takes_what_is_typed_and_goes_on_from_there(grid, wheel, time):
    grid.type("7")
    wheel.turn(0, 0, 1)
    assert weight(grid, 0, 0) == 8
    assert not cell(grid).isVisible()


def test_the_wheel_leaves_a_bad_token_as_it_is(grid, wheel):
    overtype(grid, "abc")
    before = grid.bench
    wheel.turn(0, 0, 1)
    assert cell(grid).text() == "abc"
    assert grid.bench == before


def test_a_burst_of_the_wheel_is_one_step_of_undo_and_the_next_another(grid, wheel, time):
    steps = grid.steps
    for _ in range(5):
        wheel.turn(0, 0, 1)
        time[0] += 0.1
    assert grid.steps == steps + 1
    time[0] += 1
    wheel.turn(0, 0, 1)
    assert grid.steps == steps + 2
    grid.undo(2)
    assert weight(grid, 0, 0) == 0


def test_a_drag_up_raises_a_weight_and_down_lowers_it(grid, wheel):
    wheel.drag(1, 1, 8, 8, 4)
    assert weight(grid, 1, 1) == 35
    wheel.drag(1, 1, -12)
    assert weight(grid, 1, 1) == 32


def test_a_drag_with_shift_goes_by_tens(grid, wheel):
    wheel.drag(0, 0, 8, shift=True)
    assert weight(grid, 0, 0) == 20


def test_a_drag_is_one_step_of_undo(grid, wheel):
    steps = grid.steps
    wheel.drag(0, 0, 8, 4, 4, 4)
    assert weight(grid, 0, 0) == 5
    assert grid.steps == steps + 1
    grid.undo()
    assert weight(grid, 0, 0) == 0


def test_a_drag_that_comes_back_is_no_step(grid, wheel):
    steps = grid.steps
    wheel.drag(0, 0, 20, -20)
    assert weight(grid, 0, 0) == 0
    assert grid.steps == steps


def test_a_click_with_a_trembling_hand_only_puts_the_cursor(grid, wheel):
    before = grid.bench
    wheel.drag(1, 2, 3, -2, 1)
    assert grid.bench == before
    assert grid.kernel.cursor_place == (1, 2)


def test_a_drag_changes_only_the_weight_it_began_on(grid, wheel):
    wheel.drag(2, 0, 60)
    changed = [list(line) for line in grid.kernel.rows]
    assert changed[2][0] == 15
    assert (changed[1][0], changed[0][0]) == (0, 0)


def paint_alike(grid, symmetry):
    grid.workspace.page.kernel.slices.show_symmetry(symmetry)


def test_with_a_symmetry_typing_changes_all_partners_in_one_step(grid):
    paint_alike(grid, "left_right")
    steps = grid.steps
    grid.type("5")
    grid.press("Return")
    assert [int(w) for w in grid.kernel.rows[0]] == [5, 30, 5]
    assert grid.steps == steps + 1
    grid.undo()
    assert [int(w) for w in grid.kernel.rows[0]] == [0, 30, 0]


def test_with_a_symmetry_the_wheel_and_a_drag_change_all_partners(grid, wheel, time):
    paint_alike(grid, "both")
    wheel.turn(0, 0, 2)
    wheel.drag(2, 2, 8)
    corners = {weight(grid, r, c) for r in (0, 2) for c in (0, 2)}
    assert corners == {Fraction(4)}


def test_typing_what_is_there_still_makes_partners_alike(grid):
    grid.type("5")
    grid.press("Return", "Up")
    paint_alike(grid, "left_right")
    overtype(grid, "5")
    assert [int(w) for w in grid.kernel.rows[0]] == [5, 30, 5]


def test_partners_are_marked_while_the_grid_has_the_focus(grid):
    grid.press("Down")
    plain = grid.kernel.grab().toImage()
    paint_alike(grid, "left_right")
    marked = grid.kernel.grab().toImage()
    area = grid.kernel.rect_of(1, 2).toAlignedRect()
    assert marked.copy(area) != plain.copy(area)
    away = grid.kernel.rect_of(0, 2).adjusted(2, 2, -2, -4).toAlignedRect()
    assert marked.copy(away) == plain.copy(away)


def test_wheel_and_drag_change_the_slice_they_are_over(page, time):
    page.take([[[0] * 9] * 9] * 3)
    green = KernelHand(page.slices[1], page.hand)
    green.click(0, 0)
    green.turn(0, 0, 1)
    green.drag(0, 0, 8)
    assert [plane[0][0] for plane in page.bench.kernel.cells] == [0, 3, 0]
    assert not KernelHand(page.slices[2], page.hand).turn(0, 0, 1)


def test_a_symmetry_chosen_before_there_were_slices_holds_in_all_of_them(page):
    paint_alike(page, "top_bottom")
    page.take([[[0] * 9] * 9] * 3)
    page.hand.click(page.slices[2], page.slices[2].rect_of(0, 0).center())
    page.type("4")
    page.press("Return")
    blue = page.bench.kernel.cells[2]
    assert (blue[0][0], blue[6][0]) == (4, 4)
