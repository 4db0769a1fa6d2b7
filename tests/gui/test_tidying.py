"""Garbage is collected in the thread of the window, and nowhere else."""

import gc
import threading
import weakref

import pytest

from cnnstudio.gui.tidying import Tidying


class Knot:
    """Something that holds itself, and says in which thread it was destroyed."""

    def __init__(self, ends):
        self.me, self.ends = self, ends

    def __del__(self):
        self.ends.append(threading.get_ident())


@pytest.fixture
def tidying(qapp):
    before = gc.isenabled()
    tidying = Tidying()
    yield tidying
    if before:
        gc.enable()


def test_a_thread_that_makes_much_destroys_nothing(tidying, qtbot):
    ends = []
    Knot(ends)
    work = threading.Thread(target=lambda: [[each] for each in range(200_000)])
    work.start()
    work.join()
    assert ends == []
    held = []

    def is_over():
        held.append([[each] for each in range(1_000)])  # until there is enough to look at
        return bool(ends)

    qtbot.waitUntil(is_over)
    assert ends == [threading.get_ident()]


def test_what_nobody_holds_goes_in_time(tidying, qtbot):
    knot = Knot([])
    gone = weakref.ref(knot)
    del knot
    held = []

    def is_over():
        held.append([[each] for each in range(1_000)])
        return gone() is None

    qtbot.waitUntil(is_over)
