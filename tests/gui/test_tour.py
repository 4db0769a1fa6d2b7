"""The tour: every workspace in every theme as a picture, without a display."""

from contextlib import redirect_stdout
from io import StringIO

import numpy as np
import pytest
from PIL import Image
from PyQt6.QtWidgets import QApplication

from cnnstudio.gui import theme
from cnnstudio.gui.tour import render


@pytest.fixture(scope="module")
def tour(qapp, dressed, tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "tour"
    with redirect_stdout(StringIO()) as told:
        status = render(qapp, folder)
    theme.apply_theme(qapp, "light")
    return status, folder, told.getvalue()


def colours(path):
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def test_every_workspace_is_rendered_in_each_theme(tour):
    status, folder, _ = tour
    assert status == 0
    names = sorted(path.name for path in folder.iterdir())
    sights = ("", "-kernel", "-values", "-compare", "-seven")
    assert names == sorted(f"convolution{s}-{name}.png" for s in sights for name in theme.THEMES)


def test_the_pictures_have_the_size_of_a_comfortable_window(tour):
    _, folder, _ = tour
    assert {colours(path).shape for path in folder.iterdir()} == {(800, 1280, 3)}


def test_each_picture_wears_its_theme(tour):
    _, folder, _ = tour
    for name in theme.THEMES:
        ground = tuple(bytes.fromhex(theme.tokens(name)["window"][1:]))
        corner = colours(folder / f"convolution-{name}.png")[795, 40]
        assert tuple(int(part) for part in corner) == ground


def test_the_pictures_show_something(tour):
    _, folder, _ = tour
    for path in folder.iterdir():
        assert len(set(map(tuple, colours(path)[::3, ::3].reshape(-1, 3)))) > 200


def test_what_was_written_is_told_line_by_line(tour):
    _, folder, out = tour
    assert sorted(out.split()) == sorted(str(path) for path in folder.iterdir())


def test_no_window_is_left_open(tour):
    assert not [w for w in QApplication.topLevelWidgets() if w.isVisible()]


def test_the_tour_leaves_no_settings_behind(tour):
    _, folder, _ = tour
    assert not list(folder.glob("*.ini"))


def test_a_folder_that_cannot_be_made_is_one_sentence(qapp, dressed, tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")
    assert render(qapp, tmp_path / "file") == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert str(tmp_path / "file") in said
