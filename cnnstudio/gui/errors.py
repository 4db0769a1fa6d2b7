"""What nobody foresaw ends in a report and a log, never in a lost window."""

from __future__ import annotations

import atexit
import logging
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType

from PyQt6 import QtCore, QtGui, QtWidgets, sip

import cnnstudio

_SAYS = "Something went wrong inside CNN Studio. Your work is still here."
_log = logging.getLogger(__name__)
_installed = ExitStack()


def install(log_folder: Path) -> None:
    """Log and report what nobody catches, in any thread; PyQt would end the app by itself."""
    uninstall()
    _installed.callback(_Reporter(log_folder).retire)
    atexit.register(uninstall)  # Qt must not call Python once that is gone


def uninstall() -> None:
    """Take back all that `install` did."""
    atexit.unregister(uninstall)
    _installed.close()


class _Reporter(QtCore.QObject):
    """Hears of errors in any thread, and shows them in the thread of the window."""

    _poked = QtCore.pyqtSignal()

    def __init__(self, log_folder: Path) -> None:
        super().__init__()
        self._folder = log_folder
        self._lock = threading.RLock()  # a finaliser may fail in the very thread that holds it
        self._new: Counter[tuple[str, str]] = Counter()  # by error in a line, and its traceback
        self._dialog: _Report | None = None
        self._poked.connect(self._show_new, QtCore.Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]
        self._handlers: list[logging.Handler] = []
        self._start_log()
        self._before = sys.excepthook, threading.excepthook, sys.unraisablehook
        self._qt_before = QtCore.qInstallMessageHandler(self._hear_qt)
        sys.excepthook = self._hear
        threading.excepthook = sys.unraisablehook = self._hear_elsewhere

    def retire(self) -> None:
        """Put everything back as it was."""
        QtCore.qInstallMessageHandler(self._qt_before)
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        for handler in self._handlers:
            logging.getLogger().removeHandler(handler)
            handler.close()
        logging.raiseExceptions = True
        if QtWidgets.QApplication.instance() and self._dialog and not sip.isdeleted(self._dialog):
            self._dialog.close()

    def _start_log(self) -> None:
        logging.raiseExceptions = False  # a log that cannot be written is no further error
        self._log_to(logging.StreamHandler())  # to stderr; to nobody if there is no console
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._log_to(_LogFile(self._folder / "cnnstudio.log"))
        except OSError as error:
            _log.warning("there is no log file: %s", error)

    def _log_to(self, handler: logging.Handler) -> None:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger().addHandler(handler)
        self._handlers.append(handler)

    def _hear(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Log an error and let the window know, from whatever thread it was raised in."""
        app = QtWidgets.QApplication.instance()
        if app and issubclass(kind, KeyboardInterrupt):
            app.quit()
            return
        error = error or RuntimeError(kind.__name__)
        told = "".join(traceback.format_exception(kind, error, trace))
        _log.critical("nobody foresaw this\n%s", told.rstrip())
        if isinstance(app, QtWidgets.QApplication) and not sip.isdeleted(self):
            line = " ".join("".join(traceback.format_exception_only(error)).split())
            with self._lock:
                if not self._new:  # one poke is enough, until the window has listened
                    self._poked.emit()
                _count(self._new, (line[:200], told), 1)

    def _hear_elsewhere(self, it: threading.ExceptHookArgs | sys.UnraisableHookArgs) -> None:
        if it.exc_type is not SystemExit:  # which only ends a thread
            self._hear(it.exc_type, it.exc_value, it.exc_traceback)

    def _hear_qt(
        self, kind: QtCore.QtMsgType, _: QtCore.QMessageLogContext, text: str | None
    ) -> None:
        logging.getLogger("qt").log(getattr(logging, kind.name[2:-3].upper()), "%s", text)

    def _show_new(self) -> None:
        try:
            with self._lock:
                new, self._new = self._new, Counter()
            if not self._dialog or sip.isdeleted(self._dialog) or not self._dialog.isVisible():
                self._dialog = _Report(self._folder, QtWidgets.QApplication.activeWindow())
            self._dialog.add(new)
            self._dialog.show()
        except Exception:
            _log.exception("the report could not be shown")


class _LogFile(logging.Handler):
    """The log, opened once there is something to write: most runs have nothing to say."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; what cannot be written is no further error."""
        try:
            self._file = self._file or self._opened()
            self._file.emit(record)
        except Exception:
            self.handleError(record)

    def _opened(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler  # noqa: PLC0415 not needed at start-up

        size = 1_000_000
        made = RotatingFileHandler(self._path, "a", size, 2, "utf-8", True, "backslashreplace")
        made.setFormatter(self.formatter)
        return made

    def close(self) -> None:
        """Close the file."""
        if self._file:
            self._file.close()
        super().close()


def _count(errors: Counter[tuple[str, str]], error: tuple[str, str], times: int) -> None:
    known = error in errors or len(errors) < 20  # a report must not grow without end
    errors[error if known else ("Further errors, see the log", "")] += times


def _versions() -> str:
    import platform  # noqa: PLC0415 not needed at start-up
    from importlib import metadata  # noqa: PLC0415

    found = [f"CNN Studio {cnnstudio.__version__}", f"Python {platform.python_version()}"]
    for name in ("PyQt6", "NumPy", "Pillow"):
        with suppress(metadata.PackageNotFoundError):
            found.append(f"{name} {metadata.version(name)}")
    return ", ".join([*found, f"Qt {QtCore.qVersion()}", platform.platform()])


class _Report(QtWidgets.QDialog):
    """Says that something went wrong, and holds all that a report of it needs."""

    def __init__(self, log_folder: Path, parent: QtWidgets.QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("window.report")
        self.setWindowTitle("CNN Studio: something went wrong")
        self.setAttribute(QtCore.Qt.WidgetAttribute.WA_DeleteOnClose)
        self._folder = log_folder
        self._errors: Counter[tuple[str, str]] = Counter()
        self._says, self._details = QtWidgets.QLabel(), QtWidgets.QTextBrowser()
        self._says.setObjectName("window.report_says")
        self._says.setTextFormat(QtCore.Qt.TextFormat.PlainText)
        self._says.setWordWrap(True)
        self._details.setObjectName("window.report_details")
        self._details.setAccessibleName("Details of the error")
        self._details.setTabChangesFocus(True)
        fixed = QtGui.QFontDatabase.SystemFont.FixedFont
        self._details.setFont(QtGui.QFontDatabase.systemFont(fixed))
        self._details.setMinimumSize(560, 240)
        self._details.hide()
        rows, self._buttons = QtWidgets.QVBoxLayout(self), QtWidgets.QHBoxLayout()
        rows.addWidget(self._says)
        rows.addWidget(self._details)
        rows.addLayout(self._buttons)
        self._button("show_details", "Details", self._details.setVisible).setCheckable(True)
        self._button("copy", "Copy report", self._copy)
        self._button("open_log", "Open log folder", self._open_log).setToolTip(str(log_folder))
        self._button("close", "Close", self.close).setDefault(True)

    def _button(self, name: str, text: str, do: Callable[..., object]) -> QtWidgets.QPushButton:
        button = QtWidgets.QPushButton(text)
        button.setObjectName(f"window.report_{name}")
        button.setAccessibleName(text)
        button.clicked.connect(do)
        self._buttons.addWidget(button)
        return button

    def add(self, errors: Counter[tuple[str, str]]) -> None:
        """Count what happened, and say it."""
        before = len(self._errors)
        for error, times in errors.items():
            _count(self._errors, error, times)
        (first, _), kinds, total = next(iter(self._errors)), len(self._errors), self._errors.total()
        often = f"There were {kinds} different errors, {total} in all."
        if kinds == 1:
            often = f"This happened {total} times." if total > 1 else ""
        self._says.setText(f"{_SAYS}\n\n{first}\n\n{often}".rstrip())
        if kinds > before:  # and otherwise leave it to be read in peace
            self._details.setPlainText(self._report())

    def _report(self) -> str:
        told = [f"{times} times:\n{trace or line}" for (line, trace), times in self._errors.items()]
        return "\n\n".join([_versions(), *told])

    def _copy(self) -> None:
        if clipboard := QtGui.QGuiApplication.clipboard():
            clipboard.setText(self._report())

    def _open_log(self) -> None:
        QtGui.QDesktopServices.openUrl(QtCore.QUrl.fromLocalFile(str(self._folder)))
