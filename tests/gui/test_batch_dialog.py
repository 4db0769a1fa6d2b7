"""Apply to a folder: choose, start, watch, cancel, and read what came of it."""

import re
import threading
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image as Pillow
from PyQt6.QtGui import QDesktopServices
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui.workspaces.convolution.export import batching as module
from cnnstudio.lab.image import Image
from tests.gui.code_and_batch_pages import BatchPage
from tests.gui.test_names import usable


@pytest.fixture
def folder(tmp_path):
    """Five pictures and a text."""
    made = tmp_path / "holiday"
    made.mkdir()
    for number in range(5):
        pixels = np.random.default_rng(number).integers(0, 256, (20, 24), np.uint8)
        Pillow.fromarray(pixels).save(made / f"photo_{number}.png")
    (made / "notes.txt").write_text("no picture")
    return made


@pytest.fixture
def batch(page, folder):
    made = BatchPage(page)
    made.dialog.close()
    made.apply("box_blur")
    made = BatchPage(page)
    made.take(folder)
    yield made
    page.workspace.features.batching.shut_down()


class Gate:
    """Holds the work before a picture until the test lets it go on."""

    def __init__(self, monkeypatch, at):
        self.reached, self.go = threading.Event(), threading.Event()
        read = module.run_batch

        def run_batch(todo, pictures, tell, cancelled):
            def held(done, total, name):
                tell(done, total, name)
                if done == at:
                    self.reached.set()
                    assert self.go.wait(5)

            return read(todo, pictures, held, cancelled)

        monkeypatch.setattr(module, "run_batch", run_batch)


@pytest.fixture
def gate(monkeypatch):
    made = Gate(monkeypatch, 2)
    yield made
    made.go.set()


def test_it_says_what_is_in_the_folder(batch):
    assert batch.found == "5 pictures, 1 other file"


def test_results_go_to_a_new_folder_named_after_the_filter(batch, folder):
    assert batch.dialog.target.toolTip() == f"box_blur   in {folder}"
    batch.start()
    batch.wait()
    assert sorted(path.name for path in (folder / "box_blur").iterdir()) == [
        f"photo_{number}_box_blur.png" for number in range(5)
    ]
    assert batch.state == "5 of 5 pictures filtered into box_blur"
    assert batch.page.said == batch.state


def test_the_results_are_the_maps_of_the_bench(batch, folder, page):
    batch.start()
    batch.wait()
    pixels = np.asarray(Pillow.open(folder / "photo_3.png"))
    expected = replace(page.bench, source=Image(pixels[None])).feature_map()
    found = np.asarray(Pillow.open(folder / "box_blur" / "photo_3_box_blur.png"))
    np.testing.assert_array_equal(found, np.floor(expected + 0.5))


def test_the_filter_shown_is_the_one_on_the_bench_and_so_is_its_default(batch, page):
    assert batch.dialog.title.text() == "Box blur, on every picture of a folder"
    assert batch.dialog.shown_key == "clip"
    batch.dialog.close()
    batch.apply("edge_2")
    again = BatchPage(page)
    assert again.dialog.title.text().startswith("Edge 2")
    assert again.dialog.shown_key == "plus_128"


def test_choices_are_obeyed(batch, folder):
    batch.click("batch_shown.stretch")
    batch.click("batch_files.with")
    batch.start()
    batch.wait()
    numbers = np.load(folder / "box_blur" / "photo_0_box_blur.npy")
    found = np.asarray(Pillow.open(folder / "box_blur" / "photo_0_box_blur.png"))
    assert (found.min(), found.max()) == (0, 255)
    low, high = numbers.min(), numbers.max()
    np.testing.assert_array_equal(found, np.floor((numbers - low) * (255 / (high - low)) + 0.5))


def test_without_pictures_there_is_nothing_to_start(batch, tmp_path):
    (tmp_path / "empty").mkdir()
    batch.take(tmp_path / "empty")
    assert batch.found == "0 pictures"
    assert not batch.dialog.start.isEnabled()
    assert batch.dialog.start.toolTip() == "Choose a folder with pictures first"


def test_a_folder_that_cannot_be_read_is_said(batch, tmp_path):
    batch.take(tmp_path / "gone")
    assert batch.found.startswith("This folder cannot be read")
    assert not batch.dialog.start.isEnabled()


def test_the_folder_of_the_pictures_is_refused_as_a_target(batch, folder):
    batch.page.workspace.features.batching.take_target(folder)
    before = sorted(folder.iterdir())
    batch.start()
    batch.wait()
    assert "another folder than the pictures" in batch.state
    assert sorted(folder.iterdir()) == before


def test_it_shows_which_picture_is_next(batch, gate):
    batch.start()
    assert gate.reached.wait(5)
    batch.hand.until(lambda: batch.state == "3 of 5   photo_2.png")
    assert batch.dialog.bar.value() == 2
    assert not batch.dialog.start.isVisible()


def test_cancel_leaves_what_was_written_and_says_how_much(batch, gate, folder):
    batch.start()
    assert gate.reached.wait(5)
    batch.click("batch_cancel")
    assert batch.state == "Stopping…"
    gate.go.set()
    batch.wait()
    assert batch.state == "Stopped: 2 of 5 pictures filtered into box_blur"
    assert len(list((folder / "box_blur").iterdir())) == 2
    assert batch.dialog.start.isVisible()


def test_what_could_not_be_filtered_is_listed(batch, folder):
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    batch.take(folder)
    batch.start()
    batch.wait()
    assert batch.state == "5 of 6 pictures filtered into box_blur; 1 could not be"
    assert batch.report.startswith("broken.png")


def test_the_results_can_be_looked_at(batch, folder, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    assert not batch.dialog.folder_button.isVisible()
    batch.start()
    batch.wait()
    batch.click("batch_open")
    assert opened == [str(folder / "box_blur")]


def test_an_edit_does_not_reach_what_runs_already(batch, gate, folder, page):
    batch.start()
    assert gate.reached.wait(5)
    batch.apply("edge_2")
    gate.go.set()
    batch.wait()
    assert len(list((folder / "box_blur").iterdir())) == 5


def test_closing_the_window_of_the_batch_stops_it(batch, gate, folder, page):
    batch.start()
    assert gate.reached.wait(5)
    batch.click("batch_close")
    assert not batch.dialog.isVisible()
    gate.go.set()
    batch.wait()
    assert page.said == "Stopped: 2 of 5 pictures filtered into box_blur"


def test_closing_the_program_does_not_wait(batch, gate, folder, page):
    batch.start()
    assert gate.reached.wait(5)
    page.workspace.features.batching.shut_down()  # while the work is held
    assert not batch.busy
    assert not batch.dialog.isVisible()
    gate.go.set()
    names = {path.name for path in (folder / "box_blur").iterdir()}
    assert names == {"photo_0_box_blur.png", "photo_1_box_blur.png"}


def test_the_folders_are_chosen_in_dialogs(page, folder, tmp_path):
    batch = BatchPage(page)
    batch.click("batch_from")
    batch.answer("batch_folder_dialog", folder)
    batch.hand.until(lambda: batch.found == "5 pictures, 1 other file")
    batch.click("batch_to")
    (tmp_path / "results").mkdir()
    batch.answer("batch_folder_dialog", tmp_path / "results")
    batch.hand.until(lambda: batch.dialog.target.toolTip().startswith("results   in "))
    page.workspace.features.batching.shut_down()


def test_escape_closes_the_window_and_stops_what_runs(batch, gate, page):
    batch.start()
    assert gate.reached.wait(5)
    page.press("Escape")
    batch.hand.until(lambda: not batch.dialog.isVisible())
    gate.go.set()
    batch.wait()
    assert page.said.startswith("Stopped: 2 of 5")


def test_everything_that_can_be_used_has_its_names(batch):
    found = [widget for widget in batch.dialog.findChildren(QWidget) if usable(widget)]
    names = [widget.objectName() for widget in found]
    assert len(names) > 15
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"window\.[a-z_]+(\.[a-z]+)?", name) for name in names)
    assert all(widget.accessibleName() for widget in found)
