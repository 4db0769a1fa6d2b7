"""The set-up in OpenCV: filter2D is a correlation, and its blurs and dilations can pool."""

from __future__ import annotations

from cnnstudio.lab.code.dialect import Dialect, Lines, call, is_deep, moved
from cnnstudio.lab.code.numpy_code import activation_lines
from cnnstudio.lab.code.scipy_code import spread_lines
from cnnstudio.lab.code.weights import added, divided
from cnnstudio.lab.convolution import ConvolutionBench

_BORDERS = {
    "zero": "CONSTANT",
    "replicate": "REPLICATE",
    "reflect": "REFLECT_101",
    "wrap": "WRAP",
}


class OpenCV(Dialect):
    """`filter2D` in double precision, with its anchor in the corner."""

    name = "OpenCV"
    order = 3

    def imports(self, bench: ConvolutionBench) -> Lines:
        """Import OpenCV."""
        return ["import cv2"]

    def slide(self, bench: ConvolutionBench) -> Lines:
        """Filter every channel, and cut off where the kernel lay on the border."""
        kernel, deep = bench.kernel, is_deep(bench)
        lines = spread_lines(bench)[1:]
        scale = divided(kernel)
        if scale:
            lines.append(f"kernel = kernel{scale}  # the divisor")
        together = deep and not bench.apart
        plane, weights = ("plane", "part") if deep else ("pixels", "kernel")
        delta = "" if together or not kernel.bias else f", delta={_plain(added(kernel.bias))}"
        lines += ["", ""] if lines else [""]
        lines += self._function(bench, delta)
        made = f"filtered({plane}, {weights})"
        if deep:
            lines.append(f"answers = [{made} for plane, part in pairs]")
            lines.insert(-1, "pairs = zip(pixels, kernel, strict=True)")
            how = "np.sum(answers, axis=0)" if together else "np.array(answers)"
            bias = added(kernel.bias) if together else ""
            about = "  # the channels are added up" if together else ""
            return [*lines, f"feature_map = {how}{bias}{about}"]
        return [*lines, f"feature_map = {made}"]

    def _function(self, bench: ConvolutionBench, delta: str) -> Lines:
        """Write the function that filters one channel."""
        top, bottom, left, right = bench.padding
        lines = ["def filtered(plane, part):", '    """Slide a kernel over one channel."""']
        if any(bench.padding):
            border = f"cv2.BORDER_{_BORDERS[bench.padding_mode]}"
            value = ", value=0" if bench.padding_mode == "zero" else ""
            sides = f"{top}, {bottom}, {left}, {right}"
            lines += [
                f"    sides = {sides}  # the padding",
                f"    plane = cv2.copyMakeBorder(plane, *sides, {border}{value})",
            ]
        if bench.flipped:
            lines.append("    part = cv2.flip(part, -1)  # filter2D does not turn the kernel")
        return [
            *lines,
            "    rows = plane.shape[0] - part.shape[0] + 1",
            "    columns = plane.shape[1] - part.shape[1] + 1",
            "    # From its upper left corner on: what lies on no pixels is cut off below.",
            f"    made = cv2.filter2D(plane, cv2.CV_64F, part, anchor=(0, 0){delta})",
            f"    return made[{_until('rows', bench.stride[0])}, "
            f"{_until('columns', bench.stride[1])}]{_stride(bench)}",
            "",
            "",
        ]

    def activate(self, bench: ConvolutionBench) -> Lines:
        """Apply the activation with NumPy, whose arrays OpenCV's are."""
        return activation_lines(bench)

    def pool(self, bench: ConvolutionBench) -> Lines:
        """Pool with a dilation, which takes the greatest number, or with a box filter."""
        pooling = bench.pooling
        down, across = pooling.size
        lines = [
            "",
            "# OpenCV has no pooling, but its filters do the same at every place.",
            "def pooled_from(plane):",
            '    """Pool one map."""',
        ]
        if any(pooling.padding):
            above, beside = pooling.padding
            filling = "-np.inf" if pooling.kind == "max" else "0"
            lines.append(f"    sides = {above}, {above}, {beside}, {beside}  # the padding")
            border = ["plane", "*sides", "cv2.BORDER_CONSTANT", f"value={filling}"]
            lines += moved(call("plane", "cv2.copyMakeBorder", border, 1))
        if pooling.kind == "max":
            lines.append(f"    field = np.ones(({down}, {across}), np.uint8)")
            lines.append("    made = cv2.dilate(plane, field, anchor=(0, 0))")
        else:
            normalize = f"normalize={pooling.kind == 'average'}"
            box = ["plane", "-1", f"({across}, {down})", "anchor=(0, 0)", normalize]
            lines += moved(call("made", "cv2.boxFilter", box, 1))
        ends = _until("rows", pooling.stride[0]), _until("columns", pooling.stride[1])
        lines += [
            f"    rows = plane.shape[0] - {down} + 1",
            f"    columns = plane.shape[1] - {across} + 1",
            f"    return made[{', '.join(ends)}]",
            "",
            "",
        ]
        made = "pooled_from(activated)"
        if bench.apart:
            made = "np.array([pooled_from(plane) for plane in activated])"
        return [*lines, f"pooled = {made}"]


def _until(end: str, step: int) -> str:
    return f":{end}" if step == 1 else f":{end}:{step}"


def _stride(bench: ConvolutionBench) -> str:
    return "  # the stride" if bench.stride != (1, 1) else ""


def _plain(text: str) -> str:
    sign, _, number = text.strip().partition(" ")
    return number if sign == "+" else f"-{number}"
