"""What stands beside a kernel: its sum, range, vectors and frequencies."""

import cmath
from fractions import Fraction
from math import gcd, pi

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.kernel_facts import frequency_response, kernel_facts, meaning
from tests.facts import fact
from tests.lab.benches import WEIGHTS, kernels

BLACK, WHITE = map(Fraction, fact("image.range"))


def facts(kernel):
    return kernel_facts(kernel, BLACK, WHITE)


@pytest.fixture(params=fact("kernels.names"))
def seven(request):
    """One of Karn's seven kernels, with its name."""
    name = request.param
    return name, Kernel.of(fact(f"kernels.{name}.rows"), fact(f"kernels.{name}.divisor"))


# the seven


def test_the_sum_and_the_range_of_the_seven(seven):
    name, kernel = seven
    found = facts(kernel)
    assert found.total == fact(f"kernels.{name}.sum")
    assert (found.least, found.most) == fact(f"kernels.{name}.range")


def test_a_flat_area_becomes_what_the_sum_says(seven):
    name, kernel = seven
    flat = Fraction(fact("kernels.flat"))
    assert facts(kernel).total * flat == fact(f"kernels.{name}.flat")


def test_which_of_the_seven_are_separable(seven):
    name, kernel = seven
    assert facts(kernel).separable == fact(f"kernels.{name}.separable")


def test_half_a_turn_changes_none_of_the_seven(seven):
    _, kernel = seven
    assert facts(kernel).same_turned == fact("kernels.turned")


def test_the_seven_say_what_they_do_to_flat_areas(seven):
    name, kernel = seven
    kept = fact(f"kernels.{name}.sum") == 1
    said = "keep their brightness" if kept else "become 0"
    assert facts(kernel).meaning == f"Sum {int(kept)}: flat areas {said}"


# separable


def test_sobel_x_is_a_blur_down_times_a_difference_across():
    kernel = Kernel.of([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    assert facts(kernel).vectors == (((1, 2, 1), (-1, 0, 1)),)


def test_sobel_y_is_a_difference_down_times_a_blur_across():
    kernel = Kernel.of([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])
    assert facts(kernel).vectors == (((-1, 0, 1), (1, 2, 1)),)


def test_the_curve_detector_is_not_separable_and_not_the_same_turned():
    found = facts(Kernel.of(fact("curve.kernel")))
    assert not found.separable
    assert not found.same_turned
    assert (found.nonzero, found.count) == (len(fact("curve.places")), 49)


sides = st.lists(st.sampled_from(WEIGHTS), min_size=1, max_size=5)


@given(sides, sides)
def test_a_column_times_a_row_is_found_again(column, row):
    cells = tuple(tuple(down * across for across in row) for down in column)
    found = facts(Kernel((cells,)))
    ((down, across),) = found.vectors
    assert tuple(tuple(a * b for b in across) for a in down) == cells
    assert found.rank == (1 if any(column) and any(row) else 0,)


@given(kernels(channels=2, most=4))
def test_separable_is_exactly_where_every_minor_is_zero(kernel):
    found = facts(kernel)
    for plane, vectors in zip(kernel.cells, found.vectors, strict=True):
        places = [(r, c) for r in range(kernel.height) for c in range(kernel.width)]
        minors = any(
            plane[a][b] * plane[c][d] != plane[a][d] * plane[c][b]
            for a, b in places
            for c, d in places
        )
        assert (vectors is None) == minors
        if vectors:
            down, across = vectors
            assert tuple(tuple(a * b for b in across) for a in down) == plane


@given(kernels(most=4))
def test_the_rank_is_how_many_products_are_needed(kernel):
    plane = [[float(cell) for cell in row] for row in kernel.cells[0]]
    assert facts(kernel).rank == (np.linalg.matrix_rank(np.array(plane)),)


@given(sides.filter(any), st.integers(1, 4))
def test_the_row_is_of_the_smallest_whole_numbers(row, height):
    ((_, across),) = facts(Kernel(((tuple(row),) * height,))).vectors
    assert all(cell.denominator == 1 for cell in across)
    assert gcd(*(int(cell) for cell in across)) == 1


# counting


@given(kernels(channels=3))
def test_weights_that_are_not_0_are_counted_over_all_slices(kernel):
    found = facts(kernel)
    assert found.count == 3 * kernel.height * kernel.width
    assert found.nonzero == np.count_nonzero(kernel.weights)


@given(kernels(channels=2))
def test_same_turned_is_what_half_a_turn_says(kernel):
    turned = kernel.weights[:, ::-1, ::-1]
    assert facts(kernel).same_turned == bool((turned == kernel.weights).all())


@pytest.mark.parametrize(
    ("total", "bias", "sentence"),
    [
        ("1", "0", "Sum 1: flat areas keep their brightness"),
        ("0", "0", "Sum 0: flat areas become 0"),
        ("0", "128", "Sum 0: flat areas become 0, then 128 is added"),
        ("2", "0", "Sum 2: flat areas become twice as bright"),
        ("9", "-10", "Sum 9: flat areas become 9 times as bright, then 10 is taken off"),
        ("1/3", "0", "Sum 1/3: flat areas become darker, 1/3 of their brightness"),
        ("-1", "255", "Sum −1: flat areas change their sign, then 255 is added"),
        ("-1/2", "0", "Sum −0.5: flat areas change their sign and are multiplied by 0.5"),
        (
            "12345/67891",
            "0",
            "Sum ≈ 0.1818: flat areas become darker, ≈ 0.1818 of their brightness",
        ),
    ],
)
def test_a_sum_says_what_it_means(total, bias, sentence):
    assert meaning(Fraction(total), Fraction(bias)) == sentence


# frequencies


@given(kernels(most=4) | kernels(channels=3, most=2), st.sampled_from((1, 3, 5, 9)))
def test_the_response_is_the_sum_that_defines_it(kernel, size):
    found = frequency_response(kernel, size)
    assert found.shape == (size, size)
    half = size // 2
    for row in range(size):
        for column in range(size):
            down, across = ((place - half) * pi / max(half, 1) for place in (row, column))
            answer = 0j
            for plane in kernel.cells:
                for r, line in enumerate(plane):
                    for c, weight in enumerate(line):
                        answer += float(weight) * cmath.exp(-1j * (down * r + across * c))
            expected = abs(answer) / abs(float(kernel.divisor))
            assert found[row, column] == pytest.approx(expected, abs=1e-9, rel=1e-9)


def test_the_middle_of_the_response_is_the_sum(seven):
    name, kernel = seven
    assert frequency_response(kernel)[32, 32] == pytest.approx(abs(fact(f"kernels.{name}.sum")))


def test_a_blur_lets_less_through_at_the_edges_and_the_laplacian_more():
    box = frequency_response(Kernel.of([[1] * 3] * 3, 9))
    laplacian = frequency_response(Kernel.of(fact("kernels.edge_2.rows")))
    assert box[32, 64] == pytest.approx(1 / 3)
    assert laplacian[0, 0] == pytest.approx(8)


def test_a_difference_across_answers_across_only():
    found = frequency_response(Kernel.of([[-1, 0, 1]]))
    assert found[:, 32] == pytest.approx(np.zeros(65))
    assert found[0, 48] == pytest.approx(2)


def test_a_response_without_a_middle_is_refused():
    with pytest.raises(ValueError, match="odd number of rows; 64 is not possible"):
        frequency_response(Kernel.of([[1]]), 64)


def test_a_sum_of_thousands_of_figures_is_told_in_four():
    odd = (Fraction(1, 10**9 - 1 - 2 * each) for each in range(8 * 121))
    planes = tuple(tuple(tuple(next(odd) for _ in range(11)) for _ in range(11)) for _ in range(8))
    found = facts(Kernel(planes))
    assert found.total.denominator > 10**4300  # which Python does not even write
    assert found.total == sum(cell for plane in planes for row in plane for cell in row)
    assert found.meaning.startswith("Sum ≈ 9.68×10⁻⁷: flat areas become darker")
