"""From a weight typed into the kernel to the feature map on the screen."""

from collections.abc import Sequence
from itertools import chain
from statistics import median
from time import perf_counter, process_time

import numpy as np
from gui_window import find, painting, put_picture, settle
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QSpinBox, QWidget
from report import Result, quantile

from cnnstudio.gui.main_window import MainWindow
from cnnstudio.gui.widgets.cell_editor import CellEditor
from cnnstudio.gui.widgets.kernel_grid import KernelGrid
from cnnstudio.gui.widgets.plane_view import PlaneView
from cnnstudio.lab.number import parse

SIDE = 512
KERNELS = (3, 5, 7, 11)
WEIGHTS = ("-3", "2", "0.5", "-1", "4", "1/9", "0", "-0.25", "9", "1")
GOAL = 16.0  # ms
ROUNDS, COUNT = 5, 60
TABS = ("kernel", "values", "compare")  # what shows more must not make edits slow
MS = 1000


class Edits:
    """Types weights and takes the time until the map that belongs to them is painted.

    Attributes:
        map: ms from Enter to the end of the feature map's paintEvent
        all: ms from Enter until every widget that had to be is painted
        busy: ms of processor time up to the end of the feature map's paintEvent
    """

    def __init__(self, window: MainWindow) -> None:
        self.map: list[float] = []
        self.all: list[float] = []
        self.busy: list[float] = []
        self._bench = window.current.document
        self._grid, self._view = find(window, "convolution.kernel"), None
        self._editor = find(window, "convolution.kernel.cell")
        assert isinstance(self._grid, KernelGrid)
        assert isinstance(self._editor, CellEditor)
        self._view = find(window, "convolution.feature_map")
        self._painted, self._map_at, self._busy_at = 0, 0.0, 0.0

    def run(self, count: int, seed: int = 0) -> None:
        """Change `count` weights drawn by lot, one after the other."""
        rng = np.random.default_rng(seed)
        with painting(PlaneView, self._note):
            for _ in range(count):
                rows = self._grid.rows
                place = int(rng.integers(len(rows))), int(rng.integers(len(rows[0])))
                found = (WEIGHTS[i] for i in rng.permutation(len(WEIGHTS)))
                self._edit(place, next(t for t in found if parse(t) != rows[place[0]][place[1]]))

    def _edit(self, place: tuple[int, int], text: str) -> None:
        at = self._grid.rect_of(*place).center().toPoint()
        QTest.mouseClick(self._grid, Qt.MouseButton.LeftButton, pos=at)
        self._grid.setFocus()
        QTest.keyClicks(self._grid, text[0])
        QTest.keyClicks(self._editor, text[1:])
        settle()
        before, self._map_at = self._bench.state, 0.0
        busy, begun = process_time(), perf_counter()
        QTest.keyClick(self._editor, Qt.Key.Key_Return)
        end, painted = begun, -1
        while not self._map_at or painted != self._painted:
            painted = self._painted
            QApplication.processEvents()
            if painted != self._painted:
                end = perf_counter()
        assert self._bench.state != before
        self.map.append((self._map_at - begun) * MS)
        self.busy.append((self._busy_at - busy) * MS)
        self.all.append((end - begun) * MS)

    def _note(self, view: QWidget) -> None:
        self._painted += 1
        new = self._bench.state.feature_map()
        if view is self._view and not self._map_at and view.plane and view.plane.values is new:
            self._map_at, self._busy_at = perf_counter(), process_time()


def measure(window: MainWindow) -> list[Result]:
    """Change weights of kernels of several sizes, in rounds, for other programs run in bursts."""
    put_picture(window, SIDE, whole=True)
    box = find(window, "convolution.kernel_size")
    assert isinstance(box, QSpinBox)
    cases = [(side, "arithmetic") for side in KERNELS]
    cases += [(side, tab) for tab in TABS for side in (KERNELS[0], KERNELS[-1])]
    rounds: dict[tuple[int, str], list[Edits]] = {case: [] for case in cases}
    for number in range(ROUNDS):
        for side, tab in cases:
            window.actions_[f"view.{tab}"].trigger()
            box.setValue(side)
            settle()
            Edits(window).run(5, number)  # warm
            rounds[side, tab].append(Edits(window))
            rounds[side, tab][-1].run(COUNT, number)
    return [result for (side, tab), made in rounds.items() for result in _results(side, made, tab)]


def _results(side: int, rounds: Sequence[Edits], tab: str) -> list[Result]:
    more = "" if tab == "arithmetic" else f", tab {tab}"
    what = f"kernel edit, {side}x{side} on {SIDE}x{SIDE} gray{more}"
    shown = f"{what}, to repainted map"
    taken = [each.map for each in rounds]
    usual = median(quantile(each, 0.95) for each in taken)
    busy = [ms for each in rounds for ms in each.busy]
    return [
        Result(f"{shown}, p95, median of {ROUNDS} rounds", usual, "ms", goal=GOAL),
        *_spread(shown, list(chain(*taken))),
        Result(f"{shown}, processor time, p95", quantile(busy, 0.95), "ms"),
        *_spread(f"{what}, to everything repainted", [ms for each in rounds for ms in each.all]),
    ]


def _spread(name: str, taken: Sequence[float]) -> list[Result]:
    return [
        Result(f"{name}, p50", quantile(taken, 0.5), "ms"),
        Result(f"{name}, p95 of all", quantile(taken, 0.95), "ms"),
        Result(f"{name}, worst of all", max(taken), "ms"),
    ]
