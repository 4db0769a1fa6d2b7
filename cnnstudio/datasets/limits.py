"""How large a picture of each format may be, so that none takes over 2 s or 600 MB to read.

Measured with tests/benchmarks/pictures.py; each limit leaves about a third to slower machines.
"""

import math
from dataclasses import dataclass

from cnnstudio.datasets.decoding import Refusal

MB = 2**20
MAX_BYTES = 64 * MB  # of a file: it is kept in memory, twice for a moment
MAX_SIDE = 65_535  # else the list of rows alone would fill the memory
MAX_FRAMES = 10_000  # that are counted; each is a note of some 300 bytes
TWICE = 50_000_000  # bytes of colours of 16 bits, decoded once for each byte if they are so few


@dataclass(frozen=True)
class Limit:
    """The most of one format.

    Attributes:
        pixels: of the picture
        decoded: bytes of its pixels, as the file defines them
        file: bytes of the file
    """

    pixels: int = 50_000_000
    decoded: int = 200_000_000
    file: int = MAX_BYTES


LIMITS = {
    # Undoing deflate and the filters takes up to 11 ns a byte; interlaced, 10 ns more a pixel.
    "PNG": Limit(decoded=108_000_000),  # 36 megapixels in colours
    "PNG of 16 bits": Limit(decoded=90_000_000),  # to be scaled
    "interlaced PNG": Limit(pixels=20_000_000, decoded=80_000_000),
    "GIF": Limit(pixels=40_000_000),
    # What is seen, what was there before and the frame itself take 4 bytes a pixel each; and
    # many frames may have to be laid over each other.
    "animated PNG": Limit(pixels=9_000_000),
    "animated GIF": Limit(pixels=9_000_000),
    # Decoded at a half or a quarter of its size if it is large; phones make 200 megapixels.
    "JPEG": Limit(pixels=200_000_000, decoded=800_000_000),
    # Every coefficient is kept in 2 bytes till the last scan was read, at some 30 ns a byte.
    "progressive JPEG": Limit(decoded=90_000_000, file=32 * MB),
    # The decoder keeps 12 bytes a pixel and needs 40 ns for each.
    "WebP": Limit(pixels=25_000_000),
    # A picture may be one strip, kept beside the pixels made of it.
    "TIFF": Limit(decoded=150_000_000),
    "TIFF in LAB colours": Limit(pixels=20_000_000),  # 30 ns a pixel
    "TIFF packed by JPEG": Limit(decoded=100_000_000),  # it may have 100 scans
    "TIFF packed by LZMA": Limit(decoded=80_000_000),  # 12 ns a byte
    "BMP": Limit(),
    "BMP packed in runs": Limit(file=MB),  # unpacked in Python, 1 us a run of 2 bytes
    "ICO": Limit(pixels=20_000_000),
    "PPM": Limit(),
    "PPM of written numbers": Limit(file=32 * MB),  # 16 bytes of memory for each of them
}


def check_size(kind: str, width: int, height: int, bits: int = 8) -> None:
    """Refuse a picture that would take too long or too much memory, before it is decoded.

    Args:
        kind: of picture, a key of `LIMITS`
        width: in pixels
        height: in pixels
        bits: of one pixel
    """
    pixels = min(LIMITS[kind].pixels, LIMITS[kind].decoded * 8 // bits)
    size = f"{_grouped(width)} × {_grouped(height)}"
    if width * height > pixels:
        millions = _grouped(math.ceil(width * height / 100_000) / 10)
        most = f"{kind} is opened up to {pixels // 1_000_000}"
        raise Refusal(f"has {size} = {millions} megapixels; {most}")
    if max(width, height) > MAX_SIDE:
        most = f"pictures are opened up to {_grouped(MAX_SIDE)} on a side"
        raise Refusal(f"has {size} pixels; {most}")


def check_bytes(count: int, kind: str = "") -> None:
    """Refuse a file that would take too long or too much memory, whatever its size in pixels."""
    most = LIMITS[kind].file if kind else MAX_BYTES
    if count > most:
        size = _grouped(math.ceil(count / MB * 10) / 10)
        up_to = f"{kind} is opened up to {most // MB}"
        raise Refusal(f"has {size} MB; {up_to if kind else f'at most {most // MB} can be opened'}")


def check_frame(frame: int, frames: int, word: str = "frame") -> None:
    """Refuse to show a frame that is not in the file."""
    if not 0 <= frame < frames:
        there = f"{frames} {word}{'s' if frames > 1 else ''}"
        raise Refusal(f"has {there}; there is no {word} {frame + 1}")


def reduced(width: int, height: int, most: int) -> tuple[int, int]:
    """Return the largest size of the same proportions that has at most `most` pixels."""
    if width * height <= most:
        return width, height
    across = max(1, math.isqrt(most * width // height))
    down = max(1, math.isqrt(most * height // width))
    return min(across, most), min(down, most)


def reduction(size: tuple[int, int], small: tuple[int, int]) -> str:
    """Say that a picture was averaged down."""
    millions = round(size[0] * size[1] / 1e6, 1)
    whole = f"{size[0]} × {size[1]} = {_grouped(millions)} megapixels"
    return f"{whole} reduced to {small[0]} × {small[1]}"


def _grouped(number: float) -> str:
    """Write a number with its thousands apart."""
    return f"{number:,}".replace(",", " ").removesuffix(".0")
