"""The reading thread: how a picture is read, and what is ready when it is there."""

from pathlib import Path

import numpy as np
import pytest

from cnnstudio.datasets.picture_file import Picture, UnusablePicture
from cnnstudio.gui.reading import Brought, Encoded, Refusal, Request, Wish, fulfil
from cnnstudio.lab.image import Image, Origin, grayed, working_image
from cnnstudio.lab.kept import shelf


def picture(channels=1, size=(6, 8), **about):
    return Picture("cat.png", np.full((channels, *size), 7, np.uint8), "scaled", **about)


def read_by(wish, found=None, error=None):
    """Fulfil a wish with a reader that finds something; return what came and how it was asked."""
    asked = {}

    def read(source, name, cancelled, **how):
        asked.update(how, source=source, name=name, cancelled=cancelled)
        if error:
            raise error
        return found or picture()

    request = Request(wish)
    fulfil(request, read)
    assert request.done
    return request.outcome, asked


def test_a_wish_is_handed_to_the_reader():
    wish = Wish(b"...", "cat.png", frame=3, background=(1, 2, 3), partial=True)
    outcome, asked = read_by(wish)
    assert isinstance(outcome, Brought)
    assert outcome.wish is wish
    assert outcome.note == "scaled"
    del asked["cancelled"]
    assert asked == {
        "source": b"...",
        "name": "cat.png",
        "frame": 3,
        "background": (1, 2, 3),
        "partial": True,
    }


def test_an_image_knows_how_it_was_read():
    found = picture(frame=3, frames=9, transparent=True, background=(1, 2, 3), partial=True)
    outcome, _ = read_by(Wish(Path("cat.png"), "cat.png"), found)
    assert outcome.image.origin == Origin(Path("cat.png"), 3, 9, True, (1, 2, 3), True)
    assert outcome.image.name == "cat.png (partial)"


@pytest.mark.parametrize(
    ("about", "kept"),
    [({}, False), ({"frames": 2}, True), ({"transparent": True}, True), ({"partial": True}, True)],
)
def test_the_bytes_of_a_pasted_picture_are_kept_only_where_they_are_needed(about, kept):
    outcome, _ = read_by(Wish(b"...", "cat.png"), picture(**about))
    origin = outcome.image.origin
    assert (origin.source == b"..." if origin else False) is kept


def test_bytes_may_be_made_on_the_thread():
    outcome, asked = read_by(Wish(lambda: Encoded(b"made", "reduced"), "cat.png"))
    assert asked["source"] == b"made"
    assert outcome.note == "reduced, scaled"


def test_an_image_may_be_made_on_the_thread():
    made = Image.of([[1, 2], [3, 4]], "sample")
    outcome, asked = read_by(Wish(lambda: made, "sample"))
    assert outcome.image is made
    assert not asked


def test_what_cannot_be_made_is_refused_in_its_own_words():
    def make():
        raise ValueError("There is nothing in it")

    outcome, _ = read_by(Wish(make, "cat.png"))
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "There is nothing in it"
    assert not outcome.partly


@pytest.mark.parametrize("partly", [False, True])
def test_a_refusal_says_whether_a_part_could_be_shown(partly):
    wish = Wish(b"...", "cat.png")
    outcome, _ = read_by(wish, error=UnusablePicture("cat.png is damaged", partly))
    assert (outcome.wish, outcome.reason, outcome.partly) == (wish, "cat.png is damaged", partly)


def test_a_gray_frame_of_a_coloured_picture_has_three_channels():
    before = Image(np.zeros((3, 6, 8), np.uint8))
    outcome, _ = read_by(Wish(b"...", "cat.png", after=before))
    assert outcome.image.channels == 3
    outcome, _ = read_by(Wish(b"...", "cat.png", after=before.channel(0)))
    assert outcome.image.channels == 1


def test_what_the_bench_asks_for_first_is_ready_when_the_picture_comes():
    outcome, _ = read_by(Wish(b"...", "cat.png"), picture(3, (1200, 1000)))
    image = outcome.image
    assert "digest" in image.__dict__
    before = shelf.nbytes
    grayed(image)
    working_image(image, 256, False, False)
    assert shelf.nbytes == before
