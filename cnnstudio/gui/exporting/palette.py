"""The few colours of a GIF: those that matter exactly, the others as near as can be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cnnstudio.gui.exporting.raster import Bytes

MOST = 255  # colours; one more place lets the frame before be seen
_FREQUENT = 160  # of them are the most frequent ones as they are
_CHUNK = 4096  # colours looked up at a time

Packed = NDArray[np.uint32]


class Palette:
    """Colours, and for any colour the place of the nearest; no dots of other colours mixed in.

    Attributes:
        colours: (n, 3) of them, 255 at most
    """

    def __init__(self, colours: Bytes) -> None:
        self.colours = colours[:MOST]
        self._places = np.zeros(1 << 24, np.uint8)
        self._known = np.zeros(1 << 24, np.bool_)

    @classmethod
    def of(cls, frames: Sequence[Bytes], wanted: Bytes) -> Palette:
        """Choose the colours of some frames.

        Args:
            frames: (H, W, 3) each, such as the first, one in the middle and the last
            wanted: (n, 3) that must be there exactly
        """
        packed = np.concatenate([_packed(frame).ravel() for frame in frames])
        found, counts = np.unique(packed, return_counts=True)
        first = list(dict.fromkeys(_packed(wanted).tolist()))
        often = found[np.argsort(-counts, kind="stable")].tolist()
        chosen = list(dict.fromkeys([*first, *often]))
        if len(chosen) > MOST:
            chosen, rest = chosen[:_FREQUENT], chosen[_FREQUENT:]
            chosen += _mixed(_unpacked(np.array(rest, np.uint32)), MOST - len(chosen))
        return cls(_unpacked(np.array(list(dict.fromkeys(chosen)), np.uint32)))

    def places(self, frame: Bytes) -> Bytes:
        """Return the place of each pixel's colour, or of the one that is nearest to it."""
        packed = _packed(frame)
        new = np.unique(packed[~self._known[packed]])
        table = self.colours.astype(np.int32)
        for start in range(0, len(new), _CHUNK):
            some = new[start : start + _CHUNK]
            apart = _unpacked(some).astype(np.int32)[:, None] - table[None]
            self._places[some] = (apart**2).sum(axis=2).argmin(axis=1)
            self._known[some] = True
        return self._places[packed]


def _mixed(colours: Bytes, count: int) -> list[int]:
    """Return some colours that stand for many."""
    image = Image.fromarray(colours[None])
    table = image.quantize(count, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).getpalette()
    return list(_packed(np.array(table, np.uint8).reshape(-1, 3)[:count]).tolist())


def _packed(colours: Bytes) -> Packed:
    """Return (..., 3) colours as one number each."""
    wide = colours.astype(np.uint32)
    return np.asarray((wide[..., 0] << 16) | (wide[..., 1] << 8) | wide[..., 2], np.uint32)


def _unpacked(packed: Packed) -> Bytes:
    return np.stack([packed >> 16, packed >> 8, packed], axis=-1).astype(np.uint8)
