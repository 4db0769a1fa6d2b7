"""A map on its way into a file, a band of rows after the other: as 8 bits, or as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, Literal

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from cnnstudio.datasets.picture import Cancelled
from cnnstudio.lab.convolution import ConvolutionBench, Stage
from cnnstudio.nn.geometry import Array

Shown = Literal["clip", "absolute", "plus_128", "stretch"]
SHOWN: dict[Shown, str] = {
    "clip": "Below 0 black, above 255 white",
    "absolute": "Without the signs, above 255 white",
    "plus_128": "0 is middle gray, below −128 black",
    "stretch": "The smallest number of each picture black, its greatest white",
}
_BAND = 1 << 18  # numbers worked out at a time, so that a large picture takes little memory
_WHITE = 255


class MapFiles:
    """The numbers of a bench's map, or of its maps apart, for files; none of them is kept."""

    def __init__(
        self, bench: ConvolutionBench, stage: Stage, cancelled: Callable[[], bool]
    ) -> None:
        parts = [bench.alone(c) for c in range(bench.kernel.channels)] if bench.apart else [bench]
        self._maps = [part.on_demand(stage) for part in parts]
        self._cancelled = cancelled
        self.shape = (len(parts), *bench.shape(stage))

    def pixels(self, shown: Shown) -> NDArray[np.uint8]:
        """Return the map in 8 bits: (C, H', W'), rounded, a half up.

        Raises:
            Cancelled: soon after `cancelled` said yes.
        """
        low = high = 0.0
        if shown == "stretch":
            ends = [(float(band.min()), float(band.max())) for _, _, band in self._bands()]
            low, high = min(low for low, _ in ends), max(high for _, high in ends)
        made = np.empty(self.shape, np.uint8)
        for channel, rows, band in self._bands():
            made[channel, rows.start : rows.stop] = to_bytes(band, shown, low, high)
        return made

    def write_png(self, pixels: NDArray[np.uint8], file: IO[bytes]) -> None:
        """Write pixels as PNG, gray or in colour.

        Raises:
            Cancelled: soon after `cancelled` said yes.
        """
        from PIL import Image  # noqa: PLC0415  only here, so that the start stays quick

        shown = pixels[0] if len(pixels) == 1 else np.ascontiguousarray(np.moveaxis(pixels, 0, -1))
        Image.fromarray(shown).save(_Watched(file, self._look), "PNG")  # type: ignore[arg-type]

    def write_npy(self, file: IO[bytes]) -> None:
        """Write the exact numbers as NumPy does: (H', W'), or (C, H', W') apart.

        Raises:
            Cancelled: soon after `cancelled` said yes.
        """
        shape = self.shape[1:] if self.shape[0] == 1 else self.shape
        head = {"descr": "<f8", "fortran_order": False, "shape": shape}
        npy.write_array_header_1_0(file, head)
        for _, _, band in self._bands():
            file.write(band.astype("<f8").tobytes())

    def _bands(self) -> Iterator[tuple[int, range, Array]]:
        """Give all numbers, channel by channel and from top to bottom."""
        _, height, width = self.shape
        step = max(1, _BAND // width)
        for channel, values in enumerate(self._maps):
            for top in range(0, height, step):
                self._look()
                rows = range(top, min(top + step, height))
                yield channel, rows, values[rows.start : rows.stop, 0:width]

    def _look(self) -> None:
        if self._cancelled():
            raise Cancelled


def to_bytes(values: Array, shown: Shown, low: float, high: float) -> NDArray[np.uint8]:
    """Return numbers as 8 bits.

    Args:
        values: the numbers
        shown: how
        low: what is black if they are stretched
        high: what is white then
    """
    made = values
    if shown == "absolute":
        made = np.abs(values)
    elif shown == "plus_128":
        made = values + 128
    elif shown == "stretch":
        made = (values - low) * (_WHITE / (high - low)) if high > low else np.zeros_like(values)
    whole: NDArray[np.uint8] = np.clip(np.floor(made + 0.5), 0, _WHITE).astype(np.uint8)
    return whole


class _Watched:
    """A file that is written a piece at a time, with a look between two of them.

    It has no number of the system's, so that Pillow does not write all of it at once.
    """

    def __init__(self, file: IO[bytes], look: Callable[[], None]) -> None:
        self._file, self._look = file, look

    def write(self, data: bytes) -> int:
        """Write a piece."""
        self._look()
        return self._file.write(data)

    def flush(self) -> None:
        """Hand over what was written."""
        self._file.flush()
