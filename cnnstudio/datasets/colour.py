"""Colours of a background; importing this imports nothing else."""

from typing import TypeAlias

Colour: TypeAlias = tuple[int, int, int]  # red, green, blue, each 0 to 255
WHITE: Colour = (255, 255, 255)
GRAY: Colour = (128, 128, 128)
BLACK: Colour = (0, 0, 0)
