"""A block of numbers read from a text in brackets, lines and separators: who stands where.

What a cell is depends on what separates: tabs and semicolons leave a comma to be a decimal one;
commas separate where there are no others; spaces do where there are no commas. Where a text could
mean two things it is refused, for a wrong kernel looks like a right one.
"""

import re
from fractions import Fraction
from typing import TypeAlias

from cnnstudio.lab.kernel import MAX_SIDE, Slice
from cnnstudio.lab.number import many, parse, size
from cnnstudio.lab.quote import quote

_FINEST = 10**9  # what is finer is rounded to nine decimals
_SIMPLE = 1000  # 0.1111111111111111 is 1/9; so large a denominator is looked for
_LONGEST = 60  # characters of a number
_DEEPEST = 9  # brackets in brackets; those round everything count, too
_TOO_DEEP = "The brackets are nested deeper than slices, rows and cells"
_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?\Z")
_SLICE = re.compile(r"\s*(?:slice|channel)\s*\d*\s*:?\s*\Z", re.IGNORECASE)
_SPACES = r"[ \u00a0\n]+"
Cells: TypeAlias = list[list[str]]
Nested: TypeAlias = "list[Nested] | str"


def slices_of(text: str) -> list[Cells]:
    """Cut a text into slices, rows and cells; brackets count where there are any.

    Args:
        text: as `plain_notation` leaves it

    Raises:
        ValueError: with a sentence, if it is no block of cells.
    """
    if "[" not in text and "]" not in text:
        parts = _parts(text)
        alone = len(parts) == 1 and len(parts[0]) == 1
        return [[_row(line, alone) for line in part] for part in parts]
    nested = _nested(text)
    if len(nested) == 1 and _depth(nested) == 2:
        inside = _inside(nested) if "\t" in text else _inside(nested).replace(";", "\n")
        return [[_row(line) for line in inside.split("\n") if line.strip()]]
    while len(nested) == 1 and isinstance(nested[0], list) and _depth(nested) > 2:
        nested = nested[0]
    depth = _depth(nested)
    if depth <= 2:
        return [[_bracketed_row(row) for row in nested]]
    if depth == 3:
        return [[_bracketed_row(row) for row in plane] for plane in nested]
    raise ValueError(_TOO_DEEP)


def read_slices(slices: list[Cells]) -> tuple[tuple[Slice, ...], int]:
    """Read the cells of every slice; return how many had to be rounded, too.

    Raises:
        ValueError: with a sentence that names the row or the word.
    """
    if not any(cells for plane in slices for cells in plane):
        raise ValueError("There are no numbers in this text")
    rounded, planes = 0, []
    for number, plane in enumerate(slices, 1):
        where = f"slice {number}, " if len(slices) > 1 else ""
        _check_shape(plane, slices[0], where)
        rows = []
        for place, cells in enumerate(plane, 1):
            found = [_number(cell, f"{where}row {place}") for cell in cells]
            rows.append(tuple(value for value, _ in found))
            rounded += sum(changed for _, changed in found)
        planes.append(tuple(rows))
    return tuple(planes), rounded


def _check_shape(plane: Cells, first: Cells, where: str) -> None:
    for place, cells in enumerate(plane, 1):
        if len(cells) != len(plane[0]):
            raise ValueError(
                f"In {where}row {place} there {'is' if len(cells) == 1 else 'are'} "
                f"{many(len(cells), 'number')}, in row 1 {len(plane[0])}; "
                "all rows must have the same length"
            )
    shape, usual = (len(plane), len(plane[0])), (len(first), len(first[0]))
    if max(shape) > MAX_SIDE:
        raise ValueError(
            f"A kernel has 1 to {MAX_SIDE} rows and columns; {size(*shape)} is not possible"
        )
    if shape != usual:
        raise ValueError(
            f"All slices must have the same size, not {size(*usual)} and {size(*shape)}"
        )


def _number(cell: str, where: str) -> tuple[Fraction, bool]:
    """Read a cell, and say whether it had to be rounded because the bench cannot be so fine."""
    text = cell.strip().removeprefix("=")
    if not text:
        raise ValueError(f"In {where} there is an empty cell; write 0 where nothing shall count")
    decimal = text.replace(",", ".")
    if _DECIMAL.match(decimal) and len(text) <= _LONGEST:
        value = Fraction(decimal)
        if value.denominator > _FINEST:
            simple = value.limit_denominator(_SIMPLE)
            if simple and float(simple) == float(value):
                return simple, False
            return parse(f"{Fraction(round(value * _FINEST), _FINEST)}"), True
    try:
        return parse(text), False
    except ValueError as refused:
        raise ValueError(f"In {where}: {refused}") from refused


def _parts(text: str) -> list[list[str]]:
    """Cut a text without brackets into the lines of its slices."""
    lines = text.split("\n")
    if any(map(_SLICE.match, lines)):
        text = "\n".join("\f" if _SLICE.match(line) else line for line in lines)
        return [part for each in text.split("\f") if (part := _lines(each))]
    blocks = [_lines(block) for block in re.split(r"\n\s*\n", text)]
    blocks = [block for block in blocks if block]
    if len({len(block) for block in blocks}) == 1 and blocks[0][1:]:
        return blocks
    return [[line for block in blocks for line in block]]


def _lines(text: str) -> list[str]:
    """Cut a slice into its rows: by lines, by `` / ``, or by semicolons between whole rows."""
    rows = [line.strip(" ") for line in text.split("\n") if line.strip()]
    if any(_cells_by_space(piece)[1:] for row in rows for piece in row.split(";")):
        rows = [piece.strip() for row in rows for piece in row.split(";") if piece.strip()]
    found = []
    for row in rows:
        if "\t" in row or ";" in row or _is_number(row):
            found.append(row)
        else:
            pieces = re.split(r"(?:^|(?<=\s))/|/(?=\s|\Z)", row)
            found += [piece.strip() for piece in pieces if piece.strip()]
    return found


def _row(line: str, alone: bool = False) -> list[str]:
    """Cut a row into its cells; one that stands alone may be just a number."""
    line = line.strip(" \n")
    for separator in ("\t", ";"):
        if separator in line.strip():
            cells = line.strip().split(separator)
            return cells[:-1] if len(cells) > 1 and not cells[-1].strip() else cells
    if "," in line:
        if alone and re.fullmatch(r"[+-]?\d+,\d+", line):
            raise ValueError(f"{quote(line)} may be one number or two; write a point, or a space")
        cells = [cell.strip() for cell in line.split(",")]
        cells = cells[:-1] if len(cells) > 1 and not cells[-1] else cells
        for cell in cells:
            if len(cell.split()) > 1 and not _is_number(cell):
                raise ValueError(
                    f"{quote(line)} has commas and spaces between numbers; "
                    "put tabs or semicolons there if the commas are decimal ones"
                )
        return cells
    return [line] if _is_number(line) else _cells_by_space(line)


def _cells_by_space(line: str) -> list[str]:
    return [] if "\t" in line else [cell for cell in re.split(_SPACES, line) if cell]


def _is_number(text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def _nested(text: str) -> list[Nested]:
    """Read brackets in brackets; what stands between them may be commas and spaces only."""
    stack: list[list[Nested]] = [[]]
    for token in re.findall(r"[\[\]]|[^\[\]]+", text):
        if token == "[":
            stack.append([])
            if len(stack) > _DEEPEST:
                raise ValueError(_TOO_DEEP)
        elif token == "]":
            if len(stack) == 1:
                raise ValueError("A bracket is closed that was never opened")
            done = stack.pop()
            stack[-1].append(done)
        elif token.strip(" ,;\t\n\u00a0"):
            stack[-1].append(token)
    if len(stack) > 1:
        raise ValueError("A bracket is opened and never closed")
    return stack[0]


def _depth(nested: Nested) -> int:
    """Return how deep the brackets are, the same everywhere; 0 is what stands in none."""
    if isinstance(nested, str):
        return 0
    depths = {_depth(each) for each in nested}
    if len(depths) > 1:
        odd = next((each for each in nested if isinstance(each, str)), "")
        what = f"{quote(odd.strip())} stands outside of" if odd else "There is something wrong with"
        raise ValueError(f"{what} the brackets of a row")
    return 1 + max(depths, default=0)


def _inside(nested: Nested) -> str:
    """Return the text in one pair of brackets; there is at most one."""
    return nested if isinstance(nested, str) else "".join(map(_inside, nested))


def _bracketed_row(nested: Nested) -> list[str]:
    """Cut a row in brackets into its cells; it may go on over several lines."""
    return _row(re.sub(r"\s*\n\s*", " ", _inside(nested)).replace("\t", " "))
