"""Small pictures of the files opened of late."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtGui import QImage

from cnnstudio.gui.settings import user_folder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SIDE = 40


def thumbnail_file(path: Path) -> Path:
    """Return where the small picture of a file is kept."""
    from hashlib import md5  # noqa: PLC0415  not needed at start-up

    name = os.fsencode(path.absolute())  # not every name is text
    return user_folder() / "thumbnails" / f"{md5(name).hexdigest()}.png"


def keep_thumbnail(pixels: NDArray[np.uint8], path: Path) -> None:
    """Keep a small picture of a file, if the disk lets it; may be called on any thread."""
    from cnnstudio.datasets.picture_file import thumbnail  # noqa: PLC0415

    small = thumbnail(pixels, _SIDE)
    height, width = small.shape[:2]
    data, kinds = small.tobytes(), QImage.Format
    kind = kinds.Format_RGB888 if small.ndim == 3 else kinds.Format_Grayscale8
    file = thumbnail_file(path)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        QImage(data, width, height, len(data) // height, kind).save(str(file))
