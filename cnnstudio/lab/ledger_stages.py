"""The ledger after the convolution: the activation of one number, the pooling of a block."""

from fractions import Fraction
from itertools import islice

import numpy as np

from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.line import CUT, SHORT, Ledger, Span, sign, where
from cnnstudio.lab.number import MINUS, OVER, TIMES, factor, shown, write
from cnnstudio.lab.step import PoolStep, pool_step, pooled_position, pooled_so_far
from cnnstudio.nn.activation import LEAK, activate
from cnnstudio.nn.geometry import Pair

_ACTIVATION_NAMES = {
    "relu": "ReLU",
    "leaky_relu": "leaky ReLU",
    "tanh": "tanh",
    "sigmoid": "sigmoid",
    "none": "activation",
}


def activation_text(bench: ConvolutionBench, before: float) -> str:
    """Write the activation of one number: ``max(0, −3) = 0``."""
    kind, x = bench.activation, write(before)
    x_shown, after = shown(x), write(_activated(bench, before))
    if kind == "relu":
        return f"max(0, {x}) {sign(max(Fraction(0), x_shown), after)} {after}"
    if kind == "leaky_relu":
        if before > 0:
            return f"{x} > 0, so it stays {after}"
        claimed = x_shown * Fraction(str(LEAK))
        return f"{LEAK}{TIMES}{factor(x)} {sign(claimed, after)} {after}"
    if kind == "tanh":
        return f"tanh({x}) {'=' if before == 0 else '≈'} {after}"
    if kind == "sigmoid":
        exponent = write(-before)
        return f"1 {OVER} (1 + e^({exponent})) {'=' if before == 0 else '≈'} {after}"
    return f"none: {x} stays as it is"


def _activated(bench: ConvolutionBench, before: float) -> float:
    return float(activate(np.array([before]), bench.activation)[0])


def activation_chain(bench: ConvolutionBench, before: float) -> list[tuple[str, str]]:
    """Write what the activation does to a number of the feature map."""
    if bench.activation == "none":
        return []
    return [(_ACTIVATION_NAMES[bench.activation], activation_text(bench, before))]


def pool_chain(
    bench: ConvolutionBench, position: Pair, computed: int | None
) -> list[tuple[str, str]]:
    """Write the pooled block that a number of the map takes part in."""
    if not all(bench.pooled_shape):
        return []
    name = f"{bench.pooling.kind} pool"
    pooled = pooled_position(bench, *position)
    if pooled is None:
        return [(name, "no pooling window reads this number")]
    step = pool_step(bench, *pooled)
    columns = bench.pooled_shape[1]
    if computed is not None and pooled_so_far(bench, computed) <= pooled[0] * columns + pooled[1]:
        width = bench.map_shape[1]
        known = sum(1 for row, column in step.places if row * width + column < computed)
        return [(name, f"{known} of its {len(step.values)} numbers are known so far")]
    return [(name, "".join(span.text for span in _pool_line(bench, step, False)))]


def _pool_line(bench: ConvolutionBench, step: PoolStep, expanded: bool) -> list[Span]:
    kind, count = bench.pooling.kind, len(step.values)
    texts = [write(value) for value in step.values]
    total = write(step.total)
    kept = count if expanded or count <= SHORT else CUT
    spans: list[Span] = []
    between = ", " if kind == "max" else " + "
    for index, text in enumerate(islice(texts, kept)):
        spans += [Span(between)] * bool(spans)
        negative = kind != "max" and text.startswith(MINUS)
        spans.append(Span(f"({text})" if negative else text, "term", index))
    numbers = [shown(text) for text in texts]
    if kept < count:
        rest = sum(numbers[kept:], Fraction(0))
        spans.append(Span(between))
        what = "" if kind == "max" else f"{factor(write(rest))} from "
        spans.append(Span(f"{what}{count - kept} more", "more"))
    if kind == "max":
        claimed = max(numbers)
        spans = [Span("max("), *spans, Span(")")]
    else:
        claimed = sum(numbers, Fraction(0))
    if kind == "average":
        spans = [Span("("), *spans, Span(f") {OVER} {step.divisor}")]
        claimed /= step.divisor
    return [*spans, Span(f" {sign(claimed, total)} "), Span(total, "total")]


def activation_ledger(bench: ConvolutionBench, position: Pair) -> Ledger:
    """Write down one number of the map after the activation."""
    before = float(bench.feature_map()[position])
    total = write(float(bench.activated()[position]))
    text = activation_text(bench, before)
    head, found, _ = text.rpartition(total)
    line = (Span(head if found else text), Span(total if found else "", "total"))
    name = _ACTIVATION_NAMES[bench.activation]
    note = f"{name} looks at one number at a time" if bench.activation != "none" else ""
    chain = [("before", f"{write(before)} in the feature map")]
    chain += pool_chain(bench, position, None)
    return Ledger(where("activation", position), total, line, note, tuple(chain))


def pool_ledger(
    bench: ConvolutionBench, step: PoolStep, done: int | None, expanded: bool
) -> Ledger:
    """Write down one pooled number, or the first `done` numbers of its window."""
    if done is not None and done < len(step.values):
        kept = PoolStep(
            step.position, step.places[:done], step.values[:done], None, step.divisor, 0.0
        )
        so_far = max(kept.values) if bench.pooling.kind == "max" else sum(kept.values)
        text = write(so_far)
        names = {"max": "greatest", "sum": "sum", "average": "sum"}
        note = f"number {done} of {len(step.values)}; the {names[bench.pooling.kind]} so far"
        seen = ", " if bench.pooling.kind == "max" else " + "
        line = [Span(seen.join(write(value) for value in kept.values)), Span(" → ")]
        line.append(Span(text, "total"))
        return Ledger(where("pooled_map", step.position), text, tuple(line), note, ())
    line = _pool_line(bench, step, expanded)
    note = ""
    if step.winner is not None:
        row, column = step.places[step.winner]
        note = f"the winner stands in row {row + 1}, column {column + 1} of the map before"
    elif step.divisor != len(step.values):
        note = f"{step.divisor - len(step.values)} numbers of the window are padding and count as 0"
    return Ledger(where("pooled_map", step.position), write(step.total), tuple(line), note, ())
