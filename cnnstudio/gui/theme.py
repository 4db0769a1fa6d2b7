"""Colours by meaning and type by role: a JSON a theme and one sheet make the whole look."""

import atexit
import json
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path
from string import Template
from types import SimpleNamespace
from typing import Any

from PyQt6.QtCore import QByteArray, QRectF, Qt
from PyQt6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
    QPixmapCache,
)
from PyQt6.QtWidgets import QApplication

from cnnstudio import resources

THEMES = ("light", "dark", "high_contrast")
CAPTION, BODY, TITLE, LEDGER, RESULT = 9.5, 10.5, 13.0, 15.0, 28.0  # points
REGULAR, MEDIUM, SEMIBOLD = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold
FAMILIES = ["Inter", "Segoe UI Variable", "Segoe UI", ".AppleSystemUIFont", "DejaVu Sans"]
NO_FONT = (
    "CNN Studio needs a font and this computer has none; install one "
    "(on Debian or Ubuntu: apt-get install fonts-inter fonts-dejavu-core)."
)
_ROLES = {
    "Window": "window",
    "Button": "panel",
    "Base": "base",
    "AlternateBase": "sunken",
    "WindowText": "text",
    "ButtonText": "text",
    "Text": "text",
    "PlaceholderText": "muted",
    "Highlight": "text",
    "HighlightedText": "panel",
    "ToolTipBase": "panel",
    "ToolTipText": "text",
    "Link": "text",
    "LinkVisited": "text",
}
_now = SimpleNamespace(name="", tokens={})  # the theme in force: one application, one look
_DRESSED = "cnnstudio_dressed"  # a property of the application


_ALIASES = {"Monospace", "Sans Serif", "Serif"}  # fontconfig lists them even without a font


def has_fonts() -> bool:
    """Whether any text can be drawn at all; Qt itself only draws nothing and stays silent."""
    return any(family not in _ALIASES for family in QFontDatabase.families())


def system_theme(app: QApplication) -> str:
    """Return the theme that goes with the desktop: "dark" if it says so, else "light"."""
    hints = app.styleHints()
    dark = hints is not None and hints.colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def current_theme() -> str:
    """Return the name of the theme in force."""
    return str(_now.name)


@cache
def tokens(name: str) -> dict[str, Any]:
    """Return the colours of a theme by what they mean."""
    return dict(json.loads(resources.text(f"themes/{name}.json")))


def colour(token: str, alpha: float = 1.0) -> QColor:
    """Return a colour of the theme in force by its meaning, such as "accent"."""
    made = QColor(_now.tokens[token])
    made.setAlphaF(alpha)
    return made


@cache
def face(points: float, weight: QFont.Weight = REGULAR) -> QFont:
    """Return the interface face; its figures have one width, so numbers stand still."""
    font = QFont(FAMILIES)
    font.setPointSizeF(points)
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setFeature(QFont.Tag("calt"), 0)  # keeps "28 x 28" as typed
    return font


def icon_pixmap(name: str, size: int = 24, tint: str = "text", ratio: float = 2.0) -> QPixmap:
    """Draw an icon of ``resources/icons`` in a colour of the theme."""
    key = f"{name} {size} {_now.tokens[tint]} {ratio}"  # dozens of buttons have the same one
    if drawn := QPixmapCache.find(key):
        return drawn
    from PyQt6.QtSvg import QSvgRenderer  # noqa: PLC0415  only where something is drawn

    svg = resources.text(f"icons/{name}.svg").replace("currentColor", _now.tokens[tint])
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, pixmap)
    return pixmap


def icon(name: str, tint: str = "text", checked: str | None = None) -> QIcon:
    """Make an icon that dims where it is disabled and may change its tint where it is checked."""
    made = QIcon(icon_pixmap(name, 24, tint))
    made.addPixmap(icon_pixmap(name, 24, "muted"), QIcon.Mode.Disabled)
    if checked:
        made.addPixmap(icon_pixmap(name, 24, checked), QIcon.Mode.Normal, QIcon.State.On)
    return made


def apply_theme(app: QApplication, name: str) -> None:
    """Dress the whole program: a palette for what draws itself, the sheet for the controls.

    Every widget hears of it as a palette change.
    """
    _now.name, _now.tokens = name, tokens(name)
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(QPalette.ColorRole[role], colour(token))
    for role in ("Text", "ButtonText", "WindowText"):
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[role], colour("muted"))
    if not app.property(_DRESSED):  # the same in every theme, and each takes every widget's time
        app.setProperty(_DRESSED, True)
        app.setStyle("Fusion")
        app.setFont(face(BODY))
    app.setPalette(palette)
    sheet = Template(resources.text("themes/studio.qss"))
    app.setStyleSheet(sheet.substitute({**_now.tokens, "chevron": _drawn("chevron")}))


@cache
def _folder() -> Path:
    """Make a folder for pictures a style sheet needs as files; it goes when the program does."""
    folder = tempfile.mkdtemp(prefix="cnnstudio.")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _drawn(name: str) -> str:
    """Draw an icon to a file and return its path, as style sheets want it."""
    tint = re.sub(r"\W", "", _now.tokens["muted"])
    path = _folder() / f"{name}-{tint}.png"
    if not path.exists():
        icon_pixmap(name, 12, "muted", 2.0).save(str(path))
        icon_pixmap(name, 12, "muted", 4.0).save(str(path.with_name(f"{path.stem}@2x.png")))
    return path.as_posix()
