"""Recovery: closing asks nothing and loses nothing, and neither does a crash."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication

import cnnstudio
from cnnstudio.gui import recovery, recovery_store
from cnnstudio.gui.main_window import MainWindow
from cnnstudio.gui.recovery_store import RecoveryStore
from cnnstudio.lab import session_zip
from cnnstudio.lab.session_folder import read_folder
from cnnstudio.lab.session_zip import read_session, write_session
from tests.gui.session_page import SessionPage

CRASH = """
import os, signal, sys
from pathlib import Path
from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication
from cnnstudio.gui import recovery, theme
from cnnstudio.gui.main_window import MainWindow
from cnnstudio.gui.settings import Settings

recovery.FIRST_MS = recovery.AGAIN_MS = 10
folder = Path(sys.argv[1])
app = QApplication([])
theme.apply_theme(app, "light")
window = MainWindow(Settings(folder / "crash.ini"))
window.load()
window.keep_work(folder / "recovery")
window.current.document.edit("Stride", stride=(3, 3))

def look():
    if list(folder.glob("recovery/*/session.json")):
        os.kill(os.getpid(), signal.SIGKILL)

timer = QTimer()
timer.timeout.connect(look)
timer.start(5)
app.exec()
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "recovery"


@pytest.fixture
def start(qtbot, dressed, settings, hand, folder):
    """Start a window, as the program does; close whichever still stands at the end."""
    started = []

    def start():
        window = MainWindow(settings)
        qtbot.addWidget(window)
        window.load()
        window.resize(1280, 800)
        window.show()
        window.keep_work(folder)
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        started.append(window)
        return SessionPage(window, hand)

    yield start
    for window in started:
        window.close()


@pytest.fixture
def close(hand, folder):
    """Close a window and wait until it has kept what it keeps."""

    def close(page):
        page.window.close()
        hand.until(lambda: not locks(folder))

    return close


def locks(folder):
    return list(folder.glob("*/window.lock"))


def kept(folder):
    return sorted(folder.glob("*/session.json"))


def test_closing_with_unsaved_work_offers_it_at_the_next_start(start, close, folder):
    page = start()
    page.edit()
    work = page.bench
    close(page)
    again = start()
    assert again.bench != work
    assert "was not saved" in again.offer
    again.click("window.recovery_continue")
    again.hand.until(lambda: not again.offer)
    assert again.bench == work
    assert again.title == "Untitled* - CNN Studio"


def test_a_program_that_is_killed_offers_its_work_at_the_next_start(start, tmp_path, folder):
    ended = subprocess.run(
        [sys.executable, "-c", CRASH, tmp_path],
        capture_output=True,
        timeout=60,
        cwd=Path(cnnstudio.__file__).parents[1],
        check=False,
    )
    assert ended.returncode == -9, ended.stderr
    page = start()
    page.click("window.recovery_continue")
    page.hand.until(lambda: not page.offer)
    assert page.bench.stride == (3, 3)


def test_nothing_is_offered_where_nothing_was_done(start, close, folder):
    close(start())
    assert start().offer == ""
    assert kept(folder) == []


def test_nothing_is_offered_where_all_is_saved(start, close, folder, tmp_path):
    page = start()
    page.edit()
    page.save_as(tmp_path / "mine.cnnstudio")
    close(page)
    assert start().offer == ""
    assert kept(folder) == []


def test_closing_while_saving_offers_nothing_once_it_is_saved(start, folder, tmp_path, monkeypatch):
    gate = threading.Event()

    def wait(*how):
        gate.wait(5)
        write_session(*how)

    monkeypatch.setattr(session_zip, "write_session", wait)
    page = start()
    page.edit()
    work = page.bench
    page.press("Ctrl+S")
    page.type_name(tmp_path / "mine.cnnstudio")
    page.window.close()
    page.hand.until(lambda: bool(kept(folder)))  # it might not be saved after all
    gate.set()
    page.hand.until(lambda: not kept(folder))
    assert start().offer == ""
    assert read_session(tmp_path / "mine.cnnstudio").benches["convolution"] == work


def test_closing_while_a_saving_fails_loses_nothing(start, close, folder, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    page = start()
    page.edit()
    page.save_as(stick / "mine.cnnstudio")
    page.undo()
    (stick / "mine.cnnstudio").unlink()
    stick.rmdir()
    page.press("Ctrl+S")
    work = page.bench
    close(page)
    again = start()
    assert "on mine.cnnstudio" in again.offer
    again.click("window.recovery_continue")
    again.hand.until(lambda: not again.offer)
    assert again.bench == work
    assert again.title == "mine* - CNN Studio"


def test_a_long_name_with_signs_of_a_language_is_offered_as_it_is_and_cut(start, close, tmp_path):
    page = start()
    page.save_as(tmp_path / f"<b>{'x' * 200}.cnnstudio")
    page.edit()
    close(page)
    again = start()
    again.hand.until(lambda: "on <b>xxx" in again.offer)
    assert len(again.offer) < 130
    assert again.window.recovery_bar.words.textFormat() == Qt.TextFormat.PlainText
    assert again.window.width() == 1280


def test_continued_work_is_saved_into_its_own_file(start, close, tmp_path):
    page = start()
    page.save_as(tmp_path / "mine.cnnstudio")
    page.edit()
    close(page)
    again = start()
    again.click("window.recovery_continue")
    again.hand.until(lambda: again.unsaved)
    again.save()
    assert again.title == "mine - CNN Studio"
    close(again)
    assert start().offer == ""


def test_continued_work_that_is_not_saved_is_offered_again(start, close):
    page = start()
    page.edit()
    work = page.bench
    close(page)
    page = start()
    page.click("window.recovery_continue")
    page.hand.until(lambda: page.unsaved)
    close(page)
    page = start()
    page.click("window.recovery_continue")
    page.hand.until(lambda: page.unsaved)
    assert page.bench == work


def test_an_offer_nobody_answers_is_made_again(start, close):
    page = start()
    page.edit()
    close(page)
    page = start()
    assert page.offer
    close(page)
    assert start().offer


def test_not_now_hides_the_offer_until_the_next_start(start, close):
    page = start()
    page.edit()
    close(page)
    page = start()
    before = page.bench
    page.click("window.recovery_later")
    assert not page.window.recovery_bar.isVisible()
    assert page.bench == before
    close(page)
    assert "was not saved" in start().offer


def test_what_is_discarded_goes_when_the_window_closes(start, close, folder):
    page = start()
    page.edit()
    close(page)
    page = start()
    before = page.bench
    page.click("window.recovery_discard")
    assert page.offer == ""
    assert page.gone.startswith("Discarded your work of today, ")
    assert page.bench == before
    assert kept(folder)
    page.window.close()
    page.hand.until(lambda: not list(folder.iterdir()))
    assert start().offer == ""


def test_what_is_said_of_discarded_work_can_be_hidden(start, close):
    page = start()
    page.edit()
    close(page)
    page = start()
    page.click("window.recovery_discard")
    page.click("window.recovery_hide")
    assert not page.window.recovery_bar.isVisible()
    close(page)
    assert start().offer == ""


def test_what_is_discarded_can_be_brought_back(start, close):
    page = start()
    page.edit()
    work = page.bench
    close(page)
    page = start()
    page.click("window.recovery_discard")
    page.workspace.document.edit("Stride", stride=(2, 2))
    page.save_as(page.window.recovery._store._above.parent / "other.cnnstudio")
    page.click("window.recovery_bring_back")
    assert "was not saved" in page.offer
    assert page.gone == ""
    page.click("window.recovery_continue")
    page.hand.until(lambda: page.bench == work)
    assert not page.window.recovery_bar.isVisible()


def test_all_that_was_left_behind_is_offered_one_after_the_other(start, close):
    strides = (2, 3, 4)
    for stride in strides:
        page = start()
        page.workspace.document.edit("Stride", stride=(stride, stride))
        close(page)
        time.sleep(0.01)  # so that one is older
    page = start()
    assert page.offer.endswith(" 2 more after this.")
    page.click("window.recovery_later")
    assert page.offer.endswith(" 1 more after this.")
    page.click("window.recovery_discard")
    assert page.offer.endswith("was not saved.")
    assert page.gone
    page.click("window.recovery_continue")
    page.hand.until(lambda: page.bench.stride == (2, 2))
    assert page.offer == ""
    page.save_as(page.window.recovery._store._above.parent / "two.cnnstudio")
    close(page)
    page = start()
    assert page.offer.endswith("was not saved.")
    page.click("window.recovery_continue")
    page.hand.until(lambda: page.bench.stride == (4, 4))


def test_new_work_and_an_offer_nobody_answered_are_both_kept(start, close, folder):
    page = start()
    page.edit()
    close(page)
    page = start()
    page.press("T")
    page.workspace.document.edit("Stride", stride=(2, 2))
    close(page)
    page = start()
    page.click("window.recovery_continue")
    page.hand.until(lambda: page.unsaved)
    assert page.bench.stride == (2, 2)
    page.save_as(folder.parent / "mine.cnnstudio")
    close(page)
    page = start()
    page.click("window.recovery_continue")
    page.hand.until(lambda: page.unsaved)
    assert page.bench.stride == (1, 1)


def test_continuing_asks_first_if_something_was_done_meanwhile(start, close, folder):
    page = start()
    page.edit()
    work = page.bench
    close(page)
    page = start()
    page.workspace.document.edit("Stride", stride=(2, 2))
    page.click("window.recovery_continue")
    page.answer("cancel")
    assert page.bench.stride == (2, 2)
    page.come_back()
    page.window.recovery.keep()
    page.hand.until(lambda: len(kept(folder)) == 2)
    page.click("window.recovery_continue")
    page.answer("discard")
    assert page.bench == work
    page.hand.until(lambda: len(kept(folder)) == 1)


def test_two_windows_do_not_fight(start, close, folder):
    first, second = start(), start()
    assert second.offer == ""
    for page, stride in ((first, (2, 2)), (second, (3, 3))):
        page.workspace.document.edit("Stride", stride=stride)
        page.window.recovery.keep()
    first.hand.until(lambda: len(kept(folder)) == 2)
    third = start()
    assert third.offer == ""
    close_all = (first, second, third)
    for page in close_all:
        page.window.close()
    first.hand.until(lambda: not locks(folder))
    strides = {read_folder(each.parent).benches["convolution"].stride for each in kept(folder)}
    assert strides == {(2, 2), (3, 3)}


def test_work_is_kept_within_a_minute_of_any_edit():
    assert recovery.FIRST_MS + recovery.AGAIN_MS <= 60_000


def test_work_is_kept_while_one_works(start, folder, monkeypatch):
    monkeypatch.setattr(recovery, "FIRST_MS", 1)
    monkeypatch.setattr(recovery, "AGAIN_MS", 1)
    page = start()
    page.edit()
    page.hand.until(lambda: bool(kept(folder)))
    for stride in ((2, 2), (3, 3)):
        page.workspace.document.edit("Stride", stride=stride)
        page.hand.until(
            lambda stride=stride: (
                read_folder(kept(folder)[0].parent).benches["convolution"].stride == stride
            )
        )
    page.save_as(folder.parent / "mine.cnnstudio")
    page.hand.until(lambda: not kept(folder))


def test_a_picture_is_written_only_once(start, folder, picture):
    page = start()
    page.open(picture("cat.png"))
    page.window.recovery.keep()
    page.hand.until(lambda: bool(kept(folder)))
    (file,) = folder.glob("*/pictures/*")
    file.write_bytes(b"x" * file.stat().st_size)  # would be written again, if it were
    written = kept(folder)[0].read_bytes()
    page.workspace.document.edit("Stride", stride=(2, 2))
    page.window.recovery.keep()
    page.hand.until(lambda: kept(folder)[0].read_bytes() != written)
    assert set(file.read_bytes()) == {ord("x")}


def test_pictures_nobody_needs_any_more_are_removed(start, folder, picture):
    page = start()
    for name, shade in (("a.png", 1), ("b.png", 2)):
        page.open(picture(name, np.full((9, 9), shade)))
        page.window.recovery.keep()
    page.hand.until(
        lambda: (
            bool(kept(folder))
            and read_folder(kept(folder)[0].parent).benches["convolution"].source.name == "b.png"
        )
    )
    page.hand.until(lambda: len(list(folder.glob("*/pictures/*"))) == 1)


def test_only_a_few_old_works_are_kept(start, close, folder):
    for stride in range(2, 8):
        page = start()
        page.workspace.document.edit("Stride", stride=(stride, stride))
        close(page)
        time.sleep(0.01)  # so that one is older
    start()
    page.hand.until(lambda: len(kept(folder)) == recovery_store.MOST)
    strides = {read_folder(each.parent).benches["convolution"].stride[0] for each in kept(folder)}
    assert strides == {5, 6, 7}


def test_work_that_is_damaged_is_said_and_does_no_harm(start, close, folder):
    page = start()
    page.edit()
    close(page)
    next(iter(folder.glob("*/pictures/*"))).write_bytes(b"")
    page = start()
    before = page.bench
    page.click("window.recovery_continue")
    page.hand.until(lambda: bool(page.said))
    assert page.said.startswith("The work that was kept cannot be opened: the picture")
    assert page.bench == before
    page.click("window.recovery_discard")
    assert page.offer == ""


def test_a_folder_that_cannot_be_written_is_said_once_and_closing_goes_on(start, folder):
    folder.write_text("in the way")
    page = start()
    page.edit()
    page.window.recovery.keep()
    page.hand.until(lambda: page.said.startswith("Unsaved work cannot be kept for the next start"))
    page.window.close()
    assert not page.window.isVisible()


def test_work_that_could_not_be_kept_is_kept_later_without_another_edit(start, folder, monkeypatch):
    monkeypatch.setattr(recovery, "FIRST_MS", 1)
    monkeypatch.setattr(recovery, "AGAIN_MS", 1)
    folder.write_text("in the way")
    page = start()
    page.edit()
    page.hand.until(lambda: bool(page.said.startswith("Unsaved work cannot be kept")))
    folder.unlink()
    page.hand.until(lambda: bool(kept(folder)))


def test_closing_does_not_wait_for_the_disk(start, monkeypatch):
    page = start()
    page.edit()
    before = time.perf_counter()
    monkeypatch.setattr(RecoveryStore, "_keep", lambda *_: time.sleep(0.4))
    page.window.close()
    assert time.perf_counter() - before < 0.3
