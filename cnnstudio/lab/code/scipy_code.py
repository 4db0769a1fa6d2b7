"""The set-up in SciPy: its correlation and convolution in two dimensions, channel by channel."""

from __future__ import annotations

from cnnstudio.lab.code.dialect import Dialect, Lines, is_deep, moved
from cnnstudio.lab.code.numpy_code import (
    WINDOWS,
    activation_lines,
    pad_lines,
    pooling_lines,
    steps,
)
from cnnstudio.lab.code.weights import added, divided
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.misfit import pooling_misfit


class SciPy(Dialect):
    """`correlate2d` for what deep learning calls convolution, `convolve2d` for the true one."""

    name = "SciPy"
    order = 2

    def imports(self, bench: ConvolutionBench) -> Lines:
        """Import SciPy's parts, and NumPy's windows for the pooling."""
        parts = "signal, special" if bench.activation == "sigmoid" else "signal"
        lines = [f"from scipy import {parts}"]
        return [*lines, WINDOWS] if pools(bench) else lines

    def slide(self, bench: ConvolutionBench) -> Lines:
        """Correlate at every place, and keep those on which the stride sets the kernel down."""
        kernel, lines = bench.kernel, [*pad_lines(bench), *spread_lines(bench)]
        name = "convolve2d" if bench.flipped else "correlate2d"
        lines.append("")
        if bench.flipped:
            lines.append("# convolve2d turns the kernel by 180 degrees: a true convolution.")
        else:
            lines.append("# correlate2d leaves the kernel as it is, as deep learning does.")
        lines.append('# "valid" keeps the places at which the kernel lies on numbers only.')
        if not is_deep(bench):
            lines.append(f'answers = signal.{name}(padded, kernel, mode="valid")')
        else:
            lines += [
                "answers = [",
                *moved(
                    [
                        f'signal.{name}(plane, weights, mode="valid")',
                        "for plane, weights in zip(padded, kernel, strict=True)",
                    ]
                ),
                "]",
                f"answers = np.{'array' if bench.apart else 'sum'}(answers"
                f"{')' if bench.apart else ', axis=0)  # the channels are added up'}",
            ]
        if bench.stride != (1, 1):
            where = f"..., {steps(bench.stride)}"
            lines.append(f"answers = answers[{where}]  # the stride: SciPy has none of its own")
        return [*lines, f"feature_map = answers{divided(kernel)}{added(kernel.bias)}"]

    def activate(self, bench: ConvolutionBench) -> Lines:
        """Apply the activation to each number by itself."""
        if bench.activation == "sigmoid":
            return ["activated = special.expit(feature_map)  # the sigmoid"]
        return activation_lines(bench)

    def pool(self, bench: ConvolutionBench) -> Lines:
        """Pool with NumPy."""
        return ["# SciPy has no pooling; NumPy's windows do it.", *pooling_lines(bench)]


def pools(bench: ConvolutionBench) -> bool:
    """Whether there is something to pool."""
    return bench.pooling.kind != "none" and pooling_misfit(bench) is None


def spread_lines(bench: ConvolutionBench) -> Lines:
    """Write what puts zeros between the weights of a dilated kernel."""
    if bench.dilation == (1, 1):
        return []
    kernel = bench.kernel
    shape = [
        step * (side - 1) + 1
        for step, side in zip(bench.dilation, (kernel.height, kernel.width), strict=True)
    ]
    shape = [kernel.channels, *shape] if is_deep(bench) else shape
    return [
        "",
        "# The dilation: zeros between the weights.",
        f"spread = np.zeros({tuple(shape)})",
        f"spread[..., {steps(bench.dilation)}] = kernel",
        "kernel = spread",
    ]
