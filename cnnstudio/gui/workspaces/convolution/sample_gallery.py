"""The gallery of sample pictures that opens under its button."""

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QIcon, QPixmap
from PyQt6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QWidgetAction

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import Button
from cnnstudio.gui.widgets.plane_paint import indices, picture
from cnnstudio.lab.samples import sample_image, samples

_SIDE = 64
_COLUMNS = 6
_AROUND = 40  # px for the name under a picture, and for gaps


class SampleGallery(QMenu):
    """Small pictures with their names; filled when it is first opened.

    Signals:
        chosen: the Image
    """

    chosen = pyqtSignal(object)

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

    def _fill(self) -> None:
        self._list.setFocus()
        if self._list.count():
            return
        for key, sample in samples().items():
            image = sample_image(key)
            shown = picture(indices(image.pixels[0], "image", image.low, image.high), "image")
            scaled = QPixmap.fromImage(shown).scaled(
                2 * _SIDE,
                2 * _SIDE,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation
                if image.width > 2 * _SIDE
                else Qt.TransformationMode.FastTransformation,
            )
            item = QListWidgetItem(QIcon(scaled), sample.title)
            item.setToolTip(sample.about)
            item.setData(Qt.ItemDataRole.UserRole, key)
            self._list.addItem(item)
        rows = -(-self._list.count() // _COLUMNS)
        self._list.setFixedSize(_COLUMNS * (_SIDE + _AROUND) + 16, rows * (_SIDE + _AROUND) + 8)

    def _choose(self, item: QListWidgetItem) -> None:
        self.hide()
        self.chosen.emit(sample_image(item.data(Qt.ItemDataRole.UserRole)))
