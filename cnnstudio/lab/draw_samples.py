"""Draw the sample pictures: python -m cnnstudio.lab.draw_samples [FOLDER]."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cnnstudio import resources
from cnnstudio.lab.drawing.apple import apple, noise_dots
from cnnstudio.lab.drawing.boat import boat
from cnnstudio.lab.drawing.cat import cat
from cnnstudio.lab.drawing.digits import digit_eight, digit_seven, digit_three
from cnnstudio.lab.drawing.flower import flower
from cnnstudio.lab.drawing.lettering import text
from cnnstudio.lab.drawing.mouse import mouse
from cnnstudio.lab.drawing.patterns import checkerboard, one_pixel, ramp, steps, zone_plate
from cnnstudio.lab.drawing.shapes import shapes
from cnnstudio.lab.drawing.street import street

Drawing = Callable[[], NDArray[np.uint8]]

DRAWINGS: dict[str, Drawing] = {
    drawing.__name__: drawing
    for drawing in (
        mouse,
        digit_three,
        digit_seven,
        digit_eight,
        boat,
        cat,
        street,
        flower,
        text,
        shapes,
        checkerboard,
        steps,
        ramp,
        zone_plate,
        one_pixel,
        apple,
        noise_dots,
    )
}


def draw_samples(folder: Path) -> list[Path]:
    """Draw every sample into `folder`, and return the files written.

    What a picture is called and what to try with it stands in a JSON file of the same name,
    which is written by hand.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{name}.png" for name in DRAWINGS]
    for file, drawing in zip(files, DRAWINGS.values(), strict=True):
        Image.fromarray(drawing()).save(file, optimize=True)
    return files


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and draw."""
    parser = argparse.ArgumentParser(
        prog="python -m cnnstudio.lab.draw_samples", description=__doc__
    )
    parser.add_argument("folder", nargs="?", type=Path, default=resources.ROOT / "images")
    draw_samples(parser.parse_args(arguments).folder)


if __name__ == "__main__":
    main()
