"""Settings: plain values that survive a restart, and a damaged file that harms nobody."""

import sys
from enum import StrEnum
from pathlib import Path

import pytest
from PyQt6.QtCore import QByteArray, QCoreApplication, QSettings, QStandardPaths

from cnnstudio.gui.settings import THEMES, Settings, log_folder, user_folder

FIRST_START = {
    "theme": "system",
    "reduce_motion": False,
    "speed": 4.0,
    "geometry": QByteArray(),
    "last_folder": "",
    "background": "#ffffff",
    "recent": [],
}


@pytest.fixture
def ini(tmp_path):
    return tmp_path / "settings.ini"


@pytest.fixture
def settings(ini):
    return Settings(ini)


def restarted(settings, ini):
    """What a later start of the app reads from the disk, and not from Qt's memory."""
    settings.save()
    copy = ini.with_name(f"copy of {ini.name}")
    copy.write_bytes(ini.read_bytes())
    return Settings(copy)


def everything(settings):
    return {name: getattr(settings, name) for name in FIRST_START}


def test_the_first_start_finds_the_defaults(settings):
    assert everything(settings) == FIRST_START


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("theme", theme) for theme in THEMES),
        ("reduce_motion", True),
        ("speed", 0.1),
        ("speed", 8),
        ("geometry", QByteArray(b"\x00\xff,@\n ")),
        ("last_folder", "/home/müller/a, b"),
        ("last_folder", "@Variant(x)"),
        ("background", "#0ac81e"),
    ],
)
def test_a_value_survives_a_restart(settings, ini, name, value):
    setattr(settings, name, value)
    found = getattr(restarted(settings, ini), name)
    assert found == value
    assert type(found) is type(FIRST_START[name])


def test_a_switch_can_be_turned_off_again(settings, ini):
    settings.reduce_motion = True
    settings.reduce_motion = False
    assert restarted(settings, ini).reduce_motion is False


@pytest.mark.parametrize(
    ("said", "meant"),
    [("true", True), ("1", True), ("True", True), ("false", False), ("0", False), ("maybe", False)],
)
def test_a_switch_written_by_hand_is_understood(ini, said, meant):
    ini.write_text(f"[General]\nreduce_motion={said}\n")
    assert Settings(ini).reduce_motion is meant


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "purple"),
        ("theme", ["dark"]),
        ("theme", None),
        ("reduce_motion", "true"),
        ("reduce_motion", 2),
        ("speed", "4.0"),
        ("speed", 0.0),
        ("speed", -1.0),
        ("speed", float("nan")),
        ("speed", float("inf")),
        ("geometry", b"bytes"),
        ("last_folder", Path("somewhere")),
        ("last_folder", {"pickle": "me"}),
    ],
)
def test_what_could_not_be_read_back_is_not_written(settings, ini, name, value):
    with pytest.raises(ValueError):  # noqa: PT011 each setting says it in its own words
        setattr(settings, name, value)
    settings.save()
    assert not ini.exists()


def test_only_plain_text_ever_gets_into_the_file(settings, ini):
    class Theme(StrEnum):
        DARK = "dark"

    settings.theme = Theme.DARK
    settings.reduce_motion = True
    settings.speed = 2.5
    settings.geometry = QByteArray(b"\x00")
    settings.last_folder = "a, b"
    settings.add_recent(Path("cat.png"))
    settings.save()
    assert b"theme=dark\n" in ini.read_bytes().replace(b"\r\n", b"\n")
    assert b"@Variant" not in ini.read_bytes()


@pytest.mark.parametrize(
    "damage",
    [
        "nonsense",
        "a, b",
        "@Variant(garbage)",
        "@Invalid()",
        "@ByteArray(",
        "",
        "nan",
        "-3",
        '"[[[[',
        "[1, 2, null]",
        '"[1, null]"',
        '"{}"',
        '"' + "[" * 100_000 + '"',
        # a pickle that is cut off, in the wrapping PyQt gives it
        r"@Variant(\0\0\0\x7f\0\0\0\xePyQt_PyObject\0\0\0\0\x5\x80\x4\x95\t\0)",
    ],
)
@pytest.mark.parametrize("name", [name for name in FIRST_START if name != "last_folder"])
def test_a_damaged_value_is_as_at_the_first_start(ini, name, damage):
    key = "_recent" if name == "recent" else name
    ini.write_text(f"[General]\n{key}={damage}\n")
    assert getattr(Settings(ini), name) == FIRST_START[name]


def test_a_file_that_is_no_settings_file_is_as_the_first_start(ini):
    ini.write_bytes(bytes(range(256)) * 50)
    assert everything(Settings(ini)) == FIRST_START


def test_a_damaged_value_can_be_set_anew(ini):
    ini.write_text("[General]\ntheme=purple\n")
    settings = Settings(ini)
    settings.theme = "dark"
    assert restarted(settings, ini).theme == "dark"


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings = Settings(tmp_path / "file" / "settings.ini")
    settings.theme = "dark"
    settings.save()
    assert settings.theme == "dark"


def test_geometry_cannot_be_changed_behind_the_back_of_the_settings(settings):
    settings.geometry.append(b"more")
    assert settings.geometry == QByteArray()


def test_the_newest_recent_file_comes_first(settings, ini, tmp_path):
    for name in ("a.png", "b.png"):
        settings.add_recent(tmp_path / name)
    assert restarted(settings, ini).recent == [tmp_path / "b.png", tmp_path / "a.png"]


def test_a_file_opened_again_moves_to_the_front_and_is_listed_once(settings, tmp_path):
    for name in ("a.png", "b.png", "a.png"):
        settings.add_recent(tmp_path / name)
    assert settings.recent == [tmp_path / "a.png", tmp_path / "b.png"]


def test_ten_recent_files_are_kept(settings, tmp_path):
    for number in range(13):
        settings.add_recent(tmp_path / f"{number}.png")
    assert settings.recent == [tmp_path / f"{number}.png" for number in range(12, 2, -1)]


def test_a_relative_path_is_remembered_as_where_it_is_now(settings, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings.add_recent(Path("a.png"))
    assert settings.recent == [tmp_path / "a.png"]


@pytest.mark.parametrize("name", ["a, b.png", 'quo"te.png', "Müller 日本.png", "\udcff.png"])
def test_any_name_of_a_file_survives_a_restart(settings, ini, tmp_path, name):
    settings.add_recent(tmp_path / name)
    assert restarted(settings, ini).recent == [tmp_path / name]


def test_missing_files_are_left_out_only_when_shown(settings, tmp_path):
    there, gone = tmp_path / "there.png", tmp_path / "gone.png"
    there.write_bytes(b"")
    settings.add_recent(there)
    settings.add_recent(gone)
    settings.add_recent(tmp_path)  # a folder now
    assert settings.recent_there == [there]
    assert settings.recent == [tmp_path, gone, there]


def test_settings_without_a_file_given_are_in_the_users_own_ini(tmp_path):
    ini, user = QSettings.Format.IniFormat, QSettings.Scope.UserScope
    home = Path(Settings().ini.fileName()).parents[1]
    QSettings.setPath(ini, user, str(tmp_path))
    where = Path(Settings().ini.fileName())
    QSettings.setPath(ini, user, str(home))
    assert where == tmp_path / "CNN Studio" / "CNN Studio.ini"


@pytest.fixture
def data_home(tmp_path, monkeypatch):
    if sys.platform != "linux":
        pytest.skip("only Linux lets a test say where the user's files are")
    names = QCoreApplication.organizationName(), QCoreApplication.applicationName()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    yield tmp_path / "data"
    QCoreApplication.setOrganizationName(names[0])
    QCoreApplication.setApplicationName(names[1])


def test_the_users_folder_is_made_when_it_is_asked_for(data_home):
    assert user_folder() == data_home / "CNN Studio" / "CNN Studio"
    assert user_folder().is_dir()


def test_the_users_folder_is_where_qt_says_once_the_app_has_its_name(data_home):
    folder = user_folder()
    location = QStandardPaths.StandardLocation.AppDataLocation
    assert folder == Path(QStandardPaths.writableLocation(location))


def test_the_log_folder_lies_in_the_users_folder(data_home):
    assert log_folder().parent == user_folder()


def test_a_users_folder_that_cannot_be_made_is_only_logged(data_home, caplog):
    data_home.write_text("in the way")
    folder = user_folder()
    assert not folder.exists()
    assert "cannot be made" in caplog.text
