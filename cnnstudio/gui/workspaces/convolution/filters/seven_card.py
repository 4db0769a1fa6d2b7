"""One of the seven filters: its name, its kernel in small digits, its map and the map's ends."""

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
from cnnstudio.lab.number import OVER, write, write_weight

_INSET, _GAP, _NAME, _BAR = 5, 6, 17, 32  # px
_DIGIT = 17, 12  # px across and down of a weight
_SMALL = 8.5  # points of the weights
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


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
        self.bar = ScaleBar("data", stacked=True)
        self.bar.setParent(self)
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

    def sizeHint(self) -> QSize:
        """Be as wide as a seventh of the tray; the map takes what room there is."""
        return QSize(112, 128)

    def minimumSizeHint(self) -> QSize:
        """Leave a little for the map even where the tray is low."""
        return QSize(96, 108)

    def _tell(self) -> None:
        on = "on the bench; " if self._current else ""
        seen = f"map from {self.ends.replace('…', 'to')}" if self._effect else "no map"
        self.setAccessibleDescription(f"{on}{self.filter.about} {seen}")
        self.setToolTip(f"{self.filter.name}: {self.filter.about}\n{seen.capitalize()}")

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the bar under the map."""
        super().resizeEvent(event)
        self.bar.setGeometry(_INSET, self.height() - _BAR - 2, self.width() - 2 * _INSET, _BAR)

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
        if self._current or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("sunken"))
            painter.drawRoundedRect(whole, 7, 7)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole, 7, 7)
        inner = QRectF(self.rect()).adjusted(_INSET, 2, -_INSET, -2)
        self._paint_name(painter, QRectF(inner.left(), inner.top(), inner.width(), _NAME))
        top, bottom = inner.top() + _NAME + 2, inner.bottom() - _BAR
        beside = QRectF(inner.right() - 3 * _DIGIT[0], top, 3 * _DIGIT[0], max(8.0, bottom - top))
        across = beside.left() - _GAP - inner.left()
        self._paint_map(painter, QRectF(inner.left(), top, across, beside.height()))
        self._paint_kernel(painter, beside)
        self._paint_ends(painter, beside)
        painter.end()

    def _paint_name(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(theme.face(theme.CAPTION, theme.SEMIBOLD))
        painter.setPen(theme.colour("text"))
        if self._current:
            check = theme.icon_pixmap("check", 14, "text", self.devicePixelRatioF())
            painter.drawPixmap(round(area.right()) - 14, round(area.top()) + 2, check)
            area = area.adjusted(0, 0, -18, 0)
        side = Qt.TextElideMode.ElideRight
        text = painter.fontMetrics().elidedText(self.filter.name, side, int(area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_map(self, painter: QPainter, box: QRectF) -> None:
        if self._effect is None:
            paint_blank(painter, box, 16, 16)
            return
        self._image = self._image or effect_image(self._effect)
        paint_effect(painter, self._image, box)

    def _paint_kernel(self, painter: QPainter, box: QRectF) -> None:
        """Write the weights as figures, and the divisor under them."""
        kernel = self.filter.kernel
        painter.setFont(theme.face(_SMALL))
        across, down = _DIGIT
        for r, line in enumerate(kernel.cells[0]):
            for c, cell in enumerate(line):
                painter.setPen(theme.colour("text" if cell else "muted"))
                area = QRectF(box.left() + c * across, box.top() + r * down, across, down)
                painter.drawText(area, int(_RIGHT), write_weight(cell))
        if kernel.divisor != 1:
            painter.setPen(theme.colour("muted"))
            under = QRectF(box.left(), box.top() + kernel.height * down, box.width(), down)
            painter.drawText(under, int(_RIGHT), f"{OVER} {write_weight(kernel.divisor)}")

    def _paint_ends(self, painter: QPainter, box: QRectF) -> None:
        """Write the smallest and the greatest number of the map below the kernel."""
        least, _, most = self.ends.partition(" … ")
        lines = [f"{least} …", most] if self._effect else ["does", "not fit"] if self._known else []
        painter.setFont(theme.face(_SMALL))
        painter.setPen(theme.colour("muted"))
        for place, text in enumerate(reversed(lines), 1):
            area = QRectF(box.left(), box.bottom() - place * _DIGIT[1], box.width(), _DIGIT[1])
            painter.drawText(area, int(_RIGHT), text)
