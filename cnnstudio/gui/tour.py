"""The tour: every workspace in every theme as a picture, without a display."""

import sys
from pathlib import Path

from PyQt6.QtWidgets import QApplication

from cnnstudio.gui.main_window import MainWindow
from cnnstudio.gui.settings import Settings
from cnnstudio.gui.theme import THEMES, apply_theme

_SIZE = (1280, 800)


def render(app: QApplication, folder: Path) -> int:
    """Write a PNG of each workspace in each theme into `folder`; return the exit status."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        return _fail(f"{folder} cannot be written to: {reason.strerror}")
    for name in THEMES:
        apply_theme(app, name)
        window = MainWindow(Settings(folder / "tour.ini"))
        window.load()
        window.resize(*_SIZE)
        window.show()
        for index, workspace in enumerate(window.workspaces):
            window.bring_forward(index)
            for _ in range(10):
                app.processEvents()
            file = folder / f"{workspace.title.lower()}-{name}.png"
            if not window.grab().save(str(file)):
                return _fail(f"{file} cannot be written")
            print(file)  # noqa: T201  what the command line asked for
        window.close()
    (folder / "tour.ini").unlink(missing_ok=True)
    return 0


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201
    return 1
