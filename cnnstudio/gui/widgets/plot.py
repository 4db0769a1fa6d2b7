"""A quiet plot: few lines, curves named at the curve, axes that say only what is needed.

It brings pyqtgraph in, so it is imported where the first plot is shown, and not before.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PyQt6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPen, QResizeEvent
from PyQt6.QtWidgets import QGraphicsRectItem, QVBoxLayout, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.drawing import Curve, Drawing, Scale, Tick

pg.setConfigOptions(antialias=True, imageAxisOrder="row-major")

_BOTTOM, _GAP, _APART = 20, 6, 8  # px: height of the lower axis, beside it, between its numbers
_LINE = 13  # px that names at curves are apart
_OVER = 40  # px: how far a number at the end of an axis may reach beyond it
_STEP = 3  # px: how wide a step of an outline is at least
Numbers = NDArray[Any]


class Plot(QWidget):
    """Shows a drawing; nothing in it moves or zooms.

    Signals:
        hovered: the number of the lower axis under the pointer; NaN when it leaves
    """

    hovered = pyqtSignal(float)

    def __init__(self, name: str, accessible: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.drawing: Drawing | None = None
        self.marked: float | None = None
        self._items: list[Any] = []  # what is in the plot now
        self._names: list[Any] = []
        self._plot = pg.PlotWidget(self)
        self._plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.hideButtons()
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(False, False)
        self._plot.getPlotItem().getViewBox().setDefaultPadding(0)
        self._plot.getPlotItem().setContentsMargins(0, 2, 0, 0)
        self._mark = pg.InfiniteLine(angle=90)
        self._mark.setZValue(20)
        self._mark.hide()
        self._plot.addItem(self._mark, ignoreBounds=True)
        self._plot.viewport().setMouseTracking(True)
        self._plot.viewport().installEventFilter(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._plot)
        self._dress()

    def show_drawing(self, drawing: Drawing) -> None:
        """Show another drawing in the place of the one before."""
        self.drawing = drawing
        for item in self._items:
            self._plot.removeItem(item)
        self._items.clear()
        for low, high in drawing.outside:
            self._shade(low, high)
        for places, angle, token in ((drawing.level, 0, "border"), (drawing.upright, 90, "muted")):
            for place in places:
                pen = pg.mkPen(theme.colour(token), width=1)
                self._keep(pg.InfiniteLine(place, angle, pen))
        for curve in drawing.curves:
            self._draw(curve)
        self._fit()

    def mark(self, x: float | None) -> None:
        """Mark a place of the lower axis with an upright line; None takes it away."""
        self.marked = x
        self._mark.setVisible(x is not None)
        if x is not None:
            self._mark.setValue(x)

    def at(self, x: float, y: float) -> QPointF:
        """Return where on this widget two numbers meet."""
        box = self._plot.getPlotItem().getViewBox()
        scene = box.mapViewToScene(QPointF(x, y))
        return QPointF(self._plot.mapFromScene(scene))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Draw as finely as there is room for."""
        super().resizeEvent(event)
        if self.drawing is not None:
            self.show_drawing(self.drawing)

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event and event.type() == QEvent.Type.PaletteChange and hasattr(self, "_mark"):
            self._dress()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Tell what the pointer is over."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            scene = self._plot.mapToScene(event.position().toPoint())
            box = self._plot.getPlotItem().getViewBox()
            found = float(box.mapSceneToView(scene).x())
            inside = self.drawing is not None and self.drawing.x.low <= found
            inside = inside and self.drawing is not None and found <= self.drawing.x.high
            self.hovered.emit(found if inside else float("nan"))
        elif event is not None and event.type() == QEvent.Type.Leave:
            self.hovered.emit(float("nan"))
        return super().eventFilter(watched, event)

    def _dress(self) -> None:
        """Take the colours and the type of the theme in force."""
        self._plot.setBackground(theme.colour("panel"))
        for side in ("left", "right", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(pg.mkPen(None))
            axis.setTickPen(pg.mkPen(theme.colour("panel")))  # without a pen it leaves dots
            axis.setTextPen(theme.colour("muted"))
            axis.setTickFont(theme.face(theme.CAPTION))
            axis.setStyle(tickLength=0, tickTextOffset=4, hideOverlappingLabels=_OVER)
        self._plot.getAxis("bottom").setHeight(_BOTTOM)
        self._mark.setPen(pg.mkPen(theme.colour("text"), width=1.5, style=Qt.PenStyle.DashLine))
        if self.drawing is not None:
            self.show_drawing(self.drawing)

    def _keep(self, item: Any) -> None:
        self._plot.addItem(item, ignoreBounds=True)
        self._items.append(item)

    def _shade(self, low: float, high: float) -> None:
        assert self.drawing is not None
        bottom, top = self.drawing.y.low, self.drawing.y.high
        area = QGraphicsRectItem(QRectF(low, bottom, high - low, top - bottom))
        area.setPen(QPen(Qt.PenStyle.NoPen))
        area.setBrush(theme.colour("sunken"))
        area.setZValue(-10)
        self._keep(area)

    def _draw(self, curve: Curve) -> None:
        ink, width = _ink(curve.ink), max(1.0, self._room)
        ink.setAlphaF(curve.strength)
        style = Qt.PenStyle.DashLine if curve.dashed else Qt.PenStyle.SolidLine
        pen = pg.mkPen(ink, width=curve.width, style=style)
        if curve.bars:
            floor = self.drawing.y.low if self.drawing else 0.0
            made = pg.PlotCurveItem(
                curve.x, curve.y, stepMode="center", fillLevel=floor, brush=ink, pen=pg.mkPen(None)
            )
        elif curve.stepped:
            x, y = _highest(curve.x, curve.y, ceil(len(curve.y) * _STEP / width))
            made = pg.PlotCurveItem(x, y, stepMode="center", pen=pen)
        else:
            made = pg.PlotCurveItem(*_ends(curve.x, curve.y, len(curve.x) // round(width)), pen=pen)
        self._keep(made)
        if curve.dots:
            self._keep(pg.ScatterPlotItem(curve.x, curve.y, size=5, brush=ink, pen=pg.mkPen(None)))

    def _beside(self, drawing: Drawing) -> dict[str, float]:
        """Return how wide the axes at the sides are."""
        metrics = QFontMetricsF(theme.face(theme.CAPTION))
        return {
            "left": _widest(metrics, drawing.y.ticks),
            "right": _widest(metrics, drawing.right),
        }

    @property
    def _room(self) -> float:
        """How wide the plot is between its axes."""
        beside = self._beside(self.drawing) if self.drawing else {}
        return self.width() - sum(beside.values())

    def _fit(self) -> None:
        """Give the axes the room they need, and write what there is room for."""
        drawing = self.drawing
        if drawing is None:
            return
        plot, metrics = self._plot, QFontMetricsF(theme.face(theme.CAPTION))
        wide = self._beside(drawing)
        for side, room in wide.items():
            plot.showAxis(side, room > 0)
            plot.getAxis(side).setWidth(round(room))
        width = max(1.0, self._room)
        height = max(1.0, self.height() - _BOTTOM - 2)
        named = [curve for curve in drawing.curves if curve.name and len(curve.y)]
        beside = [_name_room(each) for each in named if not each.stepped]
        span = drawing.x.high - drawing.x.low
        for place, text in drawing.x.ticks:
            half = metrics.horizontalAdvance(text) / 2 + 1
            beside.append(half - (drawing.x.high - place) / span * width)
        most = drawing.x.low + span * width / max(1.0, width - max(beside, default=0.0))
        plot.setXRange(drawing.x.low, most, padding=0)
        plot.setYRange(drawing.y.low, drawing.y.high, padding=0)
        per_px = (most - drawing.x.low) / width
        across = _with_room(metrics, drawing.x, per_px)
        plot.getAxis("bottom").setTicks([across])
        tall = (drawing.y.high - drawing.y.low) / height
        plot.getAxis("left").setTicks([_apart(drawing.y.ticks, _LINE * tall)])
        plot.getAxis("right").setTicks([_apart(drawing.right, _LINE * tall)])
        self._name(named, per_px, tall)

    def _name(self, curves: Sequence[Curve], per_px: float, tall: float) -> None:
        """Write the names of curves at their ends, of histograms at their highest bars."""
        for item in self._names:
            self._plot.removeItem(item)
        self._names.clear()
        taken: list[QRectF] = []
        drawing = self.drawing
        assert drawing is not None
        for curve in sorted(curves, key=_height_of_name, reverse=True):
            x, y = _place_of_name(curve)
            wide = _name_room(curve)
            left = (x - drawing.x.low) / per_px + 4
            left = min(left, self._room - wide) if curve.stepped else left
            down = (drawing.y.high - y) / tall - _LINE / 2
            down = min(max(0.0, down), (drawing.y.high - drawing.y.low) / tall - _LINE)
            area = QRectF(left, down, wide, _LINE)
            while any(area.intersects(each) for each in taken):
                area.translate(0, 1)
            taken.append(area)
            item = pg.TextItem(curve.name, color=_ink(curve.named_in or curve.ink), anchor=(0, 0.5))
            item.setFont(theme.face(theme.CAPTION, theme.SEMIBOLD))
            height = drawing.y.high - area.center().y() * tall
            item.setPos(drawing.x.low + (left - 4) * per_px, height)
            self._plot.addItem(item, ignoreBounds=True)
            self._names.append(item)


def _ink(ink: str) -> QColor:
    return QColor(ink) if ink.startswith("#") else theme.colour(ink)


def _place_of_name(curve: Curve) -> tuple[float, float]:
    if curve.stepped:
        top = int(np.argmax(curve.y))
        return float(curve.x[top + 1]), float(curve.y[top])
    return float(curve.x[-1]), float(curve.y[-1])


def _height_of_name(curve: Curve) -> float:
    return _place_of_name(curve)[1]


def _name_room(curve: Curve) -> float:
    metrics = QFontMetricsF(theme.face(theme.CAPTION, theme.SEMIBOLD))
    return metrics.horizontalAdvance(curve.name) + 2 * _APART


def _widest(metrics: QFontMetricsF, ticks: Sequence[Tick]) -> float:
    widest = max((metrics.horizontalAdvance(text) for _, text in ticks), default=0.0)
    return widest + _GAP + 4 if widest else 0.0


def _highest(x: Numbers, y: Numbers, each: int) -> tuple[Numbers, Numbers]:
    """Draw steps that can be told apart: of so many neighbours the highest."""
    if each <= 1:
        return x, y
    edges = np.append(x[:-1:each], x[-1])
    return edges, np.maximum.reduceat(y, np.arange(0, len(y), each))


def _ends(x: Numbers, y: Numbers, each: int) -> tuple[Numbers, Numbers]:
    """Draw no more points than can be told apart: of so many neighbours the least and the most."""
    if each <= 2:
        return x, y
    starts = np.arange(0, len(y), each)
    both = np.minimum.reduceat(y, starts), np.maximum.reduceat(y, starts)
    return np.repeat(x[starts], 2), np.stack(both, axis=1).reshape(-1)


def _with_room(metrics: QFontMetricsF, scale: Scale, per_px: float) -> list[Tick]:
    """Return the numbers that do not run into each other, the most important first."""
    taken: list[tuple[float, float]] = []
    kept: list[Tick] = []
    for place, text in scale.ticks:
        half = (metrics.horizontalAdvance(text) / 2 + _APART / 2) * per_px
        if all(place + half <= left or place - half >= right for left, right in taken):
            taken.append((place - half, place + half))
            kept.append((place, text))
    return kept


def _apart(ticks: Sequence[Tick], least: float) -> list[Tick]:
    """Return the numbers that are at least so far from each other, the most important first."""
    kept: list[Tick] = []
    for place, text in ticks:
        if all(abs(place - other) >= least for other, _ in kept):
            kept.append((place, text))
    return kept
