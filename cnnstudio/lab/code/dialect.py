"""What each library's module says: how the maps are made with it, line by line."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from cnnstudio.lab.code.literals import LINE
from cnnstudio.lab.convolution import ConvolutionBench

Lines = list[str]


class Dialect(ABC):
    """Writes the set-up for one library; `pixels` and `kernel` are there already, as floats.

    Both have two dimensions for a gray picture, and one for the channels in front of them else.

    Attributes:
        name: of the library, as people write it
        order: its place in a list of them
        imports: the lines its code needs beside NumPy's
    """

    name: ClassVar[str]
    order: ClassVar[int]

    @abstractmethod
    def imports(self, bench: ConvolutionBench) -> Lines:
        """Return the lines that import what the code needs beside NumPy and Pillow."""

    @abstractmethod
    def slide(self, bench: ConvolutionBench) -> Lines:
        """Write what makes `feature_map`."""

    @abstractmethod
    def activate(self, bench: ConvolutionBench) -> Lines:
        """Write what makes `activated` of it."""

    @abstractmethod
    def pool(self, bench: ConvolutionBench) -> Lines:
        """Write what makes `pooled` of that; there is at least one window."""

    def before_rows(self, bench: ConvolutionBench) -> str:
        """Write the indices that lead to the first map of `feature_map`, in front of its rows."""
        return "0, " if bench.apart else ""


def is_deep(bench: ConvolutionBench) -> bool:
    """Whether there are several channels, so that arrays have a dimension for them."""
    return bench.kernel.channels > 1


def summed(bench: ConvolutionBench) -> bool:
    """Whether several channels become one map."""
    return is_deep(bench) and not bench.apart


def moved(lines: Lines) -> Lines:
    """Indent lines once."""
    return [f"    {line}" for line in lines]


def call(made: str, name: str, arguments: Lines, depth: int = 0) -> Lines:
    """Write a call, on one line if it fits, else on three.

    Args:
        made: the variable it is for
        name: of the function
        arguments: as they are written
        depth: how far its lines will be indented
    """
    inside = ", ".join(arguments)
    line = f"{made} = {name}({inside})"
    if len(line) + 4 * depth <= LINE:
        return [line]
    return [f"{made} = {name}(", f"    {inside}", ")"]
