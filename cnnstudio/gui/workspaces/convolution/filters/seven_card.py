"""One of the seven filters: its name, its map as large as there is room, the map's scale."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QEnterEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PyQt6.QtWidgets import QAbstractButton, QSizePolicy

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import named
from cnnstudio.gui.widgets.plane_paint import paint_blank
from cnnstudio.gui.widgets.scale_bar import ScaleBar
from cnnstudio.gui.workspaces.convolution.filters.effect_paint import effect_image, paint_effect
from cnnstudio.lab.filter_thumbnails import Effect
from cnnstudio.lab.filters import Filter
from cnnstudio.lab.number import MINUS, OVER, write, write_weight

_INSET, _GAP = 4, 8  # px
_NAME, _BAR = 20, 28  # px high
_LONGEST = "Gaussian blur"  # of the names: all of them are written as large as it can be
_DIGIT = 18, 14  # px across and down of a weight
_SMALL = 8.5  # points of the weights
_LARGE = 0.9  # of the largest map there is room for: beside smaller ones stand no weights
_NARROWEST = 92  # px of a scale, also under a narrower map
_SQUARE = 16  # cells of a map that is to come
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class _Scale(ScaleBar):
    """A scale whose ends become one number where there is no room for both."""

    @property
    def ends(self) -> tuple[str, str]:
        """What is written at the ends: nothing and "±9 000" where both would not fit."""
        low, high = super().ends
        wide = self.fontMetrics().horizontalAdvance(low + high) + _GAP
        return ("", f"±{high}") if low == f"{MINUS}{high}" and wide > self.width() else (low, high)


class SevenCard(QAbstractButton):
    """Shows what one filter makes of the picture; a click or Enter takes it.

    Signals:
        stepped: the key that goes to a neighbour: -1 left, 1 right
    """

    stepped = pyqtSignal(int)

    def __init__(self, found: Filter) -> None:
        super().__init__()
        self.filter = found
        named(self, f"convolution.seven_{found.key}", found.name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the page
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._effect: Effect | None = None
        self._image: QImage | None = None
        self._known = self._current = False
        self.bar = _Scale("data", stacked=True)
        self.bar.setParent(self)
        self.bar.setFixedHeight(_BAR)
        self.bar.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.bar.hide()
        self._tell()

    @property
    def effect(self) -> Effect | None:
        """The map that is shown, if there is one."""
        return self._effect

    @property
    def current(self) -> bool:
        """Whether it is marked as the one on the bench."""
        return self._current

    def show_effect(self, effect: Effect | None) -> None:
        """Show a map; None if the kernel does not fit."""
        self._effect, self._image, self._known = effect, None, True
        self.bar.setVisible(effect is not None)
        if effect:
            ends = effect.low, effect.high
            self.bar.show_scale(*ends, effect.family, beyond=effect.beyond)
        self._place_bar()
        self._tell()
        self.update()

    def show_current(self, current: bool) -> None:
        """Mark it as the one on the bench, or not."""
        if current != self._current:
            self._current = current
            self._tell()
            self.update()

    @property
    def ends(self) -> str:
        """The smallest and the greatest number of the map."""
        effect = self._effect
        return f"{write(effect.least)} … {write(effect.most)}" if effect else ""

    @property
    def map_area(self) -> QRectF:
        """Where the map is, below the name: as large as the card has room for."""
        room = QRectF(self.rect()).adjusted(_INSET, 2 + _NAME, -_INSET, -2 - _BAR)
        wide, high = self._shape
        scale = min(room.width() / wide, room.height() / high)
        beside = min((room.width() - 3 * _DIGIT[0] - _GAP) / wide, room.height() / high)
        if beside >= _LARGE * scale:
            scale = beside
        return QRectF(room.left(), room.top(), max(1.0, wide * scale), max(1.0, high * scale))

    @property
    def shows_weights(self) -> bool:
        """Whether there is room for the weights beside the map."""
        return self.width() - _INSET - self.map_area.right() >= 3 * _DIGIT[0] + _GAP

    @property
    def _shape(self) -> tuple[int, int]:
        """Across and down."""
        if self._effect is None:
            return _SQUARE, _SQUARE
        rows, columns = self._effect.maps[0].shape
        return columns, rows

    def sizeHint(self) -> QSize:
        """Be as wide as a seventh of the tray; the map takes what room there is."""
        return QSize(112, 148)

    def minimumSizeHint(self) -> QSize:
        """Leave a little for the map even where the tray is low."""
        return QSize(96, 108)

    def _tell(self) -> None:
        found = self.filter
        on = "on the bench; " if self._current else ""
        seen = f"map from {self.ends.replace('…', 'to')}" if self._effect else "no map"
        self.setAccessibleDescription(f"{on}{found.about} {seen}")
        lines = ["   ".join(map(write_weight, line)) for line in found.kernel.cells[0]]
        if found.kernel.divisor != 1:
            lines.append(f"{OVER} {write_weight(found.kernel.divisor)}")
        told = f"{found.name}: {found.about}", *lines, seen.capitalize()
        self.setToolTip("\n".join(told))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the scale under the map."""
        super().resizeEvent(event)
        self._place_bar()

    def _place_bar(self) -> None:
        area = self.map_area
        wide = max(round(area.width()), min(_NARROWEST, self.width() - 2 * _INSET))
        self.bar.setGeometry(_INSET, round(area.bottom()) + 1, wide, _BAR)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Go to a neighbour, or take the filter."""
        key = Qt.Key(event.key()) if event else None
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent | None) -> None:
        """Show that it can be clicked."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent | None) -> None:
        """Show that it would not be."""
        super().leaveEvent(event)
        self.update()

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event and event.type() == QEvent.Type.PaletteChange:
            self._image = None
            self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint name, map, kernel and the map's ends."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        whole.setBottom(min(whole.bottom(), self.map_area.bottom() + _BAR + 2))
        if self._current or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("sunken"))
            painter.drawRoundedRect(whole, 7, 7)
        if self.hasFocus() or self._current:
            painter.setPen(QPen(theme.colour("text"), 2 if self.hasFocus() else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole, 7, 7)
        self._paint_name(painter)
        self._paint_map(painter)
        if self.shows_weights:
            self._paint_weights(painter)
        painter.end()

    def _paint_name(self, painter: QPainter) -> None:
        """Write the name; what it is called besides only where there is room for it."""
        area = QRectF(self.rect()).adjusted(_INSET, 2, -_INSET, 0)
        area.setHeight(_NAME - 2)
        name, _, more = self.filter.name.partition(": ")
        painter.setFont(theme.face(theme.BODY, theme.SEMIBOLD))
        if painter.fontMetrics().horizontalAdvance(_LONGEST) > area.width():
            painter.setFont(theme.face(theme.CAPTION, theme.SEMIBOLD))
        painter.setPen(theme.colour("text"))
        painter.drawText(area, int(_LEFT), name)
        start = painter.fontMetrics().horizontalAdvance(name) + _GAP
        painter.setFont(theme.face(theme.CAPTION))
        wide = painter.fontMetrics().horizontalAdvance(more)
        if start + wide <= area.width():
            painter.setPen(theme.colour("muted"))
            painter.drawText(area.adjusted(start, 1, 0, 1), int(_LEFT), more)

    def _paint_map(self, painter: QPainter) -> None:
        area = self.map_area
        if self._effect is not None:
            self._image = self._image or effect_image(self._effect)
            paint_effect(painter, self._image, area)
            return
        paint_blank(painter, area, _SQUARE, _SQUARE)
        if self._known:
            painter.setFont(theme.face(theme.CAPTION))
            painter.setPen(theme.colour("muted"))
            below = QRectF(area.left(), area.bottom() + 4, self.width() - 2 * _INSET, _NAME)
            painter.drawText(below, int(_LEFT), "does not fit")

    def _paint_weights(self, painter: QPainter) -> None:
        """Write the weights as figures, and the divisor under them."""
        kernel, (across, down) = self.filter.kernel, _DIGIT
        left, top = self.map_area.right() + _GAP, self.map_area.top() - 1
        painter.setFont(theme.face(_SMALL))
        for r, line in enumerate(kernel.cells[0]):
            for c, cell in enumerate(line):
                painter.setPen(theme.colour("text" if cell else "muted"))
                area = QRectF(left + c * across, top + r * down, across, down)
                painter.drawText(area, int(_RIGHT), write_weight(cell))
        if kernel.divisor != 1:
            painter.setPen(theme.colour("muted"))
            under = QRectF(left, top + kernel.height * down, 3 * across, down)
            painter.drawText(under, int(_RIGHT), f"{OVER} {write_weight(kernel.divisor)}")
