"""The seven filters of the article side by side: their maps, their ends, and taking one."""

from dataclasses import replace
from threading import Event

import numpy as np
import pytest
from PyQt6.QtWidgets import QApplication

from cnnstudio.lab.filter_thumbnails import strip_map
from cnnstudio.lab.filters import SEVEN, library
from cnnstudio.lab.image import Image
from cnnstudio.lab.number import OVER, write
from tests.gui.conftest import pixels
from tests.gui.library_page import SevenPage


@pytest.fixture
def seven(page):
    seven = SevenPage(page)
    seven.open()
    return seven


def test_nothing_is_worked_out_before_somebody_looks(page):
    seven = SevenPage(page)
    page.take(pixels(9, 9, 1))
    assert not seven.busy
    assert [seven.effect(key) for key in SEVEN] == [None] * 7


def test_the_maps_are_those_the_bench_would_make(seven):
    bench = seven.page.bench
    for key in SEVEN:
        wanted = replace(bench, kernel=library()[key].kernel).feature_map()
        assert (seven.effect(key).maps[0] == wanted).all(), key


def test_the_maps_move_as_the_bench_moves_its_kernel(seven):
    seven.page.set("stride", 2)
    seven.page.set("padding", 1)
    seven.page.pick("padding_mode", "replicate")
    seven.wait()
    bench = seven.page.bench
    assert (bench.stride, bench.padding, bench.padding_mode) == ((2, 2), (1,) * 4, "replicate")
    for key in SEVEN:
        wanted = replace(bench, kernel=library()[key].kernel).feature_map()
        assert (seven.effect(key).maps[0] == wanted).all(), key


KEEP_THE_BRIGHTNESS = ("identity", "sharpen", "box_blur", "gaussian_blur")


def test_a_card_writes_the_ends_of_its_map_and_of_its_colours(seven):
    for key in SEVEN:
        found, card = seven.effect(key).maps[0], seven.cards[key]
        assert card.ends == f"{write(found.min())} … {write(found.max())}"
        end, picture = write(abs(found).max()), key in KEEP_THE_BRIGHTNESS
        told = card.bar.accessibleDescription().partition(", more")[0]
        assert told == ("grays from 0 to 50" if picture else f"colours from −{end} to {end}")


def test_each_map_has_a_scale_of_its_own(seven):
    assert seven.effect("edge_3").high > seven.effect("edge_1").high


def test_another_picture_makes_other_maps(seven):
    seven.page.take(pixels(9, 11, 1))
    seven.wait()
    assert {seven.effect(key).maps[0].shape for key in SEVEN} == {(7, 9)}


def test_another_kernel_on_the_bench_leaves_the_maps(seven):
    before = [seven.effect(key) for key in SEVEN]
    seven.page.pick_filter("emboss")
    seven.page.pick("activation", "tanh")
    assert not seven.busy
    assert [seven.effect(key) for key in SEVEN] == before


def test_a_click_takes_a_filter_and_marks_it(seven):
    assert seven.marked == []
    for key in ("edge_2", "gaussian_blur"):
        seven.page.click(f"seven_{key}")
        assert seven.page.bench.kernel == library()[key].kernel
        assert seven.marked == [key]
    assert seven.page.workspace.document.undo_stack.undoText() == "Take Gaussian blur"
    seven.page.undo()
    assert seven.marked == ["edge_2"]


def test_after_a_click_space_plays(seven):
    seven.page.click("seven_edge_2")
    seven.page.press("Space")
    assert seven.page.workspace.player.playing


def test_arrows_go_from_card_to_card_and_enter_takes_one(seven):
    seven.cards["identity"].setFocus()
    seven.page.press("Left", "Right", "Right", "Return")
    assert seven.page.focused == "convolution.seven_edge_2"
    assert seven.marked == ["edge_2"]
    seven.page.press(*["Right"] * 9)
    assert seven.page.focused == "convolution.seven_gaussian_blur"


def test_a_click_on_a_colour_picture_says_what_becomes_of_the_slices(seven):
    seven.page.take(pixels())
    seven.page.click("seven_box_blur")
    assert seven.page.said == "box blur: copied into 3 slices, divisor 3 × 9 = 27"
    assert seven.marked == ["box_blur"]


def test_channels_apart_make_pictures_and_that_is_said(seven):
    seven.page.take(pixels())
    seven.page.workspace.page.kernel.put_apart(True)
    seven.wait()
    effect = seven.effect("identity")
    assert effect.family == "image"
    assert (np.stack(effect.maps) == seven.page.bench.image.pixels[:, 1:-1, 1:-1]).all()
    assert seven.note == "The maps of the channels are put together, as on the bench"


def test_a_small_picture_needs_no_note(seven):
    assert seven.note == ""


def test_a_large_picture_is_reduced_and_that_is_said(seven):
    large = np.random.default_rng(1).integers(0, 256, (1, 600, 800), np.uint8)
    seven.page.workspace.take_image(Image(large, "large"))
    seven.wait()
    assert seven.note.endswith("maps of a copy reduced to 192 × 256 pixels")
    assert seven.effect("identity").maps[0].shape == (190, 254)


def test_filters_that_do_not_fit_say_so(seven):
    seven.page.take([[[1, 2], [3, 4]]])
    seven.wait()
    card = seven.cards["sharpen"]
    assert card.effect is None
    assert not card.bar.isVisible()
    assert "no map" in card.accessibleDescription()


def test_what_is_hidden_is_worked_out_when_it_is_seen_again(seven):
    before = seven.effect("identity")
    seven.page.press("L")
    seven.page.take(pixels(9, 11, 1))
    assert not seven.busy
    assert seven.effect("identity") is before
    seven.open()
    assert seven.effect("identity").maps[0].shape == (7, 9)


def test_what_was_left_half_done_is_finished_when_it_is_seen_again(seven, monkeypatch):
    may_go_on = Event()

    def slow(*arguments):
        may_go_on.wait(5)
        return strip_map(*arguments)

    monkeypatch.setattr("cnnstudio.gui.workspaces.convolution.filters.seven.strip_map", slow)
    seven.page.take(pixels(9, 11, 1))
    assert seven.busy
    seven.page.press("L")
    assert not seven.busy
    may_go_on.set()
    seven.open()
    assert {seven.effect(key).maps[0].shape for key in SEVEN} == {(7, 9)}


def test_ears_are_told_what_a_card_shows(seven):
    seven.page.click("seven_identity")
    card = seven.cards["identity"]
    assert card.accessibleName() == "identity"
    assert card.accessibleDescription().startswith("on the bench; Leaves every pixel")
    assert card.accessibleDescription().endswith("map from 0 to 50")


def test_a_card_looks_different_when_it_is_marked(seven):
    plain = seven.cards["edge_3"].grab().toImage()
    seven.page.click("seven_edge_3")
    seven.page.hand.move(seven.page.find("ledger").window(), None)
    assert seven.cards["edge_3"].grab().toImage() != plain


@pytest.mark.parametrize("room", [(960, 540), (1024, 640), (1280, 800), (1920, 1080)])
def test_maps_fill_their_cards_are_equally_large_and_have_their_scale_just_below(seven, room):
    seven.page.window.resize(*room)
    QApplication.processEvents()
    cards = list(seven.cards.values())
    assert len({(card.map_area.width(), card.map_area.height()) for card in cards}) == 1
    for card in cards:
        area, bar = card.map_area, card.bar.geometry()
        spare = min(card.width() - area.width(), card.height() - area.height() - bar.height() - 20)
        assert spare <= (8 if room[0] < 1920 else 30)
        assert 0 <= bar.top() - area.bottom() <= 2
        assert bar.left() == area.left()
        assert card.rect().contains(bar)


def test_a_wide_picture_has_its_scale_just_below_too(seven):
    seven.page.take(pixels(12, 30, 1))
    seven.wait()
    for card in seven.cards.values():
        assert card.map_area.width() == pytest.approx(2.8 * card.map_area.height())
        assert 0 <= card.bar.geometry().top() - card.map_area.bottom() <= 2


@pytest.mark.parametrize(("room", "shown"), [((1280, 800), False), ((1920, 1080), True)])
def test_weights_stand_beside_the_map_only_where_they_cost_it_next_to_nothing(seven, room, shown):
    seven.page.window.resize(*room)
    QApplication.processEvents()
    assert {card.shows_weights for card in seven.cards.values()} == {shown}


def test_the_tooltip_has_name_weights_divisor_and_ends(seven):
    told = seven.cards["gaussian_blur"].toolTip().splitlines()
    assert told[0].startswith("Gaussian blur: ")
    assert told[1:5] == ["1   2   1", "2   4   2", "1   2   1", f"{OVER} 16"]
    assert told[5].startswith("Map from ")


def test_ends_too_long_for_a_small_card_become_one_number(seven):
    seven.page.window.resize(960, 540)
    deep = np.array([[[0, 65535, 0], [65535, 0, 65535], [0, 65535, 0]]], np.float64)
    seven.page.workspace.take_image(Image(deep, "16 bits", high=65535))
    seven.wait()
    card = seven.cards["edge_2"]
    end = write(4 * 65535)
    assert card.effect.high == 4 * 65535
    assert card.bar.ends == ("", f"±{end}")
    assert card.bar.accessibleDescription() == f"colours from −{end} to {end}"
    seven.page.window.resize(1920, 1080)
    QApplication.processEvents()
    assert card.bar.ends == (f"−{end}", end)
