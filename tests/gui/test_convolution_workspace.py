"""The Convolution workspace: what pointing shows, what a click pins, and zoom."""

import pytest

BY_HAND = "Five by five, by hand"
STAGES = ("feature_map", "activation_map", "pooled_map")


@pytest.fixture
def whole(page):
    """The first picture with its maps shown whole."""
    page.press("W", "Home")
    return page


@pytest.fixture
def small(page):
    """The 5x5 example with its map shown whole."""
    page.choose("Scenes", BY_HAND)
    page.press("W", "Home")
    return page


def cells(rects):
    """All places in the areas of a mark."""
    return {
        (r + i, c + j) for r, c, rows, columns in rects for i in range(rows) for j in range(columns)
    }


# Pointing


def test_hovering_a_number_previews_its_window_and_its_arithmetic(small):
    small.feature_map.hover(1, 2)
    assert small.input.marks.hover == ((1, 2, 3, 3),)
    assert small.ledger.result == "3"
    assert small.title == "Preview: row 2, column 3 of the feature map"
    assert small.place == (1, 1), "the playhead stays where it is"
    assert small.input.marks.window == (0, 0, 3, 3)


def test_leaving_a_map_shows_the_playheads_arithmetic_again(small):
    small.feature_map.hover(1, 2)
    small.hand.move(small.find("ledger"))
    assert small.ledger.result == "4"
    assert small.input.marks.hover == ()


@pytest.mark.parametrize("stage", ["activation_map", "pooled_map"])
def test_hovering_other_stages_previews_theirs(small, stage):
    small.press("Right")
    small.picture(stage).hover(0, 0)
    name = {"activation_map": "activation", "pooled_map": "pooled map"}[stage]
    assert small.title == f"Preview: row 1, column 1 of the {name}"


def test_hovering_a_pooled_number_shows_its_block_in_the_map_before(whole):
    whole.pooled_map.hover(2, 3)
    assert whole.activation_map.marks.hover == ((4, 6, 2, 2),)


def test_hovering_a_pixel_shows_every_output_it_feeds(small):
    small.input.hover(2, 2)
    assert cells(small.feature_map.marks.hover) == {(r, c) for r in range(3) for c in range(3)}
    small.input.hover(0, 0)
    assert cells(small.feature_map.marks.hover) == {(0, 0)}


def test_a_pixel_that_the_stride_passes_over_feeds_fewer_outputs(small):
    small.set("stride", 2)
    small.input.hover(2, 2)
    assert cells(small.feature_map.marks.hover) == {(0, 0), (0, 1), (1, 0), (1, 1)}
    small.input.hover(1, 1)
    assert cells(small.feature_map.marks.hover) == {(0, 0)}


def test_hovering_a_weight_shows_every_pixel_it_meets(small):
    small.hand.move(small.kernel, small.weight_at(0, 2))
    assert cells(small.input.marks.hover) == {(r, c) for r in range(3) for c in range(2, 5)}
    small.hand.move(small.find("ledger"))
    assert small.input.marks.hover == ()


def test_with_a_stride_a_weight_meets_only_every_second_pixel(small):
    small.set("stride", 2)
    small.hand.move(small.kernel, small.weight_at(0, 0))
    assert cells(small.input.marks.hover) == {(0, 0), (0, 2), (2, 0), (2, 2)}


def test_the_status_bar_names_what_is_under_the_pointer(small):
    small.input.hover(0, 1)
    assert small.figures.startswith("pixel row 1, column 2: 1")
    small.feature_map.hover(2, 1)
    assert small.figures.startswith("row 3, column 2: 3")
    small.hand.move(small.kernel, small.weight_at(1, 1))
    assert small.figures.startswith("weight row 2, column 2: 1")


def test_padding_is_never_taken_for_the_picture(small):
    small.set("padding", 1)
    small.input.hover(0, 0)
    assert small.figures.startswith("padding, not image: row 0, column 0: 0")
    small.input.hover(1, 1)
    assert small.figures.startswith("pixel row 1, column 1: 1")


@pytest.mark.parametrize("stage", STAGES)
def test_a_click_pins_a_number_and_the_ledger_stays_with_it(whole, stage):
    picture = whole.picture(stage)
    before = whole.place
    picture.click(5, 7)
    whole.hand.move(whole.find("ledger"))
    assert picture.marks.pinned == (5, 7)
    assert "row 6, column 8 of the" in whole.title
    assert whole.place == before, "the playhead stays where it is"


def test_a_click_on_a_number_that_is_not_there_yet_puts_the_playhead_there(small):
    small.press("W")
    small.feature_map.click(2, 1)
    assert small.place == (3, 2)
    assert small.feature_map.marks.pinned == (2, 1)
    assert small.feature_map.numbers[2] == [2, 3, None]


def test_hovering_a_number_that_is_not_there_yet_does_not_give_it_away(small):
    small.press("W")
    before = small.ledger.text
    small.feature_map.hover(2, 1)
    assert small.ledger.text == before
    assert small.figures.startswith("row 3, column 2: no number yet")


def test_a_pinned_number_stays_marked_when_the_playhead_moves_on(whole):
    whole.feature_map.click(5, 7)
    whole.hand.move(whole.find("ledger"))
    whole.press("Right", "Right")
    assert whole.feature_map.marks.pinned == (5, 7)
    assert whole.feature_map.marks.cell == (0, 2)
    assert "Row 1, column 3" in whole.title


def test_a_second_click_unpins(whole):
    whole.feature_map.click(5, 7)
    whole.feature_map.click(5, 7)
    assert whole.feature_map.marks.pinned is None


def test_a_click_while_it_plays_stops_it(whole):
    whole.press("Space")
    whole.feature_map.click(20, 20)
    assert not whole.workspace.player.playing


# Zoom


def test_the_wheel_zooms_all_pictures_alike(whole):
    before = whole.input.view.grid.cell
    whole.hand.turn(whole.input.view, 2, whole.input.at(10, 10).toPoint())
    cells_now = {p.view.grid.cell for p in (whole.input, whole.feature_map, whole.activation_map)}
    assert len(cells_now) == 1
    assert cells_now.pop() == pytest.approx(before * 1.25**2)


def test_zooming_keeps_the_pixel_under_the_pointer_where_it_is(whole):
    point = whole.input.at(12, 14)
    whole.hand.turn(whole.input.view, 1, point.toPoint())
    row, column = whole.input.view.grid.place(point)
    assert (row, column) == pytest.approx((12.5, 14.5), abs=0.3)


def test_zoomed_views_show_the_same_part_of_the_picture(whole):
    whole.hand.turn(whole.input.view, 3, whole.input.at(20, 20).toPoint())
    middle = whole.input.view.viewport().center()
    row, column = whole.input.view.grid.place(middle)
    there = whole.feature_map.view.grid.place(whole.feature_map.view.viewport().center())
    assert there == pytest.approx((row - 3, column - 3), abs=0.6)  # half a 7x7 window less


def test_keys_and_menu_zoom_and_fit_shows_all_again(whole):
    before = whole.input.view.grid
    whole.press("Ctrl++", "Ctrl++")
    nearer = whole.input.view.grid.cell
    assert nearer > before.cell
    whole.press("Ctrl+-")
    assert before.cell < whole.input.view.grid.cell < nearer
    whole.choose("View", "Fit")
    assert whole.input.view.grid == before


def test_nothing_is_zoomed_out_beyond_the_whole_picture(whole):
    before = whole.input.view.grid
    whole.press("Ctrl+-", "Ctrl+-")
    assert whole.input.view.grid == before


def test_a_zoomed_picture_can_be_dragged_and_the_maps_follow(whole):
    whole.press(*["Ctrl++"] * 4)
    grids = [picture.view.grid for picture in (whole.input, whole.feature_map)]
    start = whole.input.view.viewport().center()
    whole.hand.push(whole.input.view, start)
    whole.hand.move(whole.input.view, start + start * 0.3)
    whole.hand.let_go(whole.input.view, start + start * 0.3)
    moved = [picture.view.grid for picture in (whole.input, whole.feature_map)]
    shifts = [(b.x - a.x, b.y - a.y) for a, b in zip(grids, moved, strict=True)]
    assert shifts[0] == pytest.approx(shifts[1])
    assert min(shifts[0]) > 10


def test_digits_appear_when_the_cells_are_large_enough(whole):
    assert whole.input.view.grid.cell < 20
    area = whole.input.view.grid.rect_of(16, 16).toAlignedRect().adjusted(3, 3, -3, -3)
    assert len(_colours(whole.input.look().copy(area))) == 1
    while whole.input.view.grid.cell < 30:
        whole.press("Ctrl++")
    area = whole.input.view.grid.rect_of(16, 16).toAlignedRect().adjusted(3, 3, -3, -3)
    assert len(_colours(whole.input.look().copy(area))) > 1


def _colours(image):
    size = range(image.width()), range(image.height())
    return {image.pixel(x, y) for x in size[0] for y in size[1]}
