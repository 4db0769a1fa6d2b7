"""The user's own filters while they are written: what is asked for is done, one after the other."""

from threading import Event
from time import monotonic, sleep

import pytest

from cnnstudio.gui.workspaces.convolution.filters import own_filters
from cnnstudio.gui.workspaces.convolution.filters.own_filters import OwnFilters
from cnnstudio.lab import user_filters
from cnnstudio.lab.filters import MINE, Filter
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.user_filters import read_filters

KERNEL = Kernel.of([[1, 2]])
TWO = Filter(f"{MINE}/two.json", "two", MINE, "", KERNEL)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(own_filters, "user_folder", lambda: tmp_path)
    return tmp_path / "filters"


@pytest.fixture
def own(qtbot, folder):
    made = OwnFilters()
    yield made
    made.shut_down()


@pytest.fixture
def may_write(monkeypatch):
    """Writing waits for this event."""
    write, event = user_filters.write_file, Event()

    def write_late(path, content):
        event.wait(5)
        write(path, content)

    monkeypatch.setattr(user_filters, "write_file", write_late)
    yield event
    event.set()


def names(folder):
    return [each.name for each in read_filters(folder).filters]


def test_what_waits_while_a_filter_is_saved_is_done_after_the_window_is_closed(
    qtbot, own, folder, may_write
):
    own.save("two", "", KERNEL, None)
    own.rename(TWO, "three")
    own.shut_down()
    may_write.set()
    qtbot.waitUntil(lambda: names(folder) == ["three"])


def test_what_waits_behind_a_change_that_is_done_already_is_done_too(qtbot, own, folder):
    own.save("two", "", KERNEL, None)
    end = monotonic() + 5
    while names(folder) != ["two"] and monotonic() < end:
        sleep(0.002)  # without the window's loop, so that nobody hears that it is done
    sleep(0.05)
    own.rename(TWO, "three")
    own.shut_down()
    qtbot.waitUntil(lambda: names(folder) == ["three"])


def test_a_change_that_fails_after_closing_keeps_no_other_from_being_done(
    qtbot, own, folder, may_write
):
    own.save("two", "", KERNEL, None)
    own.rename(TWO, "n" * 99)
    own.rename(TWO, "three")
    own.shut_down()
    may_write.set()
    qtbot.waitUntil(lambda: names(folder) == ["three"])


def test_a_change_that_fails_while_closing_keeps_no_other_from_being_done(
    qtbot, own, folder, may_write
):
    own.rename(TWO, "n" * 99)
    own.save("two", "", KERNEL, None)
    own.shut_down()
    may_write.set()
    qtbot.waitUntil(lambda: names(folder) == ["two"])


def test_of_two_filters_saved_under_one_name_the_second_is_refused(qtbot, own, folder):
    told, refused = [], []
    own.done.connect(told.append)
    own.failed.connect(refused.append)
    own.save("two", "", KERNEL, None)
    own.save("Two", "", KERNEL, None)
    qtbot.waitUntil(lambda: bool(refused) and not own.busy)
    assert told == ["Saved “two” among your own filters"]
    assert refused == ["There is a filter called “two” already"]
    assert [path.name for path in folder.iterdir()] == ["two.json"]
