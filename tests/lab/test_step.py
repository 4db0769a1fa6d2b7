"""One number of a map, traced to what it was made of."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.stages import Pooling
from cnnstudio.lab.step import (
    convolution_step,
    pool_step,
    pooled_position,
    pooled_so_far,
    steps_per_position,
)
from tests.lab.benches import positions, working_benches
from tests.nn import loops


@st.composite
def visits(draw):
    """A bench and a position of its feature map."""
    bench = draw(working_benches())
    return bench, draw(positions(bench.map_shape))


@st.composite
def pool_visits(draw):
    """A bench and a position of its pooled map."""
    bench = draw(working_benches())
    assume(all(bench.pooled_shape))
    return bench, draw(positions(bench.pooled_shape))


def blocks(bench):
    """List, in reading order, which numbers of the map each pooled number is made of."""
    rows, columns = bench.map_shape
    places = [[(row, column) for column in range(columns)] for row in range(rows)]
    how = bench.pooling
    return [
        loops.block(places, row, column, how.size, how.stride, how.padding)
        for row in range(bench.pooled_shape[0])
        for column in range(bench.pooled_shape[1])
    ]


@given(visits())
def test_the_terms_add_up_to_the_number_in_the_map(visit):
    bench, position = visit
    step = convolution_step(bench, *position)
    products = sum(Fraction(term.pixel) * term.weight for term in step.terms)
    parts = sum(abs(Fraction(term.pixel) * term.weight) for term in step.terms)
    exact = products / step.divisor + step.bias
    slack = (parts / abs(step.divisor) + abs(step.bias)) * Fraction(1, 10**13)
    assert abs(Fraction(step.total) - exact) <= slack
    assert step.total == bench.feature_map()[position]
    assert (step.divisor, step.bias) == (bench.kernel.divisor, bench.kernel.bias)


@given(visits())
def test_there_is_a_term_for_every_weight_in_reading_order(visit):
    bench, position = visit
    step = convolution_step(bench, *position)
    kernel, turn = bench.kernel, -1 if bench.flipped else 1
    weights = [
        (channel, row, column)
        for channel in range(kernel.channels)
        for row in range(kernel.height)[::turn]
        for column in range(kernel.width)[::turn]
    ]
    assert [(term.channel, term.row, term.column) for term in step.terms] == weights
    assert [term.weight for term in step.terms] == [kernel.cells[c][i][j] for c, i, j in weights]
    assert len(step.terms) == steps_per_position(bench, "feature_map")


@given(visits())
def test_a_term_names_the_pixel_it_took(visit):
    bench, position = visit
    pixels = bench.image.pixels
    for term in convolution_step(bench, *position).terms:
        row, column = term.place
        # of a true convolution the last weight lies on the first pixel
        last = bench.kernel.height - 1, bench.kernel.width - 1
        down, across = (
            (last[0] - term.row, last[1] - term.column)
            if bench.flipped
            else (term.row, term.column)
        )
        assert row == position[0] * bench.stride[0] - bench.padding[0] + down * bench.dilation[0]
        left = position[1] * bench.stride[1] - bench.padding[2]
        assert column == left + across * bench.dilation[1]
        inside = 0 <= row < bench.image.height and 0 <= column < bench.image.width
        assert (term.source == term.place) if inside else (term.source != term.place)
        if term.source is None:
            assert bench.padding_mode == "zero"
            assert term.pixel == 0
        else:
            assert term.pixel == pixels[term.channel][term.source]


@given(pool_visits())
def test_a_pooled_number_names_the_block_it_came_from(visit):
    bench, position = visit
    step = pool_step(bench, *position)
    block = blocks(bench)[position[0] * bench.pooled_shape[1] + position[1]]
    assert list(step.places) == [place for place in block if place is not None]
    assert list(step.values) == [bench.activated()[place] for place in step.places]
    assert step.divisor == len(block) == steps_per_position(bench, "pooled_map")
    assert step.total == bench.pooled()[position]


@given(pool_visits())
def test_only_a_maximum_has_a_winner_and_it_is_the_first_of_equals(visit):
    bench, position = visit
    step = pool_step(bench, *position)
    if bench.pooling.kind == "max":
        assert step.winner == step.values.index(max(step.values))
    else:
        assert step.winner is None


@given(visits())
def test_a_number_of_the_map_knows_the_first_block_it_is_in(visit):
    bench, position = visit
    holding = [number for number, block in enumerate(blocks(bench)) if position in block]
    found = pooled_position(bench, *position)
    if not holding:
        assert found is None
    else:
        assert found == divmod(holding[0], bench.pooled_shape[1])


@given(working_benches(), st.integers(0, 100))
def test_pooled_numbers_appear_as_soon_as_their_block_is_there_and_in_order(bench, computed):
    rows, columns = bench.map_shape
    reading = [(row, column) for row in range(rows) for column in range(columns)]
    there = {None, *reading[:computed]}
    expected = 0
    for block in blocks(bench):
        if not set(block) <= there:
            break
        expected += 1
    assert pooled_so_far(bench, computed) == expected


@given(working_benches())
def test_the_whole_map_gives_the_whole_pooled_map(bench):
    rows, columns = bench.map_shape
    assert pooled_so_far(bench, rows * columns) == bench.pooled_shape[0] * bench.pooled_shape[1]
    assert pooled_so_far(bench, 0) == 0


def test_every_two_by_two_block_is_done_with_its_last_number():
    image = Image(np.zeros((1, 4, 4)))
    bench = ConvolutionBench(image, Kernel.of([[1]]), pooling=Pooling("max"))
    assert [pooled_so_far(bench, computed) for computed in (5, 6, 7, 8, 13, 14, 16)] == [
        *(0, 1, 1, 2),
        *(2, 3, 4),
    ]


def test_a_pooled_number_at_the_edge_waits_for_those_before_it():
    """Its block, cut off by the edge, is there before that of its forerunner is."""
    image, pooling = Image(np.zeros((1, 2, 3))), Pooling("max", (3, 3), (1, 1), (1, 1))
    bench = ConvolutionBench(image, Kernel.of([[1]]), pooling=pooling)
    assert bench.pooled_shape == (2, 3)
    assert [pooled_so_far(bench, computed) for computed in range(7)] == [0, 0, 0, 0, 0, 1, 6]


@pytest.mark.parametrize(("stage", "steps"), [("feature_map", 75), ("activation", 1)])
def test_a_five_by_five_filter_on_colour_makes_75_products(stage, steps):
    kernel = Kernel.of([[1] * 5] * 5).repeated(3)
    bench = ConvolutionBench(Image(np.zeros((3, 32, 32))), kernel)
    assert steps_per_position(bench, stage) == steps
