"""The set-up in PyTorch: the operations a network is made of, in double precision."""

from __future__ import annotations

from cnnstudio.lab.code.dialect import Dialect, Lines, call, is_deep
from cnnstudio.lab.code.literals import fraction
from cnnstudio.lab.code.weights import divided
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.nn.activation import LEAK

_MODES = {"zero": "constant", "replicate": "replicate", "reflect": "reflect", "wrap": "circular"}
_ACTIVATIONS = {
    "none": "feature_map  # no activation",
    "relu": "F.relu(feature_map)",
    "leaky_relu": f"F.leaky_relu(feature_map, {LEAK})",
    "tanh": "torch.tanh(feature_map)",
    "sigmoid": "torch.sigmoid(feature_map)",
}


class PyTorch(Dialect):
    """`conv2d`, which correlates as every deep-learning library does."""

    name = "PyTorch"
    order = 4

    def imports(self, bench: ConvolutionBench) -> Lines:
        """Import PyTorch and its functions."""
        return ["import torch", "import torch.nn.functional as F"]

    def slide(self, bench: ConvolutionBench) -> Lines:
        """Make tensors with a dimension for the batch, pad, and convolve."""
        kernel, deep = bench.kernel, is_deep(bench)
        batch = "[None]" if deep else "[None, None]"
        filters = "[:, None]" if bench.apart else batch
        lines = ["# Tensors: (pictures, channels, rows, columns), and filters in front."]
        lines.append(f"x = torch.from_numpy(pixels){batch}")
        lines.append(f"weight = torch.from_numpy(kernel){filters}{divided(kernel)}")
        if bench.flipped:
            lines.append("weight = weight.flip(-2, -1)  # true convolution turns each slice")
        options = []
        top, bottom, left, right = bench.padding
        if any(bench.padding):
            if bench.padding_mode == "zero" and top == bottom and left == right:
                options.append(f"padding={top, left}")
            else:
                sides = f"({left}, {right}, {top}, {bottom})"
                mode = _MODES[bench.padding_mode]
                lines.append(f'x = F.pad(x, {sides}, mode="{mode}")  # left, right, above, below')
        if bench.stride != (1, 1):
            options.append(f"stride={bench.stride}")
        if bench.dilation != (1, 1):
            options.append(f"dilation={bench.dilation}")
        if bench.apart:
            options.append(f"groups={kernel.channels}")
        if kernel.bias:
            count = f" * {kernel.channels}" if bench.apart else ""
            made = f"torch.tensor([{fraction(kernel.bias)}]{count}, dtype=torch.float64)"
            lines.append(f"bias = {made}")
            options.insert(0, "bias=bias")
        if bench.apart:
            lines.append("# As many groups as channels: each has a map of its own.")
        return [*lines, *call("feature_map", "F.conv2d", ["x", "weight", *options])]

    def activate(self, bench: ConvolutionBench) -> Lines:
        """Apply the activation to each number by itself."""
        return [f"activated = {_ACTIVATIONS[bench.activation]}"]

    def pool(self, bench: ConvolutionBench) -> Lines:
        """Pool; a sum is an average that is divided by 1."""
        pooling = bench.pooling
        options = ["activated", str(pooling.size), f"stride={pooling.stride}"]
        if any(pooling.padding):
            options.append(f"padding={pooling.padding}")
        lines = []
        if pooling.kind == "sum":
            lines.append("# PyTorch has no sum pooling: an average that is divided by 1 is one.")
            options.append("divisor_override=1")
        name = "F.max_pool2d" if pooling.kind == "max" else "F.avg_pool2d"
        return [*lines, *call("pooled", name, options)]

    def before_rows(self, bench: ConvolutionBench) -> str:
        """Write the indices of the first picture and the first channel."""
        return "0, 0, "
