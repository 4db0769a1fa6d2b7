"""The Values tab: histograms of all numbers, and a line dragged over the pictures."""

import subprocess
import sys

import numpy as np
import pytest
from PyQt6.QtGui import QColor
from PyQt6.QtWidgets import QApplication

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.drawing import few_ticks
from cnnstudio.gui.workspaces.convolution.values.values_panel import EMPTY
from cnnstudio.lab.filters import library
from cnnstudio.lab.image import Image, grayed
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.number import shown
from cnnstudio.lab.profile import Line, profile
from tests.gui.values_page import ValuesPage

LAZY = """
import sys
from pathlib import Path
from PyQt6.QtWidgets import QApplication
from cnnstudio.gui import theme
from cnnstudio.gui.main_window import MainWindow
from cnnstudio.gui.settings import Settings
from tests.gui.hand import Hand
from tests.gui.values_page import ValuesPage
app = QApplication([])
theme.apply_theme(app, "light")
window = MainWindow(Settings(Path(sys.argv[1])))
window.load()
window.show()
page = ValuesPage(window, Hand(None))
app.processEvents()
before = "pyqtgraph" in sys.modules
page.workspace.page.tray.turn_to("values")
app.processEvents()
print(before, "pyqtgraph" in sys.modules)
import os; os._exit(0)
"""


@pytest.fixture
def page(window, hand):
    return ValuesPage(window, hand)


@pytest.fixture
def values(page):
    """The Values tab is open."""
    page.look_at_values()
    return page


@pytest.fixture
def large(values, rng):
    """A picture too large to be worked out at once, with every byte in it."""
    values.take(rng.integers(0, 256, (1, 600, 700), np.uint8), "large")
    values.wait_until_counted()
    return values


def lined(page):
    """Put a line from row 5, column 4 to row 5, column 24 over the mouse."""
    page.take_line()
    page.drag(page.input, (4, 3), (4, 10), (4, 23))
    assert page.line == ((4, 3), (4, 23))


def test_pyqtgraph_comes_with_the_first_plot_and_not_before(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", LAZY, str(tmp_path / "s.ini")],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.split() == ["False", "True"]


def test_the_bars_are_how_often_each_number_occurs(values):
    pixels = values.bench.image.pixels
    (bars,) = values.input_histogram.curves
    assert bars.y.tolist() == [np.count_nonzero(pixels == value) for value in range(51)]
    assert bars.x.tolist() == [value - 0.5 for value in range(52)]


def test_a_bar_is_painted_as_high_as_it_is(values):
    plot = values.panel.input.plot
    black = int(values.input_histogram.curves[0].y[0])
    QApplication.processEvents()
    look = plot.grab().toImage()

    def ink(x, y):
        return look.pixelColor(plot.at(x, y).toPoint()).name()

    assert ink(0, black * 0.9) == theme.colour("muted").name()
    assert ink(0, black * 1.04) == theme.colour("panel").name()
    assert ink(25, black * 0.5) == theme.colour("panel").name()


def test_the_words_below_are_the_ends_and_the_mean(values):
    values.type_picture([[0, 10], [20, 250]])
    values.type_kernel([[2]])
    assert values.panel.input.words._text == "0 to 250  ·  mean 70"
    assert values.panel.map.words._text == "0 to 500  ·  mean 140"
    assert "greatest 500" in values.panel.map.words.toolTip()


def test_what_lies_outside_the_range_of_the_picture_is_shaded(values):
    values.type_kernel([[-1]])
    drawing = values.map_histogram
    assert drawing.outside == ((-50.5, -0.5),)
    assert set(drawing.upright) == {0.0, 50.0}
    plot = values.panel.map.plot
    look, middle = plot.grab().toImage(), drawing.y.high * 0.6
    shades = [look.pixelColor(plot.at(x, middle).toPoint()).name() for x in (-25, 25)]
    assert shades == [theme.colour("sunken").name(), theme.colour("panel").name()]


def test_a_new_weight_counts_the_map_again_and_not_the_picture(values):
    before = values.input_histogram
    values.type_kernel([[3]])
    pixels = values.bench.image.pixels
    assert values.map_histogram.curves[0].y.sum() == pixels.size
    assert values.panel.map.counted.most == 3 * pixels.max()
    assert values.input_histogram is before


def test_nothing_is_counted_where_nobody_looks(values):
    values.look_at_arithmetic()
    before = values.map_histogram
    values.type_kernel([[3]])
    assert values.map_histogram is before
    values.look_at_values()
    assert values.panel.map.counted.most == 150


def test_bars_can_be_as_long_as_their_powers_of_ten(values):
    counts = values.input_histogram.curves[0].y
    values.click("heights.log")
    bars = values.input_histogram.curves[0].y
    assert bars[counts > 0] == pytest.approx(np.log10(counts[counts > 0]))
    assert (bars[counts == 0] <= values.input_histogram.y.low).all()
    values.click("heights.linear")
    assert values.input_histogram.curves[0].y.tolist() == counts.tolist()


def test_each_channel_has_a_curve_with_its_name(values, rng):
    pixels = rng.integers(0, 256, (3, 20, 30), np.uint8)
    values.take(pixels)
    values.wait_until_counted()
    assert [curve.name for curve in values.input_histogram.curves] == ["red", "green", "blue"]
    for curve, plane in zip(values.input_histogram.curves, pixels, strict=True):
        assert curve.y.sum() == plane.size
    values.press("G")
    (bars,) = values.input_histogram.curves
    assert bars.y.sum() == pixels[1].size
    assert values.panel.input.counted.found[0].mean == pytest.approx(pixels[1].mean())


def test_maps_of_each_channel_are_counted_apart(values, rng):
    values.take(rng.integers(0, 256, (3, 20, 30), np.uint8))
    values.choose("Edit", "Each channel by itself")
    assert [curve.name for curve in values.map_histogram.curves] == ["red", "green", "blue"]
    found = values.panel.map.counted.found
    maps = [values.bench.alone(channel).feature_map() for channel in range(3)]
    assert [each.mean for each in found] == pytest.approx([each.mean() for each in maps])


def test_without_a_map_there_is_a_sentence(values):
    values.take(np.full((1, 2, 2), 7))
    assert "no map" in values.panel.map.sentence.text()
    assert values.panel.map.sentence.isVisible()
    values.undo()
    assert values.panel.map.plot.isVisible()


def test_the_plots_follow_the_theme(values, qapp):
    plot = values.panel.map.plot
    try:
        theme.apply_theme(qapp, "dark")
        corner = plot.grab().toImage().pixelColor(plot.width() - 1, plot.height() - 1)
        assert corner.name() == theme.colour("panel").name()
        assert theme.colour("panel") != QColor("#ffffff")
    finally:
        theme.apply_theme(qapp, "light")


def test_every_number_of_a_large_picture_and_its_map_is_counted(large):
    assert large.bench.large
    assert large.panel.input.counted.found[0].counts.sum() == 600 * 700
    assert large.panel.map.counted.found[0].counts.sum() == 594 * 694
    assert large.panel.map.counted.most == large.bench.feature_map().max()


def test_the_old_histogram_stays_until_the_new_one_is_there(large):
    before = large.map_histogram
    large.workspace.document.edit("Change kernel", kernel=Kernel.of([[2]]))
    assert large.counting
    assert large.map_histogram is before
    assert large.panel.map.words._text == "… to …  ·  mean …"
    large.wait_until_counted()
    assert large.panel.map.counted.most == 510


def test_the_newest_kernel_is_counted(large):
    for weight in range(2, 8):
        large.workspace.document.edit("Change kernel", kernel=Kernel.of([[weight]]))
    large.wait_until_counted()
    assert large.panel.map.counted.most == 7 * 255


def test_counting_can_be_stopped(large):
    large.workspace.document.edit("Change kernel", kernel=Kernel.of([[2]]))
    large.panel.map.stop.click()
    assert large.panel.map.sentence.isVisible()
    assert "Not counted" in large.panel.map.sentence.text()
    large.workspace.document.edit("Change kernel", kernel=Kernel.of([[3]]))
    large.wait_until_counted()
    assert large.panel.map.counted.most == 765


def test_ticks_are_round_numbers():
    assert few_ticks(0, 255, 3) == [0, 100, 200]
    assert few_ticks(-1020, 1020, 4) == [-1000, 0, 1000]
    assert few_ticks(0, 0.3, 3) == [0, 0.1, 0.2, 0.3]
    assert few_ticks(4, 4) == []


def test_a_drag_puts_a_line_and_its_numbers_are_in_one_plot(values):
    values.press("W")
    lined(values)
    picture, made = values.profile.curves
    assert picture.y.tolist() == values.bench.image.pixels[0, 4, 3:24].tolist()
    assert picture.x.tolist() == list(range(21))
    exact = profile(values.bench, Line((4, 3), (4, 23)))
    ticks = {float(shown(text)): place for place, text in values.profile.right}
    written = max(ticks)
    scale = ticks[written] / written  # an axis of its own, for the map is much taller
    assert (made.y / scale).tolist() == pytest.approx(exact.after.tolist())
    assert made.x.tolist() == [exact.distances[index] for index, _ in exact.steps]
    assert ticks[0] == 0
    assert values.profile.level == (0.0,)
    assert [picture.name, made.name] == ["picture", "map (right)"]


def test_numbers_of_like_size_share_their_axis(values):
    values.press("W")
    values.type_kernel([[2]])
    lined(values)
    assert values.profile.right == ()
    picture, made = values.profile.curves
    assert made.y.tolist() == (2 * picture.y).tolist()


def test_the_sentence_in_the_empty_plot_takes_the_line_in_hand(values):
    sentence = values.panel.profile.sentence
    assert sentence.text().startswith(EMPTY)
    values.hand.click(sentence)
    assert values.find("line").isChecked()
    values.drag(values.input, (4, 3), (9, 9))
    assert values.line == ((4, 3), (9, 9))


def test_drawing_a_line_pins_nothing_and_changes_no_pixel(values):
    bench, steps = values.bench, values.steps
    values.press("W")
    lined(values)
    values.drag(values.feature_map, (3, 3), (9, 9))
    assert values.workspace.pointer.pinned is None
    assert (values.bench, values.steps) == (bench, steps)


def test_a_click_with_the_line_in_hand_leaves_it_as_it_is(values):
    lined(values)
    before = values.line
    values.input.click(20, 20)
    assert values.line == before


def test_without_the_line_in_hand_the_mouse_is_the_pictures(values):
    values.press("W")
    lined(values)
    values.take_line()
    before = values.line
    values.feature_map.click(3, 3)
    assert values.workspace.pointer.pinned == ("feature_map", 3, 3)
    values.press("Ctrl++", "Ctrl++")
    grid = values.input.view.grid
    values.drag(values.input, (20, 20), (15, 15))
    assert values.input.view.grid != grid
    assert values.line == before


def test_a_zoomed_picture_is_not_pushed_by_a_line(values):
    values.press("Ctrl++", "Ctrl++")
    grid = values.input.view.grid
    values.take_line()
    values.drag(values.input, (14, 12), (18, 16))
    assert values.input.view.grid == grid
    assert values.line == ((14, 12), (18, 16))


def test_shift_keeps_a_line_straight(values):
    values.take_line()
    values.drag(values.input, (4, 3), (6, 20), shift=True)
    assert values.line == ((4, 3), (4, 20))
    values.drag(values.input, (20, 5), (27, 13), shift=True)
    assert values.line == ((20, 5), (28, 13))


def test_ends_can_be_moved_afterwards(values):
    lined(values)
    values.drag(values.input, (4, 23), (12, 20))
    assert values.line == ((4, 3), (12, 20))
    values.drag(values.input, (4, 3), (9, 1))
    assert values.line == ((9, 1), (12, 20))


def test_a_line_over_a_map_lies_on_the_pixels_in_the_middle_of_the_windows(values):
    values.press("W")
    values.take_line()
    values.drag(values.feature_map, (2, 5), (10, 15))
    assert values.line == ((5, 8), (13, 18))  # half a window of seven further in
    spots = values.over("feature_map").ends
    assert spots == ((2.5, 5.5), (10.5, 15.5))
    assert values.over("input").ends == ((5.5, 8.5), (13.5, 18.5))


def test_where_the_stride_skips_there_is_no_number_of_the_map(values):
    values.press("W")
    values.type_kernel([[1]])
    values.set("stride", 2)
    values.take_line()
    values.drag(values.input, (4, 2), (4, 12))
    _, made = values.profile.curves
    assert made.x.tolist() == [0, 2, 4, 6, 8, 10]
    assert "6 numbers of the map" in values.panel.profile.words._text


def test_no_number_is_given_away_before_the_playhead_is_there(values):
    values.type_kernel([[1]])
    values.go(5, 10)
    values.take_line()
    values.drag(values.input, (4, 3), (4, 23))
    assert values.profile.curves[1].x.tolist() == list(range(7))
    values.press("Right")
    values.hand.until(lambda: len(values.profile.curves[1].x) == 8)
    values.press("W")
    values.hand.until(lambda: len(values.profile.curves[1].x) == 21)


def test_the_line_stays_while_the_kernel_changes_and_the_plot_follows(values):
    values.press("W")
    lined(values)
    values.workspace.document.edit("Change kernel", kernel=Kernel.of([[1]]))
    assert values.line == ((4, 3), (4, 23))
    picture, made = values.profile.curves
    assert made.y.tolist() == picture.y.tolist()


def test_escape_takes_the_line_away(values):
    lined(values)
    values.press("Escape")
    assert values.line is None
    assert values.profile is None
    assert not values.over("input").isVisible()
    values.press("Escape")
    assert not values.find("line").isChecked()


def test_a_button_takes_the_line_away(values):
    assert not values.find("line_remove").isVisible()
    lined(values)
    values.click("line_remove")
    assert values.line is None


def test_the_pencil_takes_the_line_out_of_the_hand_and_its_strokes_are_in_the_profile(values):
    lined(values)
    values.press("Ctrl+E")
    assert not values.find("line").isChecked()
    values.input.stroke((4, 10))
    assert values.line == ((4, 3), (4, 23))
    assert values.profile.curves[0].y[7] == 50
    values.take_line()
    assert not values.find("pencil").isChecked()


def test_another_picture_has_no_line(values, rng):
    lined(values)
    values.take(rng.integers(0, 256, (1, 9, 9), np.uint8))
    assert values.line is None


def test_the_line_hides_with_its_tab_and_comes_back_with_it(values):
    lined(values)
    values.look_at_arithmetic()
    assert not values.over("input").isVisible()
    values.press("W")
    values.feature_map.click(3, 3)
    assert values.workspace.pointer.pinned == ("feature_map", 3, 3)
    values.look_at_values()
    assert values.over("input").isVisible()
    assert values.line == ((4, 3), (4, 23))


def test_the_line_is_no_step_to_undo(values):
    before = values.steps
    lined(values)
    assert values.steps == before


def test_hovering_the_plot_marks_the_pixel_in_the_pictures(values):
    values.press("W")
    lined(values)
    plot = values.panel.profile.plot
    values.hover_plot(plot, 7.2)
    assert values.over("input").marked == (4.5, 10.5)
    assert plot.marked == 7
    number = int(values.bench.image.pixels[0, 4, 10])
    assert values.readout.startswith(f"row 5, column 11: {number} → ")
    values.hand.move(values.find("where"))
    assert values.over("input").marked is None
    assert values.readout == "row 5, column 4 to row 5, column 24  ·  21 pixels"


def test_what_is_said_about_a_pixel_follows_the_kernel(values):
    values.press("W")
    lined(values)
    values.hover_plot(values.panel.profile.plot, 12)
    values.workspace.document.edit("Change kernel", kernel=Kernel.of([[3]]))
    number = int(values.bench.image.pixels[0, 4, 15])
    assert values.readout == f"row 5, column 16: {number} → {3 * number}"


def test_hovering_a_pixel_of_the_line_marks_it_in_the_plot(values):
    values.press("W")
    lined(values)
    values.input.hover(4, 13)
    assert values.panel.profile.plot.marked == 10
    values.feature_map.hover(1, 7)
    assert values.panel.profile.plot.marked == 7
    values.input.hover(25, 13)
    assert values.panel.profile.plot.marked is None


@pytest.mark.parametrize("ground", [0, 128, 255])
def test_the_line_reads_on_any_pixel(values, ground):
    values.take(np.full((1, 30, 30), ground))
    values.take_line()
    values.drag(values.input, (4, 3), (4, 23))
    values.hand.move(values.find("where"))
    look = values.input.look()
    middle = values.input.at(4, 13).toPoint()
    column = [look.pixelColor(middle.x(), middle.y() + down).lightness() for down in range(-4, 5)]
    assert max(column) - min(column) > 120


def test_of_a_colour_picture_the_profile_is_of_its_gray_or_of_the_channel_looked_at(values, rng):
    image = Image(rng.integers(0, 256, (3, 20, 30), np.uint8))
    values.take(image.pixels)
    values.press("W")
    values.take_line()
    values.drag(values.input, (5, 5), (5, 15))
    assert values.profile.curves[0].y.tolist() == grayed(image).pixels[0, 5, 5:16].tolist()
    assert values.profile.curves[0].name == "picture, as gray"
    values.press("B")
    assert values.profile.curves[0].y.tolist() == image.pixels[2, 5, 5:16].tolist()
    assert values.profile.curves[0].name == "picture, blue"


def test_along_a_line_over_a_large_picture_the_numbers_are_exact(large):
    kernel = library()["box_blur"].kernel
    large.workspace.document.edit("Change kernel", kernel=kernel)
    large.take_line()
    large.drag(large.input, (20, 30), (300, 400), (560, 650))
    large.wait_until_counted()
    exact = profile(large.bench, large.values.line.line)
    picture, made = large.profile.curves
    assert picture.y.tolist() == exact.before.tolist()
    assert made.y.tolist() == exact.after.tolist()
    assert len(made.y) > 400


@pytest.mark.parametrize("mode", ["b", "split", "difference"])
def test_the_profile_is_of_the_kernel_whose_map_is_shown(values, mode):
    a, b = (library()[key].kernel for key in ("sobel_x", "gaussian_5"))
    values.workspace.document.edit("Take both", kernel=a, other=b)
    values.press("W")
    lined(values)
    values.workspace.comparing.turn(mode)
    front = values.workspace.front
    assert front.kernel != a
    wanted = profile(front, Line((4, 3), (4, 23)))
    made = values.profile.curves[1]
    assert made.x.tolist() == [wanted.distances[index] for index, _ in wanted.steps]
    assert abs(made.y).max() > 0
    high = abs(made.y).max() / abs(wanted.after).max()  # it may have an axis of its own
    assert (made.y / high).tolist() == pytest.approx(wanted.after.tolist())
