"""A colour sheet to draw on, as the gray one is: too large at first, averaged at the end."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnstudio.lab.drawing.canvas import Grays, Mask, Sheet, blurred


def levels(colour: str) -> Grays:
    """Return red, green and blue, 0..255, of a colour such as "#ff8000"."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], np.float32)


class ColourCanvas(Sheet):
    """A colour sheet.

    Attributes:
        pixels: (height * fine, width * fine, 3), 0 to 255.
    """

    def __init__(self, width: int, height: int, colour: str, fine: int = 8) -> None:
        """Lay out an even sheet."""
        super().__init__(width, height, fine)
        self.pixels: Grays = np.empty((*self.x.shape, 3), np.float32)
        self.pixels[:] = levels(colour)

    def tint(self, colour: str, opacity: ArrayLike) -> None:
        """Paint every pixel, as strongly as `opacity` says there; a mask paints fully."""
        cover = np.broadcast_to(np.asarray(opacity, np.float32), self.x.shape)[..., None]
        self.pixels += cover * (levels(colour) - self.pixels)

    def blend(self, mask: Mask, one: str, other: str, share: ArrayLike) -> None:
        """Paint the pixels of `mask` from one colour to the other as `share` goes from 0 to 1."""
        part = np.clip(np.broadcast_to(np.asarray(share, np.float32), self.x.shape), 0, 1)[
            ..., None
        ]
        shade = levels(one) + part * (levels(other) - levels(one))
        np.copyto(self.pixels, shade, where=mask[..., None])

    def blur(self, radius: float) -> None:
        """Blur everything so far, `radius` in finished pixels."""
        planes = [blurred(plane, radius * self.fine) for plane in np.moveaxis(self.pixels, -1, 0)]
        self.pixels = np.stack(planes, -1)

    def picture(self) -> NDArray[np.uint8]:
        """Average down to the finished pixels.  (height, width, 3)."""
        height, width, _ = self.pixels.shape
        fine = self.fine
        blocks = self.pixels.reshape(height // fine, fine, width // fine, fine, 3)
        return np.asarray(np.clip(np.rint(blocks.mean((1, 3))), 0, 255), np.uint8)
