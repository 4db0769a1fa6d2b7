"""An image of Qt's, whatever its format, as the bytes of a file that keeps every pixel."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from typing import Any

from PyQt6.QtCore import QBuffer, QIODevice
from PyQt6.QtGui import QImage

from cnnstudio.gui.reading import Encoded

_KINDS = QImage.Format
_WITHOUT_ALPHA = {_KINDS.Format_RGB30, _KINDS.Format_BGR30}
_ROWS = 128  # handled at a time: Qt lets no other thread go on while it converts
_CHUNK = 1 << 20  # bytes likewise
_QUICK = 80  # PNG: packed a little


def encoded(image: QImage) -> Encoded:
    """Encode an image; its device pixel ratio, its resolution and its words do not count.

    Takes a while with large images, so it is called on the reading thread. One with more pixels
    than are kept is averaged down, as it would be if it came from a file.

    Raises:
        ValueError: if there is nothing in it.
    """
    from cnnstudio.datasets.limits import reduced, reduction  # noqa: PLC0415
    from cnnstudio.datasets.picture import MAX_KEPT  # noqa: PLC0415

    size = image.width(), image.height()
    if image.isNull():
        raise ValueError("The picture that was copied is empty")
    if size[0] * size[1] > MAX_KEPT:
        small = reduced(*size, MAX_KEPT)
        return Encoded(_averaged(image, *small), reduction(size, small))
    if image.format() == _KINDS.Format_Grayscale16:
        return Encoded(_png(_made(image, _KINDS.Format_Grayscale16)))
    seen = image.hasAlphaChannel()
    if image.pixelFormat().redSize() > 8:
        return Encoded(_png(_made(image, _KINDS.Format_RGBA64 if seen else _KINDS.Format_RGBX64)))
    if seen and not all(_opaque(rows) for _, rows in _bands(image, _KINDS.Format_RGBA8888)):
        return Encoded(_png(_made(image, _KINDS.Format_RGBA8888)))
    return Encoded(_ppm(image))


def _bands(image: QImage, kind: QImage.Format) -> Iterator[tuple[int, QImage]]:
    """Convert an image some rows at a time: the first row, and the image of these rows."""
    for top in range(0, image.height(), _ROWS):
        yield top, _rows(image, top, min(top + _ROWS, image.height()), kind)


def _rows(image: QImage, top: int, bottom: int, kind: QImage.Format) -> QImage:
    rows = image.copy(0, top, image.width(), bottom - top)
    if rows.format() in _WITHOUT_ALPHA:
        numbers = _numbers(rows, "uint32", change=True)
        numbers |= 3 << 30  # Qt heeds these two bits, which mean nothing
    return rows.convertToFormat(kind)


def _numbers(image: QImage, kind: str = "uint8", change: bool = False) -> Any:
    """Return the rows of an image as numbers, to be read, or changed in place."""
    import numpy as np  # noqa: PLC0415

    bits = image.bits() if change else image.constBits()
    assert bits is not None
    bits.setsize(image.sizeInBytes())
    buffer: Any = bits  # a buffer, which its stub does not know
    return np.frombuffer(buffer, np.dtype(kind)).reshape(image.height(), -1)


def _opaque(rows: QImage) -> bool:
    return bool((_numbers(rows)[:, 3::4] == 255).all())


def _made(image: QImage, kind: QImage.Format) -> QImage:
    """Convert an image; what comes out has pixels and nothing else."""
    made = QImage(image.width(), image.height(), kind)
    numbers = _numbers(made, change=True)
    for top, rows in _bands(image, kind):
        numbers[top : top + rows.height()] = _numbers(rows)
    return made


def _ppm(image: QImage) -> bytes:
    file = io.BytesIO()
    file.write(b"P6 %d %d 255\n" % (image.width(), image.height()))
    for _, rows in _bands(image, _KINDS.Format_RGB888):
        file.write(_numbers(rows)[:, : 3 * image.width()].tobytes())
    return file.getvalue()


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.ReadWrite)
    if not image.save(buffer, "PNG", _QUICK):
        raise ValueError("The picture that was copied cannot be used")
    buffer.seek(0)
    file = io.BytesIO()
    while chunk := buffer.read(_CHUNK):
        file.write(chunk)
    return file.getvalue()


def _averaged(image: QImage, width: int, height: int) -> bytes:
    """Average an image down some rows at a time, so that little memory is needed."""
    from PIL import Image as Pillow  # noqa: PLC0415

    seen = image.hasAlphaChannel()
    kind, raw = (_KINDS.Format_RGBA8888, "RGBA") if seen else (_KINDS.Format_RGBX8888, "RGBX")
    made = Pillow.new("RGBA" if seen else "RGB", (width, height))
    scale = image.height() / height
    for top in range(0, height, _ROWS):
        bottom = min(top + _ROWS, height)
        first, last = int(top * scale), min(image.height(), math.ceil(bottom * scale))
        rows = _rows(image, first, last, kind)
        size = rows.width(), rows.height()
        part = Pillow.frombuffer(made.mode, size, _numbers(rows), "raw", raw, 0, 1)
        box = (0, top * scale - first, size[0], min(bottom * scale - first, size[1]))
        band = part.resize((width, bottom - top), Pillow.Resampling.BOX, box)
        made.paste(band, (0, top))
    file = io.BytesIO()
    made.save(file, "PNG" if seen else "PPM", compress_level=1)
    return file.getvalue()
