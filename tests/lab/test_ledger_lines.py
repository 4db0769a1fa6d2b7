"""Lines of the ledger as they are printed, letter by letter."""

from fractions import Fraction

import numpy as np
import pytest

from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.ledger import ledger
from cnnstudio.lab.line import SHORT
from cnnstudio.lab.number import write
from cnnstudio.lab.scene import shipped_scenes
from cnnstudio.lab.stages import Pooling
from tests.facts import fact
from tests.lab.evaluator import check, number, split, worked_out


def line(made):
    return "".join(span.text for span in made.line)


def gray(rows, kernel, **fields):
    return ConvolutionBench(Image.of(rows), kernel, **{"activation": "none", **fields})


@pytest.mark.parametrize(
    ("rows", "kernel", "text"),
    [
        ([[5, 3]], Kernel.of([[2, -1]]), "5×2 + 3×(−1) = 7"),
        ([[5, 3]], Kernel.of([[2, -1]], bias=-7), "5×2 + 3×(−1) + (−7) = 0"),
        (
            [[90] * 3] * 3,
            Kernel.of([[0] * 3, [1, 1, 1], [0] * 3], 9),
            "(90×1 + 90×1 + 90×1) ∕ 9 = 30",
        ),
        ([[1, 1]], Kernel.of([["1/3", "1/3"]]), "1×(1/3) + 1×(1/3) ≈ 0.6667"),
        ([[1, 0]], Kernel.of([[1, 5]], 3), "1×1 ∕ 3 ≈ 0.3333"),
        ([[0, 0]], Kernel.of([[1, 5]], 9, 2), "0 ∕ 9 + 2 = 2"),
        ([[0, 0]], Kernel.of([[1, 5]]), "0 = 0"),
        ([[1, 2]], Kernel.of([["0.1", "-0.05"]]), "1×0.1 + 2×(−0.05) = 0"),
        ([[-2, 0.1234567]], Kernel.of([[1, 2]]), "(−2)×1 + 0.1235×2 = −1.753"),
        ([[-2, 0.1234567]], Kernel.of([[1, 9]]), "(−2)×1 + 0.1235×9 ≈ −0.8889"),
        ([[1500]], Kernel.of([[2]]), "1\u2009500×2 = 3\u2009000"),
    ],
)
def test_a_line_is_printed_so(rows, kernel, text):
    assert line(ledger(gray(rows, kernel), "feature_map", (0, 0))) == text


def test_the_curve_on_its_detector_is_printed_as_in_the_article():
    bench = shipped_scenes()["curve_patch_1"].bench
    made = ledger(bench, "feature_map", (0, 0))
    weight, pixels = fact("curve.weight"), fact("curve.patch_1.pixels")
    total = write(fact("curve.patch_1.total"))
    assert line(made) == " + ".join(f"{pixel}×{weight}" for pixel in pixels) + f" = {total}"
    others = 49 - len(fact("curve.patch_1.products"))
    assert made.note == f"{len(pixels)} products, the other {others} are 0"


def test_the_other_patch_meets_no_weight():
    made = ledger(shipped_scenes()["curve_patch_2"].bench, "feature_map", (0, 0))
    assert line(made) == f"0 = {fact('curve.patch_2.total')}"
    assert made.note == "all 49 products are 0"


def test_the_running_sum_of_the_curve_grows_by_the_printed_products():
    bench = shipped_scenes()["curve_patch_1"].bench
    sums = [ledger(bench, "feature_map", (0, 0), done=done).result for done in range(1, 49)]
    grown = np.cumsum(fact("curve.patch_1.products")).tolist()
    assert list(dict.fromkeys(sums)) == ["0", *map(write, grown)]


@pytest.mark.parametrize("kind", fact("pooling.kinds"))
def test_the_pooling_example_adds_up_on_paper(kind):
    pooling = Pooling(kind, fact("pooling.window"), (fact("pooling.stride"),) * 2)
    bench = gray(fact("pooling.image"), Kernel.of([[1]]), pooling=pooling)
    for row, column in np.ndindex(2, 2):
        text, sign, total = split(line(ledger(bench, "pooled_map", (row, column))))
        assert sign == "="
        assert worked_out(text) == number(total) == Fraction(fact(f"pooling.{kind}")[row][column])


def test_numbers_that_cancel_leave_nothing_behind():
    bench = gray([[0.1, 0.2, -0.3]], Kernel.of([[1, 1, 1]]))
    assert line(ledger(bench, "feature_map", (0, 0))) == "0.1×1 + 0.2×1 + (−0.3)×1 = 0"
    for kind in ("sum", "average"):
        pooling = Pooling(kind, (1, 3), (1, 3))
        bench = gray([[0.1, 0.2, -0.3]], Kernel.of([[1]]), pooling=pooling)
        check(line(ledger(bench, "pooled_map", (0, 0))))
        assert ledger(bench, "pooled_map", (0, 0)).result == "0"


@pytest.mark.parametrize(
    ("activation", "pixel", "text"),
    [
        ("relu", -3, "max(0, −3) = 0"),
        ("relu", 4, "max(0, 4) = 4"),
        ("leaky_relu", -3, "0.01×(−3) = −0.03"),
        ("leaky_relu", 0, "0.01×0 = 0"),
        ("leaky_relu", 3, "3 > 0, so it stays 3"),
        ("tanh", 0, "tanh(0) = 0"),
        ("tanh", 2, "tanh(2) ≈ 0.964"),
        ("sigmoid", 0, "1 ∕ (1 + e^(0)) = 0.5"),
        ("sigmoid", 2, "1 ∕ (1 + e^(−2)) ≈ 0.8808"),
        ("sigmoid", -100, "1 ∕ (1 + e^(100)) ≈ 3.72×10⁻⁴⁴"),
        ("none", 30, "none: 30 stays as it is"),
    ],
)
def test_an_activation_is_printed_so(activation, pixel, text):
    bench = gray([[pixel]], Kernel.of([[1]]), activation=activation)
    assert line(ledger(bench, "activation", (0, 0))) == text


@pytest.mark.parametrize(
    ("kind", "text", "note"),
    [
        ("max", "max(1, −2, 3, 4) = 4", "the winner stands in row 2, column 2 of the map before"),
        ("average", "(1 + (−2) + 3 + 4) ∕ 4 = 1.5", ""),
        ("sum", "1 + (−2) + 3 + 4 = 6", ""),
    ],
)
def test_a_pooled_number_is_printed_so(kind, text, note):
    bench = gray([[1, -2], [3, 4]], Kernel.of([[1]]), pooling=Pooling(kind))
    made = ledger(bench, "pooled_map", (0, 0))
    assert (line(made), made.note) == (text, note)


@pytest.mark.parametrize(
    ("computed", "text"),
    [
        (1, "1 of its 4 numbers is known so far"),
        (3, "3 of its 4 numbers are known so far"),
        (4, "max(1, −2, 3, 4) = 4"),
    ],
)
def test_a_pooled_number_that_is_not_there_yet_says_how_much_is_known(computed, text):
    bench = gray([[1, -2], [3, 4]], Kernel.of([[1]]), pooling=Pooling("max"))
    made = ledger(bench, "feature_map", (0, 0), computed=computed)
    assert dict(made.chain)["max pool"] == text


@pytest.mark.parametrize(
    ("size", "note"),
    [
        ((2, 2), "3 numbers of the window are padding and count as 0"),
        ((1, 2), "1 number of the window is padding and counts as 0"),
    ],
)
def test_padding_in_a_pooling_window_is_counted(size, note):
    pooling = Pooling("average", size, size, (size[0] // 2, 1))
    bench = gray([[8, 8], [8, 8]], Kernel.of([[1]]), pooling=pooling)
    made = ledger(bench, "pooled_map", (0, 0))
    assert line(made) == f"(8) ∕ {size[0] * size[1]} = {8 // (size[0] * size[1])}"
    assert made.note == note


def test_a_folded_line_says_what_the_rest_comes_to():
    bench = gray([[1] * 6] * 6, Kernel.of([[1] * 6] * 6))
    made = ledger(bench, "feature_map", (0, 0))
    assert line(made) == " + ".join(["1×1"] * 12) + " + 24 from 24 more = 36"
    bench = gray(np.arange(36).reshape(6, 6), Kernel.of([[1]]), pooling=Pooling("max", (6, 6)))
    made = ledger(bench, "pooled_map", (0, 0))
    assert line(made).endswith("10, 11, 35 from 24 more) = 35")


@pytest.mark.parametrize(("columns", "folded"), [(5, False), (6, True)])
def test_a_sum_of_up_to_25_is_written_in_full(columns, folded):
    rows = [[1] * columns] * 5
    assert SHORT == 25
    made = ledger(gray(rows, Kernel.of(rows)), "feature_map", (0, 0))
    assert ("more" in line(made)) == folded
    pooling = Pooling("sum", (5, columns), (5, columns))
    made = ledger(gray(rows, Kernel.of([[1]]), pooling=pooling), "pooled_map", (0, 0))
    assert ("more" in line(made)) == folded


def test_a_rest_that_is_rounded_makes_the_line_a_rounded_one():
    rows = [[2, *[1] * 8], [1] * 9, [*[1] * 8, 0]]
    made = ledger(gray(rows, Kernel.of([["1/3"] * 9] * 3)), "feature_map", (0, 0))
    assert line(made).endswith(" + 4.667 from 14 more ≈ 9")
    rows = [[0.5, *[0] * 5], *[[0] * 6] * 4, [*[0] * 4, 1000, 234.5]]
    pooling = Pooling("sum", (6, 6), (6, 6))
    made = ledger(gray(rows, Kernel.of([[1]]), pooling=pooling), "pooled_map", (0, 0))
    assert line(made).endswith(" from 24 more ≈ 1\u2009235")


def test_numbers_of_any_size_have_a_ledger():
    for pixel in (1e-30, 5e-13, 123456789.125, 9.9e8):
        for weight in ("1e9", "1e-9", "1/999999937", "-0.3"):
            kernel = Kernel.of([[weight, weight]], divisor="1/7", bias=weight)
            for activation in ("none", "leaky_relu", "tanh", "sigmoid"):
                bench = gray([[pixel, -pixel / 3]], kernel, activation=activation)
                made = ledger(bench, "feature_map", (0, 0))
                check(line(made))
                assert made.result == write(float(bench.feature_map()[0, 0]))
