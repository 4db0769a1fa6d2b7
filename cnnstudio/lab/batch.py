"""One filter on every picture of a folder: results go into another folder, originals stay."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from cnnstudio.datasets.picture import Cancelled, Picture
from cnnstudio.lab.atomic import write_file
from cnnstudio.lab.batch_maps import MapFiles, Shown
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filters import filter_of
from cnnstudio.lab.from_file import image_of
from cnnstudio.lab.misfit import misfit

Tell = Callable[[int, int, str], object]  # how many are done, of how many, and what is next

_LONGEST = 180  # bytes kept of a picture's name


@dataclass(frozen=True)
class Batch:
    """What is done to a folder of pictures.

    Attributes:
        bench: whose filter it is: kernel, stride, padding, dilation, turned or not, gray or not
        source: the folder with the pictures
        target: where the results go; another folder, made if need be
        shown: how numbers become pictures of 8 bits
        apart: whether each channel of a colour picture is filtered by itself
        activated: whether the activation follows
        exact: whether the numbers are written, too, as NPY
    """

    bench: ConvolutionBench
    source: Path
    target: Path
    shown: Shown = "clip"
    apart: bool = True
    activated: bool = False
    exact: bool = False

    def on(self, picture: Picture, path: Path) -> ConvolutionBench:
        """Return the bench that filters one picture, in its full size."""
        plain = replace(self.bench, fit=None, square=False, invert=False, other=None)
        made = replace(plain, **plain.with_source(image_of(picture, path), plain.gray))
        if made.kernel.channels == 1:
            return made
        return replace(made, **made.with_each_channel(self.apart))


@dataclass(frozen=True)
class Found:
    """What there is in a folder.

    Attributes:
        pictures: by their names, those in folders inside of it not among them
        others: how many other files there are
    """

    pictures: tuple[Path, ...]
    others: int


@dataclass(eq=False)
class Outcome:
    """What came of it.

    Attributes:
        written: the files that were written, in the order of the pictures
        done: how many pictures have a result
        failures: why there is none of a picture, in a sentence each
        notes: what was done to pictures while they were read
        reason: why nothing more could be written, if that was so
        stopped: whether somebody stopped it
    """

    written: list[Path] = field(default_factory=list)
    done: int = 0
    failures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    reason: str = ""
    stopped: bool = False


def look_into(folder: Path) -> Found:
    """Look for pictures in a folder.

    Raises:
        OSError: if it cannot be read.
    """
    from cnnstudio.datasets.formats import SUFFIXES  # noqa: PLC0415  so that the start stays quick

    with os.scandir(folder) as entries:
        files = [Path(entry.path) for entry in entries if entry.is_file()]
    pictures = sorted((path for path in files if path.suffix.lower() in SUFFIXES), key=_by_name)
    return Found(tuple(pictures), len(files) - len(pictures))


def filter_name(bench: ConvolutionBench) -> str:
    """Return what results and their folder are named after."""
    known = filter_of(bench.kernel, bench.apart)
    name = known.key if known else f"kernel_{bench.kernel.height}x{bench.kernel.width}"
    return "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in name)


def new_folder(source: Path, bench: ConvolutionBench) -> Path:
    """Return a folder for the results that is not there yet, among the pictures."""
    return _free(source, filter_name(bench), "")


def shown_by_default(bench: ConvolutionBench) -> Shown:
    """Return how the numbers of a filter are shown: around middle gray if their sum is 0."""
    return "plus_128" if bench.kernel.total == Fraction(0) else "clip"


def apart_by_default(bench: ConvolutionBench) -> bool:
    """Whether colours are kept: unless the slices of the kernel differ and are added up."""
    return bench.apart or bench.kernel.alike


def run_batch(
    batch: Batch,
    pictures: tuple[Path, ...],
    tell: Tell = lambda _done, _total, _name: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Filter pictures; those that cannot be filtered are named, and the others go on.

    Args:
        batch: what is done
        pictures: files in its source
        tell: is told before each picture, and at the end
        cancelled: asked again and again; what was written by then stays

    Raises:
        ValueError: if the results would go to where the pictures are, or to where nothing can
            be written.
    """
    _check(batch)
    outcome = Outcome()
    is_new = not batch.target.exists()
    try:
        batch.target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(_unwritable(batch.target, error)) from None
    for number, path in enumerate(pictures):
        if cancelled():
            outcome.stopped = True
            break
        tell(number, len(pictures), path.name)
        try:
            _filter(batch, path, outcome, cancelled)
        except Cancelled:
            outcome.stopped = True
            break
        except ValueError as error:
            outcome.failures.append(str(error))
        except MemoryError:
            outcome.failures.append(f"{path.name} needs more memory than there is")
        except OSError as error:
            outcome.reason = _unwritable(batch.target, error)
            break
        else:
            outcome.done += 1
    else:
        tell(len(pictures), len(pictures), "")
    if is_new and not outcome.written:
        _forget(batch.target)
    return outcome


def _filter(batch: Batch, path: Path, outcome: Outcome, cancelled: Callable[[], bool]) -> None:
    """Read one picture, and write what becomes of it."""
    from cnnstudio.datasets.picture_file import read_picture  # noqa: PLC0415  as above

    picture = read_picture(path, cancelled=cancelled)
    bench = batch.on(picture, path)
    problem = misfit(bench)
    if problem and problem.stops:
        raise ValueError(f"{picture.name}: {problem.title}")
    files = MapFiles(bench, "activation" if batch.activated else "feature_map", cancelled)
    pixels = files.pixels(batch.shown)
    stem = f"{_cut(path.stem)}_{filter_name(batch.bench)}"
    target = _free(batch.target, stem, ".png", *([".npy"] if batch.exact else []))
    numbers = target.with_name(f"{target.name.removesuffix('.png')}.npy")
    if batch.exact:
        write_file(numbers, files.write_npy)
    try:
        write_file(target, lambda file: files.write_png(pixels, file))
    except BaseException:
        if batch.exact:  # a picture has all of its files or none
            numbers.unlink(missing_ok=True)
        raise
    outcome.written += [target, numbers] if batch.exact else [target]
    if picture.note:
        outcome.notes.append(f"{picture.name}: {picture.note}")


def _check(batch: Batch) -> None:
    """Refuse to write where the pictures are, whatever the two paths look like."""
    if os.path.realpath(batch.source) == os.path.realpath(batch.target):
        raise ValueError(
            "The results go into another folder than the pictures, so that no original is touched"
        )


def _free(folder: Path, stem: str, *suffixes: str) -> Path:
    """Return a path nobody has taken, with none of the suffixes; the first one is its own."""
    number = 1
    while True:
        name = stem if number == 1 else f"{stem}_{number}"
        if not any(os.path.lexists(folder / f"{name}{suffix}") for suffix in suffixes):
            return folder / f"{name}{suffixes[0]}"
        number += 1


def _cut(stem: str) -> str:
    """Leave room for more in a name, which systems allow 255 bytes."""
    return os.fsdecode(os.fsencode(stem)[:_LONGEST])


def _unwritable(folder: Path, error: OSError) -> str:
    why = (error.strerror or str(error)).lower()
    return f"{folder.name or folder} cannot be written to: {why}"


def _forget(folder: Path) -> None:
    """Take an empty folder away again that was made for nothing."""
    try:
        folder.rmdir()
    except OSError:
        return


def _by_name(path: Path) -> tuple[str, str]:
    return path.name.casefold(), path.name
