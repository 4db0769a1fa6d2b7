"""Pooling, held against loops and against the rules of PyTorch."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cnnstudio.nn.geometry import Axis
from cnnstudio.nn.pooling import POOLINGS, pool, pool_windows
from tests.facts import fact
from tests.nn import loops

KINDS = tuple(kind for kind in POOLINGS if kind != "none")


@st.composite
def blocks(draw):
    size = draw(st.tuples(st.integers(1, 6), st.integers(1, 6)))
    padding = tuple(draw(st.integers(0, side // 2)) for side in size)
    stride = draw(st.tuples(st.integers(1, 7), st.integers(1, 7)))
    shape = [
        draw(st.integers(max(1, side - 2 * more), 12))
        for side, more in zip(size, padding, strict=True)
    ]
    whole = hnp.arrays(np.float64, shape, elements=st.integers(-999, 999).map(float))
    return draw(whole), size, stride, padding


@given(blocks(), st.sampled_from(KINDS))
def test_every_block_becomes_what_the_loops_make_of_it(given_block, kind):
    x, size, stride, padding = given_block
    assert pool(x, kind, size, stride, padding).tolist() == loops.pooled(
        x.tolist(), kind, size, stride, padding
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_four_by_four_example_pools_as_printed(kind):
    x, window = np.array(fact("pooling.image"), np.float64), fact("pooling.window")
    stride = (fact("pooling.stride"),) * 2
    pooled = pool(x, kind, window, stride, (0, 0))
    assert pooled.tolist() == fact(f"pooling.{kind}")
    assert 1 - pooled.size / x.size == fact("pooling.dropped")


def test_the_kinds_of_pooling_are_those_of_the_articles():
    assert set(fact("pooling.kinds")) == set(KINDS)


def test_padding_never_wins_a_maximum():
    x = np.full((3, 3), -5.0)
    assert (pool(x, "max", (2, 2), (1, 1), (1, 1)) == -5).all()


def test_padding_counts_in_an_average():
    x = np.full((2, 2), 8.0)
    assert pool(x, "average", (2, 2), (2, 2), (1, 1)).tolist() == [[2, 2], [2, 2]]


def test_padding_adds_nothing_to_a_sum():
    x = np.full((2, 2), 8.0)
    assert pool(x, "sum", (2, 2), (2, 2), (1, 1)).tolist() == [[8, 8], [8, 8]]


def test_windows_overlap_where_the_stride_is_smaller():
    x = np.array([[1.0, 5.0, 2.0, 4.0]])
    assert pool(x, "max", (1, 2), (1, 1), (0, 0)).tolist() == [[5, 5, 4]]
    assert pool(x, "sum", (1, 3), (1, 1), (0, 0)).tolist() == [[8, 11]]


def test_numbers_between_windows_are_left_out_where_the_stride_is_larger():
    x = np.array([[1.0, 2.0, 9.0, 3.0, 4.0, 9.0]])
    assert pool(x, "max", (1, 2), (1, 3), (0, 0)).tolist() == [[2, 4]]


def test_the_rest_of_a_map_that_does_not_divide_is_left_out():
    x = np.arange(9.0).reshape(3, 3)
    assert pool(x, "max", (2, 2), (2, 2), (0, 0)).tolist() == [[4]]


@pytest.mark.parametrize("kind", KINDS)
def test_the_map_is_left_as_it_was(kind):
    x = np.arange(16.0).reshape(4, 4)
    x.flags.writeable = False
    pool(x, kind, (2, 2), (2, 2), (1, 1))
    assert x.tolist() == np.arange(16.0).reshape(4, 4).tolist()


def test_an_average_of_many_numbers_takes_little_memory_beside_the_map():
    x = np.arange(400 * 400, dtype=float).reshape(400, 400) / 3
    tracemalloc.start()
    pool(x, "average", (16, 16), (1, 1), (8, 8))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 * x.nbytes


@pytest.mark.parametrize("kind", ["max", "average", "sum"])
def test_windows_far_apart_are_those_of_the_whole(kind):
    x = np.random.default_rng(4).integers(-9, 9, (70, 80)).astype(float)
    axes = Axis(70, 3, 2, 1, 1), Axis(80, 2, 1, 1, 1)
    whole = pool(x, kind, (3, 2), (2, 1), (1, 1))
    asked = []

    def block(rows, columns):
        asked.append(len(rows) * len(columns))
        return x[rows.start : rows.stop : rows.step, columns.start : columns.stop : columns.step]

    places = range(0, axes[0].output, 11), range(1, axes[1].output, 13)
    found = pool_windows(block, kind, (axes[0], places[0]), (axes[1], places[1]))
    assert found.tolist() == whole[::11, 1::13].tolist()
    assert sum(asked) <= len(places[0]) * len(places[1]) * 6
