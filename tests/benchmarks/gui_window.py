"""The real window with a generated picture in it, and hooks to see when it paints."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PyQt6.QtGui import QPaintEvent
from PyQt6.QtWidgets import QApplication, QWidget

from cnnstudio.gui import look
from cnnstudio.gui.main_window import MainWindow
from cnnstudio.gui.settings import Settings
from cnnstudio.lab.image import Image

SIZE = (1280, 800)


def open_window(folder: Path) -> MainWindow:
    """Show the main window with its workspaces; its settings go to `folder`."""
    settings = Settings(folder / "benchmark.ini")
    look.wear(settings.theme)
    window = MainWindow(settings)
    window.load()
    window.resize(*SIZE)
    window.show()
    settle()
    return window


def put_picture(window: MainWindow, side: int, whole: bool) -> None:
    """Put a gray picture on the bench in its own size; its map is shown whole, or grows."""
    workspace = window.current
    workspace.take_image(picture(side), "")
    workspace.document.edit("Fit the picture", fit=None)
    window.actions_["view.whole"].setChecked(whole)
    settle()


def picture(side: int) -> Image:
    """Make a gray picture with edges, slopes and grain, the same every time."""
    y, x = np.indices((side, side)) / side
    rings = np.sin(60 * np.hypot(x - 0.4, y - 0.6))
    grain = np.random.default_rng(1).normal(0, 12, (side, side))
    pixels = 128 + 90 * np.sign(rings) * x + 60 * (y - 0.5) + grain
    return Image(np.clip(pixels, 0, 255).astype(np.uint8)[None], f"{side} px")


def settle(rounds: int = 20) -> None:
    """Let the window come to rest."""
    for _ in range(rounds):
        QApplication.processEvents()


def find(window: QWidget, name: str) -> QWidget:
    """Return the widget called `name`."""
    found = window.findChild(QWidget, name)
    if found is None:
        raise LookupError(f"The window has no widget called {name}")
    return found


@contextmanager
def painting(kind: type[QWidget], told: Callable[[QWidget], None]) -> Iterator[None]:
    """Tell whenever a widget of a kind has finished its paintEvent, as long as this lasts."""
    own = kind.paintEvent

    def paint(widget: QWidget, event: QPaintEvent | None) -> None:
        own(widget, event)
        told(widget)

    kind.paintEvent = paint
    try:
        yield
    finally:
        kind.paintEvent = own
