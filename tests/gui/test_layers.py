"""The colours of large planes: at several sizes, and in part."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.gui.widgets.layers import Layer, finest_needed, pyramid
from cnnstudio.gui.widgets.plane_layers import Plane
from cnnstudio.lab.on_demand import OnDemand


def places(height, width, colour=False, seed=0):
    shape = (height, width, 3) if colour else (height, width)
    return np.random.default_rng(seed).integers(0, 256, shape, np.uint8)


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize(("height", "width"), [(700, 600), (523, 1031), (3, 2000), (300, 1)])
def test_each_layer_averages_the_one_before(height, width, colour):
    layers = pyramid(places(height, width, colour), 5, 7)
    assert [layer.step for layer in layers] == [2**n for n in range(len(layers))]
    assert {(layer.top, layer.left) for layer in layers} == {(5, 7)}
    for fine, coarse in itertools.pairwise(layers):
        tall, wide = (size // 2 for size in fine.colours.shape[:2])
        blocks = fine.colours[: 2 * tall, : 2 * wide].astype(float)
        means = blocks.reshape(tall, 2, wide, 2, -1).mean((1, 3))
        found = coarse.colours[:tall, :wide].reshape(tall, wide, -1)
        assert np.abs(found - means).max() <= 0.5 if means.size else True


def test_the_last_layer_is_small_or_a_single_line():
    assert max(pyramid(places(700, 3000))[-1].colours.shape) <= 256
    assert pyramid(places(1, 3000))[-1].colours.shape[0] == 1


@pytest.mark.parametrize(
    ("cell", "step"), [(8, 1), (1, 1), (0.6, 1), (0.5, 2), (0.3, 2), (0.2, 4), (0.01, 4)]
)
def test_the_fewest_colours_are_taken_that_fill_the_screen(cell, step):
    layers = [Layer(places(2, 2), step) for step in (4, 1, 2)]
    assert finest_needed(layers, cell).step == step


@given(st.data())
def test_a_part_holds_all_the_cells_that_are_asked_for(data):
    height, width = data.draw(st.integers(1, 30)), data.draw(st.integers(1, 30))
    step, top, left = (data.draw(st.integers(*ends)) for ends in ((1, 5), (0, 9), (0, 9)))
    whole = Layer(places(height, width), step, top, left)
    rows, columns = (
        slice(at, at + data.draw(st.integers(1, 60)))
        for at in (data.draw(st.integers(0, 60)), data.draw(st.integers(0, 60)))
    )
    part = whole.part(rows, columns)
    wanted = {
        (row, column)
        for row in range(rows.start, rows.stop)
        for column in range(columns.start, columns.stop)
        if top <= row < top + height * step and left <= column < left + width * step
    }
    if part is None:
        assert not wanted
        return
    first_row, first_column, tall, wide = part.cells
    for row, column in wanted:
        assert first_row <= row < first_row + tall
        assert first_column <= column < first_column + wide
        found = part.colours[(row - first_row) // step, (column - first_column) // step]
        assert found == whole.colours[(row - top) // step, (column - left) // step]
    needless = tall * wide - len(wanted)
    assert needless <= 2 * step * (tall + wide)


def test_a_layer_gives_one_channel_as_gray_and_moves():
    layer = Layer(places(4, 5, colour=True), 2, 1, 1)
    assert layer.of_channel(None) is layer
    assert layer.of_channel(2).colours.tolist() == layer.colours[..., 2].tolist()
    moved = layer.moved(3, 4)
    assert (moved.top, moved.left, moved.step) == (4, 5, 2)
    gray = Layer(places(4, 5))
    assert gray.of_channel(1) is gray


def test_a_small_plane_is_seen_number_by_number():
    values = places(5, 6)
    plane = Plane(values, "image", 0, 255)
    seen = plane.seen(slice(1, 4), slice(2, 6), 0.1)
    assert (seen.step, seen.top, seen.left) == (1, 1, 2)
    assert seen.colours.tolist() == values[1:4, 2:6].tolist()


def test_of_a_large_picture_a_number_for_each_pixel_is_seen_until_its_layers_are_there():
    values = places(500, 600)
    plane = Plane(values, "image", 0, 255, scattered=True)
    seen = plane.seen(slice(0, 500), slice(0, 600), 0.25)
    assert seen.step == 4
    assert seen.colours.tolist() == values[::4, ::4].tolist()


def test_of_a_map_worked_out_on_demand_nothing_is_seen_before_its_layers_are_there():
    asked = OnDemand((500, 600), lambda rows, columns: pytest.fail("nobody needs numbers"))
    assert Plane(asked, scattered=True).seen(slice(0, 500), slice(0, 600), 1.0) is None


def test_three_planes_are_seen_as_red_green_and_blue():
    planes = tuple(places(4, 5, seed=seed) for seed in range(3))
    seen = Plane(planes[0], "image", 0, 255, colours=planes).seen(slice(0, 4), slice(0, 5), 9)
    assert seen.colours.tolist() == np.stack(planes, axis=-1).tolist()
