"""A kernel: what it is made of, and what it does to a flat picture."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.lab.kernel import MAX_SIDE, Kernel
from tests.lab.benches import kernels, pairs

NINTH = Kernel.of([["1/9"] * 3] * 3)


def placed(kernel):
    """List the weights that are not 0 by their place, counted from the anchor of the kernel."""
    middle = ((kernel.height - 1) // 2, (kernel.width - 1) // 2)
    return {
        (row - middle[0], column - middle[1]): cell
        for row, line in enumerate(kernel.cells[0])
        for column, cell in enumerate(line)
        if cell
    }


def test_cells_are_kept_as_the_fractions_that_were_typed():
    kernel = Kernel.of([["1/9", "0,1", -1, 0.5]], divisor="1/3", bias="-0.5")
    assert kernel.cells == ((tuple(map(Fraction, ("1/9", "1/10", "-1", "1/2"))),),)
    assert (kernel.divisor, kernel.bias) == (Fraction(1, 3), Fraction(-1, 2))


def test_its_sizes_are_channels_rows_and_columns():
    kernel = Kernel.of([[1, 2, 3], [4, 5, 6]]).repeated(3)
    assert (kernel.channels, kernel.height, kernel.width) == (3, 2, 3)
    assert kernel.weights.shape == (3, 2, 3)
    assert kernel.weights[0].tolist() == [[1, 2, 3], [4, 5, 6]]


@given(kernels(channels=2))
def test_numerators_over_the_denominator_are_the_weights(kernel):
    whole = kernel.numerators
    assert (whole == np.round(whole)).all()
    flat = [Fraction(int(number), kernel.denominator) for number in whole.ravel()]
    assert flat == list(kernel.flat)


def test_many_unlike_denominators_do_not_overflow():
    primes = [number for number in range(900, 2100) if all(number % k for k in range(2, 46))]
    cells = [[f"1/{prime}" for prime in primes[row * 11 : row * 11 + 11]] for row in range(11)]
    kernel = Kernel.of(cells)
    given_back = kernel.numerators / kernel.denominator
    assert np.allclose(given_back, kernel.weights, rtol=1e-15)


@given(kernels(channels=2), st.integers(-9, 255))
def test_its_total_is_what_a_flat_picture_is_multiplied_with(kernel, flat):
    answer = sum(cell * flat for cell in kernel.flat) / kernel.divisor
    assert kernel.total * flat == answer


@given(kernels(most=3), st.integers(-5, 3), st.integers(4, 255), st.data())
def test_its_reach_holds_every_answer_and_is_reached(kernel, low, high, data):
    least, most = kernel.reach(Fraction(low), Fraction(high))
    parts = [cell / kernel.divisor for cell in kernel.flat]
    pixels = data.draw(st.lists(st.integers(low, high), min_size=len(parts), max_size=len(parts)))
    answer = sum(p * x for p, x in zip(parts, pixels, strict=True)) + kernel.bias
    assert least <= answer <= most
    extreme = [high if part > 0 else low for part in parts]
    assert most == sum(p * x for p, x in zip(parts, extreme, strict=True)) + kernel.bias
    extreme = [low if part > 0 else high for part in parts]
    assert least == sum(p * x for p, x in zip(parts, extreme, strict=True)) + kernel.bias


def test_a_kernel_grows_by_zeros_round_its_middle():
    grown = Kernel.of([[1, 2], [3, 4]]).resized(4, 4)
    assert [[int(cell) for cell in row] for row in grown.cells[0]] == [
        [0, 0, 0, 0],
        [0, 1, 2, 0],
        [0, 3, 4, 0],
        [0, 0, 0, 0],
    ]


def test_a_kernel_is_cut_round_its_middle():
    rows = [[10 * row + column for column in range(5)] for row in range(5)]
    cut = Kernel.of(rows).resized(3, 1)
    assert cut.cells[0] == ((12,), (22,), (32,))


@given(kernels(), pairs(0, 5))
def test_a_kernel_that_grew_and_is_cut_back_is_the_one_it_was(kernel, more):
    rows, columns = kernel.height, kernel.width
    assert kernel.resized(rows + more[0], columns + more[1]).resized(rows, columns) == kernel


@given(kernels(), pairs(1, MAX_SIDE), pairs(1, MAX_SIDE))
def test_weights_stay_where_they_are_whatever_sizes_come_between(kernel, between, last):
    stepped, straight = kernel.resized(*between).resized(*last), kernel.resized(*last)
    assert placed(stepped).items() <= placed(straight).items() <= placed(kernel).items()


def test_a_kernel_for_three_channels_keeps_the_brightness():
    colour = NINTH.repeated(3)
    assert colour.channels == 3
    assert colour.divisor == 3
    assert colour.total == NINTH.total == 1


def test_a_kernel_for_as_many_channels_as_it_has_is_itself():
    assert NINTH.repeated(1) is NINTH


def test_equal_weights_make_equal_kernels():
    assert Kernel.of([["0.5"]]) == Kernel.of([["1/2"]])
    assert hash(Kernel.of([["0.5"]])) == hash(Kernel.of([["1/2"]]))
    assert Kernel.of([[1]]) != Kernel.of([[1]], divisor=2)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([[1] * 12], "A kernel has 1 to 11 rows and columns; 1 × 12 is not possible"),
        ([[1]] * 12, "A kernel has 1 to 11 rows and columns; 12 × 1 is not possible"),
        ([], "A kernel has 1 to 11 rows and columns; 0 × 0 is not possible"),
        ([[]], "A kernel has 1 to 11 rows and columns; 1 × 0 is not possible"),
        ([[1, 2], [3]], "All rows of a kernel must have the same length"),
        ([["one"]], "“one” is not a number; write it like -1, 0.5 or 1/9"),
    ],
)
def test_what_is_no_kernel_is_refused_in_a_sentence(rows, sentence):
    with pytest.raises(ValueError, match="^" + sentence.replace("(", r"\(") + "$"):
        Kernel.of(rows)


def test_slices_of_unlike_shape_are_refused():
    one, two = Kernel.of([[1]]).cells[0], Kernel.of([[1, 2]]).cells[0]
    with pytest.raises(ValueError, match="same length"):
        Kernel((one, two))


def test_a_kernel_without_slices_is_refused():
    with pytest.raises(ValueError, match="A kernel has"):
        Kernel(())


def test_a_divisor_of_zero_is_refused():
    with pytest.raises(ValueError, match="Dividing by 0 has no meaning"):
        Kernel.of([[1]], divisor=0)
