"""The ledger: the arithmetic of one number, written so that what is shown adds up.

A line says "=" only if the digits on it really give the number after it; otherwise "≈".
"""

from dataclasses import replace

from cnnstudio.lab.convolution import ConvolutionBench, Stage
from cnnstudio.lab.image import channel_name
from cnnstudio.lab.ledger_channels import channels_ledger, running_channels_ledger
from cnnstudio.lab.ledger_stages import (
    activation_chain,
    activation_ledger,
    pool_chain,
    pool_ledger,
)
from cnnstudio.lab.ledger_sum import (
    affine,
    count,
    counts,
    origin,
    products_of,
    usual_cut,
    with_affine,
    written_sum,
)
from cnnstudio.lab.line import SHORT, Ledger, Span, sign, where
from cnnstudio.lab.number import DOT, many, write
from cnnstudio.lab.step import ConvolutionStep, convolution_step, pool_step
from cnnstudio.nn.geometry import Pair


def ledger(  # noqa: PLR0911, PLR0913  what, where, and how much of it
    bench: ConvolutionBench,
    stage: Stage,
    position: Pair,
    done: int | None = None,
    computed: int | None = None,
    expanded: bool = False,
    channel: int | None = None,
) -> Ledger:
    """Write down how the number at `position` of a stage's map is made.

    Args:
        bench: what is on the bench
        stage: whose map
        position: row and column, from 0
        done: how many products (or pooled numbers) have been taken in; None for all
        computed: how many numbers of the feature map exist so far; None for all
        expanded: whether every term is written, zeros included
        channel: the one that is looked at: more is written of what it adds, and where each
            channel has its own map, it is this one's number; None for no one, or the first
    """
    if bench.apart:
        return _ledger_of_one(bench, stage, position, done, computed, expanded, channel or 0)
    if stage == "activation":
        return activation_ledger(bench, position)
    if stage == "pooled_map":
        return pool_ledger(bench, pool_step(bench, *position), done, expanded)
    step = convolution_step(bench, *position)
    if done is not None and done < len(step.terms):
        if done and bench.kernel.channels > 1:
            return running_channels_ledger(step, done, expanded, channel)
        return _running_ledger(step, done, expanded)
    if bench.kernel.channels == 1:
        return _convolution_ledger(bench, step, computed, expanded)
    made = channels_ledger(step, expanded, channel)
    chain = activation_chain(bench, step.total) + pool_chain(bench, position, computed)
    return replace(made, chain=(*made.chain, *chain))


def _ledger_of_one(  # noqa: PLR0913  as above
    bench: ConvolutionBench,
    stage: Stage,
    position: Pair,
    done: int | None,
    computed: int | None,
    expanded: bool,
    channel: int,
) -> Ledger:
    """Write down one channel's number, and say what the others are at this place."""
    made = ledger(bench.alone(channel), stage, position, done, computed, expanded)
    names = [channel_name(each, bench.kernel.channels) for each in range(bench.kernel.channels)]
    chain = made.chain
    if done is None:
        others = [each for each in range(len(names)) if each != channel]
        numbers = [float(bench.alone(each).values(stage)[position]) for each in others]
        pairs = [f"{names[e]} {write(n)}" for e, n in zip(others, numbers, strict=True)]
        told = ", ".join(pairs)
        if len(others) > SHORT:
            told = f"{write(min(numbers))} to {write(max(numbers))} in {len(others)} channels"
        chain = (*chain, ("the others", told))
    return replace(made, title=f"{made.title} {DOT} {names[channel]}", chain=chain)


def _convolution_ledger(
    bench: ConvolutionBench, step: ConvolutionStep, computed: int | None, expanded: bool
) -> Ledger:
    counting = [(index, term) for index, term in enumerate(step.terms) if expanded or counts(term)]
    spans, claimed = written_sum(counting, usual_cut(counting, expanded))
    spans = with_affine(spans, claimed, step, len(counting) > 1)
    chain = affine(products_of(step.terms), step)
    chain += activation_chain(bench, step.total)
    chain += pool_chain(bench, step.position, computed)
    title, result = where("feature_map", step.position), write(step.total)
    folds = expanded if not all(map(counts, step.terms)) or len(step.terms) > SHORT else None
    return Ledger(title, result, tuple(spans), count(step), tuple(chain), folds)


def _running_ledger(step: ConvolutionStep, done: int, expanded: bool) -> Ledger:
    """Write the sum of the first `done` products; of the zeros among them only the newest."""
    title, number = where("feature_map", step.position), len(step.terms)
    if done < 1:
        note = f"none of {many(number, 'product')} yet"
        return Ledger(title, "0", (Span("0 = "), Span("0", "total")), note, ())
    newest = done - 1
    taken = [
        (index, term)
        for index, term in enumerate(step.terms[:done])
        if expanded or counts(term) or index == newest
    ]
    spans, claimed = written_sum(taken, usual_cut(taken, expanded), last=True)
    total = write(products_of(step.terms[:done]))
    spans += [Span(f" {sign(claimed, total)} "), Span(total, "total")]
    here = f"product {done} of {number}: {origin(step.terms[newest])}"
    shortened = done > SHORT or not all(map(counts, step.terms[:newest]))
    return Ledger(title, total, tuple(spans), here, (), expanded if shortened else None)
