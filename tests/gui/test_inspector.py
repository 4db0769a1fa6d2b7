"""The pixel inspector: a card beside the pointer with the numbers under it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import QRect, QSize
from PyQt6.QtWidgets import QApplication

from cnnstudio.gui.widgets.inspector import SIDE, place_beside
from cnnstudio.gui.widgets.plane_layers import Plane
from cnnstudio.gui.workspaces.convolution.values.inspected import NOT_YET, Cells
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.number import write_cell
from tests.gui.values_page import ValuesPage


@pytest.fixture
def page(window, hand):
    return ValuesPage(window, hand)


def middle(around):
    return around.texts[SIDE // 2][SIDE // 2]


def test_the_card_says_where_the_pointer_is_and_what_is_there(page):
    found = page.inspect(page.input, 4, 10)
    number = int(page.bench.image.pixels[0, 4, 10])
    assert (found.place, found.numbers) == ("row 5, column 11", (("", str(number)),))
    assert page.card.accessibleDescription() == f"row 5, column 11: {number}"


@pytest.mark.parametrize("name", ["feature_map", "activation_map", "pooled_map"])
def test_every_map_has_its_true_number(page, name):
    page.press("W")
    stage = {"activation_map": "activation"}.get(name, name)
    found = page.inspect(page.picture(name), 3, 4)
    number = page.bench.whole(stage)[3, 4]
    assert middle(found.around) == (write_cell(float(number)),)


def test_around_are_the_cells_around(page):
    around = page.inspect(page.input, 1, 10).around
    pixels = page.bench.image.pixels[0]
    for row in range(SIDE):
        for column in range(SIDE):
            y, x = 1 + row - 2, 10 + column - 2
            expected = (str(pixels[y, x]),) if y >= 0 else ()
            assert around.texts[row][column] == expected
            colour = around.colours[row][column]
            gray = round(int(pixels[y, x]) * 255 / 50) if y >= 0 else None
            assert colour == (None if gray is None else (gray, gray, gray))


def test_where_digits_are_read_in_the_picture_they_are_not_repeated(page):
    assert page.inspect(page.input, 4, 4).around is not None
    page.type_picture([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    found = page.inspect(page.input, 1, 1)
    assert (found.numbers, found.around) == ((("", "5"),), None)


def test_a_number_that_is_not_there_yet_is_not_given_away(page):
    page.go(5, 10)
    found = page.inspect(page.feature_map, 4, 10)
    assert found.numbers == (("", NOT_YET),)
    assert middle(found.around) == ("",)
    assert found.around.colours[2][2] is None
    assert found.around.texts[2][1] != ("",)  # the one before is there
    assert {cell for line in found.around.texts[3:] for cell in line} == {("",)}


def test_a_number_is_told_once_the_playhead_is_there(page):
    page.go(5, 10)
    assert page.inspect(page.feature_map, 4, 10).numbers == (("", NOT_YET),)
    page.press("Right")
    page.hand.until(lambda: page.card.shown.numbers != (("", NOT_YET),))
    assert middle(page.card.shown.around) == (write_cell(page.bench.feature_map()[4, 10]),)


def test_a_changed_kernel_changes_what_the_card_says(page):
    page.press("W")
    page.inspect(page.feature_map, 4, 10)
    page.workspace.document.edit("Change kernel", kernel=Kernel.of([[3]]))
    number = 3 * int(page.bench.image.pixels[0, 4, 10])
    page.hand.until(lambda: middle(page.card.shown.around) == (str(number),))


def test_colours_are_three_numbers_with_their_names(page, rng):
    pixels = rng.integers(0, 256, (3, 30, 30), np.uint8)
    page.take(pixels)
    found = page.inspect(page.input, 7, 8)
    told = [str(int(value)) for value in pixels[:, 7, 8]]
    assert found.numbers == tuple(zip(("red", "green", "blue"), told, strict=True))
    assert middle(found.around) == tuple(told)
    assert found.around.colours[2][2] == tuple(int(value) for value in pixels[:, 7, 8])
    page.press("R")
    found = page.inspect(page.input, 7, 9)
    assert found.numbers == (("red", str(int(pixels[0, 7, 9]))),)


def test_padding_is_called_padding(page):
    page.set("padding", 2)
    assert page.inspect(page.input, 0, 5).place == "padding, not image: row −1, column 4"
    assert page.inspect(page.input, 2, 2).place == "row 1, column 1"


def test_a_weight_is_told_exactly(page):
    page.type_kernel([["1/9", "1/3"], ["0.5", "-2"]])
    page.hand.move(page.kernel, page.weight_at(0, 0))
    page.hand.until(lambda: page.card is not None)
    found = page.card.shown
    assert found.place == "weight, row 1, column 1"
    assert (found.numbers, found.notes) == ((("", "1/9"),), ("≈ 0.1111",))
    page.hand.move(page.kernel, page.weight_at(1, 0))
    page.hand.until(lambda: page.card.shown.numbers == (("", "0.5"),))
    assert page.card.shown.notes == ()


@pytest.mark.parametrize(
    ("number", "notes"), [(-234.0, ("shown as 0",)), (300.0, ("shown as 255",)), (7.0, ())]
)
def test_of_a_clipped_number_it_is_said_as_what_it_is_shown(number, notes):
    plane = Plane(np.full((3, 3), number), "image", 0, 255)
    found = Cells(plane, None, [""]).inspected("here", 1, 1, 9.0)
    assert found.numbers[0][1] == write_cell(number)
    assert found.notes == notes


def test_a_large_map_is_worked_out_only_round_the_pointer(page, rng):
    page.take(rng.integers(0, 256, (1, 600, 700), np.uint8))
    page.hand.until(lambda: not page.workspace.showing.busy)
    page.inspect(page.feature_map, 400, 500)
    row, column = page.inspecting._at[1:]
    number = page.bench.feature_map()[row, column]
    assert middle(page.card.shown.around) == (write_cell(float(number)),)


def test_the_card_goes_when_the_pointer_leaves(page):
    page.inspect(page.input, 4, 10)
    page.hand.move(page.find("where"))
    page.hand.until(lambda: page.card is None)


def test_a_key_switches_the_card_off_and_on(page):
    page.inspect(page.input, 4, 10)
    page.press("I")
    assert page.card is None
    page.input.hover(4, 12)
    page.press("I")
    page.hand.until(lambda: page.card is not None)
    assert page.card.shown.place == "row 5, column 13"


def test_the_card_goes_with_the_pointer_and_is_never_under_it(page):
    page.press("W")
    for picture, cells in (
        (page.input, ((0, 0), (31, 31), (31, 0))),
        (page.feature_map, ((0, 25), (25, 25))),
        (page.pooled_map, ((0, 0), (12, 12))),
    ):
        for row, column in cells:
            page.inspect(picture, row, column)
            page.hand.until(lambda at=(row, column): page.inspecting._at[1:] == at)
            QApplication.processEvents()
            area = picture.view.grid.rect_of(row, column).toAlignedRect()
            area.moveTopLeft(picture.view.mapTo(page.window, area.topLeft()))
            assert not page.card.geometry().intersects(area)
            assert page.window.rect().contains(page.card.geometry())


def test_the_mouse_passes_through_the_card(page):
    page.press("W")
    page.inspect(page.feature_map, 4, 4)
    under = page.card.geometry().center()
    view = page.feature_map.view
    cell = view.cell_at(view.mapFrom(page.window, under.toPointF()))
    assert cell, "the card is over another part of the picture"
    page.feature_map.click(*cell)
    assert page.workspace.pointer.pinned == ("feature_map", *cell)


def test_the_pointer_in_one_cell_leaves_the_card_as_it_is(page):
    page.inspect(page.input, 4, 10)
    card, place = page.card.shown, page.card.geometry()
    at = page.input.at(4, 10)
    page.hand.move(page.input.view, at + at.__class__(2, 2))
    assert page.card.shown is card
    assert page.card.geometry() == place


def test_while_the_pencil_draws_there_is_no_card(page):
    page.press("Ctrl+E")
    page.inspect(page.input, 4, 10)
    page.hand.push(page.input.view, page.input.at(4, 10))
    page.hand.until(lambda: page.card is None)
    page.hand.move(page.input.view, page.input.at(4, 11))
    QApplication.processEvents()
    assert page.card is None
    page.hand.let_go(page.input.view, page.input.at(4, 11))


sides = st.integers(1, 88)


@given(
    st.integers(0, 900),
    st.integers(0, 500),
    sides,
    sides,
    st.integers(60, 260),
    st.integers(40, 280),
)
def test_a_card_beside_a_cell_is_in_the_window_and_not_over_the_cell(x, y, wide, tall, w, h):
    room = QRect(0, 0, 1024, 640)
    cell, size = QRect(x, y, wide, tall), QSize(w, h)
    card = QRect(place_beside(cell, size, room), size)
    assert room.contains(card)
    assert not card.intersects(cell)


def test_a_weight_of_kernel_b_is_told_while_b_is_shown(page):
    a, b = Kernel.of([[1, 2], [3, 4]]), Kernel.of([[5, 6, 7], [8, 9, 10], [11, 12, 13]])
    page.workspace.document.edit("Take both", kernel=a, other=b)
    page.workspace.comparing.turn("b")
    for place, number in {(0, 0): "5", (2, 2): "13"}.items():
        page.hand.move(page.kernel, page.weight_at(*place))
        page.hand.until(lambda: page.card is not None and not page.inspecting._soon.isActive())
        assert page.card.shown.numbers == (("", number),)
