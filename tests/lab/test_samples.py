"""The pictures that ship with the program."""

import numpy as np
import pytest

from cnnstudio import resources
from cnnstudio.lab.samples import sample_image, sample_thumbnail, samples
from tests.facts import fact

STEMS = sorted({path.stem for path in (resources.ROOT / "images").iterdir()})


def test_every_file_among_the_images_is_a_sample():
    assert STEMS
    assert sorted(samples()) == STEMS


@pytest.mark.parametrize("key", STEMS)
def test_a_sample_is_a_picture_with_its_description(key):
    image, sample = sample_image(key), samples()[key]
    assert image.name == sample.title
    assert image.low == 0
    assert image.high == sample.white
    assert image.pixels.dtype == np.uint8
    assert (image.channels, image.width, image.height) == (
        sample.channels,
        sample.width,
        sample.height,
    )
    assert not image.pixels.flags.writeable


@pytest.mark.parametrize("key", STEMS)
def test_no_number_of_a_sample_is_whiter_than_its_white(key):
    assert sample_image(key).pixels.max() <= samples()[key].white


@pytest.mark.parametrize("key", STEMS)
def test_what_to_try_with_a_sample_is_a_sentence(key):
    assert samples()[key].about.endswith(".")


def test_titles_and_places_in_the_picker_are_each_used_once():
    found = samples().values()
    assert len({each.title for each in found}) == len(found)
    assert len({each.order for each in found}) == len(found)


def test_samples_stand_in_the_order_of_the_picker():
    orders = [each.order for each in samples().values()]
    assert orders == sorted(orders)


def test_a_sample_is_read_once():
    assert sample_image(STEMS[0]) is sample_image(STEMS[0])


def test_coloured_samples_have_three_channels_and_stand_near_the_front():
    coloured = {key for key, each in samples().items() if each.channels == 3}
    assert coloured == {"parrot", "market", "lake"}
    assert coloured <= set(list(samples())[:4])
    assert {sample.channels for sample in samples().values()} == {1, 3}
    assert sample_image("parrot").pixels.shape == (3, 32, 32)
    assert sample_image("market").pixels.shape == (3, 512, 512)
    assert sample_image("lake").pixels.shape == (3, 1500, 2000)


@pytest.mark.parametrize("key", STEMS)
def test_a_thumbnail_is_the_whole_picture_no_longer_than_asked_for(key):
    small, image = sample_thumbnail(key, 64), sample_image(key)
    height, width = small.shape[:2]
    assert small.dtype == np.uint8
    assert small.shape[2:] == ((3,) if image.channels == 3 else ())
    assert max(height, width) == min(64, max(image.height, image.width))
    assert height / width == pytest.approx(image.height / image.width, rel=0.02)
    assert small.mean() == pytest.approx(image.pixels.mean() * 255 / image.high, abs=2)


def test_a_thumbnail_is_made_once_and_shows_the_whitest_as_255():
    assert sample_thumbnail("mouse", 64) is sample_thumbnail("mouse", 64)
    assert sample_thumbnail("mouse", 64).max() == 255


def test_the_mouse_has_the_white_of_the_curve_detector_and_a_photo_that_of_a_byte():
    assert sample_image("mouse").high == fact("curve.brightest")
    assert sample_image("cat").high == fact("image.range")[1]


def test_a_sample_that_is_missing_is_named():
    with pytest.raises(ValueError, match="There is no sample picture called “unicorn”"):
        sample_image("unicorn")
    with pytest.raises(ValueError, match="There is no sample picture called “unicorn”"):
        sample_thumbnail("unicorn", 64)


def test_a_name_that_climbs_out_of_the_folder_is_no_sample():
    with pytest.raises(ValueError, match="There is no sample picture"):
        sample_image("../images/" + STEMS[0])
