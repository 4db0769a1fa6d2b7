"""The program from its command line to its last event."""

import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace

from PyQt6.QtCore import QEvent, QObject, QTimer
from PyQt6.QtWidgets import QApplication

from cnnstudio import __version__
from cnnstudio.gui import errors, look, theme
from cnnstudio.gui.main_window import MainWindow
from cnnstudio.gui.settings import APP, Settings, log_folder, recovery_folder
from cnnstudio.gui.tidying import Tidying

NO_DISPLAY = (
    "CNN Studio found no display to open its window on; "
    "--tour DIR renders every workspace to pictures without one."
)


def arguments(argv: list[str]) -> SimpleNamespace:
    """Read the command line: the file to open and the folder of a tour, if any."""
    wanted = SimpleNamespace(file=None, tour=None)
    if len(argv) < 2:
        return wanted
    import argparse  # noqa: PLC0415  most starts do without it and paint sooner

    parser = argparse.ArgumentParser(
        "cnnstudio", description="See how a convolutional network works, one number at a time."
    )
    parser.add_argument(
        "file", nargs="?", type=Path, help="a picture, a session, or a scene (.json)"
    )
    parser.add_argument(
        "--tour", type=Path, metavar="DIR", help="render every workspace in each theme to DIR"
    )
    parser.add_argument("--version", action="version", version=f"CNN Studio {__version__}")
    return parser.parse_args(argv[1:], wanted)


def lacks_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether a window would have nowhere to go."""
    if platform in {"win32", "darwin"} or "QT_QPA_PLATFORM" in environment:
        return False
    return not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def run(argv: list[str]) -> int:
    """Open the window, or render the tour; return the exit status."""
    wanted = arguments(argv)
    if wanted.tour:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif lacks_display(sys.platform, os.environ):
        print(NO_DISPLAY, file=sys.stderr)  # noqa: T201  there is no window to say it in
        return 1
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C ends it even while nothing happens
    sys.setswitchinterval(0.001)  # threads that compute give way to the window sooner
    app = QApplication(argv[:1])
    app.setApplicationName(APP)
    app.setApplicationDisplayName(APP)
    app.setDesktopFileName("cnnstudio")
    if not theme.has_fonts():
        print(theme.NO_FONT, file=sys.stderr)  # noqa: T201  a window could show no text
        return 1
    errors.install(log_folder())
    tidying = Tidying(app)
    if wanted.tour:
        from cnnstudio.gui.tour import render  # noqa: PLC0415

        return render(app, wanted.tour)
    settings = Settings()
    look.wear(settings.theme)
    window = MainWindow(settings)
    window.show()
    _OncePainted(window, lambda: _fill(window, wanted.file, tidying))
    return app.exec()


class _OncePainted(QObject):
    """Does something when the empty window is on the screen; on X11 that is a while after show."""

    def __init__(self, window: MainWindow, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, window: QObject | None, event: QEvent | None) -> bool:
        """Wait for the first paint, and let it come to its end."""
        if window and event and event.type() == QEvent.Type.Paint:
            window.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return False


def _fill(window: MainWindow, file: Path | None, tidying: Tidying) -> None:
    window.load()
    tidying.settle()
    window.keep_work(recovery_folder())
    if file is not None:
        window.open(file)
