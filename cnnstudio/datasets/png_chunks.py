"""What a PNG file is made of: chunks, of which a picture needs only a few.

The rest (texts, times, profiles, whatever programs add) may be broken, huge or a million, and does
no harm. For the chunks see https://www.w3.org/TR/png-3/ (animated pictures: acTL, fcTL, fdAT).
"""

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cnnstudio.datasets.decoding import Refusal, Watch
from cnnstudio.datasets.limits import MAX_FRAMES

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# By the number for its kind of colour: gray, RGB, palette, gray with alpha, RGBA.
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_PIECES = 200_000  # of pixels; 64 MB in chunks of 4 kB are 16 000
_MOST = 2**20  # bytes of what is not pixels
# What a chunk becomes, and how many bytes of it at most.
_FIELDS = {
    b"IHDR": ("header", 13),
    b"PLTE": ("palette", 3 * 256),
    b"tRNS": ("clear", 256),
    b"eXIf": ("exif", _MOST),
    b"iCCP": ("profile", _MOST),
}
_SEEN = {b"IHDR", b"PLTE", b"tRNS"}  # whose damage would be seen

Span = tuple[int, int]  # the first byte, and the one after the last


@dataclass
class Frame:
    """One picture of an animation.

    Attributes:
        box: left, top, right and bottom within the whole picture
        after: what becomes of it before the next: 0 stays, 1 is cleared, 2 is undone
        over: whether it is blended over what is there, instead of replacing it
    """

    box: tuple[int, int, int, int]
    after: int
    over: bool
    pixels: list[Span] = field(default_factory=list)


@dataclass
class Chunks:
    """The chunks of a PNG file that matter; `pixels` are those of the still picture."""

    header: bytes = b""
    palette: bytes = b""
    clear: bytes = b""  # which colours are transparent
    exif: bytes = b""
    profile: bytes = b""
    pixels: list[Span] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    announced: int = 0  # how many frames there are to be
    pieces: int = 0  # of pixels

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the whole picture."""
        width, height = struct.unpack(">II", self.header[:8])
        return width, height

    @property
    def depth(self) -> int:
        """Bits of one channel."""
        return self.header[8]

    @property
    def channels(self) -> int:
        """How many numbers a pixel has."""
        return _CHANNELS[self.header[9]]

    def add(self, name: bytes, start: int, stop: int) -> None:
        """Note where some pixels are; IDAT holds those of the still picture."""
        if name == b"IDAT":
            self.pixels.append((start, stop))
            if len(self.frames) == 1:  # the animation begins with the still picture
                self.frames[0].pixels.append((start, stop))
        elif self.frames and stop - start > 4:  # after a number we need not know
            self.frames[-1].pixels.append((start + 4, stop))
        self.pieces += 1
        if self.pieces > _PIECES:
            raise Refusal(f"is cut into more than {_PIECES:,} pieces".replace(",", " "))

    @property
    def colour_profile(self) -> bytes:
        """The ICC profile; a broken one is as good as none."""
        packed = self.profile.partition(b"\0")[2][1:]
        try:
            return zlib.decompressobj().decompress(packed, _MOST)
        except zlib.error:
            return b""

    @property
    def interlaced(self) -> bool:
        """Whether the pixels come in seven passes."""
        return bool(self.header[12])


def read_chunks(data: bytes, watch: Watch) -> Chunks:
    """Find what matters in a PNG file, as far as it goes."""
    found = Chunks()
    for name, start, stop in _each(data, watch):
        if name in _FIELDS:
            field_name, most = _FIELDS[name]
            if not getattr(found, field_name):  # the first of its kind counts
                setattr(found, field_name, _checked(data, start, stop, most))
        elif name == b"fcTL" and found.announced and stop - start >= 26:
            if len(found.frames) == found.announced:
                break
            found.frames.append(_frame(data, start))
        elif name == b"acTL" and stop - start >= 8 and not found.pixels:
            found.announced = min(struct.unpack_from(">I", data, start)[0], MAX_FRAMES)
        elif name in (b"IDAT", b"fdAT"):
            found.add(name, start, stop)
    if len(found.header) < 13:
        raise Refusal("is a PNG picture that cannot be read: the file ends too early")
    if found.depth not in _DEPTHS.get(found.header[9], ()) or 0 in found.size:
        raise Refusal("is a PNG picture that cannot be read: the file is damaged")
    found.frames = [each for each in found.frames if each.pixels]
    return found


def small_file(found: Chunks, size: tuple[int, int], data: bytes, pixels: Sequence[Span]) -> bytes:
    """Make a PNG file of nothing but what its pixels, or those of one frame, need."""
    header = struct.pack(">II", *size) + found.header[8:]
    view = memoryview(data)
    body = b"".join([view[start:stop] for start, stop in pixels])
    chunks = [_chunk(b"IHDR", header)]
    if found.palette and found.header[9] == 3:
        chunks.append(_chunk(b"PLTE", found.palette))
        chunks.append(_chunk(b"tRNS", found.clear) if found.clear else b"")
    chunks.append(struct.pack(">I4s", len(body), b"IDAT"))
    return b"".join([SIGNATURE, *chunks, body, bytes(4), _chunk(b"IEND", b"")])


def _each(data: bytes, watch: Watch) -> Iterator[tuple[bytes, int, int]]:
    """Go through all chunks: name, first byte, the one after the last."""
    at, count = len(SIGNATURE), 0
    while at + 8 <= len(data):
        if count % 1000 == 0:
            watch.look()
        length, name = struct.unpack_from(">I4s", data, at)
        stop = at + 8 + length
        yield name, at + 8, min(stop, len(data))
        if name == b"IEND" or not name.isalpha():
            return
        at, count = stop + 4, count + 1


def _checked(data: bytes, start: int, stop: int, most: int) -> bytes:
    """Return what a chunk holds, if its check sum is right or its damage would not be seen."""
    noted, seen = data[stop : stop + 4], data[start - 4 : start] in _SEEN
    if seen and noted != zlib.crc32(data[start - 4 : stop]).to_bytes(4)[: len(noted)]:
        raise Refusal("is a PNG picture that cannot be read: the file is damaged")
    return data[start : min(stop, start + most)]


def _frame(data: bytes, at: int) -> Frame:
    _, width, height, left, top, _, _, after, over = struct.unpack_from(">IIIIIHHBB", data, at)
    return Frame((left, top, left + width, top + height), after, over == 1)


def _chunk(name: bytes, content: bytes) -> bytes:
    total = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", total)
