"""Other frames of a file, and what is seen through it: chosen in the window, read again."""

import threading

import numpy as np
import pytest
from PIL import Image
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QColorDialog

from cnnstudio.datasets import picture_file
from cnnstudio.datasets.colour import BLACK, GRAY, WHITE
from cnnstudio.gui.settings import Settings
from cnnstudio.gui.workspaces.convolution.source_row import BACKGROUNDS

SIZE = (10, 12)


def film(folder, name="film.gif", frames=12, size=SIZE):
    """A file of several frames, the third being 30 all over."""
    pictures = [Image.fromarray(np.full(size, 10 * n, np.uint8)) for n in range(1, frames + 1)]
    pictures[0].save(folder / name, save_all=True, append_images=pictures[1:], **_exact(name))
    return folder / name


def _exact(name):
    return {"lossless": True} if name.endswith("webp") else {}


def clear_picture(folder, name="clear.png"):
    """Half of it is seen through, half is red."""
    pixels = np.zeros((*SIZE, 4), np.uint8)
    pixels[:, :6] = (255, 0, 0, 255)
    Image.fromarray(pixels).save(folder / name)
    return folder / name


def gray_of(page):
    """The one gray that the picture shows."""
    (gray,) = np.unique(page.bench.source.pixels)
    return gray


def frame(page):
    """Which frame is said to be shown, of how many."""
    of = page.find("frame").accessibleName().rpartition(" ")[2]
    return f"{page.read('frame')} of {of}"


def offers(page, name):
    return page.find(name).isVisible()


def through(page):
    """The colour seen through a clear picture."""
    return tuple(page.bench.source.pixels[:, 0, -1])


class Doors:
    """Reads as ever, but each picture only when it is let."""

    def __init__(self, page):
        self.open, self.wishes = threading.Semaphore(0), []
        page.window.pictures.opener._read = self

    def __call__(self, source, name, cancelled, **how):
        self.wishes.append(how["frame"] + 1)
        self.open.acquire()
        return picture_file.read_picture(source, name, cancelled, **how)

    def let(self, page, frames):
        """Let one picture be read and wait for it to be there."""
        self.open.release()
        page.hand.until(lambda: page.bench.source.origin.frame == frames - 1)


@pytest.fixture
def walk(page, tmp_path):
    """A film on the bench, its first frame shown."""
    page.open(film(tmp_path))
    return page


@pytest.fixture
def doors(walk):
    doors = Doors(walk)
    yield doors
    doors.open.release(99)


@pytest.fixture
def clear(page, tmp_path):
    page.open(clear_picture(tmp_path))
    return page


# Frames


def test_a_picture_of_one_frame_offers_no_others(page, picture):
    page.open(picture("photo.png"))
    assert not any(offers(page, name) for name in ("frame", "background", "partial"))
    assert not page.menu_entry("Edit", "Next frame or page").isEnabled()


@pytest.mark.parametrize(
    ("name", "word"),
    [("a.gif", "Frame"), ("a.png", "Frame"), ("a.webp", "Frame"), ("a.tif", "Page")],
)
def test_the_frames_of_a_file_are_offered(page, tmp_path, name, word):
    page.open(film(tmp_path, name))
    assert offers(page, "frame")
    assert page.find("frame").accessibleName() == f"{word} of 12"
    assert frame(page) == "1 of 12"
    page.click("frame.more")
    page.wait_until_opened()
    assert frame(page) == "2 of 12"
    assert gray_of(page) == 20
    assert page.menu_entry("Edit", f"Undo {word} 2 of 12").isEnabled()


def test_going_to_a_frame_is_one_step_that_can_be_undone_and_done_again(walk):
    for _ in range(2):
        walk.click("frame.more")
        walk.wait_until_opened()
    walk.undo()
    assert (gray_of(walk), frame(walk)) == (20, "2 of 12")
    walk.undo()
    assert (gray_of(walk), frame(walk)) == (10, "1 of 12")
    walk.redo(2)
    assert (gray_of(walk), frame(walk)) == (30, "3 of 12")


def test_a_frame_can_be_typed(walk):
    walk.set("frame", 12)
    walk.wait_until_opened()
    assert gray_of(walk) == 120
    assert not walk.find("frame.more").isEnabled()


def test_page_keys_go_from_frame_to_frame_wherever_the_focus_is(walk):
    for focus in ("", "kernel", "frame"):
        if focus:
            walk.find(focus).setFocus()
        walk.press("PgDown")
        walk.wait_until_opened()
        assert gray_of(walk) == 20, focus
        walk.press("PgUp")
        walk.wait_until_opened()
        assert gray_of(walk) == 10, focus
        walk.leave()


def test_no_key_goes_beyond_the_first_and_the_last_frame(walk):
    walk.press("PgUp")
    assert not walk.window.pictures.opener.busy
    walk.set("frame", 12)
    walk.wait_until_opened()
    walk.press("PgDown")
    assert not walk.window.pictures.opener.busy
    assert frame(walk) == "12 of 12"


def test_a_page_key_that_is_held_is_one_step(walk):
    steps = walk.steps
    walk.press("PgDown", "PgDown", "PgDown", "PgDown")
    walk.hand.until(lambda: gray_of(walk) == 50)
    assert walk.steps == steps + 1
    walk.undo()
    assert gray_of(walk) == 10


def test_only_the_frame_changes_and_not_the_view(page, tmp_path):
    page.open(film(tmp_path, size=(200, 200)))
    page.pick("filter", "identity")
    page.pick("fit", "128 px")
    page.press("W", "Ctrl++", "Ctrl++", "Ctrl++")
    page.go(9, 5)
    zoom, place, whole = page.workspace.zooming.zoom, page.place, page.workspace.whole
    bench = page.bench
    page.press("PgDown")
    page.wait_until_opened()
    assert page.workspace.zooming.zoom == zoom
    assert page.place == place
    assert page.workspace.whole == whole
    assert page.bench.kernel == bench.kernel
    assert page.input.size == (128, 128)
    assert page.bench != bench


def test_a_gray_frame_among_coloured_ones_leaves_the_kernel_as_it_is(page, tmp_path):
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "#404040", "blue")]
    frames[0].save(tmp_path / "a.png", save_all=True, append_images=frames[1:])
    page.open(tmp_path / "a.png")
    kernel = page.bench.kernel
    assert kernel.channels == 3
    page.press("PgDown")
    page.wait_until_opened()
    assert page.bench.kernel == kernel
    assert page.bench.source.channels == 3
    assert gray_of(page) == 64


def test_a_coloured_page_after_a_gray_one_gets_a_slice_for_each_channel(page, tmp_path):
    pages = [Image.new("RGB", (9, 9), colour) for colour in ("#404040", "blue")]
    pages[0].save(tmp_path / "a.tiff", save_all=True, append_images=pages[1:])
    page.open(tmp_path / "a.tiff")
    page.pick("filter", "box blur")
    page.press("PgDown")
    page.wait_until_opened()
    kernel = page.bench.kernel
    assert kernel.channels == 3
    assert kernel.total == 1


def test_while_a_frame_is_read_the_picture_stays_and_the_choice_is_seen(walk, doors):
    walk.click("frame.more")
    assert (gray_of(walk), frame(walk)) == (10, "2 of 12")
    doors.let(walk, 2)
    assert (gray_of(walk), frame(walk)) == (20, "2 of 12")


def test_holding_the_button_reads_no_more_than_one_frame_ahead(walk, doors):
    steps = walk.steps
    less, more = walk.find("frame.less"), walk.find("frame.more")
    walk.hand.push(more)
    walk.hand.until(lambda: frame(walk) == "6 of 12")  # it repeats itself
    walk.hand.let_go(more)
    shown = int(walk.read("frame"))
    assert doors.wishes == [2]
    doors.let(walk, 2)
    assert int(walk.read("frame")) == shown
    doors.let(walk, shown)
    assert doors.wishes == [2, shown]
    assert walk.steps == steps + 1
    walk.undo()
    assert (gray_of(walk), frame(walk)) == (10, "1 of 12")
    assert not less.isEnabled()


def test_a_background_and_a_frame_asked_for_together_both_come(page, tmp_path):
    pages = [Image.new("RGBA", (9, 9), (200, 0, 0, 0)) for _ in range(3)]
    pages[0].save(tmp_path / "a.tiff", save_all=True, append_images=pages[1:])
    page.open(tmp_path / "a.tiff")
    doors = Doors(page)
    page.press("PgDown")
    page.pick("background", "black")
    doors.open.release(9)
    page.wait_until_opened()
    assert page.bench.source.origin.frame == 1
    assert gray_of(page) == 0


def test_undoing_while_a_frame_is_read_does_not_bring_it_back(walk, doors):
    doors.open.release()
    walk.click("frame.more")
    walk.wait_until_opened()
    walk.click("frame.more")
    walk.undo()
    doors.open.release()
    walk.wait_until_opened()
    assert (gray_of(walk), frame(walk)) == (10, "1 of 12")
    walk.redo()
    assert gray_of(walk) == 20


def test_what_is_changed_while_a_frame_is_read_stays_changed(walk, doors):
    walk.click("frame.more")
    walk.set("stride", 2)
    doors.let(walk, 2)
    assert walk.bench.stride == (2, 2)
    walk.undo()
    assert gray_of(walk) == 10
    assert walk.bench.stride == (2, 2)


def test_another_picture_opened_while_a_frame_is_read_wins(walk, doors, picture):
    walk.click("frame.more")
    walk.click("frame.more")
    doors.open.release(5)
    walk.open(picture("photo.png"))
    assert walk.bench.source.name == "photo.png"
    QTest.qWait(50)
    assert walk.bench.source.name == "photo.png"


def test_a_sample_chosen_while_a_frame_is_read_stays(walk, doors):
    walk.click("frame.more")
    walk.choose("Scenes", "Five by five, by hand")
    doors.open.release()
    walk.wait_until_opened()
    assert walk.input.size == (5, 5)


def test_a_frame_that_cannot_be_read_is_said_and_the_old_one_is_shown(walk, tmp_path):
    before = walk.bench
    (tmp_path / "film.gif").unlink()
    walk.click("frame.more")
    walk.wait_until_opened()
    assert walk.bench == before
    assert frame(walk) == "1 of 12"
    assert walk.said.startswith("film.gif cannot be read")


def test_reading_a_frame_can_be_cancelled(walk, doors):
    walk.click("frame.more")
    walk.click("frame.more")
    walk.choose("File", "Stop opening or saving")
    assert frame(walk) == "1 of 12"
    doors.open.release(3)
    assert not walk.window.pictures.opener.busy
    assert doors.wishes == [2]


def test_the_window_closes_at_once_while_a_frame_is_read(walk, doors):
    walk.click("frame.more")
    assert walk.window.close()


def test_a_picture_changed_by_hand_has_no_other_frames(walk):
    walk.press("Ctrl+E")
    walk.input.click(0, 0)
    assert not offers(walk, "frame")
    walk.undo()
    assert offers(walk, "frame")


# Backgrounds


def test_what_is_seen_through_a_picture_is_stated_and_can_be_changed(clear):
    assert offers(clear, "background")
    assert clear.read("background") == "white"
    assert through(clear) == (255, 255, 255)
    for name, gray in (("black", 0), ("gray", 128), ("white", 255)):
        clear.pick("background", name)
        clear.wait_until_opened()
        assert through(clear) == (gray, gray, gray)
        assert clear.read("background") == name


def test_a_background_can_be_undone(clear):
    clear.pick("background", "black")
    clear.wait_until_opened()
    assert clear.menu_entry("Edit", "Undo Background black").isEnabled()
    clear.undo()
    assert through(clear) == (255, 255, 255)
    assert clear.read("background") == "white"


def test_a_background_is_remembered_for_the_next_picture(clear, tmp_path, settings):
    clear.pick("background", "gray")
    clear.wait_until_opened()
    clear.open(clear_picture(tmp_path, "other.png"))
    assert through(clear) == (128, 128, 128)
    assert Settings(tmp_path / "settings.ini").background == "#808080"


def test_a_background_may_be_any_colour(clear):
    clear.pick("background", "other…")
    dialog = clear.dialog("convolution.background_dialog")
    assert isinstance(dialog, QColorDialog)
    assert clear.read("background") == "white"
    dialog.setCurrentColor(dialog.currentColor().fromRgb(10, 200, 30))
    dialog.accept()
    clear.come_back()
    clear.wait_until_opened()
    assert through(clear) == (10, 200, 30)
    assert clear.read("background") == "own"
    clear.pick("background", "black")
    clear.wait_until_opened()
    assert through(clear) == (0, 0, 0)


def test_the_dialog_for_a_colour_can_be_left_without_one(clear):
    before = clear.bench
    clear.pick("background", "other…")
    clear.dialog("convolution.background_dialog")
    clear.press("Escape")
    clear.come_back()
    assert clear.bench == before
    assert clear.read("background") == "white"


def test_a_pasted_picture_that_is_seen_through_can_change_its_background(page, tmp_path):
    data = page.hand.encoded("image/png", clear_picture(tmp_path).read_bytes())
    QApplication.clipboard().setMimeData(data)
    page.press("Ctrl+V")
    page.wait_until_opened()
    page.pick("background", "black")
    page.wait_until_opened()
    assert through(page) == (0, 0, 0)
    assert page.bench.source.name == "pasted picture"


def test_the_backgrounds_offered_are_those_that_are_called_by_their_names():
    named = {"white": WHITE, "gray": GRAY, "black": BLACK}
    assert {name: tuple(bytes.fromhex(key[1:])) for key, name in BACKGROUNDS.items()} == named
