"""The ledger: every line is worked out from its text, and must come to what it says.

The lines are read back by `evaluator.py`, which knows nothing of the program: where a line says
"=", the digits on it give the number after it exactly.
"""

import re
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from cnnstudio.lab.ledger import ledger
from cnnstudio.lab.line import CUT, SHORT
from cnnstudio.lab.number import write
from cnnstudio.lab.step import convolution_step, pool_step, pooled_position, pooled_so_far
from tests.lab.benches import visits
from tests.lab.evaluator import check, number, split, worked_out

SENTENCE = re.compile(
    r"no pooling window reads this number|\d+ of its \d+ numbers (is|are) known so far"
    r"|.* > 0, so it stays .*|.* in the feature map"
)


def line(made):
    return "".join(span.text for span in made.line)


def said(spans, kind):
    return [span for span in spans if span.kind == kind]


def products(made):
    """The products of the line, and of what each channel adds."""
    return [span for part in (made, *made.parts) for span in said(part.line, "term")]


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
    made = ledger(*visit)
    for text in (*(text for _, text in made.chain), *(part.text for part in made.parts)):
        if is_sum(text):
            check(text)


@given(visits())
def test_the_total_is_the_number_of_the_map_as_it_is_written_everywhere(visit):
    bench, stage, position = visit
    made = ledger(*visit)
    assert made.result == write(float(bench.values(stage)[position]))
    assert [span.text for span in said(made.line, "total")] == [made.result]


@given(visits(("feature_map",), channels=1))
def test_the_chain_ends_with_the_number_of_the_map(visit):
    made = ledger(*visit)
    assert split(chain_of(made, "bias"))[2] == made.result


@given(visits(("feature_map",), channels=1))
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
    texts = [line(made), *(text for _, text in made.chain), *(part.text for part in made.parts)]
    for text in texts:
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
    assert (
        ledger(*visit).note
        == {
            (True, False): f"all {zero} products are 0" if zero > 1 else "its only product is 0",
            (False, True): f"{other} products" if other > 1 else "1 product",
            (True, True): (f"{other} products" if other > 1 else "1 product")
            + (f", the other {zero} are 0" if zero > 1 else ", the other one is 0"),
        }[zero > 0, other > 0]
    )


@given(visits(("feature_map",), channels=1))
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
    assert [span.index for span in products(made)] == list(range(len(terms)))
    assert not any(said(part.line, "more") for part in (made, *made.parts))


@given(visits(("feature_map",)))
def test_every_product_shown_is_its_pixel_times_its_weight(visit):
    bench, _, position = visit
    terms = convolution_step(bench, *position).terms
    for span in products(ledger(*visit, expanded=True)):
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
        *(f"{part.name}\t{part.text}" for part in made.parts),
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
