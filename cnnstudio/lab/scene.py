"""Scenes: files that set a bench up completely, with the place to look at."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnnstudio import resources
from cnnstudio.datasets.picture import UnusablePicture
from cnnstudio.lab.bench_json import OpenFile, bench_from_json
from cnnstudio.lab.convolution import ConvolutionBench, Stage
from cnnstudio.lab.from_file import image_of
from cnnstudio.lab.json_text import NotJson, read_json
from cnnstudio.lab.quote import quote

if TYPE_CHECKING:
    from cnnstudio.datasets.picture import Picture
    from cnnstudio.lab.image import Image

MAX_BYTES = 1 << 20
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
    """A bench with a title, a sentence on what to look for, and a view.

    Attributes:
        note: what was done to its picture while that was read
    """

    title: str
    about: str
    bench: ConvolutionBench
    view: View = field(default_factory=View)
    note: str = ""


@cache
def shipped_scenes() -> dict[str, Scene]:
    """Return the scenes that ship with the program, by file name."""
    return {stem: _shipped(stem) for stem in resources.names("scenes", ".json")}


def read_scene(path: Path, read: Callable[[Path], Picture] | None = None) -> Scene:
    """Read a scene file, and the picture it names.

    Args:
        path: of the scene
        read: reads the picture; `datasets.picture_file.read_picture` unless given

    Raises:
        ValueError: with the file's name and what is wrong with it; an UnusablePicture if it is
            the picture.
    """
    notes = [""]

    def open_file(name: str) -> Image:
        from cnnstudio.datasets.picture_file import read_picture  # noqa: PLC0415  Pillow, if needed

        file = path.parent / name
        picture = (read or read_picture)(file)
        notes.append(picture.note)
        return image_of(picture, file)

    try:
        if path.exists() and not (
            path.is_file() or path.is_dir()
        ):  # a pipe would be waited for for ever
            raise ValueError("it is no file")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise ValueError("it is larger than a megabyte")
        return replace(scene_from_json(read_json(raw), open_file), note=notes[-1])
    except OSError as reason:
        raise ValueError(f"{path.name} cannot be read: {reason.strerror or reason}") from None
    except NotJson as reason:
        raise ValueError(f"{path.name} is not a scene: {reason}") from None
    except UnusablePicture as reason:
        problem = f"{path.name} cannot be used as a scene: {reason}"
        raise UnusablePicture(problem, reason.partly) from None
    except ValueError as reason:
        raise ValueError(f"{path.name} cannot be used as a scene: {reason}") from None


def scene_from_json(data: Any, open_file: OpenFile | None = None) -> Scene:
    """Make a scene of parsed JSON.

    Args:
        data: the scene
        open_file: opens a picture that is named by its file; None if there are no files

    Raises:
        ValueError: with a sentence, if it is not one.
    """
    if not isinstance(data, dict) or "bench" not in data:
        raise ValueError("it has no “bench”")
    if data.get("workspace", "convolution") != "convolution":
        raise ValueError(f"there is no workspace called {quote(data['workspace'])}")
    bench = bench_from_json(data["bench"], open_file)
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
