"""A kernel as JSON: what is written is read back, what is wrong is named."""

import json
from fractions import Fraction
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.kernel_json import kernel_from_json, kernel_to_json, rows_from_json
from tests.lab.benches import kernels


@given(kernels() | kernels(channels=3))
def test_a_kernel_that_was_written_is_read_back_equal(kernel):
    assert kernel_from_json(json.loads(json.dumps(kernel_to_json(kernel)))) == kernel


def test_a_gray_kernel_has_rows_and_a_colour_one_slices():
    gray = Kernel.of([[1, "1/9"]])
    assert kernel_to_json(gray) == {"rows": [[1, "1/9"]]}
    colour = kernel_to_json(Kernel(gray.cells * 2, Fraction(2), Fraction(-1, 2)))
    assert colour == {"slices": [[[1, "1/9"]]] * 2, "divisor": 2, "bias": "-1/2"}


def test_the_largest_divisor_grown_with_the_channels_is_read_back():
    kernel = Kernel.of([[1]], 10**9).repeated(3)
    assert kernel_from_json(kernel_to_json(kernel)) == kernel


def test_fine_slices_added_up_are_read_back():
    slices = [[["1/999999937"]], [["1/999999929"]], [["-1/999999893"]]]
    kernel = kernel_from_json({"slices": slices}).repeated(1)
    assert kernel.cells[0][0][0].denominator > 10**26
    assert kernel_from_json(kernel_to_json(kernel)) == kernel


def primes(count):
    """The largest prime numbers below a thousand million: together nothing is finer."""
    few = [n for n in range(2, 32_000) if all(n % d for d in range(2, int(n**0.5) + 1))]
    tried = range(10**9 - 1, 0, -2)
    return list(islice((n for n in tried if all(n % prime for prime in few)), count))


def test_the_oddest_weights_that_can_be_typed_are_read_back():
    odd = iter(primes(121))
    kernel = Kernel.of([[f"1/{next(odd)}" for _ in range(11)] for _ in range(11)])
    assert kernel_from_json(kernel_to_json(kernel)) == kernel


def test_as_many_fine_slices_as_there_can_be_added_up_are_read_back():
    kernel = Kernel(tuple(((Fraction(1, each),),) for each in primes(64))).repeated(1)
    assert kernel.cells[0][0][0].denominator > 10**570
    assert kernel_from_json(kernel_to_json(kernel)) == kernel


def test_no_kernel_is_written_that_would_not_be_read():
    for odd in (Fraction(10**12), Fraction(1, 10**580), Fraction(1, 3) / 10**576):
        with pytest.raises(ValueError, match="A number of a kernel is too"):
            kernel_to_json(Kernel((((odd,),),)))


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ({}, "Rows are 1 to 11 lists of 1 to 11 numbers"),
        ({"slices": []}, "A kernel has at least one slice"),
        ({"slices": {}}, "The slices of a kernel are a list of 1 to 64"),
        ({"slices": [[[1]]] * 65}, "The slices of a kernel are a list of 1 to 64"),
        ({"rows": [[1], [1, 2]]}, "All rows must have the same length"),
        ({"slices": [[[1]], [[1, 2]]]}, "All rows of a kernel must have the same length"),
        ({"rows": [[True]]}, "“True” is not a number"),
        ({"rows": [["1/0"]]}, "“1/0” divides by zero"),
        ({"rows": [[10**12]]}, "too large"),
        ({"rows": [[f"{10**12}/3"]]}, "too large"),
        ({"rows": [["1" * 800 + "/7"]]}, "too long"),
        ({"rows": [["1" + "0" * 400]]}, "too long"),
        ({"rows": [["1" + "0" * 400 + "/1"]]}, "A number of a kernel is too large"),
        ({"rows": [[1]], "divisor": 10**39}, "A number of a kernel is too large"),
        ({"rows": [[1]], "bias": -(10**39)}, "A number of a kernel is too large"),
        ({"rows": [["1/1" + "0" * 599]]}, "A number of a kernel is too fine"),
        ({"rows": [[f"1/{10**570 + each}" for each in range(3)]]}, "too fine together"),
        ({"rows": [[1]], "divisor": 0}, "Dividing by 0 has no meaning"),
        ({"rows": [[1]], "bias": None}, "“None” is not a number"),
    ],
)
def test_what_is_no_kernel_is_named(entry, sentence):
    with pytest.raises(ValueError, match=" ") as refused:
        kernel_from_json(entry)
    assert sentence in str(refused.value)


@given(st.integers(1, 4), st.integers(1, 4))
def test_a_block_of_rows_is_passed_on_as_it_is(height, width):
    rows = [[f"{row}.{column}" for column in range(width)] for row in range(height)]
    assert rows_from_json(rows, 4) == rows
