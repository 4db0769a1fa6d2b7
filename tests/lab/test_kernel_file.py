"""A kernel in a file of its own."""

import json
import os
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.kernel_file import read_kernel, write_kernel
from tests.lab.benches import kernels

NINTH = Kernel.of([["1/9", -2], [0, "0.5"]], 3, "-1/2")


def refusal(path):
    with pytest.raises(ValueError, match=" ") as refused:
        read_kernel(path)
    said = str(refused.value)
    assert said.startswith(f"“{path.name}” ")
    assert "\n" not in said
    return said


def file(folder, content, name="k.txt"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("name", ["k.json", "k.JSON", "k.txt", "k", "k.csv"])
def test_what_is_written_is_read_back_with_its_name(tmp_path, name):
    path = tmp_path / name
    for kernel in (NINTH, NINTH.repeated(3), Kernel.of([[7]])):
        write_kernel(path, kernel, "my divisor 9")
        assert read_kernel(path) == ("my divisor 9", kernel)


@given(kernels() | kernels(channels=3), st.sampled_from((".json", ".txt")))
def test_any_kernel_comes_back_equal(tmp_path_factory, kernel, suffix):
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    write_kernel(path, kernel)
    assert read_kernel(path) == ("any", kernel)


@pytest.mark.parametrize("suffix", [".json", ".txt"])
def test_a_name_is_one_line_and_may_begin_with_anything(tmp_path, suffix):
    path = tmp_path / f"k{suffix}"
    write_kernel(path, NINTH, "#1 \n of  bias 3")
    assert read_kernel(path) == ("#1 of bias 3", NINTH)


def test_a_json_file_is_for_people_too(tmp_path):
    write_kernel(tmp_path / "k.json", NINTH, "größer")
    entry = json.loads((tmp_path / "k.json").read_text("utf-8"))
    rows = [["1/9", -2], [0, "1/2"]]
    assert entry == {"name": "größer", "rows": rows, "divisor": 3, "bias": "-1/2"}
    assert "größer" in (tmp_path / "k.json").read_text("utf-8")


def test_a_text_file_keeps_its_fractions(tmp_path):
    write_kernel(tmp_path / "k.txt", NINTH, "mine")
    lines = (tmp_path / "k.txt").read_text("utf-8").splitlines()
    assert lines == ["# mine", "1/9  -2", "  0 0.5", "divisor 3", "bias -0.5"]


def test_what_is_in_it_decides_not_how_it_is_called(tmp_path):
    assert read_kernel(file(tmp_path, '{"rows": [[5]]}', "a.txt")) == ("a", Kernel.of([[5]]))
    assert read_kernel(file(tmp_path, "5 6", "b.json")) == ("b", Kernel.of([[5, 6]]))
    assert read_kernel(file(tmp_path, "[[5], [6]]", "c.json")) == ("c", Kernel.of([[5], [6]]))


def test_the_files_of_the_library_are_kernels(tmp_path):
    filters = Path(__file__).parents[2] / "resources" / "filters"
    name, kernel = read_kernel(filters / "sobel_x.json")
    assert (name, kernel) == ("Sobel x", Kernel.of([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_editors_on_windows_write_is_read(tmp_path, encoding):
    path = file(tmp_path, "# größer\r\n1 2\r\n3 4\r\n".encode(encoding))
    assert read_kernel(path) == ("größer", Kernel.of([[1, 2], [3, 4]]))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "it is empty"),
        (" \n ", "it is empty"),
        ('{"rows": [[1, 2], [3', "line 1 is not JSON"),
        ('{"rows": ' + "[" * 200_000, "it is not a text in JSON"),
        ('{"name": "a"}', "Rows are 1 to 11 lists"),
        ('{"name": 3, "rows": [[1]]}', "“name” is a text in quotation marks"),
        ('{"rows": [[1, 2], [3]]}', "All rows must have the same length"),
        ('{"rows": [[NaN]]}', "“NaN” is no number the bench can hold"),
        ("1 2\n3", "In row 2 there is 1 number, in row 1 2"),
        ("dear reader", "“dear” is not a number"),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "it is not a text in UTF-8"),
        (b"\xff\xfe1", "it is not a text in UTF-8"),
        (b"1 " * 600_000, "it is larger than 1 MB"),
    ],
)
def test_what_is_no_kernel_is_refused_with_a_sentence(tmp_path, content, sentence):
    said = refusal(file(tmp_path, content))
    assert sentence in said
    assert len(said) < 200


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_neither_waited_for_nor_replaced(tmp_path):
    path = tmp_path / "pipe.json"
    os.mkfifo(path)
    assert refusal(path) == "“pipe.json” is not a kernel: it is no file"
    with pytest.raises(ValueError, match="it is no file"):
        write_kernel(path, NINTH)
    assert path.is_fifo()


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert "No such file" in refusal(tmp_path / "gone.txt")
    assert "cannot be read" in refusal(tmp_path)


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    path = file(tmp_path, "1 2")

    def broken(*_):
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", broken)
    with pytest.raises(OSError, match="disk full"):
        write_kernel(path, NINTH)
    assert path.read_text() == "1 2"
    assert list(tmp_path.iterdir()) == [path]


@given(st.binary(max_size=40) | st.text(max_size=40).map(str.encode))
def test_whatever_is_in_a_file_it_is_a_kernel_or_a_sentence(tmp_path_factory, content):
    path = file(tmp_path_factory.getbasetemp(), content, "junk.txt")
    try:
        name, kernel = read_kernel(path)
    except ValueError as refused:
        name = str(refused)
        kernel = None
    assert name
    assert kernel is not None or name.startswith("“junk.txt” is not a kernel: ")


@pytest.mark.parametrize(
    "kernel",
    [
        Kernel.of([[Fraction(1, 10**9 + 7), 1]]),
        Kernel.of([[f"-{n + 10**8}/999999937" for n in range(11)]] * 11).repeated(64),
    ],
    ids=["too fine", "too long"],
)
def test_what_could_not_be_read_again_as_text_is_refused_and_json_is_named(tmp_path, kernel):
    with pytest.raises(ValueError, match=r"as text this kernel could not be read again.*JSON"):
        write_kernel(tmp_path / "k.txt", kernel)
    assert not list(tmp_path.iterdir())
    write_kernel(tmp_path / "k.json", kernel)
    assert read_kernel(tmp_path / "k.json") == ("k", kernel)
