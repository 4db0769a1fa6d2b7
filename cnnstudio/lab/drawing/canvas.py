"""A sheet to draw on: every picture is drawn several times too large and averaged at the end."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image, ImageDraw, ImageFilter

Grays = NDArray[np.float32]
Mask = NDArray[np.bool_]
Points = Sequence[Sequence[float] | NDArray[np.float64]] | NDArray[np.float64]

EMPTY = float("nan")


def curve(points: Points, fineness: int = 16) -> NDArray[np.float64]:
    """Run a smooth curve through all the points (Catmull-Rom); columns may be x, y, width."""
    p = np.asarray(points, np.float64)
    p = np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    t = np.linspace(0, 1, fineness, endpoint=False)[None, :, None]
    a, b, c, d = (p[i : len(p) - 3 + i, None] for i in range(4))
    pieces = b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
    return np.concatenate([pieces.reshape(-1, p.shape[1]), p[-2:-1]])


def smoothstep(low: float, high: float, x: ArrayLike) -> Grays:
    """Climb from 0 at `low` to 1 at `high` without a corner."""
    t = np.clip((np.asarray(x, np.float32) - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


class Sheet:
    """An empty sheet, measured in pixels of the finished picture, and the shapes it can tell apart.

    Attributes:
        fine: how many of its pixels lie side by side in one finished pixel.
        x: how far each of them is from the left edge.
        y: how far each of them is from the top edge.
    """

    def __init__(self, width: int, height: int, fine: int) -> None:
        self.fine = fine
        places: Grays = np.indices((height * fine, width * fine), np.float32) + np.float32(0.5)
        places /= np.float32(fine)
        self.y, self.x = places[0], places[1]

    def _blank(self) -> tuple[Image.Image, ImageDraw.ImageDraw]:
        height, width = self.x.shape
        image = Image.new("L", (width, height))
        return image, ImageDraw.Draw(image)

    def polygon(self, points: Points) -> Mask:
        """Say which pixels lie inside the polygon."""
        image, pen = self._blank()
        corners = np.asarray(points, np.float64)[:, :2] * self.fine - 0.5
        pen.polygon([(x, y) for x, y in corners.tolist()], fill=255)
        return np.asarray(image) > 0

    def disc(self, x: float, y: float, radius: float, height: float | None = None) -> Mask:
        """Say which pixels lie inside a circle, or an ellipse if it has another half `height`."""
        tall = radius if height is None else height
        return np.asarray(((self.x - x) / radius) ** 2 + ((self.y - y) / tall) ** 2 <= 1)

    def stroke(self, points: Points, width: float = 1.0) -> Mask:
        """Say which pixels a round pen touches; a third column of `points` multiplies its width."""
        image, pen = self._blank()
        path = np.asarray(points, np.float64)
        widths = path[:, 2:3] * width if path.shape[1] > 2 else np.full((len(path), 1), width)
        path = np.concatenate([path[:, :2] * self.fine - 0.5, widths * self.fine / 2], 1)
        gaps = np.hypot(*np.diff(path[:, :2], axis=0).T)
        at = np.concatenate([[0.0], np.cumsum(gaps)])
        dense = np.linspace(0, at[-1], int(at[-1]) + 2)
        x, y, r = (np.interp(dense, at, column) for column in path.T)
        for box in np.stack([x - r, y - r, x + r, y + r], 1).tolist():
            pen.ellipse(box, fill=255)
        return np.asarray(image) > 0

    def soft(self, mask: Mask, radius: float) -> Grays:
        """Turn a mask into an opacity whose border is blurred."""
        return blurred(mask.astype(np.float32) * 255, radius * self.fine) / np.float32(255)


class Canvas(Sheet):
    """A gray sheet.

    Attributes:
        pixels: (height * fine, width * fine), 0 black to 255 white.
    """

    def __init__(self, width: int, height: int, gray: float = 0, fine: int = 4) -> None:
        """Lay out an even sheet; `gray` may be `EMPTY` for a layer to `lay` on another sheet."""
        super().__init__(width, height, fine)
        self.pixels: Grays = np.full((height * fine, width * fine), gray, np.float32)

    def fill(self, mask: Mask, gray: ArrayLike, opacity: ArrayLike = 1.0) -> None:
        """Paint the pixels of `mask`; `gray` and `opacity` are one number, or one per pixel."""
        rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
        if len(rows) == 0:
            return
        box = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
        shade = np.broadcast_to(np.asarray(gray, np.float32), mask.shape)[box]
        cover = np.broadcast_to(np.asarray(opacity, np.float32), mask.shape)[box]
        under = np.where(np.isnan(self.pixels[box]), shade, self.pixels[box])
        painted = under + cover * (shade - under)
        np.copyto(self.pixels[box], painted, where=mask[box])

    def tint(self, gray: ArrayLike, opacity: ArrayLike = 1.0) -> None:
        """Paint every pixel, as strongly as `opacity` says there."""
        mask = np.broadcast_to(np.asarray(opacity, np.float32) > 0, self.pixels.shape)
        self.fill(mask, gray, opacity)

    def lines(self, starts: Points, ends: Points, grays: ArrayLike, width: float) -> None:
        """Draw many straight hairs, one over the other."""
        image = Image.fromarray(self.pixels)
        pen = ImageDraw.Draw(image)
        ink = np.asarray(grays, np.float64).tolist()
        thick = max(1, round(width * self.fine))
        whole = np.concatenate([np.asarray(starts), np.asarray(ends)], 1) * self.fine
        for segment, gray in zip(whole.tolist(), ink, strict=True):
            pen.line(segment, fill=gray, width=thick)
        self.pixels = np.array(image)

    def dots(self, places: Points, radii: ArrayLike, grays: ArrayLike) -> None:
        """Draw many small discs, one over the other."""
        image = Image.fromarray(self.pixels)
        pen = ImageDraw.Draw(image)
        middle = np.asarray(places, np.float64)
        radius = np.broadcast_to(np.asarray(radii, np.float64), len(middle))[:, None]
        boxes = np.concatenate([middle - radius, middle + radius], 1) * self.fine - 0.5
        ink = np.broadcast_to(np.asarray(grays, np.float64), len(middle)).tolist()
        for box, gray in zip(boxes.tolist(), ink, strict=True):
            pen.ellipse(box, fill=gray)
        self.pixels = np.array(image)

    def lay(self, layer: "Canvas") -> None:
        """Put what another canvas shows on top of this one."""
        self.fill(~np.isnan(layer.pixels), layer.pixels)

    def picture(self, brightest: int = 255) -> NDArray[np.uint8]:
        """Average down to the finished pixels.  (height, width), 0 to `brightest`."""
        height, width = self.pixels.shape
        fine = self.fine
        mean = self.pixels.reshape(height // fine, fine, width // fine, fine).mean((1, 3))
        return np.asarray(np.clip(np.rint(mean), 0, brightest), np.uint8)


def blurred(pixels: Grays, radius: float) -> Grays:
    """Blur a sheet, `radius` in its own pixels."""
    image = Image.fromarray(np.clip(np.rint(pixels), 0, 255).astype(np.uint8))
    return np.array(image.filter(ImageFilter.GaussianBlur(radius)), np.float32)
