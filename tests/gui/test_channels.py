"""Channels: looked at one by one, stepped through, and traced in the arithmetic."""

import re

import numpy as np
import pytest

from cnnstudio.lab.convolution import ConvolutionBench
from tests.facts import fact
from tests.gui.conftest import pixels
from tests.lab.evaluator import check, number, split

RED, GREEN, BLUE = range(3)
NAMES = ("red", "green", "blue")
KEYS = dict(zip(NAMES, "RGB", strict=True))


def window_of(page, channel):
    row, column = (at - 1 for at in page.place)
    block = page.bench.image.pixels[channel, row : row + 3, column : column + 3]
    return block.astype(float).tolist()


def part(page, name):
    """What the ledger says about a channel."""
    lines = dict(line.split("\t", 1) for line in page.ledger.text.splitlines() if "\t" in line)
    return lines[name]


def partial_sums(page):
    return [
        number(text)
        for text in re.findall(r"(?:red|green|blue) \(?(−?[\d\u2009]+)", page.ledger.line)
    ]


# looked at one by one


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("how", ["key", "click", "menu"])
def test_one_channel_can_be_looked_at_alone(colour, name, how):
    channel = NAMES.index(name)
    steps = colour.steps
    if how == "key":
        colour.press(KEYS[name])
    elif how == "click":
        colour.click(f"channel.{name}")
    else:
        colour.choose("View", f"{name.capitalize()} channel")
    assert colour.workspace.channel == channel
    assert colour.input.numbers == colour.bench.image.pixels[channel].tolist()
    assert not colour.input.view.plane.colours
    assert colour.captions == [
        f"Pixels in the window · {name}",
        f"Weights · {name}",
        f"Products · {name}",
    ]
    assert colour.table == window_of(colour, channel)
    assert colour.find(f"channel.{name}").isChecked()
    assert colour.steps == steps
    colour.press("C")
    assert colour.workspace.channel is None
    assert len(colour.input.view.plane.colours) == 3
    assert colour.find("channel.colour").isChecked()


def test_the_sum_stays_that_of_all_channels(colour):
    line, result = colour.ledger.line, colour.ledger.result
    colour.press("G")
    assert (colour.ledger.line, colour.ledger.result) == (line, result)


def test_a_gray_picture_has_no_channels_to_choose_from(page):
    assert not page.find("channel.red").isVisible()
    assert not page.find("channel_number").isVisible()
    for name in ("Colour", "Red channel", "Green channel", "Blue channel"):
        assert not page.menu_entry("View", name).isEnabled()
    page.press("R", "Shift+Down")
    assert page.workspace.channel is None
    assert page.captions == []


def test_another_picture_is_seen_in_all_its_colours_at_first(colour):
    colour.press("B")
    colour.take(pixels(5, 5), "another")
    assert colour.workspace.channel is None
    colour.press("B")
    colour.take(pixels(5, 5, 1), "gray")
    assert colour.workspace.channel is None
    colour.undo()
    assert colour.input.view.plane.colours


def test_a_channel_stays_chosen_while_the_bench_changes(colour):
    colour.press("G")
    colour.set("padding", 1)
    colour.press("Right", "Down")
    colour.undo()
    assert colour.workspace.channel == GREEN
    assert colour.captions[0].endswith("green")


def test_many_channels_are_chosen_by_number(colour):
    colour.take(pixels(6, 6, 5))
    assert colour.read("channel_number") == "all"
    assert not colour.find("channel.red").isVisible()
    colour.set("channel_number", 4)
    assert colour.workspace.channel == 3
    assert colour.input.numbers == colour.bench.image.pixels[3].tolist()
    assert colour.captions[0] == "Pixels in the window · channel 4"
    colour.set("channel_number", 0)
    assert colour.workspace.channel is None


@pytest.mark.parametrize("chosen", [None, *NAMES])
def test_the_status_bar_names_the_channels_of_the_pixel_under_the_pointer(colour, chosen):
    if chosen:
        colour.press(KEYS[chosen])
    colour.input.hover(2, 3)
    values = colour.bench.image.pixels[:, 2, 3]
    told = [f"{name} {value}" for name, value in zip(NAMES, values, strict=True)]
    told = [words for words in told if chosen in {None, words.split()[0]}]
    assert colour.figures.startswith(f"pixel row 3, column 4: {', '.join(told)} ")


def test_padding_under_the_pointer_is_called_so_in_colour_too(colour):
    colour.set("padding", 1)
    colour.input.hover(0, 3)
    assert colour.figures.startswith("padding, not image: row 0, column 3: red 0, green 0, blue 0 ")


def test_the_descriptions_name_the_channels(colour):
    row, column = colour.place
    values = colour.bench.image.pixels[:, row - 1, column - 1]
    told = ", ".join(f"{name} {value}" for name, value in zip(NAMES, values, strict=True))
    assert colour.input.description == f"8 × 9; row {row}, column {column}: {told}"
    colour.press("B")
    assert colour.input.description.endswith(f": {values[BLUE]}")


# in the arithmetic


def test_each_channel_says_what_it_adds(colour):
    row, column = (at - 1 for at in colour.place)
    kernel = colour.bench.kernel.weights
    window = colour.bench.window(row, column).astype(float)
    exact = (kernel * window).sum(axis=(1, 2)).tolist()
    assert partial_sums(colour) == exact
    check(colour.ledger.line)
    for channel, name in enumerate(NAMES):
        check(part(colour, name))
        assert number(split(part(colour, name))[2]) == exact[channel]
    assert "27 products" in colour.ledger.text
    assert "= " in part(colour, "divisor") or "≈ " in part(colour, "divisor")


def test_a_click_on_a_channel_shows_its_products_and_writes_more_of_them(colour):
    short = part(colour, "green")
    assert colour.captions[0].endswith("red")
    colour.ledger.click("green")  # in the line
    assert colour.captions[0].endswith("green")
    assert colour.table == window_of(colour, GREEN)
    assert len(part(colour, "green")) > len(short)
    assert part(colour, "green").count("×") == 9
    colour.ledger.click("blue", nth=1)  # below it
    assert colour.captions[0].endswith("blue")
    assert part(colour, "green") == short
    colour.ledger.click("blue", nth=1)
    assert part(colour, "blue").count("×") == 2
    assert colour.workspace.channel is None


def test_what_a_channel_leaves_out_opens_it(colour):
    words = re.search(r"[\d\u2009]+ from 7 more", part(colour, "green"))[0]
    colour.ledger.click(words)
    assert part(colour, "green").count("×") == 9
    assert "from 7 more" in part(colour, "red")


def test_all_products_of_all_channels_are_written_on_demand(colour):
    colour.set("kernel_size", 5)
    colour.press("A")
    assert sum(part(colour, name).count("×") for name in NAMES) == 75
    for name in NAMES:
        check(part(colour, name))
    colour.press("A")
    assert sum(part(colour, name).count("×") for name in NAMES) == 6


def test_the_product_that_is_clicked_is_lit_in_its_channel(colour):
    colour.press("A")
    product = part(colour, "blue").split(" + ")[4]
    colour.ledger.click(f"+ {product} +")
    assert colour.ledger.lit == [product]
    assert colour.captions[0].endswith("blue")
    assert [grid.tap for grid in colour.slices] == [None, None, (1, 1)]
    row, column = colour.place
    assert colour.input.marks.tap == (row, column)
    colour.ledger.click(f"+ {product} +")
    assert colour.ledger.lit == []


def test_a_product_in_the_table_lights_its_term_in_the_line_of_its_channel(colour):
    colour.ledger.click("green")
    table = colour.find("window_products")
    colour.hand.move(table, table.grid.rect_of(0, 1).center())
    value = int(window_of(colour, GREEN)[0][1])
    assert colour.ledger.lit == [f"{value}×2"]
    assert [grid.tap for grid in colour.slices] == [None, (0, 1), None]


def test_the_arithmetic_is_copied_as_text_with_tabs(colour):
    colour.press("Ctrl+Shift+C")
    lines = colour.ledger.text.splitlines()
    assert lines[0].startswith("(red ")
    assert [line.partition("\t")[0] for line in lines[2:6]] == [*NAMES, "divisor"]


def test_the_article_s_small_picture_has_75_products_at_each_of_784_positions(colour):
    height, width, channels = fact("image.small.shape")
    rows, columns, depth = fact("depth.filter.shape")
    colour.take(pixels(height, width, channels))
    colour.set("kernel_size", rows)
    size = colour.workspace.page.kernel.size_label.text()
    assert size == " × ".join(map(str, (rows, columns, depth)))
    found = re.findall(r"of (\d+)", colour.where)
    assert int(found[0]) * int(found[1]) == fact("depth.positions")
    colour.press("Home", *["Shift+Right"] * 3)
    of = re.search(r"product \d+ of (\d+):", colour.ledger.text)[1]
    assert int(of) == fact("depth.multiplications_per_position")


# stepped through


def test_products_are_added_channel_by_channel(colour):
    colour.press("Home", "Right")
    before, seen = colour.place, []
    for step in range(1, 27):
        colour.press("Shift+Right")
        if step == 1:
            assert colour.place == (before[0], before[1] + 1)
        channel, place = divmod(step - 1, 9)
        name = NAMES[channel]
        assert f"product {step} of 27: " in colour.ledger.text
        assert colour.ledger.text.splitlines()[1].split("   ")[0].endswith(f"· {name}")
        assert colour.captions[0].endswith(name)
        assert colour.table == window_of(colour, channel)
        assert [grid.tap for grid in colour.slices] == [
            divmod(place, 3) if each == channel else None for each in range(3)
        ]
        check(colour.ledger.line)
        seen.append(partial_sums(colour))
    assert [len(sums) for sums in seen] == [1] * 9 + [2] * 9 + [3] * 8
    assert seen[17][:1] == seen[8]
    colour.press("Shift+Right")
    assert partial_sums(colour)[:2] == seen[-1][:2]
    assert colour.captions[0].endswith("blue")
    for sums in [*reversed(seen)]:
        colour.press("Shift+Left")
        assert partial_sums(colour) == sums


def test_products_still_to_come_are_not_shown(colour):
    colour.press("Home", *["Shift+Right"] * 11)
    products = colour.picture("window_products").numbers
    assert [number is None for row in products for number in row] == [False] * 2 + [True] * 7
    colour.ledger.click("red", nth=1)
    products = colour.picture("window_products").numbers
    assert not any(number is None for row in products for number in row)


def test_a_chosen_channel_stays_in_the_tables_while_another_one_is_added(colour):
    colour.press("B", "Home", *["Shift+Right"] * 4)
    assert colour.captions[0].endswith("blue")
    products = colour.picture("window_products").numbers
    assert all(number is None for row in products for number in row)
    assert [grid.tap for grid in colour.slices] == [(1, 0), None, None]


def test_a_channel_at_a_time_completes_its_partial_sum_and_comes_back(colour):
    colour.press("Home")
    texts = [colour.ledger.text]
    for done in (9, 18, 27, 36, 45):
        colour.press("Shift+Down")
        texts.append(colour.ledger.text)
        if done % 27:
            assert f"product {done % 27} of 27: " in colour.ledger.text
            assert len(partial_sums(colour)) == done % 27 // 9
        else:
            assert colour.place == (1, 2)
    places = [re.sub(r"\t.*", "", text) for text in texts]
    for text in reversed(places[1:-1]):
        colour.press("Shift+Up")
        assert re.sub(r"\t.*", "", colour.ledger.text) == text
    colour.press("Shift+Up")
    assert colour.place == (1, 1)
    colour.press("Shift+Up", "Shift+Up", "Shift+Up")
    assert "product 9 of 27: " in colour.ledger.text


def test_from_within_a_channel_its_end_or_beginning_is_next(colour):
    colour.press("Home", *["Shift+Right"] * 12)
    assert "product 12 of 27" in colour.ledger.text
    colour.press("Shift+Up")
    assert "product 9 of 27" in colour.ledger.text
    colour.press("Shift+Right", "Shift+Down")
    assert "product 18 of 27" in colour.ledger.text


def test_the_commands_for_channels_are_there_only_where_they_mean_something(colour):
    def there():
        entries = [colour.menu_entry("Run", words) for words in ("Next channel", "Channel back")]
        return [entry.isEnabled() for entry in entries]

    assert there() == [True, True]
    colour.press("2")
    assert there() == [False, False]
    colour.press("1")
    assert there() == [True, True]
    colour.take(pixels(channels=1))
    assert there() == [False, False]


# never anything but what is on the bench


def test_what_is_shown_is_what_the_bench_says_after_a_walk_through_everything(colour):
    rng = np.random.default_rng(5)
    keys = [
        "R",
        "G",
        "B",
        "C",
        "A",
        "W",
        "1",
        "2",
        "3",
        "Right",
        "Down",
        "Left",
        "Up",
        "Home",
        "End",
    ]
    keys += ["Shift+Right", "Shift+Left", "Shift+Down", "Shift+Up", "Ctrl+G", "Ctrl+Z"]
    for key in rng.choice(keys, 150):
        colour.press(str(key))
        bench = colour.bench
        assert isinstance(bench, ConvolutionBench)
        assert colour.workspace.channel is None or bench.image.channels == 3
        if colour.workspace.channel is not None:
            shown = colour.input.view.plane.values
            assert (shown == bench.image.pixels[colour.workspace.channel]).all()
        assert len(colour.slices) == bench.kernel.channels
        if "=" in colour.ledger.line or "≈" in colour.ledger.line:
            check(colour.ledger.line)
