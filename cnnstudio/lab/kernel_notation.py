"""The many notations of a block of numbers, rewritten as one: brackets, lines and separators.

LaTeX, NumPy, PyTorch, Python, C and Markdown differ in what they put round the numbers. This takes
it off and keeps what matters: ``[`` and ``]`` for what is nested, a new line for a row, a tab for
a column where the notation marks columns plainly.
"""

import re

from cnnstudio.lab.number import MINUS

_DASHES = str.maketrans(dict.fromkeys(f"{MINUS}\u2010\u2011\u2012\u2013\ufe63\uff0d", "-"))
_BRACKETS = str.maketrans({"(": "[", ")": "]", "{": "[", "}": "]"})
_ENVIRONMENT = r"\\(begin|end)\s*\{[a-zA-Z]*(?:matrix|array)\*?\}(?:\s*\{[clr|\s]*\})?"
_LATEX = (
    (r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1/\2"),
    (r"\\[dt]?frac\s*(\d)\s*(\d)", r"\1/\2"),
    (r"\\(?:left|right|[bB]igg?[lr]?)\s*(?:\\[{}|]|[\[\](){}|.])", " "),
    (r"\\(?:cdot|times|ast)(?![a-zA-Z])", "*"),
    (r"\\(?:hline|displaystyle|quad|qquad|[,;:! \[\]()])", " "),
    (r"\$", " "),
)
_PROGRAM = (
    (r"\bFraction\(\s*([+-]?\d+)\s*,\s*(\d+)\s*\)", r"\1/\2"),
    (r"\b(?:\w{1,30}\.){1,3}u?(?:int|float)\d+\(\s*([^()\[\],]*?)\s*\)", r"\1"),
    (r",?\s{0,9}\b(?:dtype|device|requires_grad|copy)\s*=\s*[\w.'\"<>:]+", ""),
    (r",\s{0,9}(?:\w{1,30}\.)?(?:float|int)\d*(?=\s*\))", ""),
    (r"^\s*(?:[A-Za-z_]\w*\s+)*[A-Za-z_]\w*(?:\s*:[^=\n]*)?(?:\[[\d\s]*\])*\s*=(?!=)", ""),
    (r"\b(?:\w{1,30}\.){0,3}(?:asarray|array|tensor|matrix|Matrix|Tensor)\s*\(", "("),
)
_RULER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*\Z")


def plain_notation(text: str) -> str:
    """Rewrite a block of numbers so that only brackets, lines and separators are left.

    Args:
        text: as pasted
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_DASHES)
    if "\\" in text:
        text = _from_latex(text)
    for found, instead in _PROGRAM:
        text = re.sub(found, instead, text)
    if "|" in text:
        text = _from_table(text)
    return text.translate(_BRACKETS).strip().rstrip(";").rstrip()


def _from_latex(text: str) -> str:
    r"""Turn ``1 & 0 \\`` into a line with a tab; the lines of the source mean nothing there."""
    if "\\\\" in text or "&" in text:
        text = text.replace("\n", " ")
    text = re.sub(r"\\\\(?:\[[^\]\d-]*-?[\d.]+\s*[a-z]{2}\])?", "\n", text)
    for found, instead in _LATEX:
        text = re.sub(found, instead, text)
    text = re.sub(_ENVIRONMENT, lambda which: "[" if which[1] == "begin" else "]", text)
    return re.sub(r"[ ]*&[ ]*", "\t", text)


def _from_table(text: str) -> str:
    """Turn the rows of a Markdown table into lines with tabs; a heading without digits goes."""
    lines = text.split("\n")
    rulers = [place for place, line in enumerate(lines) if "-" in line and _RULER.match(line)]
    if rulers and rulers[0] and not re.search(r"\d", lines[rulers[0] - 1]):
        rulers.append(rulers[0] - 1)
    kept = [line for place, line in enumerate(lines) if place not in rulers]
    return "\n".join(re.sub(r"\s*\|\s*", "\t", line.strip().strip("|").strip()) for line in kept)
