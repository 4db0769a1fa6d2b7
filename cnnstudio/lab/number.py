"""Numbers as people write and read them: '1/9' and '0,5' in, '6 600' and '−0.25' out."""

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import floor, isfinite, isnan, lcm, log10

from cnnstudio.lab.quote import quote

MINUS, TIMES, OVER, THIN, DOT = "\u2212", "\u00d7", "\u2215", "\u2009", "\u00b7"
_SHORT = 6  # figures and signs that still fit into the cell of a weight
DIGITS = 4  # significant figures of a number that is not whole

_DECIMAL = r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,2})?"
_NUMBER = re.compile(rf"\s*({_DECIMAL})\s*(?:[/{OVER}]\s*({_DECIMAL})\s*)?\Z")
_GROUPED = re.compile(rf"(?<=\d)[{THIN}\u202f\u00a0](?=\d{{3}}(?!\d))")  # the space of 6 600
_LIMIT = 10**9
_MANY = 1 << 12  # numbers kept as written; those of a window come again at every step
_LONGEST = 60  # characters of a number as typed
_POWERS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_FROM_POWERS = {above: chr(plain) for plain, above in _POWERS.items()}
_WHOLE_BELOW, _PLAIN_FROM = 10**15, 10**-6  # outside of these a number is written with a power


def parse(text: str) -> Fraction:
    """Read a number as typed: ``-1``, ``0.5``, ``0,5``, ``1/9``, ``1e-3``.

    Raises:
        ValueError: if it is not a number, divides by zero, is beyond a thousand million, or
            finer than a thousand-millionth.
    """
    if len(text) > _LONGEST:
        raise ValueError(f"{quote(text)} is too long for a number")
    plain = _GROUPED.sub("", text.replace(MINUS, "-"))
    found = _NUMBER.match(plain)
    if not found:
        raise ValueError(f"{quote(text)} is not a number; write it like -1, 0.5 or 1/9")
    above, below = found[1], found[2] or "1"
    divisor = Fraction(below.replace(",", "."))
    if divisor == 0:
        raise ValueError(f"{quote(text)} divides by zero")
    return holdable(Fraction(above.replace(",", ".")) / divisor, quote(text))


def holdable(value: Fraction, name: str) -> Fraction:
    """Return a number if the bench can hold it: up to a thousand million, and as fine as that.

    Raises:
        ValueError: with a sentence about what is called `name`, if it cannot.
    """
    if abs(value) > _LIMIT:
        raise ValueError(f"{name} is too large; the bench goes up to {write(_LIMIT)}")
    if value.denominator > _LIMIT:
        raise ValueError(f"{name} is too fine for the bench; write it with fewer digits")
    return value


def exact_sum(numbers: Iterable[Fraction]) -> Fraction:
    """Add up as `sum` does, but quickly, for most numbers of a sum share their denominators."""
    parts: dict[int, int] = {}
    for number in numbers:
        below = number.denominator
        parts[below] = parts.get(below, 0) + number.numerator
    common = lcm(*parts)
    return Fraction(sum(above * (common // below) for below, above in parts.items()), common)


def _rounded(size: Fraction | float) -> str:
    """Write a number that is not negative: whole ones whole, others with four figures."""
    if size and not _PLAIN_FROM <= size < _WHOLE_BELOW:
        figures, power = f"{float(size):.{DIGITS - 1}e}".split("e")
        return f"{_short(figures)}{TIMES}10{str(int(power)).translate(_POWERS)}"
    if size == int(size):
        return str(int(size))
    if size >= 10 ** (DIGITS - 1):
        return _fixed(size, 0)
    return _short(_fixed(size, DIGITS - 1 - floor(log10(size))))


def _fixed(size: Fraction | float, places: int) -> str:
    """Write a number with so many decimals, rounded as at school: a half goes up."""
    text = f"{floor(Fraction(size) * 10**places + Fraction(1, 2)):0{places + 1}}"
    return f"{text[:-places]}.{text[-places:]}" if places else text


def _short(text: str) -> str:
    """Leave idle zeros out."""
    return text.rstrip("0").rstrip(".")


@lru_cache(_MANY)
def write(value: Fraction | float, thin: bool = True) -> str:
    """Write a number for a sentence: true minus, thin space from four figures on, never −0."""
    if isnan(value):
        return "NaN"
    sign = MINUS if value < 0 else ""
    text = _rounded(value if value >= 0 else -value) if isfinite(value) else "∞"
    if thin and text.isdecimal():
        text = f"{int(text):,}".replace(",", THIN)
    return sign + text


def write_cell(value: Fraction | float) -> str:
    """Write a number for a cell: no thin space, and nothing so small that it needs an exponent."""
    if value and -0.005 < value < 0.005:
        return "0.00"
    if isfinite(value) and abs(round(value)) >= 10**7:
        figures, power = f"{float(value):.{DIGITS - 1}e}".split("e")
        return f"{_short(figures)}e{int(power)}".replace("-", MINUS)
    return write(value, thin=False)


@lru_cache(_MANY)
def write_weight(value: Fraction) -> str:
    """Write a weight exactly: as a short decimal where there is one, else as a fraction."""
    size, sign = abs(value), MINUS if value < 0 else ""
    short, fraction = _rounded(size), f"{size.numerator}/{size.denominator}"
    decimal = _short(f"{float(size):.9f}")
    for text in (short, decimal):
        brief = text == short or len(text) <= len(fraction)
        if brief and TIMES not in text and shown(text) == size:
            return sign + text
    return sign + (fraction if size.denominator > 1 else str(size.numerator))


@lru_cache(_MANY)
def write_weight_cell(value: Fraction) -> str:
    """Write a weight for a cell: exactly if that is short, else as any number in a cell."""
    exact = write_weight(value)
    return exact if len(exact) <= _SHORT else write_cell(value)


@lru_cache(_MANY)
def shown(text: str) -> Fraction:
    """Return the number that a text made by `write` or `write_weight` stands for.

    Raises:
        ValueError: if it stands for none, as ∞ does.
    """
    figures, _, power = text.partition(f"{TIMES}10")
    plain = Fraction(figures.replace(MINUS, "-").replace(THIN, ""))
    return plain * Fraction(10) ** int(power.translate(_FROM_POWERS) or 0)


def factor(text: str) -> str:
    """Put brackets round a factor that is negative, a fraction, or a product itself."""
    return f"({text})" if text.startswith(MINUS) or "/" in text or TIMES in text else text


def size(*sides: int) -> str:
    """Write sizes: ``26 × 26 × 1``."""
    return f" {TIMES} ".join(map(str, sides))


def many(count: int, name: str) -> str:
    """Write how many there are: ``1 row``, ``3 rows``."""
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
