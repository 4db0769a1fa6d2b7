"""Undo: every state a user saw can be had back, and a gesture is one step."""

import numpy as np
import pytest
from PyQt6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QSpinBox, QWidget

from cnnstudio.lab.filters import library
from cnnstudio.lab.scene import shipped_scenes

STEPPERS = {
    "kernel_size": (1, 5),
    "kernel_size_y": (1, 4),
    "stride": (1, 4),
    "stride_y": (1, 3),
    "padding": (0, 4),
    "padding_left": (0, 4),
    "padding_bottom": (0, 4),
    "dilation": (1, 3),
    "dilation_y": (1, 3),
    "pool_size": (1, 4),
    "pool_stride": (1, 4),
    "pool_padding": (0, 2),
}
LISTS = ("activation", "pooling", "padding_mode", "fit")
NUMBERS = ("-1", "0.5", "1/9", "2", "0", "16", "-0.25", "3")
NOT_OF_THE_BENCH = ("play", "next", "back", "first", "last", "undo", "redo", "speed", "growing")


def shown(page):
    """Everything the page shows of the bench: words, numbers, pictures, and what is there at all.

    What belongs to the playhead, to the pencil's hand and to the pointer is left out.
    """
    parts = {}
    ledger, transport = page.workspace.page.ledger, page.workspace.page.transport
    for index, widget in enumerate(page.workspace.findChildren(QWidget)):
        name = widget.objectName().removeprefix("convolution.")
        apart = ledger.isAncestorOf(widget) or transport.isAncestorOf(widget)
        if apart or not widget.isVisible() or name.startswith(NOT_OF_THE_BENCH):
            continue
        if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
            parts[name or index] = widget.text(), widget.isEnabled()
        if isinstance(widget, QAbstractButton):
            parts[name, "checked"] = widget.isChecked()
        elif isinstance(widget, QComboBox):
            parts[name] = widget.currentText()
        elif isinstance(widget, QSpinBox):
            parts[name] = widget.value()
    parts.pop("pencil_value", None)
    named = {key: value for key, value in parts.items() if not isinstance(key, int)}
    words = sorted(str(value) for key, value in parts.items() if isinstance(key, int))
    pictures = {}
    for picture in (page.input, page.feature_map, page.activation_map, page.pooled_map):
        plane = picture.view.plane
        values = plane and (plane.values.tobytes(), plane.values.shape, plane.low, plane.high)
        pictures[picture.view.objectName()] = values, picture.message, picture.view.isVisible()
    return named, words, pictures, page.kernel.rows


def edit(page, rng):
    """Do something to the bench, as chance will have it."""
    what = rng.integers(0, 12)
    if what <= 3:
        name = rng.choice(list(STEPPERS))
        page.find(name).setValue(int(rng.integers(*STEPPERS[name], endpoint=True)))
    elif what == 4:
        taken = library()[str(rng.choice(list(library())))]
        page.find("filter_gallery").taken.emit(taken)
    elif what == 5:
        choice = page.find(rng.choice(LISTS))
        index = int(rng.integers(0, choice.count()))
        if choice.itemData(index) is not None:
            choice.setCurrentIndex(index)
            choice.activated.emit(index)
    elif what <= 7:
        rows = page.kernel.rows
        place = int(rng.integers(0, len(rows))), int(rng.integers(0, len(rows[0])))
        page.hand.click(page.kernel, page.weight_at(*place))
        page.type(rng.choice(NUMBERS))
        page.press("Return")
    elif what == 8:
        field = page.find(rng.choice(("divisor", "bias")))
        field.setText(rng.choice(NUMBERS))
        field.returnPressed.emit()
    elif what == 9:
        page.click(rng.choice(("square", "padding_preset.full", "padding_preset.narrow")))
    elif what == 10:
        titles = [scene.title for scene in shipped_scenes().values()]
        page.menu_entry("Scenes", rng.choice(titles)).trigger()
    else:
        _edit_picture(page, rng)


def _edit_picture(page, rng):
    cures = [words for words in page.cures if not words.startswith("leave")]
    if cures:
        page.cure(rng.choice(cures))
    elif rng.random() < 0.5:
        page.press("Ctrl+I")
    else:
        page.press("Ctrl+E")
        page.input.click(*(int(rng.integers(0, side)) for side in page.input.size))
        page.press("Ctrl+E")


def test_300_random_edits_are_undone_to_the_beginning_and_redone_to_the_end(page):
    rng = np.random.default_rng(300)
    page.open_menu("Scenes")
    page.close_menus()
    page.press("M")
    stack = page.workspace.document.undo_stack
    states, looks = [page.bench], [shown(page)]
    while stack.count() < 300:
        edit(page, rng)
        if stack.count() == len(states):
            states.append(page.bench)
            looks.append(shown(page))
        assert stack.count() == len(states) - 1, "an edit is one step, or none"
    assert len(set(states)) > 200
    assert len({stack.text(index) for index in range(300)}) > 15, "of every kind"
    for move, order in ((stack.undo, range(299, -1, -1)), (stack.redo, range(1, 301))):
        for index in order:
            move()
            assert page.bench == states[index]
            assert shown(page) == looks[index]
    assert not stack.canRedo()


def test_showing_a_state_edits_nothing(page):
    for scene in shipped_scenes().values():
        page.choose("Scenes", scene.title)
        before = page.bench, page.steps
        page.workspace.show_state(page.bench)
        page.workspace.show_state(page.bench)
        assert (page.bench, page.steps) == before


def test_keys_undo_and_redo(page):
    first = page.bench
    page.pick("activation", "tanh")
    second = page.bench
    page.undo()
    assert page.bench == first
    page.redo()
    assert page.bench == second


def test_the_menu_says_what_will_be_undone_and_redone(page):
    assert not page.menu_entry("Edit", "Undo").isEnabled()
    page.set("stride", 2)
    assert page.menu_entry("Edit", "Undo Change stride").isEnabled()
    page.choose("Edit", "Undo Change stride")
    assert page.bench.stride == (1, 1)
    assert page.menu_entry("Edit", "Redo Change stride").isEnabled()
    assert not page.menu_entry("Edit", "Undo").isEnabled()


def test_the_buttons_of_the_page_undo_and_redo(page):
    assert not page.find("undo").isEnabled()
    page.set("stride", 2)
    page.click("undo")
    assert page.bench.stride == (1, 1)
    page.click("redo")
    assert page.bench.stride == (2, 2)


@pytest.mark.parametrize(
    ("name", "text", "before"), [("stride", "3", "1"), ("divisor", "2", "1"), ("bias", "7", "0")]
)
def test_the_undo_key_undoes_while_the_focus_is_still_where_the_number_was_typed(
    page, name, text, before
):
    page.hand.double_click(page.find(name))
    page.press("Ctrl+A")
    page.type(text)
    page.press("Return")
    assert page.steps == 1
    page.press("Ctrl+Z")
    assert page.steps == 0
    assert page.read(name) == before
    page.press("Ctrl+Shift+Z")
    assert page.read(name) == text


def test_the_undo_key_undoes_while_the_focus_is_on_the_kernel(page):
    page.hand.click(page.kernel, page.weight_at(0, 0))
    page.type("5")
    page.press("Return", "Ctrl+Z")
    assert page.kernel.rows[0][0] == 0


def test_two_clicks_are_two_steps(page):
    page.click("stride.more")
    page.click("stride.more")
    assert (page.bench.stride, page.steps) == ((3, 3), 2)


def test_a_held_button_is_one_step(page):
    button = page.find("padding.more")
    page.hand.push(button)
    page.hand.until(lambda: page.bench.padding[0] >= 3)
    page.hand.let_go(button)
    assert page.steps == 1
    page.undo()
    assert page.bench.padding == (0,) * 4


def test_a_held_key_is_one_step_and_the_next_one_another(page):
    page.focus("padding")
    page.hand.hold("Up", 4)
    held = page.bench.padding[0]
    assert held > 3
    assert page.steps == 1
    page.press("Up")
    assert (page.bench.padding[0], page.steps) == (held + 1, 2)


def test_a_burst_of_the_wheel_is_one_step(page):
    page.focus("padding")
    for _ in range(4):
        page.hand.turn(page.find("padding"), 1)
    assert (page.bench.padding[0], page.steps) == (4, 1)


def test_bursts_of_the_wheel_with_a_rest_between_them_are_two_steps(page, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("cnnstudio.gui.widgets.inputs.monotonic", lambda: now[0])
    page.focus("padding")
    for rest in (0.1, 0.1, 2.0, 0.1):
        now[0] += rest
        page.hand.turn(page.find("padding"), 1)
    assert (page.bench.padding[0], page.steps) == (4, 2)


def test_a_stroke_of_the_pencil_is_one_step_and_two_strokes_are_two(page):
    page.new_grid(8, 8)
    page.press("Ctrl+E")
    before, steps = page.bench, page.steps
    page.input.stroke((1, 1), (1, 2), (1, 3), (2, 3))
    assert page.steps == steps + 1
    page.input.stroke((5, 5), (5, 6))
    assert page.steps == steps + 2
    page.undo(2)
    assert page.bench == before


def test_each_typed_weight_is_a_step_of_its_own(page):
    page.hand.click(page.kernel, page.weight_at(0, 0))
    page.type("1")
    page.press("Tab")
    page.type("2")
    page.press("Return")
    assert page.steps == 2


def test_a_scene_is_one_step_and_undoing_it_goes_back_to_where_one_looked(page):
    page.press("2")
    page.go(5, 6)
    before = page.bench, page.place, page.workspace.stage
    page.choose("Scenes", shipped_scenes()["binary_5x5"].title)
    assert (page.steps, page.place) == (1, (1, 1))
    page.undo()
    assert (page.bench, page.place, page.workspace.stage) == before


def test_where_the_playhead_stands_is_not_undone(page):
    page.set("bias", 1)
    page.go(4, 4)
    page.undo()
    assert page.place == (4, 4)


def test_picking_the_filter_that_is_there_is_no_step(page):
    page.pick("filter", library()["curve_detector"].name)
    assert page.steps == 0
