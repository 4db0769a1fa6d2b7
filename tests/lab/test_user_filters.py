"""The user's own filters: written, read, renamed, deleted and brought back, whatever happens."""

import json
import os
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cnnstudio import resources
from cnnstudio.lab import user_filters
from cnnstudio.lab.filters import library
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.kernel_json import kernel_from_json
from cnnstudio.lab.user_filters import (
    MAX_BYTES,
    MAX_FILES,
    UserFilters,
    checked_name,
    delete_filter,
    read_filters,
    rename_filter,
    restore_filter,
    save_filter,
)

ODD = Kernel.of([[1, "1/3"], [-2, "0.5"]], 7, 3)
QUIET = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
GOOD = {"name": "good", "about": "Does good.", "rows": [[1, 2], [3, 4]]}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "filters"


@pytest.fixture
def odd(folder):
    return save_filter(folder, "odd one", "It is odd.", ODD)


def put(folder, name, content):
    """Lay a file among the filters: bytes, a text, or what is written as JSON."""
    folder.mkdir(exist_ok=True)
    raw = content if isinstance(content, bytes | str) else json.dumps(content)
    (folder / name).write_bytes(raw if isinstance(raw, bytes) else raw.encode())


def reasons(folder):
    return {each.file: each.reason for each in read_filters(folder).broken}


# saving and reading


def test_a_folder_that_is_not_there_has_no_filters(folder):
    assert read_filters(folder) == UserFilters()


def test_what_was_saved_is_read_as_it_was(folder, odd):
    assert read_filters(folder) == UserFilters((odd,))
    assert (odd.name, odd.about, odd.family, odd.kernel) == ("odd one", "It is odd.", "mine", ODD)


def test_slices_are_saved_too(folder):
    kernel = Kernel(tuple(Kernel.of([[n, 0]]).cells[0] for n in range(3)), Fraction(2))
    save_filter(folder, "three", "", kernel)
    assert read_filters(folder).filters[0].kernel == kernel


def test_a_saved_file_looks_like_a_shipped_one(folder):
    shipped = library()["box_blur"]
    save_filter(folder, shipped.name, shipped.about, shipped.kernel)
    wanted = resources.text("filters/box_blur.json").replace('"blur"', '"mine"')
    assert (folder / "box_blur.json").read_text("utf-8") == wanted


@QUIET
@given(
    name=st.text(min_size=1, max_size=40),
    about=st.text(max_size=200),
    cells=st.lists(st.fractions(-999, 999, max_denominator=99), min_size=4, max_size=4),
    divisor=st.integers(1, 99),
)
def test_any_name_and_kernel_is_kept_exactly(tmp_path_factory, name, about, cells, divisor):
    folder = tmp_path_factory.mktemp("any")
    kernel = Kernel((((cells[0], cells[1]), (cells[2], cells[3])),), Fraction(divisor))
    try:
        saved = save_filter(folder, name, about, kernel)
    except ValueError:
        with pytest.raises(ValueError, match="needs a name"):
            checked_name(name)
        return
    assert read_filters(folder) == UserFilters((saved,))
    assert saved.kernel == kernel


def test_filters_stand_by_their_names(folder):
    for name in ("pear", "Apple", "fig"):
        save_filter(folder, name, "", ODD)
    assert [each.name for each in read_filters(folder).filters] == ["Apple", "fig", "pear"]


@pytest.mark.parametrize("name", ["", "  ", "\n\t", "\u200b"])
def test_a_filter_without_a_name_is_refused(folder, name):
    with pytest.raises(ValueError, match="A filter needs a name"):
        save_filter(folder, name, "", ODD)
    assert not folder.exists()


def test_a_name_or_sentence_that_is_too_long_is_refused(folder):
    with pytest.raises(ValueError, match="up to 40 letters"):
        save_filter(folder, "n" * 41, "", ODD)
    with pytest.raises(ValueError, match="up to 200 letters"):
        save_filter(folder, "n", "a" * 201, ODD)


@pytest.mark.parametrize(
    "names", [("a b", "a-b", "A/B"), ("…", "?", "日本"), ("../../up", "up"), ("con", "nul")]
)
def test_no_filter_is_written_over_another_and_none_outside_of_the_folder(folder, names):
    before = set(folder.parent.rglob("*"))
    for place, name in enumerate(names):
        save_filter(folder, name, "", Kernel.of([[place]]))
    found = read_filters(folder)
    assert {each.name: each.kernel.cells[0][0][0] for each in found.filters} == {
        name: place for place, name in enumerate(names)
    }
    made = set(folder.parent.rglob("*")) - before - {folder}
    assert len(made) == len(names)
    assert {path.parent for path in made} == {folder}
    assert not {path.stem for path in made} & {"con", "nul", ""}


def test_a_filter_is_replaced_only_if_that_is_wanted(folder, odd):
    other = save_filter(folder, "odd-one", "Another.", Kernel.of([[5]]))
    assert len(read_filters(folder).filters) == 2
    save_filter(folder, "Odd One", "The same place.", Kernel.of([[6]]), replaced=odd)
    found = read_filters(folder)
    assert {each.key: each.about for each in found.filters} == {
        odd.key: "The same place.",
        other.key: "Another.",
    }


def test_a_name_that_is_another_filters_is_refused_as_of_now_in_the_folder(folder, odd):
    other = save_filter(folder, "other", "", Kernel.of([[5]]))
    for replaced in (None, other):
        with pytest.raises(ValueError, match="There is a filter called “odd one” already"):
            save_filter(folder, " Odd  ONE ", "", Kernel.of([[6]]), replaced)
    assert set(read_filters(folder).filters) == {odd, other}


def test_two_windows_that_save_at_once_take_no_file_from_each_other(folder, monkeypatch):
    write = user_filters.write_file

    def write_late(path, content):
        monkeypatch.setattr(user_filters, "write_file", write)
        save_filter(folder, "same", "By the other window.", Kernel.of([[2]]))
        write(path, content)

    monkeypatch.setattr(user_filters, "write_file", write_late)
    save_filter(folder, "same", "By this window.", Kernel.of([[1]]))
    found = read_filters(folder)
    assert {each.about for each in found.filters} == {"By this window.", "By the other window."}
    assert not found.broken


def test_a_filter_that_cannot_be_written_leaves_no_file(folder, odd, monkeypatch):
    def full(_path, _content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(user_filters, "write_file", full)
    with pytest.raises(OSError, match="No space"):
        save_filter(folder, "another", "", ODD)
    assert [path.name for path in folder.iterdir()] == ["odd_one.json"]


def test_a_filter_is_found_by_its_name_capital_or_small(folder, odd):
    found = read_filters(folder)
    assert found.named("  ODD   one ") == odd
    assert found.named("odd") is None


def test_a_file_where_the_folder_should_be_is_told_in_a_sentence(folder, odd):
    deleted = delete_filter(folder, odd)
    folder.rmdir()
    folder.write_text("in the way")
    for do in (
        lambda: save_filter(folder, "n", "", ODD),
        lambda: save_filter(folder / "below", "n", "", ODD),
        lambda: restore_filter(folder, deleted),
    ):
        with pytest.raises(ValueError, match="is a file and should be a folder"):
            do()
    assert folder.read_text() == "in the way"


# renaming, deleting, bringing back


def test_a_filter_can_be_renamed_and_keeps_all_else(folder):
    put(folder, "x.json", {**GOOD, "colour": "green"})
    (found,) = read_filters(folder).filters
    renamed = rename_filter(folder, found, " better ")
    assert read_filters(folder).filters == (renamed,)
    assert (renamed.key, renamed.name, renamed.kernel) == (found.key, "better", found.kernel)
    assert json.loads((folder / "x.json").read_text("utf-8"))["colour"] == "green"


def test_a_name_with_brackets_is_kept_as_it_is(folder, odd):
    for name in ("[ 1, 2 ]", "[1,  2]", '"[ \\n 3 ]"'):
        wanted = " ".join(name.split())
        odd = rename_filter(folder, odd, name)
        assert read_filters(folder).filters[0].name == wanted


def test_a_filter_cannot_get_the_name_of_another(folder, odd):
    other = save_filter(folder, "other", "", ODD)
    with pytest.raises(ValueError, match="There is a filter called “odd one” already"):
        rename_filter(folder, other, "ODD one")
    assert read_filters(folder).named("other") == other
    assert rename_filter(folder, odd, "Odd one").name == "Odd one"


def test_a_deleted_filter_is_gone_and_can_be_brought_back_byte_by_byte(folder, odd):
    path = folder / "odd_one.json"
    before = path.read_bytes()
    deleted = delete_filter(folder, odd)
    assert read_filters(folder) == UserFilters()
    assert restore_filter(folder, deleted) == odd
    assert path.read_bytes() == before


def test_bringing_back_takes_no_other_filters_place(folder, odd):
    deleted = delete_filter(folder, odd)
    newer = save_filter(folder, "odd one", "Newer.", Kernel.of([[5]]))
    back = restore_filter(folder, deleted)
    assert set(read_filters(folder).filters) == {newer, back}


def test_what_is_gone_already_cannot_be_renamed_or_deleted(folder, odd):
    (folder / "odd_one.json").unlink()
    for change in (lambda: rename_filter(folder, odd, "x"), lambda: delete_filter(folder, odd)):
        with pytest.raises(ValueError, match=f"The file of “{odd.name}” is not there any more"):
            change()


# what is no filter

BROKEN = {
    "empty.json": ("", "Line 1 is not JSON"),
    "torn.json": ('{"name": "x",\n"rows": [[1, ', "Line 2 is not JSON"),
    "picture.json": (b"\x89PNG\r\n\xff\xfe", "not a text in JSON"),
    "list.json": ([1, 2], "written in braces"),
    "nameless.json": ({"rows": [[1]]}, "no “name”"),
    "blank.json": ({**GOOD, "name": "  "}, "needs a name"),
    "numbered.json": ({**GOOD, "name": 7}, "“name” is a text"),
    "told.json": ({**GOOD, "about": ["x"]}, "“about” is a text"),
    "long.json": ({**GOOD, "name": "n" * 41}, "up to 40 letters"),
    "longer.json": ({**GOOD, "about": "a" * 201}, "more than 200 letters"),
    "weightless.json": ({"name": "x"}, "no “rows”"),
    "ragged.json": ({**GOOD, "rows": [[1, 2], [3]]}, "same length"),
    "none.json": ({**GOOD, "rows": []}, "Rows are 1 to 11"),
    "large.json": ({**GOOD, "rows": [[1] * 99] * 99}, "Rows are 1 to 11"),
    "words.json": ({**GOOD, "rows": [["x"]]}, "not a number"),
    "nested.json": ({**GOOD, "rows": [[[1]]]}, "not a number"),
    "true.json": ({**GOOD, "rows": [[True]]}, "not a number"),
    "nan.json": ('{"name": "x", "rows": [[NaN]]}', "no number the bench can hold"),
    "infinite.json": ('{"name": "x", "rows": [[1e999]]}', "no number the bench can hold"),
    "huge_number.json": ('{"name": "x", "rows": [[' + "9" * 5000 + "]]}", "too long for a number"),
    "zero.json": ({**GOOD, "divisor": 0}, "Dividing by 0"),
    "slices.json": ({"name": "x", "slices": [[[1]]] * 65}, "list of 1 to 64"),
    "unlike.json": ({"name": "x", "slices": [[[1]], [[1, 2]]]}, "same length"),
    "deep.json": ("[" * 100_000, "not a text in JSON"),
    "huge.json": (b" " * (MAX_BYTES + 1), "larger than"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_named_and_leaves_the_good_ones(folder, odd, name):
    content, reason = BROKEN[name]
    put(folder, name, content)
    assert read_filters(folder).filters == (odd,)
    assert list(reasons(folder)) == [name]
    assert reason in reasons(folder)[name]


def test_what_is_no_file_is_named(folder, odd):
    (folder / "folder.json").mkdir()
    (folder / "lost.json").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe.json")
    assert reasons(folder) == {
        "folder.json": "It is no file",
        "lost.json": "It is not there any more",
        "pipe.json": "It is no file",
    }
    assert read_filters(folder).filters == (odd,)


def test_a_file_that_may_not_be_read_is_named(folder, odd, monkeypatch):
    put(folder, "secret.json", GOOD)
    opened = type(folder).open

    def refuse(path, *arguments, **named):
        if path.name == "secret.json":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **named)

    monkeypatch.setattr(type(folder), "open", refuse)
    assert reasons(folder) == {"secret.json": "It cannot be read: Permission denied"}
    assert read_filters(folder).filters == (odd,)


def test_a_folder_that_cannot_be_read_is_named(folder):
    folder.write_text("I am no folder")
    assert "cannot be read" in reasons(folder)["filters"]


def test_a_name_no_screen_can_show_is_shown_all_the_same(folder):
    folder.mkdir()
    with open(os.path.join(os.fsencode(folder), b"\xff.json"), "wb"):
        pass
    (name,) = reasons(folder)
    assert name == "\ufffd.json"


def test_other_files_and_hidden_ones_are_left_alone(folder, odd):
    put(folder, "notes.txt", "nothing")
    put(folder, ".odd_one.json.x.part", "{")
    put(folder, ".hidden.json", "{")
    assert read_filters(folder) == UserFilters((odd,))


def test_thousands_of_files_are_not_read(folder):
    for number in range(MAX_FILES + 2):
        put(folder, f"{number:04}.json", GOOD)
    found = read_filters(folder)
    assert len(found.filters) == MAX_FILES
    assert [each.reason for each in found.broken] == ["2 more files; only the first 500 are read"]


def test_a_file_by_another_hand_may_say_more_and_begin_with_a_mark(folder):
    put(folder, "x.JSON", b"\xef\xbb\xbf" + json.dumps({**GOOD, "author": "me"}).encode())
    (found,) = read_filters(folder).filters
    assert found.kernel == kernel_from_json(GOOD)
    assert rename_filter(folder, found, "other").key == found.key
    assert len(read_filters(folder).filters) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)


@QUIET
@given(
    entry=st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            ("name", "about", "rows", "slices", "divisor", "bias", "family"), JSON
        ),
    )
)
def test_forged_files_are_filters_or_named_and_never_more(tmp_path_factory, entry):
    folder = tmp_path_factory.mktemp("forged")
    put(folder, "forged.json", {**GOOD, **entry})
    found = read_filters(folder)
    assert len(found.filters) + len(found.broken) == 1
    assert all(each.reason for each in found.broken)


@QUIET
@given(end=st.integers(0, 200), flip=st.integers(0, 200))
def test_torn_and_garbled_files_never_raise(tmp_path_factory, end, flip):
    folder = tmp_path_factory.mktemp("torn")
    raw = bytearray(json.dumps(GOOD).encode())
    raw[flip % len(raw)] ^= 0x55
    put(folder, "torn.json", bytes(raw[: end % len(raw)]))
    found = read_filters(folder)
    assert len(found.filters) + len(found.broken) == 1
