"""Read a GIF picture, or one frame of an animated one.

Pillow unpacks the pixels of one frame, made a file for itself; what the file is made of, and how
frames are laid over each other, is read here. See https://www.w3.org/Graphics/GIF/spec-gif89a.txt.
"""

import struct
from dataclasses import dataclass
from functools import partial

from PIL import Image
from PIL.GifImagePlugin import GifImageFile

from cnnstudio.datasets.animation import CLEARED, STAYS, UNDONE, Layer, compose
from cnnstudio.datasets.decoding import Decoded, Refusal, Watch, Watched, load
from cnnstudio.datasets.limits import MAX_FRAMES, check_frame, check_size

_AFTER = {2: CLEARED, 3: UNDONE}  # the others stay
_EXTENSION, _IMAGE, _END, _CONTROL = 0x21, 0x2C, 0x3B, 0xF9
_INTERLACED = 64


@dataclass(frozen=True)
class _Frame:
    """Where in the file the frame's pixels are, and how they are to be shown."""

    left: int
    top: int
    width: int
    height: int
    flags: int
    start: int  # of its own palette, or else of its pixels
    stop: int
    after: int
    clear: int | None  # the entry of the palette that is transparent

    @property
    def box(self) -> tuple[int, int, int, int]:
        return self.left, self.top, self.left + self.width, self.top + self.height


def read_gif(file: Watched, frame: int, _: int) -> Decoded:
    """Read one frame, or the only one."""
    watch, data = file.watch, file.getvalue()
    watch.look()
    if len(data) < 13:
        raise Refusal("is a GIF picture that cannot be read: the file ends too early")
    width, height = struct.unpack_from("<HH", data, 6)
    frames = _frames(data, watch)
    if not frames:
        raise Refusal("is a GIF picture that cannot be read: it has no frame")
    check_frame(frame, len(frames))
    # As players do: a screen that is smaller than the first frame grows.
    size = (max(width, frames[0].box[2]), max(height, frames[0].box[3]))
    check_size("animated GIF" if len(frames) > 1 else "GIF", *size)
    layers = [
        Layer(each.box, partial(_decode, data, each, watch), each.clear is not None, each.after)
        for each in frames
    ]
    image, broken = compose(size, layers, frame, watch)
    return Decoded(image, size, frame=frame, frames=len(frames), broken=broken)


def _frames(data: bytes, watch: Watch) -> list[_Frame]:
    """List the frames, as far as the file goes."""
    found: list[_Frame] = []
    at = 13 + _palette(data[10])
    after, clear = STAYS, None
    try:
        while len(found) < MAX_FRAMES:
            kind = data[at]
            watch.look()
            if kind == _EXTENSION:
                if data[at + 1] == _CONTROL and data[at + 2] >= 4:
                    flags, index = data[at + 3], data[at + 6]
                    after = _AFTER.get(flags >> 2 & 7, STAYS)
                    clear = index if flags & 1 else None
                at = _past_blocks(data, at + 2, watch)
            elif kind == _IMAGE:
                left, top, width, height, flags = struct.unpack_from("<HHHHB", data, at + 1)
                start = at + 10
                pixels = start + _palette(flags)
                at = min(_past_blocks(data, pixels + 1, watch), len(data))
                if at > pixels + 1 and width and height:
                    found.append(
                        _Frame(left, top, width, height, flags, start, at, after, clear)
                    )  # fmt: skip
                after, clear = STAYS, None
            elif kind == _END:
                break
            else:
                at += 1
    except (IndexError, struct.error):  # the end of the file
        pass
    return found


def _palette(flags: int) -> int:
    """Return how many bytes of palette follow."""
    return 3 << (flags & 7) + 1 if flags & 128 else 0


def _past_blocks(data: bytes, at: int, watch: Watch) -> int:
    """Return where the blocks that begin here end; each begins with its length, the last is 0."""
    count = 0
    while at < len(data) and (length := data[at]):
        at += length + 1
        count += 1
        if count % 65536 == 0:
            watch.look()
    return at + 1


def _decode(data: bytes, frame: _Frame, watch: Watch) -> tuple[Image.Image, str]:
    """Decode one frame: as a file of its own, whose screen it fills."""
    check_size("GIF", frame.width, frame.height)
    own = _palette(frame.flags)
    flags = frame.flags & 0x87 if own else data[10]
    palette = data[frame.start : frame.start + own] if own else data[13 : 13 + _palette(flags)]
    size = struct.pack("<HH", frame.width, frame.height)
    control = [_EXTENSION, _CONTROL, 4, frame.clear is not None, 0, 0, frame.clear or 0, 0]
    small = b"".join(
        [
            b"GIF89a", size, bytes([flags, 0, 0]), palette, bytes(control),
            bytes([_IMAGE]), bytes(4), size, bytes([frame.flags & _INTERLACED]),
            data[frame.start + own : frame.stop],
        ]
    )  # fmt: skip
    image = GifImageFile(Watched(small, watch))
    return image, load(image)
