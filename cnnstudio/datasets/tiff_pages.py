"""Where the pages of a TIFF file are: each has a directory, which says where the next one is.

See https://www.loc.gov/preservation/digital/formats/content/tiff_tags.shtml for what they hold.
"""

import struct

from cnnstudio.datasets.decoding import Refusal, Watch, Watched
from cnnstudio.datasets.limits import MAX_FRAMES

_LISTED = 1_000_000  # numbers in one entry of a directory; 36 bytes of memory each
_BYTES = {1, 2, 6, 7}  # kinds of entries that are not unpacked into numbers
_PRIVATE = 32768  # entries from here on are nobody's business


class Pages:
    """The pages of a TIFF file."""

    def __init__(self, data: bytes, watch: Watch) -> None:
        """Follow the chain of directories as far as it goes, but never in a circle."""
        self._data = data
        self._order = "<" if data[:1] == b"I" else ">"
        self._big = 43 in data[2:4]  # BigTIFF: all is twice as wide
        if self._big and self._order == ">":
            raise Refusal("is a big-endian BigTIFF picture, which cannot be read")
        self._at = 8 if self._big else 4  # where the first page is told
        self.begins: list[int] = []
        known = set()
        (at,) = self._unpack("Q" if self._big else "I", self._at)
        while 0 < at < len(data) and at not in known and len(self.begins) < MAX_FRAMES:
            watch.look()
            try:
                (count,) = self._unpack("Q" if self._big else "H", at)
                after = at + (8 + 20 * count if self._big else 2 + 12 * count)
                self.begins.append(at)
                known.add(at)
                (at,) = self._unpack("Q" if self._big else "I", after)
            except (struct.error, OverflowError):  # the end of the file
                break
        if not self.begins:
            raise Refusal("is a TIFF picture that cannot be read: the file ends too early")

    def check(self, page: int) -> None:
        """Refuse a page whose directory alone would fill the memory."""
        at = self.begins[page]
        (count,) = self._unpack("Q" if self._big else "H", at)
        first, each = (at + 8, 20) if self._big else (at + 2, 12)
        for entry in range(first, min(first + count * each, len(self._data) - each + 1), each):
            tag, kind, listed = self._unpack("HHQ" if self._big else "HHI", entry)
            if tag < _PRIVATE and kind not in _BYTES and listed > _LISTED:
                raise Refusal("is a TIFF picture cut into more than a million pieces")
            if entry > first + 4096 * each:
                raise Refusal("is a TIFF picture whose directory makes no sense")

    def put_first(self, page: int, file: Watched) -> None:
        """Make a page the first of the file, the only one that is read without all before it."""
        file.seek(self._at)
        file.write(struct.pack(self._order + ("Q" if self._big else "I"), self.begins[page]))
        file.seek(0)

    def _unpack(self, kinds: str, at: int) -> tuple[int, ...]:
        return struct.unpack_from(self._order + kinds, self._data, at)
