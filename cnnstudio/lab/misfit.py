"""What does not fit on a bench, said in a sentence, with the cures that really work."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from cnnstudio.lab.convolution import MAX_PADDING, ConvolutionBench
from cnnstudio.lab.filters import library
from cnnstudio.lab.line import sign
from cnnstudio.lab.number import many, size, write
from cnnstudio.nn.geometry import Axis, Pair


@dataclass(frozen=True)
class Cure:
    """A change of the bench that mends a misfit.

    Attributes:
        label: what it does and what comes out, such as "padding 1: 3 × 3"
        about: what that means
        changes: fields of the bench and their new values; empty means "leave it as it is"
    """

    label: str
    about: str
    changes: dict[str, Any]


@dataclass(frozen=True)
class Misfit:
    """Something on the bench that does not work out.

    Attributes:
        stage: whose place shows it: "feature_map" or "pooled_map"
        stops: whether there is no map at all; else it is only a note
        title: the sentence
        about: what follows from it
    """

    stage: str
    stops: bool
    title: str
    about: str
    cures: tuple[Cure, ...]


def misfit(bench: ConvolutionBench) -> Misfit | None:
    """Return what does not fit between picture and kernel, or None."""
    if not bench.can_pad:
        return _cannot_pad(bench)
    if not all(bench.map_shape):
        return _kernel_too_large(bench)
    if bench.down.unread or bench.across.unread:
        return _stride_misses(bench)
    return None


def pooling_misfit(bench: ConvolutionBench) -> Misfit | None:
    """Return why there is no pooled map although one is wanted, or None."""
    if bench.pooling.kind == "none" or all(bench.pooled_shape) or not all(bench.map_shape):
        return None
    (rows, columns), shape = bench.pooling.size, bench.map_shape
    smaller = min(rows, shape[0]), min(columns, shape[1])
    fits = replace(bench.pooling, size=smaller, stride=smaller, padding=(0, 0))
    without = replace(bench.pooling, kind="none")
    cures = [
        Cure(f"window {size(*smaller)}", "as large as the map allows", {"pooling": fits}),
        Cure("no pooling", "the map stays as it is", {"pooling": without}),
    ]
    title = f"A {rows}×{columns} window does not fit into a {shape[0]}×{shape[1]} map"
    return Misfit("pooled_map", True, title, "Pooling needs room for one window.", tuple(cures))


def formula(axis: Axis) -> tuple[str, str]:
    """Write O = (W − K + P) ∕ S + 1 with the numbers in: the formula and its result.

    The formula ends in "=", or in "≈" where the result is rounded.
    """
    padding = f"2·{axis.before}" if axis.before == axis.after else f"{axis.before} + {axis.after}"
    result = _rounded(axis.exact)
    text = f"O = ({axis.size} − {axis.extent} + {padding}) ∕ {axis.stride} + 1"
    return f"{text} {sign(axis.exact, result)}", result


def _rounded(value: Fraction) -> str:
    return write(Fraction(f"{float(value):.2f}"), thin=False)


def _works(bench: ConvolutionBench, label: str, about: str, **changes: Any) -> Iterator[Cure]:
    """Offer a cure only if the bench it makes has a map and leaves nothing unread."""
    try:
        cured = replace(bench, **changes)
    except ValueError:
        return
    read_all = not cured.down.unread and not cured.across.unread
    if all(cured.map_shape) and (read_all or not all(bench.map_shape)) and cured != bench:
        yield Cure(f"{label}: {size(*cured.map_shape)}", about, changes)


def _cannot_pad(bench: ConvolutionBench) -> Misfit:
    mode, image = bench.padding_mode, bench.image
    spare = 1 if mode == "reflect" else 0
    verb = "Reflecting" if mode == "reflect" else "Wrapping round"
    lines = {"row": bench.down, "column": bench.across}
    wanted = {name: max(axis.before, axis.after) for name, axis in lines.items()}
    worst = max(lines, key=lambda name: wanted[name] - lines[name].size)
    widest = wanted[worst]
    rooms = [axis.size - spare for axis in (bench.down, bench.down, bench.across, bench.across)]
    less = tuple(map(min, bench.padding, rooms))
    most = _largest_kernel(bench)
    cures = [
        *_works(bench, _padding(less), "the most this picture allows", padding=less),
        *_works(bench, "zeros", "the ring is filled with zeros", padding_mode="zero"),
        *_works(bench, "edge pixels", "the ring repeats the edge", padding_mode="replicate"),
    ] or [
        *_works(
            bench,
            f"zeros and kernel {size(*most)}",
            "the kernel does not fit either: its outer weights are cut off",
            padding_mode="zero",
            kernel=bench.kernel.resized(*most),
        )
    ]
    title = f"A padding of {widest} cannot be made of {image.height}×{image.width} pixels"
    about = f"{verb} {many(widest, worst)} takes at least {widest + spare} of them."
    return Misfit("feature_map", True, title, about, tuple(cures))


def _kernel_too_large(bench: ConvolutionBench) -> Misfit:
    down, across, kernel = bench.down, bench.across, bench.kernel
    lacking = [max(0, axis.extent - axis.padded) for axis in (down, across)]
    about = "There is no place where all its weights meet a pixel."
    if any(bench.padding):
        about += f" With the padding there are {size(down.padded, across.padded)} pixels."
    if bench.dilation != (1, 1):
        about += f" With its dilation the kernel spans {size(down.extent, across.extent)}."
    sides = _grown(bench, lacking)
    most, small = _largest_kernel(bench), bench.taken(library()["identity"].kernel)
    cures = [
        *_works(bench, _padding(sides), "more padding around the image", padding=sides),
        *_works(bench, "dilation 1", "no gaps between the weights", dilation=(1, 1)),
        *_works(
            bench,
            f"kernel {size(*most)}",
            "its outer weights are cut off",
            kernel=kernel.resized(*most),
        ),
        *_works(bench, "identity 3 × 3", "a small kernel to begin with", kernel=small),
    ]
    pixels = f"{bench.image.height}×{bench.image.width}"
    title = f"A {kernel.height}×{kernel.width} kernel does not fit into {pixels} pixels"
    return Misfit("feature_map", True, title, about, tuple(cures))


def _padding(sides: Sequence[int]) -> str:
    """Name a padding: one number, or four for top, bottom, left and right where they differ."""
    return f"padding {', '.join(map(str, sides if len(set(sides)) > 1 else sides[:1]))}"


def _largest_kernel(bench: ConvolutionBench) -> Pair:
    """Return rows and columns of the largest part of the kernel that fits."""
    down, across = (
        min(axis.kernel_size, (axis.padded - 1) // axis.dilation + 1)
        for axis in (bench.down, bench.across)
    )
    return down, across


def _grown(bench: ConvolutionBench, lacking: list[int]) -> tuple[int, ...]:
    """Grow the padding evenly until at least `lacking` more rows and columns are there."""
    top, bottom, left, right = bench.padding
    more = [-(-each // 2) for each in lacking]
    return top + more[0], bottom + more[0], left + more[1], right + more[1]


def _stride_misses(bench: ConvolutionBench) -> Misfit:
    down, across = bench.down, bench.across
    lines = []
    if down.unread:
        lines.append(many(down.unread, "row").removeprefix("1 "))
    if across.unread:
        lines.append(many(across.unread, "column").removeprefix("1 "))
    height, width = bench.image.height, bench.image.width
    seen = _seen(down) * _seen(across)
    steps = " by ".join(dict.fromkeys(_rounded(axis.exact) for axis in (down, across)))
    unread, pixels = height * width - seen, height * width
    about = (
        f"Room for {steps} positions. The hatched {' and '.join(lines)} "
        f"{'is' if lines in (['row'], ['column']) else 'are'} never read: "
        f"{unread} of {pixels} pixels."
        if unread
        else f"Room for {steps} positions. Only padding stays unread."
    )
    shape = size(*bench.map_shape)
    cures = [
        Cure(f"leave them out: {shape}", "they stay unread", {}),
        *_even_padding(bench),
        *_one_sided(bench),
        *_smaller_stride(bench),
    ]
    strides = size(*dict.fromkeys(bench.stride))
    return Misfit("feature_map", False, f"Stride {strides} does not fit", about, tuple(cures))


def _seen(axis: Axis) -> int:
    """Count the real pixels along one axis that lie in front of the unread end."""
    return axis.size - max(0, axis.unread - axis.after)


def _even_padding(bench: ConvolutionBench) -> Iterator[Cure]:
    """Offer the smallest padding, the same on all sides, that makes the stride fit."""
    for padding in range(max(bench.padding), MAX_PADDING + 1):
        found = list(
            _works(bench, f"padding {padding}", "a ring around the image", padding=(padding,) * 4)
        )
        if found:
            yield found[0]
            return


def _one_sided(bench: ConvolutionBench) -> Iterator[Cure]:
    """Offer padding at the bottom and right only."""
    top, bottom, left, right = bench.padding
    more = [
        (axis.stride - axis.unread) if axis.unread else 0 for axis in (bench.down, bench.across)
    ]
    sides = (top, bottom + more[0], left, right + more[1])
    if more[0] == more[1]:
        about = f"{more[0]} more at the bottom and at the right"
    else:
        places = zip(more, ("bottom", "right"), strict=True)
        about = " and ".join(f"{count} more at the {place}" for count, place in places if count)
    yield from _works(bench, "one-sided padding", about, padding=sides)


def _smaller_stride(bench: ConvolutionBench) -> Iterator[Cure]:
    """Offer the greatest smaller stride that fits."""
    for stride in range(max(bench.stride) - 1, 0, -1):
        strides = tuple(min(stride, each) for each in bench.stride)
        label = f"stride {size(*dict.fromkeys(strides))}"
        found = list(_works(bench, label, "smaller steps reach the far edge", stride=strides))
        if found:
            yield found[0]
            return
