"""A and B: two kernels on one picture."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from PyQt6.QtCore import QEvent, QPointF, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QApplication, QWidget

from cnnstudio.lab.comparison import difference_bench, side_by_side
from cnnstudio.lab.filters import library
from cnnstudio.lab.kernel_edits import with_weights
from cnnstudio.lab.number import OVER, write
from tests.gui.conftest import pixels

CURVE, SOBEL, BLUR = (library()[key].kernel for key in ("curve_detector", "sobel_x", "box_blur"))


class Compared:
    """The page with its tab for comparing in front."""

    def __init__(self, page):
        self.page, self.hand = page, page.hand
        page.press("W", "P")

    def keep(self):
        self.hand.click(self.page.find("keep_b"))

    def take(self, kernel):
        self.page.workspace.document.edit("Take a kernel", kernel=kernel)

    def choose(self, words):
        segments = self.page.workspace.comparing.panel.modes
        button = next(each for each in segments.group.buttons() if each.text() == words)
        self.hand.click(button)

    def slash(self, kind, repeated=False):
        event = QKeyEvent(kind, Qt.Key.Key_Slash, Qt.KeyboardModifier.NoModifier, "/", repeated)
        QApplication.sendEvent(QApplication.focusWidget(), event)

    @property
    def told(self):
        return self.page.find("compared").text()

    def curtain(self, name="feature_map"):
        return self.page.find(f"{name}_b")

    def drag_line(self, part):
        line, view = self.page.find("feature_map.split"), self.page.feature_map.view
        self.hand.push(line)
        wide = view.plane.values.shape[1]
        target = view.grid.rect_of(0, part * wide).topLeft() + QPointF(0, 40)
        self.hand.move(line, QPointF(line.mapFrom(view, target.toPoint())))
        self.hand.let_go(line)


@pytest.fixture
def both(page):
    """Sobel is A, the curve detector is B."""
    compared = Compared(page)
    compared.keep()
    compared.take(SOBEL)
    return compared


def numbers(page):
    return np.array(page.feature_map.numbers, float)


def test_the_kernel_on_the_bench_is_kept_as_b_and_undo_forgets_it(page):
    compared = Compared(page)
    compared.keep()
    assert page.bench.other == page.bench.kernel == CURVE
    assert QApplication.focusWidget() is page.workspace
    page.undo()
    assert page.bench.other is None
    assert page.find("keep_b").isVisible()


def test_while_slash_is_held_the_map_is_that_of_b(both, page):
    before = numbers(page)
    both.slash(QEvent.Type.KeyPress)
    both.slash(QEvent.Type.KeyPress, repeated=True)
    held = numbers(page)
    assert held.shape == (26, 26)
    assert held.max() == 9000
    assert page.kernel.rows == CURVE.cells[0]
    both.slash(QEvent.Type.KeyRelease)
    assert (numbers(page) == before).all()
    assert page.bench.kernel == SOBEL
    assert page.steps == 2


def test_the_key_is_known_again_whatever_letter_its_release_gives(both, page):
    page.workspace.setFocus()
    shift, none = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
    for kind, key, text, held in (
        (QEvent.Type.KeyPress, Qt.Key.Key_Slash, "/", shift),
        (QEvent.Type.KeyRelease, Qt.Key.Key_Shift, "", none),
        (QEvent.Type.KeyRelease, Qt.Key.Key_Colon, ":", none),  # as on a French keyboard
    ):
        code = 50 if key == Qt.Key.Key_Shift else 60
        event = QKeyEvent(kind, key, held, code, 0, 0, text)
        QApplication.sendEvent(page.workspace, event)
        assert page.workspace.comparing.mode == ("a" if key == Qt.Key.Key_Colon else "b")


def test_the_ledger_is_about_b_while_b_is_shown(both, page):
    page.press("L", "Home")
    both.slash(QEvent.Type.KeyPress)
    total = page.workspace.front.feature_map()[0, 0]
    assert page.workspace.front.kernel == CURVE
    assert page.ledger.result.replace("\u2009", "") == f"{total:.0f}"
    both.slash(QEvent.Type.KeyRelease)


def test_slash_without_a_kernel_b_says_what_to_do(page):
    page.workspace.setFocus()
    page.press("/")
    assert page.find("keep_b").isVisible()
    assert "no kernel B yet" in page.said


def test_right_of_the_line_are_the_numbers_of_b(both, page):
    both.choose("split")
    a, b = side_by_side(page.bench)
    assert (numbers(page) == a.feature_map()).all()
    curtain = both.curtain()
    assert curtain.isVisible()
    assert (curtain.plane.values == b.feature_map()).all()
    seen = curtain.mask().boundingRect()
    middle = page.feature_map.view.grid.rect_of(0, a.map_shape[1] / 2).x()
    assert abs(seen.left() - middle) <= 1
    for name in ("activation_map", "pooled_map"):
        assert both.curtain(name).isVisible()


def test_both_sides_share_a_scale_if_maps_do(both, page):
    both.choose("split")
    left, right = page.feature_map.view.plane, both.curtain().plane
    assert (left.low, left.high) == (right.low, right.high) == (-9000, 9000)
    assert page.workspace.page.map.bar.accessibleDescription().count("9\u2009000") == 2
    page.window.actions_["display.shared"].trigger()
    left, right = page.feature_map.view.plane, both.curtain().plane
    assert left.high == abs(page.workspace.front.feature_map()).max() < right.high


def test_both_sides_are_shown_in_the_same_mode(both, page):
    both.choose("split")
    page.window.actions_["display.clip"].trigger()
    assert both.curtain().plane.family == page.feature_map.view.plane.family == "image"


def test_the_line_is_dragged_and_all_maps_follow(both, page):
    both.choose("split")
    both.drag_line(0.25)
    assert page.workspace.comparing.part == pytest.approx(0.25, abs=0.03)
    for name, picture in (("feature_map", page.feature_map), ("pooled_map", page.pooled_map)):
        view = picture.view
        x = view.grid.rect_of(0, page.workspace.comparing.part * view.plane.values.shape[1]).x()
        assert abs(both.curtain(name).mask().boundingRect().left() - x) <= 1


def test_the_line_is_moved_by_keys(both, page):
    both.choose("split")
    page.find("feature_map.split").setFocus()
    page.press("Right", "Right", "Left")
    assert page.workspace.comparing.part == pytest.approx(0.52)


def test_the_ledger_right_of_the_line_is_that_of_b(both, page):
    both.choose("split")
    page.press("L")
    a, b = side_by_side(page.bench)
    last = a.map_shape[1] - 1
    page.feature_map.hover(4, last)
    assert page.ledger.result.replace("\u2009", "") == f"{b.feature_map()[4, last]:.0f}"
    page.feature_map.hover(4, 1)
    assert page.ledger.result.replace("\u2009", "").replace("−", "-") == (
        f"{a.feature_map()[4, 1]:.0f}"
    )


def test_the_line_follows_when_the_maps_are_zoomed(both, page):
    both.choose("split")
    page.workspace.setFocus()
    page.press(*["Ctrl++"] * 3)
    view = page.feature_map.view
    assert both.curtain().grid == view.grid
    x = view.grid.rect_of(0, 0.5 * view.plane.values.shape[1]).x()
    x = min(max(x, view.viewport().left()), view.viewport().right())
    assert abs(both.curtain().mask().boundingRect().left() - x) <= 1


def test_the_difference_map_is_a_less_b(both, page):
    page.workspace.setFocus()
    page.press("D")
    assert (numbers(page) == difference_bench(page.bench).feature_map()).all()
    assert page.bench.kernel == SOBEL
    page.press("D")
    assert (numbers(page) == page.bench.feature_map()).all()


def test_the_words_say_where_the_maps_differ_most(both, page):
    made = difference_bench(page.bench).feature_map()
    row, column = np.unravel_index(np.abs(made).argmax(), made.shape)
    assert f"row {row + 1}, column {column + 1}" in both.told
    assert f"{(made == 0).sum()} numbers of {made.size} are the same" in both.told
    assert "7 × 7" in both.told


def test_a_weight_typed_into_the_difference_changes_nothing_but_the_view(both, page):
    both.choose("difference")
    before = page.bench
    page.hand.click(page.kernel)
    page.type("5")
    page.press("Return")
    assert page.bench == before
    assert page.workspace.comparing.mode == "a"
    assert "not the kernel on the bench" in page.said


def test_swapping_is_a_step_that_can_be_undone(both, page):
    page.workspace.setFocus()
    page.press("X")
    assert (page.bench.kernel, page.bench.other) == (CURVE, SOBEL)
    page.undo()
    assert (page.bench.kernel, page.bench.other) == (SOBEL, CURVE)


def test_without_b_the_maps_are_those_of_a_again(both, page):
    both.choose("split")
    page.hand.click(page.find("drop_b"))
    assert page.bench.other is None
    assert not both.curtain().isVisible()
    assert page.workspace.comparing.mode == "a"
    page.undo()
    assert page.bench.other == CURVE


def test_on_a_large_picture_the_difference_is_counted_in_the_background(both, page):
    rng = np.random.default_rng(3)
    both.take(BLUR)
    page.take(rng.integers(0, 256, (1, 600, 600), np.uint8))
    page.hand.until(lambda: "differ most" in both.told)
    made = difference_bench(page.bench)
    assert made.large
    values = made.on_demand("feature_map")[0:400, 0:10]
    assert values.shape == (400, 10)
    both.choose("split")
    page.hand.until(lambda: bool(both.curtain().plane and both.curtain().plane.layers))
    page.hand.until(lambda: not page.workspace.showing.busy)


def test_both_kernels_are_shown(both, page):
    slots = page.workspace.comparing.panel._slots
    assert [slot.view.plane.values.shape for slot in slots] == [(3, 3), (7, 7)]
    assert slots[1].view.plane.values.tolist() == CURVE.weights[0].tolist()


def test_both_sides_show_the_channel_that_is_looked_at(page):
    page.pick("filter", "Gaussian blur")
    page.take(pixels())
    compared = Compared(page)
    compared.keep()
    page.click("each_channel.apart")
    page.leave()
    compared.take(page.bench.taken(SOBEL))
    compared.choose("split")
    page.leave()
    page.press("G")
    b = side_by_side(page.bench)[1].alone(1)
    curtain = compared.curtain()
    assert not curtain.plane.colours
    assert (curtain.plane.values == b.feature_map()).all()
    page.press("C")
    assert len(curtain.plane.colours) == 3


def test_slash_after_a_weight_was_typed_shows_b_and_inside_a_number_it_is_part_of_it(both, page):
    page.hand.click(page.kernel, page.weight_at(0, 0))
    page.type("1/9")
    page.press("Return")
    assert page.bench.kernel.cells[0][0][0] == Fraction(1, 9)
    assert page.focused == "convolution.kernel"
    both.slash(QEvent.Type.KeyPress)
    assert page.kernel.rows == CURVE.cells[0]
    assert not page.kernel.editor.isVisible()
    both.slash(QEvent.Type.KeyRelease)
    assert page.kernel.rows == page.bench.kernel.cells[0]


def test_what_is_changed_beside_the_line_leaves_the_sizes_of_the_kernels(both, page):
    both.choose("split")
    assert page.workspace.front.kernel.cells[0] == page.kernel.rows == SOBEL.resized(7, 7).cells[0]
    page.hand.click(page.kernel, page.weight_at(2, 2))
    page.type("5")
    page.press("Return")
    assert page.bench.kernel == with_weights(SOBEL, 0, [(0, 0)], Fraction(5))
    page.undo()
    page.set("divisor", 3)
    assert page.bench.kernel == replace(SOBEL, divisor=Fraction(3))
    page.hand.click(page.kernel, page.weight_at(0, 0))
    page.type("5")
    page.press("Return")
    assert page.bench.kernel.cells[0][0][0] == 5, "a weight beside the smaller kernel makes it grow"


def test_channels_put_apart_beside_the_line_leave_the_sizes_of_the_kernels(both, page):
    page.take(pixels())
    both.choose("split")
    page.click("each_channel.apart")
    assert page.bench.apart
    assert (page.bench.kernel.height, page.bench.other.height) == (3, 7)


@pytest.mark.parametrize("mode", ["b", "split", "difference"])
def test_true_convolution_tells_of_the_map_that_is_shown(page, mode):
    large, small = SOBEL.resized(7, 7), with_weights(SOBEL.resized(1, 1), 0, [(0, 0)], Fraction(2))
    a, b = (large, small) if mode == "b" else (small, large)
    page.workspace.document.edit("Take both", kernel=a, other=b)
    page.workspace.comparing.turn(mode)
    page.press("End")
    place = page.workspace.player.place
    before = page.workspace.front.feature_map()[place]
    page.press("T")
    assert page.bench.flipped
    rows, columns = page.workspace.front.map_shape
    assert place == (rows - 1, columns - 1)
    assert before == page.workspace.front.feature_map()[place] or " → " in page.said


def test_right_of_the_line_the_inspector_tells_the_number_of_b(both, page):
    both.choose("split")
    a, b = side_by_side(page.bench)
    inspecting = page.workspace.features.inspecting
    for column, shown in ((2, a), (a.map_shape[1] - 2, b)):
        page.feature_map.hover(5, column)
        page.hand.until(inspecting.card.isVisible)
        number = write(float(shown.feature_map()[5, column]))
        page.hand.until(lambda number=number: number in inspecting.card.accessibleDescription())


def test_a_divisor_and_a_bias_are_told_of_both_kernels(both, page):
    page.workspace.document.edit("x", other=replace(BLUR, bias=Fraction(-7)))
    slots = page.workspace.comparing.panel._slots
    assert slots[0]._size.text() == "3 × 3"
    assert slots[1]._size.text() == f"3 × 3 {OVER} 9 + (−7)"


def test_another_window_in_front_lets_the_key_go(both, page):
    page.workspace.setFocus()
    both.slash(QEvent.Type.KeyPress)
    assert page.workspace.comparing.mode == "b"
    other = QWidget()
    other.show()
    other.activateWindow()
    page.hand.until(lambda: page.workspace.comparing.mode == "a")
    other.close()
