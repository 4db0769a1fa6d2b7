"""The one place where what is on the bench changes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QUndoCommand, QUndoStack

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from numpy.typing import NDArray

State = TypeVar("State", bound="DataclassInstance")
MOST = 256 * 2**20  # bytes of pictures that steps may remember
_log = logging.getLogger(__name__)


class Document(QObject, Generic[State]):
    """Holds the current state, and remembers the ones before it.

    Whoever hears a signal shows what is there and changes nothing: an edit made from inside a
    slot of this document is not done, and the log says so. (It would have to be filed before
    the very step that caused it, or throw away what can still be redone.) An edit that
    changes nothing, which is what widgets echo while they are being set, is always harmless.

    Signals:
        changed: the state is now another one, by an edit, an undo or a redo
        viewed: the view to go to, because a step that carries one was done or undone; comes
            after `changed`
        refused: an edit made no sense, and why; the state is what it was
    """

    changed = pyqtSignal(object)
    viewed = pyqtSignal(object)
    refused = pyqtSignal(str)

    def __init__(
        self,
        state: State,
        parent: QObject | None = None,
        remembers: Callable[[State], Sequence[NDArray[Any] | bytes]] = lambda _state: (),
    ) -> None:
        """Begin with a state; `remembers` says what takes much memory in a state."""
        super().__init__(parent)
        self._remembers = remembers
        self.undo_stack = QUndoStack(self)
        self.current_view: Callable[[], object] | None = None
        self._state = state
        self._gesture: object | None = None  # that of the latest edit, if nothing was undone since
        self._telling = False

    @property
    def state(self) -> State:
        """What is on the bench now."""
        return self._state

    def edit(self, text: str, gesture: object | None = None, **changes: object) -> None:
        """Replace fields of the state, as one step that can be undone.

        Args:
            text: what the user did, as the Undo menu should say it
            gesture: edits in a row with the same gesture (a drag, a held key) become one step
            **changes: the fields to replace, with their new values
        """
        try:
            after = replace(self._state, **changes)
        except ValueError as reason:
            if self._may_edit(text):
                with self._tell():
                    self.refused.emit(str(reason))
            return
        self.put(text, after, gesture)

    def put(
        self, text: str, state: State, gesture: object | None = None, view: object | None = None
    ) -> None:
        """Replace the whole state, as one step that can be undone.

        Args:
            text: what the user did, as the Undo menu should say it
            state: what is to be on the bench
            gesture: edits in a row with the same gesture (a drag, a held key) become one step
            view: where a scene wants the user to look; undoing goes back to where they looked
        """
        same_view = view is None or view == self._view_now()
        if (state == self._state and same_view) or not self._may_edit(text):
            return
        self.undo_stack.push(_Step(text, self, state, gesture=gesture, view=view))
        self._gesture = gesture
        self._make_room()

    def _make_room(self) -> None:
        """Forget the oldest steps where the pictures in all of them would fill the memory."""
        stack = self.undo_stack
        commands = [stack.command(index) for index in range(stack.count())]
        steps = [command for command in commands if isinstance(command, _Step)]
        found: set[int] = set()
        taken = fits = 0
        for step in reversed(steps):
            for state in (step.after, step.before):
                for held in self._remembers(state):
                    if id(held) not in found:
                        found.add(id(held))
                        taken += len(held) if isinstance(held, bytes) else held.nbytes
            if taken > MOST and fits:
                break
            fits += 1
        if fits < len(steps):
            kept = [step.again() for step in steps[-fits:]]
            stack.clear()
            for step in kept:
                stack.push(step)

    def _may_edit(self, text: str) -> bool:
        if self._telling:
            _log.warning("not done, because it was asked for while showing a state: %s", text)
        return not self._telling

    def _view_now(self) -> object | None:
        return None if self.current_view is None else self.current_view()

    def _show(self, state: State, view: object | None) -> None:
        self._gesture = None
        self._state = state
        with self._tell():
            self.changed.emit(state)
            if view is not None:
                self.viewed.emit(view)

    @contextmanager
    def _tell(self) -> Iterator[None]:
        self._telling = True
        try:
            yield
        finally:
            self._telling = False


class _Step(QUndoCommand, Generic[State]):
    """From one state to the next, and back."""

    def __init__(
        self,
        text: str,
        document: Document[State],
        after: State,
        *,
        gesture: object | None,
        view: object | None,
    ) -> None:
        super().__init__(text)
        self._document = document
        self.before, self.after = document.state, after
        self._done = False  # whether all has happened already when it comes onto the stack
        self._gesture = gesture
        self._continues = gesture is not None and gesture == document._gesture
        self._view_before: object | None = None
        self._view = view

    def again(self) -> _Step[State]:
        """Return this step for a stack that goes on from where this one is done."""
        made = _Step(
            self.text(), self._document, self.after, gesture=self._gesture, view=self._view
        )
        made.before, made._view_before = self.before, self._view_before
        made._continues, made._done = False, True
        return made

    def redo(self) -> None:
        """Do it, at first and after every undo."""
        if self._done:
            self._done = False
            return
        if self._view is not None:
            self._view_before = self._document._view_now()
        self._document._show(self.after, self._view)

    def undo(self) -> None:
        """Go back to the state before."""
        self._document._show(self.before, self._view_before)

    def id(self) -> int:
        """Tell Qt which steps may be offered to each other for merging; -1 is none."""
        return -1 if self._gesture is None or self._view is not None else 1

    def mergeWith(self, other: QUndoCommand | None) -> bool:
        """Swallow the step that follows, if it goes on with the same gesture."""
        if not isinstance(other, _Step) or not other._continues or other._gesture != self._gesture:
            return False
        self.after = other.after
        self.setObsolete(self.before == self.after)
        return True
