"""The gallery of sample pictures that opens under its button."""

import threading
from collections import deque

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QIcon, QImage, QPainter, QPixmap
from PyQt6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QWidgetAction

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import Button
from cnnstudio.lab.samples import sample_thumbnail, samples

_SIDE = 64
_COLUMNS = 6
_AROUND = 40  # px for the name under a picture, and for gaps
_POLL_MS = 15
Small = NDArray[np.uint8]


class SampleGallery(QMenu):
    """Small pictures with their names; made on a thread when it is first opened.

    Signals:
        chosen: key and title of the sample
    """

    chosen = pyqtSignal(str, str)

    def __init__(self, button: Button) -> None:
        super().__init__(button)
        self.setObjectName("convolution.sample_menu")
        self.setAccessibleName("Samples")
        self._list = QListWidget()
        self._list.setObjectName("convolution.sample_list")
        self._list.setAccessibleName("Sample pictures")
        self._list.setViewMode(QListWidget.ViewMode.IconMode)
        self._list.setMovement(QListWidget.Movement.Static)
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._list.setIconSize(QSize(_SIDE, _SIDE))
        self._list.setGridSize(QSize(_SIDE + _AROUND, _SIDE + _AROUND))
        self._list.setWordWrap(True)
        self._list.setFont(theme.face(theme.CAPTION))
        self._list.itemClicked.connect(self._choose)
        self._list.itemActivated.connect(self._choose)
        action = QWidgetAction(self)
        action.setDefaultWidget(self._list)
        self.addAction(action)
        self.aboutToShow.connect(self._fill)
        self._made: deque[tuple[int, Small | None]] = deque()
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL_MS)
        self._poll.timeout.connect(self._show_made)

    def _fill(self) -> None:
        self._list.setFocus()
        if self._list.count():
            return
        blank = QPixmap(_SIDE, _SIDE)
        blank.fill(Qt.GlobalColor.transparent)
        for key, sample in samples().items():
            item = QListWidgetItem(QIcon(blank), sample.title)
            kind = "in colour" if sample.channels > 1 else "gray"
            size = f"{sample.width} wide, {sample.height} high, {kind}"
            item.setToolTip(f"{sample.about}\n{size}")
            item.setData(Qt.ItemDataRole.UserRole, key)
            self._list.addItem(item)
        rows = -(-self._list.count() // _COLUMNS)
        self._list.setFixedSize(_COLUMNS * (_SIDE + _AROUND) + 16, rows * (_SIDE + _AROUND) + 8)
        work = threading.Thread(target=_make, args=(list(samples()), self._made), daemon=True)
        work.start()
        self._poll.start()

    def _show_made(self) -> None:
        while self._made:
            row, small = self._made.popleft()
            item = self._list.item(row)
            if item is None:
                self._poll.stop()
            elif small is not None:
                item.setIcon(QIcon(_pixmap(small)))

    def _choose(self, item: QListWidgetItem) -> None:
        self.hide()
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole), item.text())


def _make(keys: list[str], made: deque[tuple[int, Small | None]]) -> None:
    """Make all small pictures, one after the other; a row too many says that this was all."""
    try:
        for row, key in enumerate(keys):
            made.append((row, sample_thumbnail(key, 2 * _SIDE)))
    finally:
        made.append((len(keys), None))


def _pixmap(small: Small) -> QPixmap:
    """Draw a small picture as large as all of them are."""
    height, width = small.shape[:2]
    kinds = QImage.Format
    kind = kinds.Format_RGB888 if small.ndim == 3 else kinds.Format_Grayscale8
    data = small.tobytes()
    pixmap = QPixmap.fromImage(QImage(data, width, height, len(data) // height, kind))
    if max(height, width) < 2 * _SIDE:  # single pixels are to be seen
        pixmap = pixmap.scaled(2 * _SIDE, 2 * _SIDE, Qt.AspectRatioMode.KeepAspectRatio)
    square = QPixmap(2 * _SIDE, 2 * _SIDE)  # or names would stand at different heights
    square.fill(Qt.GlobalColor.transparent)
    painter = QPainter(square)
    left, top = ((2 * _SIDE - side) // 2 for side in (pixmap.width(), pixmap.height()))
    painter.drawPixmap(left, top, pixmap)
    painter.end()
    return square
