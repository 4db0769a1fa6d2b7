"""Numbers of 16 or 32 bits, whole or not, become 8 bits: scaled, and never clipped."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cnnstudio.datasets.decoding import Refusal, Watch

SCALED = "16 bits scaled to 8"
HALVED = "16 bits a channel; the upper 8 kept"


def table(top: int, white_is_zero: bool = False) -> NDArray[np.uint8]:
    """List what becomes of each number from 0 to `top`: round(255 number / top).

    Of 16 bits that is round(number / 257). No half occurs unless `top` is even; it goes up.
    """
    numbers = np.arange(top + 1, dtype=np.int64)
    scaled = ((510 * numbers + top) // (2 * top)).astype(np.uint8)
    return scaled[::-1] if white_is_zero else scaled


def from_words(
    parts: Sequence[Image.Image], watch: Watch, bits: int = 16, white_is_zero: bool = False
) -> Image.Image:
    """Scale gray or colours of up to 16 bits a channel to 8.

    Args:
        parts: one picture of 16 bits; or the upper and the lower bytes of one, as two pictures;
            or both of them by turns, as the channels of an RGBA picture: gray with alpha
        watch: asked again and again
        bits: how many of the 16 are used
        white_is_zero: whether the greatest number stands for black
    """
    scaled = np.zeros(65536, np.uint8)
    known = table(2**bits - 1, white_is_zero)
    scaled[: len(known)] = known
    made: Image.Image | None = None
    for rows in watch.bands(*parts[0].size):
        band = Image.fromarray(scaled[_words(parts, *rows)])
        made = made or Image.new(band.mode, parts[0].size)
        made.paste(band, (0, rows[0]))
    assert made  # no picture is without rows
    return made


def clear_colour(
    parts: Sequence[Image.Image], watch: Watch, colour: int | Sequence[int]
) -> Image.Image:
    """Make the alpha channel of a picture in which one colour, of all its bits, is transparent."""
    alpha = Image.new("L", parts[0].size)
    for rows in watch.bands(*alpha.size):
        hit = _words(parts, *rows) == colour
        clear = hit.all(axis=-1) if hit.ndim == 3 else hit
        alpha.paste(Image.fromarray(np.where(clear, 0, 255).astype(np.uint8)), (0, rows[0]))
    return alpha


def _words(parts: Sequence[Image.Image], top: int, bottom: int) -> NDArray[np.uint16]:
    """Return some rows: (H, W) or (H, W, C)."""
    first, *low = (np.asarray(part.crop((0, top, part.width, bottom))) for part in parts)
    if low:
        words: NDArray[np.uint16] = first.astype(np.uint16) << 8 | low[0]
    else:
        words = first.view(">u2") if parts[0].mode == "RGBA" else first
    return words


def from_numbers(image: Image.Image, watch: Watch, kind: str = "") -> tuple[Image.Image, str]:
    """Scale numbers of any range so that the least becomes 0 and the greatest 255.

    Args:
        image: of mode I or F
        watch: asked again and again
        kind: what the numbers are, if it is not what Pillow says, such as "uint32"

    Returns:
        the picture in gray, and what was done, such as "−1.5 … 3.2 scaled to 0 … 255"
    """

    def numbers(top: int, bottom: int) -> NDArray[np.float64]:
        band = np.asarray(image.crop((0, top, image.width, bottom)))
        return (band.view(kind) if kind else band).astype(np.float64)

    low, high = np.inf, -np.inf
    for rows in watch.bands(*image.size):
        band = numbers(*rows)
        low, high = min(low, band.min()), max(high, band.max())
        if not np.isfinite(band).all():
            raise Refusal("holds numbers that are not finite (NaN or infinity), so has no range")
    made = Image.new("L", image.size, 128)
    if low == high:
        return made, f"every number is {_written(low)}: shown as 128"
    for top, bottom in watch.bands(*image.size):
        part = (numbers(top, bottom) - low) / (high - low)
        made.paste(Image.fromarray(np.floor(part * 255 + 0.5).astype(np.uint8)), (0, top))
    return made, f"{_written(low)} … {_written(high)} scaled to 0 … 255"


def _written(number: float) -> str:
    """Write a number with four digits, or all of them if it is a whole one."""
    whole = number == int(number) and abs(number) < 1e15
    return f"{number:.{0 if whole else 4}{'f' if whole else 'g'}}".replace("-", "−")
