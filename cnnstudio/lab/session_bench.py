"""The benches a session can hold: one entry for each workspace that has one.

A bench is written as in a scene, except that its weights are numbers even where the library has
them, and its picture lies beside it: so it comes back exactly, whatever became of either.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from cnnstudio.lab.bench_json import bench_from_json, bench_to_json
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.kernel_json import kernel_from_json, kernel_to_json

_KERNELS = ("kernel", "other")
_ANY = {"rows": [[0]]}  # in the place of a kernel that is read by itself


@dataclass(frozen=True)
class Kind:
    """How the bench of a workspace is written and read.

    Attributes:
        fields: the names in its JSON; others are kept for whoever knows them
        to_json: writes a bench; calls what it gets for each picture and writes what that returns
        from_json: reads one, or raises a ValueError with a sentence; calls what it gets with the
            name of a picture
    """

    fields: frozenset[str]
    to_json: Callable[[Any, Callable[[Image], dict[str, Any]]], dict[str, Any]]
    from_json: Callable[[dict[str, Any], Callable[[str], Image]], Any]


def _written(bench: ConvolutionBench, picture: Callable[[Image], dict[str, Any]]) -> dict[str, Any]:
    made = bench_to_json(bench, picture(bench.source))
    kernels = {name: getattr(bench, name, None) for name in _KERNELS}
    return made | {name: kernel_to_json(kernel) for name, kernel in kernels.items() if kernel}


def _read(entry: dict[str, Any], picture: Callable[[str], Image]) -> ConvolutionBench:
    image = entry.get("image")
    if not isinstance(image, dict) or not isinstance(image.get("file"), str):
        raise ValueError("a bench needs a picture")
    given = [name for name in _KERNELS if entry.get(name) is not None]
    kernels: dict[str, Any] = {name: _kernel(entry[name]) for name in given}
    if "kernel" not in kernels:
        raise ValueError("a bench needs a “kernel”")
    plain = {name: value for name, value in entry.items() if name not in _KERNELS}
    plain |= {"image": {"file": image["file"]}, "kernel": _ANY}
    return replace(bench_from_json(plain, picture), **kernels)


def _kernel(entry: Any) -> Kernel:
    if not isinstance(entry, dict):
        raise ValueError("a kernel must be written in braces")
    return kernel_from_json(entry)


_CONVOLUTION = {each.name for each in fields(ConvolutionBench)} - {"source"} | {"image"}

KINDS: dict[str, Kind] = {
    "convolution": Kind(frozenset(_CONVOLUTION), _written, _read),
}
