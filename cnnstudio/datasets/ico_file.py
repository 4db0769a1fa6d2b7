"""Read an ICO file: of the icons in it, which differ in size, the largest."""

import struct
from collections.abc import Iterator

from PIL import Image
from PIL.IcoImagePlugin import IcoImageFile

from cnnstudio.datasets.decoding import Decoded, Refusal, Watched
from cnnstudio.datasets.limits import check_frame, check_size
from cnnstudio.datasets.png_chunks import SIGNATURE
from cnnstudio.datasets.png_file import read_png

_CLEAR = (0, 0)  # least and greatest alpha of what is not seen at all


def read_ico(file: Watched, frame: int, most: int) -> Decoded:
    """Read the icon of the most pixels, and among equals of the most bits."""
    check_frame(frame, 1)
    data = file.getvalue()
    icons = sorted(_icons(data, file))
    if not icons:
        raise Refusal("is an ICO file without a picture")
    _, bits, start, stop, width, height = icons[-1]
    check_size("ICO", width, height)
    content = data[start:stop]
    if content.startswith(SIGNATURE):
        decoded = read_png(Watched(content, file.watch), 0, most)
        decoded.frames = 1
    else:
        decoded = Decoded(_bitmap(content, bits, file), (width, height))
    if len(icons) > 1:
        decoded.notes.insert(0, f"largest of {len(icons)} icons")
    return decoded


def _icons(data: bytes, file: Watched) -> Iterator[tuple[int, int, int, int, int, int]]:
    """List the icons: pixels, bits of each, first byte, byte after the last, width, height.

    The list of contents writes sizes in a byte, and may be wrong; each icon knows its own.
    """
    (count,) = struct.unpack_from("<H", data, 4)
    for at in range(6, min(6 + 16 * count, len(data) - 15), 16):
        file.watch.look()
        bits, length, start = struct.unpack_from("<HII", data, at + 6)
        head = data[start : start + 24]
        if len(head) < 24:
            continue
        if head.startswith(SIGNATURE):
            width, height = struct.unpack(">II", head[16:24])
        elif int.from_bytes(head[:4], "little") == 12:
            width, height = struct.unpack("<HH", head[4:8])
            height //= 2  # above the picture lies its mask
        else:
            width, height = struct.unpack("<ii", head[4:12])
            height //= 2
        if width > 0 and height > 0:
            yield width * height, bits, start, start + length, width, height


def _bitmap(content: bytes, bits: int, file: Watched) -> Image.Image:
    """Decode an icon that is no PNG picture, made the only one of its file."""
    image = _alone(content, bits, file)
    if bits == 32 and image.mode == "RGBA" and image.getchannel("A").getextrema() == _CLEAR:
        image = _alone(content, 24, file)  # an old icon: not its alpha counts, but its mask
    return image


def _alone(content: bytes, bits: int, file: Watched) -> Image.Image:
    head = struct.pack("<HHHBBBBHHII", 0, 1, 1, 0, 0, 0, 0, 1, bits, len(content), 22)
    return IcoImageFile(Watched(head + content, file.watch))
