"""Scenes: files that set a bench up, and what becomes of files that do not."""

import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio import resources
from cnnstudio.datasets.picture import Picture
from cnnstudio.lab.bench_json import bench_from_json, bench_to_json
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filters import library
from cnnstudio.lab.image import Image, Origin
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.samples import sample_image, samples
from cnnstudio.lab.scene import View, read_scene, scene_from_json, shipped_scenes
from cnnstudio.lab.stages import Pooling
from tests.lab.benches import benches

STEMS = sorted(path.stem for path in (resources.ROOT / "scenes").iterdir())
SMALL = {"image": {"rows": [[1, 2], [3, 4]]}, "kernel": {"rows": [[1]]}}


def scene(**bench):
    return {"bench": {**SMALL, **bench}}


# the scenes that ship


def test_every_file_among_the_scenes_is_a_scene():
    assert STEMS
    assert sorted(shipped_scenes()) == STEMS


@pytest.mark.parametrize("stem", STEMS)
def test_a_shipped_scene_shows_a_map_and_stands_on_it(stem):
    found = shipped_scenes()[stem]
    rows, columns = found.bench.shape(found.view.stage)
    assert found.view.row < rows
    assert found.view.column < columns
    assert found.bench.values(found.view.stage).shape == (rows, columns)


@pytest.mark.parametrize("stem", STEMS)
def test_a_shipped_scene_has_a_title_and_a_sentence(stem):
    found = shipped_scenes()[stem]
    assert found.title
    assert found.about.endswith((".", "?"))


def test_titles_of_scenes_are_each_used_once():
    titles = [found.title for found in shipped_scenes().values()]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("stem", STEMS)
def test_a_shipped_scene_is_written_as_what_it_was_read_from(stem):
    bench = shipped_scenes()[stem].bench
    assert bench_from_json(bench_to_json(bench)) == bench


# writing and reading back


@given(benches(channels=1))
def test_a_bench_that_is_written_and_read_is_the_same(bench):
    text = json.dumps(bench_to_json(bench), allow_nan=False)
    assert bench_from_json(json.loads(text)) == bench


@given(st.lists(st.fractions(-(10**9), 10**9, max_denominator=10**9), min_size=1, max_size=11))
def test_the_weights_of_a_scene_stay_exact(row):
    kernel = Kernel(((tuple(row),),), Fraction(1, 7), Fraction(-1, 3))
    bench = ConvolutionBench(Image.of([[1] * 11]), kernel)
    assert bench_from_json(json.loads(json.dumps(bench_to_json(bench)))).kernel == kernel


@pytest.mark.parametrize("key", sorted(samples()))
def test_a_sample_and_a_filter_are_written_by_name(key):
    image = sample_image(key)
    bench = ConvolutionBench(image, library()["identity"].kernel.repeated(image.channels))
    assert bench_to_json(bench) == {"image": {"sample": key}, "kernel": {"filter": "identity"}}


def test_a_sample_that_was_changed_is_written_as_numbers():
    image = sample_image("mouse").with_pixel(0, 0, 50)
    made = bench_to_json(ConvolutionBench(image, Kernel.of([[1]])))
    assert made["image"]["rows"][0][0] == 50
    assert bench_from_json(made).source == image


def test_only_what_differs_from_the_default_is_written():
    bench = ConvolutionBench(Image.of([[1]]), Kernel.of([[2]]), stride=(2, 3))
    assert set(bench_to_json(bench)) == {"image", "kernel", "stride"}


@pytest.mark.parametrize(
    "image", [Image.of([[0] * 65]), Image(np.zeros((3, 2, 2))), Image.of([[0]] * 65, "Big")]
)
def test_a_picture_too_large_for_a_scene_is_refused(image):
    bench = ConvolutionBench(image, Kernel.of([[1]]).repeated(image.channels))
    with pytest.raises(ValueError, match="can be written into a scene"):
        bench_to_json(bench)


# reading what a teacher wrote


def test_what_a_scene_leaves_out_keeps_its_default():
    found = scene_from_json({"bench": SMALL})
    assert found.bench == ConvolutionBench(Image.of([[1, 2], [3, 4]]), Kernel.of([[1]]))
    assert (found.title, found.about, found.view) == ("Untitled", "", View())


def test_one_number_stands_for_all_directions():
    bench = scene_from_json(scene(stride=2, padding=1, dilation=2)).bench
    assert (bench.stride, bench.padding, bench.dilation) == ((2, 2), (1,) * 4, (2, 2))


def test_a_list_names_each_direction():
    bench = scene_from_json(scene(stride=[1, 2], padding=[1, 2, 3, 4])).bench
    assert (bench.stride, bench.padding) == ((1, 2), (1, 2, 3, 4))


def test_the_stride_of_a_pooling_follows_its_window_unless_it_is_named():
    assert scene_from_json(scene(pooling={"size": 3})).bench.pooling == Pooling(
        "max", (3, 3), (3, 3)
    )
    assert scene_from_json(scene(pooling={"size": 3, "stride": 1})).bench.pooling.stride == (1, 1)


def test_a_view_counts_from_one():
    view = {"stage": "activation", "row": 2, "column": 1, "whole": True}
    assert scene_from_json({"bench": SMALL, "view": view}).view == View("activation", 1, 0, True)


def test_a_picture_is_found_beside_the_scene(tmp_path):
    from PIL import Image as Pillow  # noqa: PLC0415

    Pillow.fromarray(np.array([[7, 8]], np.uint8)).save(tmp_path / "seen.png")
    path = tmp_path / "scene.json"
    path.write_text(json.dumps(scene(image={"file": "seen.png"})), "utf-8")
    found = read_scene(path).bench.source
    assert found.pixels.tolist() == [[[7, 8]]]
    assert found.name == "seen.png"
    assert found.origin == Origin(tmp_path / "seen.png")
    assert read_scene(path).note == ""


def test_what_was_done_to_the_picture_of_a_scene_is_noted(tmp_path):
    path = tmp_path / "scene.json"
    path.write_text(json.dumps(scene(image={"file": "seen.png"})), "utf-8")
    asked = []

    def read(file):
        asked.append(file)
        return Picture("seen.png", np.zeros((1, 2, 3), np.uint8), "reduced", frames=4)

    found = read_scene(path, read)
    assert asked == [tmp_path / "seen.png"]
    assert found.note == "reduced"
    assert found.bench.source.origin.frames == 4


def test_a_scene_that_is_no_file_names_no_files():
    with pytest.raises(ValueError, match="Only a scene that is a file itself can name the file"):
        scene_from_json(scene(image={"file": "seen.png"}))


def test_a_filter_for_one_channel_is_laid_into_all_channels_of_a_picture():
    bench = bench_from_json({"image": {"sample": "mouse"}, "kernel": {"filter": "box_blur"}})
    assert bench.kernel.channels == bench.source.channels


def test_a_scene_saved_by_an_editor_that_marks_utf8_is_read(tmp_path):
    path = tmp_path / "marked.json"
    path.write_text(json.dumps(scene()), "utf-8-sig")
    assert read_scene(path).bench == scene_from_json(scene()).bench
