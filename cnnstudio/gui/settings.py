"""What the app remembers between two sessions, and where its user's files are."""

from __future__ import annotations

import json
import logging
import math
import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar, overload

from PyQt6.QtCore import QByteArray, QCoreApplication, QSettings, QStandardPaths

APP = "CNN Studio"
THEMES = ("system", "light", "dark", "high_contrast")
MOST_RECENT = 10

Value = TypeVar("Value")
_log = logging.getLogger(__name__)


def user_folder() -> Path:
    """Return the folder for the user's own filters, scenes and drawings, made if need be."""
    QCoreApplication.setOrganizationName(APP)  # the folder is named after them
    QCoreApplication.setApplicationName(APP)
    where = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    folder = Path(where)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        _log.warning("%s cannot be made", folder, exc_info=True)
    return folder


def log_folder() -> Path:
    """Return the folder for the log, which whoever writes it makes."""
    return user_folder() / "logs"


def recovery_folder() -> Path:
    """Return the folder for work that is not saved, which whoever keeps it makes."""
    return user_folder() / "recovery"


class Setting(Generic[Value]):
    """One remembered value, read and written like an attribute of `Settings`.

    Only what QSettings writes as plain text ever gets there: it would pickle anything else, and
    run that pickle when reading.
    """

    def __init__(self, default: Value, read: Callable[[object], Value]) -> None:
        """Take the value if nothing is remembered, and what makes one of what the file says.

        `read` raises ValueError for what is none.
        """
        self._default, self._read = default, read
        self._name = ""

    def __set_name__(self, owner: type[Settings], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, settings: None, owner: type[Settings]) -> Setting[Value]: ...
    @overload
    def __get__(self, settings: Settings, owner: type[Settings]) -> Value: ...
    def __get__(self, settings: Settings | None, owner: type[Settings]) -> Value | Setting[Value]:
        if settings is None:
            return self
        with suppress(Exception):  # a file somebody has meddled with may raise anything
            return self._read(settings.ini.value(self._name))
        return self._read(self._default)

    def __set__(self, settings: Settings, value: Value) -> None:
        kept = self._read(value)
        if kept != value:
            raise ValueError(f"{value!r} is no setting for {self._name}")
        settings.ini.setValue(self._name, repr(kept) if isinstance(kept, float) else kept)


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise ValueError(f"{found!r} is no text")
    return str(found)


def _theme(found: object) -> str:
    if found not in THEMES:
        raise ValueError(f"{found!r} is no theme")
    return _text(found)


def _switch(found: object) -> bool:
    said = str(found).lower()
    if said not in ("true", "1", "false", "0"):
        raise ValueError(f"{found!r} is neither true nor false")
    return said in ("true", "1")


def _speed(found: object) -> float:
    speed = float(str(found))
    if not (math.isfinite(speed) and speed > 0):
        raise ValueError(f"{found!r} is no speed")
    return speed


def _colour(found: object) -> str:
    said = _text(found)
    if not re.fullmatch("#[0-9a-f]{6}", said):
        raise ValueError(f"{found!r} is no colour")
    return said


def _bytes(found: object) -> QByteArray:
    if not isinstance(found, QByteArray):
        raise ValueError(f"{found!r} is no bytes")
    return QByteArray(found)


class Settings:
    """What is remembered.

    Reading never fails: what is missing or damaged is as at the first start. Writing anything
    that could not be read back is a ValueError.
    """

    theme = Setting("system", _theme)
    reduce_motion = Setting(False, _switch)
    speed = Setting(4.0, _speed)  # positions a second
    geometry = Setting(QByteArray(), _bytes)
    last_folder = Setting("", _text)
    background = Setting("#ffffff", _colour)  # what is seen through pictures
    _recent = Setting("[]", _text)

    def __init__(self, ini: Path | None = None) -> None:
        """Remember in `ini`, or in the user's own file."""
        if ini is None:
            scope = QSettings.Scope.UserScope
            self.ini = QSettings(QSettings.Format.IniFormat, scope, APP, APP)
        else:
            self.ini = QSettings(str(ini), QSettings.Format.IniFormat)

    @property
    def recent(self) -> list[Path]:
        """Files opened of late, the newest first, whether they are still there or not."""
        with suppress(ValueError, RecursionError):
            found = json.loads(self._recent)
            if isinstance(found, list):
                return [Path(path) for path in found if isinstance(path, str)][:MOST_RECENT]
        return []

    @property
    def recent_there(self) -> list[Path]:
        """Those of the recent files that can be opened now, for showing.

        The others stay remembered: a memory stick may come back.
        """
        return [path for path in self.recent if os.path.isfile(path)]

    def add_recent(self, path: Path) -> None:
        """Put a file first among the recent ones."""
        path = path.absolute()
        others = [other for other in self.recent if other != path]
        self._recent = json.dumps([str(path) for path in [path, *others]])

    def save(self) -> None:
        """Write to the disk now; Qt does it by itself a little later."""
        self.ini.sync()
