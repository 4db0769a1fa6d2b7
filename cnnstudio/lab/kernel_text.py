"""A kernel as text and back: for the clipboard, spreadsheets, Python and articles."""

import re
from dataclasses import dataclass
from fractions import Fraction

from cnnstudio.lab.kernel import MAX_SIDE, Kernel, Slice
from cnnstudio.lab.kernel_block import read_slices, slices_of
from cnnstudio.lab.kernel_notation import plain_notation
from cnnstudio.lab.number import MINUS, holdable, parse, write, write_weight

FORMS = ("tabs", "spaces", "python", "numpy")
MAX_TEXT = 100_000  # characters; a colour kernel needs a tenth of that
MAX_LINES = 2000  # the rows of all slices, and more
_GAP = 24  # spaces, empty cells or lines one after the other; more of them mean no more
_GAPS = re.compile(rf"\s{{{_GAP},}}")
_NUMBER = r"[+-]?[\d.][\d.]*(?:[eE][+-]?\d+)?(?: */ *[+-]?[\d.]+)?"
_NAMED = re.compile(r"[,;]?[ \t]*\b(divisor|bias)\b[ \t]*[:=]?[ \t]*([^\s,;#]+)", re.IGNORECASE)
_WORDS = re.compile(r"\A[^\W\d][^\d\[\](){}=]*:\s*(?=\[)")  # such as “the filter is:”
_COMMENT = re.compile(r"#[^\n]*")
_BEFORE = re.compile(rf"\s*(?:({_NUMBER})\s*(?:[*×·]|(?=\[))|\[\s*({_NUMBER})\s*\]\s*[*×·])")
_BEHIND = re.compile(rf"(?<=\])\s*([*/×·])\s*(?:({_NUMBER})|\[\s*({_NUMBER})\s*\])\s*\Z")


@dataclass(frozen=True)
class Block:
    """What was read from a text.

    Attributes:
        cells: the weights, slice by slice
        divisor: from a factor in front, a divisor behind, or the word "divisor"
        bias: from the word "bias"
        rounded: how many numbers were too fine for the bench and are rounded to nine decimals
    """

    cells: tuple[Slice, ...]
    divisor: Fraction = Fraction(1)
    bias: Fraction = Fraction(0)
    rounded: int = 0

    @property
    def kernel(self) -> Kernel:
        """The kernel it is."""
        return Kernel(self.cells, self.divisor, self.bias)


def block_from_text(text: str) -> Block:
    """Read a block of numbers in whatever way it is written.

    Cells are separated by tabs, semicolons or ``|`` (decimal commas are read there), else by
    commas, else by spaces. Rows are lines, or separated by `` / `` or semicolons on one line.

    Args:
        text: as pasted or read from a file

    Raises:
        ValueError: with a sentence that names the row or the word, if it is not a kernel.
    """
    if len(text) > MAX_TEXT:
        raise ValueError(f"A kernel has up to {write(MAX_TEXT)} characters; this text has more")
    if text.count("\n") > MAX_LINES:
        raise ValueError(f"A kernel has up to {MAX_SIDE} rows; this text has many more")
    text = _GAPS.sub(lambda gap: gap[0][:_GAP], text)
    named = {"divisor": Fraction(1), "bias": Fraction(0)}
    for found in _NAMED.finditer(text):
        word, value = found[1].lower(), found[2].removeprefix("=")
        named[word] = _factor(value) if word == "divisor" else parse(value)
    text = plain_notation(_WORDS.sub("", _COMMENT.sub("", _NAMED.sub("", text))))
    divisor = named["divisor"]
    if before := _BEFORE.match(text):
        divisor /= _factor(before[1] or before[2])
        text = text[before.end() :]
    if behind := _BEHIND.search(text):
        by = _factor(behind[2] or behind[3])
        divisor = divisor * by if behind[1] == "/" else divisor / by
        text = text[: behind.start()]
    cells, rounded = read_slices(slices_of(text))
    return Block(cells, holdable(divisor, "The divisor"), named["bias"], rounded)


def kernel_text(kernel: Kernel, form: str) -> str:
    """Write a kernel as one of FORMS; `block_from_text` reads the same kernel from it.

    Args:
        kernel: a divisor other than 1 and a bias other than 0 are named behind the weights
        form: "tabs" for a spreadsheet, "spaces" for a text, "python" for lists, "numpy"
    """
    planes = [[[_written(cell) for cell in row] for row in plane] for plane in kernel.cells]
    divisor, bias = _written(kernel.divisor), _written(kernel.bias)
    said = [f"divisor {divisor}"] * (kernel.divisor != 1) + [f"bias {bias}"] * (kernel.bias != 0)
    if form in {"tabs", "spaces"}:
        write_rows = _tabs if form == "tabs" else _spaces
        written = [write_rows(plane) for plane in planes]
        if len(written) > 1:
            written = [f"slice {place}\n{each}" for place, each in enumerate(written, 1)]
        behind = [each.replace(" ", "\t") for each in said] if form == "tabs" else said
        return "\n\n".join(written) + "".join(f"\n{each}" for each in behind)
    if form == "python":
        return _nested(planes, 0) + (f"  # {', '.join(said)}" if said else "")
    if form != "numpy":
        raise ValueError(f"A kernel cannot be written as “{form}”")
    over = f" / ({divisor})" if "/" in divisor else f" / {divisor}"
    made = f"{_NUMPY}{_nested(planes, len(_NUMPY))})" + (over if kernel.divisor != 1 else "")
    return made + (f"  # bias {bias}" if kernel.bias else "")


_NUMPY = "np.array("


def _factor(text: str) -> Fraction:
    value = parse(text)
    if not value:
        raise ValueError("A factor or a divisor of 0 leaves nothing of the kernel")
    return value


def _written(value: Fraction) -> str:
    return write_weight(value).replace(MINUS, "-")


def _tabs(plane: list[list[str]]) -> str:
    """Write rows for a spreadsheet, which takes 1/9 for a day and =1/9 for the number."""
    return "\n".join(
        "\t".join(f"={cell}" if "/" in cell else cell for cell in row) for row in plane
    )


def _spaces(plane: list[list[str]]) -> str:
    wide = max(len(cell) for row in plane for cell in row)
    return "\n".join(" ".join(f"{cell:>{wide}}" for cell in row) for row in plane)


def _nested(planes: list[list[list[str]]], indent: int) -> str:
    """Write lists in lists, row below row; one slice alone is two lists deep."""
    deep = len(planes) > 1
    rows = f",\n{' ' * (indent + 1 + deep)}"
    written = [f"[{rows.join('[' + ', '.join(row) + ']' for row in plane)}]" for plane in planes]
    slices = f",\n{' ' * (indent + 1)}".join(written)
    return f"[{slices}]" if deep else slices
