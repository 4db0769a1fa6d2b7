"""The keyboard: keys belong to what has the focus, and otherwise step."""

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget


def focus(page, name):
    """Give something the focus without clicking it."""
    page.find(name).setFocus(Qt.FocusReason.TabFocusReason)
    assert page.focused == f"convolution.{name}"


@pytest.fixture
def here(page):
    """The page, and where its playhead stands."""
    page.go(3, 4)
    return page


def test_the_page_has_the_focus_at_the_start(page):
    assert page.focused == "convolution"


def test_where_nothing_wants_them_the_keys_step(here):
    places = []
    for key in ("Right", "Down", "Left", "Up", "End", "Home"):
        here.press(key)
        places.append(here.place)
    assert places == [(3, 5), (4, 5), (4, 4), (3, 4), (26, 26), (1, 1)]


def test_pictures_and_buttons_leave_the_arrows_to_the_page(here):
    for name in ("feature_map", "input", "open", "next", "square", "play", "more"):
        focus(here, name)
        here.press("Right", "Down")
        assert here.place == (4, 5), name
        assert here.focused == f"convolution.{name}"
        here.press("Left", "Up")
        assert here.place == (3, 4), name


def test_arrows_on_the_scrub_bar_move_its_handle(here):
    focus(here, "scrub")
    here.press("Right")
    assert here.place == (3, 5)
    here.press("Up")
    assert here.place == (3, 6), "up is one more on a slider, not one row back"
    here.press("Home")
    assert here.place == (1, 1)


def test_arrows_on_the_speed_change_the_speed_and_nothing_else(here):
    focus(here, "speed")
    before = here.workspace.player.speed
    here.press("Right", "Up")
    assert here.workspace.player.speed > before
    here.press("Left", "Left", "Left", "Down")
    assert here.workspace.player.speed < before
    assert here.place == (3, 4)


def test_arrows_up_and_down_in_a_stepper_change_its_number(here):
    for name in ("stride", "padding", "kernel_size", "pool_size"):
        focus(here, name)
        before = here.read(name)
        here.press("Up")
        assert here.read(name) == str(int(before) + 1)
        here.press("Down", "Left", "Right")
        assert here.read(name) == before
        assert here.place == (3, 4), name


def test_arrows_in_a_list_choose_an_entry(here):
    focus(here, "activation")
    here.press("Down")
    assert here.bench.activation == "leaky_relu"
    here.press("Up", "Up")
    assert here.bench.activation == "none"
    assert here.place == (3, 4)


def test_arrows_on_the_kernel_move_its_cursor(here):
    here.hand.click(here.kernel, here.weight_at(0, 0))
    here.press("Right", "Down", "Down", "Left")
    assert here.kernel.cursor_place == (2, 0)
    assert here.place == (3, 4)


def test_shift_and_arrows_on_the_kernel_still_step_by_products(here):
    here.hand.click(here.kernel, here.weight_at(0, 0))
    here.press("Shift+Left")
    assert here.kernel.cursor_place == (0, 0)
    assert "product 48 of 49" in here.ledger.text


def test_arrows_in_the_ledger_scroll_up_and_down_and_step_sideways(here):
    focus(here, "ledger")
    here.press("Down", "Up")
    assert here.place == (3, 4)
    here.press("Right")
    assert here.place == (3, 5)


@pytest.mark.parametrize("name", ["divisor", "bias"])
def test_arrows_in_a_field_move_its_cursor(here, name):
    focus(here, name)
    here.press("Left", "Right", "Home", "End")
    assert here.place == (3, 4)


def test_letters_in_a_field_are_typed_and_no_commands(here):
    for name in ("divisor", "stride"):
        focus(here, name)
        here.type("w1 ")
        here.press("Escape")
    assert not here.workspace.whole
    assert here.workspace.stage == "feature_map"
    assert not here.workspace.player.playing


def test_space_plays_where_no_button_has_the_focus(here):
    here.press("Space")
    assert here.workspace.player.playing


@pytest.mark.parametrize(
    ("name", "pressed"),
    [
        ("square", lambda page: page.bench.square),
        ("next", lambda page: page.place == (3, 5)),
        ("growing.whole", lambda page: page.workspace.whole),
        ("more", lambda page: page.find("stride_y").isVisible()),
        ("invert", lambda page: page.bench.invert),
    ],
)
def test_space_on_a_button_with_the_focus_presses_that_button(here, name, pressed):
    focus(here, name)
    here.press("Space")
    assert pressed(here)
    assert not here.workspace.player.playing


def test_space_on_the_play_button_plays_and_pauses(here):
    focus(here, "play")
    here.press("Space")
    assert here.workspace.player.playing
    here.press("Space")
    assert not here.workspace.player.playing


def test_space_on_a_button_of_the_rail_does_not_play(here):
    here.named("window.rail_convolution").setFocus()
    here.press("Space")
    assert not here.workspace.player.playing


def test_space_in_the_ledger_plays(here):
    focus(here, "ledger")
    here.press("Space")
    assert here.workspace.player.playing


def test_tab_visits_every_control_of_the_page_and_comes_round(page):
    page.find("open").setFocus()
    visited = set()
    for _ in range(100):
        visited.add(page.focused)
        page.press("Tab")
    inside = [w for w in page.workspace.findChildren(QWidget) if w.isVisible() and w.isEnabled()]
    tab = Qt.FocusPolicy.TabFocus
    wanted = {w.objectName() for w in inside if w.focusPolicy().value & tab.value}
    assert {name for name in wanted if name.startswith("convolution.")} <= visited


def test_the_focus_is_seen_on_pictures_buttons_and_kernel(page):
    for name in ("input", "feature_map", "kernel", "open", "play", "stride", "scrub", "filter"):
        page.leave()
        without = page.screen()
        page.find(name).setFocus(Qt.FocusReason.TabFocusReason)
        assert page.screen() != without, name


def test_escape_forgets_the_pinned_cell(page):
    page.press("W")
    page.feature_map.click(4, 5)
    assert page.feature_map.marks.pinned == (4, 5)
    page.press("Escape")
    assert page.feature_map.marks.pinned is None


def test_after_a_pick_with_the_mouse_space_plays(here):
    here.hand.click(here.find("activation"))
    here.press("Down", "Return")
    here.press("Space")
    assert here.workspace.player.playing


def test_after_a_pick_with_the_keyboard_the_list_keeps_the_focus(here):
    focus(here, "activation")
    here.press("Down")
    assert here.focused == "convolution.activation"


def test_tab_goes_through_the_weights_of_a_kernel_in_use_and_then_on(here):
    here.pick("filter", "identity")
    here.hand.click(here.kernel, here.weight_at(2, 1))
    here.press("Tab")
    assert here.kernel.cursor_place == (2, 2)
    here.press("Tab")
    assert here.focused == "convolution.filter"


def test_tab_passes_a_kernel_by_that_is_not_in_use(here):
    focus(here, "kernel")
    here.press("Tab")
    assert here.focused == "convolution.filter"


def test_keys_step_even_where_nothing_at_all_has_the_focus(page):
    page.choose("Scenes", "A stride that does not fit")
    page.cure("padding 1")
    page.press("Home", "Right")
    assert page.place == (1, 2)
