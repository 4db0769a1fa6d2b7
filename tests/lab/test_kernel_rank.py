"""Of how many columns times rows a slice is the sum."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.kernel_facts import MOST_SLICES, kernel_facts
from cnnstudio.lab.kernel_rank import MOST_BITS, rank_of, vectors_of

BLACK, WHITE = Fraction(0), Fraction(255)
fractions = st.fractions(-9, 9, max_denominator=97)


def by_fractions(plane):
    """Gauss with fractions, as in a textbook."""
    rows, rank = [list(row) for row in plane], 0
    for column in range(len(rows[0])):
        pivots = [row for row in rows[rank:] if row[column]]
        if pivots:
            rows.remove(pivots[0])
            rows.insert(rank, pivots[0])
            for row in rows[rank + 1 :]:
                by = row[column] / pivots[0][column]
                row[:] = [a - by * b for a, b in zip(row, pivots[0], strict=True)]
            rank += 1
    return rank


@st.composite
def sums_of_products(draw):
    """Slices of every rank: few columns times rows, added up."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    made = [[Fraction(0)] * width for _ in range(height)]
    for _ in range(draw(st.integers(0, 4))):
        down = draw(st.lists(fractions, min_size=height, max_size=height))
        across = draw(st.lists(fractions, min_size=width, max_size=width))
        made = [
            [cell + a * b for cell, b in zip(row, across, strict=True)]
            for row, a in zip(made, down, strict=True)
        ]
    return tuple(map(tuple, made))


@given(sums_of_products())
def test_the_rank_is_that_of_elimination_with_fractions(plane):
    assert rank_of(plane) == by_fractions(plane)


@given(sums_of_products().filter(lambda plane: by_fractions(plane) <= 1))
def test_a_slice_of_rank_1_is_its_column_times_its_row(plane):
    down, across = vectors_of(plane)
    assert tuple(tuple(a * b for b in across) for a in down) == plane
    assert all(cell.denominator == 1 for cell in across)


def fine(digits):
    """A slice of two rows of so fine weights that they are no fractions of each other."""
    rows = [[Fraction(1, 10**digits + 3), Fraction(1)], [Fraction(1), Fraction(1, 7)]]
    return tuple(map(tuple, rows))


def test_weights_too_fine_are_not_worked_with():
    enough = len(str(1 << (MOST_BITS // 2)))
    assert rank_of(fine(enough - 20)) == 2
    assert rank_of(fine(enough + 20)) is None


def test_a_slice_too_fine_is_neither_separable_nor_not():
    found = kernel_facts(Kernel((fine(800), fine(1))), BLACK, WHITE)
    assert found.rank == (None, 2)
    assert found.vectors == (None, None)


@pytest.mark.parametrize("channels", [MOST_SLICES, MOST_SLICES + 1])
def test_of_many_slices_only_the_one_looked_at_is_worked_out(channels):
    kernel = Kernel(Kernel.of([[1, 2], [2, 4]]).cells * channels)
    found = kernel_facts(kernel, BLACK, WHITE)
    assert found.rank == ((1,) * channels if channels <= MOST_SLICES else ())
    assert found.separable is (channels <= MOST_SLICES)
    assert kernel_facts(kernel.alone(2), BLACK, WHITE).rank == (1,)
