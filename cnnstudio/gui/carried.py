"""What a drop or the clipboard carries: files, a picture itself, or only its address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QMimeData, QUrl
from PyQt6.QtGui import QImage

from cnnstudio.gui.lossless import encoded
from cnnstudio.gui.reading import Encoded

if TYPE_CHECKING:
    from cnnstudio.gui.reading import Source

# A picture is offered in several formats; those that keep every pixel come first, and what was
# made of a few colours, or of small blocks, comes last.
_OFFERED = (
    "image/png",
    'application/x-qt-windows-mime;value="PNG"',
    "image/tiff",
    "image/bmp",
    "image/x-bmp",
    "image/webp",
    "image/x-portable-pixmap",
    "image/x-portable-graymap",
    "image/gif",
    "image/jpeg",
    'application/x-qt-windows-mime;value="JFIF"',
    "image/x-icon",
    "image/vnd.microsoft.icon",
)
_BEGINNINGS = re.compile(
    rb"\x89PNG|II[*+]\0|MM\0[*+]|BM|RIFF....WEBP|P[1-7]\s|GIF8|\xff\xd8\xff|\x00\x00\x01\x00",
    re.DOTALL,
)
_IN_A_PAGE = re.compile(rb"""<img\b[^<>]{0,2000}?\bsrc\s*=\s*(["']?)(?=data:image/)""", re.I)
_NO_ADDRESS = re.compile(rb"[\s>]")
_DATA = re.compile(r"data:image/[\w.+-]+(;[^,;]*)*,", re.I)
_ADDRESS = re.compile(r"(?!file:|data:)[a-z][a-z0-9+.-]+://\S+", re.I)
_WEB = ("http", "https", "ftp")
_LONGEST = 48  # letters of an address that are shown
_PIECE = 1 << 18  # letters decoded at a time, so that the window can go on


@dataclass(frozen=True)
class Carried:
    """What came; at most one of the first three says something.

    Attributes:
        files: on this computer
        picture: bytes, or what makes them on the reading thread
        address: of a picture that did not come with it
        name: what the picture is called where it came from
    """

    files: tuple[Path, ...] = ()
    picture: Source | None = None
    address: str = ""
    name: str = ""


def may_carry(data: QMimeData) -> bool:
    """Whether it is worth a look; asked while something is dragged, so nothing is decoded."""
    if data.hasUrls() or data.hasImage() or _formats(data):
        return True
    return bool(_address(data) or _inline(data))


def carried(data: QMimeData) -> Carried:
    """Tell what was dropped or pasted."""
    files = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    if files:
        return Carried(files)
    address = _address(data)
    name = _name(address)
    for kind in _formats(data):
        found = data.data(kind).data()
        if _BEGINNINGS.match(found):
            return Carried(picture=found, name=name)
    if inline := _inline(data):
        return Carried(picture=partial(_decoded, inline), name=name)
    image = data.imageData() if data.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return Carried(picture=partial(encoded, image), name=name)
    return Carried(address=address)


def nothing_fetched(address: str) -> str:
    """Say why an address alone brings no picture."""
    what = "web" if QUrl(address).scheme().lower() in _WEB else "network"
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in address)
    if len(shown) > _LONGEST:
        shown = f"{shown[: _LONGEST // 2]}…{shown[-_LONGEST // 2 :]}"
    return (
        f"{shown} is a {what} address; CNN Studio fetches nothing from the network. "
        "Save the picture and open the file, or copy the picture itself."
    )


def _formats(data: QMimeData) -> list[str]:
    """List the formats an encoded picture is offered in, the best first."""
    offered = set(data.formats())
    return [kind for kind in _OFFERED if kind in offered]


def _address(data: QMimeData) -> str:
    """Return the address of something that is not on this computer, if there is one."""
    far = (url.toString() for url in data.urls() if not url.isLocalFile())
    words = data.text().strip() if data.hasText() else ""
    told = [*far, *words.split("\n")[:1]]
    return next((each for each in told if _ADDRESS.fullmatch(each.strip())), "").strip()


def _inline(data: QMimeData) -> str:
    """Return a picture that is written out in an address or in a piece of a web page."""
    for url in data.urls():
        if url.scheme() == "data":
            return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
    words = data.text().lstrip() if data.hasText() else ""
    if _DATA.match(words):
        return words
    page = data.data("text/html").data() if data.hasHtml() else b""
    if b"\0" in page[:99]:  # in UTF-16
        page = data.html().encode()
    found = _IN_A_PAGE.search(page)
    if not found:
        return ""
    begin, end = found.end(), -1
    if found[1]:
        end = page.find(found[1], begin)
    elif beyond := _NO_ADDRESS.search(page, begin):
        end = beyond.start()
    return page[begin : end if end >= 0 else None].decode("latin-1")


def _decoded(address: str) -> Encoded:
    """Return the bytes written out in a data: address.

    Raises:
        ValueError: if they make no sense.
    """
    from base64 import b64decode  # noqa: PLC0415  not needed at start-up
    from urllib.parse import unquote_to_bytes  # noqa: PLC0415

    head, _, body = address.partition(",")
    written = unquote_to_bytes(body)
    if ";base64" not in head.lower():
        return Encoded(written)
    file, left = BytesIO(), b""
    try:
        for at in range(0, len(written), _PIECE):
            letters = left + written[at : at + _PIECE].translate(None, b" \t\r\n=")
            left = letters[len(letters) // 4 * 4 :]
            file.write(b64decode(letters[: len(letters) // 4 * 4], validate=True))
        file.write(b64decode(left + b"=" * (-len(left) % 4), validate=True))
    except ValueError:
        raise ValueError("The picture in this data: address is damaged") from None
    return Encoded(file.getvalue())


def _name(address: str) -> str:
    """Return the name of the file an address leads to, if it looks like one."""
    name = QUrl(address).fileName() if address else ""
    return name if re.fullmatch(r"[^\x00-\x1f]{1,60}\.\w{2,5}", name) else ""
