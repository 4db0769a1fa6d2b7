"""Read a picture file into gray pixels, or say in one sentence why it cannot be shown.

Nothing here trusts a file: its format is judged by its first bytes, its size is asked before a
pixel is decoded, and whatever goes wrong becomes an `UnusablePicture`.
"""

import io
import math
import re
import stat
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp")
MAX_BYTES = 64 * 2**20
MAX_PIXELS = 50_000_000
MAX_SIDE = 65_535

_ON_WHITE = "transparent parts shown on white"
_OPENS = "CNN Studio opens PNG, JPEG, BMP, GIF and WebP"
_CHUNK = 2**20  # bytes read, or pixels made gray, between two looks at `cancelled`
_DECODING = threading.Lock()  # one at a time: bounds the memory, and filters of warnings are global


class UnusablePicture(ValueError):  # noqa: N818 - it is the file that is wrong
    """A file that cannot be shown; says why in one sentence with its name."""


class Cancelled(Exception):  # noqa: N818 - nothing went wrong
    """Nobody wants this picture any more."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture made gray, and what was done to it on the way."""

    name: str  # of the file, fit for being shown
    pixels: NDArray[np.uint8]  # (1, H, W), 0 black to 255 white, read-only
    note: str = ""  # what a user must know of, such as "colour made gray"

    def __post_init__(self) -> None:
        self.pixels.setflags(write=False)


def read_picture(
    source: Path | bytes, name: str = "", cancelled: Callable[[], bool] = lambda: False
) -> Picture:
    """Read a picture, from a file or from the bytes of one, and make it gray.

    Raises:
        UnusablePicture: if the file is none that can be shown.
        Cancelled: soon after `cancelled`, which is asked again and again, said yes.
    """
    if isinstance(source, Path):
        name = _shown(name or source.name or str(source))
        source = _read_file(source, name, cancelled)
    else:
        name = _shown(name or "the pasted picture")
    _check_bytes(len(source), name)
    kind, plugin = _recognise(source[:32], name)
    file = _Watched(source, cancelled)
    del source  # nobody else needs to hold up to 64 MB
    try:
        with _undisturbed(cancelled):
            return _decode(plugin, file, name)
    except (UnusablePicture, Cancelled):
        raise
    except Exception as error:  # Pillow raises nearly everything
        reason = _reason(error)
    # Raised out here, the sentence does not keep the half-decoded pixels alive.
    raise UnusablePicture(f"{name} is a {kind} picture that cannot be read: {reason}")


def thumbnail(pixels: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """Average a picture down until its longer side is `side` pixels: (1, H, W) -> (h, w).

    A picture that is small already keeps its size.
    """
    if side < 1:
        raise ValueError(f"A thumbnail of {side} pixels has nothing to show")
    height, width = pixels.shape[-2:]
    scale = min(1.0, side / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = Image.fromarray(pixels.reshape(height, width)).resize(size, Image.Resampling.BOX)
    return np.array(small, dtype=np.uint8)


class _WebPFile(WebPImageFile):
    """A WebP picture that lets go of the file, and of its decoder's 8 bytes a pixel, in time."""

    def _open(self) -> None:
        super()._open()
        if self.fp:
            self.fp.close()  # the decoder holds a copy

    def load_prepare(self) -> None:
        self.__dict__.pop("_decoder", None)
        super().load_prepare()


class _Watched(io.BytesIO):
    """The bytes of a file, which ask before each read whether they are still wanted."""

    def __init__(self, data: bytes, cancelled: Callable[[], bool]) -> None:
        super().__init__(data)
        self.cancelled = cancelled
        self.deadline = math.inf

    def read(self, size: int | None = -1, /) -> bytes:
        if self.cancelled():
            raise Cancelled
        if time.monotonic() > self.deadline:
            raise TimeoutError
        return super().read(size)


# Pillow's reader of one format is called directly: no other gets to see the file.
_FORMATS: tuple[tuple[bytes, str, type[ImageFile]], ...] = (
    (rb"\x89PNG\r\n\x1a\n", "PNG", PngImageFile),
    (rb"\xff\xd8\xff", "JPEG", JpegImageFile),
    (rb"GIF8[79]a", "GIF", GifImageFile),
    (rb"BM", "BMP", BmpImageFile),
    (rb"RIFF....WEBP", "WebP", _WebPFile),
)
_OTHERS = (
    (rb"II[*+]\0|MM\0[*+]", "a TIFF picture"),
    (rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51", "a JPEG 2000 picture"),
    (rb"....ftyp(avi|hei|hev|mif|msf)", "an AVIF or HEIC picture"),
    (rb"%PDF|%!PS", "a PDF or PostScript document"),
    (rb"\s*<(svg|\?xml)", "an SVG drawing or another XML document"),
)
# What undoes an EXIF orientation: t exchanges rows and columns, then x and y mirror.
_TURNS = {2: "x", 3: "xy", 4: "y", 5: "t", 6: "tx", 7: "txy", 8: "ty"}


def _read_file(path: Path, name: str, cancelled: Callable[[], bool]) -> bytes:
    """Read a whole file, but no more than what can be opened."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for ever
            what = "folder" if stat.S_ISDIR(status.st_mode) else "device or a pipe"
            raise UnusablePicture(f"{name} is a {what}, not a picture")
        _check_bytes(status.st_size, name)
        data = bytearray()
        with path.open("rb") as file:
            while not cancelled():
                data += (chunk := file.read(_CHUNK))
                if not chunk or len(data) > MAX_BYTES:
                    return bytes(data)
    except UnusablePicture:
        raise
    except (OSError, ValueError) as error:
        told = str(getattr(error, "strerror", None) or error)
        raise UnusablePicture(f"{name} cannot be read: {told.lower()}") from None
    raise Cancelled


def _check_bytes(count: int, name: str) -> None:
    """Refuse a file above 64 MB."""
    if count > MAX_BYTES:
        size = f"{name} has {math.ceil(count / 2**20 * 10) / 10:g} MB"
        raise UnusablePicture(f"{size}; at most {MAX_BYTES // 2**20} can be opened")


def _check_pixels(width: int, height: int, name: str) -> None:
    """Refuse a picture above 50 megapixels, and one so long that its rows alone fill the memory."""
    if width * height > MAX_PIXELS:
        most = f"{MAX_PIXELS // 1_000_000}"
    elif max(width, height) > MAX_SIDE:
        most = "65 535 pixels on a side"
    else:
        return
    millions = math.ceil(width * height / 100_000) / 10
    size = f"{width:,} x {height:,} = {millions:,.1f}".replace(",", " ").removesuffix(".0")
    raise UnusablePicture(f"{name} has {size} megapixels; at most {most} can be opened")


def _recognise(head: bytes, name: str) -> tuple[str, type[ImageFile]]:
    """Tell the format of a file from its first bytes."""
    if not head:
        raise UnusablePicture(f"{name} is empty")
    for signature, kind, plugin in _FORMATS:
        if re.match(signature, head, re.DOTALL):
            return kind, plugin
    others = (what for signature, what in _OTHERS if re.match(signature, head, re.DOTALL))
    raise UnusablePicture(f"{name} is {next(others, 'no picture of a known format')}; {_OPENS}")


@contextmanager
def _undisturbed(cancelled: Callable[[], bool]) -> Iterator[None]:
    """Wait for one's turn to decode, then keep Pillow's warnings from everybody."""
    while not _DECODING.acquire(timeout=0.02):
        if cancelled():
            raise Cancelled
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module=r"PIL\.")
            yield
    finally:
        _DECODING.release()


def _decode(plugin: type[ImageFile], file: _Watched, name: str) -> Picture:
    """Open, check, load, make gray and turn; the order matters, and nothing is done twice."""
    image = plugin(file)
    _check_pixels(*image.size, name)
    deep = any(str(tile[3]).endswith("16B") for tile in image.tile)
    image.load()
    gray, notes = _gray(image, file.cancelled)
    if deep:
        notes.insert(0, "16 bits scaled to 8")
    if turn := _TURNS.get(_asked(lambda: image.getexif()[ExifTags.Base.Orientation], 1)):
        gray = gray.T if "t" in turn else gray
        gray = gray[:: -1 if "y" in turn else 1, :: -1 if "x" in turn else 1]
        notes.insert(0, "turned as its EXIF orientation says")
    file.deadline = time.monotonic() + 0.5  # a small file can hold millions of frames
    frames = _asked(lambda: getattr(image, "n_frames", 1), 0)
    if frames != 1:
        notes.insert(0, f"first of {frames} frames" if frames else "first frame only")
    return Picture(name, np.ascontiguousarray(gray[np.newaxis]), ", ".join(notes))


def _gray(image: Image.Image, cancelled: Callable[[], bool]) -> tuple[NDArray[np.uint8], list[str]]:
    """Make a loaded image gray some rows at a time, and list what that changed."""
    width, height = image.size
    gray = np.empty((height, width), np.uint8)
    notes: set[str] = set()
    for top in range(0, height, _CHUNK // width):
        if cancelled():
            raise Cancelled
        below = min(top + _CHUNK // width, height)
        gray[top:below], done = _gray_rows(image.crop((0, top, width, below)))
        notes |= done
    return gray, sorted(notes, reverse=True)


def _gray_rows(part: Image.Image) -> tuple[NDArray[np.uint32], set[str]]:
    """Make a few rows gray: round(.299 R + .587 G + .114 B), a half goes up, over white.

    Whole numbers throughout, rounded once: 299 + 587 + 114 = 1000 keeps gray pixels as they are.
    """
    if part.mode.startswith("I;16"):
        deep = np.asarray(part).astype(np.uint32)
        clear = deep == part.info.get("transparency", -1)
        return np.where(clear, 255, (deep + 128) // 257), {_ON_WHITE} if clear.any() else set()
    if part.mode in ("1", "L") and not part.has_transparency_data:
        return np.asarray(part.convert("L")).astype(np.uint32), set()
    mode = "RGBA" if part.has_transparency_data else "RGB"
    red, green, blue, *alpha = np.moveaxis(np.asarray(part.convert(mode)), -1, 0).astype(np.uint32)
    notes = {"colour made gray"} if ((red != green) | (green != blue)).any() else set()
    thousandfold = 299 * red + 587 * green + 114 * blue
    if not alpha or (alpha[0] == 255).all():
        return (thousandfold + 500) // 1000, notes
    over_white = thousandfold * alpha[0] + 255_000 * (255 - alpha[0])
    return (over_white + 127_500) // 255_000, notes | {_ON_WHITE}


def _asked(question: Callable[[], int], otherwise: int) -> int:
    """Ask a loaded file something whose answer may be broken without harm."""
    try:
        return int(question())
    except Cancelled:
        raise
    except Exception:
        return otherwise


def _reason(error: Exception) -> str:
    """Say in a few words what went wrong; what is no message for people is not repeated."""
    if isinstance(error, MemoryError):
        return "it needs more memory than there is"
    told = str(error)
    if bomb := re.match(r"Image size \((\d+) pixels\)", told):
        return f"it has {int(bomb[1]) // 1_000_000} megapixels of at most {MAX_PIXELS // 1_000_000}"
    if "truncated" in told.lower():
        return "the file ends too early"
    if isinstance(error, OSError | SyntaxError | ValueError) and 0 < len(told) < 120:
        return f'Pillow says "{_shown(told)}"'
    return "its data make no sense"


def _shown(text: str) -> str:
    """Replace what cannot be shown in one line, such as a line break in a file's name."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
