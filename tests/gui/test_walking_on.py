"""Walking on from a number, and pictures that keep up with the playhead."""

import pytest
from PyQt6.QtGui import QColor

from cnnstudio.gui import theme
from cnnstudio.lab.filters import library


def test_a_double_click_lets_the_playhead_walk_on_over_that_map(page):
    page.press("W")
    page.hand.double_click(page.pooled_map.view, page.pooled_map.at(3, 4))
    assert page.workspace.stage == "pooled_map"
    page.press("Right")
    assert page.place == (4, 6)
    assert "pooled map" in page.title


def test_keys_push_zoomed_pictures(page):
    page.press(*["Ctrl++"] * 4)
    before = page.input.view.grid
    page.press("Ctrl+Right", "Ctrl+Down")
    after = page.input.view.grid
    assert after.x < before.x
    assert after.y < before.y
    page.press("Ctrl+Left", "Ctrl+Up")
    back = page.input.view.grid
    assert (back.x, back.y, back.cell) == pytest.approx((before.x, before.y, before.cell))


def test_pictures_that_are_whole_are_not_pushed(page):
    before = page.input.view.grid
    page.press("Ctrl+Right", "Ctrl+Down")
    assert page.input.view.grid == before


def test_zoomed_pictures_keep_up_with_the_playhead(page):
    page.press("Home", *["Ctrl++"] * 6)
    view = page.input.view
    page.press("End")
    window = view.grid.rect_of(*view.marks.window)
    assert view.viewport().contains(window.center())
    page.press("Home")
    window = view.grid.rect_of(*view.marks.window)
    assert view.viewport().contains(window.center())


def test_a_product_that_was_clicked_stays_lit_until_it_is_clicked_again(page):
    products = page.picture("window_products")
    products.click(0, 5)
    page.hand.move(page.find("ledger"))
    assert page.input.marks.tap is not None
    products.click(0, 5)
    page.hand.move(page.find("ledger"))
    assert page.input.marks.tap is None


def test_a_product_under_the_pointer_is_lit_only_while_it_is_there(page):
    products = page.picture("window_products")
    products.hover(0, 5)
    assert page.input.marks.tap is not None
    products.view.hovered.emit(-1, -1)
    assert page.input.marks.tap is None


def test_a_kernel_made_smaller_and_larger_again_has_all_its_weights(page):
    detector = library()["curve_detector"].kernel
    assert page.bench.kernel == detector
    for _ in range(3):
        page.click("kernel_size.less")
    assert page.bench.kernel.height == 4
    for _ in range(3):
        page.click("kernel_size.more")
    assert page.bench.kernel == detector


def test_a_kernel_changed_while_small_does_not_get_its_old_edge_back(page):
    page.click("kernel_size.less")
    page.click("kernel_size.less")
    page.hand.click(page.kernel, page.weight_at(0, 0))
    page.type("8")
    page.press("Return")
    page.leave()
    page.click("kernel_size.more")
    page.click("kernel_size.more")
    assert sum(page.bench.kernel.flat) == 8 + 5 * 30


def test_a_window_with_gaps_marks_the_pixels_it_reads(page):
    page.press("M", "Home")
    page.set("dilation", 2)
    taps = page.input.marks.taps
    assert len(taps) == 49
    assert taps[:2] == ((0, 0), (0, 2))
    assert taps[-1] == (12, 12)


def test_a_refusal_stands_out_in_the_status_bar(page, tmp_path):
    text = tmp_path / "text.png"
    text.write_text("no picture")
    page.open(text)
    assert "text.png" in page.said
    bar = page.window.status
    ground = QColor(bar.grab().toImage().pixel(3, 3))
    assert ground == theme.colour("error_soft")


def test_the_playhead_goes_to_the_pooled_number_it_feeds_and_back_to_where_it_was(page):
    page.press("W")
    page.go(8, 19)
    page.press("3")
    assert page.place == (4, 10)
    page.press("1")
    assert page.place == (8, 19)
    page.press("3", "Right", "1")
    assert page.place == (7, 21), "the first number of the block it walked on to"


def test_after_escape_letters_are_commands_again(page):
    page.hand.click(page.kernel, page.weight_at(0, 0))
    page.type("5")
    page.press("Escape")
    assert not page.workspace.whole
    page.press("W")
    assert page.workspace.whole
    assert not page.kernel.editor.isVisible()


def test_an_error_goes_when_something_else_works(page):
    page.hand.click(page.kernel, page.weight_at(0, 0))
    page.type("1/0")
    page.press("Return")
    assert "divides by zero" in page.said
    page.press("Escape")
    page.type("4")
    page.press("Return")
    assert "divides by zero" not in page.said


def test_samples_are_in_the_menu_too(page):
    page.choose("File", "Samples")
    gallery = page.find("sample_list")
    page.hand.until(gallery.isVisible)
    assert gallery.count() >= 12
    page.press("Escape")
