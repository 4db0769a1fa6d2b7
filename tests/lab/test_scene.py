"""Scenes: files that set a bench up, and what becomes of files that do not."""

import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio import resources
from cnnstudio.lab.bench_json import bench_from_json, bench_to_json
from cnnstudio.lab.convolution import ConvolutionBench, Pooling
from cnnstudio.lab.filters import library
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.samples import sample_image, samples
from cnnstudio.lab.scene import View, read_scene, scene_from_json, shipped_scenes
from tests.lab.benches import benches, weights

STEMS = sorted(path.stem for path in (resources.ROOT / "scenes").iterdir())
SMALL = {"image": {"rows": [[1, 2], [3, 4]]}, "kernel": {"rows": [[1]]}}


def scene(**bench):
    return {"bench": {**SMALL, **bench}}


def refusal(data):
    """Return the sentence a scene is refused with."""
    with pytest.raises(ValueError, match=" ") as refused:
        scene_from_json(data)
    assert type(refused.value) is ValueError
    return str(refused.value)


def is_one_sentence(text):
    return "\n" not in text and len(text) <= 200 and "Traceback" not in text


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


@given(st.lists(st.lists(weights | st.fractions(-9, 9, max_denominator=10**8), min_size=3, max_size=3), min_size=1, max_size=3))
def test_the_weights_of_a_scene_stay_exact(cells):
    kernel = Kernel((tuple(map(tuple, cells)),), Fraction(1, 7), Fraction(-1, 3))
    bench = ConvolutionBench(Image.of([[1, 2, 3]]), kernel)
    assert bench_from_json(json.loads(json.dumps(bench_to_json(bench)))).kernel == kernel


@pytest.mark.parametrize("key", sorted(samples()))
def test_a_sample_and_a_filter_are_written_by_name(key):
    bench = ConvolutionBench(sample_image(key), library()["identity"].kernel)
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


def test_a_filter_for_one_channel_is_laid_into_all_channels_of_a_picture():
    bench = bench_from_json({"image": {"sample": "mouse"}, "kernel": {"filter": "box_blur"}})
    assert bench.kernel.channels == bench.source.channels


# what is no scene


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "it has no “bench”"),
        ([], "it has no “bench”"),
        ({}, "it has no “bench”"),
        ({"bench": SMALL, "workspace": "kitchen"}, "there is no workspace called “kitchen”"),
        ({"bench": []}, "The bench must be written in braces"),
        ({"bench": {"kernel": {}}}, "A bench needs an “image” and a “kernel”"),
        ({"bench": {**SMALL, "colour": 1}}, "A bench has no “colour”"),
        (scene(image=3), "The image must be written in braces"),
        (scene(image={}), "An image needs a “sample”, a “file” or “rows” of numbers"),
        (scene(image={"sample": "unicorn"}), "There is no sample picture called “unicorn”"),
        (scene(image={"sample": ["mouse"]}), "“sample” is a text in quotation marks"),
        (scene(image={"rows": []}), "Rows are 1 to 64 lists of 1 to 64 numbers"),
        (scene(image={"rows": [[]]}), "Rows are 1 to 64 lists of 1 to 64 numbers"),
        (scene(image={"rows": [[0] * 65]}), "Rows are 1 to 64 lists of 1 to 64 numbers"),
        (scene(image={"rows": [[0]] * 65}), "Rows are 1 to 64 lists of 1 to 64 numbers"),
        (scene(image={"rows": "1234"}), "Rows are 1 to 64 lists of 1 to 64 numbers"),
        (scene(image={"rows": [[1, 2], [3]]}), "All rows must have the same length"),
        (scene(image={"rows": [["1"]]}), "“1” is not a number"),
        (scene(image={"rows": [[True]]}), "“True” is not a number"),
        (scene(image={"rows": [[None]]}), "“None” is not a number"),
        (scene(image={"rows": [[float("nan")]]}), "An image holds only"),
        (scene(image={"rows": [[float("inf")]]}), "An image holds only"),
        (scene(image={"rows": [[1e300]]}), "An image holds only"),
        (scene(image={"rows": [[10**400]]}), "An image holds only"),
        (scene(image={"rows": [[1]], "white": 0}), "An image's white must be"),
        (scene(image={"rows": [[1]], "white": float("nan")}), "An image's white must be"),
        (scene(image={"rows": [[1]], "white": float("inf")}), "An image's white must be"),
        (scene(image={"rows": [[1]], "white": "255"}), "“255” is not a number"),
        (scene(kernel={"filter": "sauce"}), "There is no filter called “sauce”"),
        (scene(kernel={}), "Rows are 1 to 11 lists of 1 to 11 numbers"),
        (scene(kernel={"rows": [[1] * 12]}), "Rows are 1 to 11 lists of 1 to 11 numbers"),
        (scene(kernel={"rows": [["x"]]}), "“x” is not a number"),
        (scene(kernel={"rows": [[[1]]]}), "“[1]” is not a number"),
        (scene(kernel={"rows": [[float("nan")]]}), "“nan” is not a number"),
        (scene(kernel={"rows": [[1]], "divisor": 0}), "Dividing by 0 has no meaning"),
        (scene(kernel={"rows": [[1]], "bias": {}}), "“{}” is not a number"),
        (scene(stride=0), "A stride lies between 1 and 16; 0 has no meaning here"),
        (scene(stride=1.5), "“stride” is one whole number or a list of 2"),
        (scene(stride=True), "“stride” is one whole number or a list of 2"),
        (scene(stride=[1]), "“stride” is one whole number or a list of 2"),
        (scene(padding=[1, 2]), "“padding” is one whole number or a list of 4"),
        (scene(padding=17), "A padding lies between 0 and 16; 17 has no meaning here"),
        (scene(dilation=-1), "A dilation lies between 1 and 4; -1 has no meaning here"),
        (scene(padding_mode="mirror"), "There is no padding called “mirror”"),
        (scene(activation="swish"), "There is no activation called “swish”"),
        (scene(activation=["relu"]), "There is no activation called"),
        (scene(fit="28"), "“fit” cannot be “28”"),
        (scene(fit=True), "“fit” cannot be “True”"),
        (scene(fit=0), "The longest side of a picture"),
        (scene(fit=-3), "The longest side of a picture"),
        (scene(square=1), "“square” cannot be “1”"),
        (scene(pooling="max"), "The pooling must be written in braces"),
        (scene(pooling={"kind": "median"}), "There is no pooling called “median”"),
        (scene(pooling={"window": 2}), "A pooling has no “window”"),
        (scene(pooling={"size": 0}), "A pooling window lies between 1 and 16"),
        (scene(pooling={"size": [2, 2, 2]}), "“size” is one whole number or a list of 2"),
        (scene(pooling={"padding": 2}), "can have a padding of at most 1"),
        ({"bench": SMALL, "view": []}, "its “view” must be written in braces"),
        ({"bench": SMALL, "view": {"stage": "attic"}}, "there is no stage called “attic”"),
        ({"bench": SMALL, "view": {"stage": []}}, "there is no stage called"),
        ({"bench": SMALL, "view": {"row": 3}}, "its row lies between 1 and 2; “3” does not work"),
        ({"bench": SMALL, "view": {"row": 0}}, "its row lies between 1 and 2; “0” does not work"),
        ({"bench": SMALL, "view": {"column": 1.0}}, "its column lies between 1 and 2"),
        ({"bench": SMALL, "view": {"column": True}}, "its column lies between 1 and 2"),
        ({"bench": SMALL, "view": {"whole": "no"}}, "its “whole” is true or false"),
        (
            {**scene(kernel={"rows": [[1, 1, 1]]}), "view": {"row": 2}},
            "its row can only be 1, for there is no map",
        ),
    ],
)
def test_what_is_wrong_is_named(data, sentence):
    told = refusal(data)
    assert sentence in told
    assert is_one_sentence(told)


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@given(st.data())
def test_whatever_stands_in_a_scene_it_is_a_scene_or_one_sentence(data):
    made = {
        "bench": {
            "image": {"rows": [[1, 2], [3, 4]], "white": 9, "name": "a"},
            "kernel": {"rows": [[1]], "divisor": 2, "bias": "1/2"},
            "pooling": {"kind": "max", "size": 1, "stride": 1, "padding": 0},
            **{"stride": 1, "padding": 0, "dilation": 1, "fit": 3, "square": True},
            **{"invert": False, "padding_mode": "zero", "activation": "relu"},
        },
        "view": {"stage": "feature_map", "row": 1, "column": 1, "whole": False},
        **{"title": "", "about": "", "workspace": "convolution"},
    }
    entry = made
    while True:
        name = data.draw(st.sampled_from(sorted(entry)))
        if isinstance(entry[name], dict) and data.draw(st.booleans()):
            entry = entry[name]
            continue
        entry[name] = data.draw(junk)
        break
    try:
        found = scene_from_json(made)
    except ValueError as refused:
        assert type(refused) is ValueError
        assert is_one_sentence(str(refused))
    else:
        assert np.isfinite(found.bench.feature_map()).all()


# hostile files


def hostile():
    deep = '{"bench":' * 100_000
    yield "empty", b""
    yield "words", b"once upon a time"
    yield "half", json.dumps(scene()).encode()[:-2]
    yield "binary", bytes(range(256)) * 4
    yield "utf16", json.dumps(scene()).encode("utf-16")
    yield "picture", b"\x89PNG\r\n\x1a\n" + bytes(1000)
    yield "huge", b" " * (2 << 20)
    yield "huge_scene", json.dumps({"title": "x" * (1 << 20), **scene()}).encode()
    yield "deep_lists", b"[" * 100_000
    yield "deep_objects", deep.encode()
    yield "deep_rows", b'{"bench": {"image": ' + b"[" * 900 + b"]" * 900 + b', "kernel": {}}}'
    yield "deep_token", json.dumps(scene(kernel={"rows": [[nested(500)]]})).encode()
    yield "long_name", json.dumps(scene(image={"sample": "x" * 100_000})).encode()
    yield "long_field", json.dumps(scene(**{"y" * 100_000: 1})).encode()
    yield "lines_in_name", json.dumps(scene(image={"sample": "a\nb\r\nc"})).encode()
    yield "long_number", b'{"bench": {"image": {"rows": [[' + b"9" * 100_000 + b"]]}}}"
    yield "large_number", json.dumps(scene(image={"rows": [[10**400]]})).encode()
    yield "long_weight", json.dumps(scene(kernel={"rows": [["9" * 100_000]]})).encode()
    yield "large_float", b'{"bench": {"image": {"rows": [[1e999]]}, "kernel": {"rows": [[1]]}}}'
    yield "nan", json.dumps(scene(image={"rows": [[float("nan")]]})).encode()
    yield "nan_weight", json.dumps(scene(kernel={"rows": [[float("nan")]]})).encode()
    yield "missing_file", json.dumps(scene(image={"file": "not_there.png"})).encode()
    yield "folder_as_file", json.dumps(scene(image={"file": "."})).encode()
    yield "null_in_file", json.dumps(scene(image={"file": "a\0b.png"})).encode()
    yield "scene_as_picture", json.dumps(scene(image={"file": "scene_as_picture.json"})).encode()
    yield "surrogate", b'{"bench": {"image": {"file": "\\ud800"}, "kernel": {"rows": [[1]]}}}'
    yield "twice", json.dumps(scene()).encode() * 2
    yield "row_out_of_range", json.dumps({**scene(), "view": {"row": 99}}).encode()


def nested(depth):
    made = []
    for _ in range(depth):
        made = [made]
    return made


@pytest.mark.parametrize(("name", "raw"), [pytest.param(*each, id=each[0]) for each in hostile()])
def test_a_hostile_file_is_refused_in_one_sentence_with_its_name(name, raw, tmp_path):
    path = tmp_path / f"{name}.json"
    path.write_bytes(raw)
    with pytest.raises(ValueError, match=f"^{name}.json ") as refused:
        read_scene(path)
    assert type(refused.value) is ValueError
    assert is_one_sentence(str(refused.value))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ValueError, match="^gone.json cannot be read: "):
        read_scene(tmp_path / "gone.json")


def test_a_folder_is_refused(tmp_path):
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(ValueError, match="^folder.json cannot be read: "):
        read_scene(tmp_path / "folder.json")


def test_a_file_that_is_not_json_says_which_line(tmp_path):
    path = tmp_path / "typo.json"
    path.write_text('{\n"bench": {},\n}', "utf-8")
    with pytest.raises(ValueError, match=r"^typo.json is not a scene: line 3 is not JSON$"):
        read_scene(path)


def test_a_scene_saved_by_an_editor_that_marks_utf8_is_read(tmp_path):
    path = tmp_path / "marked.json"
    path.write_text(json.dumps(scene()), "utf-8-sig")
    assert read_scene(path).bench == scene_from_json(scene()).bench
