"""Of how many columns times rows a slice is the sum: found exactly, on whole numbers."""

from fractions import Fraction
from math import gcd, lcm

from cnnstudio.lab.kernel import Slice

MOST_BITS = 2500  # of the numbers that are worked with; most that is typed needs a tenth
Vectors = tuple[tuple[Fraction, ...], tuple[Fraction, ...]]


def rank_of(plane: Slice) -> int | None:
    """Return the rank: 1 is separable, 0 all 0; None if the weights are too fine to find it."""
    rows = [_smallest(row) for row in plane]
    widest = max(abs(number).bit_length() for row in rows for number in row)
    if widest * min(len(rows), len(rows[0])) > MOST_BITS:
        return None
    return _eliminated(rows)


def vectors_of(plane: Slice) -> Vectors:
    """Return a column and a row of the smallest whole numbers whose product is the slice.

    Args:
        plane: of rank 1 or 0
    """
    top = next((row for row in plane if any(row)), None)
    if top is None:
        return (Fraction(0),) * len(plane), (Fraction(0),) * len(plane[0])
    row = tuple(map(Fraction, _smallest(top)))
    place = next(place for place, cell in enumerate(row) if cell)
    column = tuple(line[place] / row[place] for line in plane)
    if sum(column) < 0 or (sum(column) == 0 and sum(row) < 0):
        return tuple(-cell for cell in column), tuple(-cell for cell in row)
    return column, row


def _smallest(row: tuple[Fraction, ...]) -> list[int]:
    """Return the smallest whole numbers that are to each other as those of a row."""
    below = lcm(*(cell.denominator for cell in row))
    whole = [cell.numerator * (below // cell.denominator) for cell in row]
    common = gcd(*whole)
    return [number // common for number in whole] if common > 1 else whole


def _eliminated(rows: list[list[int]]) -> int:
    """Return the rank by elimination without fractions; what is divided by divides exactly."""
    rank, last = 0, 1
    for column in range(len(rows[0])):
        pivot = next((place for place in range(rank, len(rows)) if rows[place][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        top, by = rows[rank][column:], rows[rank][column]
        for row in rows[rank + 1 :]:
            times = row[column]
            row[column:] = [
                (by * a - times * b) // last for a, b in zip(row[column:], top, strict=True)
            ]
        rank, last = rank + 1, by
        if not any(any(row) for row in rows[rank:]):
            break
    return rank
