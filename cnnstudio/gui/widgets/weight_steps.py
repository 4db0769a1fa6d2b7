"""How far the wheel and a drag change a weight, and which of their steps belong together."""

from fractions import Fraction
from math import floor, inf, log10
from time import monotonic

BURST = 0.4  # seconds between two turns of the wheel that still belong together
PX_A_STEP = 4  # px of a drag that change a weight by one step
TREMBLE = 5  # px the pointer may move in a click
_NOTCH = 120  # what Qt counts for a notch of the wheel
_FINEST = 64  # the largest denominator whose own unit is a step
_MOST = 10**9  # as far and as fine as the bench goes, see `number.holdable`


def step_of(weight: Fraction) -> Fraction:
    """Return the step of a weight: 1 if it is whole, a ninth for ninths, and so on.

    Where the unit of its own denominator would be too small to be seen, as for 0.0585, the step
    is one in its second figure: 0.001. No step is finer than the bench is.
    """
    if weight.denominator <= _FINEST:
        return Fraction(1, weight.denominator)
    step = Fraction(10) ** (floor(log10(max(abs(weight), Fraction(1, _MOST)))) - 1)
    return max(step, Fraction(1, _MOST))


class WeightSteps:
    """Counts the steps of one weight after the other.

    A step stays what it was as long as the same weight is turned on, so ninths stay ninths when
    they come past a whole number. Steps by the same burst of the wheel, or by the same drag,
    have the same gesture and become one step of undo. A weight so odd that the bench could not
    hold what a step makes of it comes onto the grid of its steps first: 1/1000003 to 0.00000101.

    Attributes:
        gesture: what the latest steps belong to
        dragging: whether the button is down and has been moved
    """

    def __init__(self) -> None:
        self.gesture: object = None
        self.dragging = False
        self._place: tuple[int, int] | None = None
        self._weight, self._step = Fraction(0), Fraction(1)  # as the latest step left them
        self._turned, self._rest = -inf, 0.0  # when, and which part of a notch is left over
        self._from: float | None = None  # the y that the next step of a drag counts from

    def turn(self, place: tuple[int, int], weight: Fraction, delta: int, ten: bool) -> Fraction:
        """Return what the wheel makes of a weight.

        Args:
            place: row and column
            weight: what it is now
            delta: how far the wheel was turned, as Qt counts it
            ten: whether each notch is worth ten steps
        """
        if monotonic() - self._turned > BURST or place != self._place:
            self.gesture, self._rest = object(), 0.0
        self._turned = monotonic()
        self._rest += delta / _NOTCH
        notches = int(self._rest)
        self._rest -= notches
        return self._moved(place, weight, notches * (10 if ten else 1))

    def press(self, y: float) -> None:
        """Begin what may become a drag."""
        self._from, self.dragging = y, False

    def drag(self, place: tuple[int, int], weight: Fraction, y: float, ten: bool) -> Fraction:
        """Return what a drag to `y` makes of a weight; upwards is more."""
        if self._from is None:
            return weight
        if not self.dragging:
            if abs(self._from - y) <= TREMBLE:
                return weight
            self.dragging, self.gesture, self._turned = True, object(), -inf
        count = int((self._from - y) / PX_A_STEP)
        self._from -= count * PX_A_STEP
        return self._moved(place, weight, count * (10 if ten else 1))

    def release(self) -> bool:
        """End a drag; say whether it was one."""
        was, self.dragging, self._from = self.dragging, False, None
        return was

    def forget(self) -> None:
        """Let the next turn of the wheel be a step of its own."""
        self._turned, self._place = -inf, None

    def _moved(self, place: tuple[int, int], weight: Fraction, count: int) -> Fraction:
        if place != self._place or weight != self._weight:
            self._place, self._step = place, step_of(weight)
        moved = weight + count * self._step
        if count and moved.denominator > _MOST:
            moved = (round(weight / self._step) + count) * self._step
        self._weight = min(max(moved, Fraction(-_MOST)), Fraction(_MOST))
        return self._weight
