"""Animated pictures: frames laid over each other, as a player shows them."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from PIL import Image

from cnnstudio.datasets.decoding import Refusal, TooSlow, Watch

Box = tuple[int, int, int, int]  # left, top, right, bottom
STAYS, CLEARED, UNDONE = 0, 1, 2  # what becomes of a frame before the next one comes


@dataclass(frozen=True)
class Layer:
    """One frame: where it lies, how it is laid there, and what becomes of it.

    Attributes:
        decode: makes the picture of this frame, and tells what is broken about it
        over: whether it is blended over what is there, instead of replacing it
    """

    box: Box
    decode: Callable[[], tuple[Image.Image, str]]
    over: bool
    after: int = STAYS


def compose(
    size: tuple[int, int], layers: Sequence[Layer], wanted: int, watch: Watch
) -> tuple[Image.Image, str]:
    """Lay the frames over each other up to the one wanted; begin where nothing before is seen.

    Returns:
        the picture as RGBA, and what is broken about its last frame
    """
    canvas = Image.new("RGBA", size)
    begin = max(each for each in range(wanted + 1) if _fresh(size, layers, each, wanted))
    try:
        for layer in layers[begin:wanted]:
            watch.look()
            before = canvas.crop(layer.box) if layer.after == UNDONE else None
            with suppress(OSError, SyntaxError, ValueError):  # a broken frame is left out
                _lay(canvas, layer, layer.decode()[0])
            if layer.after == CLEARED:
                canvas.paste((0, 0, 0, 0), layer.box)
            elif before:
                canvas.paste(before, layer.box[:2])
    except TooSlow:
        there = f"frame {wanted + 1} of {len(layers)}"
        raise Refusal(f"takes too long to play up to {there}; choose one before it") from None
    watch.rest()
    last = layers[wanted]
    image, broken = last.decode()
    if last.box == (0, 0, *size) and (begin == wanted or not last.over):
        return image, broken
    _lay(canvas, last, image)
    return canvas, broken


def _fresh(size: tuple[int, int], layers: Sequence[Layer], at: int, wanted: int) -> bool:
    """Tell whether frame `at` may be the first one to be laid down."""
    whole = (0, 0, *size)
    if at == 0:
        return True
    before = layers[at - 1]
    if before.after == CLEARED and before.box == whole:
        return True
    here = layers[at]
    return here.box == whole and not here.over and (at == wanted or here.after != UNDONE)


def _lay(canvas: Image.Image, layer: Layer, image: Image.Image) -> None:
    """Put one frame where it belongs; what lies outside the picture is not seen."""
    whole = image.mode in ("P", "L")  # each pixel is seen or not
    image = image.convert("RGBA")
    if layer.over and not whole:
        image = Image.alpha_composite(canvas.crop(layer.box), image)
    canvas.paste(image, layer.box[:2], image if layer.over and whole else None)
