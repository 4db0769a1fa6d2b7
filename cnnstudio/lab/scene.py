"""Scenes: files that set a bench up completely, with the place to look at."""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from cnnstudio import resources
from cnnstudio.lab.bench_json import bench_from_json
from cnnstudio.lab.convolution import ConvolutionBench, Stage
from cnnstudio.lab.quote import quote

MAX_BYTES = 1 << 20
_LONGEST_WHOLE = 40  # digits; Python itself refuses some thousands, in words for programmers
MAX_WORDS = 500  # letters of a title or of what is said about a scene
_STAGES = ("feature_map", "activation", "pooled_map")


@dataclass(frozen=True)
class View:
    """Where the playhead of a scene stands.

    Attributes:
        stage: whose map it walks over
        row, column: the position, from 0
        whole: whether maps are shown whole instead of growing with the playhead
    """

    stage: Stage = "feature_map"
    row: int = 0
    column: int = 0
    whole: bool = False


@dataclass(frozen=True)
class Scene:
    """A bench with a title, a sentence on what to look for, and a view."""

    title: str
    about: str
    bench: ConvolutionBench
    view: View = field(default_factory=View)


@cache
def shipped_scenes() -> dict[str, Scene]:
    """Return the scenes that ship with the program, by file name."""
    return {stem: _shipped(stem) for stem in resources.names("scenes", ".json")}


def read_scene(path: Path) -> Scene:
    """Read a scene file.

    Raises:
        ValueError: with the file's name and what is wrong with it.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise ValueError("it is larger than a megabyte")
        return scene_from_json(json.loads(raw.decode("utf-8-sig"), parse_int=_whole), path.parent)
    except OSError as reason:
        raise ValueError(f"{path.name} cannot be read: {reason.strerror or reason}") from None
    except json.JSONDecodeError as reason:
        problem = f"{path.name} is not a scene: line {reason.lineno} is not JSON"
        raise ValueError(problem) from None
    except (UnicodeDecodeError, RecursionError):
        raise ValueError(f"{path.name} is not a scene: it is not a text in JSON") from None
    except ValueError as reason:
        raise ValueError(f"{path.name} cannot be used as a scene: {reason}") from None


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_WHOLE:
        raise ValueError(f"{quote(digits)} is too long for a number")
    return int(digits)


def scene_from_json(data: Any, folder: Path | None = None) -> Scene:
    """Make a scene of parsed JSON.

    Raises:
        ValueError: with a sentence, if it is not one.
    """
    if not isinstance(data, dict) or "bench" not in data:
        raise ValueError("it has no “bench”")
    if data.get("workspace", "convolution") != "convolution":
        raise ValueError(f"there is no workspace called {quote(data['workspace'])}")
    bench = bench_from_json(data["bench"], folder)
    title, about = _words(data, "title", "Untitled"), _words(data, "about", "")
    return Scene(title, about, bench, _view(data.get("view", {}), bench))


def _words(data: dict[str, Any], name: str, missing: str) -> str:
    words = data.get(name, missing)
    if not isinstance(words, str) or len(words) > MAX_WORDS:
        raise ValueError(f"its “{name}” is a text of up to {MAX_WORDS} letters")
    return words


def _view(entry: Any, bench: ConvolutionBench) -> View:
    if not isinstance(entry, dict):
        raise ValueError("its “view” must be written in braces")
    stage = entry.get("stage", "feature_map")
    if stage not in _STAGES:
        raise ValueError(f"there is no stage called {quote(stage)}")
    rows, columns = bench.shape(stage)
    place = []
    for name, count in (("row", rows), ("column", columns)):
        number = entry.get(name, 1)
        if type(number) is not int or not 1 <= number <= max(1, count):
            room = f"lies between 1 and {count}" if count else "can only be 1, for there is no map"
            raise ValueError(f"its {name} {room}; {quote(number)} does not work")
        place.append(number - 1)
    whole = entry.get("whole", False)
    if not isinstance(whole, bool):
        raise ValueError(f"its “whole” is true or false, not {quote(whole)}")
    return View(stage, place[0], place[1], whole)


def _shipped(stem: str) -> Scene:
    return scene_from_json(json.loads(resources.text(f"scenes/{stem}.json")))
