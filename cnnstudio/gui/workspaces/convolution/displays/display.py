"""How the numbers of a map are shown: the numbers never change, only their colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cnnstudio.gui.widgets.plane_layers import Plane
from cnnstudio.lab.number import write

Mode = Literal["signed", "clip", "absolute", "plus_128", "stretch"]
Range = tuple[float, float]
NAMES: dict[Mode, str] = {
    "signed": "signed",
    "clip": "clip",
    "absolute": "absolute",
    "plus_128": "+128",
    "stretch": "stretch",
}
MEANINGS: dict[Mode, str] = {
    "signed": "Signed: zero is in the middle, what is below and above it has colours of its own",
    "clip": "Clip: what is below the picture's black is black, above its white white, "
    "as photo editors show it",
    "absolute": "Absolute: how far from zero, without the sign; 0 is black",
    "plus_128": "+128: half the picture's range is added, so 0 is middle gray",
    "stretch": "Stretch: the smallest number is black, the greatest white",
}
COMPOSED = "Maps composed into a picture have no colours for signs: they are shown as in Clip"
FIXED = {"image", "shifted"}  # families whose ends do not depend on the numbers of a map
_NOISE = 1e-9  # what rounding may leave of a 0
_MIDDLE = 128.0  # of 0 to 255


@dataclass(frozen=True)
class Display:
    """How maps are shown.

    Attributes:
        mode: what the colours mean
        shared: whether maps are on one scale where that makes sense, or each on its own
    """

    mode: Mode = "signed"
    shared: bool = True

    def mode_of(self, composed: bool) -> Mode:
        """Return the mode that is shown; signs have no colours where maps make a picture."""
        return "clip" if composed and self.mode == "signed" else self.mode


USUAL = Display()


def end_of_scale(least: float, most: float) -> float:
    """Return the end of a signed scale: as far above zero as below; 1 if all is 0 or noise."""
    end = max(-least, most)
    return end if end > _NOISE else 1.0


def colours_of(mode: Mode, picture: Range, found: Range) -> tuple[str, float, float]:
    """Return a family of colours, and the numbers at their ends.

    Args:
        mode: what the colours mean
        picture: the numbers of a picture that are black and white
        found: the smallest and the greatest number of the map, or of all on the same scale
    """
    low, high = picture
    if mode == "clip":
        return "image", low, high
    if mode == "plus_128":
        middle = _MIDDLE if picture == (0.0, 255.0) else (low + high) / 2
        return "shifted", low - middle, high - middle
    if mode == "stretch":
        least, most = found
        noise = most - least <= _NOISE * max(1.0, abs(most))
        return "stretched", least, least if noise else most
    limit = end_of_scale(*found)
    return ("absolute", 0.0, limit) if mode == "absolute" else ("data", -limit, limit)


def shown_as(value: float, plane: Plane) -> str:
    """Write a number, and which one its gray stands for if that is another: "−234, shown as 0".

    Where the grays are stretched, this is one of the 256 there are.
    """
    low, high = plane.low, plane.high
    inside = min(max(value, low), high)
    if plane.family == "absolute":
        shown = min(abs(value), high)
    elif plane.family == "shifted":
        shown = inside - low + plane.base
    elif plane.family == "stretched":
        gray = 255 * (inside - low) / (high - low) if high > low else 0.0
        return f"{write(value)}, shown as gray {round(gray)} of 255"
    else:
        shown = inside if plane.family == "image" else value
    told, other = write(value), write(shown)
    return told if told == other else f"{told}, shown as {other}"
