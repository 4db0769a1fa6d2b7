"""Files are written whole or not at all."""

import os
import stat

import pytest

from cnnstudio.lab.atomic import write_file


def test_bytes_are_written(tmp_path):
    write_file(tmp_path / "a.txt", b"one")
    write_file(tmp_path / "a.txt", b"two")
    assert (tmp_path / "a.txt").read_bytes() == b"two"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_whoever_fails_in_the_middle_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def half(file):
        file.write(b"ne")
        raise ValueError("enough")

    with pytest.raises(ValueError, match="enough"):
        write_file(path, half)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_the_new_file_may_be_read_by_whom_the_old_one_may(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_file(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_is_as_any_new_file(tmp_path):
    (tmp_path / "usual").write_bytes(b"")
    write_file(tmp_path / "new", b"")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_no_folder_is_an_oserror_with_its_name(tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        write_file(tmp_path / "nowhere" / "a.txt", b"")


def test_a_file_that_may_not_be_written_is_not_replaced(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o444)
    # root may write everything
    monkeypatch.setattr(os, "access", lambda at, how: not (at == path and how & os.W_OK))
    with pytest.raises(PermissionError, match=r"a\.txt"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.txt"]
    write_file(tmp_path / "b.txt", b"new")
