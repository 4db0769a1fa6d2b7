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
    tidying = Tidying()
    yield tidying
    gc.enable()


def test_a_thread_that_makes_much_destroys_nothing(tidying, qtbot):
    ends = []
    Knot(ends)
    work = threading.Thread(target=lambda: [[each] for each in range(200_000)])
    work.start()
    work.join()
    assert ends == []
    held = [[each] for each in range(2_000)]  # until there is enough to look at
    qtbot.waitUntil(lambda: ends == [threading.get_ident()])
    assert len(held) == 2_000


def test_what_nobody_holds_goes_in_time(tidying, qtbot):
    knot = Knot([])
    gone = weakref.ref(knot)
    del knot
    held = [[each] for each in range(2_000)]
    qtbot.waitUntil(lambda: gone() is None)
    assert len(held) == 2_000
