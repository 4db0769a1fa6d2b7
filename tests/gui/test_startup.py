"""The start: the empty window is on the screen before anything that takes long is imported."""

import json
import os
import subprocess
import sys

import pytest

# Starts the program as its command line does, and stops where the workspaces would be made.
START = """
import json, os, sys
from cnnstudio.gui.main_window import MainWindow

story = ["imported" if not {"numpy", "PIL"} & sys.modules.keys() else "heavily imported"]

def load(window):
    story.append("loading")
    print(json.dumps([story, sorted(sys.modules)]), flush=True)
    os._exit(0)

MainWindow.paintEvent = lambda window, event: story.append("painted")
MainWindow.load = load
from cnnstudio.gui.app import run
run(["cnnstudio"])
"""


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    home = str(tmp_path_factory.mktemp("home"))
    own = {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
    done = subprocess.run(
        [sys.executable, "-c", START],
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return json.loads(done.stdout)


def test_the_window_is_painted_before_its_workspaces_are_made(started):
    story, _ = started
    assert story == ["imported", "painted", "loading"]


@pytest.mark.parametrize("heavy", ["numpy", "PIL", "pyqtgraph", "cnnstudio.lab"])
def test_the_empty_window_needs_nothing_heavy(started, heavy):
    _, modules = started
    assert "PyQt6.QtWidgets" in modules
    assert heavy not in modules


@pytest.mark.parametrize("spared", ["argparse", "logging.handlers", "platform", "hashlib"])
def test_the_empty_window_does_without_what_only_some_starts_need(started, spared):
    _, modules = started
    assert spared not in modules
