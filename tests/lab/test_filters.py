"""The filter library: every file is a filter, and does what its sentence says."""

import json
from fractions import Fraction

import numpy as np
import pytest

from cnnstudio import resources
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filters import FAMILIES, filter_of, library
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from tests.facts import fact

STEMS = sorted(path.stem for path in (resources.ROOT / "filters").iterdir())


def answer(key, rows):
    """Let a filter slide over a picture whose edge is repeated."""
    kernel = library()[key].kernel
    tall, wide = kernel.height // 2, kernel.width // 2
    padding = (tall, tall, wide, wide)
    bench = ConvolutionBench(Image.of(rows), kernel, padding=padding, padding_mode="replicate")
    return bench.feature_map()


def turned(kernel):
    return tuple(tuple(tuple(reversed(row)) for row in reversed(plane)) for plane in kernel.cells)


# every file


def test_every_file_among_the_filters_is_a_filter():
    assert STEMS
    assert sorted(library()) == STEMS


def test_every_name_is_used_once():
    names = [each.name for each in library().values()]
    assert len(names) == len(set(names))


def test_no_two_filters_have_the_same_kernel():
    assert len({each.kernel for each in library().values()}) == len(library())


@pytest.mark.parametrize("key", STEMS)
def test_what_a_filter_does_is_a_sentence(key):
    assert library()[key].about.endswith(".")
    assert library()[key].about[0].isupper()


@pytest.mark.parametrize("key", STEMS)
def test_a_filter_stands_in_a_family(key):
    assert library()[key].family in FAMILIES


@pytest.mark.parametrize("key", STEMS)
def test_a_file_holds_what_a_filter_is_made_of_and_no_more(key):
    entry = json.loads(resources.text(f"filters/{key}.json"))
    assert {"name", "family", "about", "rows"} <= set(entry)
    assert set(entry) <= {"name", "family", "about", "rows", "divisor", "bias"}


def test_filters_stand_family_by_family():
    order = [FAMILIES.index(each.family) for each in library().values()]
    assert order == sorted(order)


@pytest.mark.parametrize("key", STEMS)
def test_a_kernel_is_known_by_its_weights(key):
    found = library()[key]
    assert filter_of(found.kernel) is found
    assert filter_of(found.kernel.with_weight(0, 0, 0, Fraction(97))) is None


@pytest.mark.parametrize("key", STEMS)
def test_a_flat_picture_is_multiplied_with_the_total(key):
    found = library()[key].kernel
    expected = float(100 * found.total + found.bias)
    assert np.unique(answer(key, [[100] * 15] * 15)).tolist() == [expected]


# the seven kernels of the article

SEVEN = fact("kernels.names")
TURNING = [key for key in STEMS if key.startswith(("sobel", "emboss"))]


@pytest.mark.parametrize("key", SEVEN)
def test_the_library_holds_the_kernel_as_printed(key):
    printed = Kernel.of(fact(f"kernels.{key}.rows"), fact(f"kernels.{key}.divisor"))
    assert library()[key].kernel == printed


@pytest.mark.parametrize("key", SEVEN)
def test_its_sum_is_the_printed_one(key):
    assert library()[key].kernel.total == fact(f"kernels.{key}.sum")


@pytest.mark.parametrize("key", SEVEN)
def test_its_range_is_the_printed_one(key):
    low, high = map(Fraction, fact("image.range"))
    assert library()[key].kernel.reach(low, high) == fact(f"kernels.{key}.range")


@pytest.mark.parametrize("key", SEVEN)
def test_a_flat_picture_becomes_the_printed_number(key):
    assert np.unique(answer(key, [[fact("kernels.flat")] * 5] * 5)) == fact(f"kernels.{key}.flat")


@pytest.mark.parametrize("key", SEVEN)
def test_a_step_becomes_the_printed_row(key):
    made = answer(key, [fact("kernels.step")] * 5)
    assert made.tolist() == [fact(f"kernels.{key}.step")] * 5


@pytest.mark.parametrize("key", SEVEN)
def test_it_is_separable_just_if_it_is_said_to_be(key):
    rank = np.linalg.matrix_rank(library()[key].kernel.weights[0])
    assert (rank == 1) == fact(f"kernels.{key}.separable")


@pytest.mark.parametrize("key", SEVEN)
def test_it_looks_the_same_turned_by_half_a_circle(key):
    kernel = library()[key].kernel
    assert (turned(kernel) == kernel.cells) == fact("kernels.turned")


@pytest.mark.parametrize("key", TURNING)
def test_sobel_and_emboss_show_a_turn(key):
    kernel = library()[key].kernel
    assert turned(kernel) != kernel.cells


def test_edge_one_is_blind_to_straight_edges_and_answers_slanting_ones():
    step = [fact("kernels.step")] * 4
    for rows in (step, [list(column) for column in zip(*step, strict=True)]):
        assert not answer("edge_1", rows).any()
    slanting = [[255 * (column > row) for column in range(4)] for row in range(4)]
    assert answer("edge_1", slanting).any()


@pytest.mark.parametrize("key", ["edge_3", "sharpen"])
def test_a_kernel_is_the_sum_of_others_as_is_said(key):
    def over_divisor(name):
        kernel = library()[name].kernel
        return np.array(kernel.cells, object) / kernel.divisor

    parts = fact(f"kernels.{key}.equals").items()
    together = sum(times * over_divisor(name) for name, times in parts)
    assert (together == over_divisor(key)).all()


def test_the_library_holds_the_curve_detector_and_the_cross():
    curve = Kernel.of(fact("curve.kernel"))
    cross = Kernel.of(fact("convolution.binary_5x5.kernel"))
    assert filter_of(curve).key == "curve_detector"
    assert filter_of(cross).key == "cross_five"
