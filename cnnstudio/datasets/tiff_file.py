"""Read one page of a TIFF file.

The format holds nearly anything; what Pillow decodes but does not tell apart, such as numbers with
and without a sign, is told apart here.
"""

import sys

from PIL import Image, ImageChops
from PIL.ExifTags import Base
from PIL.TiffImagePlugin import TiffImageFile

from cnnstudio.datasets.decoding import Decoded, Refusal, Watched, load
from cnnstudio.datasets.eight_bits import HALVED, SCALED, from_numbers, from_words
from cnnstudio.datasets.limits import TWICE, check_frame, check_size
from cnnstudio.datasets.tiff_pages import Pages

_TILE_WIDTH, _TILE_LENGTH, _SUBSAMPLING = 322, 323, 530
_PLACES = ((273, 324), (279, 325))  # where strips, or else tiles, begin, and how long they are
_LOOPED = 100_000  # pieces Pillow goes through in Python, some 5 us each
_SIGNED, _WHITE_IS_ZERO, _YCBCR, _APART = 2, 0, 6, 2
_COMMON = {"raw", "tiff_lzw", "tiff_adobe_deflate", "tiff_deflate", "packbits", "jpeg", "tiff_jpeg",
           "group3", "group4", "tiff_ccitt"}  # fmt: skip
_SLOW = {6: "TIFF packed by JPEG", 7: "TIFF packed by JPEG", 34925: "TIFF packed by LZMA"}


def read_tiff(file: Watched, frame: int, _: int) -> Decoded:
    """Read one page."""
    pages = Pages(file.getvalue(), file.watch)
    check_frame(frame, len(pages.begins), "page")
    pages.check(frame)
    if frame:
        pages.put_first(frame, file)
    count = len(pages.begins)
    del pages
    image = _Page(file)
    _check(image)
    packed = image.info["compression"]
    file.watch.rest()
    try:
        broken, made, notes = _decode(image, file)
    except OSError as error:
        if packed not in _COMMON:
            raise Refusal(f"is a TIFF picture packed by {packed}, which is not known") from error
        raise
    if broken and _ends_too_early(image, len(file.getvalue())):
        broken = "the file ends too early"
    profile = image.info.get("icc_profile") or b""
    return Decoded(made, made.size, notes, image.turn, frame, count, broken, profile)


class _Page(TiffImageFile):
    """A page that is not turned by Pillow, which would need memory for another one."""

    turn = 1

    def _setup(self) -> None:
        told = self.tag_v2.get(Base.Orientation)
        if told is not None:
            self.turn = told if isinstance(told, int) else 1
            del self.tag_v2[Base.Orientation]
        super()._setup()

    def load_end(self) -> None:
        """Leave the orientation alone."""


def _check(image: _Page) -> None:
    """Refuse what is too large, counting whole tiles: they are decoded although cut off later."""
    tags, (width, height) = image.tag_v2, image.size
    bits = sum(_channels(image))
    check_size("TIFF", width, height, bits)
    if image.mode == "LAB":
        check_size("TIFF in LAB colours", width, height)
    if kind := _SLOW.get(tags.get(Base.Compression, 1)):
        check_size(kind, width, height, bits)
    across, down = tags.get(_TILE_WIDTH), tags.get(_TILE_LENGTH)
    if isinstance(across, int) and isinstance(down, int) and across > 0 and down > 0:
        check_size("TIFF", -(-width // across) * across, -(-height // down) * down, bits)
    if len(image.tile) > _LOOPED:
        raise Refusal(f"is a TIFF picture cut into more than {_LOOPED:,} pieces".replace(",", " "))
    plain = tags.get(Base.Compression, 1) == 1
    halved = tuple(tags.get(_SUBSAMPLING, (2, 2))) != (1, 1)
    if plain and halved and tags.get(Base.PhotometricInterpretation) == _YCBCR:
        raise Refusal("is a TIFF picture of fewer colours than pixels, which cannot be read")


def _ends_too_early(image: _Page, count: int) -> bool:
    """Tell whether some of the pixels lie beyond the end of the file."""
    tags = image.tag_v2
    begins, lengths = (tags.get(each) or tags.get(tile) or () for each, tile in _PLACES)
    return any(begin + length > count for begin, length in zip(begins, lengths, strict=False))


def _channels(image: _Page) -> tuple[int, ...]:
    """Return the bits of each channel."""
    bits = tuple(image.tag_v2.get(Base.BitsPerSample, (1,)))
    channels = image.tag_v2.get(Base.SamplesPerPixel, len(bits))
    return bits * channels if len(bits) == 1 else bits


def _decode(image: _Page, file: Watched) -> tuple[str, Image.Image, list[str]]:
    """Decode a page to 8 bits; return what is broken about it, the picture and notes."""
    tags, watch, mode = image.tag_v2, file.watch, image.mode
    bits = max(_channels(image))
    signed = tags.get(Base.SampleFormat, (1,))[0] == _SIGNED
    white_is_zero = tags.get(Base.PhotometricInterpretation) == _WHITE_IS_ZERO
    raw = (image.tile[0].args or ("",))[0]
    broken = load(image)
    if mode.startswith("I;16"):
        scaled = from_words([image], watch, bits, white_is_zero)
        return broken, scaled, [f"{bits} bits scaled to 8"]
    if mode in ("I", "F") or signed:
        kind = "int8" if mode == "L" else "uint32" if mode == "I" and not signed else ""
        gray, note = from_numbers(image, watch, kind)
        return broken, ImageChops.invert(gray) if white_is_zero else gray, [note]
    if bits == 16 and mode in ("RGB", "RGBA"):
        lower = _lower(raw)
        size = image.width * image.height * sum(_channels(image)) // 8
        if lower and size <= TWICE and tags.get(Base.PlanarConfiguration, 1) != _APART:
            file.seek(0)
            low = _Page(file)
            low.tile = [each._replace(args=(lower, *(each.args or "")[1:])) for each in low.tile]
            load(low)
            return broken, from_words([image, low], watch), [SCALED]
    notes = [HALVED] if bits == 16 else []
    if mode in ("CMYK", "LAB"):
        notes.append(f"{mode} shown as RGB")
    return broken, image, notes


def _lower(raw: str) -> str:
    """Return what makes Pillow, which keeps the upper of two bytes, keep the lower one."""
    head, _, order = raw.rpartition(";16")
    if head not in ("RGB", "RGBX", "RGBA") or not order:
        return ""
    native = "L" if sys.byteorder == "little" else "B"
    return f"{head};16{'B' if order.replace('N', native) == 'L' else 'L'}"
