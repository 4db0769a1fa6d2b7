"""What a plot shows: axes, curves and lines, as values; no pyqtgraph yet."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from typing import Any

from numpy.typing import NDArray

Tick = tuple[float, str]


@dataclass(frozen=True)
class Scale:
    """One axis.

    Attributes:
        low, high: the numbers at its ends
        ticks: the numbers that are written, the most important first; what has no room is left out
    """

    low: float
    high: float
    ticks: tuple[Tick, ...] = ()


@dataclass(frozen=True, eq=False)
class Curve:
    """One curve.

    Attributes:
        x, y: its points; bars have one x more than y, their edges
        name: what is written at it
        ink: a colour of the theme by its meaning, or a colour
        named_in: the same for its name, if that is another
        bars: whether it is filled down to the lower axis
        dots: whether each point is marked
        dashed: whether it is a dashed line
        width: px
        strength: 1 covers what is below, less lets it through
    """

    x: NDArray[Any]
    y: NDArray[Any]
    name: str = ""
    ink: str = "text"
    named_in: str = ""
    bars: bool = False
    dots: bool = False
    dashed: bool = False
    width: float = 1.5
    strength: float = 1.0

    @property
    def stepped(self) -> bool:
        """Whether each of its heights reaches from one x to the next."""
        return len(self.x) == len(self.y) + 1


@dataclass(frozen=True, eq=False)
class Drawing:
    """All that a plot shows.

    Attributes:
        x, y: its axes
        right: what is written on an axis at the right, at heights of `y`
        curves: later ones lie over earlier ones
        outside: parts of the lower axis, from one number to another, that are shaded
        upright: numbers of the lower axis with a line
        level: numbers of the left axis with a line
    """

    x: Scale
    y: Scale
    right: tuple[Tick, ...] = ()
    curves: tuple[Curve, ...] = ()
    outside: tuple[tuple[float, float], ...] = ()
    upright: tuple[float, ...] = ()
    level: tuple[float, ...] = ()


def few_ticks(low: float, high: float, about: int = 3) -> list[float]:
    """Return round numbers between two: 1, 2 or 5 times a power of ten apart."""
    span = high - low
    if not span > 0 or not isfinite(span):
        return []
    rough = span / max(1, about)
    power = 10.0 ** floor(log10(rough))
    step = next(float(each * power) for each in (1, 2, 5, 10) if each * power >= rough * 0.999)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [float(f"{place * step:.12g}") for place in range(first, last + 1)]
