"""Works out a line of the ledger from its text alone, as a reader with paper would."""

import math
import re
from fractions import Fraction

NAMES = ("red", "green", "blue")
POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_TOKEN = re.compile(
    r" from \d+ more"  # said about the number before it
    r"|red |green |blue "  # said about the number after it
    r"|\d[\d\u2009]*(?:\.\d+)?(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?"
    r"|max|tanh|e\^|, | \+ | ∕ |[×/()−]"
)


def number(text):
    """Return the exact value of a number as it is written."""
    text = text.replace("\u2009", "").replace("−", "-")
    text, _, power = text.partition("×10")
    return Fraction(text) * Fraction(10) ** int(power.translate(POWERS) or 0)


class _Reader:
    """Reads sums of products from left to right; `absolute` takes every number without its sign."""

    def __init__(self, text, absolute=False):
        tokens = _TOKEN.findall(text)
        assert "".join(tokens) == text, f"{text!r} cannot be read as arithmetic"
        self.tokens = [token for token in tokens if token.strip() not in NAMES]
        self.absolute = absolute

    def next(self, *wanted):
        if self.tokens and self.tokens[0] in wanted:
            return self.tokens.pop(0)
        return None

    def sum(self):
        total = self.product()
        while self.next(" + "):
            total += self.product()
        return total

    def product(self):
        total = self.single()
        if self.tokens and self.tokens[0].startswith(" from "):
            self.tokens.pop(0)
        while sign := self.next("×", " ∕ ", "/"):
            total = total * self.single() if sign == "×" else total / self.single()
        return total

    def single(self):
        if self.next("−"):
            return self.single() * (1 if self.absolute else -1)
        if name := self.next("max", "tanh", "e^"):
            return self.applied(name)
        if self.next("("):
            total = self.sum()
            assert self.next(")")
            return total
        return number(self.tokens.pop(0))

    def applied(self, name):
        assert self.next("(")
        numbers = [self.sum()]
        while self.next(", "):
            numbers.append(self.sum())
        assert self.next(")")
        if name == "max":
            return max(numbers)
        value = {"tanh": math.tanh, "e^": math.exp}[name](numbers[0])
        return Fraction(value)


def worked_out(text, absolute=False):
    """Return what `text` comes to, exactly."""
    reader = _Reader(text, absolute)
    total = reader.sum()
    assert not reader.tokens, f"{text!r} does not end where it should"
    return total


def split(line):
    """Cut a line into its arithmetic, its sign, and the number after it."""
    found = re.fullmatch(r"(.*) ([=≈]) ([^=≈]*)", line)
    assert found, f"{line!r} says neither = nor ≈"
    return found.groups()


def check(line):
    """Hold a line to its word: "=" is exact, and "≈" is not, but close."""
    text, sign, total = split(line)
    printed = number(total)
    if sign == "=":
        assert worked_out(text) == printed, line
    elif "e^" in text:
        _check_sigmoid(text, printed)
    else:
        claimed = worked_out(text)
        assert claimed != printed or "tanh" in text, line
        slack = worked_out(text, absolute=True) * Fraction(11, 10000) + abs(printed) / 1000
        assert abs(claimed - printed) <= slack, line


def _check_sigmoid(text, printed):
    """The exponent is shown to four figures, so its power is only known to a part in |x|/2000."""
    exponent = float(number(re.search(r"e\^\((.*)\)\)", text)[1]))
    claimed = 1 / (1 + math.exp(exponent)) if exponent < 700 else 0
    slack = (abs(exponent) * 6e-4 if abs(exponent) < 1000 else 0) + 1e-3
    assert abs(claimed - printed) <= claimed * math.expm1(slack) + 1e-300, text
