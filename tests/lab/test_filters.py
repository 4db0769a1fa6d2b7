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
