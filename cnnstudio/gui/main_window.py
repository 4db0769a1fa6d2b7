"""The main window: a rail of workspaces, menus, a status bar, and one Undo for all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent
from PyQt6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QUndoGroup
from PyQt6.QtWidgets import (
    QMainWindow,
    QMenu,
    QStackedWidget,
    QWidget,
)

from cnnstudio.gui import theme
from cnnstudio.gui.actions import MENUS, Actions
from cnnstudio.gui.help import Help
from cnnstudio.gui.look import Look
from cnnstudio.gui.pictures import Pictures
from cnnstudio.gui.rail import Rail
from cnnstudio.gui.recovery_bar import RecoveryBar
from cnnstudio.gui.session_file import SessionFile
from cnnstudio.gui.settings import Settings
from cnnstudio.gui.status import Status
from cnnstudio.gui.widgets.controls import column, named, row
from cnnstudio.gui.workspace import AnyWorkspace

if TYPE_CHECKING:
    from cnnstudio.gui.recovery import Recovery
    from cnnstudio.lab.image import Image
    from cnnstudio.lab.scene import Scene


class MainWindow(QMainWindow):
    """Shows one workspace at a time. It is on the screen before any of them is made."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.actions_ = Actions(self)
        self.undo_group = QUndoGroup(self)
        self.pictures = Pictures(self, settings)
        self.session = SessionFile(self)
        self.recovery: Recovery | None = None
        self.look = Look(self.actions_, settings)
        self.help = Help(self, self.actions_)
        self.workspaces: list[AnyWorkspace] = []
        self.setObjectName("window")
        self.setWindowTitle("CNN Studio")
        self.setAcceptDrops(True)
        self.setMinimumSize(940, 520)
        self.resize(1280, 800)
        self.restoreGeometry(settings.geometry)
        self._build()
        self._connect()

    def load(self) -> None:
        """Make the workspaces; this is where NumPy comes in."""
        from cnnstudio.discovery import subclasses_in  # noqa: PLC0415
        from cnnstudio.gui import workspaces  # noqa: PLC0415
        from cnnstudio.gui.workspace import Workspace  # noqa: PLC0415

        kinds = subclasses_in(workspaces, Workspace)
        for kind in sorted(kinds, key=lambda each: each.order):
            self._add(kind(self.actions_, self.settings))
        self.bring_forward(0)
        self.session.settle()

    def keep_work(self, folder: Path) -> None:
        """Keep unsaved work in a folder, and offer what an earlier window left there."""
        from cnnstudio.gui.recovery import Recovery  # noqa: PLC0415  not before the window is seen

        self.recovery = Recovery(self.session, self.recovery_bar, folder)
        self.recovery.warned.connect(self.status.warn)
        self.recovery.offer()

    @property
    def current(self) -> AnyWorkspace:
        """The workspace in front."""
        return self.workspaces[self.stack.currentIndex()]

    def bring_forward(self, index: int) -> None:
        """Show a workspace."""
        self.stack.setCurrentIndex(index)
        self._rail.show_choice(index)
        self.undo_group.setActiveStack(self.current.document.undo_stack)
        self.current.setFocus()
        self.current.announce()

    def open(self, path: Path) -> None:
        """Open a picture, a scene or a session, as the command line asks."""
        self.pictures.open(path.absolute())

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Stop everything that runs, keep what is not saved, and go at once."""
        self.pictures.opener.shut_down()
        if self.recovery:
            self.recovery.shut_down()
            self.recovery = None
        for workspace in self.workspaces:
            workspace.shut_down()
        self.settings.geometry = self.saveGeometry()
        self.settings.save()
        super().closeEvent(event)

    def event(self, event: QEvent | None) -> bool:
        """Leave what the status bar says there while somebody looks through a menu."""
        return bool(event and event.type() == QEvent.Type.StatusTip) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Let keys step even where no workspace has the focus."""
        if event and not self.actions_.perform(event):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        """Accept what may be a picture."""
        data = event.mimeData() if event else None
        if event and data and self.pictures.accepts(data):
            event.acceptProposedAction()
            self.status.say("Drop it anywhere in this window")

    def dropEvent(self, event: QDropEvent | None) -> None:
        """Open what was dropped."""
        data = event.mimeData() if event else None
        if event and data:
            event.acceptProposedAction()
            self.pictures.take_data(data, "dropped picture")

    def _build(self) -> None:
        self._rail = Rail()
        self._rail.chosen.connect(self.bring_forward)
        self.stack = QStackedWidget()
        body = QWidget()
        body.setProperty("role", "window")
        self.recovery_bar = RecoveryBar()
        page = column(self.recovery_bar, self.stack, gap=0)
        page.setStretchFactor(self.stack, 1)
        body.setLayout(row(self._rail, page, gap=0))
        self.setCentralWidget(body)
        self.status = Status(self.actions_["file.cancel"], self.actions_["file.in_part"])
        self.setStatusBar(self.status)
        self._build_menus()

    def _build_menus(self) -> None:
        bar = self.menuBar()
        assert bar
        bar.setFont(theme.face(theme.BODY))
        named(bar, "window.menu_bar", "Menus")
        self.menus: dict[str, QMenu] = {}
        for name, title in MENUS.items():
            menu = bar.addMenu(title)
            assert menu
            menu.setToolTipsVisible(True)
            menu.setObjectName(f"window.menu_{name}")
            self.menus[name] = menu
            for command, action in self.actions_.of_menu(name):
                if command.gap:
                    menu.addSeparator()
                menu.addAction(action)
        recent = QMenu("Open &recent", self)
        recent.setToolTipsVisible(True)
        recent.setObjectName("window.menu_recent")
        recent.aboutToShow.connect(lambda: self.pictures.fill_recent(recent))
        self.menus["file"].insertMenu(self.actions_["file.paste"], recent)
        self.menus["scenes"].aboutToShow.connect(self._fill_scenes)

    def _fill_scenes(self) -> None:
        from cnnstudio.lab.scene import shipped_scenes  # noqa: PLC0415

        self.menus["scenes"].aboutToShow.disconnect(self._fill_scenes)
        before = self.menus["scenes"].actions()[0]  # the line above "Open scene"
        for scene in shipped_scenes().values():
            action = self.menus["scenes"].addAction(scene.title)
            assert action
            self.menus["scenes"].insertAction(before, action)
            action.setToolTip(scene.about)
            action.triggered.connect(lambda _on, scene=scene: self._take_scene(scene))

    def _connect(self) -> None:
        actions, pictures, group = self.actions_, self.pictures, self.undo_group
        slots: dict[str, Callable[[], object]] = {
            "file.open": pictures.ask_file,
            "file.paste": pictures.paste,
            "file.cancel": self._cancel,
            "file.in_part": self._open_in_part,
            "file.quit": self.close,
            "edit.undo": group.undo,
            "edit.redo": group.redo,
            "scenes.open": pictures.ask_scene,
        }
        actions.connect(slots)
        for name, can, text in (
            ("edit.undo", group.canUndoChanged, group.undoTextChanged),
            ("edit.redo", group.canRedoChanged, group.redoTextChanged),
        ):
            action, word = actions[name], name.rpartition(".")[2].capitalize()
            action.setEnabled(False)
            can.connect(action.setEnabled)
            text.connect(lambda what, a=action, w=word: a.setText(f"&{w} {what}".rstrip()))
        actions["file.cancel"].setEnabled(False)
        pictures.busy.connect(self._show_busy)
        self.session.busied.connect(self._show_busy)
        self.session.progressed.connect(self.status.show_progress)
        self.session.said.connect(self.status.say)
        self.session.warned.connect(self.status.warn)
        pictures.said.connect(self.status.say)
        pictures.busy.connect(self._wait)
        pictures.refused.connect(self.status.warn)
        pictures.offered.connect(self.status.offer)
        pictures.image_came.connect(self._take_image)
        pictures.image_reread.connect(self._take_reread)
        pictures.scene_came.connect(self._take_scene)

    def _take_image(self, image: Image, note: str) -> None:
        self.current.take_image(image, note)

    def _take_reread(self, before: Image, image: Image, gesture: object) -> None:
        for workspace in self.workspaces:
            workspace.take_reread(before, image, gesture)

    def _cancel(self) -> None:
        self.pictures.opener.cancel()
        self.session.cancel()

    def _show_busy(self) -> None:
        opening, saving = self.pictures.opener.busy, self.session.busy
        self.actions_["file.cancel"].setEnabled(opening or saving)
        self.status.show_busy(opening or saving, "Saving" if saving else "Opening")

    def _open_in_part(self) -> None:
        self.current.setFocus()  # the button goes
        self.pictures.open_partial()

    def _wait(self, busy: bool) -> None:
        if not busy:
            for workspace in self.workspaces:
                workspace.stop_waiting()

    def _take_scene(self, scene: Scene) -> None:
        self.current.take_scene(scene)

    def _add(self, workspace: AnyWorkspace) -> None:
        self.workspaces.append(workspace)
        self.undo_group.addStack(workspace.document.undo_stack)
        workspace.reread.connect(self.pictures.read_again)
        workspace.sample_wanted.connect(self.pictures.open_sample)
        workspace.said.connect(self.status.say)
        workspace.warned.connect(self.status.warn)
        workspace.document.changed.connect(self.status.settle)
        workspace.document.changed.connect(self.session.changed)
        workspace.hinted.connect(self.status.hint)
        workspace.figured.connect(self.status.figure)
        self.stack.addWidget(workspace)
        self._rail.add(workspace.title, workspace.icon)
