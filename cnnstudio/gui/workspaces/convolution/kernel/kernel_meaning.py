"""What a kernel does, live: its sum, its range, separable or not, and which waves it lets pass."""

from fractions import Fraction
from functools import lru_cache

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import ElidedLabel, column, label, row
from cnnstudio.gui.widgets.frequency_view import FrequencyView, Response
from cnnstudio.gui.workspaces.convolution.channels import names
from cnnstudio.gui.workspaces.convolution.kernel.kernel_buttons import HEIGHT
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.kernel_facts import KernelFacts, brief, frequency_response, kernel_facts
from cnnstudio.lab.kernel_rank import Vectors
from cnnstudio.lab.number import MINUS, TIMES, factor, write, write_weight

TELLS = "What follows from the weights, and changes with every one of them"
_UNDER = 34  # px that the two lines under the picture take
_CAPTION = 106  # px of their words
_SHARE = 0.3  # of the width that the picture may have
_WORDS_WIDE = 360  # px that the words take at most
_MANY = 64  # kernels whose facts are kept: those of a drag, and of going to and fro
_WORDS = ("Sum", "Output", "Separable", "Weights", "Half turn")
_TIPS = (
    "What a flat picture is multiplied with, once the divisor is counted in",
    "The smallest and the greatest number that this kernel can make of such pixels",
    "A kernel of rank 1 is separable: a column times a row. Sliding the column and then the row "
    "over the picture makes the same map with fewer multiplications: for 7 × 7 it is 14 a pixel "
    "instead of 49",
    "Weights that are 0 make no difference, so only the others take part",
    "Correlation lays the kernel on the picture as it is, true convolution turns it by 180° first",
)
_OF = " from "


class _Range(ElidedLabel):
    """What comes of which pixels; only what comes of them where there is no room for both."""

    def _cut(self) -> None:
        if self.fontMetrics().horizontalAdvance(self._text) <= self.width() - 2:
            self.setText(self._text)
        else:
            self.setText(self._text.partition(_OF)[0])


class KernelMeaning(QWidget):
    """Shows what follows from the weights of a kernel."""

    def __init__(self) -> None:
        super().__init__()
        self.title = label("What it does", theme.BODY, theme.SEMIBOLD)
        self.title.setFixedHeight(HEIGHT)
        self.whose = ElidedLabel(theme.CAPTION)
        self.lines: dict[str, ElidedLabel] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for place, (word, tip) in enumerate(zip(_WORDS, _TIPS, strict=True)):
            name = label(word, theme.CAPTION, role="muted")
            line = _Range(role="") if word == "Output" else ElidedLabel(role="")
            name.setToolTip(tip)
            line.setObjectName(f"convolution.kernel_{word.lower().replace(' ', '_')}")
            line.setAccessibleName(word)
            self.lines[word] = line
            grid.addWidget(name, place, 0)
            grid.addWidget(line, place, 1)
        self.picture = FrequencyView("convolution.frequency")
        self._under, self._hint = ElidedLabel(theme.CAPTION), ElidedLabel(theme.CAPTION)
        self._under.setObjectName("convolution.frequency_value")
        for line in (self._under, self._hint):
            line.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._hint.setToolTip(self.picture.toolTip())
        self.picture.told.connect(self._tell)
        shown = column(self.picture, self._under, self._hint, None, gap=1)
        shown.setAlignment(self.picture, Qt.AlignmentFlag.AlignLeft)
        self.title.setToolTip(TELLS)
        self.head = row(self.title)
        self.head.addWidget(self.whose, 1)
        words = QWidget()
        words.setLayout(column(self.head, grid, None, gap=2))
        words.setMaximumWidth(_WORDS_WIDE)
        both = row(words, shown, gap=12)
        both.setStretch(0, 1)
        both.addStretch(0)
        self.setLayout(both)

    def show_bench(self, bench: ConvolutionBench, channel: int | None) -> None:
        """Show what the kernel of a bench does.

        Args:
            bench: what is on the bench
            channel: the one that is looked at; None for all together
        """
        several = bench.kernel.channels > 1
        looked = (channel or 0) if bench.apart else channel
        alone = several and looked is not None
        kernel = bench.kernel.alone(looked or 0) if alone else bench.kernel
        told = names(bench)[looked or 0] if alone else f"all {kernel.channels} slices together"
        self.whose.show_text(told if several else "")
        low, high = bench.pixel_range
        facts = _facts(kernel, low, high)
        self._write(facts, kernel.bias, low, high)
        self.picture.show_response(_response(kernel))
        down, across = (2 * apart for apart in bench.dilation)
        waves = f"{down} px waves" if down == across else f"waves of {down} and {across} px"
        self._hint.show_text(f"edge: {waves}")
        self._tell("")

    def _write(self, facts: KernelFacts, bias: Fraction, low: Fraction, high: Fraction) -> None:
        lines = self.lines
        lines["Sum"].show_text(_sum(facts.total, bias))
        lines["Sum"].setToolTip(facts.meaning)
        ends = f"{write(facts.least)} … {write(facts.most)}"
        lines["Output"].show_text(f"{ends}{_OF}{write(low)} … {write(high)}")
        lines["Output"].setToolTip(f"{ends}, for pixels from {write(low)} to {write(high)}")
        lines["Separable"].show_text(_separable(facts))
        lines["Separable"].setToolTip(_each(facts))
        lines["Weights"].show_text(f"{facts.nonzero} of {facts.count} are not 0")
        lines["Half turn"].show_text(
            "changes nothing" if facts.same_turned else "changes the kernel"
        )

    def _tell(self, words: str) -> None:
        """Say what is under the pointer, or else what white is."""
        self._under.show_text(words or f"white: {TIMES} {write(round(self.picture.most, 9))}")
        self._under.setToolTip(self.picture.toolTip())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Make the picture as large as there is room for."""
        super().resizeEvent(event)
        self.picture.fit(min(self.height() - _UNDER, int(self.width() * _SHARE)))
        for line in (self._under, self._hint):
            line.setFixedWidth(max(self.picture.width(), _CAPTION))


@lru_cache(_MANY)
def _facts(kernel: Kernel, low: Fraction, high: Fraction) -> KernelFacts:
    return kernel_facts(kernel, low, high)


@lru_cache(_MANY)
def _response(kernel: Kernel) -> Response:
    return frequency_response(kernel)


def _sum(total: Fraction, bias: Fraction) -> str:
    """Write a sum and, in brief, what it does to flat areas."""
    text = brief(total)
    known = {Fraction(0): "flat areas become 0", Fraction(1): "brightness is kept"}
    times = text if text.startswith("≈") else factor(text)
    told = f"{text}: {known.get(total, f'flat areas {TIMES} {times}')}"
    return f"{told}, {MINUS if bias < 0 else '+'} {write(abs(bias))}" if bias else told


def _separable(facts: KernelFacts) -> str:
    """Say whether slices are a column times a row, and which."""
    if not facts.rank:
        return "told of one slice at a time"
    if len(set(zip(facts.vectors, facts.rank, strict=True))) == 1:
        return _one(facts.vectors[0], facts.rank[0], "↓", "→")
    ranks = ", ".join("?" if rank is None else str(rank) for rank in facts.rank)
    if None in facts.rank:
        return f"not worked out: weights too fine; ranks {ranks}"
    return f"{'yes, every slice' if facts.separable else 'no'}; ranks {ranks}"


def _each(facts: KernelFacts) -> str:
    """Say it of every slice, a line each."""
    if not facts.rank:
        return "Look at one of the slices to see whether it is a column times a row"
    pairs = zip(facts.vectors, facts.rank, strict=True)
    told = [_one(*each, "down", "across") for each in pairs]
    return told[0] if len(set(told)) == 1 else "\n".join(told)


def _one(vectors: Vectors | None, rank: int | None, down: str, across: str) -> str:
    """Write a slice as a column times a row, with the words for both."""
    if rank is None:
        return "not worked out: weights too fine"
    if vectors is None:
        return f"no, rank {rank}"
    if rank == 0:
        return "every weight is 0"
    column_, row_ = (", ".join(map(write_weight, each)) for each in vectors)
    return f"({column_}) {down} {TIMES} ({row_}) {across}"
