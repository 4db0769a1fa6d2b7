"""Counting all numbers of a picture or of its maps, at once or a band of rows after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from cnnstudio.gui.background import Progress
from cnnstudio.gui.workspaces.convolution import channels
from cnnstudio.gui.workspaces.convolution.large_survey import step_back
from cnnstudio.gui.workspaces.convolution.survey import parts
from cnnstudio.gui.workspaces.convolution.values.value_drawings import Counted
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.histogram import Blocks, Numbers, histograms, in_bands
from cnnstudio.lab.image import CHANNEL_NAMES, Image
from cnnstudio.lab.on_demand import OnDemand

Count = Callable[[Progress | None], Counted]


def of_picture(image: Image, channel: int | None) -> Count:
    """Return what counts a picture: all three colours, or one channel."""
    span = image.low, image.high
    if channel is None and image.channels == len(CHANNEL_NAMES):
        return _counter(list(image.pixels), CHANNEL_NAMES, span)
    return _counter([image.pixels[channel or 0]], ("",), span)


def of_maps(bench: ConvolutionBench, channel: int | None) -> Count:
    """Return what counts the map, or the map of each channel where they make a picture."""
    names: tuple[str, ...] = ("",)
    shown = [channels.front(bench, channel)]
    if bench.apart and channel is None and bench.kernel.channels == len(CHANNEL_NAMES):
        shown, names = parts(bench), CHANNEL_NAMES
    span = bench.image.low, bench.image.high
    return _counter([_plane(each, bench.large) for each in shown], names, span)


def _plane(bench: ConvolutionBench, large: bool) -> Numbers | OnDemand:
    """Return the map; of a large picture to be worked out band by band, and not kept."""
    return bench.on_demand("feature_map") if large else bench.feature_map()


def _counter(
    planes: Sequence[Numbers | OnDemand], names: tuple[str, ...], span: tuple[float, float]
) -> Count:
    def count(progress: Progress | None) -> Counted:
        if progress is not None:
            step_back()
        total, done = 2 * sum(plane.shape[0] for plane in planes), 0

        def bands(plane: Numbers | OnDemand) -> Iterator[Numbers]:
            nonlocal done
            for band in in_bands(plane):
                if progress is not None:
                    progress.tell(done, total)
                done += band.shape[0]
                yield band

        def blocks(plane: Numbers | OnDemand) -> Blocks:
            return lambda: bands(plane)

        return Counted(histograms([blocks(plane) for plane in planes]), names, span)

    return count
