"""What is drawn over the strip: signs between the stages, and the beam from window to number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QRegion
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.plane_view import PlaneView

if TYPE_CHECKING:
    from cnnstudio.gui.workspaces.convolution.strip import Strip

_SIGNS_AT = 118  # px from the top at which the signs stand at most


@dataclass(frozen=True)
class _Beam:
    """A part of the beam: its four corners, where it is seen, how strongly it is coloured."""

    polygon: QPolygonF
    area: QRectF
    fill: float
    line: float


class Over(QWidget):
    """Signs in the gaps; two thin lines from the window to the one cell it makes."""

    def __init__(self, strip: Strip) -> None:
        super().__init__(strip)
        self.strip = strip
        self._painted = QRegion()  # where the beam is on the screen
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def follow(self) -> None:
        """Paint the beam anew: where it was, and where it is now."""
        self.update(self._painted + _region(self._beams()))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint signs and beam."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = [column for column in self.strip.columns if not column.isHidden()]
        beams = self._beams()
        self._painted = _region(beams)
        for beam in beams:
            _paint_beam(painter, beam)
        painter.setFont(theme.face(18, theme.MEDIUM))
        painter.setPen(theme.colour("muted"))
        kernel = _box(self.strip.kernel, self.strip)
        y = min(kernel.center().y(), _SIGNS_AT)
        for left, right, sign in zip(shown, shown[1:], "∗=→→", strict=False):
            end = max(_box(left.picture, self.strip).right(), float(left.geometry().right()))
            x = (end + right.x()) / 2
            area = QRectF(x - 30, y - 30, 60, 60)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, sign)
        painter.end()

    def _beams(self) -> list[_Beam]:
        """Return the beam from the window through the kernel to its number, if there is one."""
        image, out = self.strip.columns[0].picture, self.strip.columns[2].picture
        if not isinstance(image, PlaneView) or not isinstance(out, PlaneView):
            return []
        if not image.marks.window or not out.marks.cell or out.plane is None:
            return []
        boxes = [_box(widget, self.strip) for widget in (image, self.strip.kernel, out)]
        tiles = self.strip.kernel.tiles().translated(boxes[1].topLeft())
        source = image.grid.rect_of(*image.marks.window) & image.viewport()
        target = out.grid.rect_of(*out.marks.cell) & out.viewport()
        if source.isEmpty() or target.isEmpty():
            return []
        source.translate(boxes[0].topLeft())
        target.translate(boxes[2].topLeft())
        left = QRectF(boxes[0].right(), 0, boxes[1].left() - boxes[0].right(), self.height())
        right = QRectF(boxes[1].right(), 0, boxes[2].left() - boxes[1].right() + 3, self.height())
        into, on = _wedge(source, tiles), _wedge(tiles, target)
        # colour between pictures only; over them it would change pixels
        return [
            _Beam(into, left, 0.13, 0.7),
            _Beam(into, boxes[0], 0.0, 0.45),
            _Beam(on, right, 0.13, 0.7),
            _Beam(on, boxes[2], 0.0, 0.45),
        ]


def _wedge(a: QRectF, b: QRectF) -> QPolygonF:
    return QPolygonF([a.topRight(), b.topLeft(), b.bottomLeft(), a.bottomRight()])


def _region(beams: list[_Beam]) -> QRegion:
    """Return all the pixels that beams may touch."""
    region = QRegion()
    for beam in beams:
        area = beam.polygon.boundingRect().adjusted(-2, -2, 2, 2) & beam.area
        region += area.toAlignedRect()
    return region


def _paint_beam(painter: QPainter, beam: _Beam) -> None:
    painter.save()
    painter.setClipRect(beam.area)
    if beam.fill:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent", beam.fill))
        painter.drawPolygon(beam.polygon)
    painter.setPen(QPen(theme.colour("accent", beam.line), 1.25))
    painter.drawLine(beam.polygon[0], beam.polygon[1])
    painter.drawLine(beam.polygon[3], beam.polygon[2])
    painter.restore()


def _box(widget: QWidget, strip: Strip) -> QRectF:
    corner = widget.mapTo(strip, widget.rect().topLeft())
    return QRectF(
        QPointF(corner), QPointF(corner.x() + widget.width(), corner.y() + widget.height())
    )
