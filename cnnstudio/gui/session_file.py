"""The session of the window: new, open, save, and whether there is work that is not saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QFileDialog

from cnnstudio.gui.background import Background
from cnnstudio.gui.pictures import SESSION_SUFFIX
from cnnstudio.gui.saving import Saving, Stamp, stamp_of
from cnnstudio.gui.unsaved import ask_what_becomes, ask_whether_to_replace

if TYPE_CHECKING:
    from cnnstudio.gui.main_window import MainWindow
    from cnnstudio.lab.session import Session

UNTITLED = "Untitled"


class SessionFile(QObject):
    """Knows the user's file, and what was in it.

    Work is unsaved where a bench is another value than the one in the file, or than the one the
    program started with. Views do not count.

    Signals:
        changed: what is saved, or whether all is, or the file may be another one now
        busied: whether something is being saved
        progressed: how many bytes are written, of how many
        said, warned: sentences for the status bar
    """

    changed = pyqtSignal()
    busied = pyqtSignal(bool)
    progressed = pyqtSignal(int, int)
    said = pyqtSignal(str)
    warned = pyqtSignal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.path: Path | None = None
        self.saving: Saving | None = None
        self._stamp: Stamp | None = None  # of the file as it was opened or saved here
        self._again: Path | None = None  # to be saved once more when that is done
        self._then: Callable[[], None] | None = None  # what waits until all is saved
        self._saved: dict[str, Any] | None = {}  # the benches in the file; None: nobody knows
        self._read: Session | None = None  # what was opened, for what is unknown in it
        self._work = Background(self)
        self._work.finished.connect(self._safe)
        self._work.failed.connect(self._fail)
        self._work.busied.connect(self._tell_busy)
        self._work.progressed.connect(self.progressed)
        self.changed.connect(self.show_title)
        window.actions_.connect(
            {
                "file.new": lambda: self.once_safe(self.begin),
                "file.save": self.save,
                "file.save_as": self.save_as,
            }
        )
        window.pictures.session_came.connect(self._bring)

    @property
    def name(self) -> str:
        """What the work is called."""
        if self.path is None:
            return UNTITLED
        return self.path.name.removesuffix(SESSION_SUFFIX) or self.path.name

    @property
    def benches(self) -> dict[str, Any]:
        """What is on all benches now."""
        return {each.key: each.document.state for each in self._window.workspaces}

    @property
    def modified(self) -> bool:
        """Whether there is work that is not saved."""
        return self._saved is None or self._saved != self.benches

    def snapshot(self) -> Session:
        """Return what is to be saved; it never changes, so a thread may write it."""
        from cnnstudio.lab.session import Session  # noqa: PLC0415

        views = {each.key: each.session_view() for each in self._window.workspaces}
        session = Session(self.benches, views, self._window.current.key)
        if self._read is None:
            return session
        kept = self._read.unknown, self._read.unknown_pictures
        return replace(session, unknown=kept[0], unknown_pictures=kept[1])

    def settle(self) -> None:
        """Take what is on the benches for what is saved: the start of the program, or a file."""
        self._saved = self.benches
        self.changed.emit()

    def show_title(self) -> None:
        """Say in the title which file this is and whether all of it is saved."""
        name = _shown(self.name).replace("[*]", "[*][*]")  # Qt's own sign for the mark
        self._window.setWindowTitle(f"{name}[*] - CNN Studio")
        self._window.setWindowModified(self.modified)

    def begin(self) -> None:
        """Begin again, as after a start."""
        self._put(None, None)
        self.settle()
        self.said.emit("New session")

    def _bring(self, session: Session, path: Path) -> None:
        stamp = stamp_of(path)  # now: the question may stand for long
        self.once_safe(lambda: self.take(session, path, stamp))

    def take(self, session: Session, path: Path, stamp: Stamp | None = None) -> None:
        """Put a session on the benches, in place of all that is there."""
        self._put(session, path)
        self._stamp = stamp or self._stamp
        self._window.settings.add_recent(path)
        self.settle()
        self.said.emit(f"{_shown(path.name)} is open")

    def take_up(self, session: Session) -> None:
        """Go on with work that was never saved."""
        self._saved = None  # before anything is shown, or what is kept might seem to be saved
        self._put(session, session.kept_as)
        self.changed.emit()
        self.said.emit(f"Here you were; save {_shown(self.name)} to keep it")

    def once_safe(self, then: Callable[[], None]) -> None:
        """Do something that replaces all work: at once, or when the user has said what of it."""
        if not self.modified:
            then()
            return

        def save() -> None:
            self.save()
            self._then = then

        ask_what_becomes(self._window, _shown(self.name), save, then)

    def save(self) -> None:
        """Save under the name it has, or ask for one."""
        path = self.saving.path if self.saving else self.path
        if path is None:
            self.save_as()
        else:
            self._write(path)

    def save_as(self) -> None:
        """Ask for a name and save under it."""
        self._then = None
        settings = self._window.settings
        folder = self.path.parent if self.path else Path(settings.last_folder)
        kinds = f"Sessions (*{SESSION_SUFFIX})"
        dialog = QFileDialog(self._window, "Save the session", str(folder), kinds)
        dialog.setObjectName("window.save_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix(SESSION_SUFFIX[1:])
        dialog.selectFile(f"{self.name}{SESSION_SUFFIX}")
        dialog.fileSelected.connect(self._chosen)
        dialog.rejected.connect(self._forget_then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def cancel(self) -> None:
        """Save nothing after all; the file is what it was."""
        self._again = None
        self._forget_then()
        if self.saving:
            self.saving.unwanted.set()

    @property
    def busy(self) -> bool:
        """Whether something is being saved."""
        return self._work.busy

    def _chosen(self, name: str) -> None:
        path = Path(name).absolute()
        self._window.settings.last_folder = str(path.parent)
        self._write(path, agreed=True)  # the dialog has asked

    def _write(self, path: Path, agreed: bool = False) -> None:
        """Write it; `agreed` if whichever file is there may be replaced."""
        if self._work.busy:  # never two at a time, or the older could come last
            self._again = path
            return
        known = self._stamp if path == self.path and not agreed else None
        self.saving = Saving(self.snapshot(), path, known)
        self.said.emit(f"Saving {_shown(path.name)} …")
        self._work.start(self.saving, daemon=False)  # it comes to its end though the window closes

    def _tell_busy(self, busy: bool) -> None:
        self.busied.emit(busy)
        if not busy and self.saving and self.saving.unwanted.is_set() and not self.saving.safe:
            self.saving = None
            self.said.emit("Not saved; the file is what it was")

    def _safe(self, path: Path) -> None:
        self._window.settings.add_recent(path)
        if self.saving:  # else another session came meanwhile
            self.path, self._saved = path, self.saving.session.benches
            self._stamp, self.saving = self.saving.stamp, None
            self.changed.emit()
        again, self._again = self._again, None
        if again:
            self._write(again)
            return
        self.said.emit(f"{_shown(path.name)} is saved")
        then, self._then = self._then, None
        if then:
            self.once_safe(then)  # asks again if something was done meanwhile

    def _fail(self, reason: str) -> None:
        if self.saving and self.saving.changed:
            self._ask(self.saving.path)
            return
        self._forget_then()
        self._again = self.saving = None
        self.changed.emit()
        self.warned.emit(reason)

    def _ask(self, path: Path) -> None:
        """Ask whether a file that was changed by somebody else is to be replaced."""
        self._again = self.saving = None

        def save_as() -> None:
            then = self._then
            self.save_as()
            self._then = then

        replace_ = partial(self._write, path, agreed=True)
        name = _shown(path.name)
        ask_whether_to_replace(self._window, name, replace_, save_as, self._forget_then)
        self.changed.emit()

    def _forget_then(self) -> None:
        self._then = None

    def _put(self, session: Session | None, path: Path | None) -> None:
        """Put another session on the benches, or the first one, with nothing to undo."""
        self._window.pictures.opener.cancel()
        self._forget_then()
        self._again = self.saving = None
        self._read, self.path = session, path
        self._stamp = stamp_of(path) if path else None
        for index, workspace in enumerate(self._window.workspaces):
            key = workspace.key
            if session is None:
                workspace.begin(None, {})
                continue
            workspace.begin(session.benches.get(key), session.views.get(key, {}))
            if session.front == key:
                self._window.bring_forward(index)


def _shown(name: str) -> str:
    from cnnstudio.datasets.picture import shown  # noqa: PLC0415  NumPy comes after the window

    return shown(name)
