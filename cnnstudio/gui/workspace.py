"""What every workspace promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui.actions import Actions
from cnnstudio.gui.document import Document, State
from cnnstudio.gui.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from cnnstudio.lab.image import Image
    from cnnstudio.lab.scene import Scene


class Workspace(QWidget, Generic[State]):
    """A page of the main window with a document of its own.

    A subclass says what it is called and what is first on its bench, builds its widgets, and
    shows any state it is given. Nothing else changes its widgets.

    Signals:
        reread: a picture is to be read another way: the Image, what is different ("frame",
            "background"), and the gesture that belongs to
        sample_wanted: a sample picture is to be opened, by its key and its title
        said: something happened that the status bar should say for a while
        warned: why something could not be done
        hinted: what a click does here
        figured: position, value and sizes
    """

    title: ClassVar[str]
    icon: ClassVar[str]
    order: ClassVar[int]
    reread = pyqtSignal(object, dict, object)
    sample_wanted = pyqtSignal(str, str)
    said = pyqtSignal(str)
    warned = pyqtSignal(str)
    hinted = pyqtSignal(str)
    figured = pyqtSignal(str)

    def __init__(self, actions: Actions, settings: Settings) -> None:
        super().__init__()
        self.actions_ = actions
        self.settings = settings
        self.document: Document[State] = Document(self.first_state(), self, self.remembered)
        self.build()
        self.document.changed.connect(self.show_state)
        self.document.refused.connect(self._put_back)
        self.show_state(self.document.state)

    def first_state(self) -> State:
        """Return what is on the bench when the program starts."""
        raise NotImplementedError

    def remembered(self, state: State) -> Sequence[NDArray[Any] | bytes]:
        """Return what takes much memory in a state, if there is any."""
        return ()

    def build(self) -> None:
        """Make the widgets and connect them to edits of the document."""
        raise NotImplementedError

    def show_state(self, state: State) -> None:
        """Make every widget agree with `state`."""
        raise NotImplementedError

    def sights(self) -> Iterator[str]:
        """Show one after the other what a tour shows of it; the names of all but the start."""
        yield ""

    @property
    def busy(self) -> bool:
        """Whether something that will be shown is still being worked out."""
        return False

    def announce(self) -> None:
        """Tell the status bar what is here; called when the workspace comes to the front."""

    def take_image(self, image: Image, note: str) -> None:
        """Put a picture on the bench; `note` says what was done to it while reading."""
        raise NotImplementedError

    def take_reread(self, before: Image, image: Image, gesture: object) -> None:
        """Put a picture that was read another way in its own place, if it is still there."""

    def stop_waiting(self) -> None:
        """Show what is on the bench: nothing is being read any more."""

    def take_scene(self, scene: Scene) -> None:
        """Set the bench up as a scene says."""
        raise NotImplementedError

    @property
    def key(self) -> str:
        """What a session calls this workspace."""
        return self.title.lower()

    def begin(self, state: State | None, view: dict[str, Any]) -> None:
        """Put a state on the bench with nothing to undo: that of a session, or the first one."""
        begun = self.first_state() if state is None else state

        def show() -> None:
            if begun == self.document.state:
                self.show_state(self.document.state)
            self.document.put("Begin", begun)
            self.document.undo_stack.clear()

        self.take_session_view(view, show)

    def session_view(self) -> dict[str, Any]:
        """Return, fit for JSON, what a session should remember of where one looks."""
        return {}

    def take_session_view(self, view: dict[str, Any], show: Callable[[], None]) -> None:
        """Look where a session says, as far as it makes sense; an empty view is that of a start.

        Args:
            view: what the session says
            show: puts its bench there; called once, when all is known of how it is to be shown
        """
        show()

    def shut_down(self) -> None:
        """Stop whatever runs in the background; called when the window closes."""

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Do what a key means that no widget with the focus wanted."""
        if event and not self.actions_.perform(event):
            super().keyPressEvent(event)

    def _put_back(self, reason: str) -> None:
        """Make the widgets forget an edit that was refused, and say why."""
        self.show_state(self.document.state)
        self.warned.emit(reason)


AnyWorkspace = Workspace[Any]
