"""Numbers as people write and read them."""

import math
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cnnstudio.lab.number import (
    MINUS,
    THIN,
    TIMES,
    factor,
    parse,
    shown,
    size,
    write,
    write_cell,
    write_weight,
)

fractions = st.fractions(-(10**9), 10**9, max_denominator=10**9)
floats = st.floats(allow_nan=False, allow_infinity=False, width=32)


def figures(text):
    """Count the significant digits of a number as written."""
    return len(text.lstrip(MINUS).replace(THIN, "").replace(".", "").lstrip("0"))


# reading


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", Fraction(3)),
        ("-1", Fraction(-1)),
        ("\u22121", Fraction(-1)),
        ("+7", Fraction(7)),
        ("0.5", Fraction(1, 2)),
        ("0,5", Fraction(1, 2)),
        (".5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("1/9", Fraction(1, 9)),
        ("1\u22159", Fraction(1, 9)),
        (" 1 / 9 ", Fraction(1, 9)),
        ("-1/-9", Fraction(1, 9)),
        ("1,5/2", Fraction(3, 4)),
        ("1e-3", Fraction(1, 1000)),
        ("2E3", Fraction(2000)),
        ("6\u2009600", Fraction(6600)),
        ("1000000000", Fraction(10**9)),
    ],
)
def test_a_number_is_read_as_typed(text, value):
    assert parse(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "x", "1/", "/9", "1//9", "--1", "1.2.3", "1,000,000", "0x10", "nan", "inf"),
        *("1e", ".", "1e999", "1 2", "1/2/3", "½", "1\n2", "None", "=1+1", "1_000", "\u2212"),
    ],
)
def test_what_is_no_number_is_named_in_a_sentence_that_shows_how(text):
    with pytest.raises(ValueError, match=r"“.*” is not a number; write it like") as refusal:
        parse(text)
    assert f"“{' '.join(text.split())}”" in str(refusal.value)


@pytest.mark.parametrize("text", ["1/0", "0/0", "1/0.0", "5/-0"])
def test_dividing_by_zero_is_named(text):
    with pytest.raises(ValueError, match=f"“{text}” divides by zero"):
        parse(text)


@pytest.mark.parametrize("text", ["1000000001", "-1e10", "1e99", "1e-10", "1/1000000007", "1/1e99"])
def test_what_the_bench_cannot_hold_exactly_is_refused(text):
    with pytest.raises(ValueError, match=f"“{text}” is too "):
        parse(text)


@pytest.mark.parametrize("text", ["9" * 100_000, "0." + "0" * 100_000 + "1", "x" * 100_000])
def test_a_token_without_end_is_refused_in_a_short_sentence(text):
    with pytest.raises(ValueError, match="“") as refusal:
        parse(text)
    assert len(str(refusal.value)) < 200


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_number_or_a_sentence(text):
    said = ""
    try:
        assert abs(parse(text)) <= 10**9
    except ValueError as refusal:
        said = str(refusal)
    assert not said or said.startswith("“")  # one of the sentences above, not one of Python's


# writing


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (7.0, "7"),
        (-3, "\u22123"),
        (999, "999"),
        (1000, "1\u2009000"),
        (6600, "6\u2009600"),
        (-1500, "\u22121\u2009500"),
        (1234567, "1\u2009234\u2009567"),
        (0.2134, "0.2134"),
        (63.75, "63.75"),
        (191.25, "191.3"),
        (49.125, "49.13"),
        (40.625, "40.63"),
        (Fraction(81, 2000), "0.0405"),
        (1002.5, "1\u2009003"),
        (Fraction(1, 3), "0.3333"),
        (0.5, "0.5"),
        (-0.032, "\u22120.032"),
        (0.99996, "1"),
        (99.996, "100"),
        (999.96, "1\u2009000"),
        (-9999.7, "\u221210\u2009000"),
        (12345.6, "12\u2009346"),
        (0.000123456, "0.0001235"),
        (math.inf, "∞"),
        (-math.inf, "\u2212∞"),
        (math.nan, "NaN"),
        (3.72008e-44, "3.72×10⁻⁴⁴"),
        (-9.9999e-7, "\u22121×10⁻⁶"),
        (2.5e20, "2.5×10²⁰"),
    ],
)
def test_a_number_is_written_as_the_looks_say(value, text):
    assert write(value) == text


@given(floats | fractions)
def test_a_number_that_is_not_whole_has_at_most_four_figures(value):
    text = write(value)
    if value != int(value) and TIMES not in text:
        assert figures(text) <= 4 or abs(value) >= 1000
        assert not text.endswith("0") or "." not in text


@given(st.integers(-(10**14), 10**14))
def test_a_whole_number_is_written_whole(value):
    assert shown(write(value)) == value


@given(floats | fractions)
@example(0.00049999)
@example(999.95)
def test_what_is_written_is_the_number_to_four_figures(value):
    assert abs(shown(write(value)) - Fraction(value)) <= abs(Fraction(value)) * Fraction(501, 10**6)


@given(floats | fractions)
def test_what_is_written_without_thin_spaces_is_the_same_number(value):
    assert write(value, thin=False) == write(value).replace(THIN, "")


@given(floats | fractions)
def test_nothing_is_minus_zero_and_every_minus_is_a_true_one(value):
    for text in (write(value), write_cell(value)):
        assert "-" not in text
        assert text.startswith(MINUS) == (value < 0 and shown(text.split("e")[0]) != 0)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1500, "1500"),
        (-1500.4, "\u22121500"),
        (1e-5, "0.00"),
        (-0.0049, "0.00"),
        (0, "0"),
        (-0.0, "0"),
        (0.0051, "0.0051"),
        (9_999_999, "9999999"),
        (12_340_000, "1.234e7"),
        (-2e9, "\u22122e9"),
        (9_999_999.7, "1e7"),
        (99_999_999, "1e8"),
        (math.inf, "∞"),
        (-math.inf, "\u2212∞"),
        (math.nan, "NaN"),
    ],
)
def test_a_cell_is_short(value, text):
    assert write_cell(value) == text


@given(st.floats(-9_999_999, 9_999_999))
def test_a_cell_below_the_huge_ones_has_no_exponent_and_no_space(value):
    text = write_cell(value)
    assert set(text) <= set("0123456789." + MINUS)
    assert len(text) <= 8


@given(fractions)
def test_a_weight_is_written_so_that_it_reads_back_exactly(value):
    assert parse(write_weight(value)) == value


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("1/9", "1/9"),
        ("-1/9", "\u22121/9"),
        ("0.5", "0.5"),
        ("1/16", "0.0625"),
        ("1/256", "1/256"),
        ("0.12345", "0.12345"),
        ("-12345.5", "\u221212345.5"),
        ("30", "30"),
        ("1500", "1500"),
        ("0.0001", "0.0001"),
    ],
)
def test_a_weight_is_a_short_decimal_or_a_fraction(typed, text):
    assert write_weight(parse(typed)) == text


@given(st.fractions(max_denominator=10**12))
def test_a_weight_made_by_the_program_is_written_exactly_however_fine(value):
    assert shown(write_weight(value)) == value


@pytest.mark.parametrize(
    ("text", "bracketed"),
    [("3", "3"), ("\u22123", "(\u22123)"), ("1/9", "(1/9)"), ("2×10⁻⁷", "(2×10⁻⁷)")],
)
def test_a_factor_is_bracketed_where_it_would_be_misread(text, bracketed):
    assert factor(text) == bracketed


def test_sizes_have_spaces():
    assert size(26, 26, 1) == "26 × 26 × 1"
