"""The filter library: every file in ``resources/filters`` is one filter to pick."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from cnnstudio import resources
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.kernel_json import kernel_from_json

MINE = "mine"  # the family of the user's own, see `user_filters.py`
FAMILIES = (
    "identity",
    "edges",
    "sharpen",
    "blur",
    "emboss",
    "lines",
    "curves",
    "articles",
    MINE,
)
SEVEN = ("identity", "edge_1", "edge_2", "edge_3", "sharpen", "box_blur", "gaussian_blur")


@dataclass(frozen=True)
class Filter:
    """A named kernel with a sentence on what it does.

    Attributes:
        key: the name of its file; one of the user's own begins with "mine/"
        family: the heading it stands under in the picker
    """

    key: str
    name: str
    family: str
    about: str
    kernel: Kernel

    def found_by(self, words: str) -> bool:
        """Whether every one of some words is in its name, its sentence or its family."""
        told = f"{self.name} {self.about} {self.family}".casefold()
        return all(word in told for word in words.casefold().split())


@cache
def library() -> dict[str, Filter]:
    """Return the filters that ship with the program by key, family by family."""
    found = [_read(stem) for stem in resources.names("filters", ".json")]
    found.sort(key=lambda each: (FAMILIES.index(each.family), each.kernel.height, each.name))
    return {each.key: each for each in found}


def filter_of(
    kernel: Kernel, each_channel: bool = False, own: Iterable[Filter] = ()
) -> Filter | None:
    """Return the filter with these weights, whatever the bias; None for a kernel without a name.

    Args:
        kernel: may be a filter repeated for the channels of a colour picture
        each_channel: whether its slices work each by itself, so that the divisor did not grow
        own: the user's own filters, asked after those that ship with the program
    """
    same = kernel.alike
    gray = single(kernel, each_channel) if same else kernel
    found = _by_kernel()
    plain = replace(gray, bias=Fraction(0)) if gray.bias else gray
    if same and (known := found.get(gray) or found.get(plain)):
        return known
    mine = list(own)
    for wanted in (gray, kernel, plain):
        for each in mine:
            if each.kernel == wanted:
                return each
    return None


def single(kernel: Kernel, each_channel: bool = False) -> Kernel:
    """Return a kernel with equal slices as the gray one it was made of; any other as it is."""
    if not kernel.alike:
        return kernel
    return kernel.alone(0) if each_channel else kernel.repeated(1)


@cache
def _by_kernel() -> dict[Kernel, Filter]:
    return {each.kernel: each for each in library().values()}


def _read(stem: str) -> Filter:
    entry = json.loads(resources.text(f"filters/{stem}.json"))
    return Filter(stem, entry["name"], entry["family"], entry["about"], kernel_from_json(entry))
