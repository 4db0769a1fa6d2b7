"""True convolution in the window: each slice is turned as it is applied, and all of it says so."""

import pytest

from cnnstudio.lab.scene import shipped_scenes
from tests.facts import fact


@pytest.fixture
def patch(page):
    """The curve detector on the article's first patch, truly convolved."""

    def show(which):
        page.workspace.take_scene(shipped_scenes()[f"curve_{which}"])
        page.workspace.document.edit("True convolution", flipped=True)
        return page

    return show


@pytest.mark.parametrize("which", ["patch_1", "patch_2"])
def test_the_curve_patches_give_the_other_totals(patch, which):
    page = patch(which)
    total = fact(f"curve.flipped.{which}.total")
    page.press("Home")
    assert page.ledger.result.replace("\u2009", "") == str(total)
    page.undo()
    assert page.ledger.result.replace("\u2009", "") == str(fact(f"curve.{which}.total"))


def test_the_kernel_stays_as_it_was_typed(patch):
    page = patch("patch_1")
    assert page.kernel.rows == shipped_scenes()["curve_patch_1"].bench.kernel.cells[0]


def test_a_weight_meets_the_pixel_opposite(patch):
    page = patch("patch_1")
    page.hand.move(page.kernel, page.kernel.rect_of(0, 5).center())
    assert page.input.marks.hover == ((6, 1, 1, 1),)


def test_the_weights_beside_the_window_are_turned(patch):
    page = patch("patch_1")
    page.press("Home")
    shown = page.picture("window_weights").view.plane.values
    typed = shipped_scenes()["curve_patch_1"].bench.kernel.weights[0]
    assert shown.tolist() == typed[::-1, ::-1].tolist()
    captions = page.workspace.page.ledger._captions
    assert captions[1].text() == "Weights, turned"


def test_a_product_lights_the_weight_that_was_typed(patch):
    page = patch("patch_1")
    page.press("Home")
    page.ledger.click("50×30")
    lit = page.kernel.tap
    weight = page.bench.kernel.cells[0][lit[0]][lit[1]]
    assert weight == 30
    assert page.input.marks.tap == page.workspace.front.weight_at(*lit)


def test_walking_product_by_product_marks_the_weight_opposite(patch):
    page = patch("patch_1")
    page.press("Home", "Shift+Left", "Shift+Left")
    done = page.workspace.moment.done
    assert page.input.marks.tap == divmod(done - 1, 7)
    assert page.kernel.tap == (6 - (done - 1) // 7, 6 - (done - 1) % 7)
