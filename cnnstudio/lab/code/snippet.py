"""A set-up as a whole program: picture, kernel, map, activation, pooling; what it prints."""

from __future__ import annotations

from functools import cache

import cnnstudio.lab.code
from cnnstudio.discovery import subclasses_in
from cnnstudio.lab.code.dialect import Dialect
from cnnstudio.lab.code.literals import comment
from cnnstudio.lab.code.picture import picture_lines, pillow_names
from cnnstudio.lab.code.weights import kernel_lines
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filters import filter_of
from cnnstudio.lab.misfit import misfit, pooling_misfit
from cnnstudio.lab.quote import quote

_STAGES = ("feature_map", "activated", "pooled")
_CORNER = 3, 5  # rows and columns of the map that are printed


@cache
def libraries() -> dict[str, Dialect]:
    """Return what writes code for each library, by the library's name."""
    found = [made() for made in subclasses_in(cnnstudio.lab.code, Dialect)]  # type: ignore[type-abstract]
    return {each.name: each for each in sorted(found, key=lambda each: each.order)}


def snippet(bench: ConvolutionBench, library: str) -> str:
    """Write a bench as a program that makes the same numbers with a library.

    It ends with the variables `feature_map`, `activated` and `pooled`, and prints their shapes and
    the first numbers of the map.

    Args:
        bench: what is on the bench
        library: one of the names of `libraries`

    Raises:
        ValueError: if there is no map, or no such library.
    """
    if library not in libraries():
        raise ValueError(f"There is no code for a library called {quote(library)}")
    problem = misfit(bench)
    if problem and problem.stops:
        raise ValueError(f"{problem.title}, so there is no map to write code for")
    dialect = libraries()[library]
    parts = [
        comment(_title(bench, library)),
        _imports(bench, dialect),
        picture_lines(bench),
        kernel_lines(bench),
        dialect.slide(bench),
        dialect.activate(bench),
        _pool(bench, dialect),
        [*(f'print("{name}:", {name}.shape)' for name in _STAGES), *_first_numbers(bench, dialect)],
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _title(bench: ConvolutionBench, library: str) -> str:
    known = filter_of(bench.kernel, bench.apart)
    kernel = known.name if known else f"a kernel of {bench.kernel.height} x {bench.kernel.width}"
    return f"{bench.source.name or 'A picture'} under {kernel}, with {library}."


def _imports(bench: ConvolutionBench, dialect: Dialect) -> list[str]:
    """Sort imports as every formatter does: plain ones first, each by its name."""
    lines = ["import numpy as np", *dialect.imports(bench)]
    if names := pillow_names(bench):
        lines.append(f"from PIL import {', '.join(names)}")
    return sorted(lines, key=lambda line: (line.startswith("from"), line.lower()))


def _first_numbers(bench: ConvolutionBench, dialect: Dialect) -> list[str]:
    """Print the upper left corner of the map; of the first one if there are several."""
    rows, columns = _CORNER
    return [f"print(feature_map[{dialect.before_rows(bench)}:{rows}, :{columns}])"]


def _pool(bench: ConvolutionBench, dialect: Dialect) -> list[str]:
    if bench.pooling.kind == "none":
        return ["pooled = activated  # no pooling: the map stays as it is"]
    if problem := pooling_misfit(bench):
        lines = comment(problem.title.replace("×", " x ") + ": there is nothing to pool.")
        return [*lines, "pooled = activated[..., :0, :0]"]
    return dialect.pool(bench)
