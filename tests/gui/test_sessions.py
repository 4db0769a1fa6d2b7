"""Sessions in the window: saved, opened, named in the title, and never lost by an answer."""

import threading

import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import qGray

from cnnstudio.lab.session_zip import read_session
from tests.gui.session_page import SessionPage
from tests.gui.test_app import opened as started_with


@pytest.fixture
def page(window, hand):
    return SessionPage(window, hand)


@pytest.fixture
def mine(tmp_path):
    return tmp_path / "mine.cnnstudio"


@pytest.fixture
def slow(monkeypatch):
    """Have every saving wait until the test lets it."""
    from cnnstudio.lab import session_zip  # noqa: PLC0415

    gate, write = threading.Event(), session_zip.write_session
    gate.at_once, gate.most = 0, 0

    def wait(*how):
        gate.at_once += 1
        gate.most = max(gate.most, gate.at_once)
        gate.wait(5)
        write(*how)
        gate.at_once -= 1

    monkeypatch.setattr(session_zip, "write_session", wait)
    yield gate
    gate.set()


def bench_in(path):
    return read_session(path).benches["convolution"]


def test_a_fresh_start_is_not_modified(page):
    assert page.title == "Untitled - CNN Studio"


def test_an_edit_is_marked_and_undoing_it_takes_the_mark_away(page):
    page.edit()
    assert page.title == "Untitled* - CNN Studio"
    page.undo()
    assert not page.unsaved
    page.redo()
    assert page.unsaved


def test_looking_elsewhere_is_not_marked(page):
    page.press("Right", "Down", "W")
    assert not page.unsaved


def test_saving_for_the_first_time_asks_for_a_name(page, mine):
    page.edit()
    page.press("Ctrl+S")
    page.type_name(mine)
    page.wait_until_saved()
    assert page.title == "mine - CNN Studio"
    assert page.said == "mine.cnnstudio is saved"
    assert bench_in(mine) == page.bench


def test_a_name_without_an_ending_gets_one(page, tmp_path, mine):
    page.save_as(tmp_path / "mine")
    assert mine.is_file()


def test_an_odd_name_is_shown_as_it_is_and_on_one_line(page, tmp_path):
    page.window.session._chosen(str(tmp_path / "<b>a<br>\nb.cnnstudio"))
    page.hand.until(lambda: not page.window.session.busy)
    assert page.said == "<b>a<br>\ufffdb.cnnstudio is saved"
    page.edit()
    page.press("Ctrl+Shift+N")
    box = page.dialog("window.unsaved")
    assert box.text() == "<b>a<br>\ufffdb has changes that are not saved."
    assert box.textFormat() == Qt.TextFormat.PlainText
    page.answer("cancel")


def test_a_file_that_is_nothing_but_an_ending_has_a_name(page, tmp_path):
    page.save_as(tmp_path / ".cnnstudio")
    assert page.title == ".cnnstudio - CNN Studio"


def test_saving_again_asks_nothing(page, mine):
    page.save_as(mine)
    page.edit()
    page.save()
    assert not page.unsaved
    assert bench_in(mine) == page.bench


def test_undoing_past_what_was_saved_is_unsaved_work(page, mine):
    page.edit()
    page.save_as(mine)
    page.undo()
    assert page.unsaved
    page.redo()
    assert not page.unsaved


def test_save_as_leaves_the_first_file_and_goes_on_with_the_second(page, mine, tmp_path):
    page.save_as(mine)
    before = mine.read_bytes()
    page.edit()
    page.save_as(tmp_path / "other.cnnstudio")
    assert page.title == "other - CNN Studio"
    assert mine.read_bytes() == before


def test_leaving_the_dialog_saves_nothing(page, tmp_path):
    page.edit()
    page.press("Ctrl+S")
    page.dialog("window.save_dialog").reject()
    assert page.unsaved
    assert not page.window.session.busy
    assert list(tmp_path.glob("*.cnnstudio")) == []


def test_an_edit_made_while_saving_stays_marked(page, mine, slow):
    page.edit()
    saved = page.bench
    page.press("Ctrl+Shift+S")
    page.type_name(mine)
    page.come_back()
    assert page.unsaved  # it is not on the disk yet
    page.undo()
    slow.set()
    page.wait_until_saved()
    assert page.title == "mine* - CNN Studio"
    assert bench_in(mine) == saved


def test_saving_twice_in_a_row_saves_the_later_work(page, mine, slow):
    page.press("Ctrl+Shift+S")
    page.type_name(mine)
    page.come_back()
    page.edit()
    page.press("Ctrl+S")
    slow.set()
    page.hand.until(lambda: page.title == "mine - CNN Studio")
    page.wait_until_saved()
    assert bench_in(mine) == page.bench
    assert slow.most == 1  # never both at once, or the earlier could come last


def test_saving_can_be_stopped_and_leaves_the_file(page, mine, slow):
    slow.set()
    page.save_as(mine)
    before = mine.read_bytes()
    slow.clear()
    page.edit()
    page.press("Ctrl+S")
    assert page.window.actions_["file.cancel"].isEnabled()
    page.window.actions_["file.cancel"].trigger()
    slow.set()
    page.wait_until_saved()
    assert page.unsaved
    assert "Not saved" in page.said
    assert mine.read_bytes() == before
    assert [each.name for each in mine.parent.glob("*mine*")] == ["mine.cnnstudio"]
    page.save()
    assert not page.unsaved


def test_what_cannot_be_saved_is_said_and_stays_marked(page, tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    page.save_as(folder / "mine.cnnstudio")
    (folder / "mine.cnnstudio").unlink()
    folder.rmdir()
    page.edit()
    page.save()
    assert page.said == "mine.cnnstudio could not be saved: its folder is not there any more"
    assert page.unsaved


def test_an_opened_session_is_as_it_was_with_nothing_to_undo(page, mine, picture):
    page.open(picture("red.png", np.full((9, 8, 3), (220, 30, 10))))
    page.edit()
    saved = page.bench
    page.save_as(mine)
    page.press("Ctrl+Shift+N")
    assert page.bench != saved
    page.open(mine)
    assert page.bench == saved
    assert page.title == "mine - CNN Studio"
    assert page.steps == 0
    assert not page.unsaved
    page.undo()
    assert page.bench == saved


@pytest.mark.parametrize("name", ["mine.cnnstudio", "download", "MINE.CNNSTUDIO", "mine.json"])
def test_a_session_is_known_by_its_name_or_by_what_is_in_it(page, mine, tmp_path, name):
    page.edit()
    page.save_as(mine)
    before = page.bench
    page.press("Ctrl+Shift+N")
    mine.rename(tmp_path / name)
    page.open(tmp_path / name)
    assert page.said == f"{name} is open"
    assert page.bench == before


def test_a_session_is_opened_from_the_recent_files(page, mine):
    page.edit()
    page.save_as(mine)
    page.press("Ctrl+Shift+N")
    entry = page.open_menu("File", "Open recent").actions()[0].text()
    page.close_menus()
    assert entry.startswith("mine.cnnstudio")
    page.choose("File", "Open recent", entry)
    page.wait_until_opened()
    assert page.title == "mine - CNN Studio"


def test_a_session_on_the_command_line_is_opened(page, mine, picture):
    page.open(picture("cat.png", size=(20, 30)))
    page.save_as(mine)
    bench, said = started_with(mine)
    assert bench == "cat.png 20 30 True"
    assert said == "mine.cnnstudio is open"


def test_a_recent_session_has_a_small_picture(page, mine, picture):
    page.open(picture("gray.png", np.full((40, 40), 90)))
    page.save_as(mine)
    entry = page.open_menu("File", "Open recent").actions()[0]
    small = entry.icon().pixmap(40, 40).toImage()
    page.close_menus()
    assert qGray(small.pixel(small.width() // 2, small.height() // 2)) == 90


def test_the_dialog_offers_pictures_sessions_and_scenes_together(page):
    page.press("Ctrl+O")
    dialog = page.dialog("window.open_dialog")
    first = dialog.nameFilters()[0]
    assert "*.cnnstudio" in first
    assert "*.json" in first
    assert "*.png" in first
    dialog.reject()


def test_a_damaged_session_changes_nothing(page, mine):
    page.save_as(mine)
    mine.write_bytes(mine.read_bytes()[:-30])
    page.edit()
    before = page.bench
    page.open(mine)
    assert page.said == "mine.cnnstudio cannot be opened as a session: it is not whole"
    assert page.bench == before
    assert page.unsaved
    assert not page.asked()
    assert page.steps == 1


def test_new_begins_again_with_nothing_to_undo(page):
    first = page.bench
    page.edit()
    page.press("Ctrl+Shift+N")
    page.answer("discard")
    assert page.bench == first
    assert page.title == "Untitled - CNN Studio"
    assert page.steps == 0


def test_new_asks_nothing_where_all_is_saved(page, mine):
    page.edit()
    page.save_as(mine)
    page.press("Ctrl+Shift+N")
    assert not page.asked()
    assert page.title == "Untitled - CNN Studio"


def test_a_session_that_comes_while_one_is_asked_asks_anew(page, mine):
    page.save_as(mine)
    page.edit()
    page.press("Ctrl+Shift+N")
    page.dialog("window.unsaved")
    page.window.open(mine)
    page.wait_until_opened()
    page.answer("discard")
    assert page.title == "mine - CNN Studio"
    assert not page.asked()


def test_cancelling_the_question_changes_nothing(page):
    page.edit()
    before = page.bench
    page.press("Ctrl+Shift+N")
    page.answer("cancel")
    assert page.bench == before
    assert page.unsaved
    assert page.steps == 1


def test_escape_cancels_the_question(page):
    page.edit()
    before = page.bench
    page.press("Ctrl+Shift+N")
    page.dialog("window.unsaved")
    page.press("Esc")
    page.hand.until(lambda: not page.asked())
    assert page.bench == before


def test_save_first_saves_and_then_goes_on(page, mine):
    first = page.bench
    page.save_as(mine)
    page.edit()
    work = page.bench
    page.press("Ctrl+Shift+N")
    page.answer("save")
    page.hand.until(lambda: page.title == "Untitled - CNN Studio")
    assert bench_in(mine) == work
    assert page.bench == first


def test_what_is_done_while_save_first_saves_is_asked_about_anew(page, mine, slow):
    slow.set()
    page.save_as(mine)
    page.edit()
    slow.clear()
    page.press("Ctrl+Shift+N")
    page.answer("save")
    page.come_back()
    page.undo()
    work = page.bench
    slow.set()
    page.answer("cancel")
    assert page.bench == work


def test_save_first_without_a_name_asks_for_it_and_leaving_that_changes_nothing(page, mine):
    page.edit()
    work = page.bench
    page.press("Ctrl+Shift+N")
    page.answer("save")
    page.dialog("window.save_dialog").reject()
    page.come_back()
    assert page.bench == work
    page.save_as(mine)
    assert page.bench == work  # and New, long given up, does not come after all
    assert page.title == "mine - CNN Studio"


def test_opening_a_session_asks_about_unsaved_work_and_a_picture_does_not(page, mine, picture):
    page.save_as(mine)
    page.edit()
    page.open(picture("cat.png"))
    assert not page.asked()
    assert page.bench.source.name == "cat.png"
    page.open(mine)
    page.answer("discard")
    assert page.bench == bench_in(mine)


def test_a_new_session_begun_while_saving_keeps_its_own_name(page, mine, slow):
    page.edit()
    work = page.bench
    page.press("Ctrl+Shift+S")
    page.type_name(mine)
    page.come_back()
    page.press("Ctrl+Shift+N")
    page.answer("discard")
    slow.set()
    page.wait_until_saved()
    assert page.title == "Untitled - CNN Studio"
    assert not page.unsaved
    assert bench_in(mine) == work


def test_a_long_saving_shows_that_it_goes_on(page, mine, slow):
    page.press("Ctrl+Shift+S")
    page.type_name(mine)
    page.hand.until(page.named("window.progress").isVisible)
    assert page.named("window.progress").accessibleName() == "Saving"
    assert page.named("window.cancel").isVisible()
    slow.set()
    page.wait_until_saved()
    page.hand.until(page.named("window.progress").isHidden)


def test_what_a_later_version_put_into_a_session_is_still_there(page, mine):
    from dataclasses import replace  # noqa: PLC0415

    from cnnstudio.lab.session_zip import write_session  # noqa: PLC0415

    page.save_as(mine)
    write_session(mine, replace(read_session(mine), unknown={"tags": ["a"]}))
    page.open(mine)
    page.edit()
    page.save()
    assert read_session(mine).unknown == {"tags": ["a"]}


def test_closing_asks_nothing(page):
    page.edit()
    page.window.close()
    assert not page.window.isVisible()
    assert not page.asked()


@pytest.fixture
def changed(page, mine):
    """A session that is open, with unsaved work, whose file somebody else changed meanwhile."""
    page.save_as(mine)
    mine.write_bytes(b"of somebody else")
    page.edit()
    return page


def test_a_file_that_somebody_changed_is_replaced_only_after_a_question(changed, mine):
    changed.save()
    changed.answer_changed("cancel")
    assert mine.read_bytes() == b"of somebody else"
    assert changed.unsaved
    changed.come_back()
    changed.save()
    changed.answer_changed("replace")
    changed.wait_until_saved()
    assert bench_in(mine) == changed.bench
    assert not changed.unsaved
    changed.come_back()
    changed.edit()
    changed.save()
    assert not changed.unsaved  # now it is this window's file again


def test_beside_a_file_that_somebody_changed_work_can_be_saved_elsewhere(changed, mine):
    changed.save()
    changed.answer_changed("save_as")
    changed.type_name(mine.with_name("other.cnnstudio"))
    changed.wait_until_saved()
    assert mine.read_bytes() == b"of somebody else"
    assert changed.title == "other - CNN Studio"


def test_what_waits_until_all_is_saved_waits_for_the_answer_about_the_file_too(changed, mine):
    work = changed.bench
    changed.press("Ctrl+Shift+N")
    changed.answer("save")
    changed.answer_changed("replace")
    changed.hand.until(lambda: changed.title == "Untitled - CNN Studio")
    assert bench_in(mine) == work


def test_a_file_changed_after_it_was_opened_is_asked_about(page, mine):
    page.save_as(mine)
    page.press("Ctrl+Shift+N")
    page.open(mine)
    later = mine.read_bytes()
    mine.unlink()
    mine.write_bytes(later)
    page.edit()
    page.save()
    page.answer_changed("cancel")
    assert mine.read_bytes() == later


def test_a_file_that_is_gone_is_written_again_without_a_question(page, mine):
    page.save_as(mine)
    mine.unlink()
    page.edit()
    page.save()
    assert bench_in(mine) == page.bench
