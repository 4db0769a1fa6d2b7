"""A damaged picture is refused in a sentence, and what there is of it can be shown."""

import numpy as np
import pytest
from PIL import Image


@pytest.fixture
def damaged(tmp_path):
    """A photo that ends in its middle."""
    path = tmp_path / "holiday.jpg"
    pixels = np.random.default_rng(1).integers(0, 256, (80, 60, 3), np.uint8)
    Image.fromarray(pixels).save(path, quality=95)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])
    return path


def button(page):
    return page.named("window.show_part")


def entry(page):
    return page.menu_entry("File", "Show what there is")


def partial(page):
    found = page.find("partial")
    return found.text() if found.isVisible() else ""


def test_a_damaged_picture_is_refused_and_offered_in_part(page, damaged):
    before = page.bench
    page.open(damaged)
    assert page.bench == before
    assert page.steps == 0
    assert page.said.startswith("holiday.jpg cannot be read to its end")
    assert button(page).isVisible()
    assert button(page).text() == "Show what there is"
    assert entry(page).isEnabled()
    assert not partial(page)


def test_what_there_is_can_be_shown(page, damaged):
    page.open(damaged)
    page.hand.click(button(page))
    page.wait_until_opened()
    assert page.bench.source.name == "holiday.jpg (partial)"
    assert page.input_size == (80, 60)
    assert "rows are empty" in page.said
    assert partial(page) == "partial"
    assert "damaged" in page.find("partial").toolTip()
    assert not button(page).isVisible()
    assert page.focused == "convolution"
    page.undo()
    assert not partial(page)
    page.redo()
    assert partial(page)


def test_the_button_is_reached_with_the_keyboard(page, damaged):
    page.open(damaged)
    for _ in range(100):
        if page.focused == "window.show_part":
            break
        page.press("Tab")
    page.press("Space")
    page.wait_until_opened()
    assert page.bench.source.name == "holiday.jpg (partial)"


def test_it_is_in_the_menu_too(page, damaged):
    page.open(damaged)
    page.choose("File", "Show what there is")
    page.wait_until_opened()
    assert page.bench.source.name == "holiday.jpg (partial)"


def test_the_button_goes_with_its_message(page, damaged):
    page.open(damaged)
    page.set("stride", 2)
    assert page.said == ""
    assert not button(page).isVisible()
    assert not entry(page).isEnabled()


def test_another_refusal_takes_the_button_away(page, damaged, tmp_path):
    page.open(damaged)
    other = tmp_path / "notes.txt"
    other.write_text("nothing to see")
    page.open(other)
    assert page.said.startswith("notes.txt")
    assert not button(page).isVisible()


def test_another_picture_takes_the_button_away(page, damaged, picture):
    page.open(damaged)
    page.open(picture("photo.png"))
    assert not button(page).isVisible()
    assert not partial(page)


def test_refused_twice_it_is_offered_twice(page, damaged):
    for _ in range(2):
        page.open(damaged)
        assert button(page).isVisible()


def test_a_damaged_picture_that_was_pasted_is_offered_too(page, damaged):
    page.drop_data(page.hand.encoded("image/jpeg", damaged.read_bytes()))
    page.wait_until_opened()
    page.hand.click(button(page))
    page.wait_until_opened()
    assert page.bench.source.name == "dropped picture (partial)"
