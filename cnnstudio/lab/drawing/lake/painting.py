"""The painting as far as it has got: its light, how far away it is, and where it still is open."""

from dataclasses import dataclass

import numpy as np

from cnnstudio.lab.drawing.canvas import Grays

Tones = tuple[Grays, Grays, Grays]


@dataclass(frozen=True, eq=False)
class Layer:
    """Something to lay over a painting: some rows of it.

    Attributes:
        light: (3, h, w), already weakened where little is covered.
        cover: how much of each pixel is covered.
        away: how far away what is seen there is.
        top: the first row.
    """

    light: Grays
    cover: Grays
    away: Grays
    top: int = 0


class Painting:
    """Some rows of a picture.

    Attributes:
        light: (3, h, w).
        away: (h, w), infinite where nothing but the first ground is seen.
        open: how much of each pixel still shows the first ground.
    """

    def __init__(self, ground: Grays) -> None:
        self.light = ground
        self.away: Grays = np.full(ground.shape[1:], np.inf, np.float32)
        self.open: Grays = np.ones(ground.shape[1:], np.float32)

    def lay(self, layer: Layer, slack: float = 0.0) -> None:
        """Lay something over it, except where what is there is nearer by more than `slack`."""
        rows = slice(layer.top, layer.top + len(layer.cover))
        shows = layer.away <= self.away[rows] + slack
        clear = 1 - layer.cover * shows
        self.light[:, rows] *= clear
        self.light[:, rows] += layer.light * shows
        self.open[rows] *= clear
        np.copyto(self.away[rows], layer.away, where=shows & (layer.cover > 0.5))

    def stick(self, planes: Grays, foot: tuple[float, float], away: float, tones: Tones) -> None:
        """Stick on a small flat thing whose foot is at a column and a row.

        Args:
            planes: how much sun, how much sky it takes, and where it is.
            foot: the middle of its lower edge.
            away: how far it is.
            tones: colours in the sun, in the light of the sky, and what the air adds.
        """
        _, tall, wide = planes.shape
        left, top = round(foot[0] - wide / 2), round(foot[1]) - tall + 1
        rows, columns = self.away.shape
        x = slice(max(0, -left), min(wide, columns - left))
        y = slice(max(0, -top), min(tall, rows - top))
        if x.start >= x.stop or y.start >= y.stop:
            return
        box = slice(top + y.start, top + y.stop), slice(left + x.start, left + x.stop)
        there = self.away[box]
        shows = there > 0.985 * away - 2
        if not shows.any():
            return
        sun, sky, leaf = planes[:, y, x] * shows
        clear = 1 - leaf
        self.open[box] *= clear
        under = self.light[:, box[0], box[1]]
        under *= clear
        for number, (bright, dim, air) in enumerate(zip(*tones, strict=True)):
            under[number] += sun * bright + sky * dim + leaf * air
        np.copyto(there, away, where=leaf > 0.5)
