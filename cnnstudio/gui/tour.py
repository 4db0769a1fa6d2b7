"""The tour: every workspace in every theme as a picture, without a display."""

import sys
from pathlib import Path
from time import monotonic

from PyQt6.QtWidgets import QApplication

from cnnstudio.gui.main_window import MainWindow
from cnnstudio.gui.settings import Settings
from cnnstudio.gui.theme import THEMES, apply_theme
from cnnstudio.gui.workspace import AnyWorkspace

_SIZE = (1280, 800)
_PATIENCE = 10.0  # seconds for a picture


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
            for sight in workspace.sights():
                _settle(app, workspace)
                parts = [workspace.title.lower(), sight, name]
                file = folder / f"{'-'.join(filter(None, parts))}.png"
                if not window.grab().save(str(file)):
                    return _fail(f"{file} cannot be written")
                print(file)  # noqa: T201  what the command line asked for
        window.close()
    (folder / "tour.ini").unlink(missing_ok=True)
    return 0


def _settle(app: QApplication, workspace: AnyWorkspace) -> None:
    """Let everything be painted that is still to come."""
    latest = monotonic() + _PATIENCE
    rounds = 0
    while rounds < 10 and monotonic() < latest:
        app.processEvents()
        rounds = 0 if workspace.busy else rounds + 1


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201
    return 1
