"""Pictures that leave the program: Pillow finds in them what the page shows."""

import io

import numpy as np
import pytest
from PIL import Image
from PyQt6.QtGui import QColor, QImage
from PyQt6.QtWidgets import QLabel

from cnnstudio.gui import theme
from cnnstudio.gui.exporting import raster
from cnnstudio.gui.exporting.page_picture import PagePicture
from cnnstudio.gui.exporting.png_file import guess_size, write_png
from cnnstudio.gui.exporting.raster import Raster, of_plane, to_image
from cnnstudio.gui.widgets import plane_paint
from cnnstudio.gui.widgets.layers import Layer
from cnnstudio.gui.widgets.plane_layers import Plane
from cnnstudio.gui.widgets.plane_view import PlaneView
from cnnstudio.gui.workspaces.convolution.displays.display import Display
from tests.gui.conftest import pixels
from tests.gui.export_page import ExportPage


@pytest.fixture
def page(window, hand):
    return ExportPage(window, hand)


def opened(path):
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def shown_colours(plane):
    """What each number of a plane is painted in, by the table of its family."""
    places = plane_paint.indices(plane.values[:, :], plane.family, plane.low, plane.high)
    return plane_paint.table(plane.family)[places]


def png(pixels_, scale=1, about=None):
    file = io.BytesIO()
    write_png(file, pixels_, scale, about)
    file.seek(0)
    return file


def gray(values):
    return Raster(values.shape, lambda a, b: values[a:b])


@pytest.mark.parametrize("shape", [(1, 1), (3, 7), (700, 500)])
@pytest.mark.parametrize("scale", [1, 2, 4])
def test_pillow_reads_every_gray_pixel_of_a_png(rng, shape, scale):
    values = rng.integers(0, 256, shape, np.uint8)
    with Image.open(png(gray(values), scale)) as image:
        found = np.asarray(image)
        assert image.mode == "L"
    assert (found == np.kron(values, np.ones((scale, scale), np.uint8))).all()


def test_pillow_reads_colours_from_their_table(rng):
    values, table = rng.integers(0, 256, (9, 5), np.uint8), rng.integers(0, 256, (256, 3), np.uint8)
    with Image.open(png(Raster((9, 5), lambda a, b: values[a:b], table))) as image:
        assert image.mode == "P"
        assert (np.asarray(image.convert("RGB")) == table[values]).all()


def test_pillow_reads_red_green_and_blue(rng):
    values = rng.integers(0, 256, (300, 1000, 3), np.uint8)  # of several bands
    with Image.open(png(Raster((300, 1000), lambda a, b: values[a:b], None, True), 2)) as image:
        assert (np.asarray(image)[::2, ::2] == values).all()


def test_a_png_says_what_made_it():
    with Image.open(png(gray(np.zeros((2, 2), np.uint8)), about={"Title": "Größe −1"})) as image:
        assert image.text == {"Title": "Größe −1"}


def test_the_size_of_a_small_png_is_known_before_and_of_a_large_one_nearly(rng):
    small, large = (
        gray(rng.integers(0, 9, (40, 30), np.uint8)),
        gray(rng.integers(0, 9, (1500, 1100), np.uint8)),
    )
    assert guess_size(small, 2) == pytest.approx(len(png(small, 2).getvalue()), abs=20)
    assert guess_size(large, 2) == pytest.approx(len(png(large, 2).getvalue()), rel=0.05)


def test_the_colours_of_a_large_map_come_from_its_layer(dressed):
    colours = np.arange(12, dtype=np.uint8).reshape(3, 4)
    plane = Plane(np.zeros((3, 4)), layers=(Layer(colours),), scattered=True)
    assert raster.is_ready(plane)
    assert (of_plane(plane).rows(1, 3) == colours[1:3]).all()


def test_a_large_map_of_which_only_a_part_is_known_is_not_ready():
    part = Layer(np.zeros((3, 2), np.uint8))
    coarse = Layer(np.zeros((2, 2), np.uint8), step=2)
    for layers in ((), (part,), (coarse,)):
        assert not raster.is_ready(Plane(np.zeros((3, 4)), layers=layers, scattered=True))


def test_an_image_of_qt_is_read_and_made_without_loss(rng):
    values = rng.integers(0, 256, (13, 7, 3), np.uint8)
    made = to_image(Raster((13, 7), lambda a, b: values[a:b], None, True))
    assert (raster.of_image(made).rows(0, 13) == values).all()
    assert (raster.of_image(made).rows(4, 9) == values[4:9]).all()


def test_a_look_at_every_third_pixel_is_the_same_in_every_band(rng):
    values = rng.integers(0, 256, (1400, 400), np.uint8)  # bands of 655 rows, no multiple of 3
    small = raster.of_image(to_image(gray(values), step=3)).rows(0, 467)
    assert (small[..., 0] == values[::3, ::3]).all()


def test_a_map_has_a_pixel_for_each_number_in_the_colours_of_the_page(page, tmp_path):
    names = {"feature_map": "Feature map", "activation": "Activation", "pooled_map": "Pooled map"}
    for stage, words in names.items():
        page.ask()
        page.select("picture_stage", words)
        found = opened(page.save(tmp_path / f"{stage}.png"))
        page.come_back()
        plane = page.workspace.views[stage].plane
        assert found.shape[:2] == page.bench.whole(stage).shape
        assert (found == shown_colours(plane)).all()


def test_greatest_and_smallest_have_the_ends_of_the_colours(page, tmp_path):
    page.type_kernel([[-1, 1], [-1, 1]])
    page.type_picture([[0, 255, 0], [0, 255, 0]])
    page.ask()
    found = opened(page.save(tmp_path / "ends.png"))
    ends = [theme.colour(f"data_{end}").getRgb()[:3] for end in ("positive", "negative")]
    assert found.tolist() == [[list(end) for end in ends]]


def test_four_times_as_large_means_four_by_four_pixels_for_a_number(page, tmp_path):
    page.ask()
    page.click_part("scale.4×")
    assert page.figures.startswith("104 × 104 pixels")
    found = opened(page.save(tmp_path / "large.png"))
    once = shown_colours(page.feature_map.view.plane)
    assert (found == np.repeat(np.repeat(once, 4, 0), 4, 1)).all()


def test_a_display_mode_is_in_the_picture_too(page, tmp_path):
    page.workspace.showing.show_display(Display("stretch", shared=False))
    page.ask()
    found = opened(page.save(tmp_path / "mode.png"))
    values = page.bench.feature_map()
    grays = np.rint((values - values.min()) * (255 / (values.max() - values.min())))
    assert (found == grays[..., None]).all()


def test_the_picture_is_written_as_it_is(page, tmp_path):
    page.take(pixels(6, 5, 3))
    page.ask()
    page.select("picture_stage", "Picture")
    found = opened(page.save(tmp_path / "colours.png"))
    assert (found == pixels(6, 5, 3).transpose(1, 2, 0)).all()


def test_padding_belongs_to_the_picture_only_if_it_is_asked_for(page, tmp_path):
    page.take(pixels(8, 9, 1))
    page.set("padding", 2)
    page.ask()
    page.select("picture_stage", "Picture with")
    padded = opened(page.save(tmp_path / "padded.png"))
    page.come_back()
    page.ask()
    page.select("picture_stage", "Picture")
    plain = opened(page.save(tmp_path / "plain.png"))
    assert (padded[..., 0] == page.bench.padded()[0]).all()
    assert (plain[..., 0] == page.bench.image.pixels[0]).all()


def test_the_kernel_has_a_pixel_for_each_weight(page, tmp_path):
    page.type_kernel([[1, 0], [-1, 0]])
    page.ask()
    page.select("picture_stage", "Kernel")
    found = opened(page.save(tmp_path / "kernel.png")).tolist()
    positive, zero, negative = (
        list(theme.colour(f"weight_{end}").getRgb()[:3]) for end in ("positive", "zero", "negative")
    )
    assert found == [[positive, zero], [negative, zero]]


def test_a_png_from_the_page_tells_kernel_and_stride(page, tmp_path):
    page.type_kernel([["1/9", -2], [0, 1]])
    page.set("stride", 2)
    page.ask()
    with Image.open(page.save(tmp_path / "told.png")) as image:
        assert "1/9 −2 / 0 1" in image.text["Description"]
        assert "stride 2 × 2" in image.text["Description"]
        assert image.text["Title"] == "Feature map of Mouse"


def test_a_large_map_is_written_whole_in_its_colours(page, tmp_path):
    page.take(pixels(700, 600, 1))
    page.hand.until(lambda: not page.workspace.showing.busy)
    page.ask()
    found = opened(page.save(tmp_path / "large.png"))
    values = page.bench.feature_map()
    end = np.abs(values).max()
    places = plane_paint.indices(values.astype(np.float32), "data", -end, end)
    assert (found == plane_paint.table("data")[places]).all()


def test_the_whole_workspace_is_as_many_pixels_as_on_the_screen_times_the_scale(page, tmp_path):
    for scale in (1, 2):
        page.ask()
        page.click_part(f"scale.{scale}×")
        page.select("picture_stage", "Whole workspace")
        found = opened(page.save(tmp_path / f"page{scale}.png"))
        page.come_back()
        size = page.workspace.size()
        assert found.shape == (size.height() * scale, size.width() * scale, 3)
        ground = QColor(theme.tokens("light")["window"]).getRgb()[:3]
        assert found[2, 2].tolist() == list(ground)


def test_digits_of_a_larger_page_are_drawn_anew_and_not_blown_up(page, tmp_path):
    page.type_picture([[10, 200], [30, 240]])
    page.ask()
    page.click_part("scale.4×")
    page.select("picture_stage", "Whole workspace")
    found = opened(page.save(tmp_path / "page.png"))[..., 0].astype(int)
    view = page.input.view
    corner = view.mapTo(page.workspace, view.rect().topLeft())
    cell = view.grid.rect_of(0, 1).translated(corner.x(), corner.y())
    x, y = 4 * int(cell.left()), 4 * int(cell.top())
    part = found[y + 20 : y + 4 * int(cell.height()) - 20, x + 20 : x + 4 * int(cell.width()) - 20]
    blown = part.reshape(part.shape[0], -1)
    blocks = blown[: len(blown) // 4 * 4, : blown.shape[1] // 4 * 4]
    coarse = blocks.reshape(len(blocks) // 4, 4, -1, 4)
    assert part.min() < 60  # there is a digit
    assert (coarse.max(axis=(1, 3)) - coarse.min(axis=(1, 3))).max() > 100  # finer than 4 × 4


def test_the_page_looks_as_before_after_it_was_painted(page, tmp_path):
    before = page.screen()
    page.ask()
    page.click_part("scale.4×")
    page.select("picture_stage", "Whole workspace")
    page.save(tmp_path / "page.png")
    page.come_back()
    page.leave()
    after = page.screen()
    assert after.size() == before.size()
    view = page.input.view
    area = view.geometry().translated(view.parentWidget().mapTo(page.window, view.pos() * 0))
    assert after.copy(area) == before.copy(area)
    assert view.devicePixelRatioF() == page.window.devicePixelRatioF()


def test_a_page_is_painted_in_several_turns(qtbot, dressed):
    label = QLabel("words")
    qtbot.addWidget(label)
    label.resize(1280, 800)
    label.show()
    picture, told = PagePicture(), []
    picture.progressed.connect(lambda done, total: told.append((done, total)))
    with qtbot.waitSignal(picture.painted) as came:
        picture.start(label, [], 4)
        assert told == []
    image = came.args[0]
    assert isinstance(image, QImage)
    assert (image.width(), image.height()) == (5120, 3200)
    assert len(told) > 8
    assert told[-1] == (told[-1][1], told[-1][1])


def test_nothing_more_is_painted_of_a_page_that_nobody_wants(qtbot, dressed):
    label, view = QLabel("words"), PlaneView("view", "View")
    for widget in (label, view):
        qtbot.addWidget(widget)
        widget.show()
    picture, came = PagePicture(), []
    picture.painted.connect(came.append)
    picture.start(label, [view], 4)
    assert view.devicePixelRatioF() == 4
    picture.cancel()
    assert view.devicePixelRatioF() == 1
    picture.start(label, [view], 2)  # what was cancelled would come before this one
    qtbot.waitUntil(lambda: bool(came))
    assert [image.width() for image in came] == [2 * label.width()]
