"""The pictures that ship with the program."""

import numpy as np
import pytest

from cnnstudio import resources
from cnnstudio.lab.samples import sample_image, samples
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
    assert image.channels == 1


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


def test_the_mouse_has_the_white_of_the_curve_detector_and_a_photo_that_of_a_byte():
    assert sample_image("mouse").high == fact("curve.brightest")
    assert sample_image("cat").high == fact("image.range")[1]


def test_a_sample_that_is_missing_is_named():
    with pytest.raises(ValueError, match="There is no sample picture called “unicorn”"):
        sample_image("unicorn")


def test_a_name_that_climbs_out_of_the_folder_is_no_sample():
    with pytest.raises(ValueError, match="There is no sample picture"):
        sample_image("../images/" + STEMS[0])
