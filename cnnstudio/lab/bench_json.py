"""A convolution bench as JSON and back: what scenes, and later sessions, are made of.

Reading believes nothing: what is missing keeps its default, what is wrong is named in a sentence.
"""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np

from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filters import filter_of, library
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.kernel_json import kernel_from_json, kernel_to_json, rows_from_json
from cnnstudio.lab.number import size
from cnnstudio.lab.quote import quote
from cnnstudio.lab.samples import sample_image, samples
from cnnstudio.lab.stages import Pooling

MAX_TYPED = 64  # rows and columns of a picture written as numbers
_SWITCHES = ("square", "gray", "invert", "each_channel", "flipped")
_PLAIN = {"fit": (int, type(None)), **dict.fromkeys(_SWITCHES, (bool,))}
_WORDS = ("padding_mode", "activation")
_TUPLES = {"stride": 2, "padding": 4, "dilation": 2}
OpenFile: TypeAlias = Callable[[str], Image]  # opens a picture by the name of its file


def bench_from_json(data: Any, open_file: OpenFile | None = None) -> ConvolutionBench:
    """Make a bench of what a scene says.

    Args:
        data: the scene's "bench"
        open_file: opens a picture that is named by its file; None if there are no files

    Raises:
        ValueError: with a sentence, if it is not a bench.
    """
    entry = _object(data, "The bench")
    known = {"image", "kernel", "other", "pooling", *_PLAIN, *_WORDS, *_TUPLES}
    for name in entry:
        if name not in known:
            raise ValueError(f"A bench has no {quote(name)}")
    if "image" not in entry or "kernel" not in entry:
        raise ValueError("A bench needs an “image” and a “kernel”")
    image = _image(_object(entry["image"], "The image"), open_file)
    fields: dict[str, Any] = {}
    for name, kinds in _PLAIN.items():
        if name in entry:
            if type(entry[name]) not in kinds:
                raise ValueError(f"“{name}” cannot be {quote(entry[name])}")
            fields[name] = entry[name]
    fields |= {name: entry[name] for name in _WORDS if name in entry}
    fields |= {name: _whole(name, entry[name], n) for name, n in _TUPLES.items() if name in entry}
    if "pooling" in entry:
        fields["pooling"] = _pooling(_object(entry["pooling"], "The pooling"))
    channels = 1 if fields.get("gray") and image.channels == 3 else image.channels
    each_channel = bool(fields.get("each_channel"))
    kernel = _repeated(_kernel(_object(entry["kernel"], "The kernel")), channels, each_channel)
    if entry.get("other") is not None:
        other = _kernel(_object(entry["other"], "Kernel B"))
        fields["other"] = _repeated(other, channels, each_channel)
    return ConvolutionBench(image, kernel, **fields)


def _repeated(kernel: Kernel, channels: int, each_channel: bool) -> Kernel:
    """Lay a kernel with one slice on every channel."""
    if kernel.channels > 1:
        return kernel
    made = kernel.repeated(channels)
    return replace(made, divisor=kernel.divisor) if each_channel else made


def bench_to_json(bench: ConvolutionBench, image: dict[str, Any] | None = None) -> dict[str, Any]:
    """Write a bench as a scene's "bench"; what has its default is left out.

    Args:
        bench: what to write
        image: what to write of its picture; its numbers unless given

    Raises:
        ValueError: if its picture is too large to be written as numbers.
    """
    plain = ConvolutionBench(bench.source, bench.kernel.repeated(bench.source.channels))
    made: dict[str, Any] = {
        "image": _image_json(bench) if image is None else image,
        "kernel": _kernel_json(bench, bench.kernel),
    }
    if bench.other is not None:
        made["other"] = _kernel_json(bench, bench.other)
    for name in (*_PLAIN, *_WORDS, *_TUPLES):
        value = getattr(bench, name)
        if value != getattr(plain, name):
            made[name] = list(value) if isinstance(value, tuple) else value
    if bench.pooling != plain.pooling:
        pooling = bench.pooling
        made["pooling"] = {
            "kind": pooling.kind,
            "size": list(pooling.size),
            "stride": list(pooling.stride),
            "padding": list(pooling.padding),
        }
    return made


def _object(data: Any, what: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ValueError(f"{what} must be written in braces, with a name for each value")
    return data


def _whole(name: str, value: Any, count: int) -> tuple[int, ...]:
    """Read one whole number for all directions, or `count` of them."""
    numbers = value if isinstance(value, list) else [value] * count
    if len(numbers) != count or any(type(number) is not int for number in numbers):
        raise ValueError(f"“{name}” is one whole number or a list of {count}")
    return tuple(numbers)


def _image(entry: dict[str, Any], open_file: OpenFile | None) -> Image:
    if "sample" in entry:
        return sample_image(_text(entry, "sample"))
    if "file" in entry:
        if open_file is None:
            raise ValueError("Only a scene that is a file itself can name the file of a picture")
        return open_file(_text(entry, "file"))
    if "rows" not in entry:
        raise ValueError("An image needs a “sample”, a “file” or “rows” of numbers")
    black, white = _number(entry.get("black", 0)), _number(entry.get("white", 255))
    rows = [[_number(cell) for cell in row] for row in rows_from_json(entry["rows"], MAX_TYPED)]
    return Image(np.array([rows], np.float64), _text(entry, "name"), black, white)


def _number(value: Any) -> float:
    if type(value) not in {int, float}:
        raise ValueError(f"{quote(value)} is not a number")
    try:
        return float(value)
    except OverflowError:
        return math.inf  # refused by whoever wants a finite number


def _text(entry: dict[str, Any], name: str) -> str:
    value = entry.get(name, "")
    if not isinstance(value, str):
        raise ValueError(f"“{name}” is a text in quotation marks, not {quote(value)}")
    return value


def _kernel(entry: dict[str, Any]) -> Kernel:
    if "filter" in entry:
        found = library().get(_text(entry, "filter"))
        if found is None:
            raise ValueError(f"There is no filter called {quote(entry['filter'])}")
        return found.kernel
    return kernel_from_json(entry)


def _pooling(entry: dict[str, Any]) -> Pooling:
    for name in entry:
        if name not in {"kind", "size", "stride", "padding"}:
            raise ValueError(f"A pooling has no {quote(name)}")
    fields: dict[str, Any] = {"kind": entry.get("kind", "max")}
    if "size" in entry:
        fields["size"] = fields["stride"] = _whole("size", entry["size"], 2)
    for name in ("stride", "padding"):
        if name in entry:
            fields[name] = _whole(name, entry[name], 2)
    return replace(Pooling(), **fields)


def _image_json(bench: ConvolutionBench) -> dict[str, Any]:
    image = bench.source
    for key, sample in samples().items():
        if sample.title == image.name and sample_image(key) == image:
            return {"sample": key}
    if max(image.height, image.width) > MAX_TYPED or image.channels > 1:
        raise ValueError(
            f"{quote(image.name) if image.name else 'This picture'} is "
            f"{size(image.height, image.width, image.channels)} pixels; "
            f"only gray pictures up to {size(MAX_TYPED, MAX_TYPED)} can be written into a scene"
        )
    black = {"black": image.low} if image.low else {}
    return {"name": image.name, **black, "white": image.high, "rows": image.pixels[0].tolist()}


def _kernel_json(bench: ConvolutionBench, kernel: Kernel) -> dict[str, Any]:
    known = filter_of(kernel, bench.apart)
    if known and known.key in library() and bench.taken(known.kernel) == kernel:
        return {"filter": known.key}
    return kernel_to_json(kernel)
