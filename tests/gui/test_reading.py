"""The reading thread: how a picture is read, and what is ready when it is there."""

import json
import logging
from pathlib import Path

import numpy as np
import pytest

from cnnstudio.datasets.picture_file import Cancelled, Picture, UnusablePicture
from cnnstudio.gui.reading import Brought, Encoded, Refusal, Request, Staged, Wish, fulfil
from cnnstudio.lab.image import Image, Origin, grayed
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
    assert shelf.nbytes == before


@pytest.fixture
def kept(monkeypatch):
    """The files of which small pictures were made."""
    made = []
    monkeypatch.setattr(
        "cnnstudio.gui.thumbnails.keep_thumbnail", lambda _, path: made.append(path)
    )
    return made


def test_a_small_picture_of_a_file_is_made_only_once_the_picture_is_there(monkeypatch):
    request, seen = Request(Wish(Path("cat.png"), "cat.png")), []
    monkeypatch.setattr(
        "cnnstudio.gui.thumbnails.keep_thumbnail",
        lambda _, path: seen.append((path, request.done, type(request.outcome))),
    )
    fulfil(request, lambda *_, **__: picture())
    assert seen == [(Path("cat.png"), True, Brought)]


def test_of_what_is_no_newly_opened_file_no_small_picture_is_made(kept):
    before = Image(np.zeros((1, 6, 8), np.uint8))
    read_by(Wish(b"...", "cat.png"))
    read_by(Wish(Path("cat.png"), "cat.png", after=before))
    read_by(Wish(Path("cat.png"), "cat.png"), error=UnusablePicture("cat.png is damaged"))
    assert kept == []


def test_a_small_picture_that_cannot_be_made_is_only_logged(monkeypatch, caplog):
    def fail(*_):
        raise MemoryError

    monkeypatch.setattr("cnnstudio.gui.thumbnails.keep_thumbnail", fail)
    with caplog.at_level(logging.ERROR):
        outcome, _ = read_by(Wish(Path("cat.png"), "cat.png"))
    assert isinstance(outcome, Brought)
    assert "keeping a small picture of cat.png" in caplog.text


# Scenes


def scene_file(folder, image=None):
    path = folder / "mine.json"
    bench = {"image": image or {"file": "cat.png"}, "kernel": {"rows": [[2]]}}
    path.write_text(json.dumps({"title": "Mine", "bench": bench}))
    return path


def scene_wish(folder, **about):
    return Wish(scene_file(folder), "mine.json", scene=True, **about)


def test_the_picture_of_a_scene_is_read_as_any_other(tmp_path, kept):
    found = picture(3, (1200, 1000), frames=2)
    outcome, asked = read_by(scene_wish(tmp_path, partial=True), found)
    assert isinstance(outcome, Staged)
    image = outcome.scene.bench.source
    assert image.origin == Origin(tmp_path / "cat.png", 0, 2)
    assert "digest" in image.__dict__
    assert outcome.scene.note == "scaled"
    assert not asked.pop("cancelled")()
    assert asked == {"source": tmp_path / "cat.png", "name": "", "partial": True}
    assert kept == []


@pytest.mark.parametrize("partly", [False, True])
def test_a_scene_whose_picture_is_damaged_is_refused_in_one_sentence(tmp_path, partly):
    error = UnusablePicture("cat.png is damaged", partly)
    outcome, _ = read_by(scene_wish(tmp_path), error=error)
    assert outcome.reason == "mine.json cannot be used as a scene: cat.png is damaged"
    assert outcome.partly is partly


def test_a_file_that_is_no_scene_is_refused_in_one_sentence(tmp_path):
    wish = scene_wish(tmp_path)
    wish.source.write_text("{]")
    outcome, asked = read_by(wish)
    assert outcome.reason == "mine.json is not a scene: line 1 is not JSON"
    assert not asked


def test_reading_the_picture_of_a_scene_can_be_cancelled(tmp_path):
    outcome, _ = read_by(scene_wish(tmp_path), error=Cancelled())
    assert outcome is None
