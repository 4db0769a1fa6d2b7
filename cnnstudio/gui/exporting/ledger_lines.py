"""Arithmetic in lines of some width, painted without any widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QPointF
from PyQt6.QtGui import QFont, QFontMetricsF, QPainter

from cnnstudio.gui import theme
from cnnstudio.lab.line import Span


@dataclass(frozen=True)
class Word:
    """A word where it stands.

    Attributes:
        x: px from the left
        line: which line, from 0
        strong: whether it is the total
    """

    text: str
    x: float
    line: int
    strong: bool


def flow(spans: Sequence[Span], width: float, points: float) -> list[Word]:
    """Put words into lines of `width` px; a line breaks at a blank only."""
    plain, bold = _metrics(points)
    blank = plain.horizontalAdvance(" ")
    placed: list[Word] = []
    x, line = 0.0, 0
    for piece in _pieces(spans):
        wide = sum((bold if strong else plain).horizontalAdvance(text) for text, strong in piece)
        if x and x + wide > width:
            x, line = 0.0, line + 1
        for text, strong in piece:
            placed.append(Word(text, x, line, strong))
            x += (bold if strong else plain).horizontalAdvance(text)
        x += blank
    return placed


def count_lines(words: Sequence[Word]) -> int:
    """Return how many lines words take."""
    return 1 + max((word.line for word in words), default=0)


def line_height(points: float) -> float:
    """Return how far lines are apart, in px."""
    return _metrics(points)[0].height()


def paint_words(painter: QPainter, words: Sequence[Word], corner: QPointF, points: float) -> None:
    """Write words; the corner is the upper left one of the first line."""
    plain, bold = _faces(points)
    metrics = QFontMetricsF(plain)
    for word in words:
        painter.setFont(bold if word.strong else plain)
        painter.setPen(theme.colour("accent" if word.strong else "text"))
        y = corner.y() + word.line * metrics.height() + metrics.ascent()
        painter.drawText(QPointF(corner.x() + word.x, y), word.text)


def _pieces(spans: Sequence[Span]) -> list[list[tuple[str, bool]]]:
    """Return what may not be torn: parts of words, each with whether it is strong."""
    pieces: list[list[tuple[str, bool]]] = [[]]
    for span in spans:
        first, *others = span.text.split(" ")
        strong = span.kind == "total"
        for place, text in enumerate([first, *others]):
            if place:
                pieces.append([])
            if text:
                pieces[-1].append((text, strong))
    return [piece for piece in pieces if piece]


def _faces(points: float) -> tuple[QFont, QFont]:
    return theme.face(points), theme.face(points, theme.SEMIBOLD)


def _metrics(points: float) -> tuple[QFontMetricsF, QFontMetricsF]:
    plain, bold = _faces(points)
    return QFontMetricsF(plain), QFontMetricsF(bold)
