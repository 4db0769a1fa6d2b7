"""The set-up in NumPy: windows are views of the picture, and nothing is hidden in a library."""

from __future__ import annotations

from cnnstudio.lab.code.dialect import Dialect, Lines, call, is_deep, summed
from cnnstudio.lab.code.weights import added, divided
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.nn.activation import LEAK
from cnnstudio.nn.geometry import Pair

_MODES = {"replicate": "edge", "reflect": "reflect", "wrap": "wrap"}
_WAYS = {"max": "max", "average": "mean", "sum": "sum"}
WINDOWS = "from numpy.lib.stride_tricks import sliding_window_view"


class NumPy(Dialect):
    """Windows as views, and one sum over all of them."""

    name = "NumPy"
    order = 1

    def imports(self, bench: ConvolutionBench) -> Lines:
        """Import what shows an array as windows."""
        return [WINDOWS]

    def slide(self, bench: ConvolutionBench) -> Lines:
        """Multiply each window with the kernel, and add the products up."""
        kernel, lines = bench.kernel, pad_lines(bench)
        lines += ["", "# What the kernel sees at every place: a view, nothing is copied."]
        spread = tuple(
            step * (side - 1) + 1
            for step, side in zip(bench.dilation, (kernel.height, kernel.width), strict=True)
        )
        lines.append(f"windows = sliding_window_view(padded, {spread}, axis=(-2, -1))")
        if bench.stride != (1, 1):
            lines.append(f"windows = windows[..., {steps(bench.stride)}, :, :]  # the stride")
        if bench.dilation != (1, 1):
            lines.append(f"windows = windows[..., {steps(bench.dilation)}]  # the dilation")
        if bench.flipped:
            lines.append("kernel = kernel[..., ::-1, ::-1]  # true convolution turns each slice")
        letters = "cyxij,cij->yx" if summed(bench) else "cyxij,cij->cyx"
        letters = letters if is_deep(bench) else "yxij,ij->yx"
        lines += ["", "# Pixel times weight, added up at every place (y, x) of the map."]
        products = f'np.einsum("{letters}", windows, kernel)'
        return [*lines, f"feature_map = {products}{divided(kernel)}{added(kernel.bias)}"]

    def activate(self, bench: ConvolutionBench) -> Lines:
        """Apply the activation to each number by itself."""
        return activation_lines(bench)

    def pool(self, bench: ConvolutionBench) -> Lines:
        """Take windows again, and make one number of each."""
        return pooling_lines(bench)


def steps(pair: Pair) -> str:
    """Write every n-th row and column: ``"::2, ::2"``."""
    return ", ".join(":" if step == 1 else f"::{step}" for step in pair)


def pad_lines(bench: ConvolutionBench) -> Lines:
    """Write what makes `padded` of `pixels`."""
    if not any(bench.padding):
        return ["padded = pixels  # no padding"]
    top, bottom, left, right = bench.padding
    widths = f"[{'(0, 0), ' if is_deep(bench) else ''}({top}, {bottom}), ({left}, {right})]"
    mode = _MODES.get(bench.padding_mode)
    how = f', mode="{mode}"' if mode else ""
    about = "# Padding: above and below, left and right."
    return [about, f"padded = np.pad(pixels, {widths}{how})"]


def activation_lines(bench: ConvolutionBench) -> Lines:
    """Write what makes `activated` of `feature_map`."""
    made = {
        "none": "feature_map  # no activation",
        "relu": "np.maximum(feature_map, 0)  # ReLU",
        "leaky_relu": f"np.where(feature_map > 0, feature_map, {LEAK} * feature_map)",
        "tanh": "np.tanh(feature_map)",
        "sigmoid": "(1 + np.tanh(feature_map / 2)) / 2",
    }[bench.activation]
    lines = [f"activated = {made}"]
    if bench.activation == "sigmoid":
        lines.insert(0, "# The sigmoid 1 / (1 + exp(-x)), written so that nothing overflows.")
    if bench.activation == "leaky_relu":
        lines.insert(0, "# Leaky ReLU: a little of what is negative is kept.")
    return lines


def pooling_lines(bench: ConvolutionBench) -> Lines:
    """Write what makes `pooled` of `activated`."""
    pooling, lines, source = bench.pooling, list[str](), "activated"
    if any(pooling.padding):
        (above, beside), source = pooling.padding, "edged"
        channels = "(0, 0), " if bench.apart else ""
        widths = f"[{channels}({above}, {above}), ({beside}, {beside})]"
        filling = "-np.inf" if pooling.kind == "max" else "0"
        about = "can never be the maximum" if pooling.kind == "max" else "counts as 0"
        lines.append(f"# The padding of the pooling {about}.")
        lines += call("edged", "np.pad", ["activated", widths, f"constant_values={filling}"])
    lines.append(f"fields = sliding_window_view({source}, {pooling.size}, axis=(-2, -1))")
    if pooling.stride != (1, 1):
        lines.append(f"fields = fields[..., {steps(pooling.stride)}, :, :]  # the stride")
    return [*lines, f"pooled = fields.{_WAYS[pooling.kind]}(axis=(-2, -1))"]
