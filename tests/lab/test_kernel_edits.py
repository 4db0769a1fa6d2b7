"""What is done to a whole kernel."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.kernel_edits import (
    SYMMETRIES,
    mirrored,
    negated,
    normalised,
    partners,
    random_kernel,
    scaled,
    transposed,
    turned,
    with_weights,
    zeroed,
)
from tests.facts import fact
from tests.lab.benches import WEIGHTS, kernels

anything = kernels() | kernels(channels=3)
STEPS = Kernel.of([[1, 2, 3], [4, 5, 6]])


def rows(kernel, channel=0):
    return [[int(cell) for cell in row] for row in kernel.cells[channel]]


def test_a_quarter_turn_goes_clockwise():
    assert rows(turned(STEPS, 1)) == [[4, 1], [5, 2], [6, 3]]


def test_half_a_turn():
    assert rows(turned(STEPS, 2)) == [[6, 5, 4], [3, 2, 1]]


def test_top_and_bottom_are_swapped():
    assert rows(mirrored(STEPS, down=True)) == [[4, 5, 6], [1, 2, 3]]


def test_left_and_right_are_swapped():
    assert rows(mirrored(STEPS, down=False)) == [[3, 2, 1], [6, 5, 4]]


def test_rows_and_columns_are_swapped():
    assert rows(transposed(STEPS)) == [[1, 4], [2, 5], [3, 6]]


@given(anything)
def test_four_quarters_are_none(kernel):
    assert turned(kernel, 4) == turned(kernel, 0) == kernel
    assert turned(turned(kernel, 1), 3) == turned(turned(kernel, -1), 1) == kernel


@given(anything)
def test_turns_and_mirrors_agree_with_each_other(kernel):
    assert turned(kernel, 2) == mirrored(mirrored(kernel, down=True), down=False)
    assert turned(kernel, 1) == mirrored(transposed(kernel), down=False)
    assert transposed(transposed(kernel)) == negated(negated(kernel)) == kernel


@given(kernels(channels=3), st.integers(0, 3))
def test_every_slice_is_turned_and_nothing_else_changes(kernel, quarters):
    made = turned(kernel, quarters)
    assert (made.divisor, made.bias) == (kernel.divisor, kernel.bias)
    for channel in range(3):
        plane = np.array(kernel.cells[channel], object)
        assert (np.array(made.cells[channel], object) == np.rot90(plane, -quarters)).all()


def test_the_curve_detector_turned_and_mirrored_is_eight_different_ones():
    curve = Kernel.of(fact("curve.kernel"))
    both = (curve, mirrored(curve, down=False))
    made = {turned(each, quarters) for each in both for quarters in range(4)}
    assert len(made) == fact("kernels.curve_detectors")


@given(anything)
def test_negating_changes_every_weight_but_not_the_bias(kernel):
    made = negated(kernel)
    assert [-cell for cell in kernel.flat] == list(made.flat)
    assert (made.divisor, made.bias) == (kernel.divisor, kernel.bias)


@given(anything, st.sampled_from(WEIGHTS))
def test_scaling_multiplies_every_weight(kernel, factor):
    made = scaled(kernel, factor)
    assert [cell * factor for cell in kernel.flat] == list(made.flat)
    assert (made.divisor, made.bias) == (kernel.divisor, kernel.bias)


@pytest.mark.parametrize("factor", ["1000000000", "1/1000000000"])
def test_scaling_beyond_what_the_bench_holds_is_refused(factor):
    with pytest.raises(ValueError, match="A weight is too "):
        scaled(Kernel.of([["1.5", "1/7"]]), Fraction(factor))


# normalising


@given(anything)
def test_a_normalised_kernel_keeps_brightness_exactly(kernel):
    assume(kernel.total)
    made = normalised(kernel)
    assert made.total == 1
    assert (made.cells, made.bias) == (kernel.cells, kernel.bias)


@given(anything)
def test_with_a_sum_of_0_the_magnitudes_come_to_1(kernel):
    kernel = Kernel(
        tuple((*plane, *negated(kernel).cells[c]) for c, plane in enumerate(kernel.cells))
    )
    assume(any(kernel.flat))
    made = normalised(kernel)
    assert sum(abs(cell) for cell in made.flat) / made.divisor == 1
    assert made.cells == kernel.cells


@given(kernels(channels=3))
def test_apart_every_slice_comes_to_1_by_itself(kernel):
    assume(any(kernel.flat))
    made = normalised(kernel, each_channel=True)
    for channel in range(3):
        before, after = kernel.alone(channel), made.alone(channel)
        if before.total:
            assert after.total == 1
        elif any(before.flat):
            assert sum(map(abs, after.flat)) / after.divisor == 1
        else:
            assert after.cells == before.cells


def test_apart_equal_sums_change_only_the_divisor():
    slices = (STEPS.cells[0], turned(STEPS, 2).cells[0])
    made = normalised(Kernel(slices), each_channel=True)
    assert (made.cells, made.divisor) == (slices, 21)


@pytest.mark.parametrize("each_channel", [False, True])
def test_nothing_cannot_be_normalised(each_channel):
    with pytest.raises(ValueError, match="All weights are 0; there is nothing to normalise"):
        normalised(Kernel.of([[0, 0]]).repeated(3), each_channel)


def test_a_sum_too_fine_for_a_divisor_is_refused():
    with pytest.raises(ValueError, match="The divisor is too fine"):
        normalised(Kernel.of([["1/999999937", "1/999999929"]]))


# from nothing


@given(anything)
def test_an_empty_sheet_has_the_same_size_and_nothing_on_it(kernel):
    made = zeroed(kernel)
    assert made.weights.shape == kernel.weights.shape
    assert (any(made.flat), made.divisor, made.bias) == (False, 1, 0)


@given(anything, st.integers(0, 2**32))
def test_random_weights_are_whole_and_small_and_come_again(kernel, seed):
    made = random_kernel(kernel, seed)
    assert made.weights.shape == kernel.weights.shape
    assert set(made.flat) <= set(range(-3, 4))
    assert (made.divisor, made.bias) == (1, 0)
    assert random_kernel(kernel, seed) == made


def test_another_seed_gives_other_weights_and_all_of_them_occur():
    large = Kernel.of([[0] * 11] * 11)
    assert random_kernel(large, 1) != random_kernel(large, 2)
    assert set(random_kernel(large, 1).flat) == set(range(-3, 4))


# symmetry

ALIKE = {
    "none": lambda plane: [plane],
    "left_right": lambda plane: [plane, plane[:, ::-1]],
    "top_bottom": lambda plane: [plane, plane[::-1]],
    "both": lambda plane: [plane, plane[:, ::-1], plane[::-1]],
    "half_turn": lambda plane: [plane, plane[::-1, ::-1]],
    "diagonal": lambda plane: [plane, plane.T],
    "all": lambda plane: [plane, plane[::-1], plane[:, ::-1], plane.T, np.rot90(plane)],
}


@given(st.sampled_from(sorted(SYMMETRIES)), st.integers(1, 6), st.data())
def test_what_is_painted_in_a_symmetry_has_it(symmetry, side, data):
    row, column = data.draw(st.integers(0, side - 1)), data.draw(st.integers(0, side - 1))
    places = partners(side, side, row, column, symmetry)
    assert places[0] == (row, column)
    assert len(set(places)) == len(places)
    plane = with_weights(Kernel.of([[0] * side] * side), 0, places, Fraction(5)).weights[0]
    assert all((each == plane).all() for each in ALIKE[symmetry](plane))
    assert np.count_nonzero(plane) == len(places)


def test_a_place_off_every_axis_has_as_many_partners_as_the_symmetry_has_ways():
    counts = [len(partners(5, 5, 0, 1, symmetry)) for symmetry in SYMMETRIES]
    assert dict(zip(SYMMETRIES, counts, strict=True)) == {
        **{"none": 1, "left_right": 2, "top_bottom": 2, "both": 4},
        **{"half_turn": 2, "diagonal": 2, "all": 8},
    }


def test_across_the_diagonal_of_a_rectangle_nothing_is_alike():
    assert partners(2, 3, 0, 2, "diagonal") == ((0, 2),)
    assert set(partners(2, 3, 0, 2, "all")) == {(0, 2), (0, 0), (1, 2), (1, 0)}


def test_an_unknown_symmetry_is_refused():
    with pytest.raises(ValueError, match="no symmetry called “round”"):
        partners(3, 3, 0, 0, "round")


def test_weights_are_set_in_one_slice_only():
    kernel = Kernel.of([[1, 2], [3, 4]]).repeated(2)
    made = with_weights(kernel, 1, [(0, 0), (1, 1)], Fraction(9))
    assert rows(made, 0) == [[1, 2], [3, 4]]
    assert rows(made, 1) == [[9, 2], [3, 9]]
    assert (made.divisor, made.bias) == (kernel.divisor, kernel.bias)
