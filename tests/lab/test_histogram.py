"""How often each number occurs, held against a loop over all of them."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.lab.convolution import LARGE, ConvolutionBench
from cnnstudio.lab.histogram import BINS, histogram, histograms, in_bands
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.on_demand import OnDemand
from tests.lab.benches import working_benches


def counted(values, edges):
    """Count by the rule: from an edge on, up to the next; the last edge belongs to the last."""
    counts = [0] * (len(edges) - 1)
    for value in map(float, np.ravel(values)):
        place = max(i for i, edge in enumerate(edges[:-1]) if value >= edge)
        assert value < edges[place + 1] or value == edges[-1]
        counts[place] += 1
    return counts


def planes(numbers):
    return numbers.map(lambda values: np.array([values], np.float64))


WHOLE = planes(st.lists(st.integers(-3000, 3000), min_size=1, max_size=40))
CLOSE = planes(st.lists(st.integers(-9, 9), min_size=1, max_size=40))
ANY = planes(st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), min_size=1, max_size=40))
NINTHS = planes(st.lists(st.integers(-90, 90).map(lambda n: n / 9), min_size=1, max_size=40))


@given(WHOLE | CLOSE | ANY | NINTHS)
def test_each_bin_holds_what_a_loop_finds_in_it(values):
    found = histogram(values)
    assert found.counts.tolist() == counted(values, found.bins.edges.tolist())


@given(WHOLE | CLOSE | ANY | NINTHS)
def test_every_number_is_counted_once(values):
    assert int(histogram(values).counts.sum()) == values.size


@given(CLOSE)
def test_few_whole_numbers_have_a_bin_each_around_them(values):
    found = histogram(values)
    middles = (found.bins.edges[:-1] + found.bins.edges[1:]) / 2
    assert middles.tolist() == list(range(int(values.min()), int(values.max()) + 1))
    for middle, count in zip(middles, found.counts, strict=True):
        assert count == sum(value == middle for value in values[0])


def test_all_bytes_have_256_bins():
    found = histogram(np.arange(256, dtype=np.uint8)[None])
    assert found.bins.edges.tolist() == [n - 0.5 for n in range(257)]
    assert found.counts.tolist() == [1] * 256


@given(WHOLE)
def test_many_whole_numbers_share_bins_that_all_have_room_for_as_many(values):
    bins = histogram(values).bins
    room = {float(side) for side in np.diff(bins.edges)}
    assert room == {float(bins.step)}
    assert len(bins.edges) - 1 <= BINS
    span = int(values.max() - values.min()) + 1
    assert (bins.step - 1) * BINS < span <= bins.step * BINS  # no wider than is needed


def test_other_numbers_have_256_bins_of_one_width_from_the_smallest_to_the_greatest():
    edges = histogram(np.array([[0.5, 10.0, 128.5]])).bins.edges
    assert len(edges) == BINS + 1
    assert edges.tolist() == [0.5 + n / 2 for n in range(257)]


def test_numbers_on_edges_belong_to_the_bin_that_begins_there():
    found = histogram(np.array([[0.5, 1.0, 1.5, 128.5]]))  # bins are half a number wide
    assert np.flatnonzero(found.counts).tolist() == [0, 1, 2, 255]


@pytest.mark.parametrize(("least", "most"), [(0.1, 0.7), (-1 / 3, 2 / 9), (1e-3, 7.0), (-0.3, 1e5)])
def test_no_number_at_an_edge_is_rounded_into_another_bin(least, most):
    edges = histogram(np.array([[least, most]])).bins.edges
    values = np.concatenate([edges, np.nextafter(edges[1:], -np.inf)])
    counts = [2] * BINS
    counts[-1] += 1
    assert histogram(values[None]).counts.tolist() == counts


@pytest.mark.parametrize(
    "values", [[0.3], [0.1 + 0.2, 0.3], [1e30, 1e30], [1e-300, 2e-300, 5e-324]]
)
def test_numbers_that_cannot_be_told_apart_are_still_counted(values):
    found = histogram(np.array([values]))
    assert int(found.counts.sum()) == len(values)
    assert found.bins.edges[0] <= min(values) <= max(values) <= found.bins.edges[-1]


@given(WHOLE)
def test_smallest_greatest_and_mean_are_those_of_all_numbers(values):
    found, exact = histogram(values), [Fraction(value) for value in values[0].tolist()]
    assert (found.least, found.most) == (min(exact), max(exact))
    assert found.mean == float(sum(exact) / len(exact))


def test_channels_are_counted_in_the_same_bins():
    red, green = np.array([[0, 1]], np.uint8), np.array([[7, 7]], np.uint8)
    found = histograms([lambda: [red], lambda: [green]])
    assert [each.counts.tolist() for each in found] == [
        [1, 1, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 2],
    ]
    assert [(each.least, each.most, each.mean) for each in found] == [(0, 1, 0.5), (7, 7, 7.0)]


@given(working_benches())
def test_blocks_are_counted_as_the_whole_map_is(bench):
    values = bench.on_demand("feature_map")
    rows, columns = values.shape
    one = histograms([lambda: [values[row : row + 1, 0:columns] for row in range(rows)]])[0]
    whole = histogram(bench.feature_map())
    assert np.array_equal(one.bins.edges, whole.bins.edges)
    assert np.array_equal(one.counts, whole.counts)


def test_a_large_map_is_counted_in_bands_and_none_of_it_is_left_out(rng):
    image = Image(rng.integers(0, 256, (1, 700, 800), np.uint8))
    bench = ConvolutionBench(image, Kernel.of([[1, 0, -1]]))
    assert bench.large
    values = bench.values("feature_map")
    assert isinstance(values, OnDemand)
    bands = list(in_bands(values))
    assert len(bands) > 1
    assert max(band.size for band in bands) <= LARGE
    assert np.array_equal(np.concatenate(bands), bench.feature_map())
    found = histograms([lambda: in_bands(values)])[0]
    assert int(found.counts.sum()) == 700 * 798
