"""The filter library: every file in ``resources/filters`` is one filter to pick."""

import json
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from cnnstudio import resources
from cnnstudio.lab.kernel import Kernel

FAMILIES = ("identity", "edges", "sharpen", "blur", "emboss", "lines", "curves")


@dataclass(frozen=True)
class Filter:
    """A named kernel with a sentence on what it does.

    Attributes:
        key: the name of its file
        family: the heading it stands under in the picker
    """

    key: str
    name: str
    family: str
    about: str
    kernel: Kernel


@cache
def library() -> dict[str, Filter]:
    """Return the filters that ship with the program by key, family by family."""
    found = [_read(stem) for stem in resources.names("filters", ".json")]
    found.sort(key=lambda each: (FAMILIES.index(each.family), each.kernel.height, each.name))
    return {each.key: each for each in found}


def filter_of(kernel: Kernel, each_channel: bool = False) -> Filter | None:
    """Return the library's filter with these weights, whatever the bias; None for one's own.

    Args:
        kernel: may be a filter repeated for the channels of a colour picture
        each_channel: whether its slices work each by itself, so that the divisor did not grow
    """
    if len(set(kernel.cells)) > 1:
        return None
    gray = kernel.alone(0) if each_channel else kernel.repeated(1)
    found = _by_kernel()
    return found.get(gray) or (found.get(replace(gray, bias=Fraction(0))) if gray.bias else None)


@cache
def _by_kernel() -> dict[Kernel, Filter]:
    return {each.kernel: each for each in library().values()}


def _read(stem: str) -> Filter:
    entry = json.loads(resources.text(f"filters/{stem}.json"))
    kernel = Kernel.of(entry["rows"], entry.get("divisor", 1), entry.get("bias", 0))
    return Filter(stem, entry["name"], entry["family"], entry["about"], kernel)
