"""Numbers as people write and read them: '1/9' and '0,5' in, '6 600' and '−0.25' out."""

import re
from fractions import Fraction
from math import floor, isfinite, log10

MINUS, TIMES, OVER, THIN, DOT = "\u2212", "\u00d7", "\u2215", "\u2009", "\u00b7"
DIGITS = 4  # significant figures of a number that is not whole

_DECIMAL = r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,2})?"
_NUMBER = re.compile(rf"\s*({_DECIMAL})\s*(?:[/{OVER}]\s*({_DECIMAL})\s*)?\Z")
_LIMIT = Fraction(10**9)


def parse(text: str) -> Fraction:
    """Read a number as typed: ``-1``, ``0.5``, ``0,5``, ``1/9``, ``1e-3``.

    Raises:
        ValueError: if it is not a number, divides by zero, or is beyond a thousand million.
    """
    plain = text.replace(MINUS, "-").replace(THIN, "").replace("\u202f", "").replace("\u00a0", "")
    found = _NUMBER.match(plain)
    if not found:
        raise ValueError(f"“{text.strip()}” is not a number; write it like -1, 0.5 or 1/9")
    above, below = found[1], found[2] or "1"
    divisor = Fraction(below.replace(",", "."))
    if divisor == 0:
        raise ValueError(f"“{text.strip()}” divides by zero")
    value = Fraction(above.replace(",", ".")) / divisor
    if abs(value) > _LIMIT or value.denominator > _LIMIT:
        raise ValueError(f"“{text.strip()}” is beyond what the bench can show exactly")
    return value


def _rounded(value: Fraction | float) -> str:
    """Write the magnitude: whole numbers whole, others with four figures, no idle zeros."""
    size = abs(value)
    if size == int(size):
        return str(int(size))
    if size >= 10 ** (DIGITS - 1):
        return str(round(size))
    places = DIGITS - 1 - floor(log10(size))
    text = f"{float(size):.{places}f}"
    return text.rstrip("0").rstrip(".")


def write(value: Fraction | float, thin: bool = True) -> str:
    """Write a number for a sentence: true minus, thin space from four figures on, never −0."""
    if not isfinite(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    text = _rounded(value)
    whole, _, rest = text.partition(".")
    if thin:
        whole = f"{int(whole):,}".replace(",", THIN)
    text = f"{whole}.{rest}" if rest else whole
    return text if value >= 0 or text == "0" else MINUS + text


def write_cell(value: Fraction | float) -> str:
    """Write a number for a cell: no thin space, and nothing so small that it needs an exponent."""
    if value and abs(value) < 0.005:
        return "0.00"
    if abs(value) >= 10**7:
        power = floor(log10(abs(value)))
        return f"{write(float(value) / 10**power, False)}e{power}"
    return write(value, thin=False)


def write_weight(value: Fraction) -> str:
    """Write a weight exactly: as a short decimal where there is one, else as a fraction."""
    text = write(value, thin=False)
    if shown(text) == value:
        return text
    sign = MINUS if value < 0 else ""
    return f"{sign}{abs(value.numerator)}/{value.denominator}"


def shown(text: str) -> Fraction:
    """Return the number that the digits in `text` stand for."""
    return parse(text)


def factor(text: str) -> str:
    """Put brackets round a factor that is negative or a fraction."""
    return f"({text})" if text.startswith(MINUS) or "/" in text else text


def size(*sides: int) -> str:
    """Write sizes: ``26 × 26 × 1``."""
    return f" {TIMES} ".join(map(str, sides))
