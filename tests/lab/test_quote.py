"""What was typed or read, quoted in a sentence."""

import pytest

from cnnstudio.lab.quote import quote


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        ("one", "“one”"),
        ("  one \n two ", "“one two”"),
        ("a\0b\u202ec", "“a\ufffdb\ufffdc”"),
        ("x" * 40, "“" + "x" * 40 + "”"),
        ("x" * 41, "“" + "x" * 39 + "…”"),
        (3, "“3”"),
        (None, "“None”"),
        (["a"], "“['a']”"),
    ],
)
def test_a_value_is_quoted_on_one_line_and_cut_if_it_is_long(value, quoted):
    assert quote(value) == quoted


def test_a_value_of_any_depth_and_length_is_quoted():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    for value in (deep, "x" * 10**7, [list(range(1000))] * 1000):
        assert len(quote(value)) <= 42
    while deep:  # taken apart by hand: Python would do it in one deep dive
        deep = deep[0]
