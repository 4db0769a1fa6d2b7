"""Kernel B, the other of two: what a bench does with it, and what it never does."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.lab.bench_json import bench_from_json, bench_to_json
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filters import library
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.samples import sample_image
from tests.lab.benches import kernels, working_benches

SOBEL, BLUR = library()["sobel_x"].kernel, library()["box_blur"].kernel


@given(working_benches(), st.data())
def test_kernel_b_changes_no_number(bench, data):
    other = data.draw(kernels(bench.kernel.channels))
    compared = replace(bench, other=other)
    assert (compared.feature_map() == bench.feature_map()).all()
    assert compared.map_shape == bench.map_shape


@given(working_benches(), st.data())
def test_swapped_twice_all_is_as_before(bench, data):
    bench = replace(bench, other=data.draw(kernels(bench.kernel.channels)))
    once = replace(bench, **bench.swapped)
    assert (once.kernel, once.other) == (bench.other, bench.kernel)
    assert replace(once, **once.swapped) == bench


def test_without_a_kernel_b_there_is_nothing_to_swap():
    assert ConvolutionBench(Image.of([[1] * 4] * 4), SOBEL).swapped == {}


def test_kernel_b_needs_as_many_slices_as_the_picture_has_channels():
    with pytest.raises(ValueError, match="3 slices cannot slide over an image with 1 channel"):
        ConvolutionBench(Image.of([[1] * 4] * 4), SOBEL, other=BLUR.repeated(3))


def test_on_a_colour_picture_kernel_b_gets_as_many_slices_as_a():
    gray = ConvolutionBench(Image.of([[1] * 40] * 40), SOBEL, other=BLUR)
    bench = replace(gray, **gray.with_source(sample_image("parrot"), False))
    assert bench.other == BLUR.repeated(3)
    assert bench.other.divisor == 27


def test_apart_the_divisor_of_kernel_b_does_not_grow():
    parrot = sample_image("parrot")
    bench = ConvolutionBench(parrot, SOBEL.repeated(3), other=BLUR.repeated(3))
    apart = replace(bench, **bench.with_each_channel(True))
    assert apart.other.divisor == 9
    assert apart.alone(1).other == BLUR
    assert replace(apart, **apart.with_each_channel(False)) == bench


@given(working_benches(channels=1), st.data())
def test_a_bench_with_both_is_written_and_read_back(bench, data):
    other = data.draw(kernels())
    bench = replace(bench, other=other, flipped=data.draw(st.booleans()))
    assert bench_from_json(bench_to_json(bench)) == bench


def test_a_weight_lies_where_it_was_typed_or_opposite():
    kernel = Kernel.of([[1, 2, 3], [4, 5, 6]])
    bench = ConvolutionBench(Image.of([[1] * 4] * 4), kernel)
    assert bench.weight_at(0, 1) == (0, 1)
    turned = replace(bench, flipped=True)
    assert turned.weight_at(0, 0) == (1, 2)
    assert turned.applied.cells[0][0] == (Fraction(6), Fraction(5), Fraction(4))
    assert turned.kernel == kernel
