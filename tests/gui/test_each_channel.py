"""Each channel by itself, as photo editors do it; and a colour picture made gray."""

from fractions import Fraction

import numpy as np
import pytest

from cnnstudio.lab.filters import library
from cnnstudio.lab.image import grayed
from cnnstudio.lab.number import write
from tests.gui.conftest import pixels
from tests.lab.evaluator import check

NAMES = ("red", "green", "blue")
STAGES = ("feature_map", "activation", "pooled_map")


@pytest.fixture
def colour(colour):
    """The colour picture with its map shown whole."""
    colour.press("W")
    return colour


@pytest.fixture
def apart(colour):
    """The same with a map for each channel."""
    colour.click("each_channel.apart")
    colour.leave()
    return colour


def numbers_of(page, channel, stage="feature_map"):
    return page.bench.alone(channel).whole(stage)


def chain(page):
    return dict(line.split("\t", 1) for line in page.ledger.text.splitlines() if "\t" in line)


@pytest.mark.parametrize("how", ["click", "menu"])
def test_each_channel_has_a_map_and_together_they_are_a_picture(colour, how):
    if how == "click":
        colour.click("each_channel.apart")
    else:
        colour.choose("Edit", "Each channel by itself")
    assert colour.bench.apart
    assert colour.find("each_channel.apart").isChecked()
    assert colour.menu_entry("Edit", "Each channel by itself").isChecked()
    page = colour.workspace.page
    for stage, column in zip(STAGES, (page.map, page.activation, page.pool), strict=True):
        shown = column.view.plane.colours
        assert len(shown) == 3
        for channel in range(3):
            assert (np.asarray(shown[channel]) == numbers_of(colour, channel, stage)).all()
        assert column.size_label.text().endswith(" × 3")
    colour.undo()
    assert not colour.bench.apart
    assert colour.find("each_channel.summed").isChecked()
    assert page.map.size_label.text().endswith(" × 1")


def test_the_switch_says_what_it_is_for(colour):
    assert "photo editors" in colour.find("each_channel.apart").toolTip()
    assert "added up" in colour.find("each_channel.summed").toolTip()


def test_the_divisor_is_that_of_the_library_and_trebled_again(apart):
    assert apart.read("divisor") == "16"
    assert apart.read("filter") == "Gaussian blur"
    apart.pick("filter", "box blur")
    assert apart.read("divisor") == "9"
    assert apart.said == "box blur: copied into 3 slices"
    apart.click("each_channel.summed")
    assert apart.read("divisor") == "27"
    assert apart.bench.kernel == library()["box_blur"].kernel.repeated(3)


def test_a_flat_picture_keeps_its_colour(apart):
    apart.take(np.array([200, 120, 40])[:, None, None] * np.ones((1, 6, 6)))
    assert [numbers_of(apart, channel).tolist() for channel in range(3)] == [
        [[float(value)] * 4] * 4 for value in (200, 120, 40)
    ]


@pytest.mark.parametrize("chosen", [None, *NAMES])
def test_the_ledger_is_about_the_channel_in_front_and_tells_the_others(apart, chosen):
    if chosen:
        apart.press(chosen[0].upper())
    channel = NAMES.index(chosen or "red")
    row, column = (at - 1 for at in apart.place)
    told = {
        name: write(float(numbers_of(apart, each)[row, column])) for each, name in enumerate(NAMES)
    }
    assert apart.title == f"Row 2, column 3 of the feature map · {NAMES[channel]}"
    assert apart.ledger.result == told[NAMES[channel]]
    check(apart.ledger.line)
    assert "9 products" in apart.ledger.text
    others = [f"{name} {value}" for name, value in told.items() if name != NAMES[channel]]
    assert chain(apart)["the others"] == ", ".join(others)
    assert apart.captions[0] == f"Pixels in the window · {NAMES[channel]}"
    window = apart.bench.image.pixels[channel, row : row + 3, column : column + 3]
    assert apart.table == window.tolist()


def test_one_channel_shows_its_own_maps_with_their_own_scale(apart):
    apart.press("G")
    page = apart.workspace.page
    for stage, column in zip(STAGES, (page.map, page.activation, page.pool), strict=True):
        assert not column.view.plane.colours
        assert column.view.plane.family == "data"
        assert (np.asarray(column.view.plane.values) == numbers_of(apart, 1, stage)).all()
        assert column.size_label.text().endswith(" × 1")


def test_products_are_those_of_one_channel(apart):
    apart.press("Home", "B", "Right")
    taps = []
    for step in range(1, 9):
        apart.press("Shift+Right")
        assert f"product {step} of 9: " in apart.ledger.text
        taps.append([grid.tap for grid in apart.slices])
    assert taps == [[None, None, divmod(step, 3)] for step in range(8)]
    apart.press("Shift+Right")
    assert apart.place == (1, 3)


def test_the_next_channel_is_the_next_map(apart):
    place, seen = apart.place, []
    for key in ("Shift+Down", "Shift+Down", "Shift+Down", "Shift+Up", "Shift+Up", "Shift+Up"):
        apart.press(key)
        seen.append(apart.workspace.channel)
        assert apart.title.endswith(f" · {NAMES[apart.workspace.channel]}")
        assert apart.place == place
    assert seen == [1, 2, 2, 1, 0, 0]
    apart.press("2", "Shift+Down")
    assert apart.title == "Row 2, column 3 of the activation · green"
    apart.press("3", "Shift+Down")
    assert apart.title.endswith("of the pooled map · blue")


def test_the_pointer_over_a_map_names_the_numbers_of_all_channels(apart):
    apart.feature_map.hover(3, 4)
    told = [
        f"{name} {write(float(numbers_of(apart, channel)[3, 4]))}"
        for channel, name in enumerate(NAMES)
    ]
    assert apart.figures.startswith(f"row 4, column 5: {', '.join(told)} ")
    assert apart.title == "Preview: row 4, column 5 of the feature map · red"
    apart.press("G")
    apart.feature_map.hover(3, 5)
    apart.feature_map.hover(3, 4)
    assert apart.figures.startswith(f"row 4, column 5: {told[1]} ")


def test_the_winner_of_a_pool_is_that_of_the_channel_in_front(apart):
    apart.press("3")
    for channel, key in enumerate("RGB"):
        apart.press(key)
        row, column = (at - 1 for at in apart.place)
        block = numbers_of(apart, channel)[2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        winner = divmod(int(block.argmax()), 2)
        assert apart.activation_map.marks.winner == (2 * row + winner[0], 2 * column + winner[1])


def test_how_far_a_kernel_reaches_is_said_of_one_slice(apart):
    info = apart.workspace.page.kernel.info
    assert info.text() == "sum 16 ∕ 16 = 1\n0 … 255"
    apart.hand.click(apart.slices[1], apart.slices[1].rect_of(1, 1).center())
    apart.type("20")
    apart.press("Return")
    apart.leave()
    assert info.text() == "sum 16 ∕ 16 = 1\n0 … 255"
    apart.press("G")
    assert info.text() == "sum 32 ∕ 16 = 2\n0 … 510"


def test_every_step_can_be_undone(apart):
    states = [apart.bench]
    apart.pick("filter", "sharpen")
    states.append(apart.bench)
    apart.choose("Edit", "Make gray")
    states.append(apart.bench)
    apart.set("divisor", "2")
    for state in reversed(states):
        apart.undo()
        assert apart.bench == state
        assert len(apart.slices) == state.kernel.channels


def test_a_gray_picture_in_between_leaves_the_channels_apart(apart):
    apart.take(pixels(channels=1), "gray")
    assert apart.read("divisor") == "16"
    assert not apart.find("each_channel.apart").isVisible()
    assert not apart.menu_entry("Edit", "Each channel by itself").isEnabled()
    assert " · " not in apart.title
    apart.take(pixels())
    assert apart.bench.apart
    assert apart.read("divisor") == "16"


# gray


@pytest.mark.parametrize("how", ["click", "key", "menu"])
def test_a_colour_picture_can_be_made_gray_and_back(colour, how):
    before = colour.bench
    make = {
        "click": lambda: colour.click("gray"),
        "key": lambda: colour.press("Ctrl+G"),
        "menu": lambda: colour.choose("Edit", "Make gray"),
    }[how]
    make()
    assert colour.bench.gray
    assert colour.bench.image.channels == 1
    assert colour.input.numbers == grayed(before.source).pixels[0].tolist()
    assert colour.bench.kernel == library()["gaussian_blur"].kernel
    assert colour.said == "Kernel: 3 slices made one slice, divisor 16"
    assert colour.find("gray").isChecked()
    assert not colour.find("channel.red").isVisible()
    make()
    assert colour.bench == before
    assert colour.said == "Kernel: copied into 3 slices, divisor 3 × 16 = 48"
    colour.undo(2)
    assert colour.bench == before


def test_a_gray_picture_has_no_colours_to_take_away(page):
    assert not page.find("gray").isVisible()
    assert not page.menu_entry("Edit", "Make gray").isEnabled()


def test_the_next_picture_comes_in_its_colours(colour):
    colour.press("Ctrl+G")
    colour.take(pixels(5, 5), "another")
    assert not colour.bench.gray
    assert colour.bench.image.channels == 3
    assert not colour.find("gray").isChecked()


# by hand


@pytest.mark.parametrize("chosen", [None, *NAMES])
def test_the_pencil_changes_the_channel_that_is_looked_at_or_all(colour, chosen):
    if chosen:
        colour.press(chosen[0].upper())
    colour.press("Ctrl+E")
    colour.set("pencil_value", "77")
    before = colour.bench.image.pixels
    colour.input.stroke((2, 3), (2, 4))
    after = colour.bench.image.pixels
    changed = [name for c, name in enumerate(NAMES) if (after[c] != before[c]).any()]
    assert changed == ([chosen] if chosen else list(NAMES))
    for channel, name in enumerate(NAMES):
        if name in changed:
            assert after[channel, 2, 3:5].tolist() == [77, 77]
    colour.undo()
    assert (colour.bench.image.pixels == before).all()


def test_that_all_channels_change_is_said_once(colour):
    colour.press("Ctrl+E")
    colour.input.stroke((2, 3))
    assert colour.said == "All channels of the pixel change; choose one to change it alone"
    colour.window.statusBar().clearMessage()
    colour.input.stroke((4, 3))
    assert colour.said == ""


def test_pixels_of_a_channel_can_be_typed(colour):
    colour.press("G", "Ctrl+E")
    colour.input.click(0, 0)
    colour.find("input").setFocus()
    colour.type("12")
    colour.press("Tab")
    assert colour.find("input.cell").text() == str(colour.bench.image.pixels[1, 0, 1])
    colour.press("Escape")
    values = colour.bench.image.pixels[:, 0, 0].tolist()
    assert values[1] == 12
    assert values[0] == pixels()[0, 0, 0]


def test_a_pixel_of_several_numbers_opens_empty_and_stays_as_it_is(colour):
    colour.press("Ctrl+E")
    colour.find("input").setFocus()
    before = colour.bench
    colour.press("Return")
    assert colour.find("input.cell").text() == ""
    colour.press("Tab", "Return")
    assert colour.bench == before
    assert not colour.find("input.cell").isVisible()


def test_a_gray_view_of_colours_is_painted_as_a_gray_picture(colour):
    colour.press("Ctrl+G", "Ctrl+E")
    colour.input.stroke((1, 1))
    assert colour.bench.source.channels == 1
    assert not colour.bench.gray
    assert colour.bench.kernel.divisor == Fraction(16)
    colour.undo()
    assert colour.bench.gray
