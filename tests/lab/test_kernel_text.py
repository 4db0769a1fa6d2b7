"""A kernel as text: pasted from anywhere, and what is copied out is read back equal."""

import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.kernel_text import FORMS, block_from_text, kernel_text
from tests.facts import fact
from tests.lab.benches import kernels


def read(text):
    """Return the rows of the only slice, as numbers."""
    block = block_from_text(text)
    (plane,) = block.cells
    return [[float(cell) for cell in row] for row in plane]


def refusal(text):
    with pytest.raises(ValueError, match=" ") as refused:
        block_from_text(text)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 200
    return str(refused.value)


# writing and reading back

weights = st.fractions(-(10**9), 10**9, max_denominator=10**9)


@st.composite
def any_kernels(draw):
    """Kernels of up to 11 x 11 x 3, with any weights the bench holds."""
    shape = [draw(st.integers(1, most)) for most in (3, 4, 4)]
    if draw(st.booleans()):
        shape[draw(st.integers(1, 2))] = 11
    drawn = draw(st.lists(weights | st.integers(-9, 9).map(Fraction), min_size=9, max_size=9))
    rng = np.random.default_rng(draw(st.integers(0, 9999)))
    chosen = rng.integers(0, 9, shape).tolist()
    cells = tuple(tuple(tuple(drawn[which] for which in row) for row in s) for s in chosen)
    return Kernel(cells, draw(weights.filter(bool)), draw(weights))


@pytest.mark.parametrize("form", FORMS)
@given(kernel=any_kernels() | kernels() | kernels(channels=3))
def test_what_is_copied_out_is_read_back_exactly(form, kernel):
    block = block_from_text(kernel_text(kernel, form))
    assert block.kernel == kernel
    assert block.rounded == 0


SMALL = Kernel.of([[1, "1/9"], [-20, 0.5]], 3, "-1/2")


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("tabs", "1\t=1/9\n-20\t0.5\ndivisor\t3\nbias\t-0.5"),
        ("spaces", "  1 1/9\n-20 0.5\ndivisor 3\nbias -0.5"),
        ("python", "[[1, 1/9],\n [-20, 0.5]]  # divisor 3, bias -0.5"),
        ("numpy", "np.array([[1, 1/9],\n          [-20, 0.5]]) / 3  # bias -0.5"),
    ],
)
def test_a_kernel_is_written_in_four_ways(form, text):
    assert kernel_text(SMALL, form) == text


@pytest.mark.parametrize("form", FORMS)
def test_a_divisor_of_1_and_a_bias_of_0_are_not_mentioned(form):
    assert not re.search("divisor|bias|/", kernel_text(Kernel.of([[1, 2]]), form))


@pytest.mark.parametrize("form", ["python", "numpy"])
@given(kernel=kernels(channels=2))
def test_what_is_written_for_python_is_python(form, kernel):
    value = np.array(eval(kernel_text(kernel, form), {"np": np}), np.float64)
    expected = kernel.weights / (float(kernel.divisor) if form == "numpy" else 1)
    assert np.allclose(value, expected, rtol=1e-15)


def test_another_form_is_refused():
    with pytest.raises(ValueError, match="cannot be written as “xml”"):
        kernel_text(SMALL, "xml")


# pasting

SAME = [[1, 0, -1], [2, 0, -2]]


@pytest.mark.parametrize(
    "text",
    [
        "1\t0\t-1\n2\t0\t-2\n",
        "1\t0\t-1\r\n2\t0\t-2\r\n",
        "1 0 -1\n2 0 -2",
        "   1  0 -1  \n   2  0 -2  \n\n",
        "1\u00a00\u00a0\u22121\n2\u00a00\u00a0\u22122",
        "1 0 \u20131\n2 0 \u20132",
        "1, 0, -1\n2, 0, -2",
        "1,0,-1\n2,0,-2\n",
        "1, 0, -1,\n2, 0, -2,",
        "1;0;-1\n2;0;-2",
        "1 0 -1; 2 0 -2",
        "1, 0, -1; 2, 0, -2;",
        "1 0 -1 / 2 0 -2",
        "1 0 -1 /\n2 0 -2",
        "1 0 -1 /2 0 -2",
        "1,0,-1 / 2,0,-2",
        "| 1 | 0 | -1 |\n| 2 | 0 | -2 |",
        "|   |   |   |\n|---|:-:|--:|\n| 1 | 0 | -1 |\n| 2 | 0 | -2 |",
        "| a | b | c |\n| --- | --- | --- |\n| 1 | 0 | -1 |\n| 2 | 0 | -2 |",
        "[[1, 0, -1], [2, 0, -2]]",
        "[[1, 0, -1],\n [2, 0, -2],\n]",
        "kernel = [[1, 0, -1], [2, 0, -2]]  # a comment",
        "((1, 0, -1), (2, 0, -2))",
        "{{1, 0, -1}, {2, 0, -2}}",
        "static const float k[2][3] = {{1, 0, -1}, {2, 0, -2}};",
        "[1 0 -1; 2 0 -2]",
        "[1, 0, -1; 2, 0, -2]",
        "[1,0,-1;2,0,-2]",
        "[1 0 -1\n 2 0 -2]",
        "{1, 0, -1,\n 2, 0, -2};",
        "[1, 0, -1]\n[2, 0, -2]",
        "[[ 1.  0. -1.]\n [ 2.  0. -2.]]",
        "array([[ 1.,  0., -1.],\n       [ 2.,  0., -2.]], dtype=float32)",
        "np.array([[1, 0, -1], [2, 0, -2]], np.float32)",
        "K = numpy.asarray([[1, 0, -1], [2, 0, -2]], dtype=np.float64)",
        "tensor([[ 1.,  0., -1.],\n        [ 2.,  0., -2.]])",
        "[[np.float64(1.0), np.float64(0.0), np.float64(-1.0)], [2, 0, -2]]",
        "[[Fraction(1, 1), Fraction(0, 1), Fraction(-1, 1)], [2, 0, -2]]",
        "1 & 0 & -1 \\\\\n2 & 0 & -2 \\\\",
        "\\begin{bmatrix} 1 & 0 & -1 \\\\ 2 & 0 & -2 \\end{bmatrix}",
        "$$\\left[\\begin{array}{ccc}\n1 & 0 & -1 \\\\ \\hline\n2 & 0\n & -2\\end{array}\\right]$$",
        "\\begin{pmatrix}1&0&-1\\\\[2pt]2&0&-2\\end{pmatrix}",
    ],
)
def test_a_block_is_read_however_it_is_written(text):
    block = block_from_text(text)
    assert read(text) == SAME
    assert (block.divisor, block.bias, block.rounded) == (1, 0, 0)


@pytest.mark.parametrize(
    "text", ["0,5\t-1,25\n1/9\t1e-3", "0,5;-1,25\n1/9;1e-3", "| 0,5 | -1,25 |\n| 1/9 | 1e-3 |"]
)
def test_a_comma_is_a_decimal_one_where_tabs_or_semicolons_separate(text):
    ((first, second),) = block_from_text(text).cells
    assert first == (Fraction(1, 2), Fraction(-5, 4))
    assert second == (Fraction(1, 9), Fraction(1, 1000))


@pytest.mark.parametrize("name", fact("kernels.names"))
def test_the_seven_kernels_as_articles_print_them(name):
    rows = fact(f"kernels.{name}.rows")
    assert read(" / ".join(" ".join(map(str, row)) for row in rows)) == rows


@pytest.mark.parametrize(
    "text",
    [
        "1/9 * [[1, 1], [1, 1]]",
        "1/9 [[1, 1], [1, 1]]",
        "(1/9) * np.array([[1, 1], [1, 1]])",
        "np.array([[1, 1], [1, 1]]) / 9",
        "k = np.array([[1, 1], [1, 1]]) * (1/9)",
        "1/9 ×\n1 1\n1 1",
        "\\frac{1}{9} \\begin{bmatrix} 1 & 1 \\\\ 1 & 1 \\end{bmatrix}",
        "\\frac19\\begin{bmatrix} 1 & 1 \\\\ 1 & 1 \\end{bmatrix}",
        "1 1\n1 1\ndivisor: 9",
        "1\t1\n1\t1\nDivisor\t9",
    ],
)
def test_a_factor_before_the_block_and_a_divisor_behind_it_are_the_divisor(text):
    assert block_from_text(text).kernel == Kernel.of([[1, 1], [1, 1]], 9)


def test_one_ninth_alone_is_a_weight():
    assert block_from_text(" 1 / 9 ").kernel == Kernel.of([["1/9"]])
    assert block_from_text("1 / 9\n2 / 9").kernel == Kernel.of([["1/9"], ["2/9"]])
    assert block_from_text("[1 / 9, 2 / 9]").kernel == Kernel.of([["1/9", "2/9"]])


@pytest.mark.parametrize(
    "text",
    [
        "[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]",
        "array([[[1, 2],\n        [3, 4]],\n\n       [[5, 6],\n        [7, 8]]])",
        "1 2\n3 4\n\n5 6\n7 8",
        "slice 1\n1 2\n3 4\nslice 2\n5 6\n7 8",
    ],
)
def test_what_is_nested_three_deep_is_slices(text):
    assert block_from_text(text).kernel.weights.tolist() == [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]


def test_empty_lines_between_single_rows_mean_nothing():
    assert read("1 2\n\n3 4\n\n5 6") == [[1, 2], [3, 4], [5, 6]]


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 9999))
def test_what_numpy_prints_is_read(height, width, seed):
    rng = np.random.default_rng(seed)
    made = rng.integers(-99, 99, (height, width)) / 8
    for text in (str(made), repr(made), repr(made.tolist()), repr(made.astype(np.float32))):
        assert read(text) == made.tolist()


@given(st.integers(1, 3), st.integers(2, 4), st.integers(1, 4), st.integers(0, 9999))
def test_what_numpy_prints_of_slices_is_read(channels, height, width, seed):
    made = np.random.default_rng(seed).integers(-99, 99, (channels, height, width)) / 8
    for text in (str(made), repr(made), repr(made.tolist())):
        assert (block_from_text(text).kernel.weights == made).all()


def test_the_long_decimals_of_a_simple_fraction_are_that_fraction():
    block = block_from_text(repr([[1 / 9, 2 / 3, -1 / 16]]))
    assert block.cells[0][0] == (Fraction(1, 9), Fraction(2, 3), Fraction(-1, 16))
    assert block.rounded == 0


def test_long_decimals_with_a_comma_are_read_alike():
    block = block_from_text("0,1111111111111111\t0,12345678949")
    assert block.cells[0][0] == (Fraction(1, 9), Fraction(123456789, 10**9))


def test_what_is_finer_than_the_bench_is_rounded_and_counted():
    block = block_from_text("0.12345678949 -1e-17 0.5")
    assert block.cells[0][0] == (Fraction(123456789, 10**9), 0, Fraction(1, 2))
    assert block.rounded == 2


# refusing


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There are no numbers in this text"),
        (" \n\t\n", "There are no numbers in this text"),
        ("[[], []]", "There are no numbers in this text"),
        ("1 2 3\n4 5", "In row 2 there are 2 numbers, in row 1 3"),
        ("[[1], [2, 3]]", "In row 2 there are 2 numbers, in row 1 1"),
        ("1 2\nwide open", "In row 2: “wide” is not a number"),
        ("1\t2\n3\tfour", "In row 2: “four” is not a number"),
        ("[[1, nan]]", "In row 1: “nan” is not a number"),
        ("[[1 ... 3]\n [4 ... 6]]", "In row 1: “...” is not a number"),
        ("1\t\t3\n4\t5\t6", "In row 1 there is an empty cell"),
        ("1, , 3", "In row 1 there is an empty cell"),
        ("1 1/0", "“1/0” divides by zero"),
        ("1 2e9", "“2e9” is too large"),
        ("0,5 1,5 2,5", "put tabs or semicolons there"),
        ("0,5", "“0,5” may be one number or two"),
        (" ".join(["1"] * 12), "1 × 12 is not possible"),
        ("\n".join(["1 2"] * 12), "12 × 2 is not possible"),
        ("[[1, 2], [3, 4]", "A bracket is opened and never closed"),
        ("1, 2]]", "A bracket is closed that was never opened"),
        ("[[1, 2], 3]", "“, 3” stands outside of the brackets of a row"),
        ("[[[[1]], [[2]]], [[[3]], [[4]]]]", "nested deeper than slices, rows and cells"),
        ("[[[1, 2]], [[3]]]", "All slices must have the same size, not 1 × 2 and 1 × 1"),
        ("0 * [[1]]", "A factor or a divisor of 0 leaves nothing"),
        ("1 2\ndivisor 0", "A factor or a divisor of 0 leaves nothing"),
        ("1 2\ndivisor two", "“two” is not a number"),
        ("1/999999999 * [1] / 999999999", "The divisor is too large"),
        ("7" * 100_001, "this text has more"),
        (" " * 99_000, "There are no numbers in this text"),
        ("x" + " \t" * 40_000 + "x", "1 × 13 is not possible"),
        ("1\n" * 40_000, "A kernel has up to 11 rows; this text has many more"),
        ("slice 1", "There are no numbers in this text"),
        ("[" * 40_000 + "]" * 40_000, "nested deeper than slices, rows and cells"),
    ],
)
def test_what_is_no_kernel_is_refused_with_the_row_or_the_word(text, sentence):
    assert sentence in refusal(text)


WORDS = ("slice 1\n", "divisor ", "bias 2", "np.array(", "dtype=", "\\frac", "Fraction(1, 2)")


@given(
    st.lists(
        st.sampled_from([*"0123456789+-.,;/|&[](){}\\*# \n\t=x", "1 ", "\\begin{matrix}", *WORDS]),
        max_size=25,
    ).map("".join)
    | st.text(max_size=20)
)
def test_whatever_is_pasted_is_a_kernel_or_a_sentence(text):
    try:
        kernel = block_from_text(text).kernel
    except ValueError as refused:
        said = str(refused)
    else:
        said = f"A kernel of {kernel.height} rows."
    assert said[0].isupper() or said[0] == "“"


def test_words_before_a_bracket_are_passed_over():
    assert (
        block_from_text("the filter is: [[1, 2], [3, 4]]").cells
        == Kernel.of([[1, 2], [3, 4]]).cells
    )
