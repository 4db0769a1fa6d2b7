"""A sum of products in the ledger: its terms, what is left out of it, and what follows from it."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache

from cnnstudio.lab.line import CUT, SHORT, Span, sign
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
from cnnstudio.lab.step import ConvolutionStep, Term, added

_MANY = 1 << 13  # products kept as written: most of them come again at the next place
Terms = list[tuple[int, Term]]  # products with their places in reading order


def products_of(terms: Iterable[Term]) -> Fraction:
    """Return what products come to."""
    terms = list(terms)
    if not all(term.pixel.is_integer() for term in terms):
        return added(Fraction(term.pixel) * term.weight for term in terms)
    parts: dict[int, int] = {}  # whole pixels leave no rounding, and whole numbers add up quickly
    for term in terms:
        above, below = term.weight.numerator, term.weight.denominator
        parts[below] = parts.get(below, 0) + int(term.pixel) * above
    return sum((Fraction(above, below) for below, above in parts.items()), Fraction(0))


def counts(term: Term) -> bool:
    """Whether a product is anything but 0."""
    return bool(term.weight and term.pixel)


@lru_cache(_MANY)
def _written(pixel: float, weight: Fraction) -> tuple[str, Fraction]:
    """Write a product, and return what its digits give."""
    left, right = write(pixel), write_weight(weight)
    return f"{factor(left)}{TIMES}{factor(right)}", shown(left) * weight


def written_sum(
    terms: Terms, cut: int | None = None, last: bool = False, more: Span | None = None
) -> tuple[list[Span], Fraction]:
    """Write a sum of products, and return what the digits shown give.

    Args:
        terms: the products
        cut: how many of them are written; None for all
        last: whether the last one is written, too
        more: what the words "from 20 more" are a piece of; a click on them opens the rest
    """
    texts = [(index, *_written(term.pixel, term.weight)) for index, term in terms]
    folded = [] if cut is None else texts[cut : len(texts) - last]
    parts = [(Span(text, "term", index), value) for index, text, value in texts]
    if cut is not None and folded:
        rest = write(exact_sum(value for _, _, value in folded))
        words, kind = f"{factor(rest)} from {len(folded)} more", more or Span("", "more")
        parts[cut : cut + len(folded)] = [(Span(words, kind.kind, kind.index), shown(rest))]
    spans = joined([span for span, _ in parts])
    return spans or [Span("0")], exact_sum(value for _, value in parts)


def joined(spans: Sequence[Span]) -> list[Span]:
    """Put a plus between pieces."""
    made: list[Span] = []
    for span in spans:
        made += [Span(" + "), span] if made else [span]
    return made


def usual_cut(terms: Sequence[object], expanded: bool) -> int | None:
    """Return how many terms of a sum are written; None for all."""
    return None if expanded or len(terms) <= SHORT else CUT


def with_affine(
    spans: list[Span], claimed: Fraction, step: ConvolutionStep, brackets: bool
) -> list[Span]:
    """Write what is done to a sum after it, up to the number of the map.

    Args:
        spans: the sum
        claimed: what its digits give
        step: the number that is made
        brackets: whether the sum needs some before it is divided
    """
    divisor, bias, total = write_weight(step.divisor), write_weight(step.bias), write(step.total)
    if step.divisor != 1:
        if brackets:
            spans = [Span("("), *spans, Span(")")]
        spans = [*spans, Span(f" {OVER} {factor(divisor)}")]
        claimed /= step.divisor
    if step.bias:
        spans = [*spans, Span(f" + {factor(bias)}")]
        claimed += step.bias
    return [*spans, Span(f" {sign(claimed, total)} "), Span(total, "total")]


def affine(products: Fraction, step: ConvolutionStep) -> list[tuple[str, str]]:
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


def count(step: ConvolutionStep) -> str:
    """Say how many products there are, and how many of them are 0."""
    zero = sum(1 for term in step.terms if not counts(term))
    products = len(step.terms) - zero
    if not zero:
        return many(products, "product")
    if not products:
        return f"all {zero} products are 0" if zero > 1 else "its only product is 0"
    others = f"the other {zero} are 0" if zero > 1 else "the other one is 0"
    return f"{many(products, 'product')}, {others}"


def origin(term: Term, channel: str = "") -> str:
    """Name the pixel and the weight of a product, counted from 1, and its channel if it has one."""
    pixel = "padding"
    if term.source is not None:
        copied = "" if term.source == term.place else "padding that copies "
        pixel = f"{copied}pixel row {term.source[0] + 1}, column {term.source[1] + 1}"
    words = [pixel, f"weight row {term.row + 1}, column {term.column + 1}", channel]
    return f" {DOT} ".join(filter(None, words))
