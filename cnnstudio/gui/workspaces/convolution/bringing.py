"""What putting a picture on the bench changes, and what it is called in the Undo menu."""

from typing import Any

from cnnstudio.gui.workspaces.convolution.source_row import BACKGROUNDS, word
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image, Pixels

Change = tuple[str, dict[str, Any]]


def opened(bench: ConvolutionBench, image: Image) -> Change:
    """Put a new picture on the bench, as it is."""
    plain = {"fit": None, "square": False, "invert": False}
    return f"Open {image.name}", {**bench.with_source(image, gray=False), **plain}


def reread(bench: ConvolutionBench, image: Image) -> Change:
    """Put the same picture on the bench, read another way."""
    before, after = bench.source.origin, image.origin
    text = f"Open {image.name}"
    if before and after and before.frame != after.frame:
        text = f"{word(after).capitalize()} {after.frame + 1} of {after.frames}"
    elif before and after and before.background != after.background:
        key = f"#{bytes(after.background).hex()}"
        text = f"Background {BACKGROUNDS.get(key, key)}"
    return text, bench.with_source(image, bench.gray)


def held(image: Image) -> list[Pixels | bytes]:
    """Return what a picture keeps in memory: its pixels, and its file if that was not on a disk."""
    origin = image.origin
    file = [origin.source] if origin and isinstance(origin.source, bytes) else []
    return [image.pixels, *file]
