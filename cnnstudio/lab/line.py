"""A line of arithmetic: pieces of text that add up, or say that they are rounded."""

from dataclasses import dataclass
from fractions import Fraction

from cnnstudio.lab.convolution import Stage
from cnnstudio.lab.number import shown
from cnnstudio.nn.geometry import Pair

SHORT = 25  # a line of up to so many terms is written in full
CUT = 12  # of a longer one, so many are written
FEW = 2  # of a channel's sum that is not looked at, so many are written
NAMES = {"feature_map": "feature map", "activation": "activation", "pooled_map": "pooled map"}


@dataclass(frozen=True)
class Span:
    """A piece of a line.

    Attributes:
        kind: "plain", "term", "part" (a channel's share), "more" (opens the rest), "total"
        index: of a term, its place in reading order; of a part, its channel; -1 otherwise
    """

    text: str
    kind: str = "plain"
    index: int = -1


@dataclass(frozen=True)
class Part:
    """What one channel adds to a number.

    Attributes:
        channel: which one, from 0
        name: what it is called
        line: its products, and what they come to
        opened: whether it is looked at, so that more of it is written
    """

    channel: int
    name: str
    line: tuple[Span, ...]
    opened: bool = False

    @property
    def text(self) -> str:
        """The line as plain text."""
        return "".join(span.text for span in self.line)


@dataclass(frozen=True)
class Ledger:
    """What is written about one number.

    Attributes:
        title: where it stands
        result: the number as it is shown
        line: the arithmetic that makes it
        note: what was left out, and how much
        chain: what happens before and afterwards: (name, arithmetic) pairs
        expanded: whether every product is written; None where none is ever left out
        parts: what each channel adds, where there is more than one
    """

    title: str
    result: str
    line: tuple[Span, ...]
    note: str
    chain: tuple[tuple[str, str], ...]
    expanded: bool | None = None
    parts: tuple[Part, ...] = ()

    @property
    def text(self) -> str:
        """All of it as plain text; begins with the line."""
        first = "".join(span.text for span in self.line)
        rest = [self.note, *(f"{part.name}\t{part.text}" for part in self.parts)]
        rest += [f"{name}\t{text}" for name, text in self.chain]
        return "\n".join([first, *filter(None, rest)])


def where(stage: Stage, position: Pair) -> str:
    """Name a position: counted from 1, row before column."""
    return f"Row {position[0] + 1}, column {position[1] + 1} of the {NAMES[stage]}"


def sign(claimed: Fraction, text: str) -> str:
    """Return "=" if the digits in `text` are exactly `claimed`, else "≈"."""
    try:
        return "=" if shown(text) == claimed else "≈"
    except ValueError:
        return "≈"
