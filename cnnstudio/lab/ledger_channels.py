"""The ledger of a picture with channels: what each of them adds, and what that comes to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from cnnstudio.lab.image import CHANNEL_NAMES, channel_name
from cnnstudio.lab.ledger_sum import (
    Terms,
    affine,
    count,
    counts,
    joined,
    origin,
    products_of,
    usual_cut,
    with_affine,
    written_sum,
)
from cnnstudio.lab.line import CUT, FEW, SHORT, Ledger, Part, Span, sign, where
from cnnstudio.lab.number import exact_sum, factor, shown, write
from cnnstudio.lab.step import ConvolutionStep


def channels_ledger(step: ConvolutionStep, expanded: bool, opened: int | None) -> Ledger:
    """Write a sum over all channels: a partial sum for each, and its products below.

    Args:
        step: the number that is made
        expanded: whether every product is written, zeros included
        opened: the channel whose products are written as those of a gray picture are
    """
    made, products = _Channels(step, len(step.terms), expanded, opened), products_of(step.terms)
    spans, claimed = made.shares()
    chain = affine(products, step)[: None if step.bias else -1]  # the line is short: it says so
    line = tuple(with_affine(spans, claimed, step, brackets=True))
    title, total = where("feature_map", step.position), write(step.total)
    return Ledger(title, total, line, count(step), tuple(chain), made.folds, tuple(made.parts()))


def running_channels_ledger(
    step: ConvolutionStep, done: int, expanded: bool, opened: int | None
) -> Ledger:
    """Write the sum of the first `done` products, channel by channel.

    The channel of the newest product is written as a gray picture's running sum is.
    """
    made, newest = _Channels(step, done, expanded, opened, running=True), step.terms[done - 1]
    spans, claimed = made.shares()
    total = write(products_of(step.terms[:done]))
    spans += [Span(f" {sign(claimed, total)} "), Span(total, "total")]
    here = origin(newest, channel_name(newest.channel, made.depth))
    note = f"product {done} of {len(step.terms)}: {here}"
    title = where("feature_map", step.position)
    return Ledger(title, total, tuple(spans), note, (), made.folds, tuple(made.parts()))


@dataclass(frozen=True)
class _Channels:
    """The first `done` products of a number, those of each channel by themselves.

    Attributes:
        step: the number that is made
        done: how many products are taken in
        expanded: whether all of them are written
        opened: the channel that is looked at
        running: whether the newest product stays in sight
    """

    step: ConvolutionStep
    done: int
    expanded: bool
    opened: int | None
    running: bool = False

    @property
    def depth(self) -> int:
        """How many channels there are, those included that are still to come."""
        return self.step.terms[-1].channel + 1

    @cached_property
    def begun(self) -> list[Terms]:
        """The products of each channel that has any yet."""
        each = len(self.step.terms) // self.depth
        terms = list(enumerate(self.step.terms[: self.done]))
        return [terms[first : first + each] for first in range(0, self.done, each)]

    @cached_property
    def sums(self) -> list[str]:
        """What the products of each channel come to."""
        return [write(products_of(term for _, term in terms)) for terms in self.begun]

    def shares(self) -> tuple[list[Span], Fraction]:
        """Write the sum of the partial sums, and return what their digits give."""
        named = self.depth == len(CHANNEL_NAMES)  # numbers of channels would seem to be part of it
        numbers = [shown(text) for text in self.sums]
        spans = []
        for channel, text in enumerate(self.sums):
            name = f"{CHANNEL_NAMES[channel]} " if named else ""
            spans.append(Span(f"{name}{factor(text)}", "part", channel))
        cut, end = usual_cut(spans, self.expanded), len(spans) - self.running
        if cut is not None:
            rest = write(exact_sum(numbers[cut:end]))
            spans[cut:end] = [Span(f"{factor(rest)} from {end - cut} more", "more")]
            numbers[cut:end] = [shown(rest)]
        return joined(spans), exact_sum(numbers)

    def parts(self) -> Iterator[Part]:
        """Write the products of each channel; of very many channels only of the first ones."""
        listed = len(self.begun) if self.expanded else self._listed
        for channel, terms in enumerate(self.begun):
            newest = self._newest(channel)
            if not (channel < listed or newest or channel == self.opened):
                continue
            taken = [each for each in terms if self.expanded or counts(each[1])]
            if newest and taken[-1:] != terms[-1:]:
                taken.append(terms[-1])
            full = self.expanded or self._in_full(channel)
            cut = usual_cut(taken, self.expanded) if full else _short_cut(taken)
            more = Span("", "more") if full else Span("", "part", channel)
            spans, claimed = written_sum(taken, cut, newest, more)
            total = self.sums[channel]
            spans += [Span(f" {sign(claimed, total)} "), Span(total, "total")]
            name = channel_name(channel, self.depth)
            yield Part(channel, name, tuple(spans), newest or channel == self.opened)

    @property
    def folds(self) -> bool | None:
        """Whether every product is written; None where none is left out anyway."""
        out = self._listed < len(self.begun)
        for channel, terms in enumerate(self.begun):
            most = SHORT if self._in_full(channel) else FEW + 1
            before = terms[:-1] if self._newest(channel) else terms
            out = out or len(terms) > most or not all(counts(term) for _, term in before)
        return self.expanded if out else None

    @property
    def _listed(self) -> int:
        return len(self.begun) if len(self.begun) <= SHORT else CUT

    def _newest(self, channel: int) -> bool:
        return self.running and channel == len(self.begun) - 1

    def _in_full(self, channel: int) -> bool:
        return self._newest(channel) or channel == self.opened


def _short_cut(terms: Sequence[object]) -> int | None:
    """Return how many terms are written of a channel that is not looked at; None for all."""
    return FEW if len(terms) > FEW + 1 else None
