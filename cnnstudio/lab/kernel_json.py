"""A kernel as JSON and back: "rows" or "slices", "divisor" and "bias", fractions as "1/9".

Reading believes nothing: what is missing keeps its default, what is wrong is named in a sentence.
"""

import re
from fractions import Fraction
from math import lcm
from typing import Any

from cnnstudio.lab.image import MAX_CHANNELS
from cnnstudio.lab.kernel import MAX_SIDE, Kernel, Slice
from cnnstudio.lab.number import parse, write
from cnnstudio.lab.quote import quote

_LARGEST = 10**9 * MAX_CHANNELS  # a weight of every slice, added up
_FINEST = (10**9) ** MAX_CHANNELS  # the denominator that comes of it
_FINEST_TOGETHER = 10**1200  # of all weights of a kernel; 121 odd ones come to 10**1089
_MADE = re.compile(r"(-?[0-9]{1,600})/([0-9]{1,600})")  # a fraction as `kernel_to_json` writes it
_AFFINE = (("divisor", 1), ("bias", 0))


def kernel_from_json(entry: dict[str, Any]) -> Kernel:
    """Make a kernel of what a file says.

    Args:
        entry: "rows" of a gray kernel or "slices" of a colour one, maybe "divisor" and "bias"

    Raises:
        ValueError: with a sentence, if it is not a kernel.
    """
    slices = entry.get("slices", [entry.get("rows")])
    if not isinstance(slices, list) or len(slices) > MAX_CHANNELS:
        raise ValueError(f"The slices of a kernel are a list of 1 to {MAX_CHANNELS} blocks of rows")
    cells = tuple(_slice(rows) for rows in slices)
    divisor, bias = (_exact(entry.get(name, value)) for name, value in _AFFINE)
    return _held(Kernel(cells, divisor, bias))


def kernel_to_json(kernel: Kernel) -> dict[str, Any]:
    """Write a kernel, exactly; a divisor of 1 and a bias of 0 are left out.

    Raises:
        ValueError: with a sentence, if `kernel_from_json` would not read it.
    """
    _held(kernel)
    slices = [[[_weight_json(cell) for cell in row] for row in plane] for plane in kernel.cells]
    made: dict[str, Any] = {"rows": slices[0]} if kernel.channels == 1 else {"slices": slices}
    for (name, usual), value in zip(_AFFINE, (kernel.divisor, kernel.bias), strict=True):
        if value != usual:
            made[name] = _weight_json(value)
    return made


def rows_from_json(rows: Any, most: int) -> list[list[Any]]:
    """Check that `rows` is a block of at most `most` by `most`; what is in it is not looked at.

    Raises:
        ValueError: with a sentence, if it is none.
    """
    good = isinstance(rows, list) and 0 < len(rows) <= most
    if not good or not all(isinstance(row, list) and 0 < len(row) <= most for row in rows):
        raise ValueError(f"Rows are 1 to {most} lists of 1 to {most} numbers")
    if len({len(row) for row in rows}) != 1:
        raise ValueError("All rows must have the same length")
    return list(rows)


def _slice(rows: Any) -> Slice:
    return tuple(tuple(_exact(cell) for cell in row) for row in rows_from_json(rows, MAX_SIDE))


def _exact(value: Any) -> Fraction:
    """Read a weight: a number, or a text such as "1/9".

    What the program writes is read back although nobody could type it: a divisor grows with the
    channels, and weights added up from several slices are finer than each of them.
    """
    if type(value) not in {int, float, str}:
        raise ValueError(f"{quote(value)} is not a number")
    made = _MADE.fullmatch(value) if isinstance(value, str) else None
    if made and int(made[2]):
        return Fraction(int(made[1]), int(made[2]))
    return Fraction(value) if type(value) is int else parse(str(value))


def _held(kernel: Kernel) -> Kernel:
    """Return a kernel if its numbers are as small as those that anybody can have come to.

    Raises:
        ValueError: with a sentence, if they would hold the program up.
    """
    common = 1
    for value in {kernel.divisor, kernel.bias, *kernel.flat}:
        if abs(value.numerator) > _LARGEST * value.denominator:
            raise ValueError(f"A number of a kernel is too large; it goes up to {write(_LARGEST)}")
        if value.denominator > _FINEST:
            raise ValueError("A number of a kernel is too fine; write it with fewer digits")
        common = lcm(common, value.denominator)
        if common > _FINEST_TOGETHER:
            raise ValueError("The weights of a kernel are too fine together; write fewer digits")
    return kernel


def _weight_json(value: Fraction) -> int | str:
    return value.numerator if value.denominator == 1 else str(value)
