"""Numbers and texts as Python writes them: exact, and no line longer than a reader likes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

LINE = 88  # characters of a line, as formatters have it
FIGURES = 100  # characters of a line of nothing but figures
_INDENT = "    "
Row = Sequence[str]


def fraction(value: Fraction) -> str:
    """Write a fraction exactly: as a whole number, as a decimal, or as one number over another."""
    if value.denominator == 1:
        return str(value.numerator)
    over = f"{value.numerator} / {value.denominator}"
    short = repr(float(value))
    return short if Fraction(short) == value and len(short) <= len(over) else over


def number(value: float) -> str:
    """Write a pixel: whole ones whole, others so that Python reads the very same number."""
    return str(int(value)) if value == int(value) else repr(float(value))


def text(words: str) -> str:
    """Write a text in quotation marks, whatever is in it."""
    if words.isprintable():
        return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return ascii(words)


def comment(words: str) -> list[str]:
    """Write a comment, on as many lines as it needs."""
    lines, line = [], "#"
    for word in "".join(c if c.isprintable() else "?" for c in words).split():
        if len(line) + 1 + len(word) > LINE:
            lines.append(line)
            line = "#"
        line += f" {word}"
    return [*lines, line]


def fits(rows: Sequence[Row], depth: int = 1) -> bool:
    """Whether each row of a table fits on a line."""
    return all(len(", ".join(row)) + 3 + depth * len(_INDENT) <= LINE for row in rows)


def table(name: str, rows: Sequence[Row]) -> list[str]:
    """Write rows of numbers as a list of lists, a row on a line."""
    return [f"{name} = [", *(f"{_INDENT}[{', '.join(row)}]," for row in rows), "]"]


def block(name: str, rows: Sequence[Row]) -> list[str]:
    """Write rows of numbers that are too long for a line as one text of figures.

    Where a row fits on a line its figures stand below those of the others; else it goes on with
    the next line, and whoever reads the text counts the figures.
    """
    lines = [f'{name} = """']
    wide = max(len(figures) for row in rows for figures in row)
    if max(map(len, rows)) * (wide + 1) - 1 <= FIGURES:
        return [*lines, *(" ".join(figures.rjust(wide) for figures in row) for row in rows), '"""']
    for row in rows:
        line = ""
        for figures in row:
            if line and len(line) + 1 + len(figures) > LINE:
                lines.append(line)
                line = ""
            line += f" {figures}" if line else figures
        lines.append(line)
    return [*lines, '"""']
