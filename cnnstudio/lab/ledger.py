"""The ledger: the arithmetic of one number, written so that what is shown adds up.

A line says "=" only if the digits on it really give the number after it; otherwise "≈".
"""

from fractions import Fraction

from cnnstudio.lab.convolution import ConvolutionBench, Stage
from cnnstudio.lab.ledger_stages import (
    activation_chain,
    activation_ledger,
    pool_chain,
    pool_ledger,
)
from cnnstudio.lab.line import CUT, SHORT, Ledger, Span, sign, where
from cnnstudio.lab.number import (
    DOT,
    OVER,
    TIMES,
    exact_sum,
    factor,
    many,
    shown,
    write,
    write_weight,
)
from cnnstudio.lab.step import ConvolutionStep, Term, added, convolution_step, pool_step
from cnnstudio.nn.geometry import Pair


def ledger(  # noqa: PLR0913  what, where, and how much of it
    bench: ConvolutionBench,
    stage: Stage,
    position: Pair,
    done: int | None = None,
    computed: int | None = None,
    expanded: bool = False,
) -> Ledger:
    """Write down how the number at `position` of a stage's map is made.

    Args:
        bench: what is on the bench
        stage: whose map
        position: row and column, from 0
        done: how many products (or pooled numbers) have been taken in; None for all
        computed: how many numbers of the feature map exist so far; None for all
        expanded: whether every term is written, zeros included
    """
    if stage == "activation":
        return activation_ledger(bench, position)
    if stage == "pooled_map":
        return pool_ledger(bench, pool_step(bench, *position), done, expanded)
    step = convolution_step(bench, *position)
    if done is not None and done < len(step.terms):
        return _running_ledger(step, done, expanded)
    return _convolution_ledger(bench, step, computed, expanded)


def _term(term: Term) -> tuple[str, Fraction]:
    """Write a product, and return what its digits give."""
    pixel, weight = write(term.pixel), write_weight(term.weight)
    return f"{factor(pixel)}{TIMES}{factor(weight)}", shown(pixel) * term.weight


def _sum(
    terms: list[tuple[int, Term]], expanded: bool = False, last: bool = False
) -> tuple[list[Span], Fraction]:
    """Write a sum of products, and return what the digits shown give.

    A long sum is folded: its first terms are written, and its last one if that is wanted.
    """
    texts = [(index, *_term(term)) for index, term in terms]
    folded = [] if expanded or len(texts) <= SHORT else texts[CUT : len(texts) - last]
    parts = [(Span(text, "term", index), value) for index, text, value in texts]
    if folded:
        rest = write(exact_sum(value for _, _, value in folded))
        more = Span(f"{factor(rest)} from {len(folded)} more", "more")
        parts[CUT : CUT + len(folded)] = [(more, shown(rest))]
    spans: list[Span] = []
    for span, _ in parts:
        spans += [Span(" + "), span] if spans else [span]
    return spans or [Span("0")], exact_sum(value for _, value in parts)


def _convolution_ledger(
    bench: ConvolutionBench, step: ConvolutionStep, computed: int | None, expanded: bool
) -> Ledger:
    counting = [
        (index, term)
        for index, term in enumerate(step.terms)
        if expanded or (term.weight and term.pixel)
    ]
    spans, claimed = _sum(counting, expanded)
    divisor, bias, total = write_weight(step.divisor), write_weight(step.bias), write(step.total)
    if step.divisor != 1:
        if len(counting) > 1:
            spans = [Span("("), *spans, Span(")")]
        spans.append(Span(f" {OVER} {factor(divisor)}"))
        claimed /= step.divisor
    if step.bias:
        spans.append(Span(f" + {factor(bias)}"))
        claimed += step.bias
    spans += [Span(f" {sign(claimed, total)} "), Span(total, "total")]
    chain = _affine(added(Fraction(term.pixel) * term.weight for term in step.terms), step)
    chain += activation_chain(bench, step.total)
    chain += pool_chain(bench, step.position, computed)
    zero = sum(1 for term in step.terms if not (term.weight and term.pixel))
    title, note = where("feature_map", step.position), _count(step, zero)
    folds = expanded if zero or len(step.terms) > SHORT else None
    return Ledger(title, total, tuple(spans), note, tuple(chain), folds)


def _count(step: ConvolutionStep, zero: int) -> str:
    products = len(step.terms) - zero
    if not zero:
        return many(products, "product")
    if not products:
        return f"all {zero} products are 0" if zero > 1 else "its only product is 0"
    others = f"the other {zero} are 0" if zero > 1 else "the other one is 0"
    return f"{many(products, 'product')}, {others}"


def _affine(products: Fraction, step: ConvolutionStep) -> list[tuple[str, str]]:
    """Write what the divisor and the bias do to the sum."""
    chain = []
    before = write(products)
    if step.divisor != 1:
        quotient = products / step.divisor
        by, after = write_weight(step.divisor), write(quotient)
        equals = sign(shown(before) / step.divisor, after)
        chain.append(("divisor", f"{before} {OVER} {factor(by)} {equals} {after}"))
        before = after
    bias, total = write_weight(step.bias), write(step.total)
    equals = sign(shown(before) + step.bias, total)
    chain.append(("bias", f"{before} + {factor(bias)} {equals} {total}"))
    return chain


def _running_ledger(step: ConvolutionStep, done: int, expanded: bool) -> Ledger:
    """Write the sum of the first `done` products; of the zeros among them only the newest."""
    title, count = where("feature_map", step.position), len(step.terms)
    if done < 1:
        note = f"none of {many(count, 'product')} yet"
        return Ledger(title, "0", (Span("0 = "), Span("0", "total")), note, ())
    newest = done - 1
    taken = [
        (index, term)
        for index, term in enumerate(step.terms[:done])
        if expanded or (term.weight and term.pixel) or index == newest
    ]
    spans, claimed = _sum(taken, expanded, last=True)
    total = write(added(Fraction(term.pixel) * term.weight for term in step.terms[:done]))
    spans += [Span(f" {sign(claimed, total)} "), Span(total, "total")]
    here = f"product {done} of {count}: {_origin(step.terms[newest], step.terms[-1].channel > 0)}"
    shortened = done > SHORT or not all(t.weight and t.pixel for t in step.terms[:newest])
    return Ledger(title, total, tuple(spans), here, (), expanded if shortened else None)


def _origin(term: Term, in_channels: bool) -> str:
    """Name the pixel and the weight of a product, counted from 1."""
    pixel = "padding"
    if term.source is not None:
        copied = "" if term.source == term.place else "padding that copies "
        pixel = f"{copied}pixel row {term.source[0] + 1}, column {term.source[1] + 1}"
    channel = f" {DOT} channel {term.channel + 1}" if in_channels else ""
    return f"{pixel} {DOT} weight row {term.row + 1}, column {term.column + 1}{channel}"
