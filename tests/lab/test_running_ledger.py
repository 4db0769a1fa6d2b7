"""The ledger while a sum is still growing: what was taken so far, and the newest of it."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image, channel_name
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.ledger import ledger
from cnnstudio.lab.number import write
from cnnstudio.lab.stages import Pooling
from cnnstudio.lab.step import convolution_step, pool_step
from tests.lab.benches import visits
from tests.lab.evaluator import check, number


def line(made):
    return "".join(span.text for span in made.line)


def said(spans, kind):
    return [span for span in spans if span.kind == kind]


def products(made):
    return [span for part in (made, *made.parts) for span in said(part.line, "term")]


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
    for text in (line(made), *(part.text for part in made.parts)):
        check(text)


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
    head, _, origin = made.note.partition(": ")
    assert head == f"product {done} of {len(terms)}"
    pixel, weight, *channel = origin.split(" · ")
    if newest.source is None:
        assert pixel == "padding"
    else:
        row, column = newest.source
        copied = "padding that copies " * (newest.source != newest.place)
        assert pixel == f"{copied}pixel row {row + 1}, column {column + 1}"
    assert weight == f"weight row {newest.row + 1}, column {newest.column + 1}"
    several = bench.kernel.channels > 1
    assert channel == [channel_name(newest.channel, bench.kernel.channels)] * several
    assert products(made)[-1].index == done - 1


@given(visits(("feature_map",)), st.data())
def test_an_expanded_running_line_shows_every_product_taken(visit, data):
    bench, _, position = visit
    terms = convolution_step(bench, *position).terms
    done = data.draw(st.integers(1, len(terms)))
    made = ledger(*visit, done=done, expanded=True)
    assert [span.index for span in products(made)] == list(range(done))
    assert not any(said(part.line, "more") for part in (made, *made.parts))


@given(visits(), st.data())
def test_a_ledger_can_be_expanded_just_where_something_is_left_out(visit, data):
    _, stage, _ = visit
    done = data.draw(st.none() | st.integers(1, 3) | st.integers(1, 40))
    short, full = (ledger(*visit, done=done, expanded=all_) for all_ in (False, True))
    if line(short) == line(full) and short.parts == full.parts:
        assert short == full
        assert short.expanded is None
    else:
        assert (short.expanded, full.expanded) == (False, True)
    if stage == "activation":
        assert short.expanded is None


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


def test_the_newest_product_stays_in_sight_when_a_long_sum_is_folded():
    bench = ConvolutionBench(Image.of([[1] * 6] * 5), Kernel.of([[1] * 6] * 5))
    made = ledger(bench, "feature_map", (0, 0), done=28)
    assert line(made) == " + ".join(["1×1"] * 12) + " + 15 from 15 more + 1×1 = 28"


def test_what_cancels_on_the_way_is_nothing():
    bench = ConvolutionBench(Image.of([[0.1, 0.2, -0.3, 1]]), Kernel.of([[1, 1, 1, 1]]))
    assert ledger(bench, "feature_map", (0, 0), done=3).result == "0"
    pooling = Pooling("sum", (1, 4), (1, 4))
    bench = replace(bench, kernel=Kernel.of([[1]]), activation="none", pooling=pooling)
    assert ledger(bench, "pooled_map", (0, 0), done=3).result == "0"


@pytest.mark.parametrize(
    ("row", "done", "expanded"), [([1, 1, 1], 2, None), ([1, 0, 1], 2, None), ([0, 1, 1], 2, False)]
)
def test_a_running_sum_that_left_nothing_out_cannot_be_expanded(row, done, expanded):
    kernel = Kernel.of([[1, 1, 1, 1]])
    bench = ConvolutionBench(Image.of([[*row, 1]]), kernel)
    assert ledger(bench, "feature_map", (0, 0), done=done).expanded is expanded
