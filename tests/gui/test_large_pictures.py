"""Large pictures in the window: seen at once, true soon, and never in anybody's way."""

import threading
import time
from dataclasses import replace

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QWheelEvent
from PyQt6.QtWidgets import QApplication

from cnnstudio.gui.workspaces.convolution import large_survey, showing
from cnnstudio.gui.workspaces.convolution.displays.display import USUAL, Display
from cnnstudio.lab.filters import library
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel


def photo(height=700, width=900, channels=1, seed=3):
    """Light and dark hills with grain, as a photo has them."""
    y, x = np.mgrid[:height, :width]
    grain = np.random.default_rng(seed).normal(0, 9, (channels, height, width))
    hills = [
        120 + 80 * np.sin(x / (19 + 5 * c)) * np.cos(y / (23 - 3 * c)) for c in range(channels)
    ]
    return Image((np.stack(hills) + grain).clip(0, 255).astype(np.uint8), "photo")


@pytest.fixture
def large(page, hand):
    """Put a picture on the bench, as large ones are: wait until all is known about it."""

    def put(image):
        page.workspace.take_image(image)
        page.workspace.document.edit("own size", fit=None)
        page.workspace.actions_["view.whole"].setChecked(True)
        hand.until(lambda: not page.workspace.showing.busy)
        return image

    return put


@pytest.fixture
def slow(monkeypatch):
    """Let surveys wait until they are let go, to see what happens in the meantime."""
    go = threading.Event()
    run = large_survey.LargeSurvey.run

    def later(self):
        while not go.wait(0.002):
            self._look_up()
        return run(self)

    monkeypatch.setattr(large_survey.LargeSurvey, "run", later)
    yield go
    go.set()


def settled(page, hand):
    hand.until(lambda: not page.workspace.showing.busy)


def test_the_numbers_of_a_large_map_can_be_asked_for_one_by_one(page, large):
    image = large(photo())
    weights = page.bench.kernel.weights[0]
    expected = float((image.pixels[0, 300:307, 400:407] * weights).sum())
    assert page.feature_map.view.plane.values[300, 400] == expected


def test_a_large_map_is_shown_in_the_colours_of_all_its_numbers(page, large):
    large(photo())
    plane, values = page.feature_map.view.plane, page.bench.feature_map()
    assert plane.high == np.abs(values).max()
    seen = plane.seen(slice(0, 200), slice(0, 300), 1.0).colours
    expected = np.rint(values[:200, :300] * (127 / plane.high) + 128)
    assert np.abs(seen - expected).max() <= 1
    assert len(plane.layers) > 1


def test_what_is_below_and_above_is_counted_over_the_whole_map(page, hand, large):
    large(photo())
    page.pick("filter", "Sobel x")
    settled(page, hand)
    values = page.bench.feature_map()
    below = 100 * np.count_nonzero(values < 0) / values.size
    assert page.workspace.page.map.note.text().startswith(f"{below:.1f} % below 0")


def test_while_the_map_is_worked_out_the_old_one_stays_and_the_numbers_are_new(
    page, hand, large, slow
):
    slow.set()
    large(photo())
    slow.clear()
    before = page.feature_map.view.plane
    hand.double_click(page.kernel, page.weight_at(0, 0))
    page.type("5")
    page.press("Return")
    plane = page.feature_map.view.plane
    assert page.workspace.showing.busy
    assert plane.layers == before.layers
    change = 5 * int(page.bench.image.pixels[0, 9, 9])
    assert plane.values[9, 9] == before.values[9, 9] + change
    assert "…" in page.workspace.page.map.note.text()
    slow.set()
    settled(page, hand)
    assert page.feature_map.view.plane.layers != before.layers
    assert "…" not in page.workspace.page.map.note.text()


def test_a_bar_shows_that_something_is_to_come_if_it_takes_long(page, hand, large, slow):
    slow.set()
    large(photo())
    slow.clear()
    still = page.feature_map.look()
    page.set("bias", 3)
    assert not page.feature_map.view._waiting
    hand.until(lambda: page.feature_map.view._waiting)
    assert page.feature_map.look() != still
    slow.set()
    settled(page, hand)
    assert not page.feature_map.view._waiting


def test_a_newer_edit_takes_the_place_of_an_older_one(page, hand, large, slow, monkeypatch):
    slow.set()
    large(photo())
    slow.clear()
    surveys = []
    page.workspace.showing.surveyor.surveyed.connect(surveys.append)
    for bias in (1, 2, 3):
        page.set("bias", bias)
    slow.set()
    settled(page, hand)
    assert [each.whole for each in surveys] == [True]
    assert page.feature_map.view.plane.high == np.abs(page.bench.feature_map()).max()


def test_a_glimpse_of_what_is_seen_comes_before_a_survey_that_takes_long(
    page, hand, large, slow, monkeypatch
):
    slow.set()
    large(photo())
    slow.clear()
    monkeypatch.setattr(showing, "_QUICK", 0)
    page.set("bias", 100)
    hand.until(lambda: page.feature_map.view.plane.layers[0].step > 1)
    assert page.workspace.showing.busy
    layer = page.feature_map.view.plane.layers[0]
    values = page.bench.feature_map()
    high = page.feature_map.view.plane.high
    expected = np.rint(values[:: layer.step, :: layer.step] * (127 / high) + 128)
    rows, columns = layer.colours.shape
    assert np.abs(layer.colours - expected[:rows, :columns]).max() == 0
    slow.set()
    settled(page, hand)
    assert len(page.feature_map.view.plane.layers) > 1


def test_another_geometry_shows_no_old_map(page, hand, large, slow):
    slow.set()
    large(photo())
    slow.clear()
    page.set("stride", 2)
    assert page.feature_map.view.plane.layers == ()
    assert page.feature_map.size == page.bench.map_shape
    slow.set()
    settled(page, hand)
    assert page.feature_map.view.plane.layers


def test_undo_brings_the_map_before_back(page, hand, large):
    large(photo())
    before = page.feature_map.look()
    page.set("divisor", -1)
    settled(page, hand)
    assert page.feature_map.look() != before
    page.undo()
    settled(page, hand)
    assert page.feature_map.look() == before


def test_a_small_picture_after_a_large_one_is_shown_at_once(page, hand, large, slow):
    slow.set()
    large(photo())
    slow.clear()
    page.set("bias", 3)
    page.workspace.take_image(photo(20, 30))
    assert not page.workspace.showing.busy
    assert page.feature_map.view.plane.values.tolist() == page.bench.feature_map().tolist()


def test_the_window_closes_at_once_while_a_map_is_worked_out(page, large, slow):
    slow.set()
    large(photo())
    slow.clear()
    page.set("bias", 3)
    begun = time.perf_counter()
    page.window.close()
    assert time.perf_counter() - begun < 2
    assert not page.window.isVisible()
    assert not page.workspace.showing.busy


def test_a_zoomed_large_picture_shows_its_own_pixels_and_digits(page, hand, large):
    image = large(photo())
    view = page.input.view
    for _ in range(60):
        view.wheelEvent(_wheel(view, 120))
    rows, columns = view.grid.visible(view.viewport(), view.plane.values.shape)
    assert view.grid.cell > 40
    seen = view.plane.seen(rows, columns, view.grid.cell)
    assert seen.step == 1
    top, left = rows.start - seen.top, columns.start - seen.left
    tall, wide = rows.stop - rows.start, columns.stop - columns.start
    shown = seen.colours[top : top + tall, left : left + wide]
    assert shown.tolist() == image.pixels[0, rows, columns].tolist()


def test_pixels_round_a_padding_are_asked_for_one_by_one(page, hand, large):
    image = large(photo())
    page.workspace.document.edit("pad", padding=(2, 2, 3, 3), padding_mode="replicate")
    values = page.input.view.plane.values
    assert values.shape == (704, 906)
    assert values[0, 0] == values[2, 3] == image.pixels[0, 0, 0]
    assert values[702, 500] == image.pixels[0, 699, 497]
    assert values[0:5, 1:9:3].shape == (5, 3)
    settled(page, hand)


def test_a_colour_picture_is_shown_in_its_colours(page, large):
    image = large(photo(channels=3))
    seen = page.input.view.plane.seen(slice(10, 20), slice(30, 50), 1.0)
    cut = seen.colours[10 - seen.top : 20 - seen.top, 30 - seen.left : 50 - seen.left]
    assert cut.tolist() == np.moveaxis(image.pixels[:, 10:20, 30:50], 0, -1).tolist()


def test_maps_of_each_channel_are_composed_into_a_picture(page, hand, large):
    large(photo(channels=3))
    page.workspace.document.edit("apart", **page.bench.with_each_channel(True))
    settled(page, hand)
    plane = page.feature_map.view.plane
    seen = plane.seen(slice(0, 100), slice(0, 100), 1.0).colours
    maps = [page.bench.alone(c).feature_map()[:100, :100] for c in range(3)]
    expected = np.clip(np.rint(np.stack(maps, axis=-1)), 0, 255)
    assert np.abs(seen - expected).max() <= 1
    assert (plane.low, plane.high) == (0, 255)


def _wheel(view, delta):
    middle = QPointF(view.rect().center())
    no = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    phase = Qt.ScrollPhase.NoScrollPhase
    there = view.mapToGlobal(middle)
    return QWheelEvent(middle, there, QPoint(), QPoint(0, delta), *no, phase, False)


def test_nothing_is_left_running_when_nothing_is_wanted(page, hand, large):
    large(photo())
    QApplication.processEvents()
    assert not page.workspace.showing.surveyor._poll.isActive()


def test_zooming_keeps_the_pixel_under_the_pointer_where_there_is_more_to_see(page, hand, large):
    large(photo())
    view = page.input.view
    point = QPointF(view.width() / 3, view.height() / 4)
    for _ in range(8):
        before = view.grid.place(point)
        view.zoomed.emit(1.25, *before)
        assert view.grid.place(point) == pytest.approx(before, abs=2 / view.grid.cell)


def test_a_glimpse_of_costly_maps_takes_fewer_numbers(page, large):
    large(photo())
    views = page.workspace.views
    cheap = showing.seen_of(views, page.bench)
    costly = replace(page.bench, pooling=replace(page.bench.pooling, size=(16, 16)))
    dear = showing.seen_of(views, costly)
    assert dear["feature_map"] == cheap["feature_map"]
    assert dear["pooled_map"][0].step > cheap["pooled_map"][0].step


def test_a_map_that_cannot_be_worked_out_is_not_shown_and_that_is_said(
    page, hand, large, monkeypatch
):
    def fail(_survey):
        raise MemoryError

    large(photo())
    monkeypatch.setattr(large_survey.LargeSurvey, "run", fail)
    page.set("bias", 3)
    settled(page, hand)
    assert page.said == "The maps could not be worked out: there is not enough memory"
    assert page.feature_map.view.plane.layers == ()
    monkeypatch.undo()
    page.set("bias", 4)
    settled(page, hand)
    assert page.feature_map.view.plane.layers


def test_the_scale_of_a_map_is_left_open_until_it_is_known(page, hand, large, slow):
    bar = page.workspace.page.map.bar
    slow.set()
    large(photo())
    slow.clear()
    assert bar.accessibleDescription().startswith("colours from")
    page.set("divisor", 100)
    assert bar.accessibleDescription() == "the numbers at its ends are to come"
    slow.set()
    settled(page, hand)
    assert bar.accessibleDescription().startswith("colours from")


def test_of_two_channels_apart_one_map_is_shown(page, hand, large):
    large(photo(channels=2))
    page.workspace.document.edit("apart", **page.bench.with_each_channel(True))
    settled(page, hand)
    plane = page.feature_map.view.plane
    assert not plane.colours
    assert plane.layers[0].colours.ndim == 2
    assert plane.values[5, 6] == page.bench.alone(0).feature_map()[5, 6]


def test_the_wheel_tells_what_is_under_the_pointer_now(page, hand, large):
    image = large(photo())
    page.input.hover(200, 300)
    view = page.input.view
    point = QPointF(view.width() / 4, view.height() / 4)
    for _ in range(5):
        hand.move(view, point)
        view.wheelEvent(_wheel(view, 240))
    row, column = view.cell_at(QPointF(view.rect().center()))
    value = image.pixels[0, row, column]
    assert page.figures.startswith(f"pixel row {row + 1}, column {column + 1}: {value}")


@pytest.mark.parametrize(("height", "width"), [(3, 60_000), (60_000, 3), (1, 300)])
def test_thin_pictures_can_be_seen_once_they_are_zoomed(page, hand, large, height, width):
    image = large(photo(height, width))
    page.workspace.document.edit("small", kernel=library()["identity"].kernel.resized(1, 1))
    for _ in range(80):
        page.workspace.zooming.by(1.25)
    view = page.input.view
    assert view.grid.cell > 40
    cell = view.cell_at(QPointF(view.rect().center()))
    assert cell is not None
    row, column = cell
    assert view.plane.values[row, column] == image.pixels[0, row, column]


def test_the_same_picture_again_is_seen_in_all_its_colours(page, large):
    image = large(photo(40, 50, channels=3))
    page.press("G")
    page.workspace.take_image(image)
    assert page.workspace.channel is None
    assert len(page.input.view.plane.colours) == 3


@pytest.fixture
def displaying(page):
    made = page.workspace.displaying
    yield made
    made.shut_down()


def stretched(values):
    return np.rint((values - values.min()) * (255 / np.ptp(values)))


def test_a_large_map_stays_in_its_old_colours_until_the_new_ones_are_made(
    page, hand, large, slow, displaying
):
    slow.set()
    large(photo())
    slow.clear()
    before, bar = page.feature_map.view.plane, page.workspace.page.map.bar
    told = bar.accessibleDescription()
    displaying.show_display(Display("stretch", shared=False))
    assert page.workspace.showing.busy
    plane = page.feature_map.view.plane
    assert (plane.family, plane.layers) == ("data", before.layers)
    slow.set()
    settled(page, hand)
    plane, values = page.feature_map.view.plane, page.bench.feature_map()
    assert plane.family == "stretched"
    assert (plane.low, plane.high) == (values.min(), values.max())
    seen = plane.seen(slice(0, 200), slice(0, 300), 1.0).colours
    assert np.abs(seen - stretched(values)[:200, :300]).max() <= 1
    assert bar.accessibleDescription() != told


def test_the_newest_mode_of_a_large_map_wins(page, hand, large, slow, displaying):
    slow.set()
    large(photo())
    slow.clear()
    surveys = []
    page.workspace.showing.surveyor.surveyed.connect(surveys.append)
    for mode in ("clip", "absolute", "stretch"):
        displaying.choose(mode)
    slow.set()
    settled(page, hand)
    assert [(each.whole, each.display.mode) for each in surveys] == [(True, "stretch")]


def test_a_mode_taken_back_needs_no_new_colours(page, hand, large, slow, displaying):
    slow.set()
    large(photo())
    slow.clear()
    before = page.feature_map.view.plane.layers
    displaying.choose("stretch")
    displaying.show_display(USUAL)
    slow.set()
    settled(page, hand)
    assert page.feature_map.view.plane.family == "data"
    assert len(page.feature_map.view.plane.layers) == len(before)
    assert "…" not in page.workspace.page.map.note.text()


def test_an_edit_of_a_large_map_keeps_its_mode(page, hand, large, displaying):
    large(photo())
    displaying.choose("absolute")
    settled(page, hand)
    page.workspace.document.edit("other", kernel=Kernel.of([[1, -2, 1]]))
    settled(page, hand)
    plane, values = page.feature_map.view.plane, page.bench.feature_map()
    assert (plane.family, plane.high) == ("absolute", np.abs(values).max())


def test_channels_of_a_large_picture_are_stretched_on_one_scale(page, hand, large, displaying):
    large(photo(channels=3))
    workspace = page.workspace
    workspace.document.edit("apart", **page.bench.with_each_channel(True))
    displaying.choose("stretch")
    settled(page, hand)
    plane = page.feature_map.view.plane
    values = np.stack([page.bench.alone(channel).feature_map() for channel in range(3)], axis=-1)
    assert (plane.low, plane.high) == pytest.approx((values.min(), values.max()))
    seen = plane.seen(slice(0, 100), slice(0, 100), 1.0).colours
    expected = np.rint((values[:100, :100] - plane.low) * (255 / (plane.high - plane.low)))
    assert np.abs(seen - expected).max() <= 1


def test_numbers_of_a_large_map_are_found_on_a_thread_and_lit(page, hand, large, displaying):
    large(photo())
    page.workspace.document.edit("edges", kernel=Kernel.of([[1, -1]]))
    settled(page, hand)
    page.click("below")
    assert displaying.blinking.over.lit is None  # nobody waits
    hand.until(lambda: displaying.blinking.over.lit is not None)
    lit, values = displaying.blinking.over.lit, page.bench.feature_map()
    assert lit.step > 1
    assert lit.count == np.count_nonzero(values < 0)
    square = values[lit.step : 2 * lit.step, : lit.step]
    assert lit.mask[1, 0] == (square < 0).any()


def test_looking_for_numbers_of_a_large_map_can_be_stopped(page, hand, large, displaying):
    large(photo())
    page.workspace.document.edit("edges", kernel=Kernel.of([[1, -1]]))
    settled(page, hand)
    page.click("below")
    page.click("below")
    assert displaying.blinking.asked is None
    QApplication.processEvents()
    assert displaying.blinking.over.isHidden()
