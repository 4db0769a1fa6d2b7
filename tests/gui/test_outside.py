"""Numbers outside of a picture's range: found exactly, and those that are seen."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.gui.widgets.lit_over import Lit, any_of
from cnnstudio.gui.widgets.plane_layers import Plane
from cnnstudio.gui.workspaces.convolution.displays import outside as outside_module
from cnnstudio.gui.workspaces.convolution.displays.outside import outside
from cnnstudio.lab.on_demand import OnDemand

sides = st.integers(1, 14)


@given(st.data(), sides, sides, st.integers(1, 5), st.integers(1, 40), st.booleans())
def test_a_square_is_lit_if_one_of_its_numbers_is_outside(data, tall, wide, step, band, above):
    seed = data.draw(st.integers(0, 99))
    values = np.random.default_rng(seed).integers(-9, 10, (tall, wide)).astype(float)
    rows, columns = (
        slice(*sorted((data.draw(st.integers(0, size - 1)), size))) for size in (tall, wide)
    )
    limit, side = (6, "above") if above else (-6, "below")
    before, outside_module._BAND = outside_module._BAND, band
    try:
        lit = outside(Plane(_asked(values)), side, limit, rows, columns, step)
    finally:
        outside_module._BAND = before
    meant = {
        (row, column)
        for row in range(rows.start, rows.stop)
        for column in range(columns.start, columns.stop)
        if (values[row, column] > 6 if above else values[row, column] < -6)
    }
    expected = {((row - rows.start) // step, (col - columns.start) // step) for row, col in meant}
    assert {tuple(place) for place in np.argwhere(lit.mask).tolist()} == expected
    assert lit.count == len(meant)
    assert (lit.top, lit.left, lit.step) == (rows.start, columns.start, step)
    assert lit.whole == (rows.start == columns.start == 0)


def test_what_has_no_number_yet_is_not_lit():
    plane = Plane(np.full((3, 4), -1.0))
    lit = outside(plane, "below", 0, slice(0, 3), slice(0, 4), shown=6)
    assert lit.mask.tolist() == [[True] * 4, [True, True, False, False], [False] * 4]


def test_a_composed_cell_is_lit_if_one_of_its_channels_is_outside():
    channels = tuple(np.array([row]) for row in ([1.0, -1.0, 1.0], [1.0, 1.0, -1.0], [1.0] * 3))
    lit = outside(Plane(channels[0], colours=channels), "below", 0.0, slice(0, 1), slice(0, 3))
    assert lit.mask.tolist() == [[False, True, True]]


def test_a_limit_itself_is_not_outside():
    plane = Plane(np.array([[0.0, 255.0]]))
    for side, limit in (("below", 0.0), ("above", 255.0)):
        assert not outside(plane, side, limit, slice(0, 1), slice(0, 2)).count


def test_a_search_tells_how_far_it_is_and_may_be_stopped():
    told = []
    plane = Plane(np.zeros((10, 10)))
    before, outside_module._BAND = outside_module._BAND, 30
    try:
        everything = slice(0, 10), slice(0, 10)
        outside(plane, "below", 0, *everything, watch=lambda *how_far: told.append(how_far))
    finally:
        outside_module._BAND = before
    assert told == [(3, 10), (6, 10), (9, 10), (10, 10)]


def test_nothing_lit_is_lost_on_small_cells():
    mask = np.zeros((10, 10), bool)
    mask[9, 5] = True
    coarse = Lit(mask, 1).for_cells(0.3)
    assert coarse.step == 4
    assert np.argwhere(coarse.mask).tolist() == [[2, 1]]
    assert Lit(mask, 1).for_cells(1.0).mask is mask


def test_any_of_nothing_is_nothing():
    assert not any_of(np.zeros((5, 7), bool), 3).any()


def _asked(values):
    """The same numbers, to be asked for block by block, as those of a large map are."""
    return OnDemand(values.shape, lambda rows, columns: values[np.ix_(list(rows), list(columns))])
