"""The cards of the library: small pictures with names, under the headings of their families."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PyQt6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QFont,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextOption,
)
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.plane_paint import paint_blank
from cnnstudio.gui.workspaces.convolution.filters.effect_paint import effect_image, paint_effect
from cnnstudio.lab.filter_thumbnails import Effect
from cnnstudio.lab.filters import Filter

WIDE, HIGH = 106, 124  # px a card
PICTURE = 76  # px of the longest side of a small picture
HEADING, LINE = 30, 20  # px
INSET = 6  # px from the edge of a card to its picture


@dataclass(frozen=True)
class Section:
    """What stands under one heading.

    Attributes:
        title: the heading
        filters: a card each
        lines: what is said below them
        amiss: whether the lines say what is wrong
    """

    title: str
    filters: tuple[Filter, ...]
    lines: tuple[str, ...] = ()
    amiss: bool = False


@dataclass(frozen=True)
class _Written:
    """A text and where it stands."""

    text: str
    area: QRect
    weight: QFont.Weight
    token: str


class FilterSheet(QWidget):
    """Shows cards; knows which one is selected, which one is under the pointer and on the bench.

    Signals:
        chosen: the key of a card that was clicked
        pointed: the key of the card under the pointer; "" for none
    """

    chosen = pyqtSignal(str)
    pointed = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("convolution.filter_sheet")
        self.setAccessibleName("Filters")
        self.setMouseTracking(True)
        self._sections: tuple[Section, ...] = ()
        self._cards: dict[str, QRect] = {}
        self._filters: dict[str, Filter] = {}
        self._written: list[_Written] = []
        self._effects: dict[str, Effect] = {}
        self._images: dict[str, QImage] = {}
        self.selected, self.current, self._hovered = "", "", ""

    @property
    def keys(self) -> list[str]:
        """The cards in reading order."""
        return list(self._cards)

    @property
    def filters(self) -> dict[str, Filter]:
        """What is shown, by key, in reading order."""
        return self._filters

    def filter(self, key: str) -> Filter | None:
        """Return the filter of a card, if it is shown."""
        return self._filters.get(key)

    def rect_of(self, key: str) -> QRect:
        """Return where a card is."""
        return self._cards[key]

    @property
    def written(self) -> list[_Written]:
        """The headings and lines, from top to bottom."""
        return self._written

    def effect(self, key: str) -> Effect | None:
        """Return what is shown of a filter's effect, if it is known."""
        return self._effects.get(key)

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show other cards."""
        if tuple(sections) != self._sections:
            self._sections = tuple(sections)
            self._arrange()

    def show_effects(self, effects: dict[str, Effect]) -> None:
        """Show what filters make of the picture, beside those that are known."""
        self._effects |= effects
        for key in effects:
            self._images.pop(key, None)
        self.update()

    def forget_effects(self) -> None:
        """Forget all small pictures: there is another picture on the bench."""
        self._effects, self._images = {}, {}
        self.update()

    def mark(self, selected: str, current: str) -> None:
        """Mark the card that keys are about, and the one that is on the bench."""
        self.selected, self.current = selected, current
        self.update()

    def next_to(self, key: str, down: int, across: int) -> str:
        """Return the card that is next to another; itself at the edge."""
        keys = self.keys
        if key not in self._cards:
            return keys[0] if keys else ""
        if across:
            return keys[min(max(keys.index(key) + across, 0), len(keys) - 1)]
        here = self._cards[key]
        rows = sorted({area.top() for area in self._cards.values()})
        row = rows.index(here.top()) + down
        if not 0 <= row < len(rows):
            return key
        line = [each for each, area in self._cards.items() if area.top() == rows[row]]
        return min(line, key=lambda each: abs(self._cards[each].left() - here.left()))

    def sizeHint(self) -> QSize:
        """Be as high as all cards are."""
        return QSize(WIDE, self.minimumHeight())

    def _arrange(self) -> None:
        self._cards, self._filters, self._written = {}, {}, []
        across = max(1, self.width() // WIDE)
        y = 0
        for section in self._sections:
            self._write(section.title, y, HEADING, theme.SEMIBOLD, "text")
            y += HEADING
            for number, each in enumerate(section.filters):
                row, column = divmod(number, across)
                self._cards[each.key] = QRect(column * WIDE, y + row * HIGH, WIDE, HIGH)
                self._filters[each.key] = each
            y += -(-len(section.filters) // across) * HIGH
            for line in section.lines:
                self._write(line, y, LINE, theme.REGULAR, "warning" if section.amiss else "muted")
                y += LINE
        self.setMinimumHeight(y)
        self.updateGeometry()
        self.update()

    def _write(self, text: str, y: int, high: int, weight: QFont.Weight, token: str) -> None:
        area = QRect(INSET, y, self.width() - 2 * INSET, high)
        self._written.append(_Written(text, area, weight, token))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put as many cards side by side as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event and event.type() == QEvent.Type.PaletteChange:
            self._images = {}
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Say which card the pointer is over."""
        self._hover(self._at(event.position()) if event else "")

    def leaveEvent(self, event: QEvent | None) -> None:
        """The pointer is over no card any more."""
        self._hover("")

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """Choose a card."""
        left = event is not None and event.button() == Qt.MouseButton.LeftButton
        if event and left and (key := self._at(event.position())):
            self.chosen.emit(key)

    def _at(self, point: QPointF) -> str:
        found = point.toPoint()
        return next((key for key, area in self._cards.items() if area.contains(found)), "")

    def _hover(self, key: str) -> None:
        if key != self._hovered:
            self._hovered = key
            self.pointed.emit(key)
            self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint what is seen of headings and cards."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen = event.rect() if event else self.rect()
        for written in self._written:
            if written.area.intersects(seen):
                self._paint_words(painter, written)
        for key, area in self._cards.items():
            if area.intersects(seen):
                self._paint_card(painter, key, QRectF(area))
        painter.end()

    def _paint_words(self, painter: QPainter, written: _Written) -> None:
        painter.setFont(theme.face(theme.CAPTION, written.weight))
        painter.setPen(theme.colour(written.token))
        side = Qt.TextElideMode.ElideRight
        text = painter.fontMetrics().elidedText(written.text, side, written.area.width())
        painter.drawText(written.area, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_card(self, painter: QPainter, key: str, area: QRectF) -> None:
        inner = area.adjusted(1, 1, -3, -3)
        if key in {self._hovered, self.current}:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("sunken"))
            painter.drawRoundedRect(inner, 7, 7)
        if key == self.selected:
            painter.setPen(QPen(theme.colour("text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner, 7, 7)
        box = QRectF(area.left() + INSET, area.top() + INSET, PICTURE, PICTURE)
        self._paint_picture(painter, key, box)
        if key == self.current:
            check = theme.icon_pixmap("check", 16, "text", self.devicePixelRatioF())
            painter.drawPixmap(round(box.right()) + 2, round(box.top()), check)
        weight = theme.MEDIUM if key == self.current else theme.REGULAR
        painter.setFont(theme.face(theme.CAPTION, weight))
        painter.setPen(theme.colour("text"))
        words = QRectF(box.left(), box.bottom() + 3, inner.right() - box.left() - 2, 32)
        painter.drawText(words, self._filters[key].name, _wrapped())

    def _paint_picture(self, painter: QPainter, key: str, box: QRectF) -> None:
        effect = self._effects.get(key)
        if effect is None:
            paint_blank(painter, box, PICTURE / 4, PICTURE / 4)
            return
        if key not in self._images:
            self._images[key] = effect_image(effect)
        paint_effect(painter, self._images[key], box)


def _wrapped() -> QTextOption:
    """Break a name between its words, or anywhere if one of them is too long."""
    option = QTextOption(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def found_in(sections: Sequence[Section], words: str) -> list[Section]:
    """Return what is left of some sections if only some filters are looked for: the best first."""
    if not words.strip():
        return list(sections)
    kept = [
        replace(
            each,
            filters=tuple(sorted(found, key=lambda one: _rank(one, words))),
            lines=each.lines if each.amiss else (),
        )
        for each in sections
        if (found := [one for one in each.filters if one.found_by(words)])
    ]
    return sorted(kept, key=lambda each: _rank(each.filters[0], words))


def _rank(found: Filter, words: str) -> tuple[int, int]:
    """Order what was found: names that begin so, the shortest first; other names; sentences."""
    name, wanted = found.name.casefold(), words.casefold().split()
    if name.startswith(" ".join(wanted)):
        return 0, len(name)
    return (1 if all(word in name for word in wanted) else 2), 0
