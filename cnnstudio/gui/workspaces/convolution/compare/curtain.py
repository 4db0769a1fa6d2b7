"""A line across a map that can be dragged: kernel A's map at its left, kernel B's at its right."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRect, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QRegion
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import named
from cnnstudio.gui.widgets.plane_layers import Marks, Plane
from cnnstudio.gui.widgets.plane_view import MARGIN, PlaneView

_WIDE = 15  # px that can be grasped
_STEP = 0.02  # of the map, by an arrow key


class Line(QWidget):
    """The line itself.

    Signals:
        dragged: to which part of the map, from 0 at its left to 1 at its right
    """

    dragged = pyqtSignal(float)

    def __init__(self, view: PlaneView) -> None:
        super().__init__(view)
        named(
            self,
            f"{view.objectName()}.split",
            "Line between kernel A and kernel B",
            "Drag: kernel A at the left, kernel B at the right (arrow keys, too)",
        )
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view, self._part = view, 0.5
        self.hide()

    def place(self, part: float) -> None:
        """Stand at a part of the map."""
        self._part = part
        x = round(place_of(self._view, part)) - _WIDE // 2
        self.setGeometry(QRect(x, MARGIN, _WIDE, self._view.height() - 2 * MARGIN))

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Grasp the line; the map does not hear of it."""
        if event:
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Move the line with the pointer."""
        if event and event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(part_at(self._view, self.mapToParent(event.position()).x()))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Move the line with the arrows."""
        steps = {Qt.Key.Key_Left: -_STEP, Qt.Key.Key_Right: _STEP}
        if event and event.key() in steps:
            self.dragged.emit(min(1.0, max(0.0, self._part + steps[Qt.Key(event.key())])))
        elif event:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Show the focus."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Show the focus no more."""
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint a line that reads on any colour, and which side is whose."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = _WIDE / 2
        for ink, across in (("halo", 5.0), ("second", 3.0 if self.hasFocus() else 2.0)):
            painter.setPen(QPen(theme.colour(ink), across))
            painter.drawLine(QPointF(middle, 0), QPointF(middle, self.height()))
        grip = QRectF(2, self.height() / 2 - 11, _WIDE - 4, 22)
        painter.setPen(QPen(theme.colour("halo"), 1.5))
        painter.setBrush(theme.colour("second"))
        painter.drawRoundedRect(grip, 5, 5)
        painter.end()


class Curtain:
    """Lays kernel B's map over the right part of kernel A's."""

    def __init__(self, view: PlaneView) -> None:
        self._view = view
        self.over = PlaneView(f"{view.objectName()}_b", f"{view.accessibleName()} of kernel B")
        self.over.setParent(view)
        self.over.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.over.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.over.hide()
        self.line = Line(view)

    def show_plane(self, plane: Plane | None) -> None:
        """Show the numbers of kernel B; None takes the curtain away."""
        self.over.show_plane(plane)
        for part in (self.over, self.line):
            part.setVisible(plane is not None and self._view.plane is not None)

    def show_marks(self, marks: Marks) -> None:
        """Show the same marks on both sides."""
        self.over.show_marks(marks)

    def follow(self, part: float) -> None:
        """Stay where the map is, with the line at a part of it."""
        if self.over.isHidden():
            return
        view = self._view
        self.over.resize(view.size())
        self.over.look_at(view.grid)
        x = round(place_of(view, part))
        self.over.setMask(QRegion(x, 0, max(1, view.width() - x), view.height()))
        self.line.place(part)
        self.over.raise_()
        self.line.raise_()


def place_of(view: PlaneView, part: float) -> float:
    """Return where a part of a map's width is, in px of its view."""
    port = view.viewport()
    if view.plane is None:
        return port.center().x()
    x = view.grid.rect_of(0, part * view.plane.values.shape[1]).x()
    return float(min(max(x, port.left()), port.right()))


def part_at(view: PlaneView, x: float) -> float:
    """Return which part of a map's width is at a place of its view."""
    if view.plane is None:
        return 0.5
    _, column = view.grid.place(QPointF(x, 0))
    return float(min(1.0, max(0.0, column / view.plane.values.shape[1])))
