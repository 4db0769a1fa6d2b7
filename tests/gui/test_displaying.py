"""The display modes in the window: chosen by mouse or menu; shares that blink when clicked."""

from types import SimpleNamespace

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QApplication

from cnnstudio.gui import theme
from cnnstudio.gui.workspaces.convolution.displays import blinking
from cnnstudio.gui.workspaces.convolution.displays.display import COMPOSED, MEANINGS, NAMES, Display
from cnnstudio.gui.workspaces.convolution.displays.shares import Shares
from cnnstudio.lab.kernel import Kernel

STAGES = ("feature_map", "activation", "pooled_map")
STEP = [[0, 0, 0, 255, 255, 255]] * 3
ROW = [0, -255, 510, 255]  # of its map


@pytest.fixture
def displays(page):
    """What belongs to the display of maps, with a map that has numbers out of range."""
    workspace = page.workspace
    own = workspace.displaying
    page.take([STEP])
    workspace.document.edit("sharpen", kernel=Kernel.of([[-1, 3, -1]]))
    workspace.actions_["view.whole"].setChecked(True)
    yield SimpleNamespace(
        own=own,
        column=workspace.page.map,
        over=own.blinking.over,
        view=workspace.page.map.view,
        planes=lambda: [workspace.views[stage].plane for stage in STAGES],
    )
    own.shut_down()


def lit(displays):
    return np.argwhere(displays.over.lit.mask).tolist() if displays.over.lit else []


def test_maps_are_signed_and_on_one_scale_at_first(page, displays):
    assert page.read("display") == "signed"
    assert page.menu_entry("Display", "Signed").isChecked()
    assert page.menu_entry("Display", "Shared scale").isChecked()
    assert [(each.family, each.high) for each in displays.planes()] == [("data", 510)] * 3


@pytest.mark.parametrize("mode", ["clip", "absolute", "plus_128", "stretch"])
def test_a_mode_is_picked_from_the_list_and_the_menu_agrees(page, displays, mode):
    families = {"clip": "image", "plus_128": "shifted", "stretch": "stretched"}
    before = displays.view.plane.values.tolist()
    page.pick("display", NAMES[mode])
    assert {each.family for each in displays.planes()} == {families.get(mode, mode)}
    assert displays.view.plane.values.tolist() == before == [ROW] * 3
    checked = [each for each in NAMES if page.workspace.actions_[f"display.{each}"].isChecked()]
    assert checked == [mode]
    assert page.said == MEANINGS[mode]


@pytest.mark.parametrize(
    ("words", "mode"),
    [("Clip", "clip"), ("Absolute", "absolute"), ("+128", "plus_128"), ("Stretch", "stretch")],
)
def test_a_mode_is_chosen_in_the_menu_and_the_list_agrees(page, displays, words, mode):
    page.choose("Display", words)
    assert page.read("display") == NAMES[mode]
    assert displays.own.display == Display(mode)
    page.choose("Display", "Signed")
    assert page.read("display") == "signed"
    assert displays.view.plane.family == "data"


def test_a_mode_is_no_step_to_be_undone(page, displays):
    before = page.steps
    page.pick("display", "stretch")
    assert page.steps == before


def test_each_map_gets_a_scale_of_its_own(page, displays):
    page.pick("display", "stretch")
    assert [(each.low, each.high) for each in displays.planes()] == [(-255, 510)] * 3
    page.choose("Display", "Shared scale")
    own = [(each.low, each.high) for each in displays.planes()]
    assert own == [(-255, 510), (0, 510), (0, 510)]
    page.choose("Display", "Shared scale")
    assert displays.own.display == Display("stretch")


def test_the_bars_tell_the_ends_and_that_more_lies_beyond(page, displays):
    bars = displays.column.bar, page.workspace.page.activation.bar
    page.pick("display", "clip")
    assert [bar.ends for bar in bars] == [("≤ 0", "≥ 255"), ("0", "≥ 255")]
    described = bars[0].accessibleDescription()
    assert described == "grays from 0 to 255, more lies below and above"
    page.pick("display", "+128")
    assert [bar.ends for bar in bars] == [("≤ −128", "≥ 127"), ("−128", "≥ 127")]
    page.pick("display", "absolute")
    assert [bar.ends for bar in bars] == [("0", "510")] * 2
    page.pick("display", "stretch")
    assert [bar.ends for bar in bars] == [("−255", "510")] * 2


def test_the_colours_of_the_tables_of_products_stay_signed(page, displays):
    before = page.workspace.page.ledger.limit
    for mode in NAMES:
        displays.own.choose(mode)
        assert page.workspace.page.ledger.limit == before == 510


def test_the_digits_in_the_cells_stay_the_true_numbers(page, displays):
    signed = page.feature_map.look()
    page.pick("display", "clip")
    assert page.feature_map.look() != signed
    cell = displays.view.grid.rect_of(0, 1).center().toPoint()  # of −255: black, its digits white
    image = displays.view.grab().toImage()
    around = [image.pixelColor(cell + QPoint(x, y)) for x in range(-9, 9) for y in range(-5, 6)]
    assert any(colour.lightness() > 200 for colour in around)
    assert page.feature_map.numbers == [ROW] * 3


def test_a_composed_picture_says_that_signs_have_no_colours(page, displays):
    page.take(np.stack([STEP] * 3))
    page.click("each_channel.apart")
    assert page.read("display") == "as clip"
    assert COMPOSED in page.find("display").toolTip()
    assert displays.view.plane.family == "image"
    page.pick("display", "stretch")
    assert {each.family for each in displays.planes()} == {"stretched"}
    assert len(displays.view.plane.colours) == 3
    page.click("each_channel.summed")
    page.pick("display", "signed")
    assert displays.view.plane.family == "data"


def test_every_mode_is_explained_where_it_is_chosen(page, displays):
    tip = page.find("display").toolTip()
    assert all(meaning in tip for meaning in MEANINGS.values())
    role = Qt.ItemDataRole.ToolTipRole
    shown = [page.find("display").itemData(place, role) for place in range(len(NAMES))]
    assert shown == list(MEANINGS.values())


@pytest.mark.parametrize(("side", "column"), [("below", 1), ("above", 2)])
def test_a_click_on_a_share_lights_exactly_its_numbers(page, displays, side, column):
    before = displays.view.grab().toImage()
    page.click(side)
    assert lit(displays) == [[row, column] for row in range(3)]
    assert page.said == f"Marked: 3 numbers {side} {0 if side == 'below' else 255}"
    after, wanted = displays.view.grab().toImage(), theme.colour("second")
    for row in range(3):
        for place in range(4):
            edge = displays.view.grid.rect_of(row, place).adjusted(2, 2, -2, -2)
            spot = QPoint(round(edge.center().x()), round(edge.top()))
            inside = QPoint(round(edge.left()) + 4, round(edge.top()) + 4)
            same = after.pixelColor(spot) == before.pixelColor(spot)
            assert same == (place != column)
            assert (after.pixelColor(spot) == wanted) == (place == column)
            assert after.pixelColor(inside) == before.pixelColor(inside)  # digits can be read


def test_a_second_click_puts_the_lights_out_and_another_share_takes_their_place(page, displays):
    page.click("below")
    page.click("above")
    assert displays.own.blinking.asked == "above"
    page.click("above")
    assert displays.over.isHidden()
    assert lit(displays) == []


@pytest.fixture
def flashes(displays, monkeypatch):
    """Whether the lights were on, each time that changed; they are off at first."""
    seen, show = [False], displays.over.setVisible

    def noted(on):
        if on != seen[-1]:
            seen.append(on)
        show(on)

    monkeypatch.setattr(displays.over, "setVisible", noted)
    return seen


def test_lit_numbers_blink_three_times(page, displays, hand, flashes, monkeypatch):
    assert blinking._BEAT_MS * blinking._BEATS == 1500
    page.workspace.settings.reduce_motion = False
    monkeypatch.setattr(blinking, "_BEAT_MS", 5)
    page.click("below")
    hand.until(lambda: displays.own.blinking.asked is None)
    assert flashes == [False] + [True, False] * 3


def test_with_less_motion_they_are_steady_and_then_gone(page, displays, hand, flashes, monkeypatch):
    assert blinking._STEADY_MS == 2000
    monkeypatch.setattr(blinking, "_STEADY_MS", 30)
    page.click("below")
    hand.until(lambda: displays.own.blinking.asked is None)
    assert flashes == [False, True, False]


def test_another_map_is_not_lit_by_the_numbers_of_the_one_before(page, displays):
    page.click("below")
    page.workspace.document.edit("other", kernel=Kernel.of([[1, 1, 1]]))
    assert not displays.over.fits
    before = displays.view.grab().toImage()
    displays.own.blinking.stop()
    assert displays.view.grab().toImage() == before


def test_what_has_no_number_yet_is_not_lit(page, displays):
    page.workspace.actions_["view.whole"].setChecked(False)
    page.go(2, 1)
    page.click("below")
    assert lit(displays) == [[0, 1]]


def test_shares_are_reached_and_used_with_the_keyboard(page, displays):
    button = page.find("below")
    button.setFocus(Qt.FocusReason.TabFocusReason)
    page.press("Space")
    assert lit(displays) == [[row, 1] for row in range(3)]
    page.press("Tab")
    assert QApplication.focusWidget() is page.find("above")
    before = page.place
    page.press("Right")  # the arrows are the page's
    assert page.place != before


def test_a_click_on_a_share_leaves_the_keys_to_the_page(page, displays):
    page.leave()
    page.click("below")
    assert QApplication.focusWidget() is page.workspace


def test_shares_say_what_they_are(page, displays):
    assert displays.column.note.text() == "25.0 % below 0\n25.0 % above 255"
    assert page.find("below").accessibleName() == "25.0 % below 0: show which numbers"


def test_there_is_nothing_to_click_where_no_number_is_out_of_range(page, displays):
    page.workspace.document.edit("identity", kernel=Kernel.of([[1]]))
    assert displays.column.note.text() == "0 % below 0\n0 % above 255"
    assert not page.find("below").isEnabled()
    assert not page.find("above").isEnabled()


def test_in_a_low_window_the_choice_stands_under_the_map_and_costs_it_nothing(page, displays):
    strip = page.workspace.page.strip
    page.window.resize(1024, 640)
    QApplication.processEvents()
    displays.column.fold(low=False)
    strip.arrange()
    without = strip.cell
    displays.column.fold(low=True)
    strip.arrange()
    assert strip.cell == without
    assert displays.column.note.isHidden()
    top = page.find("display").mapTo(displays.column, QPoint(0, 0)).y()
    assert top >= displays.column.bar.geometry().bottom()
    page.pick("display", "stretch")
    assert displays.view.plane.family == "stretched"


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ((0.0, 1.0), "0 % below 0\n100 % above 255"),
        ((0.0004, 0.9996), "under 0.1 % below 0\nover 99.9 % above 255"),
        ((0.124, 0.031), "12.4 % below 0\n3.1 % above 255"),
    ],
)
def test_a_share_is_none_or_all_only_if_it_really_is(qtbot, shares, words):
    shown = Shares()
    qtbot.addWidget(shown)
    shown.show_shares(shares, (0.0, 255.0), True, "")
    assert shown.text() == words
