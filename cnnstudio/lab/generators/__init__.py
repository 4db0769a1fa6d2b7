"""Kernels made by a formula: every module here with a `Generator` in it is one kind to pick.

A generator is a frozen dataclass whose fields are its parameters: what they may be, and how they
are called, stands beside them. Being in this folder is being offered.
"""

import sys
from abc import ABC, abstractmethod
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, ClassVar

from cnnstudio.discovery import subclasses_in
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.number import write

_NEAR = 1e-9  # how far from a step a number may be that was added up from steps


@dataclass(frozen=True)
class Parameter:
    """What may be set of a generator.

    Attributes:
        name: the field of the generator
        label: what it is called on the screen
        default: a whole number where only whole numbers are possible
        low: the smallest value
        high: the greatest
        step: how much one step changes; whole numbers lie whole steps above the smallest
        unit: what stands behind the number, "px" or "°", or nothing
        about: a sentence on what it does
    """

    name: str
    label: str
    default: float
    low: float
    high: float
    step: float
    unit: str = ""
    about: str = ""

    @property
    def whole(self) -> bool:
        """Whether only whole numbers are possible."""
        return isinstance(self.default, int)

    def check(self, value: float) -> None:
        """Refuse what it cannot be with a sentence."""
        if not self.low <= value <= self.high:
            raise ValueError(
                f"{self.label} goes from {write(self.low)} to {write(self.high)}; "
                f"{write(value)} is not possible"
            )
        if self.whole and (value != int(value) or (value - self.low) % self.step):
            first, second = write(self.low), write(self.low + self.step)
            raise ValueError(
                f"{self.label} is {first}, {second} and so on; {write(value)} is not possible"
            )


def parameter(  # noqa: PLR0913
    default: float,
    low: float,
    high: float,
    step: float,
    label: str,
    unit: str = "",
    about: str = "",
) -> Any:
    """Declare a field of a generator as a parameter; see `Parameter`."""
    told = {"default": default, "low": low, "high": high, "step": step}
    return field(default=default, metadata=told | {"label": label, "unit": unit, "about": about})


@dataclass(frozen=True)
class Generator(ABC):
    """A kind of kernel with parameters; one whose parameters are out of range is refused.

    Attributes:
        key: what it is called in files
        title: what it is called on the screen
        about: a sentence on what its kernels do
        order: its place in the list
    """

    key: ClassVar[str]
    title: ClassVar[str]
    about: ClassVar[str]
    order: ClassVar[int]

    def __post_init__(self) -> None:
        for each in parameters(type(self)):
            each.check(getattr(self, each.name))

    @abstractmethod
    def kernel(self) -> Kernel:
        """Return the kernel for a gray picture."""


def parameters(kind: type[Generator]) -> tuple[Parameter, ...]:
    """List what may be set of a kind of kernel, in the order of its fields."""
    return tuple(Parameter(each.name, **each.metadata) for each in fields(kind))


def told(generator: Generator) -> str:
    """Write what a kernel was made by: ``"Gaussian blur: size 5, sigma 1 px"``."""
    settings = []
    for each in parameters(type(generator)):
        unit = each.unit if each.unit in {"", "°"} else f" {each.unit}"
        settings.append(f"{each.label.lower()} {write(getattr(generator, each.name))}{unit}")
    return f"{generator.title}: {', '.join(settings)}"


@cache
def generators() -> dict[str, type[Generator]]:
    """Return every kind of kernel by its key, in the order in which they are offered."""
    found = subclasses_in(sys.modules[__name__], Generator)  # type: ignore[type-abstract]
    return {kind.key: kind for kind in sorted(found, key=lambda kind: kind.order)}
