"""The lines of code that write the kernel down: its weights as typed, divisor and bias apart."""

from __future__ import annotations

from fractions import Fraction

from cnnstudio.lab.code.literals import block, fits, fraction, number, table
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import channel_name
from cnnstudio.lab.kernel import Kernel

_MOST_NAMED = 3  # slices that have names


def kernel_lines(bench: ConvolutionBench) -> list[str]:
    """Write what makes `kernel`, (kH, kW) for a gray picture and (C, kH, kW) for channels."""
    kernel = bench.kernel
    rows = [[[fraction(cell) for cell in row] for row in plane] for plane in kernel.cells]
    lines = ["# The kernel."]
    if not is_typed(kernel):
        whole = kernel.has_whole_numerators and kernel.denominator > 1
        if whole:
            lines.append(f"# Parts of 1 / {kernel.denominator}; the sums are divided at the end.")
        every = [[number(cell) for cell in row] for plane in kernel.numerators for row in plane]
        shape: tuple[int, ...] = (kernel.height, kernel.width)
        shape = shape if kernel.channels == 1 else (kernel.channels, *shape)
        made = f"kernel = np.array(WEIGHTS.split(), float).reshape{shape}"
        return [*lines, *block("WEIGHTS", every), made]
    if kernel.channels == 1:
        return [*lines, *table("weights", rows[0]), "kernel = np.array(weights, float)"]
    if kernel.alike:
        return [
            *lines,
            *table("weights", rows[0]),
            f"kernel = np.array([weights] * {kernel.channels}, float)  # the same on each channel",
        ]
    names = [f"on_{channel_name(c, kernel.channels)}" for c in range(kernel.channels)]
    names = [name.replace(" ", "_") for name in names]
    for name, plane in zip(names, rows, strict=True):
        lines += table(name, plane)
    return [*lines, "kernel = np.array(", f"    [{', '.join(names)}],", "    float,", ")"]


def is_typed(kernel: Kernel) -> bool:
    """Whether the weights are written as they were typed, and not as parts of one number."""
    if kernel.channels > _MOST_NAMED and not kernel.alike:
        return False
    return all(fits([[fraction(cell) for cell in row] for row in plane]) for plane in kernel.cells)


def divided(kernel: Kernel) -> str:
    """Write what the sums are divided by: ``" / 9"``; nothing if that is 1, ``" * 9"`` for 1/9."""
    divisor = kernel.divisor
    if not is_typed(kernel):
        divisor *= kernel.denominator
    times = f" * {divisor.denominator}" if divisor.denominator > 1 else ""
    return f"{times} / {divisor.numerator}" if divisor.numerator != 1 else times


def added(bias: Fraction) -> str:
    """Write what is added to every number: ``" + 128"``; nothing if that is 0."""
    if not bias:
        return ""
    return f" {'+' if bias > 0 else '-'} {fraction(abs(bias))}"
