"""Playing and scrubbing in the window: with keys, buttons, and the two lines to drag along."""

import pytest

from cnnstudio.gui.player import FASTEST, SLOWEST


def test_space_plays_and_space_stops(page):
    page.press("Space")
    assert page.workspace.player.playing
    page.press("Space")
    assert not page.workspace.player.playing


def test_playing_shows_the_numbers_it_passes(page, clock):
    page.choose("Scenes", "Five by five, by hand")
    page.press("Home", "Space")
    clock.now += 60
    page.hand.until(lambda: not page.workspace.player.playing)
    assert None not in [n for row in page.feature_map.numbers for n in row]
    assert page.place == (3, 3)
    assert page.ledger.result == "4"


def test_the_fast_end_catches_up_with_the_ledger_when_it_stops(page, clock):
    page.choose("Scenes", "Padding keeps the size")
    page.workspace.player.speed = FASTEST
    page.press("Home", "Space")
    clock.now += 0.2
    page.hand.until(lambda: page.workspace.player.position == 200)
    page.press("Space")
    row, column = page.place
    assert f"{page.feature_map.numbers[row - 1][column - 1]:.4g}" == page.ledger.result
    assert f"row {row}, column {column}:" in page.feature_map.description


def test_the_fast_end_writes_the_ledger_only_so_often(page, clock, monkeypatch):
    monkeypatch.setattr("cnnstudio.gui.workspaces.convolution.narrator.perf_counter", clock)
    page.workspace.player.speed = FASTEST
    page.press("Home", "Space")
    written = []
    for seconds in (0.2, 0.02, 0.02, 0.2):
        clock.now += seconds
        before = page.workspace.player.position
        page.hand.until(lambda before=before: page.workspace.player.position > before)
        written.append(page.title)
    assert written[0] == written[1] == written[2] != written[3]


def test_brackets_change_the_speed_within_its_bounds(page, settings):
    page.press("]")
    assert page.workspace.player.speed == pytest.approx(6)
    page.press("[", "[")
    assert page.workspace.player.speed == pytest.approx(4 / 1.5, rel=0.05)
    page.press(*["]"] * 20)
    assert page.workspace.player.speed == FASTEST
    page.press(*["["] * 40)
    assert page.workspace.player.speed == SLOWEST
    assert settings.speed == SLOWEST


def test_the_speed_slider_spans_all_speeds_and_says_them(page):
    slider = page.find("speed")
    for notch, speed in ((slider.minimum(), SLOWEST), (slider.maximum(), FASTEST)):
        slider.setValue(notch)
        assert page.workspace.player.speed == speed


def test_the_speed_is_remembered(page, settings):
    page.press("]")
    page.window.close()
    assert settings.speed == page.workspace.player.speed == pytest.approx(6)


def test_the_scrub_bar_goes_to_any_position(page):
    page.scrub_to(0)
    assert page.place == (1, 1)
    page.scrub_to(26 * 13 + 7)
    assert page.place == (14, 8)


def test_a_click_on_the_scrub_bar_goes_straight_there(page):
    bar = page.find("scrub")
    page.hand.click(bar, bar.rect().center())
    assert page.place[0] in {13, 14}


def test_the_scrub_bar_follows_the_playhead(page):
    page.press("Home", "Right", "Right")
    assert page.find("scrub").value() == 2


def test_the_buttons_step(page):
    page.click("first")
    page.click("next")
    page.click("next")
    page.click("back")
    assert page.place == (1, 2)
    page.click("last")
    assert page.place == (26, 26)


def test_the_numbers_choose_whose_map_the_playhead_walks_over(page):
    for key, stage, rows in (
        ("2", "activation", 26),
        ("3", "pooled_map", 13),
        ("1", "feature_map", 26),
    ):
        page.press(key)
        assert page.workspace.stage == stage
        assert page.where.startswith("row ")
        assert f"of {rows}," in page.where


def test_a_fast_window_jumps_and_a_slow_one_glides(page, clock, settings):
    page.choose("View", "Reduce motion")
    assert settings.reduce_motion is False
    player = page.workspace.player
    for speed, glides in ((4.0, True), (12.0, False)):
        page.press("Home")
        page.hand.until(lambda: not page.workspace.glide.busy)
        player.speed = speed
        page.press("Space")
        clock.now += 1.01 / speed
        page.hand.until(lambda: player.position == 1)
        assert page.workspace.glide.busy is glides
        page.press("Space")


def test_the_wish_for_less_motion_is_remembered(page, settings):
    assert page.menu_entry("View", "Reduce motion").isChecked()
    page.choose("View", "Reduce motion")
    page.choose("View", "Reduce motion")
    assert settings.reduce_motion is True
