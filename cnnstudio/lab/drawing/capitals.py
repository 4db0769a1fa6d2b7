"""Block capitals and figures, as a sign painter's brush runs through them."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from cnnstudio.lab.drawing.canvas import Grays

# Each letter is 4 wide and 6 tall; a stroke is a row of points, column and row as two figures.
_STROKES = {
    "A": "06 20 46,14 34", "B": "06 00 20 31 32 23 03,23 34 35 26 06",
    "C": "41 30 10 01 05 16 36 45", "D": "06 00 20 42 44 26 06", "E": "40 00 06 46,03 33",
    "F": "40 00 06,03 33", "G": "41 30 10 01 05 16 36 45 43 23", "H": "00 06,40 46,03 43",
    "I": "20 26", "J": "40 45 36 16 05", "K": "00 06,40 03 46", "L": "00 06 46",
    "M": "06 00 24 40 46", "N": "06 00 46 40", "O": "10 30 41 45 36 16 05 01 10",
    "P": "06 00 30 41 42 33 03", "Q": "10 30 41 45 36 16 05 01 10,24 46",
    "R": "06 00 30 41 42 33 03,23 46", "S": "41 30 10 01 02 13 33 44 45 36 16 05",
    "T": "00 40,20 26", "U": "00 05 16 36 45 40", "V": "00 26 40", "W": "00 16 22 36 40",
    "X": "00 46,40 06", "Y": "00 23 40,23 26", "Z": "00 40 06 46",
    "0": "10 30 41 45 36 16 05 01 10", "1": "01 20 26", "2": "01 10 30 41 42 06 46",
    "3": "00 40 23 33 44 45 36 16 05", "4": "36 30 04 44", "5": "40 00 03 33 44 45 36 06",
    "6": "30 02 05 16 36 45 44 33 13 04", "7": "00 40 16",
    "8": "13 02 01 10 30 41 42 33 13 04 05 16 36 45 44 33",
    "9": "42 33 13 02 01 10 30 41 44 26", ".": "26 26", " ": "",
}  # fmt: skip
_NARROW = {"I": 0.4, ".": 0.5, "1": 0.7, " ": 0.7}


def lettered(words: str, ratio: float, bold: float = 0.9, tall: int = 48) -> Grays:
    """Write words in the middle of a board `ratio` times as wide as it is high: 0 board, 1 paint.

    Args:
        words: capitals, figures, spaces.
        ratio: width of the board by its height.
        bold: how wide the brush is, in sixths of a letter's height.
        tall: how many pixels high the board is.
    """
    fine = 4
    height, width = tall * fine, round(tall * ratio) * fine
    steps = [5.6 * _NARROW.get(letter, 1.0) for letter in words]
    unit = min(height * 0.62 / 6, width * 0.92 / sum(steps))
    image = Image.new("L", (width, height))
    pen = ImageDraw.Draw(image)
    x, y = (width - (sum(steps) - 1.6) * unit) / 2, (height - 6 * unit) / 2
    for letter, step in zip(words, steps, strict=True):
        x -= 2 * unit * (1 - _NARROW.get(letter, 1.0))
        for stroke in filter(None, _STROKES[letter].split(",")):
            path = np.array([(int(p[0]), int(p[1])) for p in stroke.split()]) * unit + (x, y)
            _brush(pen, path, bold * unit / 2)
        x += 2 * unit * (1 - _NARROW.get(letter, 1.0)) + step * unit
    small = image.resize((width // fine, height // fine), Image.Resampling.BOX)
    return np.asarray(small, np.float32) / np.float32(255)


def _brush(pen: ImageDraw.ImageDraw, path: NDArray[np.float64], radius: float) -> None:
    for a, b in pairwise(path):
        pen.line([tuple(a), tuple(b)], fill=255, width=max(1, round(2 * radius)))
    for x, y in path.tolist():
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)


def looked_up(board: Grays, across: Grays, down: Grays) -> Grays:
    """Return what is on the board at places 0..1 across and down, smoothly."""
    height, width = board.shape
    u = np.clip(across * width - 0.5, 0, width - 1.001)
    v = np.clip(down * height - 0.5, 0, height - 1.001)
    column, row = u.astype(np.int32), v.astype(np.int32)
    s, t = u - column, v - row
    upper = board[row, column] * (1 - s) + board[row, column + 1] * s
    lower = board[row + 1, column] * (1 - s) + board[row + 1, column + 1] * s
    return np.asarray(upper * (1 - t) + lower * t)
