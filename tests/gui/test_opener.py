"""The opener: pictures are read on a thread, only the latest counts, and nobody ever waits."""

import logging
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PyQt6.QtCore import QThread, QTimer

from cnnstudio.datasets.picture_file import Cancelled, Picture, UnusablePicture
from cnnstudio.gui.opener import Opener

PATIENCE = 5000


def picture(name):
    return Picture(name, np.zeros((1, 2, 3), np.uint8), "")


class Reader:
    """Reads what it is told to, each file only when the test lets it."""

    def __init__(self):
        self.gates = {}
        self.cancelled = {}
        self.threads = {}
        self.ended = []
        self.how = {}
        self.error = None
        self.began = threading.Event()

    def hold(self, name):
        self.gates[name] = threading.Event()

    def let(self, name):
        self.gates[name].set()

    def __call__(self, source, name, cancelled, **how):
        self.how[name] = how
        self.threads[name] = threading.current_thread()
        self.cancelled[name] = cancelled
        self.began.set()
        if name in self.gates:
            self.gates[name].wait()
        self.ended.append(name)
        if self.error is not None:
            raise self.error
        return picture(name)


@pytest.fixture
def reader():
    reader = Reader()
    yield reader
    for gate in reader.gates.values():
        gate.set()
    for thread in reader.threads.values():
        thread.join()


@pytest.fixture
def opener(qtbot, reader):
    opener = Opener(read=reader)
    yield opener
    opener.shut_down()


@pytest.fixture
def told(opener):
    told = []
    opener.started.connect(lambda name: told.append(("started", name)))
    opener.opened.connect(
        lambda brought: told.append(("opened", brought.image.name, brought.wish.source))
    )
    opener.refused.connect(lambda refusal: told.append(("refused", refusal.reason)))
    opener.finished.connect(lambda: told.append(("finished",)))
    return told


def wait_until_idle(qtbot, opener):
    qtbot.waitUntil(lambda: not opener.busy, timeout=PATIENCE)


def test_a_file_arrives_as_an_image_with_the_path_it_came_from(qtbot, opener, told):
    opener.open(Path("there/cat.png"))
    wait_until_idle(qtbot, opener)
    assert told == [
        ("started", "cat.png"),
        ("opened", "cat.png", Path("there/cat.png")),
        ("finished",),
    ]


def test_bytes_arrive_under_the_name_given(qtbot, opener, told):
    opener.open(b"...", "Clipboard")
    wait_until_idle(qtbot, opener)
    assert ("opened", "Clipboard", b"...") in told


def test_bytes_without_a_name_are_called_the_pasted_picture(qtbot, opener, told):
    opener.open(b"...")
    wait_until_idle(qtbot, opener)
    assert told[0] == ("started", "the pasted picture")


def test_without_a_reader_given_files_are_really_decoded(qtbot, tmp_path):
    path = tmp_path / "tiny.png"
    pixels = np.array([[0, 50, 100], [150, 200, 250]], np.uint8)
    Image.fromarray(pixels).save(path)
    opener = Opener()
    with qtbot.waitSignal(opener.opened, timeout=PATIENCE) as opened:
        opener.open(path)
    (brought,) = opened.args
    np.testing.assert_array_equal(brought.image.pixels, [pixels])
    assert brought.wish.source == path


def test_without_a_reader_given_nonsense_is_refused_in_a_sentence(qtbot):
    opener = Opener()
    with qtbot.waitSignal(opener.refused, timeout=PATIENCE) as refused:
        opener.open(b"no picture at all", "notes.txt")
    assert "notes.txt" in refused.args[0].reason


def test_reading_happens_off_the_thread_of_the_window(qtbot, opener, reader):
    opener.open(Path("cat.png"))
    wait_until_idle(qtbot, opener)
    assert reader.threads["cat.png"] is not threading.main_thread()
    assert reader.threads["cat.png"].daemon


def test_the_news_comes_in_the_thread_of_the_window(qtbot, opener):
    heard_in = []
    opener.opened.connect(lambda *_: heard_in.append(QThread.currentThread()))
    opener.open(Path("cat.png"))
    wait_until_idle(qtbot, opener)
    assert heard_in == [opener.thread()]


def test_the_window_lives_on_while_a_file_does_not_answer(qtbot, opener, reader):
    reader.hold("slow.png")
    opener.open(Path("slow.png"))
    beats = []
    heart = QTimer(opener)
    heart.timeout.connect(lambda: beats.append(1))
    heart.start(0)
    qtbot.waitUntil(lambda: len(beats) > 20, timeout=PATIENCE)
    assert opener.busy


def test_a_later_request_wins_over_an_earlier_slow_one(qtbot, opener, reader, told):
    reader.hold("slow.png")
    opener.open(Path("slow.png"))
    opener.open(Path("quick.png"))
    wait_until_idle(qtbot, opener)
    reader.let("slow.png")
    qtbot.waitUntil(lambda: "slow.png" in reader.ended, timeout=PATIENCE)
    opener.open(Path("last.png"))
    wait_until_idle(qtbot, opener)
    assert [what[1] for what in told if what[0] == "opened"] == ["quick.png", "last.png"]


def test_an_earlier_result_that_is_there_already_never_arrives_after_a_later_request(
    qtbot, opener, reader, told
):
    opener.open(Path("first.png"))
    assert reader.began.wait(PATIENCE / 1000)
    reader.threads["first.png"].join()  # done, but the window has not asked for it yet
    opener.open(Path("second.png"))
    wait_until_idle(qtbot, opener)
    assert [what[1] for what in told if what[0] == "opened"] == ["second.png"]


def test_a_later_request_tells_the_earlier_reader_to_stop(opener, reader, qtbot):
    reader.hold("slow.png")
    opener.open(Path("slow.png"))
    qtbot.waitUntil(lambda: "slow.png" in reader.cancelled, timeout=PATIENCE)
    assert not reader.cancelled["slow.png"]()
    reader.hold("next.png")
    opener.open(Path("next.png"))
    assert reader.cancelled["slow.png"]()
    qtbot.waitUntil(lambda: "next.png" in reader.cancelled, timeout=PATIENCE)
    assert not reader.cancelled["next.png"]()


def test_it_is_finished_once_when_one_request_replaces_another(qtbot, opener, reader, told):
    reader.hold("slow.png")
    opener.open(Path("slow.png"))
    opener.open(Path("quick.png"))
    wait_until_idle(qtbot, opener)
    assert told.count(("finished",)) == 1


def test_cancelling_ends_at_once_and_brings_nothing(qtbot, opener, reader, told):
    reader.hold("slow.png")
    opener.open(Path("slow.png"))
    opener.cancel()
    assert not opener.busy
    reader.let("slow.png")
    qtbot.waitUntil(lambda: "slow.png" in reader.ended, timeout=PATIENCE)
    opener.open(Path("next.png"))
    wait_until_idle(qtbot, opener)
    assert [what[0] for what in told] == ["started", "finished", "started", "opened", "finished"]
    assert told[3][1] == "next.png"


def test_cancelling_when_nothing_is_being_opened_says_nothing(opener, told):
    opener.cancel()
    assert told == []


def test_a_reader_that_gives_up_is_neither_opened_nor_refused(qtbot, opener, reader, told):
    reader.error = Cancelled()
    opener.open(Path("cat.png"))
    wait_until_idle(qtbot, opener)
    assert told == [("started", "cat.png"), ("finished",)]


def test_an_unusable_picture_is_refused_with_its_own_sentence(qtbot, opener, reader, told):
    reader.error = UnusablePicture("cat.png is empty.")
    opener.open(Path("cat.png"))
    wait_until_idle(qtbot, opener)
    assert told[1:] == [("refused", "cat.png is empty."), ("finished",)]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (RuntimeError("broken\npipe"), "broken pipe"),
        (ValueError("-1"), "-1"),
        (MemoryError(), "MemoryError"),
        (SystemExit(3), "3"),
    ],
)
def test_an_unforeseen_error_is_refused_in_one_line(qtbot, opener, reader, error, reason):
    reader.error = error
    with qtbot.waitSignal(opener.refused, timeout=PATIENCE) as refused:
        opener.open(Path("cat.png"))
    assert refused.args[0].reason == f"cat.png could not be opened: {reason}"
    assert not opener.busy


def test_an_unforeseen_error_is_logged_with_its_traceback(qtbot, opener, reader, caplog):
    reader.error = RuntimeError("broken")
    with caplog.at_level(logging.ERROR):
        opener.open(Path("cat.png"))
        wait_until_idle(qtbot, opener)
    assert "Traceback" in caplog.text
    assert "RuntimeError: broken" in caplog.text


def test_shutting_down_returns_at_once_while_a_read_hangs(opener, reader, told):
    reader.hold("slow.png")
    opener.open(Path("slow.png"))
    opener.shut_down()  # waiting for the reader would wait for ever
    assert not opener.busy
    assert reader.ended == []


def test_after_shutting_down_nothing_is_opened(opener, reader, told):
    opener.shut_down()
    opener.open(Path("cat.png"))
    assert not opener.busy
    assert told == []
    assert reader.threads == {}


def test_an_opener_that_is_gone_does_not_hinder_its_reader(qtbot, reader):
    reader.hold("slow.png")
    opener = Opener(read=reader)
    opener.open(Path("slow.png"))
    qtbot.waitUntil(lambda: "slow.png" in reader.threads, timeout=PATIENCE)
    opener.deleteLater()
    with qtbot.waitSignal(opener.destroyed, timeout=PATIENCE):
        pass
    reader.let("slow.png")
    reader.threads["slow.png"].join(PATIENCE / 1000)
    assert reader.ended == ["slow.png"]


def test_the_timer_runs_only_while_something_is_being_opened(qtbot, opener):
    (poll,) = opener.findChildren(QTimer)
    assert not poll.isActive()
    opener.open(Path("cat.png"))
    assert poll.isActive()
    wait_until_idle(qtbot, opener)
    assert not poll.isActive()


def test_a_listener_may_open_the_next_picture_at_once(qtbot, opener, told):
    def open_next(brought):
        if brought.image.name == "first.png":
            opener.open(Path("second.png"))

    opener.opened.connect(open_next)
    opener.open(Path("first.png"))
    wait_until_idle(qtbot, opener)
    assert [what[0] for what in told] == ["started", "opened", "started", "opened", "finished"]


def test_even_a_pillow_that_cannot_be_imported_is_only_a_refusal(qtbot, monkeypatch, opener):
    monkeypatch.setitem(sys.modules, "cnnstudio.datasets.picture_file", None)
    monkeypatch.delattr("cnnstudio.datasets.picture_file")
    with qtbot.waitSignal(opener.refused, timeout=PATIENCE) as refused:
        opener.open(Path("cat.png"))
    assert refused.args[0].reason.startswith("cat.png could not be opened: ")


def test_importing_the_opener_imports_neither_pillow_nor_numpy():
    code = "import sys, cnnstudio.gui.opener; print(sorted({'PIL', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
