"""The ledger after the convolution: the activation of one number, the pooling of a block."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.line import CUT, SHORT, Ledger, Span, sign, where
from cnnstudio.lab.number import OVER, TIMES, factor, many, shown, write
from cnnstudio.lab.step import PoolStep, added, pool_step, pooled_position, pooled_so_far
from cnnstudio.nn.activation import LEAK, activate
from cnnstudio.nn.geometry import Pair
from cnnstudio.nn.pooling import PoolingKind

_ACTIVATION_NAMES = {
    "relu": "ReLU",
    "leaky_relu": "leaky ReLU",
    "tanh": "tanh",
    "sigmoid": "sigmoid",
    "none": "activation",
}
_BETWEEN = {"max": ", ", "sum": " + ", "average": " + "}


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
        verb = "is" if known == 1 else "are"
        return [(name, f"{known} of its {len(step.values)} numbers {verb} known so far")]
    return [(name, "".join(span.text for span in _pool_line(bench, step, False)))]


def _listed(kind: PoolingKind, values: Sequence[float]) -> list[Span]:
    """Write the numbers of a window side by side."""
    spans: list[Span] = []
    for index, value in enumerate(values):
        spans += [Span(_BETWEEN[kind])] * bool(spans)
        spans.append(Span(_bracketed(kind, write(value)), "term", index))
    return spans


def _bracketed(kind: PoolingKind, text: str) -> str:
    return text if kind == "max" else factor(text)


def _together(kind: PoolingKind, numbers: Sequence[Fraction]) -> Fraction:
    """Return the greatest of the numbers, or their sum."""
    return max(numbers) if kind == "max" else sum(numbers, Fraction(0))


def _pool_line(bench: ConvolutionBench, step: PoolStep, expanded: bool) -> list[Span]:
    kind, count = bench.pooling.kind, len(step.values)
    total = write(step.total)
    kept = count if expanded or count <= SHORT else CUT
    spans = _listed(kind, step.values[:kept])
    numbers = [shown(write(value)) for value in step.values]
    if kept < count:
        rest = write(_together(kind, numbers[kept:]))
        numbers[kept:] = [shown(rest)]
        spans.append(Span(_BETWEEN[kind]))
        spans.append(Span(f"{_bracketed(kind, rest)} from {count - kept} more", "more"))
    claimed = _together(kind, numbers)
    if kind == "max":
        spans = [Span("max("), *spans, Span(")")]
    if kind == "average":
        spans = [Span("("), *spans, Span(f") {OVER} {step.divisor}")]
        claimed /= step.divisor
    return [*spans, Span(f" {sign(claimed, total)} "), Span(total, "total")]


def activation_ledger(bench: ConvolutionBench, position: Pair) -> Ledger:
    """Write down one number of the map after the activation."""
    before = float(bench.values("feature_map")[position])
    total = write(float(bench.values("activation")[position]))
    text = activation_text(bench, before)
    head, _, tail = text.rpartition(total)
    line = [Span(head), Span(total, "total"), *([Span(tail)] if tail else [])]
    name = _ACTIVATION_NAMES[bench.activation]
    note = f"{name} looks at one number at a time" if bench.activation != "none" else ""
    chain = [("before", f"{write(before)} in the feature map")]
    chain += pool_chain(bench, position, None)
    return Ledger(where("activation", position), total, tuple(line), note, tuple(chain))


def pool_ledger(
    bench: ConvolutionBench, step: PoolStep, done: int | None, expanded: bool
) -> Ledger:
    """Write down one pooled number, or the first `done` numbers of its window."""
    title, kind = where("pooled_map", step.position), bench.pooling.kind
    if done is not None and done < 1:
        return Ledger(title, "", (Span("no number yet"),), "", ())
    if done is not None and done < len(step.values):
        seen = [Fraction(value) for value in step.values[:done]]
        text = write(max(seen) if kind == "max" else added(seen))
        what = "greatest" if kind == "max" else "sum"
        note = f"number {done} of {len(step.values)}; the {what} so far"
        line = [*_listed(kind, step.values[:done]), Span(" → "), Span(text, "total")]
        return Ledger(title, text, tuple(line), note, ())
    line = _pool_line(bench, step, expanded)
    note = ""
    if step.winner is not None:
        row, column = step.places[step.winner]
        note = f"the winner stands in row {row + 1}, column {column + 1} of the map before"
    elif step.divisor != len(step.values):
        lacking = step.divisor - len(step.values)
        verbs = "is padding and counts" if lacking == 1 else "are padding and count"
        note = f"{many(lacking, 'number')} of the window {verbs} as 0"
    folds = expanded if len(step.values) > SHORT else None
    return Ledger(title, write(step.total), tuple(line), note, (), folds)
