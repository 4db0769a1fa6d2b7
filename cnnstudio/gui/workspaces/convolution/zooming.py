"""Zoom and pan, linked: all pictures show the same part of the image at the same size of cells."""

from collections.abc import Callable

from PyQt6.QtCore import QObject, pyqtSignal

from cnnstudio.gui.workspaces.convolution.page import Page
from cnnstudio.gui.workspaces.convolution.planes import Moment, window_rect
from cnnstudio.gui.workspaces.convolution.strip import LARGEST, Zoom
from cnnstudio.lab.convolution import ConvolutionBench

Middle = tuple[float, float]


class Zooming(QObject):
    """Holds the zoom and places the views; view state, never undone.

    Signals:
        placed: the views show another part of the pictures, or cells of another size
    """

    placed = pyqtSignal()

    def __init__(self, page: Page, bench: Callable[[], ConvolutionBench]) -> None:
        super().__init__(page)
        self._page, self._bench = page, bench
        self.zoom = Zoom()
        page.strip.arranged.connect(self._place)
        for name, view in page.views.items():
            view.zoomed.connect(self._zoomer(name))
            view.dragged.connect(self._drag)

    def show_bench(self, bench: ConvolutionBench) -> None:
        """Keep the zoom where it still makes sense."""
        if self.zoom.factor == 1:
            self.zoom = Zoom(1.0, bench.image.height / 2, bench.image.width / 2)
        self._place()

    def fit(self) -> None:
        """Show the pictures whole."""
        image = self._bench().image
        self.zoom = Zoom(1.0, image.height / 2, image.width / 2)
        self._place()

    def follow(self, moment: Moment) -> None:
        """Push zoomed pictures on if the playhead has left what is seen of them."""
        bench = self._bench()
        if self.zoom.factor == 1 or not all(bench.shape(moment.stage)):
            return
        if moment.stage == "pooled_map":
            row, column = (place + 0.5 for place in moment.place)
        else:
            window = window_rect(bench, moment.place)
            row, column = window[0] + window[2] / 2, window[1] + window[3] / 2
        name = "pooled_map" if moment.stage == "pooled_map" else "input"
        view = self._page.views[name]
        if not view.viewport().contains(view.grid.rect_of(row - 0.5, column - 0.5).center()):
            places = [_to_image(bench, name, axis, at) for axis, at in ((0, row), (1, column))]
            self.zoom = self._clamped(Zoom(self.zoom.factor, places[0], places[1]))
            self._place()

    def pan(self, rows: int, columns: int) -> None:
        """Push zoomed pictures by a quarter of what is seen, up or down, left or right."""
        port = self._page.views["input"].viewport()
        if self.zoom.factor > 1:
            self._drag(-columns * port.width() / 4, -rows * port.height() / 4)

    def by(self, factor: float) -> None:
        """Zoom in or out round the middle."""
        self._zoom(factor, (self.zoom.row, self.zoom.column))

    def _zoom(self, factor: float, about: Middle) -> None:
        most = max(1.0, LARGEST / self._page.strip.cell)
        factor = min(max(self.zoom.factor * factor, 1.0), most) / self.zoom.factor
        if factor != 1.0:
            row = about[0] + (self.zoom.row - about[0]) / factor
            column = about[1] + (self.zoom.column - about[1]) / factor
            self.zoom = self._clamped(Zoom(self.zoom.factor * factor, row, column))
            self._place()

    def _clamped(self, zoom: Zoom) -> Zoom:
        """Keep the middle where there is something to see."""
        image, port = self._bench().image, self._page.views["input"].viewport()
        cell = self._page.strip.cell * zoom.factor
        top, bottom, left, right = self._bench().padding
        places = []
        for at, count, before, after, span in (
            (zoom.row, image.height, top, bottom, port.height()),
            (zoom.column, image.width, left, right, port.width()),
        ):
            half = span / cell / 2
            low, high = half - before, count + after - half
            places.append(min(max(at, low), high) if low <= high else (low + high) / 2)
        return Zoom(zoom.factor, places[0], places[1])

    def _place(self) -> None:
        bench = self._bench()
        for name, view in self._page.views.items():
            at = (self.zoom.row, self.zoom.column)
            middle = tuple(_to_view(bench, name, axis, at[axis]) for axis in (0, 1))
            self._page.strip.place(view, self.zoom, (middle[0], middle[1]))
        self._page.strip.over.follow()
        self.placed.emit()

    def _zoomer(self, name: str) -> Callable[[float, float, float], None]:
        def zoom(factor: float, row: float, column: float) -> None:
            bench = self._bench()
            about = tuple(_to_image(bench, name, axis, (row, column)[axis]) for axis in (0, 1))
            self._zoom(factor, (about[0], about[1]))

        return zoom

    def _drag(self, x: float, y: float) -> None:
        if self.zoom.factor > 1:
            cell = self._page.strip.cell * self.zoom.factor
            row, column = self.zoom.row - y / cell, self.zoom.column - x / cell
            self.zoom = self._clamped(Zoom(self.zoom.factor, row, column))
            self._place()


def _scale(bench: ConvolutionBench, name: str, axis: int) -> tuple[float, float]:
    """Return how a view's places come from the image's: view = (image + shift) / stride."""
    window = (bench.down, bench.across)[axis]
    if name == "input":
        return float(window.before), 1.0
    shift, stride = window.before - (window.extent - 1) / 2, float(window.stride)
    if name == "pooled_map":
        pool = bench.pool_axes[axis]
        shift += (pool.before - (pool.extent - 1) / 2) * stride
        stride *= pool.stride
    return shift, stride


def _to_view(bench: ConvolutionBench, name: str, axis: int, place: float) -> float:
    shift, stride = _scale(bench, name, axis)
    return (place + shift) / stride


def _to_image(bench: ConvolutionBench, name: str, axis: int, place: float) -> float:
    shift, stride = _scale(bench, name, axis)
    return place * stride - shift
