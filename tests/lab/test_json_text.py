"""JSON of files that anything may have happened to."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.lab.json_text import NotJson, read_json

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
).filter(lambda data: "Infinity" not in json.dumps(data))


@given(plain)
def test_what_is_written_as_json_is_read_back(data):
    text = json.dumps(data)
    assert (
        read_json(text) == read_json(text.encode()) == read_json(text.encode("utf-8-sig")) == data
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "line 1 is not JSON"),
        ("{\n\n1", "line 3 is not JSON"),
        (b"\xff", "it is not a text in JSON"),
        ("[" * 200_000, "it is not a text in JSON"),
    ],
)
def test_what_is_no_json_is_said_to_be_none(text, sentence):
    with pytest.raises(NotJson) as refused:
        read_json(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "Infinity", "1e999", "-1e999"])
def test_numbers_that_are_none_are_refused(number):
    with pytest.raises(ValueError, match=f"“{number}” is no number the bench can hold"):
        read_json(f"[{number}]")


@pytest.mark.parametrize("digits", [41, 5000])
def test_a_whole_number_without_end_is_refused_in_a_sentence(digits):
    with pytest.raises(ValueError, match=r"is too long for a number$"):
        read_json("9" * digits)
