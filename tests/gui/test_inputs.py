"""Where numbers and choices go in: each speaks when the user chooses, and never when it is set."""

from fractions import Fraction

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from cnnstudio.gui.widgets.inputs import Choice, Segments, Slider, Stepper
from cnnstudio.gui.widgets.number_field import NumberField


class Panel:
    """A widget on the screen, something else that can have the focus, and what was told."""

    def __init__(self, qtbot, hand, widget, signal):
        self.widget, self.hand, self.told = widget, hand, []
        self.other = QWidget()
        self.other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.window = QWidget()
        box = QVBoxLayout(self.window)
        box.addWidget(widget)
        box.addWidget(self.other)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitActive(self.window)
        self.other.setFocus()
        qtbot.waitUntil(self.other.hasFocus)
        signal.connect(lambda *what: self.told.append(what[0] if len(what) == 1 else what))


@pytest.fixture
def stepper(qtbot, dressed, hand):
    made = Stepper("test.stepper", "A stepper", (1, 5), "1 to 5")
    return Panel(qtbot, hand, made, made.changed)


@pytest.fixture
def field(qtbot, dressed, hand):
    made = NumberField("test.field", "A field")
    made.show_value(Fraction(3))
    return Panel(qtbot, hand, made, made.committed)


@pytest.fixture
def choice(qtbot, dressed, hand):
    made = Choice("test.choice", "A choice")
    for key in ("one", "two", "three"):
        made.addItem(key.title(), key)
    return Panel(qtbot, hand, made, made.picked)


@pytest.fixture
def slider(qtbot, dressed, hand):
    made = Slider("test.slider", "A slider")
    made.setFixedWidth(200)
    made.show_value(0, 100)
    return Panel(qtbot, hand, made, made.valueChanged)


@pytest.fixture
def segments(qtbot, dressed, hand):
    made = Segments("test.segments", ("left", "right side"), ("to the left", "to the right"))
    return Panel(qtbot, hand, made, made.chosen)


def values(panel):
    return [value for value, _ in panel.told]


def test_setting_a_widget_tells_nobody(stepper, field, choice, slider, segments):
    stepper.widget.show_value(4)
    stepper.widget.set_range(1, 3)
    field.widget.show_value(Fraction(1, 9))
    choice.widget.show_choice("three")
    slider.widget.show_value(7, 20)
    segments.widget.show_choice(1)
    assert [panel.told for panel in (stepper, field, choice, slider, segments)] == [[]] * 5


def test_the_ends_of_a_stepper_change_its_number_by_one(stepper):
    stepper.hand.click(stepper.widget.more)
    stepper.hand.click(stepper.widget.more)
    stepper.hand.click(stepper.widget.less)
    assert values(stepper) == [2, 3, 2]


def test_each_click_on_a_stepper_is_a_gesture_of_its_own(stepper):
    stepper.hand.click(stepper.widget.more)
    stepper.hand.click(stepper.widget.more)
    (_, first), (_, second) = stepper.told
    assert first is not second
    assert first is not None


def test_a_held_end_of_a_stepper_goes_on_in_one_gesture(stepper, qtbot):
    stepper.hand.push(stepper.widget.more)
    qtbot.waitUntil(lambda: stepper.widget.box.value() == 5)
    stepper.hand.let_go(stepper.widget.more)
    assert len({id(gesture) for _, gesture in stepper.told}) == 1


def test_a_steppers_ends_dim_at_its_limits(stepper):
    stepper.widget.show_value(1)
    assert not stepper.widget.less.isEnabled()
    stepper.widget.show_value(5)
    assert not stepper.widget.more.isEnabled()
    assert stepper.widget.less.isEnabled()


def test_a_number_typed_into_a_stepper_is_told_when_it_is_settled(stepper):
    stepper.hand.double_click(stepper.widget.box)
    stepper.hand.type("4")
    assert stepper.told == []
    stepper.hand.press("Return")
    assert values(stepper) == [4]


def test_a_number_beyond_the_limits_cannot_be_typed_into_a_stepper(stepper):
    stepper.hand.double_click(stepper.widget.box)
    stepper.hand.type("9")
    stepper.hand.press("Return")
    assert values(stepper) == []
    assert 1 <= stepper.widget.box.value() <= 5


def test_a_stepper_without_the_focus_lets_the_wheel_pass(stepper):
    stepper.hand.turn(stepper.widget.box, 1)
    assert stepper.told == []
    stepper.widget.box.setFocus()
    stepper.hand.turn(stepper.widget.box, 1)
    assert values(stepper) == [2]


def test_focus_on_a_stepper_is_focus_on_its_number(stepper):
    stepper.widget.setFocus()
    assert stepper.widget.box.hasFocus()


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("-1", Fraction(-1)),
        ("0.5", Fraction(1, 2)),
        ("0,5", Fraction(1, 2)),
        ("1/9", Fraction(1, 9)),
    ],
)
def test_a_field_takes_numbers_as_people_write_them(field, typed, number):
    field.hand.double_click(field.widget)
    field.hand.press("Ctrl+A")
    field.hand.type(typed)
    field.hand.press("Return")
    assert field.told == [number]


def test_a_field_shows_a_fraction_as_it_is(field):
    field.widget.show_value(Fraction(1, 9))
    assert field.widget.text() == "1/9"


def test_a_field_that_says_the_same_number_otherwise_tells_nobody(field):
    field.hand.double_click(field.widget)
    field.hand.press("Ctrl+A")
    field.hand.type("3.0")
    field.hand.press("Return")
    assert field.told == []
    assert field.widget.text() == "3"


def test_a_field_marks_what_is_no_number_and_says_why(field):
    reasons = []
    field.widget.refused.connect(reasons.append)
    field.hand.double_click(field.widget)
    field.hand.type("abc")
    field.hand.press("Return")
    assert field.widget.property("bad") is True
    assert field.told == []
    assert len(reasons) == 1


def test_a_field_left_alone_tells_nobody_when_the_focus_goes(field):
    field.widget.setFocus()
    field.other.setFocus()
    assert field.told == []


def test_a_choice_tells_what_is_picked_with_the_mouse(choice):
    choice.hand.click(choice.widget)
    choice.hand.press("Down", "Return")
    assert choice.told == ["two"]


def test_a_choice_without_the_focus_lets_the_wheel_pass(choice):
    choice.hand.turn(choice.widget, -1)
    assert choice.told == []
    choice.widget.setFocus()
    choice.hand.turn(choice.widget, -1)
    assert choice.told == ["two"]


def test_a_slider_goes_straight_to_where_it_is_clicked(slider):
    slider.hand.click(slider.widget, slider.widget.rect().center())
    assert slider.widget.value() in range(47, 54)


def test_a_slider_without_any_room_does_not_move(slider):
    slider.widget.show_value(0, 0)
    slider.hand.click(slider.widget)
    assert slider.widget.value() == 0


def test_segments_tell_the_word_that_is_clicked(segments):
    first, second = segments.widget.group.buttons()
    segments.hand.click(second)
    assert segments.told == [1]
    assert second.isChecked()
    assert not first.isChecked()


def test_segments_can_show_that_none_is_chosen(segments):
    segments.widget.show_choice(0)
    segments.widget.show_choice(-1)
    assert not any(button.isChecked() for button in segments.widget.group.buttons())
    segments.widget.show_choice(1)
    assert segments.widget.group.checkedId() == 1


def test_segments_are_named_by_their_first_word(segments):
    names = [button.objectName() for button in segments.widget.group.buttons()]
    assert names == ["test.segments.left", "test.segments.right"]
