"""A picture of a whole page, sharper than the screen, painted in between what the window does."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PyQt6.QtCore import QObject, QRect, QTimer, pyqtSignal
from PyQt6.QtGui import QImage, QRegion
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.plane_view import PlaneView

_PIXELS = 600_000  # painted in one turn, so that the window never waits long


class PagePicture(QObject):
    """Paints a widget with several pixels for each of the screen's; text is drawn anew, sharp.

    Signals:
        progressed: how many bands are painted, and of how many
        painted: the QImage, with no device pixel ratio of its own
    """

    progressed = pyqtSignal(int, int)
    painted = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._paint_band)
        self._page: QWidget | None = None
        self._views: Sequence[PlaneView] = ()
        self._image = QImage()
        self._bands: list[QRect] = []
        self._done = 0

    @property
    def busy(self) -> bool:
        """Whether something is being painted."""
        return self._page is not None

    def start(self, page: QWidget, views: Sequence[PlaneView], ratio: int) -> None:
        """Paint a page; what is painted of another one is forgotten.

        Args:
            page: the widget with all its children
            views: those of them that keep their numbers painted for the screen
            ratio: how many pixels each of the screen's becomes, across and down
        """
        self.cancel()
        self._page, self._views = page, [view for view in views if view.isVisible()]
        size = page.size() * ratio
        self._image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        self._image.setDevicePixelRatio(ratio)
        self._image.fill(theme.colour("window"))
        tall = max(16, _PIXELS // max(1, size.width() * ratio))
        count = ceil(page.height() / tall)
        self._bands = [
            QRect(0, band * tall, page.width(), min(tall, page.height() - band * tall))
            for band in range(count)
        ]
        self._done = 0
        _sharpen(self._views, float(ratio))
        self._turn.start()

    def cancel(self) -> None:
        """Paint no more."""
        self._turn.stop()
        if self._page is not None:
            _sharpen(self._views, None)
        self._page, self._image = None, QImage()

    def _paint_band(self) -> None:
        assert self._page is not None
        band = self._bands[self._done]
        how = QWidget.RenderFlag.DrawChildren | QWidget.RenderFlag.DrawWindowBackground
        self._page.render(self._image, band.topLeft(), QRegion(band), how)
        self._done += 1
        self.progressed.emit(self._done, len(self._bands))
        if self._done == len(self._bands):
            image = self._image
            self.cancel()
            image.setDevicePixelRatio(1.0)
            self.painted.emit(image)


def _sharpen(views: Sequence[PlaneView], ratio: float | None) -> None:
    """Have views paint their numbers anew for so many pixels; None for the screen's own."""
    for view in views:
        if ratio is None:
            view.__dict__.pop("devicePixelRatioF", None)
        else:  # they ask themselves how sharp the screen is
            view.__dict__["devicePixelRatioF"] = lambda: ratio
        if view.plane is not None:
            view.show_plane(view.plane, view.message)
