"""Themes: colours by meaning, worn by everything at once, and changed while running."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor, QFontDatabase, QFontMetricsF, QPalette
from PyQt6.QtWidgets import QApplication, QLabel

import cnnstudio
from cnnstudio.gui import look, theme
from cnnstudio.gui.main_window import MainWindow
from cnnstudio.gui.settings import Settings
from tests.gui.pages import ConvolutionPage

MENU = {"light": "Light", "dark": "Dark", "high_contrast": "High contrast"}
STATES = {
    "at the start": lambda page: page.press("Home"),
    "a stride that does not fit": lambda page: page.choose("Scenes", "A stride that does not fit"),
    "no map": lambda page: page.new_grid(5, 5),
    "the pooled map": lambda page: page.press("3", "M"),
}


@pytest.fixture
def light_again(qapp, dressed):
    yield
    theme.apply_theme(qapp, "light")


@pytest.fixture
def dressed_page(page, light_again):
    return page


def contrast(one, other):
    """The contrast of two colours, as WCAG 2 has it."""

    def luminance(name):
        parts = [part / 255 for part in QColor(name).getRgb()[:3]]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_all_themes_have_the_same_tokens():
    light, *others = (theme.tokens(name) for name in theme.THEMES)
    assert all(set(other) == set(light) for other in others)


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("text", "window", 7),
        ("text", "panel", 7),
        ("muted", "panel", 4.5),
        ("muted", "window", 4.5),
        ("accent", "panel", 4.5),
        ("warning", "warning_soft", 4.5),
        ("error", "error_soft", 4.5),
        ("control_border", "panel", 3),
        ("data_negative", "data_zero", 3),
        ("data_positive", "data_zero", 3),
        ("weight_negative", "weight_zero", 3),
        ("weight_positive", "weight_zero", 3),
    ],
)
def test_what_must_be_told_apart_has_the_contrast_for_it(name, ink, ground, least):
    tokens = theme.tokens(name)
    assert contrast(tokens[ink], tokens[ground]) >= least


@pytest.mark.parametrize("name", theme.THEMES)
def test_a_theme_dresses_palette_and_sheet(qapp, light_again, name):
    theme.apply_theme(qapp, name)
    assert theme.current_theme() == name
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.colour("window")
    assert theme.tokens(name)["control_border"] in qapp.styleSheet()
    assert "$" not in qapp.styleSheet(), "every token of the sheet is filled in"


def test_widgets_hear_of_a_new_theme_as_of_a_new_palette(qapp, qtbot, light_again):
    class Listener(QLabel):
        heard = 0

        def changeEvent(self, event):
            self.heard += event.type() == event.Type.PaletteChange

    listener = Listener()
    qtbot.addWidget(listener)
    listener.show()
    before = listener.heard
    theme.apply_theme(qapp, "dark")
    assert listener.heard > before


@pytest.mark.parametrize(
    ("state", "name"), list(zip(STATES, ["dark", "high_contrast"] * 2, strict=True))
)
def test_a_theme_chosen_while_running_leaves_nothing_of_the_one_before(
    dressed_page, qapp, qtbot, hand, tmp_path, state, name
):
    STATES[state](dressed_page)
    bright = dressed_page.screen()
    dressed_page.choose("View", MENU[name])
    dressed_page.window.statusBar().clearMessage()
    switched = dressed_page.screen()
    assert switched != bright
    fresh = _fresh(qtbot, hand, tmp_path, name)
    STATES[state](fresh)
    fresh.window.statusBar().clearMessage()
    seen = fresh.screen()
    fresh.window.close()  # while it is whole: it would hear of its end when it is collected
    assert seen == switched


def _fresh(qtbot, hand, tmp_path, name):
    """Another window, made while that theme is in force already."""
    settings = Settings(tmp_path / "another.ini")
    settings.theme, settings.reduce_motion = name, True
    window = MainWindow(settings)
    qtbot.addWidget(window)
    window.load()
    window.resize(1280, 800)
    window.show()
    page = ConvolutionPage(window, hand)
    page.come_back()
    return page


def test_back_in_the_first_theme_everything_is_as_it_was(dressed_page):
    before = dressed_page.screen()
    dressed_page.choose("View", "High contrast")
    dressed_page.choose("View", "Light")
    assert dressed_page.screen() == before


def test_the_menu_shows_which_theme_is_chosen_and_it_is_remembered(dressed_page, settings):
    dressed_page.choose("View", "Dark")
    assert settings.theme == "dark"
    checked = [m for m in MENU.values() if dressed_page.menu_entry("View", m).isChecked()]
    assert checked == ["Dark"]


@pytest.mark.parametrize(
    ("scheme", "name"),
    [
        (Qt.ColorScheme.Dark, "dark"),
        (Qt.ColorScheme.Light, "light"),
        (Qt.ColorScheme.Unknown, "light"),
    ],
)
def test_following_the_system_wears_what_the_desktop_wears(dressed_page, monkeypatch, scheme, name):
    hints = QApplication.styleHints()
    monkeypatch.setattr(type(hints), "colorScheme", lambda _: scheme)
    dressed_page.choose("View", "High contrast")
    dressed_page.choose("View", "Follow the system")
    assert theme.current_theme() == name


@pytest.mark.parametrize(("chosen", "worn"), [("system", "dark"), ("light", "light")])
def test_when_the_desktop_changes_only_who_follows_it_changes_too(
    dressed_page, settings, monkeypatch, chosen, worn
):
    hints = QApplication.styleHints()
    settings.theme = chosen
    look.wear("light")
    monkeypatch.setattr(type(hints), "colorScheme", lambda _: Qt.ColorScheme.Dark)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.current_theme() == worn


def test_a_theme_that_is_worn_already_is_not_put_on_again(qapp, dressed, monkeypatch):
    monkeypatch.setattr(look, "apply_theme", lambda *_: pytest.fail("put on again"))
    look.wear("light")


def test_the_face_has_figures_of_one_width(dressed):
    for points in (theme.CAPTION, theme.BODY, theme.LEDGER):
        metrics = QFontMetricsF(theme.face(points))
        assert len({metrics.horizontalAdvance(figure * 4) for figure in "0123456789"}) == 1


def test_a_machine_without_fonts_is_noticed(qapp, monkeypatch):
    assert theme.has_fonts()
    for families in ([], ["Monospace", "Sans Serif", "Serif"]):  # the latter where fontconfig is
        monkeypatch.setattr(QFontDatabase, "families", lambda families=families: families)
        assert not theme.has_fonts()


def test_an_icon_is_drawn_in_the_ink_of_the_theme(qapp, light_again):
    light = theme.icon_pixmap("play").toImage()
    theme.apply_theme(qapp, "dark")
    assert theme.icon_pixmap("play").toImage() != light


DRESSED = """
import tempfile
from pathlib import Path
from PyQt6.QtWidgets import QApplication
from cnnstudio.gui import theme

theme.apply_theme(QApplication([]), "light")
assert list(Path(tempfile.gettempdir()).glob("cnnstudio*/*.png"))
"""


def test_a_program_leaves_nothing_in_the_folder_for_temporary_files(tmp_path):
    ended = subprocess.run(
        [sys.executable, "-c", DRESSED],
        capture_output=True,
        timeout=60,
        cwd=Path(cnnstudio.__file__).parents[1],
        env=os.environ | {"TMPDIR": str(tmp_path)},
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert list(tmp_path.glob("cnnstudio*")) == []
