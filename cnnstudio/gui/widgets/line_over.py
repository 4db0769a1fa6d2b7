"""A line over a picture, with two ends to take hold of; it lies over the picture as glass does."""

from PyQt6.QtCore import QEvent, QObject, QPointF, Qt
from PyQt6.QtGui import QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.plane_view import PlaneView

REACH = 9  # px round an end in which it can be taken hold of
_END, _MARK = 4.0, 5.5  # px, radius
Spot = tuple[float, float]  # row and column in cells; the middle of the first cell is 0.5, 0.5


class LineOver(QWidget):
    """Paints a line over a view, in ink with a halo, so that it reads on any pixel."""

    def __init__(self, view: PlaneView) -> None:
        super().__init__(view)
        self._view = view
        self.ends: tuple[Spot, Spot] | None = None
        self.marked: Spot | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        view.installEventFilter(self)

    def show_line(self, ends: tuple[Spot, Spot] | None, marked: Spot | None = None) -> None:
        """Show a line from one place to another, and mark a place on it; None shows nothing."""
        if (ends, marked) != (self.ends, self.marked):
            self.ends, self.marked = ends, marked
            self.setGeometry(self._view.rect())
            self.setVisible(ends is not None)
            self.update()

    def point_of(self, spot: Spot) -> QPointF:
        """Return where a place is on the view."""
        return self._view.grid.rect_of(*spot).topLeft()

    def end_at(self, point: QPointF) -> int | None:
        """Return which end is at a point: 0, 1, or None."""
        if self.ends is None:
            return None
        for index, spot in reversed(list(enumerate(self.ends))):
            away = point - self.point_of(spot)
            if abs(away.x()) + abs(away.y()) <= REACH:
                return index
        return None

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Stay as large as the view."""
        if event is not None and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._view.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint the line, its ends, and the place that is asked about."""
        if self.ends is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._view.viewport().adjusted(-3, -3, 3, 3))
        start, end = map(self.point_of, self.ends)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        round_ = Qt.PenCapStyle.RoundCap
        for ink, across in (("halo", 4.2), ("text", 1.6)):
            painter.setPen(QPen(theme.colour(ink), across, cap=round_))
            painter.drawLine(start, end)
        for spot in (start, end):
            _paint_disc(painter, spot, _END, "text", "halo")
        if self.marked is not None:
            _paint_disc(painter, self.point_of(self.marked), _MARK, "halo", "text")
        painter.end()


def _paint_disc(painter: QPainter, spot: QPointF, radius: float, fill: str, edge: str) -> None:
    painter.setPen(QPen(theme.colour(edge), 1.6))
    painter.setBrush(theme.colour(fill))
    painter.drawEllipse(spot, radius, radius)
