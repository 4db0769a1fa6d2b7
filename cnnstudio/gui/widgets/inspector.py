"""A small card beside the pointer: where it is, the numbers there, and the cells around, larger."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.swatch import SWATCH, paint_swatch

SIDE = 5  # rows and columns of the cells around
_PAD, _LINE, _AWAY = 8, 17, 12  # px: inside the card, a line of words, from the cell
_TALL = 21, 40  # px of an enlarged cell with one number, and with three
_WIDE = 26  # px of the same at least

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Around:
    """Cells round the one that is inspected, row by row; the middle one is that itself.

    Attributes:
        texts: the numbers of each, one or one for each channel; none where there is no cell
        colours: what each is shown as; None where there is no number yet, or no cell
        dark: whether black is the ink that is read best there
    """

    texts: tuple[tuple[tuple[str, ...], ...], ...]
    colours: tuple[tuple[Colour | None, ...], ...]
    dark: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True)
class Inspected:
    """What a card says.

    Attributes:
        place: where that is
        numbers: what each number is called (or nothing) and how it is written
        notes: what is to be said about them
        around: the cells around, if they are too small to be read
    """

    place: str
    numbers: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()
    around: Around | None = None

    @property
    def told(self) -> str:
        """All of it but the cells around, as a sentence."""
        numbers = ", ".join(f"{name} {number}".strip() for name, number in self.numbers)
        return "; ".join([f"{self.place}: {numbers}", *self.notes])


class Inspector(QWidget):
    """Shows the card over a window; the mouse passes through it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("convolution.inspector")
        self.setAccessibleName("Numbers under the pointer")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.shown: Inspected | None = None
        self.hide()

    def show_card(self, inspected: Inspected, cell: QRect) -> None:
        """Show a card beside a cell, in coordinates of the window, and never over it."""
        if inspected != self.shown:
            self.shown = inspected
            self.setAccessibleDescription(inspected.told)
            self.update()
        window = self.parentWidget()
        assert window is not None
        size = self.sizeHint()
        self.setGeometry(QRect(place_beside(cell, size, window.rect()), size))
        if self.isHidden():
            self.show()
            self.raise_()

    def sizeHint(self) -> QSize:
        """Be as large as what is said."""
        if self.shown is None:
            return QSize(0, 0)
        lines = self._lines(self.shown)
        wide = max(self._width(name, text, bold) for name, text, bold in lines)
        tall = len(lines) * _LINE
        if self.shown.around is not None:
            cell = _cell_size(self.shown.around)
            wide, tall = max(wide, SIDE * cell.width()), tall + SIDE * cell.height() + 5
        return QSize(wide + 2 * _PAD, tall + 2 * _PAD - 3)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint the words, then the cells."""
        if self.shown is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("control_border"), 1))
        painter.setBrush(theme.colour("panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        top = float(_PAD - 2)
        for name, text, bold in self._lines(self.shown):
            area = QRectF(_PAD, top, self.width() - 2 * _PAD, _LINE)
            if paint_swatch(painter, area, name):
                area.setLeft(area.left() + SWATCH + 5)
            _write(painter, area, name, text, bold)
            top += _LINE
        if self.shown.around is not None:
            _paint_around(painter, self.shown.around, QPoint(_PAD, round(top) + 3))
        painter.end()

    @staticmethod
    def _lines(shown: Inspected) -> list[tuple[str, str, bool]]:
        numbers = [(name, number, True) for name, number in shown.numbers]
        return [("", shown.place, False), *numbers, *(("", note, False) for note in shown.notes)]

    @staticmethod
    def _width(name: str, text: str, bold: bool) -> int:
        wide = QFontMetrics(_face(bold)).horizontalAdvance(text)
        if name:
            wide += SWATCH + 5 + QFontMetrics(_face(False)).horizontalAdvance(f"{name}  ")
        return wide + 2


def place_beside(cell: QRect, size: QSize, room: QRect) -> QPoint:
    """Return where a card goes: right of a cell and below it, or where there is room for it."""
    x, y = cell.right() + _AWAY, cell.bottom() + _AWAY
    if x + size.width() > room.right():
        x = cell.left() - _AWAY - size.width()
    if y + size.height() > room.bottom():
        y = cell.top() - _AWAY - size.height()
    x = min(max(x, room.left()), max(room.left(), room.right() - size.width()))
    y = min(max(y, room.top()), max(room.top(), room.bottom() - size.height()))
    return QPoint(x, y)


def _face(bold: bool) -> QFont:
    weight = theme.SEMIBOLD if bold else theme.REGULAR
    return theme.face(theme.BODY if bold else theme.CAPTION, weight)


def _write(painter: QPainter, area: QRectF, name: str, text: str, bold: bool) -> None:
    middle = Qt.AlignmentFlag.AlignVCenter
    if name:
        painter.setFont(_face(False))
        painter.setPen(theme.colour("muted"))
        painter.drawText(area, middle, name)
        area.setLeft(area.left() + painter.fontMetrics().horizontalAdvance(f"{name}  "))
    painter.setFont(_face(bold))
    painter.setPen(theme.colour("text" if bold else "muted"))
    painter.drawText(area, middle, text)


def _cell_size(around: Around) -> QSize:
    """Return how large the cells must be for their numbers."""
    several = any(len(cell) > 1 for line in around.texts for cell in line)
    metrics = QFontMetrics(theme.face(theme.CAPTION - 1))
    texts = (text for line in around.texts for cell in line for text in cell)
    longest = max(map(metrics.horizontalAdvance, texts), default=0)
    return QSize(max(_WIDE, longest + 5), _TALL[several])


def _paint_around(painter: QPainter, around: Around, corner: QPoint) -> None:
    size = _cell_size(around)
    painter.setFont(theme.face(theme.CAPTION - 1))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    centre = Qt.AlignmentFlag.AlignCenter
    for row in range(SIDE):
        for column in range(SIDE):
            area = QRect(
                corner.x() + column * size.width(),
                corner.y() + row * size.height(),
                size.width(),
                size.height(),
            )
            colour, texts = around.colours[row][column], around.texts[row][column]
            if colour is not None:
                painter.fillRect(area, QColor(*colour))
                painter.setPen(QColor("#000000" if around.dark[row][column] else "#ffffff"))
                painter.drawText(area, centre, "\n".join(texts))
            elif texts:  # there is a cell, but nothing may be said about it yet
                painter.fillRect(area, theme.colour("unvisited"))
                painter.setPen(theme.colour("muted"))
                painter.drawText(area, centre, "·")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = SIDE // 2
    inner = QRectF(
        corner.x() + middle * size.width(),
        corner.y() + middle * size.height(),
        size.width(),
        size.height(),
    ).adjusted(0.75, 0.75, -0.75, -0.75)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, across in (("halo", 4.0), ("text", 1.8)):
        painter.setPen(QPen(theme.colour(ink), across))
        painter.drawRect(inner)
