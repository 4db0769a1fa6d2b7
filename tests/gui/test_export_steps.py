"""The sliding sequence as a film: other programs' readers find every frame, and true numbers."""

import io
import threading
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PyQt6.QtGui import QColor, QFontMetricsF, QImageReader

from cnnstudio.gui import theme
from cnnstudio.gui.exporting import ledger_lines
from cnnstudio.gui.exporting.animation_file import (
    GifWriter,
    WebpWriter,
    durations,
    write_frames,
)
from cnnstudio.gui.exporting.frame import FramePainter
from cnnstudio.gui.exporting.frame_layout import WIDTHS
from cnnstudio.gui.exporting.palette import Palette
from cnnstudio.gui.exporting.raster import of_image
from cnnstudio.gui.widgets import plane_paint
from cnnstudio.gui.workspaces.convolution.export.export_steps import (
    MOST,
    Film,
    Stretch,
    cast_of,
    refusal,
)
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image as Picture
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.line import Span
from tests.gui.conftest import pixels
from tests.gui.export_page import ExportPage


@pytest.fixture
def page(window, hand):
    return ExportPage(window, hand)


def frames_of(file):
    """All frames of a film as Pillow shows them, and how long each is shown."""
    with Image.open(file) as film:
        shown, lasting = [], []
        for number in range(film.n_frames):
            film.seek(number)
            shown.append(np.asarray(film.convert("RGB")))
            lasting.append(film.info["duration"])
        assert film.info["loop"] == 0
    return shown, lasting


def moving(rng, count=6, size=(21, 34), colours=9):
    """Frames of which each changes a part of the one before."""
    table = rng.integers(0, 256, (colours, 3), np.uint8)
    places = rng.integers(0, colours, size)
    made = []
    for _ in range(count):
        y, x = rng.integers(0, size[0] - 5), rng.integers(0, size[1] - 5)
        places[y : y + 5, x : x + 5] = rng.integers(0, colours, (5, 5))
        made.append(table[places])
    return made


def written(make, frames, lasting):
    file = io.BytesIO()
    write_frames(file, make, frames, lasting)
    file.seek(0)
    return file


def as_gif(frames, lasting):
    palette = Palette.of(frames, frames[0][0, :1])
    return written(lambda file: GifWriter(file, palette), frames, lasting)


@pytest.mark.parametrize("write", [as_gif, lambda *film: written(WebpWriter, *film)])
def test_pillow_finds_every_frame_pixel_by_pixel(rng, write):
    frames = moving(rng)
    frames.insert(3, frames[2])  # nothing changes
    shown, lasting = frames_of(write(frames, [40, 50, 60, 70, 80, 90, 1000]))
    assert lasting == [40, 50, 60, 70, 80, 90, 1000]
    assert len(shown) == 7
    for found, frame in zip(shown, frames, strict=True):
        assert (found == frame).all()


def test_frames_of_thousands_of_colours_stay_exact_in_a_webp(rng):
    frames = list(rng.integers(0, 256, (3, 40, 50, 3), np.uint8))
    shown, _ = frames_of(written(WebpWriter, frames, [100] * 3))
    assert (np.array(shown) == frames).all()


def test_a_gif_of_thousands_of_colours_keeps_those_that_matter_and_comes_near_the_others():
    ramp = np.zeros((64, 64, 3), np.uint8)
    ramp[..., 0], ramp[..., 1] = np.arange(64)[:, None] * 4, np.arange(64) * 4
    wanted = np.array([[8, 120, 108], [255, 0, 255]], np.uint8)
    ramp[0, 0], ramp[0, 1] = wanted
    palette = Palette.of([ramp], wanted)
    shown, _ = frames_of(written(lambda file: GifWriter(file, palette), [ramp], [100]))
    assert shown[0][0, :2].tolist() == wanted.tolist()
    assert np.abs(shown[0].astype(int) - ramp).max() < 40


def test_one_colour_is_the_same_everywhere_in_a_gif(rng):
    """No dots of other colours are mixed in."""
    frame = rng.integers(0, 256, (60, 60, 3), np.uint8)
    frame[20:40, 20:40] = (123, 45, 67)
    shown, _ = frames_of(as_gif([frame], [100]))
    assert len(np.unique(shown[0][20:40, 20:40].reshape(-1, 3), axis=0)) == 1


@given(st.integers(1, 300), st.sampled_from((0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 25.0)))
def test_no_frame_drifts_from_its_time(count, speed):
    lasting = durations(count, speed, last=0)
    assert sum(lasting) == pytest.approx(1000 * count / speed, abs=5)
    assert all(each % 10 == 0 and each >= 20 for each in lasting)  # browsers slow down faster ones


def test_the_last_frame_stays_for_a_second():
    assert durations(3, 4.0) == [250, 250, 1000]
    assert durations(2, 0.5) == [2000, 2000]


def bench(**more):
    rows = [[0, 50, 0, 9], [50, 20, 50, 7], [0, 50, 0, 5], [3, 1, 2, 4]]
    return ConvolutionBench(Picture.of(rows, "small"), Kernel.of([[1, -2], [3, 0]]), **more)


def stills(bench_, stretch, channel=None):
    film = Film(bench_, channel, None, stretch, 4.0, 480, False)
    return film.stills(range(film.count))


def test_all_positions_are_shown_once_with_their_own_numbers():
    found = stills(bench(), Stretch("all"))
    values = bench().feature_map()
    assert [still.result.replace("−", "-") for still in found] == [
        f"{number:g}" for number in values.ravel()
    ]
    assert [still.map.cell for still in found] == list(np.ndindex(values.shape))
    assert [still.map.shown for still in found] == list(range(1, 10))


def test_the_window_lies_on_the_pixels_that_are_added_up():
    found = stills(bench(stride=(2, 2)), Stretch("all"))
    assert [still.input.window for still in found] == [
        (0, 0, 2, 2),
        (0, 2, 2, 2),
        (2, 0, 2, 2),
        (2, 2, 2, 2),
    ]


def test_a_row_is_one_row():
    assert [still.map.cell for still in stills(bench(), Stretch("row", (1, 2)))] == [
        (1, 0),
        (1, 1),
        (1, 2),
    ]


def test_from_one_position_to_another_goes_in_reading_order():
    found = stills(bench(), Stretch("range", (0, 2), (1, 1)))
    assert [still.map.cell for still in found] == [(0, 2), (1, 0), (1, 1)]


def test_the_products_of_a_position_are_added_one_after_the_other():
    found = stills(bench(), Stretch("products", (1, 0)))
    assert [still.result for still in found] == ["50", "10", "10", "10"]
    assert [still.tap for still in found] == [(0, 0, 0), (0, 0, 1), (0, 1, 0), None]
    assert [still.input.tap for still in found] == [(1, 0), (1, 1), (2, 0), None]


def test_in_a_true_convolution_the_weight_that_is_lit_lies_on_the_pixel_that_is():
    turned = bench(flipped=True)
    found = stills(turned, Stretch("products", (1, 0)))
    for still in found[:-1]:
        assert still.input.tap == (still.tap[1] + 1, still.tap[2])
    assert found[0].result == "0"  # 50 times the last weight
    assert found[1].result == "60"


def test_products_go_through_all_slices_of_a_colour_kernel():
    rng = np.random.default_rng(1)
    image = Picture(rng.integers(1, 9, (3, 4, 4), np.uint8))
    colour = ConvolutionBench(image, Kernel.of([[1, 2]]).repeated(3))
    found = stills(colour, Stretch("products", (0, 0)))
    assert [still.tap for still in found[:-1]] == [
        (0, 0, 0),
        (0, 0, 1),
        (1, 0, 0),
        (1, 0, 1),
        (2, 0, 0),
    ]
    apart = ConvolutionBench(image, Kernel.of([[1, 2]]).repeated(3), each_channel=True)
    assert Stretch("products").count(apart) == 2


def test_every_frame_has_the_arithmetic_of_its_position():
    for still in stills(bench(), Stretch("all")):
        line = "".join(span.text for span in still.line)
        assert line.endswith(still.result)
        row, column = still.map.cell
        assert still.title == f"Row {row + 1}, column {column + 1} of the feature map"


def test_too_many_frames_are_refused_with_a_cure():
    assert refusal(MOST) == ""
    assert "choose at most 2\u2009000" in refusal(MOST + 1)
    assert "later one" in refusal(0)


@given(st.lists(st.text("ab+", max_size=8), max_size=12), st.floats(150, 400))
def test_no_word_leaves_its_line_and_none_is_lost(dressed, texts, width):
    words = ledger_lines.flow([Span(f"{text} ") for text in texts], width, 12)
    assert [word.text for word in words] == [text for text in texts if text]
    metrics = QFontMetricsF(theme.face(12))
    for before, word in pairwise([ledger_lines.Word("", 0, 0, False), *words]):
        assert word.x + metrics.horizontalAdvance(word.text) <= width + 0.01
        assert (word.line, word.x) >= (before.line, before.x)


def film_of(page, stretch=None, width=480, webp=False):
    workspace = page.workspace
    cast = cast_of(workspace.front, workspace.views, workspace.channel)
    stretch = stretch or Stretch("row", (1, 0))
    return Film(workspace.front, workspace.channel, cast, stretch, 8.0, width, webp)


def colour(token):
    return QColor(theme.tokens(theme.current_theme())[token]).getRgb()[:3]


def test_cells_of_a_frame_have_the_colours_of_their_numbers(page):
    for width in WIDTHS:
        film = film_of(page, Stretch("range", (25, 20), (25, 25)), width)
        painter = FramePainter(film.cast, width, film.stills(range(film.count)))
        frame = painter.pixels(film.stills([film.count - 1])[0])
        assert frame.shape[:2] == painter.size[::-1]
        assert frame.shape[1] == width
        plane, grid = film.cast.map, painter.layout.map
        places = plane_paint.indices(plane.values, plane.family, plane.low, plane.high)
        for row, column in ((0, 0), (3, 18), (10, 5), (20, 20)):
            middle = grid.rect_of(row, column).center()
            expected = plane_paint.table(plane.family)[places[row, column]]
            assert frame[int(middle.y()), int(middle.x())].tolist() == expected.tolist()


def test_numbers_that_are_not_there_yet_are_covered(page):
    film = film_of(page, Stretch("row", (1, 0)))
    painter = FramePainter(film.cast, 480, film.stills(range(film.count)))
    first = painter.pixels(film.stills([0])[0])
    grid = painter.layout.map
    for row, column in ((1, 6), (12, 3), (25, 25)):
        rect = grid.rect_of(row, column)
        spot = first[int(rect.top()) + 1, int(rect.left()) + 1]
        assert spot.tolist() == list(colour("unvisited"))


def test_the_input_of_a_frame_is_never_blown_over_its_edge(page):
    page.take(pixels(40, 300, 1))
    page.hand.until(lambda: not page.workspace.showing.busy)
    film = film_of(page, Stretch("row", (0, 0)))
    layout = FramePainter(film.cast, 480, film.stills([0, 1])).layout
    right = layout.map.rect_of(0, 0, 1, film.cast.map.values.shape[1]).right()
    assert right <= 480 - layout.margin + 1
    assert layout.input.rect_of(0, 300).left() <= layout.tile(0, 0, 0).left()


def test_long_arithmetic_has_room_in_every_frame(page):
    page.take(pixels(10, 10, 1))
    page.workspace.document.edit("Type", kernel=Kernel.of([["-1/7"] * 5] * 5))
    film = film_of(page, Stretch("all"))
    found = film.stills(range(film.count))
    layout = FramePainter(film.cast, 480, found).layout
    for still in found:
        words = ledger_lines.flow(still.line, layout.inner, layout.line_points)
        lines = ledger_lines.count_lines(words)
        assert layout.line_top + lines * layout.line_tall < layout.height - layout.bar


def test_a_frame_painted_on_a_thread_is_the_one_painted_in_the_window(page):
    film = film_of(page)
    found = film.stills(range(film.count))
    here = FramePainter(film.cast, 480, found).pixels(found[3])
    there = []
    work = threading.Thread(
        target=lambda: there.append(FramePainter(film.cast, 480, found).pixels(found[3]))
    )
    work.start()
    for _ in range(20):
        page.screen()  # paints meanwhile, with the same faces
    work.join()
    assert (there[0] == here).all()


@pytest.mark.parametrize("webp", [False, True])
def test_a_film_is_read_by_pillow_frame_by_frame(page, webp):
    film = film_of(page, webp=webp)
    file, told = io.BytesIO(), []
    film.write(file, lambda done, total: told.append(done / total))
    file.seek(0)
    shown, lasting = frames_of(file)
    assert len(shown) == film.count == 26
    assert lasting == film.durations
    assert told == sorted(told)
    assert told[-1] == 1
    stills_ = film.stills(range(film.count))
    painter = FramePainter(film.cast, 480, stills_)
    for number in (0, 9, 25):
        exact = painter.pixels(stills_[number])
        if webp:
            assert (shown[number] == exact).all()
        matter = (exact == np.array(colour("accent"), np.uint8)).all(axis=2)
        assert matter.sum() > 100
        assert (shown[number][matter] == colour("accent")).all()


@pytest.mark.parametrize("webp", [False, True])
def test_another_reader_than_pillow_finds_the_same_frames(page, tmp_path, webp):
    film, path = film_of(page, Stretch("row", (4, 0)), webp=webp), tmp_path / "film"
    with path.open("wb") as file:
        film.write(file, lambda *_: None)
    shown, lasting = frames_of(path)
    reader, found, pauses = QImageReader(str(path)), [], []
    reader.setDecideFormatFromContent(True)
    while reader.canRead():
        image = reader.read()
        found.append(of_image(image).rows(0, image.height()))
        pauses.append(reader.nextImageDelay())
    assert (np.array(found) == shown).all()
    assert pauses == lasting


def test_a_look_guesses_how_large_a_film_becomes(page):
    for webp in (False, True):
        film, file = film_of(page, Stretch("range", (3, 0), (3, 25)), webp=webp), io.BytesIO()
        _, count, seconds = film.look(lambda *_: None)
        film.write(file, lambda *_: None)
        assert count == pytest.approx(len(file.getvalue()), rel=0.5)
        assert seconds > 0


def test_a_film_of_one_frame_is_a_film(page):
    film, file = film_of(page, Stretch("range", (2, 2), (2, 2))), io.BytesIO()
    assert film.look(lambda *_: None)[1] > 0
    film.write(file, lambda *_: None)
    with Image.open(file) as read:
        assert read.size == (480, 294)
