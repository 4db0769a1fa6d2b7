"""The playhead: on, back, by row, by product, and playing at any speed."""

import pytest

from cnnstudio.gui.player import FASTEST, SLOWEST, Player


class Clock:
    """Time that passes only when a test says so."""

    def __init__(self):
        self.now = 50.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr("cnnstudio.gui.player.perf_counter", clock)
    return clock


@pytest.fixture
def player(qapp):
    """A playhead on a map of four rows and five columns, nine products a number."""
    player = Player()
    player.set_track(4, 5, 9)
    player.seek(0)
    yield player
    player.stop()


@pytest.fixture
def moves(player):
    places = []
    player.moved.connect(lambda: places.append(player.place))
    return places


@pytest.mark.parametrize("how", [{"positions": 1}, {"rows": 1}, {"products": 1}])
def test_whatever_goes_on_comes_back(player, how):
    back = {name: -number for name, number in how.items()}
    for index in range(9, 100):
        player.index = index
        player.step(**how)
        player.step(**back)
        assert player.index == index


def test_a_position_is_a_number_with_all_its_products_added(player):
    player.go(2, 3)
    assert (player.position, player.place, player.done) == (13, (2, 3), None)


def test_products_are_counted_up_to_the_last_one(player):
    player.go(0, 1)
    done = []
    for _ in range(9):
        player.step(products=1)
        done.append(player.done)
    assert done == [1, 2, 3, 4, 5, 6, 7, 8, None]
    assert player.place == (0, 2)


@pytest.mark.parametrize(
    ("place", "how"),
    [
        ((0, 0), {"positions": -1}),
        ((0, 3), {"rows": -1}),
        ((3, 4), {"positions": 1}),
        ((3, 0), {"rows": 1}),
        ((3, 4), {"products": 1}),
    ],
)
def test_a_step_to_where_nothing_is_does_nothing(player, place, how):
    player.go(*place)
    player.step(**how)
    assert (player.place, player.done) == (place, None)


def test_moving_is_told_once_and_standing_still_never(player, moves):
    player.go(1, 1)
    player.go(1, 1)
    player.step(positions=1)
    assert moves == [(1, 1), (1, 2)]


def test_first_and_last_are_the_ends(player):
    player.last()
    assert player.place == (3, 4)
    player.first()
    assert player.place == (0, 0)


def test_seeking_beyond_the_ends_stands_on_them(player):
    player.seek(999)
    assert player.place == (3, 4)
    player.seek(-5)
    assert player.place == (0, 0)


def test_another_map_keeps_row_and_column(player):
    player.go(2, 3)
    player.set_track(6, 8, 4)
    assert (player.place, player.done) == ((2, 3), None)


def test_a_smaller_map_keeps_as_much_of_the_place_as_there_is(player):
    player.go(3, 4)
    player.set_track(2, 3, 9)
    assert player.place == (1, 2)


def test_another_kernel_keeps_how_many_products_were_added_if_there_are_so_many(player):
    player.go(0, 0)
    player.step(products=-3)
    player.set_track(4, 5, 25)
    assert player.done == 6
    player.set_track(4, 5, 4)
    assert player.done is None


def test_without_a_map_there_is_nothing_to_stand_on_and_nothing_to_play(player):
    player.set_track(0, 0, 9)
    assert (player.count, player.place) == (0, (0, 0))
    player.step(positions=1)
    player.last()
    player.toggle()
    assert not player.playing


def test_a_map_that_vanishes_stops_playing(player):
    player.toggle()
    player.set_track(0, 0, 9)
    assert not player.playing


@pytest.mark.parametrize(("speed", "seconds", "position"), [(0.5, 4.0, 2), (4, 1, 4), (12, 0.5, 6)])
def test_playing_goes_on_by_so_many_positions_a_second(
    qtbot, player, clock, speed, seconds, position
):
    player.speed = speed
    player.toggle()
    clock.now += seconds
    qtbot.waitUntil(lambda: player.position == position)


def test_parts_of_a_position_are_not_lost_between_two_frames(qtbot, player, clock, moves):
    player.speed = 4.0
    player.toggle()
    for _ in range(4):
        clock.now += 0.15
        count = player._due
        qtbot.waitUntil(lambda before=count: player._due != before)
    assert player.position == 2  # 0.6 s at 4 a second


def test_at_a_thousand_a_second_no_number_is_left_out_but_drawings_are(qtbot, clock, qapp):
    player = Player()
    player.set_track(100, 100, 9)
    player.seek(0)
    told = []
    player.moved.connect(lambda: told.append(player.position))
    player.speed = FASTEST
    player.toggle()
    clock.now += 2.0
    qtbot.waitUntil(lambda: player.position == 2000)
    assert len(told) < 10
    player.stop()


def test_playing_stops_at_the_end(qtbot, player, clock):
    played = []
    player.played.connect(played.append)
    player.toggle()
    clock.now += 60
    qtbot.waitUntil(lambda: not player.playing)
    assert player.place == (3, 4)
    assert played == [True, False]


def test_playing_from_the_end_begins_anew(player):
    player.last()
    player.toggle()
    assert player.place == (0, 0)
    assert player.playing


def test_toggling_again_stops_where_it_is(player):
    player.go(1, 1)
    player.toggle()
    player.toggle()
    assert not player.playing
    assert player.place == (1, 1)


# In the window


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
