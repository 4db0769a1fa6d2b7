"""Closing while something is still being written: started for real, in a process of its own."""

from tests.gui.test_app import start

CLOSE = """
import sys, threading
from dataclasses import replace
from PyQt6.QtCore import QTimer
from cnnstudio.gui import app, main_window
from cnnstudio.gui.exporting.frame import FramePainter
from cnnstudio.gui.workspaces.convolution.export import export_steps

begun, closed = threading.Event(), threading.Event()

class Painter(FramePainter):
    def __init__(self, *how):
        begun.set()
        closed.wait()
        super().__init__(*how)

class Window(main_window.MainWindow):
    def load(self):
        super().load()
        exporter = self.current.features.exporter
        exporter.ask()
        QTimer.singleShot(0, lambda: self.begin(exporter))

    def begin(self, exporter):
        export_steps.FramePainter = Painter
        exporter._choice = replace(exporter._choice, kind="steps", stretch="all")
        getattr(self, f"begin_to_{sys.argv[1]}")(exporter)
        self.timer = QTimer(self)
        self.timer.timeout.connect(lambda: begun.is_set() and self.close())
        self.timer.start(5)

    def begin_to_copy(self, exporter):
        exporter.dialog.copying.emit()

    def begin_to_look(self, exporter):
        exporter._look()

app.MainWindow = Window
status = app.run(["cnnstudio"])
closed.set()  # now the thread goes on, with all windows gone
sys.exit(status)
"""


def test_closing_while_a_film_is_copied_ends_well_and_leaves_nothing(tmp_path):
    ended = start("copy", code=CLOSE, TMPDIR=str(tmp_path))
    assert ended.returncode == 0, ended.stderr
    assert list(tmp_path.rglob("*steps*")) == []


def test_closing_while_a_film_is_looked_at_ends_well(tmp_path):
    ended = start("look", code=CLOSE, TMPDIR=str(tmp_path))
    assert ended.returncode == 0, ended.stderr
