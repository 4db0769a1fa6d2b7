"""Two kernels compared: the difference of the maps is the map of the difference."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cnnstudio.lab.comparison import (
    difference,
    difference_bench,
    greatest,
    of_one_size,
    side_by_side,
)
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from tests.lab.benches import kernels, working_benches


@given(working_benches(), st.data())
def test_the_difference_bench_shows_a_less_b(bench, data):
    other = data.draw(kernels(bench.kernel.channels))
    bench = replace(bench, other=other)
    assume(all(difference_bench(bench).map_shape))
    a, b = side_by_side(bench)
    found = difference_bench(bench).feature_map()
    assert a.map_shape == b.map_shape == found.shape
    parts = np.abs(a.feature_map()) + np.abs(b.feature_map())
    size = np.abs(bench.image.pixels.astype(float)).max() * 400
    assert (np.abs(found - (a.feature_map() - b.feature_map())) <= (parts + size) * 1e-12).all()


def test_weights_divisors_and_biases_are_all_taken_in():
    a = Kernel.of([[1, 2], [3, 4]], divisor=2, bias=5)
    b = Kernel.of([[3, 0], [0, 3]], divisor=3, bias=7)
    made = difference(a, b)
    halves = [Fraction(1, 2) - 1, Fraction(1), Fraction(3, 2), Fraction(2) - 1]
    assert list(made.flat) == halves
    assert (made.divisor, made.bias) == (1, -2)


def test_the_smaller_kernel_is_filled_up_with_zeros_round_its_middle():
    small, large = of_one_size(Kernel.of([[5]]), Kernel.of([[1] * 3] * 3))
    assert small == Kernel.of([[0, 0, 0], [0, 5, 0], [0, 0, 0]])
    assert large == Kernel.of([[1] * 3] * 3)


def test_two_equal_kernels_differ_nowhere():
    bench = ConvolutionBench(Image.of([[3, 1], [4, 1]]), Kernel.of([[2]]), other=Kernel.of([[2]]))
    assert greatest(difference_bench(bench)) == (0.0, (0, 0, 0), 4)


@given(working_benches())
def test_the_greatest_number_is_the_first_one_farthest_from_0(bench):
    maps = [bench.alone(c) for c in range(bench.kernel.channels)] if bench.apart else [bench]
    best, place, zeros = 0.0, (0, 0, 0), 0
    for channel, each in enumerate(maps):
        for at, number in np.ndenumerate(each.feature_map()):
            zeros += number == 0
            if abs(number) > abs(best):
                best, place = number, (channel, *at)
    assert greatest(bench) == (best, place, zeros)


def test_without_a_kernel_b_there_is_nothing_to_compare():
    bench = ConvolutionBench(Image.of([[1]]), Kernel.of([[1]]))
    for ask in (difference_bench, side_by_side):
        with pytest.raises(ValueError, match="no kernel B"):
            ask(bench)
