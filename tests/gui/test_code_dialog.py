"""Copy as code: the window shows the bench as a program while both change."""

import re
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image
from PyQt6.QtWidgets import QApplication, QWidget

from cnnstudio.lab.code.snippet import snippet
from tests.gui.code_and_batch_pages import CodePage
from tests.gui.test_names import usable


@pytest.fixture
def coding(page):
    made = CodePage(page)
    yield made
    page.workspace.features.coding.shut_down()


def test_the_window_shows_the_bench_as_a_program(coding, page):
    assert coding.code == snippet(page.bench, "NumPy")


@pytest.mark.parametrize("library", ["SciPy", "OpenCV", "PyTorch"])
def test_a_click_shows_another_library(coding, page, library):
    coding.pick(library)
    assert coding.code == snippet(page.bench, library)


def test_the_code_follows_the_bench_while_the_window_is_open(coding, page):
    before = coding.code
    page.come_back()
    page.set("stride", 3)
    assert coding.code == snippet(page.bench, "NumPy") != before


def test_the_line_that_is_read_stays_where_it_is(coding, page):
    bar = coding.dialog.view.verticalScrollBar()
    bar.setValue(20)
    page.come_back()
    page.set("bias", 5)
    assert "+ 5" in coding.code
    assert bar.value() == 20


def test_the_library_is_remembered_for_the_next_time(coding, page, settings):
    coding.pick("PyTorch")
    page.workspace.features.coding.dialog.close()
    page.workspace.features.coding.dialog = None  # as after a new start
    settings.save()
    again = CodePage(page)
    assert "import torch" in again.code


def test_a_library_nobody_knows_any_more_is_passed_over(page, settings):
    settings.ini.setValue("code_library", "Fortran")
    again = CodePage(page)
    assert "NumPy" in again.code
    page.workspace.features.coding.shut_down()


def test_copy_puts_the_code_on_the_clipboard_and_says_so(coding, page):
    coding.click("code_copy")
    assert QApplication.clipboard().text() == coding.code
    assert page.said == "The code for NumPy is on the clipboard"


def test_a_kernel_that_does_not_fit_is_a_sentence_in_place_of_code(coding, page):
    page.workspace.document.edit("Dilate", dilation=(4, 4), stride=(1, 1))
    page.workspace.document.edit("Fit", fit=5)
    coding.hand.until(lambda: not coding.dialog.copy.isEnabled())
    assert "there is no map to write code for." in coding.reason
    assert not coding.dialog.view.isVisible()
    assert not coding.dialog.save.isEnabled()
    page.workspace.document.edit("Fit", fit=None)
    assert coding.dialog.view.isVisible()
    assert coding.dialog.copy.isEnabled()


def save(coding, path):
    coding.click("code_save")
    coding.answer("code_save_dialog", path)


def run(path):
    command = [sys.executable, "-W", "error", path.name]
    return subprocess.run(command, cwd=path.parent, capture_output=True, text=True, check=True)


def test_saved_code_runs(coding, page, tmp_path):
    path = tmp_path / "mouse.py"
    save(coding, path)
    coding.hand.until(lambda: page.said == "Saved mouse.py")
    assert path.read_text() == coding.code
    assert "feature_map: (26, 26)" in run(path).stdout


def test_a_picture_that_is_in_no_file_is_saved_with_the_code(coding, page, tmp_path):
    pixels = np.random.default_rng(0).integers(0, 256, (3, 70, 80), np.uint8)
    page.take(pixels, "pasted picture")
    save(coding, tmp_path / "code.py")
    words = "Saved code.py and the picture it reads, pasted picture.png"
    coding.hand.until(lambda: page.said == words)
    found = np.asarray(Image.open(tmp_path / "pasted picture.png"))
    np.testing.assert_array_equal(np.moveaxis(found, -1, 0), pixels)
    assert "feature_map: (64, 74)" in run(tmp_path / "code.py").stdout


def test_a_picture_of_that_name_is_not_written_over(coding, page, tmp_path):
    (tmp_path / "pasted.png").write_text("mine")
    page.take(np.zeros((1, 70, 80), np.uint8), "pasted")
    save(coding, tmp_path / "code.py")
    coding.hand.until(lambda: "another one is there already" in page.said)
    assert (tmp_path / "pasted.png").read_text() == "mine"


def test_code_that_reads_a_file_says_that_it_does(coding, page, picture, tmp_path):
    page.open(picture("photo.png", size=(70, 80)))
    save(coding, tmp_path / "code.py")
    coding.hand.until(lambda: page.said == "Saved code.py; it reads photo.png in the same folder")
    assert "feature_map: (64, 74)" in run(tmp_path / "code.py").stdout


def test_escape_closes_the_window_and_the_code_rests(coding, page):
    page.press("Escape")
    coding.hand.until(lambda: not coding.dialog.isVisible())
    before = coding.dialog.view.toPlainText()
    page.come_back()
    page.set("stride", 2)
    assert coding.dialog.view.toPlainText() == before


def test_everything_that_can_be_used_has_its_names(coding):
    found = [widget for widget in coding.dialog.findChildren(QWidget) if usable(widget)]
    names = [widget.objectName() for widget in found]
    assert len(names) == len(set(names)) == 8
    assert all(re.fullmatch(r"window\.[a-z_]+(\.[a-z]+)?", name) for name in names)
    assert all(widget.accessibleName() for widget in found)
