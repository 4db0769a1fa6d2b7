"""Looking at things: which of them is the first in each pixel, and how far away."""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.space.camera import Box, Eye, Parallel
from cnnstudio.lab.drawing.space.shapes import Numbers
from cnnstudio.lab.drawing.space.things import Thing

_CORNERS = np.array(list(product((-1, 1), repeat=3)), np.float32).T


def seen(things: Sequence[Thing], camera: Eye | Parallel) -> tuple[Numbers, NDArray[np.int32]]:
    """Return how far away the first thing is in each pixel, and its number; -1 for none."""
    height, width = camera.rays.shape
    depth = np.full((height, width), np.inf, np.float32)
    which = np.full((height, width), -1, np.int32)
    for number, box in _boxes(things, camera):
        away = things[number].meet(camera.rays, box)
        nearer = away < depth[box]
        np.copyto(depth[box], away, where=nearer)
        np.copyto(which[box], number, where=nearer)
    return depth, which


def _boxes(things: Sequence[Thing], camera: Eye | Parallel) -> Iterator[tuple[int, Box]]:
    """Say in which rows and columns each thing may be seen, if anywhere."""
    frames = np.stack([thing.frame for thing in things], 1)  # (3, n, 3)
    corners = frames @ _CORNERS + np.stack([thing.at for thing in things], 1)[:, :, None]
    column, row, away = camera.project(corners)
    height, width = camera.rays.shape
    edges = np.stack([row.min(1), row.max(1) + 2.2, column.min(1), column.max(1) + 2.2]) - 0.6
    around = away.min(1) < 0.05  # partly behind us: it may be anywhere
    edges[:, around] = np.array([[0], [height], [0], [width]])
    edges = np.clip(edges, 0, np.array([[height], [height], [width], [width]]))
    for number, (top, bottom, left, right) in enumerate(edges.astype(int).T.tolist()):
        if top < bottom and left < right:
            yield number, (slice(top, bottom), slice(left, right))
