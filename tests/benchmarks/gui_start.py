"""From the start of a process to its first paint."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping

from report import ROOT, Result

GOAL = 300.0  # ms
RUNS, WARM_UP = 10, 2
WAIT = 60  # s

# Runs what `python -m cnnstudio` runs, but notes when things are painted; times are those of
# CLOCK_MONOTONIC, which all processes share. `MainWindow.load` is entered after the empty window
# was painted and handed to the screen, if it was painted at all by then.
_CHILD = """
import sys, time
begun = time.monotonic()
import runpy
from cnnstudio.gui.main_window import MainWindow
import json, os
noted = {"python": begun}

def note(name):
    noted.setdefault(name, time.monotonic())
    noted.setdefault(name + " cpu", time.process_time())

def paint(window, event):
    note("paint")

def load(window, own=MainWindow.load):
    note("load")
    own(window)
    note("loaded")
    from PyQt6.QtCore import QTimer
    from cnnstudio.gui.widgets.plane_view import PlaneView
    def paint(view, event, own=PlaneView.paintEvent):
        own(view, event)
        if view.objectName() == "convolution.feature_map" and "map" not in noted:
            note("map")
            QTimer.singleShot(0, finish)
    PlaneView.paintEvent = paint

def finish():
    note("workspace")
    print(json.dumps(noted), flush=True)
    os._exit(0)

MainWindow.paintEvent, MainWindow.load = paint, load
runpy.run_module("cnnstudio", run_name="__main__", alter_sys=True)
"""


def measure(environment: Mapping[str, str]) -> list[Result]:
    """Start the program several times; the first ones only warm the disk."""
    found = [_start(environment) for _ in range(WARM_UP + RUNS)][WARM_UP:]

    def median(name: str) -> float:
        return statistics.median(each[name] for each in found) * 1000

    return [
        Result("python begins to run, median", median("python"), "ms"),
        Result("first paint of the window, median", median("first"), "ms", goal=GOAL),
        Result("first paint of the window, processor time, median", median("first cpu"), "ms"),
        Result("first paint of the window, worst", max(e["first"] for e in found) * 1000, "ms"),
        Result("convolution workspace painted, median", median("workspace"), "ms"),
    ]


def _start(environment: Mapping[str, str]) -> dict[str, float]:
    """Start the program once; return seconds from then until things were painted."""
    with tempfile.TemporaryDirectory() as home:
        own = {**environment, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
        begun = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", _CHILD], cwd=ROOT, env=own, capture_output=True, text=True,
            timeout=WAIT, check=False,
        )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"CNN Studio did not start:\n{done.stderr}")
    noted = json.loads(done.stdout.splitlines()[-1])
    first = "load" if noted["paint"] < noted["load"] else "workspace"
    noted["first"], noted["first cpu"] = noted[first], noted[f"{first} cpu"] + begun
    return {name: at - begun for name, at in noted.items()}
