"""Pictures come in by dialog, drop, paste, recent files and samples; a bad one changes nothing."""

import re
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PyQt6.QtCore import QMimeData
from PyQt6.QtGui import QGuiApplication, QImage
from PyQt6.QtWidgets import QFileDialog

from cnnstudio.datasets import picture_file
from tests.gui.hand import files

KERNEL = '{"rows": [[1]]}'


@pytest.fixture
def gates(page):
    """Pictures whose names begin with "slow" are read only when their gate is opened."""
    doors = {}

    def read(source, name, cancelled, **how):
        if isinstance(source, Path) and source.name.startswith("slow"):
            doors.setdefault(source.name, threading.Event()).wait()
        return picture_file.read_picture(source, name, cancelled, **how)

    page.window.pictures.opener._read = read
    yield doors
    for door in doors.values():
        door.set()


def qimage(pixels):
    height, width = pixels.shape
    gray = QImage.Format.Format_Grayscale8
    return QImage(pixels.tobytes(), width, height, width, gray).copy()


def bad_file(tmp_path, name="broken.png"):
    path = tmp_path / name
    path.write_bytes(b"this is no picture at all")
    return path


def one_sentence(text, name):
    return name in text and "\n" not in text and "Traceback" not in text


# Drop


def test_a_dropped_picture_is_on_the_bench(page, picture):
    pixels = np.arange(12 * 9, dtype=np.uint8).reshape(12, 9)
    page.open(picture("photo.png", pixels))
    assert page.input.numbers == pixels.tolist()
    assert page.feature_map.size == (6, 3)
    assert page.said == "photo.png: 9 wide, 12 high"


def test_opening_a_picture_is_one_step_that_can_be_undone(page, picture):
    before = page.bench
    page.open(picture("photo.png"))
    page.undo()
    assert page.bench == before


def test_a_picture_can_be_dropped_anywhere_in_the_window(page, picture):
    for on in ("kernel", "ledger", "divisor", "stride", "play", "input"):
        page.drop(picture(f"{on}.png"), on=page.find(on))
        page.wait_until_opened()
        assert page.bench.source.name == f"{on}.png"


def test_every_promised_kind_of_file_is_read(page, picture):
    for gray, suffix in enumerate(picture_file.SUFFIXES, 200):
        page.open(picture(f"photo{suffix}", np.full((16, 16), gray)))
        assert page.bench.source.name == f"photo{suffix}"
        assert np.abs(np.array(page.input.numbers) - gray).max() <= 2, suffix


def test_a_file_that_is_no_picture_changes_nothing_and_is_named_in_one_sentence(page, tmp_path):
    before, screen = page.bench, page.input.look()
    page.open(bad_file(tmp_path))
    assert page.bench == before
    assert page.steps == 0
    assert page.input.look() == screen
    assert one_sentence(page.said, "broken.png")


@pytest.mark.parametrize("name", ["gone.png", "a folder.png"])
def test_a_file_that_cannot_be_read_is_named_in_one_sentence(page, tmp_path, name):
    if "folder" in name:
        (tmp_path / name).mkdir()
    before = page.bench
    page.open(tmp_path / name)
    assert page.bench == before
    assert one_sentence(page.said, name)


def test_of_two_drops_in_a_row_the_later_wins(page, picture, gates):
    page.drop(picture("slow.png"))
    page.hand.until(lambda: "slow.png" in gates)
    page.drop(picture("quick.png"))
    page.wait_until_opened()
    assert page.bench.source.name == "quick.png"
    gates["slow.png"].set()
    page.open(picture("third.png"))
    assert page.bench.source.name == "third.png"
    page.undo()
    assert page.bench.source.name == "quick.png"


def test_a_bad_file_after_a_slow_one_leaves_nothing_of_either(page, picture, gates, tmp_path):
    before = page.bench
    page.drop(picture("slow.png"))
    page.hand.until(lambda: "slow.png" in gates)
    page.open(bad_file(tmp_path))
    gates["slow.png"].set()
    assert page.bench == before
    assert one_sentence(page.said, "broken.png")


def test_while_a_picture_is_read_it_can_be_cancelled(page, picture, gates):
    before = page.bench
    cancel = page.menu_entry("File", "Stop opening or saving")
    assert not cancel.isEnabled()
    page.drop(picture("slow.png"))
    assert page.said == "Opening slow.png …"
    page.choose("File", "Stop opening or saving")
    assert not page.window.pictures.opener.busy
    assert not cancel.isEnabled()
    gates.setdefault("slow.png", threading.Event()).set()
    assert page.bench == before


def test_a_long_reading_is_seen_and_can_be_cancelled_beside_it(page, picture, gates):
    page.drop(picture("slow.png"))
    page.hand.until(lambda: page.named("window.cancel").isVisible())
    assert page.named("window.progress").isVisible()
    page.hand.click(page.named("window.cancel"))
    assert not page.named("window.progress").isVisible()
    assert not page.window.pictures.opener.busy


def test_while_a_picture_is_read_the_window_goes_on_working(page, picture, gates):
    page.drop(picture("slow.png"))
    page.press("Home", "Right")
    assert page.place == (1, 2)
    page.set("stride", 2)
    assert page.feature_map.size == (13, 13)


def test_of_several_files_the_first_is_taken_and_that_is_said(page, picture, qtbot):
    sentences = []
    page.window.statusBar().messageChanged.connect(sentences.append)
    page.drop(picture("one.png"), picture("two.png"))
    page.wait_until_opened()
    assert page.bench.source.name == "one.png"
    assert "One picture at a time: one.png of 2 files" in sentences


def test_a_scene_file_can_be_dropped_too(page, tmp_path):
    path = tmp_path / "mine.json"
    path.write_text(
        '{"title": "Mine", "about": "Look here.", "bench": {"image": {"rows": [[1, 2], [3, 4]]},'
        ' "kernel": {"rows": [[2]]}}, "view": {"row": 2, "column": 1}}'
    )
    page.open(path)
    assert page.input.numbers == [[1, 2], [3, 4]]
    assert page.place == (2, 1)
    assert page.sentence == "Look here."
    assert page.said == "mine.json: Mine"


def scene_of(path):
    """A scene file that names a picture file beside it."""
    scene = path.with_suffix(".json")
    scene.write_text(f'{{"bench": {{"image": {{"file": "{path.name}"}}, "kernel": {KERNEL}}}}}')
    return scene


def test_the_picture_of_a_scene_is_read_without_waiting_and_can_be_cancelled(page, picture, gates):
    before, scene = page.bench, scene_of(picture("slow.png"))
    page.drop(scene)
    page.hand.until(lambda: "slow.png" in gates)
    assert page.said == "Opening slow.json …"
    assert page.bench == before
    page.choose("File", "Stop opening or saving")
    gates["slow.png"].set()
    assert not page.window.pictures.opener.busy
    assert page.bench == before
    page.open(scene)
    assert page.bench.source.name == "slow.png"


def test_a_window_that_is_closed_does_not_wait_for_the_picture_of_a_scene(page, picture, gates):
    page.drop(scene_of(picture("slow.png")))
    page.hand.until(lambda: "slow.png" in gates)
    page.window.close()
    assert not page.window.pictures.opener.busy


def test_what_was_done_to_the_picture_of_a_scene_is_said_and_where_it_is_from_known(page, tmp_path):
    deep = np.arange(0, 65536, 683, np.uint16).reshape(8, 12)
    path = tmp_path / "deep.tiff"
    Image.fromarray(deep).save(path)
    page.open(scene_of(path))
    assert page.said == "deep.json: Untitled, 16 bits scaled to 8"
    assert page.bench.source.origin.source == path


def test_of_a_torn_picture_of_a_scene_there_is_offered_what_there_is(page, picture):
    path = picture("torn.bmp", size=(40, 40))
    path.write_bytes(path.read_bytes()[:-400])
    before = page.bench
    page.open(scene_of(path))
    assert page.bench == before
    assert page.said.startswith("torn.json cannot be used as a scene: torn.bmp cannot be read to")
    page.window.pictures.open_partial()
    page.wait_until_opened()
    assert page.bench.source.name == "torn.bmp (partial)"


def test_a_scene_that_is_none_changes_nothing_and_is_named_in_one_sentence(page, tmp_path):
    path = tmp_path / "mine.json"
    path.write_text("{]")
    before = page.bench
    page.open(path)
    assert page.bench == before
    assert one_sentence(page.said, "mine.json")


# Paste


def test_a_picture_on_the_clipboard_is_pasted(page):
    pixels = np.arange(64, dtype=np.uint8).reshape(8, 8)
    data = QMimeData()
    data.setImageData(qimage(pixels))
    QGuiApplication.clipboard().setMimeData(data)
    page.press("Ctrl+V")
    page.wait_until_opened()
    assert page.input.numbers == pixels.tolist()
    assert page.bench.source.name == "pasted picture"


def test_a_copied_file_is_pasted(page, picture):
    QGuiApplication.clipboard().setMimeData(files(picture("copied.png")))
    page.press("Ctrl+V")
    page.wait_until_opened()
    assert page.bench.source.name == "copied.png"


def test_without_a_picture_on_the_clipboard_pasting_says_so(page):
    QGuiApplication.clipboard().setText("only words")
    before = page.bench
    page.press("Ctrl+V")
    assert page.said == "There is no picture on the clipboard"
    assert page.bench == before


# The dialog


def test_the_dialog_opens_what_is_chosen_and_remembers_the_folder(
    page, picture, settings, tmp_path
):
    page.click("open")
    dialog = page.dialog("window.open_dialog")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(picture("chosen.png")))
    page.wait_until_opened()
    assert page.bench.source.name == "chosen.png"
    assert settings.last_folder == str(tmp_path)
    dialog.close()


def test_the_dialog_names_every_kind_of_file_that_is_read(page):
    page.click("open")
    dialog = page.dialog("window.open_dialog")
    everything, pictures, *_, any_file = dialog.nameFilters()
    for suffix in picture_file.SUFFIXES:
        assert f"*{suffix}" in re.split("[ ()]", everything), suffix
        assert f"*{suffix}" in re.split("[ ()]", pictures), suffix
    assert any_file == "All files (*)"
    dialog.close()


def test_a_scene_is_opened_by_its_dialog_too(page, tmp_path):
    path = tmp_path / "mine.json"
    path.write_text('{"bench": {"image": {"rows": [[5]]}, "kernel": {"rows": [[2]]}}}')
    page.menu_entry("Scenes", "Open scene").trigger()
    dialog = page.dialog("window.open_dialog")
    dialog.fileSelected.emit(str(path))
    page.wait_until_opened()
    assert page.feature_map.numbers == [[10]]
    dialog.close()


def test_a_photo_that_lies_on_its_side_is_set_upright(page, tmp_path):
    pixels = np.zeros((10, 20), np.uint8)
    pixels[:, :10] = 255
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees clockwise
    Image.fromarray(pixels).save(tmp_path / "photo.png", exif=exif)
    page.open(tmp_path / "photo.png")
    assert page.input.size == (20, 10)
    assert page.input.numbers[0] == [255] * 10
    assert page.input.numbers[-1] == [0] * 10


def test_a_file_that_is_too_large_is_refused_before_it_is_read(page, tmp_path):
    path = tmp_path / "huge.png"
    with path.open("wb") as file:
        file.truncate(65 << 20)
    before = page.bench
    page.open(path)
    assert page.bench == before
    assert one_sentence(page.said, "huge.png")
    assert "at most 64" in page.said
