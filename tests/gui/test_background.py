"""Work on a thread: its result, its news, its end, and how it is left alone."""

import threading

import pytest

from cnnstudio.gui.background import Background


class Heard:
    """A background, and everything it said."""

    def __init__(self, qtbot):
        self.background = Background()
        self.said, self.qtbot = [], qtbot
        for name in ("came", "progressed", "finished", "failed", "busied"):
            getattr(self.background, name).connect(self._hearer(name))

    def _hearer(self, name):
        return lambda *what: self.said.append((name, *what))

    def until_done(self):
        self.qtbot.waitUntil(lambda: not self.background.busy)

    def only(self, name):
        return [said[1:] for said in self.said if said[0] == name]


@pytest.fixture
def heard(qtbot):
    made = Heard(qtbot)
    yield made
    made.background.shut_down()


def test_what_the_work_returns_comes_in_the_end(heard):
    heard.background.start(lambda _progress: 6 * 7)
    assert heard.background.busy
    heard.until_done()
    assert heard.said == [("busied", True), ("busied", False), ("finished", 42)]


def test_it_works_on_another_thread_and_speaks_on_this_one(heard):
    threads = []
    heard.background.finished.connect(lambda _made: threads.append(threading.get_ident()))
    heard.background.start(lambda _progress: threads.append(threading.get_ident()))
    heard.until_done()
    assert threads[0] != threads[1] == threading.get_ident()


def test_news_come_in_their_order_before_the_end(heard):
    def work(progress):
        for each in "abc":
            progress.give(each)
        return "d"

    heard.background.start(work)
    heard.until_done()
    assert heard.only("came") == [("a",), ("b",), ("c",)]
    assert heard.said[-1] == ("finished", "d")


def test_how_far_it_is_is_told(heard):
    told = threading.Event()

    def work(progress):
        progress.tell(3, 10)
        told.wait(5)

    heard.background.start(work)
    heard.qtbot.waitUntil(lambda: heard.only("progressed") == [(3, 10)])
    told.set()
    heard.until_done()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ValueError("A kernel has rows"), "A kernel has rows"),
        (MemoryError(), "There is not enough memory for that"),
        (OSError(28, "No space left on device", "x.png"), "x.png: No space left on device"),
    ],
)
def test_what_goes_wrong_is_said_in_a_sentence(heard, error, sentence):
    def work(_progress):
        raise error

    heard.background.start(work)
    heard.until_done()
    assert heard.only("failed") == [(sentence,)]
    assert not heard.only("finished")


def test_who_asks_for_another_thing_gets_only_that(heard):
    go_on = threading.Event()

    def slow(progress):
        go_on.wait(5)
        assert progress.cancelled()
        return "old"

    heard.background.start(slow)
    heard.background.start(lambda _progress: "new")
    go_on.set()
    heard.until_done()
    assert heard.only("finished") == [("new",)]


def test_nothing_is_heard_after_a_cancel(heard):
    go_on, over = threading.Event(), threading.Event()

    def slow(progress):
        go_on.wait(5)
        over.set()
        progress.give("late")

    heard.background.start(slow)
    heard.background.cancel()
    go_on.set()
    over.wait(5)
    assert heard.said == [("busied", True), ("busied", False)]
    assert not heard.background.busy


def test_work_that_asks_learns_of_the_cancel(heard):
    stopped = threading.Event()

    def endless(progress):
        try:
            while True:
                progress.tell(0, 0)
        finally:
            stopped.set()

    heard.background.start(endless)
    heard.background.shut_down()
    assert stopped.wait(5)
    assert heard.said == [("busied", True)]
