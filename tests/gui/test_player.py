"""The playhead: on, back, by row, by product, and playing at any speed."""

import pytest

from cnnstudio.gui.player import FASTEST, Player


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


def test_parts_of_the_products_are_completed_one_by_one(player):
    player.go(0, 1)
    done = []
    for _ in range(6):
        player.step_parts(1, 3)
        done.append((player.place, player.done))
    assert done == [((0, c), n) for c in (2, 3) for n in (3, 6, None)]
    for place in [*reversed(done[:-1]), ((0, 1), None), ((0, 1), 6)]:
        player.step_parts(-1, 3)
        assert (player.place, player.done) == place


def test_a_part_that_is_begun_is_completed_or_taken_back(player):
    for begun, on, back in ((1, 3, None), (2, 3, None), (4, 6, 3), (5, 6, 3), (7, None, 6)):
        for by, wanted in ((1, on), (-1, back)):
            player.go(1, 1)
            player.step(products=begun)
            player.step_parts(by, 3)
            assert player.done == wanted
            assert player.place == ((1, 1) if by < 0 and begun < 3 else (1, 2))


def test_no_part_comes_before_the_first_or_after_the_last_one(player):
    player.seek(0)
    for done in (6, 3, 3, 3):
        player.step_parts(-1, 3)
        assert (player.place, player.done) == ((0, 0), done)
    player.last()
    player.step_parts(1, 3)
    assert (player.place, player.done) == ((3, 4), None)


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
