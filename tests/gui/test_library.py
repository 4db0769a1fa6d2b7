"""The library in the window: looked through, searched, taken from, and added to."""

import json
from threading import Event

import numpy as np
import pytest
from PyQt6.QtWidgets import QPushButton, QScrollArea

from cnnstudio.gui.workspaces.convolution.filters import filter_pictures, own_filters
from cnnstudio.lab import user_filters
from cnnstudio.lab.filter_thumbnails import reduced, thumbnail
from cnnstudio.lab.filters import FAMILIES, library
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from tests.gui.conftest import pixels
from tests.gui.library_page import LibraryPage

OWN = {"name": "zebra", "about": "Stripes.", "rows": [[1, 0, 5]]}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of the user's own filters, empty at first."""
    monkeypatch.setattr(own_filters, "user_folder", lambda: tmp_path / "user")
    made = tmp_path / "user" / "filters"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def shelf(folder, page):
    """The library of a user who has no filters yet."""
    shelf = LibraryPage(page)
    shelf.settle()
    return shelf


@pytest.fixture
def zebra(folder, page):
    """The library of a user with one filter."""
    put(folder, "zebra.json", OWN)
    shelf = LibraryPage(page)
    shelf.open()
    return shelf


def put(folder, name, content):
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / name).write_text(text, "utf-8")


def files(folder):
    return sorted(path.name for path in folder.iterdir())


# the button


def test_the_button_says_which_filter_is_on_the_bench(shelf):
    assert shelf.page.read("filter") == "curve detector"
    shelf.page.set("divisor", 7)
    assert shelf.page.read("filter") == "own kernel"
    shelf.page.undo()
    assert shelf.page.read("filter") == "curve detector"


def test_a_click_on_the_button_opens_the_library(shelf):
    shelf.page.click("filter")
    assert shelf.gallery.isVisible()


@pytest.mark.parametrize("key", ["Return", "Space"])
def test_the_button_opens_the_library_with_a_key(shelf, key):
    shelf.page.find("filter").setFocus()
    shelf.press(key)
    assert shelf.gallery.isVisible()


def test_the_menu_opens_the_library(shelf):
    menu = shelf.page.open_menu("Kernel")
    shelf.hand.click(menu, menu.actionGeometry(menu.actions()[0]).center())
    shelf.hand.until(shelf.gallery.isVisible)


# looking through it


def test_every_filter_stands_under_the_heading_of_its_family(shelf):
    shelf.open()
    assert shelf.names == [each.name for each in library().values()]
    assert [title for title in shelf.headings if title in FAMILIES] == list(FAMILIES)
    assert shelf.count == f"{len(library())} filters"


def test_the_filter_under_the_pointer_says_what_it_does(shelf):
    shelf.open()
    for key in ("sobel_x", "box_blur", "curve_left"):
        shelf.hover(library()[key].name)
        assert shelf.about == library()[key].about


def test_the_filter_on_the_bench_is_marked_and_selected_at_first(shelf):
    shelf.page.pick_filter("sharpen")
    shelf.open()
    assert shelf.marked == shelf.selected == "sharpen"


def test_a_kernel_without_a_name_is_marked_nowhere(shelf):
    shelf.page.set("divisor", 7)
    shelf.open()
    assert shelf.marked == ""
    assert shelf.selected == shelf.names[0]


def test_all_of_it_lies_within_a_small_window(shelf):
    shelf.page.window.resize(1024, 640)
    shelf.open()
    corner = shelf.page.window.mapFromGlobal(shelf.gallery.geometry().bottomRight())
    assert shelf.page.window.rect().contains(corner)


# searching


def test_typing_filters_by_name_family_and_sentence(shelf):
    shelf.open()
    for words, key in (("scharr", "scharr_x"), ("blur cam", "motion_blur"), ("pooling", "box_2")):
        shelf.type(words)
        assert library()[key].name in shelf.names, words
        assert all(each.found_by(words) for each in shelf.sheet.filters.values())
        assert shelf.count.startswith(f"{len(shelf.names)} of ")
        shelf.press("Escape")


def test_the_one_with_just_that_name_comes_first_and_is_selected(shelf):
    shelf.open()
    shelf.type("sharpen")
    assert shelf.names[0] == shelf.selected == "sharpen"
    assert len(shelf.names) > 1


def test_names_that_begin_so_come_first_the_shorter_before_the_longer(shelf):
    shelf.open()
    shelf.type("sharp")
    begin = [name for name in shelf.names if name.startswith("sharp")]
    assert "sharpen across" in begin
    assert begin[0] == shelf.selected == "sharpen"
    assert shelf.names[: len(begin)] == sorted(begin, key=len)


def test_names_come_before_sentences(shelf):
    shelf.open()
    shelf.type("blur")
    first = shelf.sheet.filters[shelf.sheet.keys[0]].family
    names = [each.name for each in shelf.sheet.filters.values() if each.family == first]
    said = ["blur" in name.casefold() for name in names]
    assert said == sorted(said, reverse=True)
    assert len(set(said)) == 2


def test_the_scroll_bar_is_there_only_if_there_is_something_to_scroll(shelf):
    shelf.open()
    bar = shelf.gallery.findChild(QScrollArea).verticalScrollBar()
    assert bar.isVisible()
    shelf.type("scharr")
    shelf.hand.until(lambda: not bar.isVisible())
    shelf.press("Escape")
    shelf.hand.until(bar.isVisible)


def test_nothing_found_takes_nothing(shelf):
    shelf.open()
    shelf.type("zzz")
    assert shelf.names == []
    before = shelf.page.bench
    shelf.press("Return", "Down", "Right", "Delete", "F2")
    assert shelf.gallery.isVisible()
    assert shelf.page.bench == before


def test_escape_clears_the_search_and_then_closes(shelf):
    shelf.open()
    shelf.type("blur")
    shelf.press("Escape")
    assert (shelf.searched, shelf.gallery.isVisible()) == ("", True)
    assert len(shelf.names) == len(library())
    shelf.press("Escape")
    assert not shelf.gallery.isVisible()


def test_the_search_is_empty_when_the_library_opens_again(shelf):
    shelf.open()
    shelf.type("blur")
    shelf.leave()
    shelf.open()
    assert shelf.searched == ""
    assert len(shelf.names) == len(library())


def test_letters_that_are_typed_are_no_commands(shelf):
    shelf.open()
    shelf.type("wa1")
    assert shelf.searched == "wa1"
    assert not shelf.page.workspace.whole


def test_arrows_go_from_card_to_card_while_one_types(shelf):
    shelf.open()
    shelf.type("sobel")
    first, second, *_ = shelf.names
    shelf.press("Left", "Left", "Left", "Left")
    assert shelf.selected == first
    shelf.press("Right")
    assert shelf.selected == second
    assert shelf.about == next(each.about for each in library().values() if each.name == second)


def test_down_goes_to_the_card_below_and_up_comes_back(shelf):
    shelf.open()
    shelf.type("edges")
    shelf.press("Right", "Right")
    before = shelf.selected
    here = shelf.sheet.rect_of(shelf.sheet.selected)
    shelf.press("Down")
    below = shelf.sheet.rect_of(shelf.sheet.selected)
    assert (below.left(), below.top() > here.top()) == (here.left(), True)
    shelf.press("Up")
    assert shelf.selected == before


# taking one


def test_enter_takes_the_selected_filter(shelf):
    shelf.open()
    shelf.type("emboss")
    shelf.press("Return")
    assert not shelf.gallery.isVisible()
    assert shelf.page.bench.kernel == library()["emboss"].kernel
    assert shelf.page.workspace.document.undo_stack.undoText() == "Take emboss"


def test_a_click_takes_a_filter_and_undo_puts_the_other_back(shelf):
    shelf.open()
    shelf.click("Gaussian 7 × 7")
    assert shelf.page.bench.kernel == library()["gaussian_7"].kernel
    shelf.page.come_back()
    shelf.page.undo()
    assert shelf.page.bench.kernel == library()["curve_detector"].kernel


def test_taking_the_filter_that_is_there_is_no_step(shelf):
    before = shelf.page.steps
    shelf.page.pick_filter("curve detector")
    assert shelf.page.steps == before


def test_a_colour_picture_gets_a_slice_for_each_channel_and_that_is_said(shelf):
    shelf.page.take(pixels())
    shelf.page.pick_filter("box blur")
    assert shelf.page.bench.kernel == library()["box_blur"].kernel.repeated(3)
    assert shelf.page.said == "box blur: copied into 3 slices, divisor 3 × 9 = 27"


def test_after_a_pick_with_the_mouse_space_plays(shelf):
    shelf.page.click("filter")
    shelf.click("emboss")
    shelf.page.come_back()
    shelf.press("Space")
    assert shelf.page.workspace.player.playing


def test_after_a_pick_with_the_keyboard_the_button_keeps_the_focus(shelf):
    shelf.page.find("filter").setFocus()
    shelf.press("Return")
    shelf.type("emboss")
    shelf.press("Return")
    shelf.page.come_back()
    assert shelf.page.focused == "convolution.filter"


# the small pictures


def test_each_card_shows_the_filters_true_effect_on_the_picture(shelf):
    shelf.open()
    shelf.hand.until(lambda: shelf.has_all_pictures)
    small = reduced(shelf.page.bench)
    for key in ("sobel_x", "gaussian_7", "curve_left"):
        wanted = thumbnail(small, library()[key].kernel)
        shown = shelf.sheet.effect(key)
        assert (shown.maps[0] == wanted.maps[0]).all()
        assert (shown.family, shown.low, shown.high) == (wanted.family, wanted.low, wanted.high)


def test_another_picture_makes_other_small_pictures(shelf):
    shelf.open()
    shelf.hand.until(lambda: shelf.has_all_pictures)
    shelf.leave()
    shelf.page.take(pixels(40, 30, 1))
    shelf.open()
    shelf.hand.until(lambda: shelf.has_all_pictures)
    assert (shelf.sheet.effect("identity").maps[0] == shelf.page.bench.image.pixels[0]).all()


def test_small_pictures_are_kept_while_the_picture_is_the_same(shelf):
    shelf.open()
    shelf.hand.until(lambda: shelf.has_all_pictures)
    kept = shelf.sheet.effect("sobel_x")
    shelf.press("Return")
    shelf.page.come_back()
    shelf.page.set("stride", 2)
    shelf.open()
    assert shelf.sheet.effect("sobel_x") is kept


def test_the_library_opens_before_its_small_pictures_are_made(shelf, monkeypatch):
    may_go_on = Event()

    def slow(*arguments):
        may_go_on.wait(5)
        return thumbnail(*arguments)

    monkeypatch.setattr(filter_pictures, "thumbnail", slow)
    shelf.open()
    assert not shelf.has_any_picture
    assert shelf.names[0] == "half as bright"
    dotted = shelf.sheet.grab().toImage()
    may_go_on.set()
    shelf.hand.until(lambda: shelf.has_all_pictures)
    assert shelf.sheet.grab().toImage() != dotted


def test_old_small_pictures_are_gone_with_their_picture(shelf, monkeypatch):
    may_go_on = Event()

    def slow(*arguments):
        may_go_on.wait(5)
        return thumbnail(*arguments)

    shelf.open()
    shelf.hand.until(lambda: shelf.has_all_pictures)
    monkeypatch.setattr(filter_pictures, "thumbnail", slow)
    shelf.page.take(np.full((1, 5, 7), 9))
    assert not shelf.has_any_picture
    may_go_on.set()
    shelf.hand.until(lambda: shelf.has_all_pictures)


def test_what_was_begun_for_another_picture_is_never_shown(shelf, monkeypatch):
    may_go_on = Event()

    def slow(small, kernel):
        if small.image.width == 32:
            may_go_on.wait(5)
        return thumbnail(small, kernel)

    monkeypatch.setattr(filter_pictures, "thumbnail", slow)
    shelf.open()
    shelf.page.take(np.full((1, 5, 7), 9))
    shelf.hand.until(lambda: shelf.has_all_pictures)
    may_go_on.set()
    assert {shelf.sheet.effect(key).maps[0].shape for key in shelf.sheet.keys} == {(5, 7)}


def test_it_is_said_what_the_small_pictures_show(shelf):
    shelf.open()
    assert "96 pixels" in shelf.note
    assert "zero is in the middle" in shelf.note
    shelf.leave()
    shelf.page.take(pixels())
    shelf.page.workspace.page.kernel.put_apart(True)
    shelf.open()
    assert "channels are put together" in shelf.note


def test_a_map_below_zero_has_the_colours_of_data_and_a_blur_is_gray(shelf):
    shelf.page.take(pixels(20, 20, 1))
    shelf.open()
    shelf.hand.until(lambda: shelf.has_all_pictures)

    def colours(name):
        spot = shelf.middle_of(name).toPoint()
        image = shelf.sheet.grab().toImage()
        seen = [image.pixelColor(spot.x() + d, spot.y() - 25) for d in range(-30, 15)]
        return {(c.red(), c.green(), c.blue()) for c in seen}

    assert all(red == green == blue for red, green, blue in colours("box blur"))
    assert any(red != blue for red, green, blue in colours("Sobel x"))


# one's own


def test_a_kernel_is_saved_under_a_name_and_known_by_it(shelf, folder):
    shelf.page.set("divisor", 7)
    shelf.save("my curve", "Curves, a seventh of them.")
    written = json.loads((folder / "my_curve.json").read_text("utf-8"))
    assert (written["name"], written["divisor"]) == ("my curve", 7)
    assert shelf.page.read("filter") == "my curve"
    assert shelf.page.said == "Saved “my curve” among your own filters"
    shelf.open()
    assert shelf.names[-1] == shelf.marked == "my curve"
    assert shelf.about == "Curves, a seventh of them."


def test_a_saved_filter_can_be_taken_again(shelf):
    shelf.page.set("divisor", 7)
    wanted = shelf.page.bench.kernel
    shelf.save("mine")
    shelf.page.pick_filter("identity")
    shelf.page.pick_filter("mine")
    assert shelf.page.bench.kernel == wanted


def test_a_colour_filter_is_saved_slice_by_slice(shelf, folder):
    shelf.page.take(pixels())
    kernel = Kernel(tuple(Kernel.of([[n, 1]]).cells[0] for n in (3, 5, 7)))
    shelf.page.workspace.document.edit("three", kernel=kernel)
    shelf.save("three")
    assert json.loads((folder / "three.json").read_text())["slices"][1] == [[5, 1]]
    assert shelf.page.read("filter") == "three"
    shelf.page.pick_filter("identity")
    shelf.page.pick_filter("three")
    assert shelf.page.bench.kernel == kernel


def test_equal_slices_are_saved_as_the_gray_kernel_they_are_made_of(shelf, folder):
    shelf.page.take(pixels())
    shelf.page.pick_filter("box blur")
    shelf.save("grayish")
    assert json.loads((folder / "grayish.json").read_text())["divisor"] == 9


def test_a_filter_without_a_name_is_refused_and_the_dialog_stays(shelf, folder):
    dialog = shelf.ask_to_save("  ")
    shelf.press("Return")
    assert dialog.isVisible()
    assert shelf.page.named("window.filter_note").text() == "A filter needs a name"
    assert files(folder) == []
    shelf.type("x")
    shelf.press("Return")
    shelf.page.come_back()
    shelf.settle()
    assert files(folder) == ["x.json"]


def test_cancel_saves_nothing(shelf, folder):
    shelf.ask_to_save("x")
    shelf.press("Escape")
    shelf.page.come_back()
    shelf.settle()
    assert files(folder) == []


def test_a_name_that_is_taken_is_replaced_only_after_it_was_said(shelf, folder):
    shelf.save("mine", "The first.")
    shelf.page.pick_filter("sharpen")
    dialog = shelf.ask_to_save("MIN")
    button = dialog.findChild(QPushButton, "window.filter_save")
    assert button.text() == "Save"
    shelf.type("E")
    assert button.text() == "Replace"
    assert "“mine” is there already" in shelf.page.named("window.filter_note").text()
    shelf.press("Return")
    shelf.page.come_back()
    shelf.settle()
    assert files(folder) == ["mine.json"]
    kept = json.loads((folder / "mine.json").read_text())
    assert (kept["name"], kept["rows"]) == ("MINE", [[0, -1, 0], [-1, 5, -1], [0, -1, 0]])


def test_the_dialog_opens_from_the_library_too(zebra):
    zebra.push_button("save")
    zebra.page.dialog("window.save_filter_dialog")
    assert not zebra.gallery.isVisible()


def test_a_folder_that_cannot_be_written_is_said_and_nothing_else_happens(shelf, folder):
    folder.rmdir()
    folder.write_text("in the way")
    shelf.ask_to_save("x")
    shelf.press("Return")
    shelf.page.come_back()
    shelf.hand.until(lambda: "filters" in shelf.page.said)
    assert folder.read_text() == "in the way"


def test_f2_renames_ones_own(zebra, folder):
    zebra.type("zebra")
    zebra.press("F2")
    assert zebra.page.focused == "convolution.filter_new_name"
    zebra.type("okapi")
    zebra.press("Return")
    zebra.hand.until(lambda: "okapi" in json.loads((folder / "zebra.json").read_text())["name"])
    zebra.settle()
    assert zebra.page.focused == "convolution.filter_search"
    assert zebra.names[-1] == "okapi"
    assert zebra.note == "“zebra” is called “okapi” now"


def test_a_filter_renamed_while_one_searches_is_selected_and_in_sight(zebra):
    zebra.type("zebra")
    zebra.press("F2")
    zebra.type("okapi")
    zebra.press("Return")
    zebra.hand.until(lambda: "okapi" in zebra.names)
    zebra.settle()
    assert zebra.searched == ""
    assert zebra.selected == "okapi"
    card = zebra.sheet.rect_of(zebra.gallery.selected.key)
    zebra.hand.until(lambda: zebra.sheet.visibleRegion().boundingRect().contains(card))


def test_escape_leaves_the_old_name(zebra, folder):
    zebra.type("zebra")
    zebra.press("F2")
    zebra.type("okapi")
    zebra.press("Escape")
    assert zebra.gallery.isVisible()
    zebra.settle()
    assert json.loads((folder / "zebra.json").read_text()) == OWN


def test_a_name_that_is_anothers_is_refused_in_a_sentence(zebra, folder):
    put(folder, "okapi.json", {**OWN, "name": "okapi"})
    zebra.leave()
    zebra.open()
    zebra.type("zebra")
    zebra.press("F2")
    zebra.type("Okapi")
    zebra.press("Return")
    zebra.hand.until(lambda: zebra.note == "There is a filter called “okapi” already")
    assert zebra.names == ["zebra"]


@pytest.mark.parametrize("how", ["Ctrl+Z", "undo"])
def test_a_deleted_filter_can_be_brought_back(zebra, folder, how):
    before = (folder / "zebra.json").read_bytes()
    zebra.type("mine")
    zebra.press("Delete")
    zebra.hand.until(lambda: files(folder) == [])
    zebra.settle()
    assert zebra.names == []
    assert zebra.note == "Deleted “zebra”"
    assert zebra.can_undo
    zebra.push_button("undo") if how == "undo" else zebra.press(how)
    zebra.hand.until(lambda: files(folder) == ["zebra.json"])
    zebra.settle()
    assert (folder / "zebra.json").read_bytes() == before
    assert zebra.names == ["zebra"]
    assert not zebra.can_undo


def test_a_button_deletes_too(zebra, folder):
    zebra.type("zebra")
    zebra.push_button("delete")
    zebra.hand.until(lambda: files(folder) == [])


def test_shipped_filters_cannot_be_deleted_or_renamed(zebra):
    zebra.type("sharpen")
    assert not zebra.page.find("filter_delete").isVisible()
    zebra.press("Delete", "F2")
    zebra.settle()
    assert zebra.page.focused == "convolution.filter_search"
    assert zebra.selected == "sharpen"


def test_del_in_the_middle_of_a_search_deletes_a_letter(zebra, folder):
    zebra.type("zebra")
    zebra.press("Home", "Delete")
    zebra.settle()
    assert zebra.searched == "ebra"
    assert files(folder) == ["zebra.json"]


def test_undo_in_the_search_is_undo_of_typing_while_nothing_was_deleted(zebra):
    zebra.type("zeb")
    zebra.press("Ctrl+Z")
    assert zebra.searched == ""
    assert zebra.page.steps == 0


def test_the_kernel_of_a_deleted_filter_stays_on_the_bench_without_its_name(zebra):
    zebra.type("zebra")
    zebra.press("Return")
    zebra.page.come_back()
    assert zebra.page.read("filter") == "zebra"
    kernel = zebra.page.bench.kernel
    zebra.open()
    zebra.type("zebra")
    zebra.press("Delete")
    zebra.hand.until(lambda: zebra.page.read("filter") == "own kernel")
    assert zebra.page.bench.kernel == kernel


# what happens outside


def test_broken_files_are_named_and_empty_nothing(shelf, folder):
    put(folder, "torn.json", '{"name": "x"')
    put(folder, "nan.json", '{"name": "x", "rows": [[NaN]]}')
    put(folder, "zebra.json", OWN)
    (folder / "folder.json").mkdir()
    shelf.open()
    shelf.hand.until(lambda: "zebra" in shelf.names)
    assert len(shelf.names) == len(library()) + 1
    assert shelf.headings[-3:] == [
        "folder.json: It is no file",
        "nan.json: “NaN” is no number the bench can hold",
        "torn.json: Line 1 is not JSON",
    ]


def test_without_filters_of_ones_own_it_is_said_how_to_have_some(shelf):
    shelf.open()
    assert "Ctrl+D" in shelf.headings[-1]


def test_files_that_come_and_go_are_seen_when_the_library_opens_again(shelf, folder):
    shelf.open()
    assert "zebra" not in shelf.names
    shelf.leave()
    put(folder, "zebra.json", OWN)
    shelf.open()
    shelf.hand.until(lambda: "zebra" in shelf.names)
    shelf.leave()
    (folder / "zebra.json").unlink()
    shelf.open()
    shelf.hand.until(lambda: "zebra" not in shelf.names)


def test_a_folder_that_does_not_answer_holds_nothing_up(shelf, folder, monkeypatch):
    answers, read = Event(), user_filters.read_filters

    def slow(where):
        answers.wait(5)
        return read(where)

    put(folder, "zebra.json", OWN)
    monkeypatch.setattr(user_filters, "read_filters", slow)
    shelf.press("Ctrl+L")
    assert shelf.gallery.isVisible()
    assert shelf.names == [each.name for each in library().values()]
    shelf.type("emboss")
    answers.set()
    shelf.press("Escape")
    shelf.hand.until(lambda: "zebra" in shelf.names)


def test_the_users_filters_are_known_from_the_start(zebra):
    zebra.type("zebra")
    zebra.press("Return")
    assert zebra.page.bench.kernel == Kernel.of([[1, 0, 5]])
    assert zebra.page.read("filter") == "zebra"


def test_a_large_picture_is_reduced_for_the_small_ones(shelf):
    large = np.random.default_rng(1).integers(0, 256, (1, 700, 900), np.uint8)
    shelf.page.workspace.take_image(Image(large, "large"))
    shelf.open()
    shelf.hand.until(lambda: shelf.has_all_pictures)
    assert shelf.sheet.effect("sharpen").maps[0].shape == (75, 96)
