"""One filter on one picture, beside other libraries. ``python tests/benchmarks/convolution.py -h``.

All of them make float32 of float32, on one thread, with a border of zeros, so that with stride 1
the map is as large as the picture; for us that takes a padded copy, which is part of our time.
They write to the same memory every time, except PyTorch, which has no way to; of large pictures it
makes copies that malloc takes from the system each time. cv2 and SciPy know no stride: they make
every number, and every other one is looked at.

OpenBLAS is what NumPy multiplies with, and what it can depends on the processor; the environment
variable OPENBLAS_CORETYPE makes it take the kernels of another one, and then the title says so.
"""

import os
import sys

os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")  # before NumPy is imported

from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import product
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
from report import Result, arguments, tell

from cnnstudio.nn.correlate import correlate
from cnnstudio.nn.geometry import Axis, pad

SIZES = {"256": (256, 256), "512": (512, 512), "1024": (1024, 1024), "4000x3000": (3000, 4000)}
KERNELS = (3, 5, 7, 11)
KINDS = ("gray", "each of three channels", "sum of three channels")
STRIDES = (1, 2)
REACH, STRETCH = "", " (stretch)"
GOALS = {  # 512x512 gray, by kernel: how many times as fast
    "cv2.filter2D": {
        3: {0.4: REACH, 0.6: STRETCH},
        5: {0.55: REACH, 0.8: STRETCH},
        7: {0.7: REACH, 0.9: STRETCH},
        11: {0.85: REACH, 1.1: STRETCH},
    },
    "scipy.ndimage.correlate": {kernel: {6: REACH} for kernel in KERNELS},
}
THINNED = ("cv2.filter2D", "scipy.ndimage.correlate")  # know no stride: make all, look at some
SECONDS = 0.5  # for each pair, and at least so many rounds:
ROUNDS = 3


@dataclass(frozen=True)
class Case:
    """What all of them have to do."""

    kind: str
    size: str
    kernel: int
    stride: int

    @property
    def name(self) -> str:
        height, width = SIZES[self.size]
        name = f"{self.kind}, {width}x{height}, {self.kernel}x{self.kernel}"
        return name if self.stride == 1 else f"{name}, stride {self.stride}"

    @property
    def for_goals(self) -> bool:
        return (self.kind, self.size, self.stride) == ("gray", "512", 1)


class Work:
    """The numbers of a case.

    Attributes:
        x: (C, H, W)
        weights: (C, K, K), those of one channel for each channel "by itself"
        border: how many zeros there are on each side
        together: whether the channels are summed up
    """

    def __init__(self, case: Case) -> None:
        rng = np.random.default_rng(7)
        channels = 1 if case.kind == "gray" else 3
        self.together = not case.kind.startswith("each")
        self.x = rng.random((channels, *SIZES[case.size]), np.float32)
        filters = channels if self.together else 1
        weights = rng.standard_normal((filters, case.kernel, case.kernel), np.float32)
        self.weights = np.ascontiguousarray(
            np.broadcast_to(weights, (channels, *weights.shape[1:]))
        )
        self.stride = case.stride
        self.border = case.kernel // 2
        height, width = (
            Axis(size, case.kernel, case.stride, self.border, self.border).output
            for size in SIZES[case.size]
        )
        self.shape = (1 if self.together else channels, height, width)


Contender = Callable[[], Any]  # makes the map(s): something NumPy reads as (maps, H', W')


def ours(work: Work) -> Contender:
    out = np.empty(work.shape, np.float32)
    strides = (work.stride, work.stride)

    def make() -> Any:
        padded = pad(work.x, (work.border,) * 4)
        if work.together:
            correlate(padded, work.weights, strides, out=out[0])
            return out
        for plane, weights, room in zip(padded, work.weights, out, strict=True):
            correlate(plane[None], weights[None], strides, out=room)
        return out

    return make


def cv2_filter2d(work: Work) -> Contender | None:
    """Take channels last, as OpenCV has its pictures; it has no sum of channels."""
    if work.together and len(work.x) > 1:
        return None
    cv2 = import_module("cv2")
    cv2.setNumThreads(1)
    x = np.ascontiguousarray(work.x.transpose(1, 2, 0)).squeeze()
    out = np.empty_like(x)
    seen = np.moveaxis(np.atleast_3d(out), -1, 0)[:, :: work.stride, :: work.stride]

    def make() -> Any:
        cv2.filter2D(x, -1, work.weights[0], dst=out, borderType=cv2.BORDER_CONSTANT)
        return seen

    return make


def scipy_correlate(work: Work) -> Contender | None:
    """Take one plane: more of them take as many times as long."""
    if len(work.x) > 1:
        return None
    ndimage = import_module("scipy.ndimage")
    out = np.empty_like(work.x)
    seen = out[:, :: work.stride, :: work.stride]

    def make() -> Any:
        ndimage.correlate(work.x[0], work.weights[0], output=out[0], mode="constant")
        return seen

    return make


def torch_conv2d(work: Work) -> Contender:
    torch = import_module("torch")
    torch.set_num_threads(1)
    x, weights = torch.from_numpy(work.x)[None], torch.from_numpy(work.weights)
    weights = weights[None] if work.together else weights[:, None]
    how = {"stride": work.stride, "padding": work.border, "groups": work.shape[0]}

    def make() -> Any:
        with torch.inference_mode():
            return torch.nn.functional.conv2d(x, weights, **how)[0]

    return make


PEERS = {
    "cv2.filter2D": cv2_filter2d,
    "scipy.ndimage.correlate": scipy_correlate,
    "torch conv2d": torch_conv2d,
}


def main() -> int:
    """Measure what is asked for."""
    parser = arguments("How quick a convolution is, beside OpenCV, SciPy and PyTorch.")
    parser.add_argument("--size", choices=SIZES, help="only pictures of this size")
    parser.add_argument("--kernel", type=int, choices=KERNELS, help="only kernels of this size")
    parser.add_argument("--kind", choices=KINDS, help="only these channels")
    parser.add_argument("--quick", action="store_true", help="only what there are goals for")
    wanted = parser.parse_args()
    results = []
    np.empty(24 << 20, np.uint8)  # as in a program that has shown a picture before: from here on,
    # malloc keeps what is given back to it
    for case in _cases(wanted):
        print(f"measuring: {case.name}", file=sys.stderr)
        results += _measure(case)
    core = os.environ.get("OPENBLAS_CORETYPE")
    return tell("Convolution" + (f", OPENBLAS_CORETYPE={core}" if core else ""), results, wanted)


def _cases(wanted: Namespace) -> Iterator[Case]:
    for fields in product(KINDS, SIZES, KERNELS, STRIDES):
        case = Case(*fields)
        if (
            wanted.size in {None, case.size}
            and wanted.kernel in {None, case.kernel}
            and wanted.kind in {None, case.kind}
            and (case.for_goals or not wanted.quick)
        ):
            yield case


def _measure(case: Case) -> list[Result]:
    work = Work(case)
    make = ours(work)
    results = []
    for peer, prepare in PEERS.items():
        try:
            make_theirs = prepare(work)
        except ImportError:
            continue
        if make_theirs:
            _compare(work, make(), make_theirs())
            results += _beside(case, make, peer, make_theirs)
    return results or [Result(case.name, 1000 * median(_in_turn(make)[0]), "ms")]


def _beside(case: Case, ours: Contender, peer: str, theirs: Contender) -> Iterator[Result]:
    """Measure a pair, and hold it against what was promised."""
    own, other = _in_turn(ours, theirs)
    ratio = median(b / a for a, b in zip(own, other, strict=True))
    shown = f"{peer} {1000 * median(other):.3g} ms"
    thinned = case.stride > 1 and peer in THINNED
    name = f"{case.name} (the peer: 1, then every other)" if thinned else case.name
    yield Result(name, 1000 * median(own), "ms", shown, ratio)
    if case.for_goals:
        for goal, kind in GOALS.get(peer, {}).get(case.kernel, {}).items():
            name = f"{case.name}: speed, {peer} being 1{kind}"
            yield Result(name, ratio, "", goal=goal, more=True)


def _compare(work: Work, found: Any, expected: Any) -> None:
    """Stop if two do not make the same of it."""
    size = float(abs(work.weights).sum())  # of a sum at most, pixels being below 1
    np.testing.assert_allclose(found, np.asarray(expected), rtol=0, atol=1e-6 * size)


def _in_turn(*contenders: Contender) -> list[list[float]]:
    """Let them work one after the other, again and again: seconds of each, round by round.

    Each works twice, and the second time counts: what it finds in the caches is then its own, and
    not what another one left there, or a program that had the processor in between.
    """
    times: list[list[float]] = [[] for _ in contenders]
    begin = perf_counter()
    while len(times[0]) < ROUNDS or perf_counter() - begin < SECONDS:
        for make, found in zip(contenders, times, strict=True):
            make()
            start = perf_counter()
            make()
            found.append(perf_counter() - start)
    return times


if __name__ == "__main__":
    sys.exit(main())
