"""What is typed into a cell becomes exactly that number, or is refused."""

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cnnstudio.lab.number import parse

SPACES = "\u2009\u202f\u00a0"  # such as between the thousands of 6 600
pieces = st.sampled_from([*"0123456789012345+-−.,,/∕eE _", *SPACES, "1/9", "0,5", "1e-3", "000"])
typed = st.lists(pieces, max_size=9).map("".join) | st.text(max_size=12)


def ungrouped(text):
    """Take the spaces out that stand before exactly three digits and behind a digit."""
    groups = re.split(f"[{SPACES}]", text)
    joined = groups[0]
    spaces = [letter for letter in text if letter in SPACES]
    for space, group in zip(spaces, groups[1:], strict=True):
        digits = 0
        while digits < len(group) and group[digits].isdecimal():
            digits += 1
        follows = digits == 3 and joined[-1:].isdecimal()
        joined += group if follows else space + group
    return joined


def side(text):
    """Read one side of a fraction with the decimal module, or return None."""
    text = text.strip()
    if "_" in text or re.search(r"\s|inf|nan|[.,].*[.,]", text, re.IGNORECASE):
        return None
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    if number and abs(number.as_tuple().exponent) > 150:
        return Fraction(0) if number.as_tuple().exponent < 0 else Fraction(10**99)
    return Fraction(number)


def meant(text):
    """Return the number that a text means, or None: the independent definition."""
    halves = re.split("[/∕]", ungrouped(text).replace("−", "-"))
    numbers = [side(half) for half in halves]
    if len(numbers) > 2 or None in numbers or 0 in numbers[1:]:
        return None
    return numbers[0] / (numbers[1] if len(numbers) > 1 else 1)


@given(typed)
@example("-1")
@example("0,5")
@example("-3/16")
@example("1e-3")
@example("1\u20090")
@example("1\u00a0000\u00a0000")
@example("1/-3")
@example("1,5/2.5")
def test_any_text_becomes_exactly_its_number_or_is_refused(text):
    number = meant(text)
    try:
        read = parse(text)
    except ValueError:
        read = None
    if read is not None:
        assert read == number
    elif number is not None:
        beyond = abs(number) > 10**9 or number.denominator > 10**9
        assert beyond or re.search(r"[eE][+-]?\d{3}", text)


@pytest.mark.parametrize("text", ["1\u00a00", "1\u20092", "10\u00a00\u00a0-1", "1\u00a00\u00a01"])
def test_numbers_with_a_space_between_never_melt_into_one(text):
    with pytest.raises(ValueError, match="is not a number"):
        parse(text)


@pytest.mark.parametrize("text", ["1\u00a0000", "1\u202f000", "1\u2009000"])
def test_thousands_may_have_their_space(text):
    assert parse(text) == 1000


def test_nine_ninths_are_one():
    assert sum(parse("1/9") for _ in range(9)) == 1
