"""Twelve megapixels in the window: from a weight typed to the map, and how smoothly it pans."""

import resource
from collections.abc import Callable
from itertools import count
from time import perf_counter

import numpy as np
from gui_play import Heart
from gui_window import find, painting, settle
from PyQt6.QtCore import QEvent, QPointF, Qt
from PyQt6.QtGui import QMouseEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget
from report import Result, quantile

from cnnstudio.gui.main_window import MainWindow
from cnnstudio.gui.widgets.cell_editor import CellEditor
from cnnstudio.gui.widgets.kernel_grid import KernelGrid
from cnnstudio.gui.widgets.plane_view import PlaneView
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel

HEIGHT, WIDTH = 3000, 4000
RUNS = (("gray", 1, False), ("colour, summed", 3, False), ("colour, each channel", 3, True))
KERNELS = (3, 11)
COUNT = 15
_NEW = count(4)  # weights that were not there before
GLIMPSE, MAP, P99, WORST, FRAME = 100.0, 500.0, 16.0, 50.0, 1000 / 60  # ms
MS = 1000


def measure(window: MainWindow) -> list[Result]:
    """Type weights and push the picture, on gray and colour pictures of twelve megapixels."""
    results = []
    window.actions_["view.whole"].setChecked(True)
    for name, channels, apart in RUNS:
        image = photo(channels)
        image.digest  # noqa: B018  taken on the thread that opens pictures
        for side in KERNELS:
            _put(window, image, side, apart)
            what = f"12 megapixels {name}, {side}x{side}"
            results += _edits(window, what)
        results += _pans(window, f"12 megapixels {name}, 11x11")
        del image
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*results, Result("12 megapixels, most memory the program had", peak, "MB")]


def photo(channels: int) -> Image:
    """Make hills with grain, other ones in each channel."""
    rng = np.random.default_rng(2)
    across, down = np.arange(WIDTH, dtype=np.float32), np.arange(HEIGHT, dtype=np.float32)[:, None]
    planes = np.empty((channels, HEIGHT, WIDTH), np.uint8)
    for channel, plane in enumerate(planes):
        hills = 128 + 70 * np.sin(across / (31 + 9 * channel)) * np.cos(down / (47 - 5 * channel))
        hills += 14 * rng.standard_normal((HEIGHT, WIDTH), np.float32)
        plane[:] = np.clip(hills, 0, 255)
    planes.flags.writeable = False
    return Image(planes, "12 megapixels")


def _put(window: MainWindow, image: Image, side: int, apart: bool) -> None:
    workspace = window.current
    weights = np.random.default_rng(side).integers(-3, 4, (side, side)).tolist()
    kernel = Kernel.of(weights).repeated(image.channels)
    changes = {"source": image, "fit": None, "kernel": kernel, "each_channel": apart}
    workspace.document.edit("Put a picture on the bench", **changes)
    workspace.document.undo_stack.clear()  # pictures of earlier runs would fill the memory
    _until(lambda: not workspace.showing.busy)
    settle()


def _until(done: Callable[[], bool]) -> None:
    while not done():
        QApplication.processEvents()
        QTest.qWait(1)


class Edits:
    """Types weights, and notes when something of the new map is painted, and all of it.

    Attributes:
        glimpse, map: ms from Enter to the end of the feature map's paintEvent
    """

    def __init__(self, window: MainWindow) -> None:
        self.glimpse: list[float] = []
        self.map: list[float] = []
        self._showing = window.current.showing
        grid, editor = find(window, "convolution.kernel"), find(window, "convolution.kernel.cell")
        assert isinstance(grid, KernelGrid)
        assert isinstance(editor, CellEditor)
        self._grid, self._editor = grid, editor
        self._view = find(window, "convolution.feature_map")
        self._before: object = None
        self._begun = self._glimpsed = self._mapped = 0.0

    def run(self, times: int, pause: int) -> None:
        """Change `times` weights, one after the other.

        Args:
            times: how many
            pause: ms between them; 0 waits for the whole map each time
        """
        rng = np.random.default_rng(0)
        with painting(PlaneView, self._note):
            for _ in range(times):
                place = int(rng.integers(len(self._grid.rows))), int(rng.integers(2))
                self._edit(place, str(next(_NEW)), pause)
        _until(lambda: not self._showing.busy)

    def _edit(self, place: tuple[int, int], text: str, pause: int) -> None:
        at = self._grid.rect_of(*place).center().toPoint()
        QTest.mouseClick(self._grid, Qt.MouseButton.LeftButton, pos=at)
        settle(3)  # people's clicks and keys come one by one
        self._grid.setFocus()
        QTest.keyClicks(self._grid, text[0])
        settle(3)
        for figure in text[1:]:
            QTest.keyClicks(self._editor, figure)
            settle(3)
        self._before = self._view.plane.layers
        self._glimpsed = self._mapped = 0.0
        self._begun = perf_counter()
        QTest.keyClick(self._editor, Qt.Key.Key_Return)
        if pause:
            QTest.qWait(pause)
            return
        _until(lambda: self._mapped > 0)
        QTest.qWait(50)
        self.map.append((self._mapped - self._begun) * MS)
        self.glimpse.append(((self._glimpsed or self._mapped) - self._begun) * MS)

    def _note(self, view: QWidget) -> None:
        if view is not self._view or view.plane is None or view.plane.layers is self._before:
            return
        if len(view.plane.layers) == 1:
            self._glimpsed = self._glimpsed or perf_counter()
        elif view.plane.layers:
            self._mapped = self._mapped or perf_counter()


def _edits(window: MainWindow, what: str) -> list[Result]:
    Edits(window).run(2, 0)  # warm
    heart, edits = Heart(), Edits(window)
    heart.start()
    edits.run(COUNT, 0)
    heart.stop()
    hasty, rapid = Heart(), Edits(window)
    hasty.start()
    rapid.run(COUNT, 60)
    hasty.stop()
    beats = f"{what}, event loop late by"
    return [
        Result(f"{what}, weight typed to preview, p95", quantile(edits.glimpse, 0.95), "ms",
               goal=GLIMPSE),
        Result(f"{what}, to the true map, p95", quantile(edits.map, 0.95), "ms", goal=MAP),
        Result(f"{what}, to the true map, p50", quantile(edits.map, 0.5), "ms"),
        Result(f"{beats}, p99", quantile(heart.late, 0.99), "ms", goal=P99),
        Result(f"{beats}, worst", max(heart.late), "ms", goal=WORST),
        Result(f"{beats}, an edit every 60 ms, p99", quantile(hasty.late, 0.99), "ms", goal=P99),
        Result(f"{beats}, an edit every 60 ms, worst", max(hasty.late), "ms", goal=WORST),
    ]  # fmt: skip


def _pans(window: MainWindow, what: str) -> list[Result]:
    """Push and zoom the picture, and take the time until all four views are painted."""
    view = find(window, "convolution.input")
    zooming, frames = window.current.zooming, []
    zooming.fit()
    settle()
    for _ in range(16):
        frames.append(_frame(lambda: zooming.by(1.25)))
        for step in range(20):
            frames.append(_frame(lambda step=step: _push(view, step)))
    zooming.fit()
    settle()
    name = f"{what}, one frame of panning and zooming"
    return [
        Result(f"{name}, p50", quantile(frames, 0.5), "ms"),
        Result(f"{name}, p99", quantile(frames, 0.99), "ms", goal=FRAME),
        Result(f"{name}, worst", max(frames), "ms"),
    ]


def _frame(change: Callable[[], None]) -> float:
    begun = perf_counter()
    change()
    QApplication.processEvents()
    return (perf_counter() - begun) * MS


def _push(view: QWidget, step: int) -> None:
    """Drag the picture some pixels, back and forth."""
    middle = QPointF(view.rect().center())
    end = middle + QPointF(11, 7) * (1 if step % 4 < 2 else -1)
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, at, button, held in (
        (QEvent.Type.MouseButtonPress, middle, left, left),
        (QEvent.Type.MouseMove, end, none, left),
        (QEvent.Type.MouseButtonRelease, end, left, none),
    ):
        there = view.mapToGlobal(at)
        QApplication.sendEvent(
            view, QMouseEvent(kind, at, there, button, held, Qt.KeyboardModifier.NoModifier)
        )
