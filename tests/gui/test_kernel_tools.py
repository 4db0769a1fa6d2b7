"""The Kernel menu: each command is one step, says what it did, and what it did not change."""

import json
import os
import threading
from fractions import Fraction

import numpy as np
import pytest
from PyQt6.QtCore import QMimeData
from PyQt6.QtGui import QGuiApplication, QImage
from PyQt6.QtWidgets import QApplication, QFileDialog

from cnnstudio.gui.workspaces.convolution.kernel import kernel_traffic
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from tests.gui.kernel_page import KernelPage, copied, copy_text, rows

STEPS = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
PATCH_1 = [[0, 0, 0, 0, 0, 0, 30], [0, 0, 0, 0, 50, 50, 50], [0, 0, 0, 20, 50, 0, 0]] + [
    [0, 0, 0, 50, 50, 0, 0]
] * 4


@pytest.fixture
def tab(page):
    return KernelPage(page)


@pytest.fixture
def steps(tab):
    """The kernel 1 to 9, three by three, on the bench."""
    put(tab, STEPS)
    return tab


def put(tab, weights, **other):
    kernel = tab.page.bench.taken(Kernel.of(weights, **other))
    tab.page.workspace.document.edit("Put there", kernel=kernel)


TURNED = {
    "turn_right": [[7, 4, 1], [8, 5, 2], [9, 6, 3]],
    "turn_left": [[3, 6, 9], [2, 5, 8], [1, 4, 7]],
    "turn_half": [[9, 8, 7], [6, 5, 4], [3, 2, 1]],
    "mirror_across": [[3, 2, 1], [6, 5, 4], [9, 8, 7]],
    "mirror_down": [[7, 8, 9], [4, 5, 6], [1, 2, 3]],
    "transpose": [[1, 4, 7], [2, 5, 8], [3, 6, 9]],
    "negate": [[-1, -2, -3], [-4, -5, -6], [-7, -8, -9]],
    "zero": [[0] * 3] * 3,
}


def test_a_command_changes_the_kernel_in_one_step(steps):
    before = steps.page.steps
    for command, expected in TURNED.items():
        steps.do(command)
        assert rows(steps.kernel) == expected, command
        assert steps.page.steps == before + 1, command
        steps.page.undo()
        assert rows(steps.kernel) == STEPS


def test_every_slice_of_a_colour_kernel_is_turned(tab, page):
    page.take(np.zeros((3, 8, 8)))
    cells = tuple(Kernel.of([[n, n + 1]]).cells[0] for n in (1, 3, 5))
    page.workspace.document.edit("Put there", kernel=Kernel(cells))
    tab.do("turn_right")
    assert [rows(tab.kernel, channel) for channel in range(3)] == [
        [[1], [2]],
        [[3], [4]],
        [[5], [6]],
    ]


def test_what_changes_nothing_says_so_and_is_no_step(tab, page):
    put(tab, [[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    before = page.steps
    for command, done in (
        ("turn_half", "Turned by 180°"),
        ("mirror_down", "Mirrored top and bottom"),
        ("transpose", "Transposed"),
        ("turn_left", "Turned by 90°"),
    ):
        tab.do(command)
        assert page.steps == before
        assert page.said == f"{done} this kernel is the same, so nothing changes"


def test_normalising_makes_the_sum_exactly_1(steps):
    steps.do("normalise")
    assert steps.kernel.total == 1
    assert steps.kernel.divisor == 45
    assert steps.page.said == "Divided by 45, so that the sum is 1"


def test_normalising_a_kernel_of_sum_0_makes_the_magnitudes_1(tab, page):
    put(tab, [[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    tab.do("normalise")
    assert tab.kernel.divisor == 8
    assert page.said == "Divided by 8, so that the sum of the magnitudes is 1"


def test_normalising_a_negative_sum_says_that_signs_turn(tab, page):
    put(tab, [[-1, -2, -1], [-2, -4, -2], [-1, -2, -1]])
    tab.do("normalise")
    assert (tab.kernel.divisor, tab.kernel.total) == (-16, 1)
    told = "Divided by \N{MINUS SIGN}16, so that the sum is 1; that turns the sign of every weight"
    assert page.said == told


def test_normalising_slices_apart_says_that_each_has_its_own_divisor(tab, page):
    page.take(np.zeros((3, 8, 8)))
    cells = tuple(Kernel.of([[n, n + 1]]).cells[0] for n in (1, 3, 5))
    page.workspace.document.edit("Put there", kernel=Kernel(cells), each_channel=True)
    tab.do("normalise")
    assert [sum(plane[0]) for plane in tab.kernel.cells] == [1, 1, 1]
    assert page.said.startswith("Each slice divided by its own sum, so that it is 1;")


def test_normalising_equal_slices_apart_says_what_all_are_divided_by(tab, page):
    page.take(np.zeros((3, 8, 8)))
    kernel = Kernel.of([[1, 3]]).repeated(3)
    page.workspace.document.edit("Put there", kernel=kernel, each_channel=True)
    tab.do("normalise")
    assert page.said == "Divided by 4, so that the sum of each slice is 1"


def test_normalising_nothing_is_refused_in_a_sentence(tab, page):
    put(tab, [[0, 0], [0, 0]])
    before = page.steps
    tab.do("normalise")
    assert page.said == "All weights are 0; there is nothing to normalise"
    assert page.steps == before


def test_scaling_asks_for_a_factor_and_is_exact(steps):
    for typed, by in (("1/2", "1/2"), ("0,5", "1/2"), ("-1", "-1"), ("3", "3")):
        steps.do("scale")
        steps.page.dialog("convolution.scale_dialog")
        steps.page.press("Ctrl+A")
        steps.page.type(typed)
        steps.page.press("Return")
        steps.page.come_back()
        assert steps.kernel.cells[0][2][1] == 8 * Fraction(by), typed
        steps.page.undo()


def test_a_factor_that_is_no_number_is_explained_in_the_dialog(steps):
    before = steps.page.bench
    steps.do("scale")
    dialog = steps.page.dialog("convolution.scale_dialog")
    steps.page.press("Ctrl+A")
    steps.page.type("two")
    steps.page.press("Return")
    assert dialog.isVisible()
    assert "“two” is not a number" in dialog.reason.text()
    steps.page.press("Escape")
    steps.page.come_back()
    assert steps.page.bench == before


def test_random_weights_take_the_seed_shown_and_then_the_next(tab, page):
    found = []
    for seed in (1, 2):
        assert tab.panel.buttons.seed.box.value() == seed
        tab.click("kernel_random")
        assert f"drawn by seed {seed}; the next will be seed {seed + 1}" in page.said
        found.append(tab.kernel)
    assert found[0] != found[1]
    assert all(abs(w) <= 3 and w.denominator == 1 for w in found[0].flat)
    tab.panel.buttons.seed.show_value(1)
    tab.do("random")
    assert tab.kernel == found[0]


def test_the_buttons_of_the_tab_do_what_the_menu_does(steps):
    steps.click("kernel_mirror_across")
    assert rows(steps.kernel)[0] == [3, 2, 1]
    assert "left and right" in steps.page.find("kernel_mirror_across").toolTip()


def test_true_convolution_turns_the_curve_detector_and_tells_what_changes(tab, page):
    page.workspace.take_image(Image(np.array([PATCH_1], np.uint8), "patch 1"))
    page.press("T")
    assert page.bench.flipped
    assert page.said == (
        "True convolution: each slice is turned by 180° before it meets the pixels; "
        "row 1, column 1: 6\u2009600 → 3\u2009600"
    )
    assert page.feature_map.numbers == [[3600]]
    page.press("T")
    assert page.said.endswith("row 1, column 1: 3\u2009600 → 6\u2009600")
    assert not page.bench.flipped


def test_true_convolution_of_a_kernel_that_is_the_same_turned_changes_nothing(tab, page):
    put(tab, [[1, 2, 1], [2, 4, 2], [1, 2, 1]], divisor=16)
    tab.click("flipped.true")
    assert page.bench.flipped
    assert page.said.endswith("this kernel is the same turned, so nothing changes")


def test_the_switch_follows_the_bench_through_undo(tab, page):
    tab.click("flipped.true")
    assert page.find("flipped.true").isChecked()
    assert page.workspace.actions_["kernel.flipped"].isChecked()
    page.undo()
    assert page.find("flipped.correlation").isChecked()
    assert not page.workspace.actions_["kernel.flipped"].isChecked()


def test_a_kernel_is_copied_in_the_form_that_is_chosen(steps):
    for form, text in (
        ("spaces", "1 2 3\n4 5 6\n7 8 9"),
        ("Python", "[[1, 2, 3],\n [4, 5, 6],\n [7, 8, 9]]"),
        ("tabs", "1\t2\t3\n4\t5\t6\n7\t8\t9"),
    ):
        steps.pick("form", form)
        steps.click("kernel_copy")
        assert copied() == text


def test_a_kernel_is_copied_with_tabs_at_first(steps):
    steps.do("copy")
    assert copied() == "1\t2\t3\n4\t5\t6\n7\t8\t9"
    assert steps.page.said == "The kernel is on the clipboard, with tabs, as spreadsheets take it"


def test_a_block_of_numbers_replaces_weights_and_size_in_one_step(tab, page):
    lists = "[[1,2,3],[4,5,6]]"
    for text in ("1\t2\t3\n4\t5\t6", lists, f"np.array({lists})", "1 2 3\n4 5 6"):
        copy_text(text)
        before = page.steps
        tab.do("paste")
        assert rows(tab.kernel) == [[1, 2, 3], [4, 5, 6]], text
        assert page.steps == before + 1
        page.undo()
        assert tab.kernel.height == 7


def test_a_block_for_each_channel_fills_all_slices(tab, page):
    page.take(np.zeros((3, 8, 8)))
    copy_text("[[[1, 2]], [[3, 4]], [[5, 6]]]")
    tab.do("paste")
    assert [rows(tab.kernel, channel) for channel in range(3)] == [[[1, 2]], [[3, 4]], [[5, 6]]]
    assert tab.kernel.divisor == 1


def test_a_single_block_on_a_colour_picture_keeps_its_brightness(tab, page):
    page.take(np.zeros((3, 8, 8)))
    copy_text("1 1\n1 1\ndivisor 4")
    tab.do("paste")
    assert tab.kernel == Kernel.of([[1, 1], [1, 1]], 4).repeated(3)
    assert tab.kernel.total == 1
    assert "copied into 3 slices" in page.said


def test_what_is_no_kernel_is_refused_in_one_sentence(tab, page):
    before, steps, told = page.bench, page.steps, set()
    for text in ("", "hello", "1 2\n3", "1 2 " * 20):
        copy_text(text)
        tab.do("paste")
        assert (page.bench, page.steps) == (before, steps), text
        told.add(page.said)
    assert len(told) == 4
    assert all(words and "\n" not in words for words in told)


def test_two_blocks_do_not_fit_on_three_channels(tab, page):
    page.take(np.zeros((3, 8, 8)))
    before = page.bench
    copy_text("[[[1, 2]], [[3, 4]]]")
    tab.do("paste")
    assert page.bench == before
    assert "2 slices" in page.said


def test_what_is_copied_can_be_pasted_with_its_divisor_and_bias(tab, page):
    put(tab, [["1/3", "-0.5"], [2, 0]], divisor=7, bias=-4)
    kernel = tab.kernel
    for form in ("spaces", "Python", "NumPy", "tabs"):
        tab.pick("form", form)
        tab.do("copy")
        tab.do("zero")
        tab.do("paste")
        assert tab.kernel == kernel, form


def test_with_the_focus_in_the_grid_the_usual_keys_copy_and_paste_the_kernel(tab, page):
    picture = page.bench.source
    page.hand.click(page.kernel, page.weight_at(0, 0))
    page.press("Ctrl+C")
    assert copied().count("\n") == 6
    copy_text("1 2\n3 4")
    page.press("Ctrl+V")
    assert rows(tab.kernel) == [[1, 2], [3, 4]]
    assert page.bench.source is picture
    assert "picture" not in page.said


def test_a_block_pasted_into_an_open_cell_fills_the_kernel(tab, page):
    page.hand.click(page.kernel, page.weight_at(0, 0))
    page.press("Return")
    copy_text("1\t2\n3\t4")
    page.press("Ctrl+V")
    assert rows(tab.kernel) == [[1, 2], [3, 4]]


def test_one_number_pasted_into_an_open_cell_goes_into_that_cell(tab, page):
    page.hand.click(page.kernel, page.weight_at(0, 0))
    page.press("Return")
    copy_text("1/9")
    page.press("Ctrl+V", "Return")
    assert tab.kernel.height == 7
    assert tab.kernel.cells[0][0][0] == Fraction(1, 9)


def picture_on_clipboard(text=""):
    data = QMimeData()
    plane = np.full((4, 5), 200, np.uint8)
    data.setImageData(QImage(plane.tobytes(), 5, 4, 5, QImage.Format.Format_Grayscale8))
    if text:
        data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


def test_a_picture_is_pasted_even_with_the_focus_in_the_grid(tab, page):
    picture_on_clipboard()
    page.hand.click(page.kernel, page.weight_at(0, 0))
    kernel = tab.kernel
    page.press("Ctrl+V")
    page.wait_until_opened()
    assert page.input_size == (4, 5)
    assert tab.kernel == kernel


def test_numbers_are_no_kernel_where_the_focus_is_elsewhere(tab, page):
    copy_text("1 2\n3 4")
    page.leave()
    kernel = tab.kernel
    page.press("Ctrl+V")
    page.wait_until_opened()
    assert tab.kernel == kernel


def test_numbers_with_a_picture_of_them_are_the_kernel_in_the_grid(tab, page):
    picture_on_clipboard("1\t2\n3\t4")  # as spreadsheets do it
    page.hand.click(page.kernel, page.weight_at(0, 0))
    page.press("Ctrl+V")
    assert rows(tab.kernel) == [[1, 2], [3, 4]]


def test_words_pasted_into_the_kernel_are_said_to_be_no_numbers(tab, page):
    QApplication.clipboard().setText("1 2\n3")
    page.hand.click(page.kernel, page.weight_at(0, 0))
    before = tab.kernel
    page.press("Ctrl+V")
    assert tab.kernel == before
    assert "picture" not in page.said
    assert "row 2" in page.said


def dialog():
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog)]
    return next(w for w in found if w.objectName() == "convolution.kernel_dialog" and w.isVisible())


def choose(steps, path):
    """Choose a file in the dialog that is open, and wait until it is read or written."""
    dialog().fileSelected.emit(str(path))
    dialog().reject()
    steps.page.hand.until(lambda: not steps.tools.traffic.busy)


def test_a_kernel_is_saved_as_json_and_opened_again(steps, tmp_path):
    steps.do("save")
    choose(steps, tmp_path / "mine.json")
    assert json.loads((tmp_path / "mine.json").read_text("utf-8"))["rows"][1] == [4, 5, 6]
    kernel = steps.kernel
    steps.do("zero")
    steps.do("open")
    choose(steps, tmp_path / "mine.json")
    assert steps.kernel == kernel
    assert steps.page.workspace.settings.last_folder == str(tmp_path)


def test_a_kernel_is_saved_as_plain_text_too(steps, tmp_path):
    steps.do("save")
    choose(steps, tmp_path / "mine.txt")
    assert "4 5 6" in (tmp_path / "mine.txt").read_text("utf-8").splitlines()
    assert steps.page.said == "The kernel is saved as mine.txt"


def test_a_kernel_that_cannot_be_saved_is_a_sentence(steps, tmp_path):
    steps.do("save")
    choose(steps, tmp_path / "no folder" / "mine.json")
    assert steps.page.said.startswith("“mine.json” cannot be saved: ")


def test_a_kernel_that_is_too_fine_for_a_text_is_refused_and_json_is_named(steps, tmp_path):
    steps.page.workspace.document.edit("Fine", kernel=Kernel((((Fraction(1, 10**9 + 7),),),)))
    steps.do("save")
    choose(steps, tmp_path / "mine.txt")
    assert steps.page.said == (
        "“mine.txt” cannot be saved: as text this kernel could not be read again; "
        "save it as JSON (*.json)"
    )


def test_a_file_that_is_no_kernel_is_a_sentence(steps, tmp_path):
    (tmp_path / "broken.json").write_text('{"rows": [[1, 2')
    before = steps.page.bench
    steps.do("open")
    choose(steps, tmp_path / "broken.json")
    assert steps.page.bench == before
    assert "broken.json" in steps.page.said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_no_kernel_and_hinders_nobody(steps, tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    before = steps.page.bench
    steps.do("open")
    choose(steps, tmp_path / "pipe.json")
    assert steps.page.said == "“pipe.json” is not a kernel: it is no file"
    steps.do("save")
    choose(steps, tmp_path / "pipe.json")
    assert steps.page.said == "“pipe.json” cannot be saved: it is no file"
    assert steps.page.bench == before


def test_files_are_read_and_written_beside_the_window(steps, tmp_path, monkeypatch):
    threads = []

    def noted(work):
        return lambda *given: threads.append(threading.current_thread()) or work(*given)

    for work in ("read_kernel", "write_kernel"):
        monkeypatch.setattr(kernel_traffic, work, noted(getattr(kernel_traffic, work)))
    for command in ("save", "open"):
        steps.do(command)
        choose(steps, tmp_path / "mine.json")
    assert len(threads) == 2
    assert threading.main_thread() not in threads


def test_a_file_of_weights_without_end_is_a_sentence_at_once(steps, tmp_path):
    weights = [[f"1/{10**698 + 11 * row + each}" for each in range(11)] for row in range(11)]
    (tmp_path / "fine.json").write_text(json.dumps({"rows": weights}))
    before = steps.page.bench
    steps.do("open")
    choose(steps, tmp_path / "fine.json")
    assert steps.page.bench == before
    assert "fine.json" in steps.page.said
