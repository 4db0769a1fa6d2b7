"""A colour PNG written for quick reading: every row as differences from the pixel to its left.

Pillow picks a filter for each row, often a slower one; where levels are rounded to every third,
as in `thrifty`, plain differences make the smaller file, too.
"""

import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_SUB = 1  # the filter: minus what is one pixel to the left


def write_png(file: Path, pixels: NDArray[np.uint8]) -> None:
    """Write a picture (height, width, 3)."""
    height, width, _ = pixels.shape
    rows = np.full((height, 1 + 3 * width), _SUB, np.uint8)
    left = np.pad(pixels, ((0, 0), (1, 0), (0, 0)))[:, :-1]
    rows[:, 1:] = (pixels - left).reshape(height, -1)  # modulo 256
    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(rows.tobytes(), 9)
    chunks = ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks))


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)
