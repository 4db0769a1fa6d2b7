"""What is no scene is refused in one sentence, whatever the file holds."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.datasets.picture import UnusablePicture
from cnnstudio.lab.scene import read_scene, scene_from_json

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
    return "\n" not in text and len(text) <= 200 and "()" not in text


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
        ({"bench": SMALL, "title": 3}, "its “title” is a text of up to 500 letters"),
        ({"bench": SMALL, "title": "x" * 501}, "its “title” is a text of up to 500 letters"),
        ({"bench": SMALL, "about": None}, "its “about” is a text of up to 500 letters"),
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
    refused, bench = ValueError(""), None
    try:
        bench = scene_from_json(made).bench
    except ValueError as reason:
        refused = reason
    assert type(refused) is ValueError
    assert is_one_sentence(str(refused))
    assert bench is None or np.isfinite(bench.feature_map()).all()


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
    with pytest.raises(ValueError, match=rf"^{name}\.json ") as refused:
        read_scene(path)
    assert type(refused.value) in {ValueError, UnusablePicture}
    assert is_one_sentence(str(refused.value))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"^gone\.json cannot be read: "):
        read_scene(tmp_path / "gone.json")


def test_a_folder_is_refused(tmp_path):
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(ValueError, match=r"^folder\.json cannot be read: "):
        read_scene(tmp_path / "folder.json")


def test_a_file_that_is_not_json_says_which_line(tmp_path):
    path = tmp_path / "typo.json"
    path.write_text('{\n"bench": {},\nview\n}', "utf-8")  # Pythons disagree about trailing commas
    with pytest.raises(ValueError, match=r"^typo.json is not a scene: line 3 is not JSON$"):
        read_scene(path)


def test_a_file_that_is_too_large_is_not_read_to_its_end(tmp_path):
    path = tmp_path / "large.json"
    path.write_text(" " * (1 << 20) + json.dumps(scene()), "utf-8")
    with pytest.raises(ValueError, match=r"^large\.json .* larger than a megabyte$"):
        read_scene(path)


@pytest.mark.parametrize("number", ["NaN", "1e999", "9" * 5000])
def test_a_number_that_is_none_is_refused_wherever_it_stands(tmp_path, number):
    path = tmp_path / "odd.json"
    path.write_text(f'{{"bench": {{}}, "nobody": {number}}}', "utf-8")
    with pytest.raises(ValueError, match=r"^odd\.json cannot be used as a scene: “.{3,40}” is "):
        read_scene(path)
