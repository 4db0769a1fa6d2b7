"""Read a PNG picture, or one frame of an animated one.

Pillow undoes the compression and the filters. It keeps only the upper byte of colours of 16 bits,
and compares a transparent colour with pixels scaled already; so those two are done here.
"""

import struct
from functools import partial

from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from cnnstudio.datasets.animation import Layer, compose
from cnnstudio.datasets.decoding import Decoded, Refusal, Watch, Watched, load
from cnnstudio.datasets.eight_bits import HALVED, SCALED, clear_colour, from_words
from cnnstudio.datasets.exif import orientation
from cnnstudio.datasets.limits import TWICE, check_frame, check_size
from cnnstudio.datasets.png_chunks import Chunks, Span, read_chunks, small_file

# How Pillow is made to hand out, by the channels of 16 bits, what it keeps to itself. Gray with
# alpha is as long as RGBA of 8 bits; of a colour, the "L" says that the lower byte is the upper.
_RAW = {2: ("RGBA",), 3: ("RGB;16B", "RGB;16L"), 4: ("RGBA;16B", "RGBA;16L")}


def read_png(file: Watched, frame: int, _: int) -> Decoded:
    """Read one frame, or the only one."""
    watch, data = file.watch, file.getvalue()
    file.close()  # nobody else needs to hold up to 64 MB
    found = read_chunks(data, watch)
    frames = found.frames
    check_frame(frame, max(1, len(frames)))
    _check(found, found.size)
    if len(frames) > 1:
        check_size("animated PNG", *found.size)
        layers = [
            Layer(each.box, partial(_decode_part, found, each.box, data, each.pixels, watch),
                  each.over, each.after)
            for each in frames
        ]  # fmt: skip
        image, broken = compose(found.size, layers, frame, watch)
    else:
        small = small_file(found, found.size, data, found.pixels)
        del data
        watch.rest()
        image, broken = _decode(found, small, watch)
    note = HALVED if _halved(found) else SCALED
    return Decoded(
        image, found.size, [note] if found.depth == 16 else [], orientation(found.exif),
        frame, max(1, len(frames)), broken, found.colour_profile,
    )  # fmt: skip


def _check(found: Chunks, size: tuple[int, int]) -> None:
    bits = found.depth * found.channels
    check_size("PNG", *size, bits)
    if found.depth == 16:
        check_size("PNG of 16 bits", *size, bits)
    if found.interlaced:
        check_size("interlaced PNG", *size, bits)


def _decode_part(
    found: Chunks, box: tuple[int, int, int, int], data: bytes, pixels: list[Span], watch: Watch
) -> tuple[Image.Image, str]:
    """Decode one frame of an animation."""
    size = (box[2] - box[0], box[3] - box[1])
    if not all(size):
        raise Refusal("is an animated PNG picture with a frame of no size")
    _check(found, size)
    return _decode(found, small_file(found, size, data, pixels), watch)


def _decode(found: Chunks, small: bytes, watch: Watch) -> tuple[Image.Image, str]:
    """Decode what is a PNG file for itself; return the picture and what is broken about it."""
    parts: list[Image.Image] = []
    broken = ""
    for raw in _raws(found):
        image = PngImageFile(Watched(small, watch))
        if raw:
            image.tile = [image.tile[0]._replace(args=raw)]
        broken = load(image)
        parts.append(image)
    made = parts[0]
    if found.depth == 16 and not _halved(found):
        made = from_words(parts, watch)
    if found.header[9] in (0, 2) and len(found.clear) >= 2 * found.channels:
        colour = struct.unpack(f">{found.channels}H", found.clear[: 2 * found.channels])
        if found.depth < 16:
            most = 2**found.depth - 1
            colour = tuple((word & most) * (255 // most) for word in colour)
            made = made.convert("L") if made.mode == "1" else made
            parts = [made]
        elif _halved(found):
            colour = tuple(word >> 8 for word in colour)
        made.putalpha(clear_colour(parts, watch, colour))
    return made, broken


def _raws(found: Chunks) -> tuple[str, ...]:
    """Name what the pixels are to be taken for, each time they are decoded."""
    if found.depth < 16:
        return ("",)
    raws = _RAW.get(found.channels, ("",))
    return raws[:1] if _halved(found) else raws


def _halved(found: Chunks) -> bool:
    """Tell whether there are so many colours of 16 bits that only the upper 8 are read."""
    width, height = found.size
    bits = found.depth * found.channels
    return found.depth == 16 and found.channels > 2 and width * height * bits > 8 * TWICE
