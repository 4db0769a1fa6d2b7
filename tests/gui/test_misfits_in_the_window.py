"""What does not fit: shown as a state, with a sentence and with cures that work."""

import pytest
from PyQt6.QtWidgets import QApplication

from cnnstudio.lab.number import size

STRIDE_3 = "A stride that does not fit"


@pytest.fixture
def stride_3(page):
    page.choose("Scenes", STRIDE_3)
    return page


@pytest.fixture
def too_large(page):
    """A 7x7 kernel over 5x5 pixels."""
    page.pick("pooling", "none")
    page.new_grid(5, 5)
    return page


def test_a_stride_that_does_not_fit_still_makes_a_map(stride_3):
    assert stride_3.notices == ["Stride 3 does not fit"]
    assert stride_3.feature_map.size == (2, 2)


def test_what_the_stride_never_reads_is_hatched(stride_3):
    assert stride_3.input.view.plane.unread == ((6, 0, 1, 7), (0, 6, 6, 1))
    hatched = stride_3.input.look()
    stride_3.cure("stride 2")
    assert stride_3.input.view.plane.unread == ()
    assert stride_3.input.look() != hatched


def test_the_offered_cures_are_those_of_the_page(stride_3):
    beginnings = [words.partition(":")[0] for words in stride_3.cures]
    assert beginnings == ["leave them out", "padding 1", "one-sided padding", "stride 2"]


@pytest.mark.parametrize("beginning", ["padding 1", "one-sided padding", "stride 2"])
def test_a_cure_makes_the_map_it_promises_and_the_notice_goes(stride_3, beginning):
    words = stride_3.cure(beginning)
    assert words.endswith(size(*stride_3.feature_map.size))
    assert stride_3.notices == []


def test_leaving_them_out_hides_the_notice_and_changes_nothing(stride_3):
    before = stride_3.bench
    stride_3.cure("leave them out")
    assert stride_3.notices == []
    assert stride_3.bench == before
    assert stride_3.feature_map.size == (2, 2)


def test_after_leaving_them_out_another_misfit_is_told_again(stride_3):
    stride_3.cure("leave them out")
    stride_3.set("stride", 5)
    stride_3.set("kernel_size", 4)
    assert stride_3.notices == ["Stride 5 does not fit"]


def test_a_cure_is_one_step_that_can_be_undone(stride_3):
    before = stride_3.bench
    stride_3.cure("padding 1")
    assert stride_3.window.undo_group.undoText() == "Padding 1"
    stride_3.undo()
    assert stride_3.bench == before
    assert stride_3.notices == ["Stride 3 does not fit"]


def test_a_cure_is_pressed_with_the_keyboard_too(stride_3):
    stride_3.cures["stride 2: 3 × 3"].setFocus()
    stride_3.press("Space")
    assert stride_3.bench.stride == (2, 2)


def test_cures_that_are_replaced_at_once_never_become_windows_of_their_own(stride_3, qtbot):
    stride_3.press("M")
    for stride in (4, 3, 5):
        stride_3.find("stride").setValue(stride)
    QApplication.processEvents()
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [stride_3.window]


def test_a_kernel_larger_than_the_picture_keeps_picture_and_kernel(too_large):
    assert too_large.input.size == (5, 5)
    assert too_large.bench.kernel.height == 7
    assert too_large.feature_map.size == (0, 0)


def test_a_kernel_larger_than_the_picture_says_so_in_the_maps_place(too_large):
    sentence = "A 7×7 kernel does not fit into 5×5 pixels"
    assert too_large.feature_map.message == sentence
    assert too_large.notices == [sentence]
    assert too_large.feature_map.view.accessibleDescription() == sentence


def test_every_cure_of_a_kernel_that_is_too_large_makes_a_map(too_large):
    for words in list(too_large.cures):
        too_large.cure(words)
        assert words.endswith(size(*too_large.feature_map.size))
        assert too_large.notices == []
        too_large.undo()
    assert too_large.notices != []


def test_without_a_map_keys_that_step_do_nothing(too_large):
    too_large.press("Right", "Down", "Shift+Right", "End", "Space", "2", "3")
    assert too_large.where == "no map"
    assert not too_large.workspace.player.playing


def test_without_a_map_playing_stops_and_cannot_begin(page):
    page.press("Space")
    page.new_grid(5, 5)
    assert not page.find("play").isEnabled()
    assert not page.workspace.player.playing


@pytest.mark.parametrize(("mode", "most"), [("reflect", 2), ("wrap", 3)])
def test_more_padding_than_there_are_pixels_to_copy_is_a_state_with_cures(page, mode, most):
    page.new_grid(3, 3)
    page.set("kernel_size", 3)
    page.pick("padding_mode", mode)
    page.set("padding", most)
    assert page.notices == []
    page.set("padding", most + 1)
    assert page.notices == [f"A padding of {most + 1} cannot be made of 3×3 pixels"]
    for words in list(page.cures):
        page.cure(words)
        assert words.endswith(size(*page.feature_map.size))
        page.undo()
    page.cure(f"padding {most}")
    assert page.bench.padding == (most,) * 4


def test_pooling_larger_than_the_map_is_a_state_with_cures(page):
    page.choose("Scenes", "Five by five, by hand")
    page.press("W")
    page.set("pool_size", 4)
    assert page.notices == ["A 4×4 window does not fit into a 3×3 map"]
    assert page.feature_map.size == (3, 3)
    assert page.pooled_map.message
    page.cure("window 3 × 3")
    assert page.pooled_map.numbers == [[4]]
    page.undo()
    page.cure("no pooling")
    assert not page.pooled_map.view.isVisible()
    assert page.notices == []


def test_too_much_padding_of_a_pool_is_refused_in_one_sentence(page):
    page.set("pool_padding", 2)
    assert page.read("pool_padding") == "0"
    assert page.said == (
        "A pooling window of 2 can have a padding of at most 1, half of it; 2 is more"
    )


def test_stride_0_cannot_be_typed(page):
    page.set("stride", 0)
    assert page.bench.stride == (1, 1)
    assert page.read("stride") == "1"
