"""What was worked out once is kept for the next who asks, as long as there is room for it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import Protocol, TypeVar

MOST = 128 * 2**20  # bytes kept by the whole program


class _Sized(Protocol):
    @property
    def nbytes(self) -> int: ...


Made = TypeVar("Made", bound=_Sized)


class Shelf:
    """Keeps what was used last, up to a number of bytes; safe to ask from several threads.

    Attributes:
        nbytes: how many bytes lie on it now
    """

    def __init__(self, most: int) -> None:
        self.most, self.nbytes = most, 0
        self._items: OrderedDict[Hashable, _Sized] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> _Sized | None:
        """Return what is kept under `key`, if it is still there."""
        with self._lock:
            if key in self._items:
                self._items.move_to_end(key)
            return self._items.get(key)

    def put(self, key: Hashable, made: _Sized) -> None:
        """Keep something, and let go of what was not used for longest; too large is not kept."""
        with self._lock:
            self._forget(key)
            if made.nbytes > self.most:
                return
            self._items[key] = made
            self.nbytes += made.nbytes
            while self.nbytes > self.most:
                self._forget(next(iter(self._items)))

    def _forget(self, key: Hashable) -> None:
        gone = self._items.pop(key, None)
        self.nbytes -= gone.nbytes if gone is not None else 0


shelf = Shelf(MOST)


def kept(function: Callable[..., Made]) -> Callable[..., Made]:
    """Make a function of hashable arguments keep what it returns on the program's one shelf.

    An argument that has a `key` is known by that, so that a large one is not kept with it.
    """

    @wraps(function)
    def asked(*arguments: Hashable) -> Made:
        key = (function, *(getattr(each, "key", each) for each in arguments))
        found = shelf.get(key)
        if found is None:
            found = function(*arguments)
            shelf.put(key, found)
        return found  # type: ignore[return-value]  # the key says which function made it

    return asked
