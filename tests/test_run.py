"""run.py: what it decides before it starts the app, without network and without installing."""

import ast
from pathlib import Path

import pytest

import run

SOURCE = Path(run.__file__).read_text("utf-8")


# --- the two sentences that come before anything else ---


@pytest.mark.parametrize("version", [(3, 6), (3, 10), (2, 7)])
def test_an_old_python_is_refused_in_one_sentence_that_names_both_versions(version):
    sentence = run.old_python_sentence(version)
    assert "3.11" in sentence
    assert f"{version[0]}.{version[1]}:" in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize("version", [(3, 11), (3, 13), (4, 0)])
def test_a_new_python_is_welcome(version):
    assert run.old_python_sentence(version) == ""


def test_an_old_python_can_read_the_file_as_far_as_the_refusal():
    tree = ast.parse(SOURCE, feature_version=(3, 6))
    lines = [node.lineno for node in tree.body if isinstance(node, ast.If)]
    before = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.lineno < lines[0]]
    assert [function.name for function in before] == ["old_python_sentence"]
    assert "old_python_sentence" in SOURCE.splitlines()[lines[0] - 1]


def test_only_the_standard_library_is_imported():
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(SOURCE))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    assert imported <= set(run.sys.stdlib_module_names)


def test_without_a_display_one_sentence_names_the_tour():
    sentence = run.no_display_sentence("linux", {}, ["picture.png"])
    assert "--tour DIR" in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("platform", "environment", "arguments"),
    [
        ("linux", {"DISPLAY": ":0"}, []),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, []),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, []),
        ("linux", {}, ["--tour", "pictures"]),
        ("linux", {}, ["--tour=pictures"]),
        ("linux", {}, ["--help"]),
        ("darwin", {}, []),
        ("win32", {}, []),
    ],
)
def test_nothing_is_said_where_a_window_can_open_or_none_is_asked_for(
    platform, environment, arguments
):
    assert run.no_display_sentence(platform, environment, arguments) == ""


def test_an_empty_display_is_no_display():
    assert run.no_display_sentence("linux", {"DISPLAY": ""}, [])


def test_without_a_display_nothing_is_installed_before_saying_so(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(run.sys, "platform", "linux")
    monkeypatch.setattr(run, "ready_python", lambda _extra: pytest.fail("it set itself up"))
    with pytest.raises(SystemExit, match="--tour DIR"):
        run.main([])


# --- what to run ---


def test_the_word_test_hands_the_rest_to_pytest():
    several = ["-n", "logical", "--maxprocesses", "4", "--dist", "loadfile"]
    found = run.command_for("py", ["test", "-k", "x"])
    assert found == ["py", "-m", "pytest", *several, "-k", "x"]


@pytest.mark.parametrize("arguments", [[], ["my picture.png"], ["--tour", "d"], ["x", "test"]])
def test_all_other_arguments_go_to_the_app(arguments):
    assert run.command_for("py", arguments) == ["py", "-P", "-m", "cnnstudio", *arguments]


# --- system packages ---

WANTED = ("libglib2.0-0", "libegl1", "fonts-inter")


def test_a_package_dpkg_does_not_know_is_missing():
    assert run.missing_packages(WANTED, "libegl1 installed\n") == ["libglib2.0-0", "fonts-inter"]


def test_a_package_removed_but_for_its_settings_is_missing():
    report = "libglib2.0-0 installed\nlibegl1 config-files\nfonts-inter not-installed\n"
    assert run.missing_packages(WANTED, report) == ["libegl1", "fonts-inter"]


def test_debian_13_has_libglib_under_its_new_name():
    report = "libglib2.0-0t64 installed\nlibegl1 installed\nfonts-inter installed\n"
    assert run.missing_packages(WANTED, report) == []


def test_complaints_of_dpkg_are_not_taken_for_packages():
    report = "dpkg-query: no packages found matching libegl1\n"
    assert run.missing_packages(("libegl1",), report) == ["libegl1"]


def test_the_line_to_type_names_what_is_needed_and_not_the_optional_font():
    sentence = run.packages_sentence(["python3-venv", "libegl1", "fonts-inter"])
    assert sentence.endswith(" python3-venv libegl1")


def test_only_the_optional_font_missing_is_not_worth_a_line():
    assert run.packages_sentence(["fonts-inter"]) == ""


# --- .venv and its stamp ---


def test_windows_keeps_its_python_in_scripts():
    assert run.venv_python(Path("v"), "nt") == Path("v/Scripts/python.exe")


def test_every_other_system_keeps_its_python_in_bin():
    assert run.venv_python(Path("v"), "posix") == Path("v/bin/python")


@pytest.mark.parametrize(
    "other", [(b"b", "3.11", "/here"), (b"a", "3.12", "/here"), (b"a", "3.11", "/there")]
)
def test_the_fingerprint_tells_pyproject_python_and_place_apart(other):
    assert run.fingerprint(b"a", "3.11", "/here") == run.fingerprint(b"a", "3.11", "/here")
    assert run.fingerprint(b"a", "3.11", "/here") != run.fingerprint(*other)


@pytest.mark.parametrize(
    ("stamp", "extra", "installed"),
    [
        ("abc ", "", True),
        ("abc ", "test", False),
        ("abc test", "test", True),
        ("abc test", "", True),
        ("xyz test", "test", False),
        ("unfinished", "", False),
        ("", "", False),
    ],
)
def test_a_stamp_tells_what_is_installed(stamp, extra, installed):
    assert run.is_installed(stamp, "abc", extra) == installed


def test_a_python_that_is_not_there_has_no_version(tmp_path):
    assert run.version_of(tmp_path / "gone") == ""


def test_a_failed_fetch_is_said_in_one_sentence():
    output = "WARNING: Retrying after connection broken by 'NewConnectionError'\nERROR: No match"
    assert "connect to the internet" in run.no_network_sentence(output)


def test_a_distrusted_certificate_gets_its_own_advice():
    output = "connection broken by 'SSLError([SSL: CERTIFICATE_VERIFY_FAILED])'"
    assert "PIP_CERT" in run.no_network_sentence(output)


def test_a_failure_of_another_kind_is_not_blamed_on_the_network():
    assert run.no_network_sentence("ERROR: No space left on device") == ""


# --- the whole way, with a machine that only pretends ---


class Machine:
    """Answers what run.py would run, and notes it: a checkout, its .venv, pip."""

    def __init__(self, root):
        self.root = root
        self.done = []
        self.pip_answer = (True, "")
        self.pip_is_interrupted = False
        (root / "pyproject.toml").write_text("first")

    def run(self, *command):
        if command[0] == "dpkg-query":
            return True, "".join(f"{name} installed\n" for name in run.QT_PACKAGES)
        if "-c" in command:
            works = (self.root / ".venv/pyvenv.cfg").exists()
            return works, run.PYTHON_VERSION + "\n"
        if "venv" in command:
            (self.root / ".venv/pyvenv.cfg").touch()
            self.done.append("made .venv")
            return True, ""
        if self.pip_is_interrupted:
            raise KeyboardInterrupt
        self.done.append(f"installed {command[-1]}")
        return self.pip_answer

    def start(self, extra=""):
        self.done.clear()
        run.ready_python(extra)
        return self.done


@pytest.fixture
def machine(tmp_path, monkeypatch):
    machine = Machine(tmp_path)
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "STAMP", tmp_path / ".venv" / "stamp")
    monkeypatch.setattr(run, "run_quietly", machine.run)
    monkeypatch.setattr(run, "install_packages", lambda _packages: None)
    return machine


def test_the_first_run_makes_venv_and_installs_and_the_second_does_nothing(machine):
    assert machine.start() == ["made .venv", "installed ."]
    assert machine.start() == []


def test_what_the_tests_need_is_installed_when_first_asked_for(machine):
    machine.start()
    assert machine.start("test") == ["installed .[test]"]
    assert machine.start("test") == []
    assert machine.start() == []


def test_a_changed_pyproject_is_installed_into_the_same_venv(machine):
    machine.start()
    (machine.root / "pyproject.toml").write_text("second")
    assert machine.start() == ["installed ."]
    assert machine.start() == []


def test_a_venv_whose_python_is_gone_is_made_anew(machine):
    machine.start()
    (machine.root / ".venv/pyvenv.cfg").unlink()
    assert machine.start() == ["made .venv", "installed ."]


def test_an_interrupted_installation_is_made_anew(machine):
    machine.pip_is_interrupted = True
    with pytest.raises(KeyboardInterrupt):
        machine.start()
    machine.pip_is_interrupted = False
    assert machine.start() == ["made .venv", "installed ."]


def test_tests_that_cannot_be_fetched_leave_the_app_usable(machine):
    machine.start()
    machine.pip_answer = (False, "connection broken by")
    with pytest.raises(SystemExit, match="connect to the internet"):
        machine.start("test")
    assert machine.start() == []


def test_a_venv_somebody_made_by_hand_is_completed_not_removed(machine):
    (machine.root / ".venv").mkdir()
    (machine.root / ".venv/pyvenv.cfg").touch()
    assert machine.start() == ["installed ."]
