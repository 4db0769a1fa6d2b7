"""Which channel is looked at, and what follows from it for all that is shown."""

from cnnstudio.gui.widgets.plane_layers import Plane
from cnnstudio.gui.workspaces.convolution.planes import Moment, tap_of
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import CHANNEL_NAMES, channel_name
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.number import TIMES, factor, many, write, write_weight

Weight = tuple[int, int, int]  # channel, row, column


def front(bench: ConvolutionBench, channel: int | None) -> ConvolutionBench:
    """Return the bench whose numbers are traced.

    Args:
        bench: what is on the bench; where each channel has its own map, one of them is in front
        channel: the one that is looked at; None for all together
    """
    return bench.alone(channel or 0) if bench.apart else bench


def seen(bench: ConvolutionBench, channel: int | None) -> ConvolutionBench:
    """Return the bench whose maps are shown: of one channel, if that is looked at by itself."""
    if bench.apart and (channel is not None or bench.kernel.channels != len(CHANNEL_NAMES)):
        return bench.alone(channel or 0)  # only three make a picture
    return bench


def maps_shown(bench: ConvolutionBench, channel: int | None) -> int:
    """Return how many maps of a stage are shown as one picture."""
    return bench.kernel.channels if bench.apart and channel is None else 1


def names(bench: ConvolutionBench) -> list[str]:
    """Return what the channels are called."""
    count = bench.kernel.channels
    return [channel_name(channel, count) for channel in range(count)]


def newest_channel(bench: ConvolutionBench, moment: Moment) -> int | None:
    """Return the channel of the product that was added last, while a sum grows."""
    if bench.apart or moment.done is None or moment.stage != "feature_map":
        return None
    return (moment.done - 1) // (bench.kernel.height * bench.kernel.width)


def newest_weight(bench: ConvolutionBench, moment: Moment, channel: int | None) -> Weight | None:
    """Return the weight whose product was added last, while a sum grows."""
    tap = tap_of(bench, moment)
    if tap is None:
        return None
    newest = newest_channel(bench, moment)
    return (channel or 0 if newest is None else newest), *bench.weight_at(*tap)


def weight_of(bench: ConvolutionBench, term: int, channel: int | None) -> Weight | None:
    """Return the weight of a product, by its place in reading order."""
    rows, columns = bench.kernel.height, bench.kernel.width
    each, place = divmod(term, rows * columns)
    if bench.apart:
        each += channel or 0
    if each >= bench.kernel.channels:
        return None
    return each, *bench.weight_at(*divmod(place, columns))


def numbers_told(plane: Plane, row: int, column: int, called: list[str]) -> str:
    """Write the numbers of a cell, each with the name of its channel if there are several."""
    if len(plane.colours) != len(called):
        return write(float(plane.values[row, column]))
    values = [float(each[row, column]) for each in plane.colours]
    return ", ".join(f"{name} {write(v)}" for name, v in zip(called, values, strict=True))


def copied(before: Kernel, after: Kernel) -> str:
    """Say what became of a kernel's slices and its divisor; nothing if they are as many."""
    count, divisor = after.channels, write_weight(after.divisor)
    if before.channels == count:
        return ""
    if count == 1:
        if before.alike:
            became = f"divisor {divisor}"
        else:  # each by itself has no sum to be kept
            became = f"the {'first' if after.cells[0] == before.cells[0] else 'sum'} of them"
        return f"{before.channels} slices made one slice, {became}"
    words = f"copied into {many(count, 'slice')}"
    if before.divisor == after.divisor:
        return words
    if before.channels > 1:
        return f"{words}, divisor {divisor}"
    return f"{words}, divisor {count} {TIMES} {factor(write_weight(before.divisor))} = {divisor}"
