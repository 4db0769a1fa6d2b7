"""Read a picture of the Netpbm family: PBM (black and white), PGM (gray), PPM (colours).

They are a few numbers written out, then the pixels as bytes or as written numbers, too. NumPy
reads them faster than Pillow, and exactly. See https://netpbm.sourceforge.net/doc/pnm.html.
"""

import re

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cnnstudio.datasets.decoding import Decoded, Refusal, Watched
from cnnstudio.datasets.eight_bits import SCALED, table
from cnnstudio.datasets.limits import check_bytes, check_frame, check_size

_GAP = rb"(?:\s|#[^\r\n]*[\r\n])+"  # between two numbers of the head; a comment ends its line
_HEAD = re.compile(rb"P([1-6])" + 2 * (_GAP + rb"(\d{1,9})"))
_TOP = re.compile(_GAP + rb"(\d{1,9})")
_END = re.compile(rb"\s|#[^\r\n]*[\r\n]")  # of the head: one character, then the pixels begin
_COMMENT = re.compile(rb"#[^\r\n]*")


def read_netpbm(file: Watched, frame: int, _: int) -> Decoded:
    """Read the (first) picture."""
    check_frame(frame, 1)
    data = file.getvalue()
    kind, size, top, at = _head(data)
    width, height = size
    channels = 3 if kind in (3, 6) else 1
    check_size("PPM", width, height)
    if kind <= 3:
        check_bytes(len(data), "PPM of written numbers")
    file.watch.rest()
    row = width * channels
    read = _packed(data[at:], width, height) if kind == 4 else _numbers(data[at:], kind, top)
    file.watch.look()
    whole = np.zeros(row * height, np.uint8)
    read = read[: len(whole)]
    if read.size and read.max() > top:
        raise Refusal(f"says that its greatest number is {top}, but holds {read.max()}")
    whole[: len(read)] = table(top, white_is_zero=kind in (1, 4))[read]
    broken = "" if len(read) == len(whole) else "the file ends too early"
    if broken and not len(read):
        raise Refusal(f"is a picture that cannot be read: {broken}")
    shape = (height, width, 3) if channels == 3 else (height, width)
    notes = [] if top in (1, 255) else [f"0 … {top} scaled to 0 … 255"]
    notes = [SCALED] if top == 65535 else notes
    return Decoded(Image.fromarray(whole.reshape(shape)), size, notes, broken=broken)


def _head(data: bytes) -> tuple[int, tuple[int, int], int, int]:
    """Read which of the family it is, its size, its greatest number, and where the pixels begin."""
    head = _HEAD.match(data)
    if not head:
        raise Refusal("is a PPM, PGM or PBM picture without a size")
    kind, width, height = (int(each) for each in head.groups())
    top, at = 1, head.end()
    if kind not in (1, 4):
        told = _TOP.match(data, at)
        if not told:
            raise Refusal("is a PPM, PGM or PBM picture that does not say its greatest number")
        top, at = int(told[1]), told.end()
    end = _END.match(data, at)
    if not (0 < top < 65536 and width and height and end):
        raise Refusal("is a PPM, PGM or PBM picture whose head makes no sense")
    return kind, (width, height), top, end.end()


def _packed(data: bytes, width: int, height: int) -> NDArray[np.uint8]:
    """Unpack bits: each row begins with a new byte."""
    across = (width + 7) // 8
    rows = np.frombuffer(data, np.uint8)[: across * height]
    rows = rows[: len(rows) // across * across].reshape(-1, across)
    return np.unpackbits(rows, axis=1)[:, :width].ravel()


def _numbers(data: bytes, kind: int, top: int) -> NDArray[np.integer]:
    """Read numbers: of one or two bytes, or written ones, up to whatever is none."""
    if kind > 3:
        long = 2 if top > 255 else 1
        return np.frombuffer(data[: len(data) // long * long], ">u2" if long == 2 else np.uint8)
    text = _COMMENT.sub(b" ", data)
    if strange := re.search(rb"[^\d\s]", text):
        text = text[: strange.start()]
    if kind == 1:  # zeros and ones, with or without spaces between
        digits = np.frombuffer(text, np.uint8)
        return digits[digits >= ord("0")] - ord("0")
    return np.fromstring(text, np.int64, sep=" ") if text.strip() else np.empty(0, np.int64)
