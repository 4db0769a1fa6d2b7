"""What a thread does for an export: a small look, a file, or something for the clipboard."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from PyQt6.QtGui import QImage

from cnnstudio.gui.background import Progress
from cnnstudio.gui.exporting import png_file, raster
from cnnstudio.gui.exporting.raster import Raster
from cnnstudio.gui.workspaces.convolution.export.export_parts import told
from cnnstudio.gui.workspaces.convolution.export.export_steps import Film, refusal
from cnnstudio.lab import numbers_file
from cnnstudio.lab.atomic import write_file
from cnnstudio.lab.number import many, size, write, write_cell

_LOOK = 700  # px, about how large the small look is
_MOST_COPIED = 1_000_000  # numbers that a spreadsheet takes from the clipboard
_MOST_PIXELS = 50_000_000  # that are put on the clipboard
_MOST_SAVED = 200_000_000  # pixels of a file; more of them hardly any program opens
_FIGURE = "\u2007"  # a blank as wide as a figure
_CELLS = 7, 6  # rows and columns of the small look at numbers
Writing = Callable[[IO[bytes], Progress], object]


@dataclass(frozen=True, eq=False)
class Look:
    """What is shown before anything is written.

    Attributes:
        image: a small picture; None where there are words
        words: what stands in its place
        figures: how large the file will be, or why there will be none
        possible: whether there can be one
    """

    image: QImage | None
    words: str
    figures: str
    possible: bool = True


@dataclass(frozen=True, eq=False)
class Copied:
    """What goes to the clipboard.

    Attributes:
        said: what is told when it is there
        text: numbers with tabs
        image: a picture
        data: the same, or steps, as the bytes of a file
        kind: what these bytes are, such as "image/gif"
        path: a file with them
    """

    said: str
    text: str = ""
    image: QImage | None = None
    data: bytes = b""
    kind: str = ""
    path: Path | None = None


def saved(path: Path, writing: Writing, progress: Progress) -> Path:
    """Write a file, or leave everything as it was.

    Raises:
        ValueError: if it cannot be written, with a sentence that says why.
    """
    try:
        write_file(path, lambda file: writing(file, progress))
    except OSError as error:
        raise ValueError(_sentence(path, error)) from error
    return path


def _sentence(path: Path, error: OSError) -> str:
    """Say why a file was not written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk is full; {path.name} was not written"
    if isinstance(error, PermissionError) and error.filename == os.path.realpath(path):
        return f"{path.name} may not be changed; choose another name"
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return f"Nothing may be written into {path.parent}; choose another folder"
    if isinstance(error, FileNotFoundError):
        return f"The folder {path.parent} is not there any more; choose another one"
    return f"{path.name} was not written: {error.strerror or error}"


def bytes_told(count: int) -> str:
    """Write how large a file is, as file managers do."""
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if count >= unit:
            return f"{count / unit:.1f} {name}"
    return many(count, "byte")


def seconds_told(seconds: float) -> str:
    """Write how long something takes."""
    if seconds < 60:
        return f"{write(round(seconds, 1))} s" if seconds < 10 else f"{round(seconds)} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"


def look_at_picture(pixels: Raster, scale: int, _progress: Progress) -> Look:
    """Look at a picture."""
    wide, tall = pixels.sized(scale)
    if wide * tall > _MOST_SAVED and scale > 1:
        refused = f"{size(wide, tall)} pixels are too many for a picture; choose a smaller size"
        return Look(None, refused, refused, possible=False)
    step = max(1, max(pixels.shape) // _LOOK)
    image = raster.to_image(pixels, step=step)
    about = bytes_told(png_file.guess_size(pixels, scale))
    each = "one for each number" if scale == 1 else f"{scale} × {scale} for each number"
    return Look(image, "", f"{size(wide, tall)} pixels, {each}; about {about}")


def look_at_page(image: QImage, scale: int, _progress: Progress) -> Look:
    """Look at the whole workspace; what it takes when it is sharper is only guessed."""
    count = png_file.guess_size(raster.of_image(image))
    about = bytes_told(round(count * scale**1.3))  # letters and edges grow, areas cost nothing
    wide, tall = image.width() * scale, image.height() * scale
    return Look(image, "", f"{size(wide, tall)} pixels; roughly {about}")


def look_at_numbers(planes: list[numbers_file.Numbers], written: str, _progress: Progress) -> Look:
    """Look at the first numbers."""
    rows, columns = (min(a, b) for a, b in zip(planes[0].shape, _CELLS, strict=True))
    block = planes[0][0:rows, 0:columns]
    more = " …" if planes[0].shape[1] > columns else ""
    texts = [[write_cell(float(value)) for value in line] for line in block]
    longest = max(len(text) for line in texts for text in line)
    lines = ["  ".join(text.rjust(longest, _FIGURE) for text in line) + more for line in texts]
    lines += ["…"] * (planes[0].shape[0] > rows)
    if written == "csv":
        figures = f"about {bytes_told(numbers_file.csv_size(planes))}"
    else:
        kind = "whole numbers of 8 bits" if _small(planes) else "64-bit floats"
        figures = f"{kind}, {bytes_told(numbers_file.npy_size(planes))}"
    return Look(None, "\n".join(lines), f"{told(planes)}; {figures}")


def _small(planes: list[numbers_file.Numbers]) -> bool:
    return numbers_file.kind_of(planes) == np.dtype(np.uint8)


def look_at_film(film: Film, progress: Progress) -> Look:
    """Look at a frame, and say how long and how large the film will be."""
    if refused := refusal(film.count):
        return Look(None, "", refused, possible=False)
    pixels, count, seconds = film.look(progress.tell)
    tall, wide = pixels.shape[:2]
    image = QImage(np.ascontiguousarray(pixels).tobytes(), wide, tall, 3 * wide, _RGB).copy()
    lasts = seconds_told(sum(film.durations) / 1000)
    figures = (
        f"{many(film.count, 'frame')} of {size(wide, tall)} pixels, {lasts} long; "
        f"about {bytes_told(count)}, ready in about {seconds_told(max(0.1, seconds))}"
    )
    return Look(image, "", figures)


_RGB = QImage.Format.Format_RGB888


def copied_picture(pixels: Raster, scale: int, name: str, progress: Progress) -> Copied:
    """Make a picture for the clipboard.

    Raises:
        ValueError: if it is too large for that.
    """
    wide, tall = pixels.sized(scale)
    if wide * tall > _MOST_PIXELS:
        raise ValueError(
            f"{size(wide, tall)} pixels are too many for the clipboard; "
            "save them as a file, or copy fewer pixels for each number"
        )
    file = io.BytesIO()
    png_file.write_png(file, pixels, scale, tell=progress.tell)
    image = raster.to_image(pixels, scale)
    said = f"{name}: {size(wide, tall)} pixels are on the clipboard"
    return Copied(said, image=image, data=file.getvalue(), kind="image/png")


def copied_numbers(planes: list[numbers_file.Numbers], name: str, progress: Progress) -> Copied:
    """Make text for a spreadsheet.

    Raises:
        ValueError: if there are too many numbers for one.
    """
    count = sum(int(plane.size) for plane in planes)
    if count > _MOST_COPIED:
        raise ValueError(
            f"{write(count)} numbers are too many for the clipboard; "
            f"up to {write(_MOST_COPIED)} go there, all of them into a file"
        )
    text = numbers_file.tabbed(planes, progress.tell)
    return Copied(f"{name}: {told(planes)} are on the clipboard", text=text)


def copied_film(film: Film, path: Path, name: str, progress: Progress) -> Copied:
    """Make a file of steps, and the bytes of it.

    Raises:
        ValueError: if it cannot be written.
    """
    saved(path, lambda file, p: film.write(file, p.tell), progress)
    said = f"{name}: {many(film.count, 'frame')} are on the clipboard"
    kind = "image/webp" if film.webp else "image/gif"
    return Copied(said, data=path.read_bytes(), kind=kind, path=path)
