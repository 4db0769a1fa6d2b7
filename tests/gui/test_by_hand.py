"""Pictures made by hand: a new grid, a pencil with a value, and pixels typed with the keyboard."""

import pytest

from tests.facts import fact


@pytest.fixture
def grid(page):
    """A new, black grid of four rows and five columns, with the pencil in hand."""
    page.new_grid(4, 5, pencil=True)
    page.leave()
    return page


@pytest.fixture
def typing(page):
    """The same, with the focus on the picture."""
    page.pick("filter", "identity")
    page.new_grid(4, 5, pencil=True)
    return page


def blank(rows=4, columns=5):
    return [[0.0] * columns for _ in range(rows)]


def pencil_value(page, text):
    page.set("pencil_value", text)


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (64, 64), (3, 7)])
def test_a_new_grid_has_1_to_64_rows_and_columns(page, rows, columns):
    page.pick("filter", "identity")
    page.new_grid(rows, columns)
    assert page.input.size == (rows, columns)
    assert page.input.numbers == blank(rows, columns)
    assert page.said == f"New grid: {columns} wide, {rows} high"


def test_a_grid_of_another_size_cannot_be_asked_for(page):
    page.press("Ctrl+N")
    dialog = page.dialog("window.grid_dialog")
    for typed in ("0", "65", "999"):
        page.press("Ctrl+A")
        page.type(typed)
        page.press("Tab")
        assert 1 <= dialog.rows.box.value() <= 64
        page.press("Shift+Tab")


def test_a_grid_carries_its_own_range_and_its_bar_says_it(page):
    for high in (1, 50, 255):
        page.new_grid(5, 5, f"0 to {high}")
        assert page.bench.image.high == high
        bar = page.workspace.page.input.bar
        assert bar.accessibleDescription() == f"grays from 0 to {high}"


def test_cancelling_the_dialog_makes_no_grid(page):
    before = page.bench
    page.press("Ctrl+N")
    page.dialog("window.grid_dialog")
    page.press("Escape")
    page.come_back()
    assert page.bench == before
    assert page.steps == 0


def test_a_new_grid_is_one_step_that_can_be_undone(page):
    before = page.bench
    page.new_grid(3, 3)
    assert page.steps == 1
    page.undo()
    assert page.bench == before


def test_without_the_pencil_a_click_paints_nothing(page):
    page.new_grid(4, 5)
    page.input.click(1, 1)
    assert page.input.numbers == blank()


def test_the_pencil_paints_what_it_crosses_with_its_value(grid):
    grid.input.stroke((0, 0), (0, 1), (1, 1))
    wanted = blank()
    wanted[0][0] = wanted[0][1] = wanted[1][1] = 255.0
    assert grid.input.numbers == wanted


def test_the_pencils_value_can_be_any_number_of_the_range(grid):
    pencil_value(grid, "12.5")
    grid.input.stroke((2, 2))
    assert grid.input.numbers[2][2] == 12.5


@pytest.mark.parametrize("value", ["256", "-1"])
def test_a_pixel_beyond_0_to_255_is_refused_in_one_sentence(grid, value):
    pencil_value(grid, value)
    grid.input.stroke((2, 2))
    assert grid.input.numbers == blank()
    assert grid.said.startswith("A pixel lies between 0 and 255")


def test_a_pencils_value_that_is_no_number_is_marked(grid):
    pencil_value(grid, "abc")
    assert grid.find("pencil_value").property("bad") is True
    assert "“abc”" in grid.said


def test_the_right_button_erases(grid):
    grid.input.stroke((0, 0), (0, 1), (0, 2))
    grid.input.erase((0, 1), (0, 2))
    assert grid.input.numbers[0] == [255, 0, 0, 0, 0]


def test_painting_brighter_than_white_widens_the_range(page):
    page.new_grid(4, 5, "0 to 1")
    page.press("Ctrl+E")
    pencil_value(page, "40")
    page.input.stroke((0, 0))
    assert page.bench.image.high == 50


def test_the_pencil_begins_with_the_white_of_the_picture(page):
    page.new_grid(4, 5, "0 to 50")
    page.press("Ctrl+E")
    assert page.read("pencil_value") == "50"


def test_painting_in_the_padding_changes_nothing(grid):
    grid.set("padding", 1)
    grid.input.stroke((0, 0), (0, 1))
    assert grid.bench.image.pixels.sum() == 0
    grid.input.stroke((1, 1))
    assert grid.bench.image.pixels[0, 0, 0] == 255


def test_pixels_are_typed_one_after_the_other_with_tab(typing):
    for number in range(1, 8):
        typing.type(str(number))
        typing.press("Tab")
    typing.press("Escape")
    assert typing.input.numbers[:2] == [[1, 2, 3, 4, 5], [6, 7, 0, 0, 0]]


def test_shift_tab_goes_back_to_the_pixel_before(typing):
    typing.press("Right")
    typing.type("1")
    typing.press("Shift+Tab")
    typing.type("2")
    typing.press("Return")
    assert typing.input.numbers[0] == [2, 1, 0, 0, 0]


def test_enter_takes_a_pixel_and_goes_down(typing):
    for number in "123":
        typing.type(number)
        typing.press("Return")
    assert [row[0] for row in typing.input.numbers] == [1, 2, 3, 0]


def test_arrows_move_the_cursor_and_stop_at_the_edge(typing):
    before = typing.place
    typing.press("Right", "Right", "Down", "Left", "Up", "Up")
    typing.type("9")
    typing.press("Return")
    assert typing.input.numbers[0][1] == 9
    assert typing.place == before


def test_the_cursor_is_seen_while_the_pencil_is_in_hand(typing):
    before = typing.input.look()
    typing.press("Right")
    assert typing.input.look() != before
    typing.press("Ctrl+E")
    assert typing.input.view.cursor_place is None


def test_space_paints_and_delete_erases_under_the_cursor(typing):
    typing.press("Right", "Space")
    assert typing.input.numbers[0][1] == 255
    typing.press("Delete")
    assert typing.input.numbers[0][1] == 0


def test_escape_while_typing_brings_the_pixel_back(typing):
    typing.press("Space")
    typing.type("7")
    typing.press("Escape")
    assert typing.input.numbers[0][0] == 255
    assert typing.workspace.by_hand.on


def test_escape_lays_the_pencil_down(typing):
    typing.press("Escape")
    assert not typing.workspace.by_hand.on
    assert not typing.find("pencil").isChecked()


def test_a_bad_token_changes_no_pixel_and_is_explained(typing):
    before, steps, said = typing.bench, typing.steps, set()
    for token in ("abc", "1/0", "", "300"):
        typing.press("Up", "Return", "Ctrl+A", "Delete")
        typing.type(token)
        typing.press("Return")
        assert typing.bench == before
        assert typing.steps == steps
        assert "\n" not in typing.said
        said.add(typing.said)
        if typing.find("input.cell").isVisible():
            typing.press("Escape")
    assert len(said) == 4


def test_the_five_by_five_example_is_typed_in_without_a_mouse(page):
    page.new_grid(5, 5, "0 to 1", pencil=True)
    for pixel in (pixel for row in fact("convolution.binary_5x5.image") for pixel in row):
        page.type(str(pixel))
        page.press("Tab")
    assert page.input.numbers == fact("convolution.binary_5x5.image")


def test_the_pencil_is_for_pictures_up_to_64_by_64(page, picture):
    page.new_grid(64, 64)
    assert page.find("pencil").isEnabled()
    page.press("Ctrl+E")
    page.open(picture("large.png", size=(65, 20)))
    assert not page.find("pencil").isEnabled()
    assert "64 × 64" in page.find("pencil").toolTip()
    assert not page.workspace.by_hand.on
    before = page.bench
    page.input.stroke((3, 3), (3, 5))
    assert page.bench == before


def test_a_reduced_picture_can_be_painted_and_stays_as_it_is_seen(page, picture):
    page.open(picture("large.png", size=(80, 80)))
    page.pick("fit", "32 px")
    seen = page.input.numbers
    page.press("Ctrl+E")
    page.input.stroke((4, 4))
    seen[4][4] = 255.0
    assert page.input.numbers == seen
    assert page.read("fit") == "original"
    page.undo()
    assert page.read("fit") == "32 px"


def test_the_maps_follow_a_painted_pixel_at_once(grid):
    grid.set("kernel_size", 1)
    grid.press("W")
    grid.input.stroke((1, 1))
    assert grid.feature_map.numbers[1][1] == 255 * int(grid.kernel.rows[0][0])
