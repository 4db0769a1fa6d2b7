"""A sentence that can be clicked: it looks like text, and is underlined where it is one's turn."""

from PyQt6.QtCore import QEvent, QRectF, QSize, Qt
from PyQt6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QAbstractButton

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import named

_ARROWS = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}
SIDE = 3  # px left and right of the words, for the frame of the focus


class TextButton(QAbstractButton):
    """Words without an edge; a click leaves the keys to the page, Tab finds it."""

    def __init__(self, name: str, accessible: str, points: float = theme.CAPTION) -> None:
        super().__init__()
        named(self, name, accessible)
        self.setFont(theme.face(points))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Be as large as the words."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2 * SIDE, metrics.height())

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Leave the arrows to the page."""
        if event and event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent | None) -> None:
        """Point only at what can be clicked."""
        super().changeEvent(event)
        if event and event.type() == QEvent.Type.EnabledChange:
            shape = Qt.CursorShape
            self.setCursor(shape.PointingHandCursor if self.isEnabled() else shape.ArrowCursor)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint the words, and what says that they can be clicked."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        turn = self.isEnabled() and (self.underMouse() or self.hasFocus())
        font = self.font()
        font.setUnderline(turn)
        painter.setFont(font)
        painter.setPen(theme.colour("text" if turn else "muted"))
        area = self.rect().adjusted(SIDE, 0, -SIDE, 0)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, int(left), self.text())
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("text"), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 3, 3)
        painter.end()
