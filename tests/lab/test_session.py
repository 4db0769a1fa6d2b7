"""Sessions: every bench comes back exactly, and nothing that was forged comes in."""

import io
import json
import os
import tracemalloc
import zipfile
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image, Origin
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.samples import sample_image
from cnnstudio.lab.session import SESSION, Session
from cnnstudio.lab.session_zip import clear_parts, is_session, read_session, write_session
from tests.lab.benches import benches

BLUR = Kernel.of([["1/9"] * 3] * 3)
LONG = "1" + "0" * 599
VIEW = {"stage": "activation", "row": 3, "whole": True}


def bench_of(image, **fields):
    return ConvolutionBench(image, BLUR.repeated(image.channels), **fields)


def session_of(bench, **fields):
    return Session({"convolution": bench}, {"convolution": VIEW}, "convolution", **fields)


def small(value=7):
    return session_of(bench_of(Image(np.full((1, 4, 5), value, np.uint8), "small")))


def again(session, folder):
    path = folder / "again.cnnstudio"
    write_session(path, session)
    return read_session(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sessions")


@pytest.fixture(scope="module")
def whole(folder):
    """The bytes of a session file with a picture of each kind in it."""
    colour = Image(np.arange(60, dtype=np.uint8).reshape(3, 4, 5), "colour")
    path = folder / "whole.cnnstudio"
    write_session(path, session_of(bench_of(colour, stride=(2, 2))))
    return path.read_bytes()


@pytest.fixture(scope="module")
def opened(folder):
    """Read a session from bytes."""

    def open_(data, name="other.cnnstudio"):
        path = folder / name
        path.write_bytes(data)
        return read_session(path)

    return open_


def forged(whole, change=None, compression=zipfile.ZIP_STORED, **members):
    """Write a session file anew with something in it changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(made, "w", compression) as new:
        found = {name: old.read(name) for name in old.namelist()}
        if change:
            said = json.loads(found[SESSION])
            change(said)
            found[SESSION] = json.dumps(said).encode()
        for name, data in {**found, **members}.items():
            if data is not None:
                new.writestr(name, data)
    return made.getvalue()


def picture_of(said):
    return next(iter(said["pictures"].values()))


@settings(max_examples=40)
@given(bench=benches())
def test_any_bench_comes_back_exactly(folder, bench):
    found = again(session_of(bench), folder)
    assert found == session_of(bench)
    assert found.benches["convolution"].source.digest == bench.source.digest


@pytest.mark.parametrize(
    "origin",
    [
        None,
        Origin(Path("/somewhere/else \udce4.gif"), 3, 9, True, (1, 2, 3)),
        Origin(b"GIF89a and so on", 0, 2, partial=True),
    ],
)
def test_where_a_picture_came_from_comes_back_too(tmp_path, origin):
    image = Image(np.ones((3, 2, 2), np.uint8), "frame", 0, 50, origin)
    assert again(session_of(bench_of(image)), tmp_path).benches["convolution"].source == image


@pytest.mark.parametrize("path", ["//host/share/a.png", r"\\host\share\a.png", "\\/host/a.png"])
def test_a_picture_on_another_computer_is_only_its_pixels(opened, whole, path):
    def change(said):
        picture_of(said)["origin"] = {"path": path}

    found = opened(forged(whole, change)).benches["convolution"].source
    assert found.origin is None
    assert found.pixels.size


def test_a_kernel_comes_back_even_if_nobody_could_type_it(tmp_path):
    odd = Fraction(3 * 10**9 + 1, 7 * 10**10)
    bench = ConvolutionBench(Image.of([[1.0]]), Kernel((((odd,),),), odd, -odd))
    assert again(session_of(bench), tmp_path).benches["convolution"].kernel == bench.kernel


def test_a_kernel_of_slices_added_up_comes_back(tmp_path):
    primes = (999_999_937, 999_999_929, 999_999_893)
    added = Kernel(tuple(((Fraction(1, each),),) for each in primes)).repeated(1)
    assert added.cells[0][0][0].denominator > 10**26  # each slice was typed, their sum was not
    bench = ConvolutionBench(Image.of([[1.0]]), added)
    assert again(session_of(bench), tmp_path).benches["convolution"].kernel == added


def test_a_kernel_that_could_not_be_read_again_is_not_saved(tmp_path):
    bench = ConvolutionBench(Image.of([[1.0]]), Kernel((((Fraction(10**12),),),)))
    with pytest.raises(ValueError, match=r"could not be saved: A number of a kernel is too large"):
        again(session_of(bench), tmp_path)


def test_kernel_b_comes_back(tmp_path):
    other = Kernel.of([[1, 2], [3, 4]], 5)
    bench = bench_of(Image.of([[1.0]]), other=other, flipped=True)
    assert again(session_of(bench), tmp_path).benches["convolution"] == bench


def test_a_sample_picture_is_in_the_session_with_its_own_numbers(tmp_path):
    bench = bench_of(sample_image("mouse"))
    path = tmp_path / "mouse.cnnstudio"
    write_session(path, session_of(bench))
    with zipfile.ZipFile(path) as file:
        picture = next(name for name in file.namelist() if name.endswith(".npy"))
        found = np.load(io.BytesIO(file.read(picture)), allow_pickle=False)
    assert (found == bench.source.pixels).all()


def test_a_session_begins_so_that_it_is_known_under_any_name(tmp_path, whole):
    (tmp_path / "download").write_bytes(whole)
    (tmp_path / "other.cnnstudio").write_bytes(b"PK\3\4 and something else")
    assert is_session(tmp_path / "download")
    assert not is_session(tmp_path / "other.cnnstudio")
    assert not is_session(tmp_path / "nothing")
    assert not is_session(tmp_path)


def test_what_a_later_version_adds_is_kept(tmp_path, opened, whole):
    def later(said):
        said["tags"] = ["a"]
        said["workspaces"]["convolution"]["bench"]["lens"] = 2
        said["workspaces"]["convolution"]["mood"] = {"good": True}
        said["workspaces"]["network"] = {"bench": {"image": {"file": "0123"}}}
        said["pictures"]["0123"] = {**picture_of(said), "name": "of the network"}

    first = opened(forged(whole, later))
    assert first.benches == opened(whole).benches
    changed = Session(
        small().benches,
        small().views,
        unknown=first.unknown,
        unknown_pictures=first.unknown_pictures,
    )
    path = tmp_path / "kept.cnnstudio"
    write_session(path, changed)
    with zipfile.ZipFile(path) as file:
        said = json.loads(file.read(SESSION))
    assert said["tags"] == ["a"]
    assert said["workspaces"]["convolution"]["bench"]["lens"] == 2
    assert said["workspaces"]["convolution"]["mood"] == {"good": True}
    assert said["workspaces"]["network"]["bench"]["image"]["file"] == "0123"
    assert said["pictures"]["0123"]["name"] == "of the network"
    found = read_session(path)
    assert found.benches == small().benches
    assert [image.name for image in found.unknown_pictures.values()] == ["of the network"]


def test_a_view_that_is_none_is_an_empty_one(opened, whole):
    def change(said):
        said["workspaces"]["convolution"]["view"] = 5

    assert opened(forged(whole, change)).views == {"convolution": {}}


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (["version"], 2, "later"),
        (["version"], "1", "version"),
        (["version"], True, "version"),
        (["workspaces"], [], "braces"),
        (["workspaces", "convolution", "bench"], None, "braces"),
        (["workspaces", "convolution", "bench", "stride"], [0, 1], "stride"),
        (["workspaces", "convolution", "bench", "stride"], [1e999, 1], "Infinity"),
        (["workspaces", "convolution", "bench", "gray"], 1, "gray"),
        (["workspaces", "convolution", "bench", "image"], {"file": "other"}, "picture"),
        (["workspaces", "convolution", "bench", "image"], {"sample": "mouse"}, "picture"),
        (["workspaces", "convolution", "bench", "kernel"], None, "kernel"),
        (["workspaces", "convolution", "bench", "kernel"], {"rows": [["1/0"]]}, "1/0"),
        (["workspaces", "convolution", "bench", "kernel"], {"rows": [[None]]}, "None"),
        (["workspaces", "convolution", "bench", "kernel"], {"rows": [[1]]}, "channels"),
        (["workspaces", "convolution", "bench", "kernel"], {"filter": "box_blur"}, "Rows"),
        (["workspaces", "convolution", "bench", "kernel"], {"rows": [[LONG]]}, "too long"),
        (["workspaces", "convolution", "bench", "kernel"], {"rows": [[f"{LONG}/1"]]}, "too large"),
        (["workspaces", "convolution", "bench", "kernel"], {"rows": [[f"1/{LONG}"]]}, "too fine"),
        (["workspaces", "convolution", "bench", "other"], {"rows": [[f"{LONG}/1"]]}, "too large"),
        (["pictures"], 3, "pictures"),
        (["pictures", "*", "shape"], [3, 4, 6], "size"),
        (["pictures", "*", "shape"], [3, 5, 4], "written"),
        (["pictures", "*", "shape"], [1, 12, 5], "written"),
        (["pictures", "*", "shape"], [-3, -4, 5], "shape"),
        (["pictures", "*", "shape"], [3, 4, 10**30], "shape"),
        (["pictures", "*", "shape"], [65, 1000, 1000], "larger"),
        (["pictures", "*", "shape"], [True, 4, 5], "shape"),
        (["pictures", "*", "numbers"], "object", "object"),
        (["pictures", "*", "numbers"], ["uint8"], "uint8"),
        (["pictures", "*", "file"], "../../etc/passwd", "passwd"),
        (["pictures", "*", "file"], "session.json", "session.json"),
        (["pictures", "*", "file"], f"pictures/{'0' * 32}.npy", "missing"),
        (["pictures", "*", "name"], 5, "name"),
        (["pictures", "*", "white"], "x", "number"),
        (["pictures", "*", "white"], -1, "white"),
        (["pictures", "*", "white"], 1e999, "Infinity"),
        (["pictures", "*", "origin"], 5, "came from"),
        (["pictures", "*", "origin"], {"path": "a\0b"}, "None"),
        (["pictures", "*", "origin"], {"path": "a", "frame": -1}, "-1"),
        (["pictures", "*", "origin"], {"path": "a", "background": [1, 2, 256]}, "256"),
        (["pictures", "*", "origin"], {"path": "a", "partial": 1}, "partial"),
    ],
)
def test_what_is_wrong_is_said_with_the_files_name(opened, whole, path, value, words):
    def change(said):
        *way, last = path
        for name in way:
            said = next(iter(said.values())) if name == "*" else said[name]
        said[last] = value

    with pytest.raises(ValueError, match=words) as refused:
        opened(forged(whole, change), "mine.cnnstudio")
    said = str(refused.value)
    assert said.startswith("mine.cnnstudio ")
    assert "\n" not in said


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"null",
        b"[1, 2",
        b"\xff\xfe{}",
        b"[" * 100_000,
        b'{"version": 1, "a": ' * 9000,
        b'{"version": NaN}',
        b'{"version": 1, "workspaces": {"convolution": {"view": {"zoom": 1e999}}}}',
        b'{"version": ' + b"1" * 5000 + b"}",
        b" " * (1 << 20) + b'{"version": 1}',
    ],
    ids=lambda text: f"{text[:20]!r}",
)
def test_what_is_no_session_in_json_is_refused(opened, whole, text):
    with pytest.raises(ValueError, match=r"other\.cnnstudio cannot"):
        opened(forged(whole, **{SESSION: text}))


@pytest.mark.parametrize(
    "name", ["../out.txt", "/etc/out.txt", "a/../../b", "C:\\out.txt", "..", "a//b", ".hidden"]
)
def test_a_member_that_leads_elsewhere_is_refused(opened, whole, name):
    with pytest.raises(ValueError, match="cannot hold a file"):
        opened(forged(whole, **{name: b"x"}))


def test_files_of_a_later_version_and_folders_do_no_harm(opened, whole):
    more = {"weights/net-1.npy": b"x", "runs/1/loss.csv": b"0", "pictures/": b""}
    assert opened(forged(whole, **more)) == opened(whole)


def test_two_files_of_one_name_are_refused(opened, whole):
    made = io.BytesIO(whole)
    with zipfile.ZipFile(made, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr(SESSION, b"{}")
    with pytest.raises(ValueError, match="cannot hold a file"):
        opened(made.getvalue())


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(opened, whole, compression):
    with pytest.raises(ValueError, match="packed"):
        opened(forged(whole, compression=compression))


def test_an_encrypted_session_is_refused(opened, whole):
    data = bytearray(forged(whole))
    at = data.index(b"PK\1\2")
    data[6] |= 1
    data[at + 8] |= 1
    with pytest.raises(ValueError, match="encrypted"):
        opened(bytes(data))


def peak(work):
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_bomb_is_not_unpacked(opened, whole):
    data = forged(whole, compression=zipfile.ZIP_DEFLATED, **{SESSION: b" " * (200 << 20)})
    small_size = (500).to_bytes(4, "little")
    at = data.index(b"PK\1\2")
    lying = data[:22] + small_size + data[26 : at + 24] + small_size + data[at + 28 :]

    def work():
        for bomb in (data, lying):
            with pytest.raises(ValueError, match=r"other\.cnnstudio"):
                opened(bomb)

    assert peak(work) < 16 << 20


def test_more_than_any_session_holds_is_refused_before_it_is_read(opened, whole):
    data = bytearray(forged(whole, more=b"x"))
    at = data.rindex(b"PK\1\2")
    data[at + 24 : at + 28] = (0xFFFFFFF0).to_bytes(4, "little")
    with pytest.raises(ValueError, match="larger"):
        opened(bytes(data))


def test_a_list_of_members_without_end_is_not_even_read(opened, whole):
    data = forged(whole, **{f"runs/{number}{'x' * 200}": b"" for number in range(6000)})

    def work():
        with pytest.raises(ValueError, match="not packed as a session is"):
            opened(data)

    assert peak(work) < 1 << 20


def test_a_list_of_members_that_is_somewhere_else_is_not_looked_for(opened, whole):
    end = len(whole) - 22
    elsewhere = b"PK\6\7" + bytes(4) + (0).to_bytes(8, "little") + bytes(4)
    data = bytearray(whole[:end] + elsewhere + whole[end:])
    length = int.from_bytes(data[-10:-6], "little") + len(elsewhere)
    data[-10:-6] = length.to_bytes(4, "little")
    with pytest.raises(ValueError, match="not packed as a session is"):
        opened(bytes(data))


@pytest.mark.parametrize("more", [b"x", b"PK", b"\0" * 70000])
def test_a_session_with_something_behind_it_is_refused(opened, whole, more):
    with pytest.raises(ValueError, match="not whole"):
        opened(whole + more)


def test_a_session_cut_off_anywhere_is_refused(opened, whole):
    def work():
        for end in range(0, len(whole), 7):
            with pytest.raises(ValueError, match=r"other\.cnnstudio cannot be opened"):
                opened(whole[:end])

    assert peak(work) < 16 << 20


@settings(max_examples=300)
@given(data=st.data())
def test_a_session_with_other_bytes_in_it_is_refused_or_the_same(opened, whole, data):
    flips = st.tuples(st.integers(0, len(whole) - 1), st.integers(1, 255))
    made = bytearray(whole)
    for at, other in data.draw(st.lists(flips, min_size=1, max_size=4)):
        made[at] ^= other
    try:
        found = opened(bytes(made))
    except ValueError as refused:
        assert str(refused).startswith("other.cnnstudio cannot be")  # noqa: PT017
    else:
        assert found == opened(whole)


def test_no_flip_of_a_byte_costs_much_memory(opened, whole):
    def work():
        for at in range(0, len(whole), 5):
            made = bytearray(whole)
            made[at] ^= 0xFF
            with suppress(ValueError):
                opened(bytes(made))

    assert peak(work) < 32 << 20


def test_a_folder_a_pipe_and_nothing_are_no_sessions(tmp_path):
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.cnnstudio")
    for name in ("pipe.cnnstudio", "nothing.cnnstudio", "."):
        with pytest.raises(ValueError, match="cannot be"):
            read_session(tmp_path / name)


def test_a_session_that_cannot_be_written_leaves_the_old_one(tmp_path):
    path = tmp_path / "mine.cnnstudio"
    write_session(path, small(1))

    def stop(_done, _total):
        raise OSError(28, "No space left on device")

    with pytest.raises(ValueError, match=r"mine\.cnnstudio could not be saved: there is no room"):
        write_session(path, small(2), stop)
    assert read_session(path) == small(1)
    assert [each.name for each in tmp_path.iterdir()] == ["mine.cnnstudio"]


def test_a_folder_that_is_gone_is_said(tmp_path):
    with pytest.raises(ValueError, match="its folder is not there any more"):
        write_session(tmp_path / "gone" / "mine.cnnstudio", small())


def test_writing_tells_how_far_it_is(tmp_path):
    told = []
    write_session(tmp_path / "a.cnnstudio", small(), lambda *how_far: told.append(how_far))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_what_killed_writers_left_is_cleared_and_nothing_else(tmp_path):
    old = [".mine.cnnstudio.abcd_123.part", ".other.cnnstudio.abcd_123.part", "mine.part"]
    new = ".mine.cnnstudio.abcd_456.part"  # another window may be writing it
    for name in [*old, new]:
        (tmp_path / name).write_bytes(b"PK")
    for name in old:
        os.utime(tmp_path / name, (0, 0))
    clear_parts(tmp_path / "mine.cnnstudio")
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([*old[1:], new])
