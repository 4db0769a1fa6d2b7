"""Digits as a hand writes them: a soft pen that presses harder here and lighter there."""

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import Canvas, Points, blurred, curve


def _written(*strokes: Points) -> NDArray[np.uint8]:
    """Write strokes of (x, y, pressure) white on black in 28x28 pixels, with soft edges."""
    sheet = Canvas(28, 28, fine=8)
    for stroke in strokes:
        sheet.fill(sheet.stroke(curve(stroke)), 255)
    sheet.pixels = blurred(sheet.pixels, 0.42 * sheet.fine)
    pixels = np.clip(sheet.pixels * 1.06, 0, 255)
    sheet.pixels = np.where(pixels < 3, 0, pixels)
    return sheet.picture()


def digit_three() -> NDArray[np.uint8]:
    """Write a 3 in one stroke, two bows to the right."""
    return _written([
        (8.0, 7.6, 1.7), (10.2, 5.6, 2.3), (13.8, 4.7, 2.7), (17.4, 5.7, 3.0), (18.4, 8.3, 3.1),
        (16.2, 11.3, 2.7), (12.6, 13.3, 2.0), (13.2, 13.4, 2.0), (17.0, 14.2, 2.6),
        (19.4, 17.0, 3.1), (18.6, 20.6, 3.2), (15.0, 23.2, 2.9), (10.8, 23.4, 2.4),
        (7.6, 21.4, 1.6),
    ])  # fmt: skip


def digit_seven() -> NDArray[np.uint8]:
    """Write a 7 in one stroke with a little hook at the start."""
    return _written([
        (7.4, 8.6, 1.5), (7.9, 6.6, 2.2), (11, 6.3, 2.6), (15.6, 6.1, 2.6), (19.6, 5.5, 2.6),
        (20.2, 6.6, 2.6), (17.8, 10.4, 2.5), (15.4, 14.4, 2.8), (13.6, 18.6, 3.1),
        (12.6, 23.2, 2.4),
    ])  # fmt: skip


def digit_eight() -> NDArray[np.uint8]:
    """Write an 8 in one stroke that crosses itself in the middle."""
    return _written([
        (18.6, 7.4, 1.9), (16.2, 4.9, 2.2), (12.8, 5.0, 2.6), (10.2, 7.6, 2.9), (11.4, 10.8, 3.0),
        (14.8, 13.4, 2.8), (17.6, 16.8, 2.9), (17.6, 20.8, 3.0), (14.2, 23.4, 2.8),
        (10.4, 22.2, 2.5), (9.6, 18.8, 2.2), (12.2, 15.2, 2.2), (16.0, 12.2, 2.3), (18.7, 9.2, 2.2),
        (18.4, 7.0, 1.9),
    ])  # fmt: skip
