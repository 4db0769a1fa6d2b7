"""What the user wants written: the choices of the export dialog, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["picture", "numbers", "steps"]
KINDS: tuple[Kind, ...] = ("picture", "numbers", "steps")
SCALES = (1, 2, 4, 8, 16, 32)
MOST_OF_PAGE = 4  # times as sharp as on the screen
WRITTEN = ("csv", "npy")
MOVING = ("gif", "webp")


@dataclass(frozen=True)
class ExportChoice:
    """What is written, and how.

    Attributes:
        kind: pictures, numbers, or the steps of the playhead
        picture, numbers: which stage
        scale: pixels of the file for each number, across and down
        written: how numbers are written
        stretch: which steps: "all", "row", "range", "products"
        first, last: row and column of the steps, from 0
        speed: steps a second
        width: of a frame, in px
        moving: how steps are written
    """

    kind: Kind = "picture"
    picture: str = "feature_map"
    numbers: str = "feature_map"
    scale: int = 1
    written: str = "csv"
    stretch: str = "row"
    first: tuple[int, int] = (0, 0)
    last: tuple[int, int] = (0, 0)
    speed: float = 4.0
    width: int = 720
    moving: str = "gif"

    @property
    def stage(self) -> str:
        """Which stage the file is about."""
        if self.kind == "steps":
            return "feature_map"
        return self.picture if self.kind == "picture" else self.numbers

    @property
    def enlarged(self) -> int:
        """How many times the picture is as large, as far as that makes sense."""
        return min(self.scale, MOST_OF_PAGE) if self.picture == "page" else self.scale

    @property
    def suffix(self) -> str:
        """How the name of the file ends."""
        ends = {"picture": "png", "numbers": self.written, "steps": self.moving}
        return f".{ends[self.kind]}"
