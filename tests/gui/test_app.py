"""The program from its command line: started for real, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import cnnstudio
from cnnstudio.gui import app
from cnnstudio.gui.theme import NO_FONT

HURRY = 30  # seconds a start may take on a machine that is busy with other tests
SPY = """
import sys
from PyQt6.QtCore import QTimer
from cnnstudio.gui import app, main_window

class Window(main_window.MainWindow):
    def load(self):
        super().load()
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.tell)
        self.timer.start(10)

    def tell(self):
        if not self.pictures.opener.busy:
            self.timer.stop()
            bench = self.current.document.state
            print(bench.source.name, bench.image.height, bench.image.width, self.isVisible())
            print(self.status.currentMessage())
            self.close()

app.MainWindow = Window
sys.exit(app.run(["cnnstudio", *sys.argv[1:]]))
"""


def start(*arguments, code=None, **changes):
    """Start the program (or `code`) and wait for its end."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **changes}
    environment = {name: value for name, value in environment.items() if value is not None}
    how = ["-c", code] if code else ["-m", "cnnstudio"]
    return subprocess.run(
        [sys.executable, *how, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=HURRY,
        env=environment,
        cwd=Path(cnnstudio.__file__).parents[1],
        check=False,
    )


def opened(*arguments):
    """Start it, and return what stands on the bench and in the status bar once all is read."""
    ended = start(*arguments, code=SPY)
    assert ended.returncode == 0, ended.stderr
    bench, _, said = ended.stdout.partition("\n")
    return bench, said.strip()


def test_version_says_it_and_ends():
    ended = start("--version")
    assert (ended.returncode, ended.stdout) == (0, f"CNN Studio {cnnstudio.__version__}\n")


def test_help_names_what_can_be_opened_and_the_tour():
    ended = start("--help")
    assert ended.returncode == 0
    for words in ("picture", "scene", "--tour DIR"):
        assert words in ended.stdout


def test_an_unknown_option_is_refused():
    ended = start("--splash")
    assert ended.returncode == 2
    assert "--splash" in ended.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_without_a_display_it_says_so_in_one_sentence_and_names_the_tour():
    ended = start(QT_QPA_PLATFORM=None, DISPLAY=None, WAYLAND_DISPLAY=None)
    assert ended.returncode == 1
    assert ended.stderr.strip() == app.NO_DISPLAY
    assert "--tour DIR" in app.NO_DISPLAY
    assert ended.stdout == ""


@pytest.mark.parametrize(
    ("platform", "environment", "lacks"),
    [
        ("linux", {}, True),
        ("linux", {"DISPLAY": ""}, True),
        ("linux", {"DISPLAY": ":0"}, False),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, False),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, False),
        ("win32", {}, False),
        ("darwin", {}, False),
    ],
)
def test_only_a_system_of_windows_and_wires_can_lack_a_display(platform, environment, lacks):
    assert app.lacks_display(platform, environment) is lacks


def test_the_tour_needs_no_display(tmp_path):
    folder = tmp_path / "tour"
    ended = start("--tour", folder, QT_QPA_PLATFORM=None, DISPLAY=None, WAYLAND_DISPLAY=None)
    assert ended.returncode == 0, ended.stderr
    assert len(list(folder.glob("convolution-*.png"))) == 3 * 5  # themes and tabs


def test_without_any_font_it_says_so_in_one_sentence():
    code = (
        "import sys\nfrom PyQt6.QtGui import QFontDatabase\n"
        "QFontDatabase.families = lambda: ['Sans Serif']\n"  # all fontconfig lists then
        "from cnnstudio.gui.app import run\nsys.exit(run(['cnnstudio']))"
    )
    ended = start(code=code)
    assert ended.returncode == 1
    assert ended.stderr.strip().splitlines()[-1] == NO_FONT
    assert "apt-get install" in NO_FONT


def test_it_starts_with_the_first_picture():
    bench, _ = opened()
    assert bench.endswith("32 32 True")


def test_a_picture_on_the_command_line_is_opened(picture):
    bench, said = opened(picture("from the shell.png", size=(20, 30)))
    assert bench == "from the shell.png 20 30 True"
    assert said == "from the shell.png: 30 wide, 20 high"


def test_a_scene_on_the_command_line_is_opened(tmp_path):
    path = tmp_path / "scene.json"
    path.write_text(
        '{"title": "Mine", "bench": {"image": {"name": "Tiny", "rows": [[1, 2], [3, 4]]},'
        ' "kernel": {"rows": [[2]]}}}'
    )
    bench, _ = opened(path)
    assert bench == "Tiny 2 2 True"


def test_a_file_that_cannot_be_opened_is_said_in_the_window_which_opens_nevertheless(tmp_path):
    bench, said = opened(tmp_path / "gone.png")
    assert bench.endswith("32 32 True")
    assert "gone.png" in said


def test_the_window_is_painted_before_numpy_is_there():
    code = SPY.replace(
        "    def load(self):\n",
        "    painted = False\n\n"
        "    def paintEvent(self, event):\n"
        "        self.painted = True\n\n"
        "    def load(self):\n"
        "        print('numpy' in sys.modules, self.painted)\n",
    )
    ended = start(code=code)
    assert ended.stdout.splitlines()[0] == "False True"


def test_the_theme_of_last_time_is_worn_from_the_start(tmp_path):
    folder = tmp_path / "config" / "CNN Studio"
    folder.mkdir(parents=True)
    (folder / "CNN Studio.ini").write_text("[General]\ntheme=dark\n")
    code = SPY.replace(
        "    def load(self):\n",
        "    def load(self):\n        print(app.theme.current_theme())\n",
    )
    ended = start(code=code, XDG_CONFIG_HOME=str(tmp_path / "config"))
    assert ended.stdout.splitlines()[0] == "dark"
