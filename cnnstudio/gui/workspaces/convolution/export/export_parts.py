"""What of a bench can leave the program: its pictures and its numbers, by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from cnnstudio.gui.exporting import raster
from cnnstudio.gui.exporting.raster import Raster
from cnnstudio.gui.widgets.plane_view import PlaneView
from cnnstudio.gui.workspaces.convolution.planes import STAGES, padded_planes
from cnnstudio.gui.workspaces.convolution.survey import parts
from cnnstudio.lab.convolution import ConvolutionBench, Stage
from cnnstudio.lab.filters import filter_of
from cnnstudio.lab.misfit import misfit, pooling_misfit
from cnnstudio.lab.number import many, size, write_weight
from cnnstudio.lab.numbers_file import Numbers

NAMES = {
    "input": "Picture",
    "padded": "Picture with padding",
    "kernel": "Kernel",
    "feature_map": "Feature map",
    "activation": "Activation",
    "pooled_map": "Pooled map",
    "page": "Whole workspace",
}
_STAGES: dict[str, Stage] = {stage: stage for stage in STAGES}
WAITING = "it is still being worked out"


@dataclass(frozen=True)
class Offer:
    """Something that can be chosen.

    Attributes:
        key: what it is called inside
        name: what people call it
        why: why it cannot be had now; "" if it can
    """

    key: str
    name: str
    why: str = ""


def offers(
    bench: ConvolutionBench, views: dict[str, PlaneView], pictures: bool, busy: bool
) -> tuple[Offer, ...]:
    """Return what can be exported, and why some of it cannot.

    Args:
        bench: what is on the bench
        views: the pictures on the page
        pictures: whether it is wanted as a picture, and not as numbers
        busy: whether the colours of large maps are still to come
    """
    found = []
    for key, name in NAMES.items():
        if key == "page" and not pictures:
            continue
        found.append(Offer(key, name, _missing(bench, views, key, pictures, busy)))
    return tuple(found)


def _missing(
    bench: ConvolutionBench, views: dict[str, PlaneView], key: str, picture: bool, busy: bool
) -> str:
    """Say why something cannot be had."""
    if key == "padded" and not any(bench.padding):
        return "there is no padding"
    if key == "padded" and not bench.can_pad:
        return "there are too few pixels to copy"
    stage = _STAGES.get(key)
    if stage is None:
        return ""
    if not all(bench.shape(stage)):
        if bench.pooling.kind == "none" and stage == "pooled_map":
            return "there is no pooling"
        problem = misfit(bench)
        problem = problem if problem and problem.stops else pooling_misfit(bench)
        return problem.title[0].lower() + problem.title[1:] if problem else "there is no map"
    plane = views[stage].plane
    ready = plane is not None and raster.is_ready(plane) and not (bench.large and busy)
    return WAITING if picture and not ready else ""


def raster_of(bench: ConvolutionBench, views: dict[str, PlaneView], key: str) -> Raster:
    """Return the pixels of a stage in the colours it is shown in now."""
    if key == "kernel":
        return raster.of_weights(bench.kernel.weights)
    plane = views["input" if key == "padded" else key].plane
    assert plane is not None
    return raster.of_plane(plane, padded=key != "input")


def numbers_of(bench: ConvolutionBench, channel: int | None, key: str) -> list[Numbers]:
    """Return the numbers of a stage, plane by plane.

    Args:
        bench: what is on the bench
        channel: the one that is looked at; None for all
        key: which stage
    """
    if key == "kernel":
        return list(bench.kernel.weights)
    if key == "input":
        planes: list[Numbers] = list(bench.image.pixels)
    elif key == "padded":
        planes = list(padded_planes(bench))
    else:
        made: list[Numbers] = [each.values(_STAGES[key]) for each in parts(bench)]
        return made if channel is None or len(made) == 1 else [made[channel]]
    return planes if channel is None else [planes[channel]]


def told(planes: Sequence[Numbers]) -> str:
    """Say how many numbers there are."""
    rows, columns = planes[0].shape
    several = f"{many(len(planes), 'plane')} of " if len(planes) > 1 else ""
    return f"{several}{size(rows, columns)} numbers"


def about(bench: ConvolutionBench, key: str) -> dict[str, str]:
    """Return what made a picture, for the file that holds it."""
    known = filter_of(bench.kernel, bench.apart)
    kernel = bench.kernel
    slices = " | ".join(
        " / ".join(" ".join(map(write_weight, line)) for line in plane) for plane in kernel.cells
    )
    settings = [
        f"kernel {known.name if known else 'of one’s own'}: {slices}",
        "true convolution" if bench.flipped else "correlation",
        f"divisor {write_weight(kernel.divisor)}, bias {write_weight(kernel.bias)}",
        f"stride {size(*bench.stride)}, dilation {size(*bench.dilation)}",
        f"padding {', '.join(map(str, bench.padding))} ({bench.padding_mode})",
        f"activation {bench.activation}",
        f"pooling {bench.pooling.kind} {size(*bench.pooling.size)}",
    ]
    return {
        "Software": "CNN Studio",
        "Title": f"{NAMES[key]} of {bench.image.name}",
        "Description": "; ".join(settings),
    }


def file_name(bench: ConvolutionBench, key: str, suffix: str) -> str:
    """Suggest what a file is called: picture, filter and stage."""
    known = filter_of(bench.kernel, bench.apart)
    kernel = known.key if known else "own_kernel"
    if key == "kernel":
        return f"{_plain(kernel)}_kernel{suffix}"
    picture = _plain(PurePath(bench.image.name or "picture").stem)
    words = [picture] if key in {"input", "padded"} else [picture, _plain(kernel)]
    return "_".join([*words, {"input": "picture", "padded": "padded"}.get(key, key)]) + suffix


def _plain(name: str) -> str:
    """Return a name that every disk takes."""
    return re.sub(r"[^\w]+", "_", name.lower()).strip("_")[:40] or "picture"
