"""What a picture read from a file is, and what is raised when it cannot be shown."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnnstudio.datasets.colour import WHITE, Colour

MAX_KEPT = 12_000_000  # pixels of what is shown; larger pictures are averaged down


class UnusablePicture(ValueError):  # noqa: N818 - it is the file that is wrong
    """A file that cannot be shown; says why in one sentence with its name.

    Attributes:
        partly: whether reading it again with `partial=True` would give something to see
    """

    def __init__(self, sentence: str, partly: bool = False) -> None:
        super().__init__(sentence)
        self.partly = partly


class Cancelled(Exception):  # noqa: N818 - nothing went wrong
    """Nobody wants this picture any more."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture in gray or in colours, and what was done to it on the way."""

    name: str  # of the file, fit for being shown
    pixels: NDArray[np.uint8]  # (C, H, W); C is 1 (gray) or 3 (red, green, blue); read-only
    note: str = ""  # what was done to it, such as "16 bits scaled to 8"; parted by commas
    frame: int = 0  # which frame or page of the file this is, from 0
    frames: int = 1  # how many there are
    transparent: bool = False  # whether the background is seen anywhere
    background: Colour = WHITE  # what lies under transparent parts
    partial: bool = False  # whether the file ended before the picture did

    def __post_init__(self) -> None:
        self.pixels.setflags(write=False)


def shown(text: str) -> str:
    """Replace what cannot be shown in one line, such as a line break in a file's name."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
