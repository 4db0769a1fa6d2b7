"""The button in the kernel's column: it says which filter is there, and opens the library."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QStyle, QStyleOptionToolButton, QStylePainter

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import Button, named

NO_NAME = "own kernel"
_CHEVRON, _INSET = 12, 9  # px
_HIGH = 32  # px, as lists to choose from are


class FilterButton(Button):
    """A name that is cut where there is no room for it, and a chevron."""

    def __init__(self, name: str) -> None:
        super().__init__(NO_NAME)
        named(self, name, "Filter")
        self.setFont(theme.face(theme.BODY))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._by_mouse = False

    def show_name(self, name: str, about: str) -> None:
        """Show what the filter is called; the tooltip says what it does."""
        self.setText(name)
        self.setAccessibleDescription(name)
        self.setToolTip(f"{name}\n{about}\nOpen the library (Ctrl+L)")

    def give_back(self) -> None:
        """After the mouse, give the keys back to the page: Space plays again."""
        if self._by_mouse:
            self.clearFocus()

    def sizeHint(self) -> QSize:
        """Be as high as a list to choose from; the width is the column's."""
        return QSize(96, _HIGH)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Remember that the library is opened with the mouse."""
        self._by_mouse = True
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Open with Enter, too, and remember that it was the keyboard."""
        self._by_mouse = False
        if event and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint the name at the left and the chevron at the right."""
        painter, option = QStylePainter(self), QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        box = QRectF(self.rect()).adjusted(_INSET, 0, -_INSET, 0)
        right = box.right() - _CHEVRON
        chevron = theme.icon_pixmap("chevron", _CHEVRON, "muted", self.devicePixelRatioF())
        painter.drawPixmap(round(right), (self.height() - _CHEVRON) // 2, chevron)
        box.setRight(right - 4)
        painter.setPen(theme.colour("text"))
        text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(box.width())
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
