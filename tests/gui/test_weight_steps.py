"""How far the wheel and a drag change a weight, and which steps belong together."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.gui.widgets import weight_steps
from cnnstudio.gui.widgets.weight_steps import BURST, PX_A_STEP, TREMBLE, WeightSteps, step_of
from cnnstudio.lab.number import holdable

HERE, THERE = (0, 0), (1, 1)


@pytest.fixture
def time(monkeypatch):
    """Time that passes only when a test says so."""
    now = [1000.0]
    monkeypatch.setattr(weight_steps, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def steps(time):
    return WeightSteps()


@pytest.mark.parametrize(
    ("weight", "step"),
    [
        ("0", "1"),
        ("-7", "1"),
        ("1/9", "1/9"),
        ("1/2", "1/2"),
        ("-3/16", "1/16"),
        ("0.25", "1/4"),
        ("0.0585", "0.001"),
        ("-3.14159", "0.1"),
        ("123.456", "10"),
        ("0.000000003", "0.000000001"),
    ],
)
def test_the_step_is_one_a_learner_sees(weight, step):
    assert step_of(Fraction(weight)) == Fraction(step)


def test_a_notch_away_from_the_user_is_a_step_more(steps):
    assert steps.turn(HERE, Fraction(3), 120, False) == 4
    assert steps.turn(HERE, Fraction(3), -240, False) == 1


def test_with_shift_a_notch_is_ten_steps(steps):
    assert steps.turn(HERE, Fraction(1, 9), 120, True) == Fraction(11, 9)


def test_small_turns_of_a_touchpad_add_up_to_a_notch(steps):
    weight = Fraction(0)
    for _ in range(7):
        weight = steps.turn(HERE, weight, 40, False)
    assert weight == 2


def test_ninths_stay_ninths_when_they_come_past_a_third_and_a_whole(steps, time):
    weight, seen = Fraction(1, 9), []
    for _ in range(9):
        time[0] += 10
        weight = steps.turn(HERE, weight, 120, False)
        seen.append(weight)
    assert seen == [Fraction(n, 9) for n in range(2, 11)]


def test_another_weight_has_its_own_step(steps):
    steps.turn(HERE, Fraction(1, 9), 120, False)
    assert steps.turn(THERE, Fraction(2), 120, False) == 3


def test_turns_of_one_burst_belong_together(steps, time):
    steps.turn(HERE, Fraction(0), 120, False)
    first = steps.gesture
    time[0] += BURST / 2
    steps.turn(HERE, Fraction(1), 120, False)
    assert steps.gesture is first
    assert first is not None


def test_a_pause_ends_a_burst(steps, time):
    steps.turn(HERE, Fraction(0), 120, False)
    first = steps.gesture
    time[0] += BURST * 2
    steps.turn(HERE, Fraction(1), 120, False)
    assert steps.gesture is not first


def test_another_cell_is_another_burst(steps):
    steps.turn(HERE, Fraction(0), 120, False)
    first = steps.gesture
    steps.turn(THERE, Fraction(0), 120, False)
    assert steps.gesture is not first


def test_a_hand_that_trembles_does_not_drag(steps):
    steps.press(100)
    assert steps.drag(HERE, Fraction(5), 100 - TREMBLE, False) == 5
    assert not steps.dragging
    assert not steps.release()


def test_a_drag_up_is_a_step_for_every_few_px(steps):
    steps.press(100)
    assert steps.drag(HERE, Fraction(5), 100 - 3 * PX_A_STEP, False) == 8
    assert steps.drag(HERE, Fraction(8), 100 + 2 * PX_A_STEP, False) == 3
    assert steps.release()


def test_a_drag_has_one_gesture_and_the_next_another(steps):
    found = []
    for _ in range(2):
        steps.press(100)
        for y in (80, 60):
            steps.drag(HERE, Fraction(0), y, False)
            found.append(steps.gesture)
        steps.release()
    assert found[0] is found[1]
    assert found[2] is found[3]
    assert found[0] is not found[2]


def test_a_weight_stays_within_what_the_bench_holds(steps):
    assert steps.turn(HERE, Fraction(10**9), 120, True) == 10**9


odd = st.fractions(-(10**9), 10**9) | st.builds(
    Fraction, st.integers(-99, 99), st.integers(1, 10**9)
)


@given(odd, st.integers(-20, 20), st.booleans())
def test_whatever_is_turned_the_bench_can_hold_what_comes_of_it(weight, notches, ten):
    turned = WeightSteps().turn(HERE, weight, 120 * notches, ten)
    if notches:
        assert holdable(turned, "It") == turned
        assert (turned - weight) * notches >= 0


def test_an_odd_weight_comes_onto_the_grid_of_its_steps(steps):
    first = steps.turn(HERE, Fraction(1, 1_000_003), 120, False)
    assert first == Fraction("0.00000101")
    assert steps.turn(HERE, first, 120, False) == Fraction("0.00000102")


def test_a_weight_that_can_be_held_keeps_its_digits(steps):
    assert steps.turn(HERE, Fraction("3.14159"), 120, False) == Fraction("3.24159")
