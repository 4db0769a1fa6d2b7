"""Every way pictures, scenes and sessions come in: dialog, drop, paste, recent, command line."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PyQt6.QtCore import QMimeData, QObject, pyqtSignal
from PyQt6.QtGui import QIcon
from PyQt6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from cnnstudio.gui.carried import carried, may_carry, nothing_fetched
from cnnstudio.gui.opener import Opener
from cnnstudio.gui.reading import Brought, Refusal, Source, Staged, Unpacked, Wish
from cnnstudio.gui.settings import Settings
from cnnstudio.gui.thumbnails import thumbnail_file

if TYPE_CHECKING:
    from cnnstudio.lab.image import Image

SCENE_SUFFIX = ".json"
SESSION_SUFFIX = ".cnnstudio"


class Pictures(QObject):
    """Brings pictures, scenes and sessions in and hands them on.

    Signals:
        image_came: an Image, and what was done to it while reading
        image_reread: the Image on the bench that was read another way, the Image to put in its
            place, and the gesture that belongs to
        scene_came: a Scene
        session_came: a Session, and the path of its file
        said: a sentence for the status bar
        refused: a sentence on why nothing came
        offered: likewise, where a part of the picture could be shown (`open_partial`)
        busy: whether something is being read
    """

    image_came = pyqtSignal(object, str)
    image_reread = pyqtSignal(object, object, object)
    scene_came = pyqtSignal(object)
    session_came = pyqtSignal(object, object)
    said = pyqtSignal(str)
    refused = pyqtSignal(str)
    offered = pyqtSignal(str)
    busy = pyqtSignal(bool)

    def __init__(self, window: QWidget, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self._next: Wish | None = None  # how a picture is to be read once it has been read again
        self._in_part: Wish | None = None  # what could be shown in part
        self._agreed: Source | None = None  # what the user was content to see in part
        self.opener = Opener(self)
        self.opener.opened.connect(self._take)
        self.opener.refused.connect(self._refuse)
        self.opener.started.connect(self._begin)
        self.opener.finished.connect(self._end)

    def open(self, path: Path) -> None:
        """Open a picture, or a scene or a session if it is called like one."""
        suffix = path.suffix.lower()
        if suffix == SCENE_SUFFIX:
            self.opener.fulfil(Wish(path, path.name, scene=True))
        elif suffix == SESSION_SUFFIX:
            self.opener.fulfil(Wish(path, path.name, session=True))
        else:
            self._open(path, path.name or str(path))

    def open_sample(self, key: str, title: str) -> None:
        """Open one of the pictures that ship with the program."""
        self._open(partial(_sample, key), title)

    def open_partial(self) -> None:
        """Open what there is of the picture that was offered last."""
        if self._in_part:
            self._agreed = self._in_part.source
            self.opener.fulfil(replace(self._in_part, partial=True))

    def read_again(self, image: Image, changes: dict[str, Any], gesture: object) -> None:
        """Read a picture on the bench another way; meanwhile it stays as it is.

        While that goes on, only the latest of further wishes is remembered.

        Args:
            image: the picture, with its origin
            changes: what is different: "frame", "background"
            gesture: what this belongs to, so that it is undone together
        """
        from cnnstudio.lab.from_file import PARTIAL  # noqa: PLC0415  NumPy comes after the window

        origin, running = image.origin, self.opener.wish
        if origin is None:
            return
        if "background" in changes:
            self._settings.background = f"#{bytes(changes['background']).hex()}"
        here = running is not None and running.after is image
        latest = self._next or running if here else None
        if latest is None:
            name = image.name.removesuffix(PARTIAL)
            in_part = origin.partial or origin.source == self._agreed
            how = (origin.frame, origin.background, in_part)
            latest = Wish(origin.source, name, *how, after=image)
        wish = replace(latest, gesture=gesture, **changes)
        if here:
            self._next = wish
        else:
            self.opener.fulfil(wish)

    def ask_file(self) -> None:
        """Let the user choose a picture, a session or a scene."""
        from cnnstudio.datasets.picture_file import SUFFIXES  # noqa: PLC0415

        pictures = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        session, scene = f"*{SESSION_SUFFIX}", f"*{SCENE_SUFFIX}"
        kinds = (
            f"Pictures, sessions and scenes ({pictures} {session} {scene})",
            f"Pictures ({pictures})",
            f"Sessions ({session})",
            f"Scenes ({scene})",
            "All files (*)",
        )
        self._ask("Open a picture, a session or a scene", ";;".join(kinds))

    def ask_scene(self) -> None:
        """Let the user choose a scene."""
        self._ask("Open a scene", f"Scenes (*{SCENE_SUFFIX})")

    def paste(self) -> None:
        """Take what is on the clipboard."""
        clipboard = QApplication.clipboard()
        data = clipboard.mimeData() if clipboard else None
        if data is None or not self._take_data(data, "pasted picture"):
            self.refused.emit("There is no picture on the clipboard")

    def accepts(self, data: QMimeData) -> bool:
        """Whether something dropped or pasted may be a picture or a scene, or its address."""
        return may_carry(data)

    def take_data(self, data: QMimeData, name: str) -> None:
        """Take what was dropped; of several files the first."""
        if not self._take_data(data, name):
            self.refused.emit(f"The {name} cannot be read as a picture")

    def _take_data(self, data: QMimeData, name: str) -> bool:
        found = carried(data)
        if found.files:
            if len(found.files) > 1:
                first = found.files[0].name
                self.said.emit(f"One picture at a time: {first} of {len(found.files)} files")
            self.open(found.files[0])
        elif found.picture is not None:
            self._open(found.picture, found.name or name)
        elif found.address:
            self.refused.emit(nothing_fetched(found.address))
        else:
            return False
        return True

    def fill_recent(self, menu: QMenu) -> None:
        """List the files opened of late, with small pictures of them."""
        menu.clear()
        found = self._settings.recent_there
        for path in found:
            where = path.parent.name or str(path.parent)
            action = menu.addAction(f"{path.name}   in {where}".replace("&", "&&"))
            if action:
                action.setToolTip(str(path))
                action.setIcon(QIcon(str(thumbnail_file(path))))
                action.triggered.connect(lambda _checked, path=path: self.open(path))
        if not found:
            nothing = menu.addAction("Nothing opened yet")
            if nothing:
                nothing.setEnabled(False)

    def _open(self, source: Source, name: str) -> None:
        red, green, blue = bytes.fromhex(self._settings.background[1:])
        self.opener.fulfil(Wish(source, name, background=(red, green, blue)))

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
        wish = self.opener.wish
        if wish and wish.after is None:
            self.said.emit(f"Opening {name} …")
        self._next = None
        self.busy.emit(True)

    def _end(self) -> None:
        self._next = None
        self.busy.emit(False)

    def _take(self, brought: Brought | Staged | Unpacked) -> None:
        if isinstance(brought, Unpacked):
            self.session_came.emit(brought.session, brought.wish.source)
            return
        if isinstance(brought, Staged):
            scene = brought.scene
            self.scene_came.emit(scene)
            told = ", ".join(filter(None, (scene.title, scene.note)))
            self.said.emit(f"{brought.wish.name}: {told}")
            return
        wish, following = brought.wish, self._next
        if wish.after is not None:
            self.image_reread.emit(wish.after, brought.image, wish.gesture)
            if following and not self.opener.busy:
                self.opener.fulfil(replace(following, after=brought.image))
            return
        if isinstance(wish.source, Path):
            self._settings.add_recent(wish.source)
        self.image_came.emit(brought.image, brought.note)

    def _refuse(self, refusal: Refusal) -> None:
        if refusal.partly:
            self._in_part = refusal.wish
            self.offered.emit(refusal.reason)
        else:
            self.refused.emit(refusal.reason)


def _sample(key: str) -> Image:
    from cnnstudio.lab.samples import sample_image  # noqa: PLC0415

    return sample_image(key)
