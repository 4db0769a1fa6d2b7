"""Read a WebP picture, or one frame of an animated one.

See https://developers.google.com/speed/webp/docs/riff_container.
"""

import struct

from PIL.WebPImagePlugin import WebPImageFile

from cnnstudio.datasets.decoding import Decoded, Refusal, TooSlow, Watch, Watched, load
from cnnstudio.datasets.exif import orientation
from cnnstudio.datasets.limits import check_frame, check_size


def read_webp(file: Watched, frame: int, _: int) -> Decoded:
    """Read one frame, or the only one."""
    data = file.getvalue()
    check_size("WebP", *_size(data[:30]))
    if len(data) < 8 + _whole(data[4:8]):  # no part of it can be decoded
        raise Refusal("is a WebP picture that cannot be read: the file ends too early")
    del data
    image = _WebPFile(file)
    size, frames = image.size, image.n_frames
    check_frame(frame, frames)
    image.seek(frame)
    if frame == 0:
        file.watch.rest()
    try:
        broken = load(image)
    except TooSlow:
        there = f"frame {frame + 1} of {frames}"
        raise Refusal(f"takes too long to play up to {there}; choose one before it") from None
    turn = orientation(image.info.get("exif", b""), image.info.get("xmp", b""))
    profile = image.info.get("icc_profile", b"")
    return Decoded(image, size, [], turn, frame, frames, broken, profile)


def _size(head: bytes) -> tuple[int, int]:
    """Read the size from the first bytes: the decoder asks for memory before it tells."""
    head = head.ljust(30, b"\0")
    kind = head[12:16]
    if kind == b"VP8X":
        return _whole(head[24:27]) + 1, _whole(head[27:30]) + 1
    if kind == b"VP8L":
        bits = _whole(head[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", head[26:30])
        return width & 0x3FFF, height & 0x3FFF
    raise Refusal("is a WebP picture that cannot be read: its data make no sense")


def _whole(low_byte_first: bytes) -> int:
    return int.from_bytes(low_byte_first, "little")


class _WebPFile(WebPImageFile):
    """Lets go of the file, and of its decoder's 8 bytes a pixel, in time; and can be stopped."""

    watch: Watch

    def _open(self) -> None:
        assert isinstance(self.fp, Watched)
        self.watch = self.fp.watch
        super()._open()
        self.fp.close()  # the decoder holds a copy

    def _get_next(self) -> tuple[bytes, int, int]:
        self.watch.look()
        return super()._get_next()

    def load_prepare(self) -> None:
        self.__dict__.pop("_decoder", None)
        super().load_prepare()
