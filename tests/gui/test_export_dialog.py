"""The export dialog: what it offers, what it says, and what becomes of Save, Copy and Cancel."""

import csv
import errno
import gc
import io
import os
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PyQt6.QtCore import QEvent
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QApplication, QComboBox, QFileDialog, QPushButton, QSpinBox, QToolButton

from cnnstudio.gui import theme
from cnnstudio.gui.exporting.frame import FramePainter
from cnnstudio.gui.workspaces.convolution.export import export_work
from cnnstudio.gui.workspaces.convolution.export.export_work import bytes_told, seconds_told
from cnnstudio.lab.image import Image as Picture
from cnnstudio.lab.kernel import Kernel
from tests.gui.conftest import pixels
from tests.gui.export_page import ExportPage, colours_of


@pytest.fixture
def page(window, hand):
    return ExportPage(window, hand)


def table(path):
    with open(path, newline="") as file:
        return [[float(cell) for cell in row] for row in csv.reader(file) if row]


@pytest.fixture
def slow(monkeypatch):
    """Frames that take their time, so that there is something to cancel."""
    gc.collect()  # what other tests left, here and not in the thread that paints
    painted = []
    paint = FramePainter.pixels

    def pixels_(self, still):
        painted.append(still)
        time.sleep(0.01)
        return paint(self, still)

    monkeypatch.setattr(FramePainter, "pixels", pixels_)
    return painted


def test_a_csv_holds_the_numbers_of_the_map(page, tmp_path):
    page.type_kernel([["1/9", -1], [0.1, 2]])
    page.ask("Numbers")
    path = page.save(tmp_path / "map.csv")
    assert table(path) == page.bench.feature_map().tolist()
    assert page.said == f"Saved as map.csv in {tmp_path}"


def test_an_npy_holds_the_numbers_of_any_stage(page, tmp_path):
    for words, stage in (("Activation", "activation"), ("Pooled map", "pooled_map")):
        page.ask("Numbers")
        page.select("numbers_stage", words)
        page.click_part("written.npy")
        found = np.load(page.save(tmp_path / f"{stage}.npy"))
        assert (found == page.bench.whole(stage)).all()
        assert page.figures == f"Saved as {stage}.npy in {tmp_path}"


def test_a_colour_picture_has_a_plane_for_each_channel(page, tmp_path):
    page.take(pixels(6, 5, 3))
    page.ask("Numbers")
    page.select("numbers_stage", "Picture")
    page.click_part("written.npy")
    found = np.load(page.save(tmp_path / "colours.npy"))
    assert found.dtype == np.uint8
    assert (found == pixels(6, 5, 3)).all()


def test_maps_of_each_channel_are_all_written(page, tmp_path):
    page.take(pixels(9, 10, 3))
    page.window.actions_["edit.each_channel"].trigger()
    page.ask("Numbers")
    page.click_part("written.npy")
    found = np.load(page.save(tmp_path / "apart.npy"))
    alone = [page.bench.alone(channel).feature_map() for channel in range(3)]
    assert (found == alone).all()


def test_weights_are_written_as_typed_before_the_divisor(page, tmp_path):
    page.type_kernel([["1/4", 3], [-2, "0.1"]])
    page.set("divisor", 7)
    page.ask("Numbers")
    page.select("numbers_stage", "Kernel")
    assert table(page.save(tmp_path / "kernel.csv")) == [[0.25, 3], [-2, 0.1]]


def test_padding_has_numbers_too(page, tmp_path):
    page.take(pixels(6, 5, 1))
    page.set("padding", 1)
    page.ask("Numbers")
    page.select("numbers_stage", "Picture with padding")
    assert table(page.save(tmp_path / "padded.csv")) == page.bench.padded()[0].tolist()


def test_a_large_map_is_written_band_by_band(page, tmp_path):
    page.take(pixels(700, 600, 1))
    page.ask("Numbers")
    page.click_part("written.npy")
    found = np.load(page.save(tmp_path / "large.npy"))
    assert (found == page.bench.feature_map()).all()


def test_what_is_not_there_is_gray_and_says_why(page):
    page.type_picture([[1, 2], [3, 4]])
    page.ask()
    reasons = {words: can for words, can in page.entries.items() if not can}
    assert list(reasons) == [
        "Picture with padding: there is no padding",
        "Feature map: a 7×7 kernel does not fit into 2×2 pixels",
        "Activation: a 7×7 kernel does not fit into 2×2 pixels",
        "Pooled map: a 7×7 kernel does not fit into 2×2 pixels",
    ]
    assert page.figures == "A 7×7 kernel does not fit into 2×2 pixels"
    assert not page.part("save").isEnabled()
    page.turn_to("Steps")
    assert page.figures == "A 7×7 kernel does not fit into 2×2 pixels"
    page.turn_to("Picture")
    page.select("picture_stage", "Kernel")
    assert page.part("save").isEnabled()


def test_the_preview_is_the_picture_that_is_saved(page, tmp_path):
    page.ask()
    shown = colours_of(page.shown)
    with Image.open(page.save(tmp_path / "map.png")) as image:
        assert np.asarray(image.convert("RGB")).tolist() == np.array(shown).tolist()


def test_the_size_that_is_promised_is_the_size_of_the_file(page, tmp_path):
    page.ask()
    assert page.figures.startswith("26 × 26 pixels, one for each number; about ")
    promised = float(page.figures.split("about ")[1].split()[0])
    size = page.save(tmp_path / "map.png").stat().st_size
    described = 700  # what made it is in the file, too
    assert promised * 1000 == pytest.approx(size, abs=described)


def test_numbers_are_shown_before_they_are_written(page):
    page.ask("Numbers")
    assert page.shown is None
    first = page.part("preview").accessibleDescription().splitlines()[0].split()
    assert first[:6] == [f"{value:g}" for value in page.bench.feature_map()[0, :6]]
    assert page.figures.startswith("26 × 26 numbers; about 3.")


def test_frames_seconds_and_size_are_told_before_anything_is_written(page):
    page.ask("Steps")
    assert page.figures.startswith("26 frames of 720 × 406 pixels, 7.2 s long; about ")
    assert "ready in about" in page.figures
    assert page.shown.width() == 720


def test_too_many_frames_are_refused_with_a_cure(page):
    page.take(pixels(60, 60, 1))
    page.ask("Steps")
    page.select("stretch", "All")
    assert "choose at most 2\u2009000" in page.figures
    assert not page.part("save").isEnabled()
    page.select("stretch", "Row")
    assert page.part("save").isEnabled()


@pytest.mark.parametrize(("moving", "suffix"), [("gif", "gif"), ("webp", "webp")])
def test_steps_are_saved_from_one_position_to_another(page, tmp_path, moving, suffix):
    page.ask("Steps")
    page.select("stretch", "From")
    page.select("width", "480")
    page.select("speed", "2")
    page.click_part(f"moving.{moving}")
    for name, number in (("first_row", 3), ("first_column", 25), ("last_row", 4)):
        box = page.part(name)
        box.setFocus()
        page.press("Ctrl+A")
        page.type(str(number))
        page.press("Tab")
    box = page.part("last_column")
    box.setFocus()
    page.press("Ctrl+A")
    page.type("2")
    page.press("Tab")
    page.wait_for_look()
    with Image.open(page.save(tmp_path / f"steps.{suffix}")) as film:
        assert film.n_frames == 4
        assert film.width == 480
        lasting = []
        for number in range(4):
            film.seek(number)
            film.load()
            lasting.append(film.info["duration"])
    assert lasting == [500, 500, 500, 1000]


def test_every_product_of_the_place_of_the_playhead_is_a_frame(page, tmp_path):
    page.workspace.document.edit("Type", kernel=Kernel.of([[1, 2], [3, -4]]))
    page.go(2, 3)
    page.ask("Steps")
    page.select("width", "480")
    page.select("stretch", "The 4 products of row 2, column 3")
    with Image.open(page.save(tmp_path / "steps.gif")) as film:
        assert film.n_frames == 4


def test_the_name_tells_picture_filter_and_stage(page):
    page.ask()
    asking = page.save_dialog()
    assert isinstance(asking, QFileDialog)
    assert Path(asking.selectedFiles()[0]).name == "mouse_curve_detector_feature_map.png"
    assert asking.defaultSuffix() == "png"
    assert asking.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert not asking.testOption(QFileDialog.Option.DontConfirmOverwrite)
    asking.close()
    for kind, name in (
        ("Numbers", "mouse_curve_detector_feature_map.csv"),
        ("Steps", "mouse_curve_detector_steps.gif"),
    ):
        page.front()
        page.turn_to(kind)
        asking = page.save_dialog()
        assert Path(asking.selectedFiles()[0]).name == name
        asking.close()


def test_a_name_of_ones_own_has_only_signs_that_every_disk_takes(page):
    page.take(pixels(20, 20, 1), name="Où? a/b: c.png")
    page.type_kernel([[1, 7], [3, 2]])
    page.ask()
    asking = page.save_dialog()
    assert Path(asking.selectedFiles()[0]).name == "b_c_own_kernel_feature_map.png"
    asking.close()


def test_the_folder_is_remembered(page, tmp_path, settings):
    page.ask()
    page.save(tmp_path / "map.png")
    assert settings.last_folder == str(tmp_path)
    page.close()
    page.ask()
    asking = page.save_dialog()
    assert Path(asking.directory().absolutePath()) == tmp_path
    asking.close()


def test_the_last_choices_are_there_again(page, tmp_path):
    page.ask()
    page.click_part("scale.2×")
    page.select("picture_stage", "Kernel")
    page.save(tmp_path / "kernel.png")
    page.close()
    page.press("Ctrl+Shift+E")
    page.dialog("window.export_dialog")
    page.wait_for_look()
    assert page.part("picture_stage").currentText() == "Kernel"
    assert page.figures.startswith("14 × 14 pixels, 2 × 2 for each number")


def test_a_folder_nobody_may_write_into_is_told_in_a_sentence(page, tmp_path, monkeypatch):
    def refuse(path, write):
        raise PermissionError(errno.EACCES, "no", str(path.with_name(".part")))

    monkeypatch.setattr(export_work, "write_file", refuse)
    page.ask()
    page.save(tmp_path / "map.png")
    assert page.figures == f"Nothing may be written into {tmp_path}; choose another folder"
    assert page.said == page.figures
    assert page.part("save").isEnabled()


def test_a_full_disk_leaves_the_old_file_and_nothing_else(page, tmp_path, monkeypatch):
    path = tmp_path / "map.csv"
    path.write_text("old")
    monkeypatch.setattr(os, "fsync", _full)
    page.ask("Numbers")
    page.save(path)
    assert page.figures == "The disk is full; map.csv was not written"
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.glob("*map*")] == ["map.csv"]


def _full(_handle):
    raise OSError(errno.ENOSPC, "full")


def test_a_folder_that_is_gone_is_told(page, tmp_path):
    page.ask()
    page.save(tmp_path / "gone" / "map.png")
    assert (
        page.figures == f"The folder {tmp_path / 'gone'} is not there any more; choose another one"
    )


def test_what_is_cancelled_leaves_nothing(page, tmp_path, slow):
    page.ask("Steps")
    page.select("width", "480")
    page.select("stretch", "All")
    asking = page.save_dialog()
    asking.fileSelected.emit(str(tmp_path / "steps.gif"))
    asking.close()
    page.hand.until(page.part("stop").isVisible)
    assert not page.part("save").isEnabled()
    page.hand.click(page.part("stop"))
    assert not page.exporter.busy
    page.hand.until(lambda: not list(tmp_path.glob("*steps*")))
    assert page.part("save").isEnabled()
    assert not page.part("stop").isVisible()


def test_the_window_goes_on_while_steps_are_written(page, tmp_path, slow):
    page.ask("Steps")
    page.select("width", "480")
    asking = page.save_dialog()
    asking.fileSelected.emit(str(tmp_path / "steps.gif"))
    asking.close()
    bar, seen = page.part("progress"), set()

    def over():
        seen.add(bar.value() if page.exporter.dialog else -1)
        return not page.exporter.busy

    page.hand.until(over)
    assert len(seen) > 5


def test_closing_the_dialog_ends_the_writing(page, tmp_path, slow):
    page.ask("Steps")
    page.select("stretch", "All")
    asking = page.save_dialog()
    asking.fileSelected.emit(str(tmp_path / "steps.gif"))
    asking.close()
    page.hand.until(lambda: len(slow) > 8)
    page.front()
    page.press("Escape")
    assert not page.exporter.busy
    page.hand.until(lambda: not list(tmp_path.glob("*steps*")))


def test_shutting_down_ends_the_writing(page, tmp_path, slow):
    page.ask("Steps")
    page.select("stretch", "All")
    page.exporter.save(tmp_path / "steps.gif")
    page.hand.until(lambda: len(slow) > 8)
    page.exporter.shut_down()
    page.hand.until(lambda: not list(tmp_path.glob("*steps*")))


def test_another_theme_is_worn_by_all_frames(page, tmp_path, slow, qapp):
    page.ask("Steps")
    page.select("width", "480")
    page.exporter.save(tmp_path / "steps.webp")
    page.hand.until(lambda: len(slow) > 12)
    try:
        theme.apply_theme(qapp, "dark")
        ground = theme.colour("window").getRgb()[:3]
        page.wait_until_written()
        with Image.open(tmp_path / "steps.webp") as film:
            assert film.n_frames == 26
            for number in range(26):
                film.seek(number)
                near = np.array(film.convert("RGB").getpixel((2, 2))) - ground
                assert np.abs(near).max() <= 2
    finally:
        theme.apply_theme(qapp, "light")
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_picture_is_copied(page):
    page.ask()
    shown = colours_of(page.shown)
    data = page.copy()
    assert colours_of(QImage(data.imageData())) == shown
    with Image.open(io.BytesIO(bytes(data.data("image/png")))) as image:
        assert np.asarray(image.convert("RGB")).tolist() == np.array(shown).tolist()
    assert page.said == "Feature map: 26 × 26 pixels are on the clipboard"


def test_the_whole_workspace_is_copied(page):
    page.ask()
    page.click_part("scale.2×")
    page.select("picture_stage", "Whole")
    image = QImage(page.copy().imageData())
    size = page.workspace.size() * 2
    assert (image.width(), image.height()) == (size.width(), size.height())


def test_numbers_are_copied_as_a_spreadsheet_takes_them(page):
    page.ask("Numbers")
    text = page.copy().text()
    found = [[float(cell) for cell in line.split("\t")] for line in text.splitlines()]
    assert found == page.bench.feature_map().tolist()


def test_millions_of_numbers_do_not_go_to_the_clipboard(page):
    page.take(pixels(1100, 1000, 1))
    page.ask("Numbers")
    QApplication.clipboard().setText("before")
    page.hand.click(page.part("copy"))
    page.wait_until_written()
    count = f"{page.bench.map_shape[0] * page.bench.map_shape[1]:,}".replace(",", "\u2009")
    assert page.figures == (
        f"{count} numbers are too many for the clipboard; "
        "up to 1\u2009000\u2009000 go there, all of them into a file"
    )
    assert QApplication.clipboard().text() == "before"


def test_steps_are_copied_as_a_file_and_as_what_is_in_it(page):
    page.ask("Steps")
    page.select("width", "480")
    data = page.copy()
    (url,) = data.urls()
    path = Path(url.toLocalFile())
    assert path.name == "mouse_curve_detector_steps.gif"
    assert path.read_bytes() == bytes(data.data("image/gif"))
    with Image.open(path) as film:
        assert film.n_frames == 26


def test_a_key_copies_the_map_under_the_playhead(page):
    page.press("2", "Ctrl+Shift+M")
    page.wait_until_written()
    image = QImage(QApplication.clipboard().mimeData().imageData())
    assert (image.width(), image.height()) == (26, 26)
    assert page.said == "Activation: 26 × 26 pixels are on the clipboard"
    page.press("3", "Ctrl+Shift+M")
    page.wait_until_written()
    assert page.said == "Pooled map: 13 × 13 pixels are on the clipboard"


def test_where_there_is_no_map_none_is_copied(page):
    page.type_picture([[1, 2], [3, 4]])
    page.press("Ctrl+Shift+M")
    assert page.said == (
        "The feature map cannot be copied: a 7×7 kernel does not fit into 2×2 pixels"
    )


def test_the_dialog_can_be_used_without_a_mouse(page, tmp_path):
    page.press("Ctrl+Shift+E")
    page.dialog("window.export_dialog")
    page.wait_for_look()
    reached = set()
    for _ in range(20):
        reached.add(QApplication.focusWidget().objectName())
        page.press("Tab")
    assert {"export.picture_stage", "export.scale.1×", "export.save", "export.copy"} <= reached
    page.press("Return")
    asking = page.dialog("export.save_dialog")
    asking.close()
    page.front()
    page.press("Escape")
    page.hand.until(lambda: page.exporter.dialog is None)


def test_everything_in_the_dialog_has_a_name_for_ears(page):
    page.ask()
    kinds = (QPushButton, QComboBox, QSpinBox, QToolButton)
    parts = [part for kind in kinds for part in page.exporter.dialog.findChildren(kind)]
    assert len(parts) > 20
    for part in parts:
        assert part.objectName().startswith("export."), part.objectName()
        assert part.accessibleName(), part.objectName()


def test_asked_for_twice_there_is_one_dialog(page):
    page.ask()
    dialog = page.exporter.dialog
    page.exporter.ask()
    assert page.exporter.dialog is dialog


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 byte"), (999, "999 bytes"), (1234, "1.2 kB"), (5_600_000, "5.6 MB"), (3e9, "3.0 GB")],
)
def test_sizes_of_files_are_told_as_file_managers_do(count, words):
    assert bytes_told(int(count)) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.44, "0.4 s"), (7.25, "7.2 s"), (42.4, "42 s"), (169, "2 min 49 s")]
)
def test_times_are_told_shortly(seconds, words):
    assert seconds_told(seconds) == words


def test_a_picture_that_comes_while_the_dialog_is_open_is_the_one_that_is_written(page, tmp_path):
    page.ask("Steps")
    page.workspace.take_image(Picture(pixels(9, 10, 1), "late"))
    page.wait_for_look()
    assert page.figures.startswith("4 frames")
    page.turn_to("Numbers")
    assert table(page.save(tmp_path / "map.csv")) == page.bench.feature_map().tolist()


def test_after_saving_the_dialog_stays_and_says_where_until_something_else_is_wanted(
    page, tmp_path
):
    page.ask()
    before = page.figures
    page.save(tmp_path / "map.png")
    page.exporter._look()  # one that ends later
    page.wait_for_look()
    assert page.figures == f"Saved as map.png in {tmp_path}"
    page.front()
    page.select("picture_stage", "Picture")
    assert page.figures.startswith("32 × 32 pixels")
    page.select("picture_stage", "Feature map")
    assert page.figures == before


def test_why_nothing_was_copied_is_not_lost_to_a_look_that_ends_later(page):
    page.take(pixels(1100, 1000, 1))
    page.ask("Numbers")
    page.hand.click(page.part("copy"))
    page.wait_until_written()
    page.exporter._look()
    page.wait_for_look()
    assert "too many for the clipboard" in page.figures


def test_a_small_map_becomes_a_large_picture(page, tmp_path):
    page.ask()
    page.click_part("scale.32×")
    assert page.figures.startswith("832 × 832 pixels, 32 × 32 for each number; about ")
    with Image.open(page.save(tmp_path / "map.png")) as image:
        assert image.size == (832, 832)


def test_the_whole_workspace_is_at_most_four_times_as_sharp(page, tmp_path):
    page.ask()
    page.click_part("scale.32×")
    page.select("picture_stage", "Whole")
    assert page.part("scale.4×").isChecked()
    assert not page.part("scale.8×").isEnabled()
    with Image.open(page.save(tmp_path / "page.png")) as image:
        assert image.width == 4 * page.workspace.width()
    page.front()
    page.select("picture_stage", "Kernel")
    assert page.part("scale.32×").isChecked()


def test_a_picture_of_more_pixels_than_programs_open_is_refused_with_a_cure(page):
    page.take(pixels(500, 500, 1))
    page.ask()
    page.click_part("scale.16×")
    assert page.part("save").isEnabled()
    page.click_part("scale.32×")
    assert page.figures.endswith("pixels are too many for a picture; choose a smaller size")
    assert not page.part("save").isEnabled()


def test_the_dialog_goes_with_the_window(page):
    page.ask()
    dialog = page.exporter.dialog
    page.window.close()
    assert not dialog.isVisible()


def test_a_file_that_may_not_be_changed_is_told_by_its_name(page, tmp_path, monkeypatch):
    path = tmp_path / "map.png"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda at, how: not (at == path and how & os.W_OK))
    page.ask()
    page.save(path)
    assert page.figures == "map.png may not be changed; choose another name"
    assert path.read_bytes() == b"old"
