"""Every way a picture or a scene comes in: dialog, drop, paste, recent files, command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QBuffer, QIODevice, QMimeData, QObject, pyqtSignal
from PyQt6.QtGui import QIcon, QImage
from PyQt6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from cnnstudio.gui.opener import Opener
from cnnstudio.gui.settings import Settings, user_folder

if TYPE_CHECKING:
    from cnnstudio.datasets.picture_file import Picture

SCENE_SUFFIX = ".json"
_THUMB = 40
_SUFFIXES = "*.png *.jpg *.jpeg *.bmp *.gif *.webp"


class Pictures(QObject):
    """Brings pictures and scenes in and hands them on.

    Signals:
        image_came: an Image, and what was done to it while reading
        scene_came: a Scene
        said: a sentence for the status bar
        refused: a sentence on why nothing came
        busy: whether something is being read
    """

    image_came = pyqtSignal(object, str)
    scene_came = pyqtSignal(object)
    said = pyqtSignal(str)
    refused = pyqtSignal(str)
    busy = pyqtSignal(bool)

    def __init__(self, window: QWidget, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self.opener = Opener(self)
        self.opener.opened.connect(self._take)
        self.opener.refused.connect(self.refused)
        self.opener.started.connect(self._begin)
        self.opener.finished.connect(lambda: self.busy.emit(False))

    def open(self, path: Path) -> None:
        """Open a picture, or a scene if it is a .json file."""
        if path.suffix.lower() == SCENE_SUFFIX:
            self._open_scene(path)
        else:
            self.opener.open(path)

    def ask_picture(self) -> None:
        """Let the user choose a picture."""
        self._ask("Open a picture", f"Pictures ({_SUFFIXES});;All files (*)")

    def ask_scene(self) -> None:
        """Let the user choose a scene."""
        self._ask("Open a scene", f"Scenes (*{SCENE_SUFFIX})")

    def paste(self) -> None:
        """Take what is on the clipboard."""
        clipboard = QApplication.clipboard()
        data = clipboard.mimeData() if clipboard else None
        if data is None or not self.accepts(data):
            self.refused.emit("There is no picture on the clipboard")
            return
        self.take_data(data, "pasted picture")

    def accepts(self, data: QMimeData) -> bool:
        """Whether something dropped or pasted may be a picture or a scene."""
        return data.hasImage() or any(url.isLocalFile() for url in data.urls())

    def take_data(self, data: QMimeData, name: str) -> None:
        """Take what was dropped or pasted; of several files the first."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            if len(paths) > 1:
                self.said.emit(f"One picture at a time: {paths[0].name} of {len(paths)} files")
            self.open(paths[0])
            return
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            self.opener.open(_encoded(image), name)
        else:
            self.refused.emit(f"The {name} cannot be read as a picture")

    def fill_recent(self, menu: QMenu) -> None:
        """List the files opened of late, with small pictures of them."""
        menu.clear()
        found = self._settings.recent_there
        for path in found:
            where = path.parent.name or str(path.parent)
            action = menu.addAction(f"{path.name}   in {where}".replace("&", "&&"))
            if action:
                action.setToolTip(str(path))
                action.setIcon(QIcon(str(_thumb_file(path))))
                action.triggered.connect(lambda _checked, path=path: self.open(path))
        if not found:
            nothing = menu.addAction("Nothing opened yet")
            if nothing:
                nothing.setEnabled(False)

    def _ask(self, title: str, kinds: str) -> None:
        dialog = QFileDialog(self._window, title, self._settings.last_folder, kinds)
        dialog.setObjectName("window.open_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _chosen(self, name: str) -> None:
        path = Path(name)
        self._settings.last_folder = str(path.parent)
        self.open(path)

    def _begin(self, name: str) -> None:
        self.said.emit(f"Opening {name} …")
        self.busy.emit(True)

    def _open_scene(self, path: Path) -> None:
        from cnnstudio.lab.scene import read_scene  # noqa: PLC0415  NumPy comes after the window

        try:
            scene = read_scene(path)
        except ValueError as reason:
            self.refused.emit(str(reason))
            return
        self.opener.cancel()
        self.scene_came.emit(scene)

    def _take(self, picture: Picture, path: Path | None) -> None:
        from cnnstudio.lab.image import Image  # noqa: PLC0415

        if path is not None:
            self._settings.add_recent(path)
            _keep_thumb(picture, _thumb_file(path.absolute()))
        self.image_came.emit(Image(picture.pixels, picture.name), picture.note)


def _encoded(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "BMP" if not image.hasAlphaChannel() else "PNG", 100)
    return buffer.data().data()


def _thumb_file(path: Path) -> Path:
    """Return where the small picture of a recent file is kept."""
    from hashlib import md5  # noqa: PLC0415  not needed at start-up

    return user_folder() / "thumbnails" / f"{md5(str(path).encode()).hexdigest()}.png"


def _keep_thumb(picture: Picture, file: Path) -> None:
    from cnnstudio.datasets.picture_file import thumbnail  # noqa: PLC0415

    small = thumbnail(picture.pixels, _THUMB)
    height, width = small.shape
    image = QImage(small.tobytes(), width, height, width, QImage.Format.Format_Grayscale8)
    file.parent.mkdir(parents=True, exist_ok=True)
    image.save(str(file))
