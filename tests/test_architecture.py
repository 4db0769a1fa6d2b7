"""The shape of the code: who imports whom, how long a file may be, and what it says first."""

import ast
import sys
from pathlib import Path

import pytest

import cnnstudio

ROOT = Path(cnnstudio.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))
INSIDE = [path for path in FILES if path.parent != ROOT]
WIDGETS = [path for path in INSIDE if path.parts[len(ROOT.parts) :][:2] == ("gui", "widgets")]
WORKSPACES = [path for path in INSIDE if path.parts[len(ROOT.parts) :][:2] == ("gui", "workspaces")]
BESIDE = {"resources", "discovery"}
MAY_IMPORT = {
    "nn": {"nn"},
    "datasets": {"nn", "datasets", *BESIDE},
    "lab": {"nn", "datasets", "lab", *BESIDE},
    "gui": {"nn", "datasets", "lab", "gui", *BESIDE},
}
OUTSIDE = {
    "nn": {"numpy"},
    "datasets": {"numpy", "PIL"},
    "lab": {"numpy", "PIL"},
    "gui": {"numpy", "PIL", "PyQt6", "pyqtgraph", "_typeshed"},
}
LINES = 300
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "core", "misc", "model"}


def label(path):
    return path.relative_to(ROOT).as_posix()


def package(path):
    return path.relative_to(ROOT).parts[0]


def imports(path):
    """List what a file imports, each name in full: also inside functions, also relative ones."""
    here = ["cnnstudio", *path.relative_to(ROOT).with_suffix("").parts]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = here[: len(here) - node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def own(path):
    """List what a file imports from the program itself, without the first word."""
    names = (name.partition(".") for name in imports(path))
    return [rest for head, _, rest in names if head == "cnnstudio"]


def test_every_package_has_its_place_in_the_pile():
    assert {package(path) for path in INSIDE} == set(MAY_IMPORT)


@pytest.mark.parametrize("path", INSIDE, ids=label)
def test_a_package_imports_only_from_below(path):
    for name in own(path):
        if name not in {"", "__version__"}:
            assert name.split(".")[0] in MAY_IMPORT[package(path)], f"{label(path)} imports {name}"


@pytest.mark.parametrize("path", INSIDE, ids=label)
def test_a_package_uses_only_the_libraries_it_may(path):
    for name in imports(path):
        head = name.split(".")[0]
        if head != "cnnstudio" and head not in sys.stdlib_module_names:
            assert head in OUTSIDE[package(path)], f"{label(path)} imports {name}"


@pytest.mark.parametrize("name", sorted(BESIDE))
def test_what_stands_beside_the_pile_imports_nothing_of_it(name):
    path = ROOT / f"{name}.py"
    if path.exists():
        assert all(each.split(".")[0] in BESIDE for each in own(path))


@pytest.mark.parametrize("path", WIDGETS, ids=label)
def test_a_widget_knows_no_document_and_no_workspace(path):
    knows = {"gui.document", "gui.workspace", "gui.workspaces", "gui.main_window"}
    for name in own(path):
        assert not any(f"{name}.".startswith(f"{each}.") for each in knows), name


@pytest.mark.parametrize("path", WORKSPACES, ids=label)
def test_workspaces_do_not_import_each_other(path):
    mine = path.relative_to(ROOT / "gui" / "workspaces").with_suffix("").parts[0]
    for name in own(path):
        if name.startswith("gui.workspaces."):
            assert name.split(".")[2] == mine, f"{label(path)} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=label)
def test_no_file_is_longer_than_a_reader_can_hold(path):
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LINES, f"{label(path)} has {lines} lines"


@pytest.mark.parametrize("path", FILES, ids=label)
def test_a_file_begins_with_a_sentence_that_says_what_it_is_for(path):
    said = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert said, f"{label(path)} says nothing"
    assert said.split("\n\n")[0].rstrip().endswith((".", "?", "!")), said


@pytest.mark.parametrize("path", FILES, ids=label)
def test_nothing_has_a_name_that_says_nothing(path):
    assert not VAGUE & {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}


def test_resources_hold_no_python():
    from cnnstudio import resources  # noqa: PLC0415

    assert not list(resources.ROOT.rglob("*.py"))
