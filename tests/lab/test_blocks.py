"""Blocks of large maps: the same numbers that the whole map has, whichever are asked for."""

import tracemalloc
from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cnnstudio.lab import convolution
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.ledger import ledger
from cnnstudio.lab.on_demand import OnDemand
from cnnstudio.lab.stages import Pooling
from cnnstudio.lab.step import pooled_so_far
from tests.lab.benches import STAGES, visits, working_benches


@st.composite
def lines(draw, size):
    """Evenly spaced places of a map, one at least."""
    begin = draw(st.integers(0, size - 1))
    return slice(begin, draw(st.integers(begin + 1, size + 2)), draw(st.integers(1, 4)))


def on_demand(bench, stage):
    with patch.object(convolution, "LARGE", 0):
        return bench.values(stage)


def assert_same(found, expected, bench):
    """Whole numbers are the same to the last bit; floats may be added up in another order."""
    whole = bench.image.pixels.dtype == np.uint8 and bench.activation not in {"tanh", "sigmoid"}
    size = np.abs(bench.image.pixels.astype(float)).max() * bench.kernel.weight_of_numerators
    assert np.allclose(
        found, expected, rtol=0 if whole else 1e-12, atol=0 if whole else size * 1e-14
    )


@given(working_benches(), st.sampled_from(STAGES), st.data())
def test_a_block_is_cut_from_the_map(bench, stage, data):
    rows, columns = bench.shape(stage)
    assume(rows and columns)
    places = data.draw(lines(rows)), data.draw(lines(columns))
    asked = on_demand(bench, stage)
    assert isinstance(asked, OnDemand)
    assert (asked.shape, asked.size) == ((rows, columns), rows * columns)
    assert_same(asked[places], bench.whole(stage)[places], bench)


@given(working_benches(), st.sampled_from(STAGES), st.data())
def test_a_single_number_is_the_one_of_the_map(bench, stage, data):
    rows, columns = bench.shape(stage)
    assume(rows and columns)
    place = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    found = on_demand(bench, stage)[place]
    assert_same(found, bench.whole(stage)[place], bench)
    assert found.shape == ()


@given(visits())
def test_the_ledger_of_a_large_map_is_that_of_a_small_one(visit):
    bench, stage, place = visit
    assume(bench.image.pixels.dtype == np.uint8)  # large pictures are
    small = ledger(bench, stage, place)
    with patch.object(convolution, "LARGE", 0):
        assert ledger(bench, stage, place) == small


@given(working_benches(), st.data())
def test_a_window_holds_the_pixels_under_the_kernel(bench, data):
    rows, columns = bench.map_shape
    row, column = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    top, left = row * bench.stride[0], column * bench.stride[1]
    padded, kernel = bench.padded(), bench.kernel
    expected = [
        [
            [
                padded[c, top + i * bench.dilation[0], left + j * bench.dilation[1]]
                for j in range(kernel.width)
            ]
            for i in range(kernel.height)
        ]
        for c in range(kernel.channels)
    ]
    assert bench.window(row, column).tolist() == np.array(expected).tolist()


@given(working_benches())
def test_as_many_pooled_numbers_are_there_as_the_map_so_far_allows(bench):
    assume(all(bench.pooled_shape))
    down, across = bench.pool_axes
    columns = bench.map_shape[1]
    needed, latest = [], -1
    for row in range(down.output):
        for column in range(across.output):
            last = [
                min(axis.size - 1, axis.reads(at)[-1])
                for axis, at in ((down, row), (across, column))
            ]
            latest = max(latest, last[0] * columns + last[1])
            needed.append(latest)
    for computed in range(bench.map_shape[0] * columns + 1):
        expected = sum(1 for last in needed if last < computed)
        assert pooled_so_far(bench, computed) == expected


def test_places_are_counted_from_the_end_as_numpy_does():
    bench = ConvolutionBench(Image(np.arange(12).reshape(1, 3, 4)), Kernel.of([[2]]))
    asked = on_demand(bench, "feature_map")
    assert asked[-1, -2] == 20
    assert asked[-2:, 0].tolist() == [8, 16]


def test_a_picture_from_a_quarter_of_a_million_numbers_on_is_large():
    kernel = Kernel.of([[1]])
    assert not ConvolutionBench(Image(np.zeros((1, 512, 512), np.uint8)), kernel).large
    assert ConvolutionBench(Image(np.zeros((1, 512, 513), np.uint8)), kernel).large
    colour = ConvolutionBench(Image(np.zeros((3, 512, 512), np.uint8)), kernel.repeated(3))
    assert colour.large
    assert isinstance(colour.values("feature_map"), OnDemand)


@pytest.mark.parametrize("each_channel", [False, True])
def test_asking_for_numbers_of_twelve_megapixels_takes_next_to_no_memory(each_channel):
    pixels = np.zeros((3, 3000, 4000), np.uint8)
    pixels[:, ::7, ::5] = 200
    pixels.flags.writeable = False
    bench = ConvolutionBench(
        Image(pixels),
        Kernel.of([[1] * 5] * 5).repeated(3),
        padding=(2,) * 4,
        each_channel=each_channel,
        pooling=Pooling("average"),
    )
    bench.image.digest  # noqa: B018  taken beforehand, on the thread that opens pictures
    tracemalloc.start()
    shown = bench.alone(1) if each_channel else bench
    for stage in STAGES:
        rows, columns = shown.shape(stage)
        shown.values(stage)[rows - 1, columns - 1]
        shown.values(stage)[rows - 40 :, columns - 60 :]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * 2**20


# what a bench in colour is


COLOUR = ConvolutionBench(
    Image(np.arange(75).reshape(3, 5, 5) * 3, "colours"),
    Kernel.of([[0, 1, 0], [1, 4, 1], [0, 1, 0]], 8).repeated(3),
)


def test_each_channel_by_itself_has_the_map_of_its_gray_bench():
    apart = replace(COLOUR, **COLOUR.with_each_channel(True))
    assert apart.apart
    for channel in range(3):
        gray = ConvolutionBench(
            Image(COLOUR.source.pixels[channel : channel + 1]),
            Kernel.of([[0, 1, 0], [1, 4, 1], [0, 1, 0]], 8),
        )
        assert apart.alone(channel).feature_map().tolist() == gray.feature_map().tolist()


def test_a_kernel_of_sum_one_keeps_the_brightness_summed_or_by_channel():
    level = replace(COLOUR, source=Image(np.full((3, 5, 5), 90)))
    assert set(level.feature_map().ravel().tolist()) == {90.0}
    apart = replace(level, **level.with_each_channel(True))
    assert [set(apart.alone(c).feature_map().ravel().tolist()) for c in range(3)] == [{90.0}] * 3


@pytest.mark.parametrize("change", ["with_each_channel", "with_gray"])
def test_a_switch_and_back_gives_the_bench_before(change):
    there = replace(COLOUR, **getattr(COLOUR, change)(True))
    assert there != COLOUR
    assert replace(there, **getattr(there, change)(False)) == COLOUR


def test_a_gray_picture_has_no_channels_to_part():
    gray = replace(COLOUR, **COLOUR.with_gray(True))
    assert gray.image.channels == gray.kernel.channels == 1
    assert not replace(gray, **gray.with_each_channel(True)).apart


def test_making_a_picture_gray_weighs_its_colours_as_the_eye_does():
    pixels = np.array([[[255, 0, 0, 10, 1]], [[0, 255, 0, 20, 0]], [[0, 0, 255, 30, 0]]])
    bench = ConvolutionBench(Image(pixels), Kernel.of([[1]]).repeated(3))
    made = replace(bench, **bench.with_gray(True)).image.pixels
    assert made.tolist() == [[[76, 150, 29, 18, 0]]]  # .299 R + .587 G + .114 B


def test_a_taken_filter_is_trebled_only_where_channels_are_added_up():
    edge = Kernel.of([[1, -1]], 2)
    assert COLOUR.taken(edge).divisor == 6
    apart = replace(COLOUR, **COLOUR.with_each_channel(True))
    assert apart.taken(edge).divisor == 2
    assert apart.taken(edge).channels == 3
