"""Unforeseen errors: always logged, reported once, and never the end of the window."""

import gc
import logging
import os
import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest
from PyQt6 import QtCore, sip
from PyQt6.QtCore import QTimer, QUrl, qCritical, qInstallMessageHandler, qWarning
from PyQt6.QtGui import QDesktopServices, QGuiApplication
from PyQt6.QtWidgets import QApplication, QLabel, QPushButton, QTextBrowser, QWidget

from cnnstudio.gui import errors

PATIENCE = 5000


class Report:
    """The report dialog as a user sees it."""

    def __init__(self, qtbot):
        self._qtbot = qtbot

    def all(self):
        windows = QApplication.topLevelWidgets()
        return [w for w in windows if w.objectName() == "window.report" and w.isVisible()]

    def dialog(self):
        self._qtbot.waitUntil(lambda: len(self.all()) == 1, timeout=PATIENCE)
        return self.all()[0]

    def says(self):
        return self.dialog().findChild(QLabel, "window.report_says").text()

    def wait_until_it_says(self, text):
        self._qtbot.waitUntil(lambda: text in self.says(), timeout=PATIENCE)

    def details(self):
        return self.dialog().findChild(QTextBrowser, "window.report_details")

    def press(self, name):
        self.dialog().findChild(QPushButton, f"window.report_{name}").click()

    def copied(self):
        self.press("copy")
        return QGuiApplication.clipboard().text()


@pytest.fixture
def log(tmp_path):
    return tmp_path / "logs" / "cnnstudio.log"


@pytest.fixture
def report(qtbot, log):
    errors.install(log.parent)
    yield Report(qtbot)
    errors.uninstall()


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window, timeout=PATIENCE)
    yield window
    if not sip.isdeleted(window):
        sip.delete(window)


def fail(error):
    """Let `error` go through the hook, as PyQt does with one raised in a slot."""
    try:
        raise error
    except BaseException:
        sys.excepthook(*sys.exc_info())


def run(code, *arguments):
    """Run a little program that starts with errors.install(the first argument)."""
    start = (
        "import sys\nfrom pathlib import Path\nfrom PyQt6.QtCore import QTimer, qFatal\n"
        "from PyQt6.QtWidgets import QApplication\nfrom cnnstudio.gui import errors\n"
        "errors.install(Path(sys.argv[1]))\n"
    )
    return subprocess.run(
        [sys.executable, "-c", start + code, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )


def test_a_report_says_that_the_work_is_still_there_and_the_error_in_one_line(report):
    fail(ValueError("no\nsuch thing"))
    assert report.says() == (
        "Something went wrong inside CNN Studio. Your work is still here.\n\n"
        "ValueError: no such thing"
    )


def test_repeats_are_counted_in_the_one_report(report):
    for _ in range(14):
        fail(ValueError("again"))
    report.wait_until_it_says("This happened 14 times.")
    assert len(report.all()) == 1


def test_repeats_that_come_while_the_report_is_open_are_counted_on(report):
    for _ in range(3):
        fail(ValueError("again"))
        report.dialog()
    report.wait_until_it_says("This happened 3 times.")


def test_other_errors_join_the_report_that_is_open(report):
    fail(ValueError("first"))
    report.dialog()
    fail(KeyError("second"))
    report.wait_until_it_says("There were 2 different errors, 2 in all.")
    assert "ValueError: first" in report.says()
    assert "KeyError: 'second'" in report.details().toPlainText()


def test_endless_different_errors_do_not_make_an_endless_report(report):
    for number in range(1000):
        fail(ValueError(f"number {number}"))
    report.wait_until_it_says("1000 in all")
    assert report.details().toPlainText().count("Traceback") == 20


def test_an_error_in_a_thread_is_reported_too(report):
    thread = threading.Thread(target=lambda: int("x"))
    thread.start()
    thread.join()
    assert "ValueError: invalid literal" in report.says()


def test_a_thread_that_only_ends_itself_is_not_reported(report, log):
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    fail(ValueError("something else"))
    assert "ValueError: something else" in report.says()
    assert "SystemExit" not in log.read_text("utf-8")


def test_an_error_nobody_can_catch_is_reported_too(report):
    class Bad:
        def __del__(self):
            raise ValueError("while being thrown away")

    Bad()
    gc.collect()
    assert "ValueError: while being thrown away" in report.says()


def test_an_unraisable_error_that_carries_no_value_is_reported_by_its_kind(report):
    sys.unraisablehook(SimpleNamespace(exc_type=OSError, exc_value=None, exc_traceback=None))
    assert "OSError" in report.says()


def test_an_error_is_logged_with_its_traceback_before_anything_is_shown(
    report, log, monkeypatch, capfd
):
    for handler in logging.getLogger().handlers:  # half a letter is nothing pytest can pass on
        if type(handler).__module__ == "_pytest.logging":
            monkeypatch.setattr(handler, "emit", lambda _record: None)
    fail(ValueError("Größe \ud800"))
    capfd.readouterr()
    assert report.all() == []
    written = log.read_text("utf-8")
    assert "Traceback (most recent call last)" in written
    assert r"ValueError: Größe \ud800" in written


def test_the_log_file_is_not_made_before_there_is_something_to_log(report, log):
    assert not log.exists()


def test_the_log_is_three_files_of_a_megabyte(report, log):
    for number in range(60):
        logging.getLogger("cnnstudio").warning("%d %s", number, "x" * 100_000)
    files = sorted(log.parent.iterdir())
    assert [file.name for file in files] == [log.name, f"{log.name}.1", f"{log.name}.2"]
    assert all(file.stat().st_size <= 1_000_000 for file in files)
    assert "59 xxx" in log.read_text("utf-8")


def test_what_qt_complains_of_is_in_the_log_with_its_level(report, log):
    qWarning("the first")
    qCritical("the second")
    written = log.read_text("utf-8")
    assert "WARNING qt: the first" in written
    assert "CRITICAL qt: the second" in written


def test_what_qt_complains_of_is_no_report(report):
    qWarning("only this")
    fail(ValueError("a true error"))
    assert "a true error" in report.says()


def test_the_last_words_of_qt_are_in_the_log(log):
    done = run("qFatal('the end')", log.parent)
    assert done.returncode != 0
    assert "CRITICAL qt: the end" in log.read_text("utf-8")


def test_the_report_lets_the_user_go_on_working(report):
    fail(ValueError())
    assert not report.dialog().isModal()


def test_the_report_does_not_disappear_by_itself(report):
    fail(ValueError())
    dialog = report.dialog()
    assert dialog.parent() is None
    del dialog
    gc.collect()
    QApplication.processEvents()
    assert len(report.all()) == 1


def test_the_report_lies_above_the_window_in_use(report, window):
    fail(ValueError())
    assert report.dialog().parent() is window


def test_after_the_window_below_it_is_gone_the_next_error_has_a_report_again(report, window):
    fail(ValueError("first"))
    assert report.dialog().parent() is window
    sip.delete(window)
    fail(ValueError("second"))
    assert "second" in report.says()


def test_the_details_are_shown_when_asked_for(report):
    fail(ValueError("why"))
    assert not report.details().isVisible()
    report.press("show_details")
    assert report.details().isVisible()
    assert "ValueError: why" in report.details().toPlainText()
    report.press("show_details")
    assert not report.details().isVisible()


@pytest.mark.parametrize(
    "what", ["CNN Studio ", "Python 3.", "PyQt6 6.", "Qt 6.", "NumPy ", "Pillow ", sys.platform]
)
def test_the_copied_report_names_the_versions(report, what):
    fail(ValueError())
    assert what.lower() in report.copied().splitlines()[0].lower()


def test_the_copied_report_has_the_traceback_and_how_often(report):
    for _ in range(3):
        fail(ValueError("why"))
    copied = report.copied()
    assert "3 times:\nTraceback" in copied
    assert "ValueError: why" in copied


def test_versions_that_cannot_be_found_out_are_left_out(report, monkeypatch):
    from importlib import metadata  # noqa: PLC0415

    def version(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", version)
    fail(ValueError("why"))
    assert "NumPy" not in report.copied()
    assert "ValueError: why" in report.copied()


def test_the_log_folder_can_be_opened_from_the_report(report, log, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    fail(ValueError())
    report.press("open_log")
    assert opened == [QUrl.fromLocalFile(str(log.parent))]


def test_a_closed_report_is_done_with_and_the_next_error_counts_from_one(report, qtbot):
    for _ in range(2):
        fail(ValueError("first"))
    report.wait_until_it_says("This happened 2 times.")
    report.press("close")
    qtbot.waitUntil(lambda: report.all() == [], timeout=PATIENCE)
    fail(ValueError("second"))
    assert report.says().endswith("ValueError: second")


def test_an_error_while_the_report_is_being_closed_has_a_report_of_its_own(report, qtbot):
    fail(ValueError("first"))
    dialog = report.dialog()
    fail(ValueError("second"))
    dialog.close()
    qtbot.waitUntil(lambda: sip.isdeleted(dialog), timeout=PATIENCE)
    assert report.says().endswith("ValueError: second")


def test_the_window_is_woken_once_for_many_errors(report, monkeypatch):
    added = []
    add = errors._Report.add
    monkeypatch.setattr(
        errors._Report, "add", lambda dialog, new: (added.append(new.total()), add(dialog, new))
    )
    for _ in range(14):
        fail(ValueError("again"))
    report.wait_until_it_says("This happened 14 times.")
    fail(ValueError("again"))
    report.wait_until_it_says("This happened 15 times.")
    assert added == [14, 1]


def test_markup_in_an_error_is_shown_as_it_is(report):
    fail(ValueError("<img src='http://example.org'> <b>bold</b>"))
    label = report.dialog().findChild(QLabel, "window.report_says")
    assert label.textFormat() is QtCore.Qt.TextFormat.PlainText
    assert "<b>bold</b>" in report.details().toPlainText()


def test_whatever_takes_the_focus_has_a_name_for_tests_and_for_screen_readers(report):
    fail(ValueError())
    policy = QtCore.Qt.FocusPolicy.NoFocus
    widgets = [w for w in report.dialog().findChildren(QWidget) if w.focusPolicy() != policy]
    taking = [w for w in widgets if not w.objectName().startswith("qt_")]
    assert len(taking) == 5
    assert all(w.objectName().startswith("window.report_") for w in taking)
    assert all(w.accessibleName() for w in taking)


def test_a_report_that_fails_itself_is_only_logged(report, log, monkeypatch, qtbot):
    def broken(*_):
        raise RuntimeError("no dialog today")

    monkeypatch.setattr(errors, "_Report", broken)
    fail(ValueError("the true error"))
    qtbot.waitUntil(lambda: "no dialog today" in log.read_text("utf-8"), timeout=PATIENCE)
    monkeypatch.undo()
    fail(KeyError("a later one"))
    assert report.says().endswith("KeyError: 'a later one'")
    assert log.read_text("utf-8").count("RuntimeError: no dialog today") == 1


def test_an_error_whose_text_cannot_be_had_is_reported_all_the_same(report):
    class MuteError(Exception):
        def __str__(self):
            raise ValueError

    fail(MuteError())
    assert "MuteError" in report.says()


def test_a_folder_that_cannot_be_made_leaves_the_log_to_stderr(qapp, tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")
    errors.install(tmp_path / "file" / "logs")
    fail(ValueError("why"))
    errors.uninstall()
    told = capsys.readouterr().err
    assert "there is no log file" in told
    assert "ValueError: why" in told


def test_a_log_that_cannot_be_written_makes_no_further_errors(qapp, log, capsys):
    log.mkdir(parents=True)
    errors.install(log.parent)
    fail(ValueError("why"))
    errors.uninstall()
    told = capsys.readouterr().err
    assert told.count("ValueError: why") == 1
    assert "Logging error" not in told


def test_uninstalling_puts_everything_back(qapp, tmp_path):
    root = logging.getLogger()

    def state():
        qt = qInstallMessageHandler(None)
        qInstallMessageHandler(qt)
        hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
        return *hooks, qt, *root.handlers, root.level, logging.raiseExceptions

    before = state()
    errors.install(tmp_path)
    assert not set(before[:4]) & set(state()[:4])
    errors.uninstall()
    assert state() == before


def test_uninstalling_closes_the_report(report, window):
    fail(ValueError())
    assert report.dialog().parent() is window
    errors.uninstall()
    assert report.all() == []


def test_uninstalling_is_done_when_python_ends(log):
    done = run(
        "import atexit\n"
        "errors.uninstall()\n"
        "atexit.register(lambda: print(sys.excepthook is sys.__excepthook__))\n"
        "errors.install(Path(sys.argv[1]))",
        log.parent,
    )
    assert done.stdout == "True\n"


def test_installing_twice_logs_once(report, log):
    errors.install(log.parent)
    fail(ValueError("why"))
    assert log.read_text("utf-8").count("ValueError: why") == 1


def test_importing_it_imports_neither_numpy_nor_pillow():
    code = "import sys, cnnstudio.gui.errors; print(sorted({'PIL', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_error_before_there_is_an_application_is_printed_and_logged(log):
    done = run("raise ValueError('too early')", log.parent)
    assert done.returncode == 1
    assert "ValueError: too early" in done.stderr
    assert "ValueError: too early" in log.read_text("utf-8")


def test_an_app_without_a_console_still_logs(log):
    done = run(
        "errors.uninstall(); sys.stderr = None\n"
        "errors.install(Path(sys.argv[1]))\n"
        "raise ValueError('unheard')",
        log.parent,
    )
    assert done.stderr == ""
    assert "ValueError: unheard" in log.read_text("utf-8")


def test_interrupting_the_app_ends_it_normally_and_is_no_error(log):
    done = run(
        "app = QApplication([])\n"
        "def interrupt(): raise KeyboardInterrupt\n"
        "QTimer.singleShot(0, interrupt)\n"
        "code = app.exec()\n"
        "print('ended with', code)",
        log.parent,
    )
    assert (done.returncode, done.stdout) == (0, "ended with 0\n")
    assert not log.exists()


def test_an_app_survives_an_error_in_a_slot_and_reports_it(log):
    done = run(
        "app = QApplication([])\n"
        "def fail(): raise ValueError('in a slot')\n"
        "def look():\n"
        "    shown = [w.objectName() for w in app.topLevelWidgets() if w.isVisible()]\n"
        "    if shown:\n"
        "        print(shown)\n"
        "        app.exit(7)\n"
        "QTimer.singleShot(0, fail)\n"
        "timer = QTimer()\n"
        "timer.timeout.connect(look)\n"
        "timer.start(0)\n"
        "sys.exit(app.exec())",
        log.parent,
    )
    assert done.stdout == "['window.report']\n"
    assert done.returncode == 7
    assert "ValueError: in a slot" in log.read_text("utf-8")


def test_an_error_raised_by_a_timer_again_and_again_stays_one_report(report):
    timer = QTimer()
    timer.timeout.connect(lambda: fail(ValueError("tick")))
    timer.start(0)
    report.wait_until_it_says("This happened")
    timer.stop()
    assert len(report.all()) == 1
