"""The ledger: every line is worked out from its text, and must come to what it says.

The lines are read back by `evaluator.py`, which knows nothing of the program: where a line says
"=", the digits on it give the number after it exactly.
"""

import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cnnstudio.lab.convolution import ConvolutionBench, Pooling
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.ledger import ledger
from cnnstudio.lab.line import CUT, SHORT
from cnnstudio.lab.number import MINUS, write
from cnnstudio.lab.step import convolution_step, pool_step, pooled_position, pooled_so_far
from tests.lab.benches import images, kernels, poolings, positions, working_benches
from tests.lab.evaluator import check, number, split, worked_out

STAGES = ("feature_map", "activation", "pooled_map")
SENTENCE = re.compile(
    r"no pooling window reads this number|\d+ of its \d+ numbers (is|are) known so far"
    r"|.* > 0, so it stays .*|.* in the feature map"
)


@st.composite
def large_benches(draw):
    """Benches whose sums are so long that they are folded."""
    image = draw(images(draw(st.sampled_from((1, 3))), 16))
    pooling = Pooling(draw(st.sampled_from(("max", "average", "sum"))), (6, 6), (3, 3), (1, 1))
    bench = ConvolutionBench(
        image,
        draw(kernels(image.channels, 8)),
        padding=draw(st.sampled_from(((0,) * 4, (5,) * 4))),
        padding_mode="replicate",
        activation=draw(st.sampled_from(("none", "relu", "leaky_relu", "tanh", "sigmoid"))),
        pooling=pooling,
    )
    assume(all(bench.map_shape))
    return bench


@st.composite
def visits(draw, stages=STAGES):
    """A bench, a stage and a position of its map."""
    bench = draw(working_benches() | large_benches())
    stage = draw(st.sampled_from(stages))
    assume(all(bench.shape(stage)))
    return bench, stage, draw(positions(bench.shape(stage)))


def line(made):
    return "".join(span.text for span in made.line)


def said(spans, kind):
    return [span for span in spans if span.kind == kind]


def chain_of(made, name):
    return dict(made.chain)[name]


def is_sum(text):
    return not SENTENCE.fullmatch(text) and not text.startswith("none: ")


# what is shown adds up


@given(visits(("feature_map", "pooled_map")), st.booleans())
def test_a_line_comes_to_the_number_after_it(visit, expanded):
    check(line(ledger(*visit, expanded=expanded)))


@given(visits(("activation",)))
def test_the_line_of_an_activation_comes_to_the_number_after_it(visit):
    text = line(ledger(*visit))
    if is_sum(text):
        check(text)
    elif " > 0" in text:
        before, after = text.split(" > 0, so it stays ")
        assert before == after
    else:
        assert text == f"none: {ledger(*visit).result} stays as it is"


@given(visits())
def test_every_line_of_the_chain_comes_to_the_number_after_it(visit):
    for _, text in ledger(*visit).chain:
        if is_sum(text):
            check(text)


@given(visits())
def test_the_total_is_the_number_of_the_map_as_it_is_written_everywhere(visit):
    bench, stage, position = visit
    made = ledger(*visit)
    assert made.result == write(float(bench.values(stage)[position]))
    assert [span.text for span in said(made.line, "total")] == [made.result]


@given(visits(("feature_map",)))
def test_the_chain_ends_with_the_number_of_the_map(visit):
    made = ledger(*visit)
    assert split(chain_of(made, "bias"))[2] == made.result


@given(visits(("feature_map",)))
def test_each_line_of_the_chain_begins_with_what_the_line_before_gave(visit):
    bench, _, _ = visit
    made = ledger(*visit)
    lines = [text for name, text in made.chain if name in {"divisor", "bias"}]
    if bench.kernel.divisor != 1:
        assert lines[1].startswith(split(lines[0])[2] + " + ")
    assert ("divisor" in dict(made.chain)) == (bench.kernel.divisor != 1)


@given(visits())
def test_no_number_is_longer_than_people_can_read(visit):
    made = ledger(*visit)
    for text in (line(made), *(text for _, text in made.chain)):
        for figures in re.findall(r"\d[\d\u2009]*\.\d+", text):
            assert len(figures) <= 11, text


# what is left out is counted


@given(visits(("feature_map",)))
def test_the_note_counts_the_products_that_are_zero(visit):
    bench, _, position = visit
    products = [
        Fraction(term.pixel) * term.weight for term in convolution_step(bench, *position).terms
    ]
    zero, other = products.count(0), len(products) - products.count(0)
    assert ledger(*visit).note == {
        (True, False): f"all {zero} products are 0" if zero > 1 else "its only product is 0",
        (False, True): f"{other} products" if other > 1 else "1 product",
        (True, True): (f"{other} products" if other > 1 else "1 product")
        + (f", the other {zero} are 0" if zero > 1 else ", the other one is 0"),
    }[zero > 0, other > 0]


@given(visits(("feature_map",)))
def test_a_short_line_shows_every_product_that_is_not_zero_and_a_long_one_counts_the_rest(visit):
    bench, _, position = visit
    terms = convolution_step(bench, *position).terms
    counting = [index for index, term in enumerate(terms) if term.pixel and term.weight]
    made = ledger(*visit)
    shown = [span.index for span in said(made.line, "term")]
    more = [span.text for span in said(made.line, "more")]
    if len(counting) <= SHORT:
        assert shown == counting
        assert not more
    else:
        assert shown == counting[:CUT]
        assert [text.rpartition(" from ")[2] for text in more] == [f"{len(counting) - CUT} more"]


@given(visits(("feature_map",)))
def test_expanded_shows_every_product_zeros_too(visit):
    bench, _, position = visit
    terms = convolution_step(bench, *position).terms
    made = ledger(*visit, expanded=True)
    assert [span.index for span in said(made.line, "term")] == list(range(len(terms)))
    assert not said(made.line, "more")


@given(visits(("feature_map",)))
def test_every_product_shown_is_its_pixel_times_its_weight(visit):
    bench, _, position = visit
    terms = convolution_step(bench, *position).terms
    for span in said(ledger(*visit, expanded=True).line, "term"):
        term = terms[span.index]
        assert worked_out(span.text) == number(write(term.pixel)) * term.weight
        assert span.text.count("×") - span.text.count("×10⁻") == 1


@given(visits(("pooled_map",)), st.booleans())
def test_a_pooled_line_shows_its_block_or_counts_the_rest(visit, expanded):
    bench, _, position = visit
    values = pool_step(bench, *position).values
    made = ledger(*visit, expanded=expanded)
    shown = said(made.line, "term")
    folded = len(values) > SHORT and not expanded
    kept = values[:CUT] if folded else values
    assert [number(span.text.strip("()")) for span in shown] == [number(write(v)) for v in kept]
    counted = [span.text.rpartition(" from ")[2] for span in said(made.line, "more")]
    assert counted == ([f"{len(values) - CUT} more"] if folded else [])


# the running sum


@given(visits(("feature_map",)), st.data())
def test_a_running_line_comes_to_the_sum_of_the_products_taken(visit, data):
    bench, _, position = visit
    terms = convolution_step(bench, *position).terms
    done = data.draw(st.integers(0, len(terms) - 1))
    made = ledger(*visit, done=done)
    taken = [Fraction(term.pixel) * term.weight for term in terms[:done]]
    noise = sum(map(abs, taken), Fraction(0)) / 10**12
    assert made.result == write(sum(taken, Fraction(0))) or abs(sum(taken)) < noise
    assert abs(number(made.result) - sum(taken)) <= noise + abs(sum(taken)) / 1000
    check(line(made))


@given(visits(("feature_map",)), st.data())
def test_a_running_line_ends_with_the_newest_product_and_names_its_pixel_and_weight(visit, data):
    bench, _, position = visit
    terms = convolution_step(bench, *position).terms
    done = data.draw(st.integers(0, len(terms) - 1))
    made = ledger(*visit, done=done)
    if not done:
        assert made.note == f"none of {len(terms)} product{'s' * (len(terms) > 1)} yet"
        return
    newest = terms[done - 1]
    numbers = [int(each) for each in re.findall(r"−?\d+", made.note.replace("−", "-"))]
    assert numbers[:2] == [done, len(terms)]
    pixel, weight = made.note.split(" · ")
    assert f"pixel row {newest.place[0] + 1}, column {newest.place[1] + 1}" in pixel.replace(
        MINUS, "-"
    )
    assert f"weight row {newest.row + 1}, column {newest.column + 1}" in weight
    shown = [span.index for span in said(made.line, "term")]
    assert done - 1 in shown


@given(visits(("feature_map", "pooled_map")))
def test_with_all_products_taken_the_running_line_is_the_whole_one(visit):
    bench, stage, position = visit
    step = {"feature_map": convolution_step, "pooled_map": pool_step}[stage](bench, *position)
    count = len(step.terms if stage == "feature_map" else step.values)
    assert ledger(*visit, done=count) == ledger(*visit)


@given(visits(("pooled_map",)), st.data())
def test_a_running_pooled_line_lists_what_was_seen_and_its_greatest_or_sum(visit, data):
    bench, _, position = visit
    values = pool_step(bench, *position).values
    done = data.draw(st.integers(0, len(values) - 1))
    made = ledger(*visit, done=done)
    if not done:
        assert line(made) == "no number yet"
        assert made.result == ""
        return
    seen, total = line(made).split(" → ")
    between = ", " if bench.pooling.kind == "max" else " + "
    assert [number(text.strip("()")) for text in seen.split(between)] == [
        number(write(value)) for value in values[:done]
    ]
    assert made.result == total
    exact = (max if bench.pooling.kind == "max" else sum)(map(Fraction, values[:done]))
    parts = sum(abs(Fraction(value)) for value in values[:done])
    assert abs(number(total) - exact) <= abs(exact) / 1000 + parts / 10**12


# what comes before and afterwards


@given(visits(("feature_map",)), st.integers(0, 80))
def test_the_chain_shows_a_pooled_number_only_when_its_block_is_known(visit, computed):
    bench, _, position = visit
    made = ledger(*visit, computed=computed)
    name = f"{bench.pooling.kind} pool"
    assert (name in dict(made.chain)) == all(bench.pooled_shape)
    assume(name in dict(made.chain))
    pooled, text = pooled_position(bench, *position), chain_of(made, name)
    if pooled is None:
        assert text == "no pooling window reads this number"
    elif pooled_so_far(bench, computed) > pooled[0] * bench.pooled_shape[1] + pooled[1]:
        assert split(text)[2] == write(float(bench.pooled()[pooled]))
    else:
        step = pool_step(bench, *pooled)
        width = bench.map_shape[1]
        known = sum(row * width + column < computed for row, column in step.places)
        verb = "is" if known == 1 else "are"
        assert known < len(step.values)
        assert text == f"{known} of its {len(step.values)} numbers {verb} known so far"


@given(visits(("activation",)))
def test_an_activation_says_what_it_was_made_of(visit):
    bench, _, position = visit
    before = write(float(bench.feature_map()[position]))
    assert chain_of(ledger(*visit), "before") == f"{before} in the feature map"


@given(visits())
def test_the_plain_text_begins_with_the_line_and_holds_all_the_rest(visit):
    made = ledger(*visit)
    assert made.text.splitlines() == [
        line(made),
        *([made.note] if made.note else []),
        *(f"{name}\t{text}" for name, text in made.chain),
    ]


@given(visits())
def test_the_title_counts_from_one_row_before_column(visit):
    _, stage, (row, column) = visit
    name = {"feature_map": "feature map", "pooled_map": "pooled map"}.get(stage, stage)
    assert ledger(*visit).title == f"Row {row + 1}, column {column + 1} of the {name}"


@given(visits())
def test_no_piece_of_a_line_is_empty(visit):
    assert all(span.text for span in ledger(*visit).line)


# lines as they are printed


def gray(rows, kernel, **fields):
    return ConvolutionBench(Image.of(rows), kernel, **{"activation": "none", **fields})


@pytest.mark.parametrize(
    ("rows", "kernel", "text"),
    [
        ([[5, 3]], Kernel.of([[2, -1]]), "5×2 + 3×(−1) = 7"),
        ([[5, 3]], Kernel.of([[2, -1]], bias=-7), "5×2 + 3×(−1) + (−7) = 0"),
        ([[90] * 3] * 3, Kernel.of([[0] * 3, [1, 1, 1], [0] * 3], 9), "(90×1 + 90×1 + 90×1) ∕ 9 = 30"),
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


def test_numbers_of_any_size_have_a_ledger():
    for pixel in (1e-30, 5e-13, 123456789.125, 9.9e8):
        for weight in ("1e9", "1e-9", "1/999999937", "-0.3"):
            kernel = Kernel.of([[weight, weight]], divisor="1/7", bias=weight)
            for activation in ("none", "leaky_relu", "tanh", "sigmoid"):
                bench = gray([[pixel, -pixel / 3]], kernel, activation=activation)
                made = ledger(bench, "feature_map", (0, 0))
                check(line(made))
                assert made.result == write(float(bench.feature_map()[0, 0]))
