"""Draw the sample pictures: python -m cnnstudio.lab.draw_samples [FOLDER] [--only NAME ...]."""

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
from cnnstudio.lab.drawing.lake.picture import lake
from cnnstudio.lab.drawing.lettering import text
from cnnstudio.lab.drawing.market.picture import market
from cnnstudio.lab.drawing.mouse import mouse
from cnnstudio.lab.drawing.parrot import parrot
from cnnstudio.lab.drawing.patterns import checkerboard, one_pixel, ramp, steps, zone_plate
from cnnstudio.lab.drawing.png import write_png
from cnnstudio.lab.drawing.shapes import shapes
from cnnstudio.lab.drawing.street import street

Drawing = Callable[[], NDArray[np.uint8]]

DRAWINGS: dict[str, Drawing] = {
    drawing.__name__: drawing
    for drawing in (
        mouse,
        parrot,
        market,
        lake,
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


def draw_samples(folder: Path, names: Sequence[str] = ()) -> list[Path]:
    """Draw samples into `folder`, all if none is named, and return the files written.

    A drawing of one plane becomes a gray picture, one of three a colour picture. What it is called
    and what to try with it stands in a JSON file of the same name, which is written by hand.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name in names or DRAWINGS:
        pixels = DRAWINGS[name]()
        files.append(folder / f"{name}.png")
        if pixels.ndim == 3:
            write_png(files[-1], pixels)
        else:
            Image.fromarray(pixels).save(files[-1], optimize=True)
    return files


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and draw."""
    parser = argparse.ArgumentParser(
        prog="python -m cnnstudio.lab.draw_samples", description=__doc__
    )
    parser.add_argument("folder", nargs="?", type=Path, default=resources.ROOT / "images")
    parser.add_argument(
        "--only", nargs="+", choices=DRAWINGS, default=(), metavar="NAME", help="draw just these"
    )
    asked = parser.parse_args(arguments)
    draw_samples(asked.folder, asked.only)


if __name__ == "__main__":
    main()
