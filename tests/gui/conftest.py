"""A window to test with, far from the user's own files."""

import gc
import os
import sys

import numpy as np
import pytest
from PIL import Image
from PyQt6.QtCore import QSettings, QStandardPaths
from PyQt6.QtWidgets import QApplication

from cnnstudio.gui import theme
from cnnstudio.gui.main_window import MainWindow
from cnnstudio.gui.settings import Settings
from cnnstudio.gui.tidying import Tidying
from tests.gui.hand import Hand
from tests.gui.pages import ConvolutionPage


@pytest.fixture(scope="session", autouse=True)
def somewhere_else(tmp_path_factory):
    """Keep settings, recent files and logs out of the user's own folders."""
    home = tmp_path_factory.mktemp("home")
    before = dict(os.environ)
    for name in ("DATA", "CONFIG", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
    ini, user = QSettings.Format.IniFormat, QSettings.Scope.UserScope
    QSettings.setPath(ini, user, str(home / "config"))
    if sys.platform != "linux":
        QStandardPaths.setTestModeEnabled(True)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="session")
def dressed(qapp):
    """Wear one theme in all tests but those that change it and change it back."""
    theme.apply_theme(qapp, "light")
    qapp.setCursorFlashTime(0)  # so that two pictures of one state are the same


@pytest.fixture(scope="session")
def tidying(qapp):
    """Collect garbage in this thread only, as the program does."""
    tidying = Tidying(qapp)
    tidying.settle()
    yield tidying
    gc.enable()


@pytest.fixture
def settings(tmp_path):
    settings = Settings(tmp_path / "settings.ini")
    settings.theme = "light"
    settings.reduce_motion = True
    return settings


@pytest.fixture
def window(qtbot, dressed, settings, tidying):
    """The main window with all its workspaces, in front."""
    window = MainWindow(settings)
    qtbot.addWidget(window)
    window.load()
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    yield window
    window.close()
    tidying.tidy()


@pytest.fixture
def hand(qtbot):
    return Hand(qtbot)


@pytest.fixture
def page(window, hand):
    return ConvolutionPage(window, hand)


def pixels(rows=8, columns=9, channels=3):
    """Pixels drawn by lot, none of them 0: (channels, rows, columns)."""
    rng = np.random.default_rng(7)
    return rng.integers(1, 256, (channels, rows, columns), np.uint8)


@pytest.fixture
def colour(page):
    """A colour picture under a blur of three by three."""
    page.pick("filter", "Gaussian blur")
    page.take(pixels())
    page.go(2, 3)
    return page


class Clock:
    """Time that passes only when a test says so."""

    def __init__(self):
        self.now = 50.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr("cnnstudio.gui.player.perf_counter", clock)
    return clock


@pytest.fixture
def picture(tmp_path):
    """Make a picture file; its pixels are drawn by lot if none are given."""

    def make(name, pixels=None, size=(12, 10)):
        if pixels is None:
            pixels = np.random.default_rng(len(name)).integers(0, 256, size, np.uint8)
        path = tmp_path / name
        Image.fromarray(np.asarray(pixels, np.uint8)).save(path)
        return path

    return make
