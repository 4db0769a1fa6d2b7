"""The land as it is seen: found by marching, covered, lit, and veiled by the air."""

import numpy as np

from cnnstudio.lab.drawing.canvas import Grays, smoothstep
from cnnstudio.lab.drawing.lake.air import SUN, WARM, ambient, veiled
from cnnstudio.lab.drawing.lake.ground import colour, slopes
from cnnstudio.lab.drawing.lake.march import Standpoint, distances
from cnnstudio.lab.drawing.lake.painting import Layer
from cnnstudio.lab.drawing.lake.relief import HILLS, shore
from cnnstudio.lab.drawing.lake.shade import Shade
from cnnstudio.lab.drawing.light import over

_STRIP = 250  # columns at a time, so that the numbers stay near the processor
_FINE = 2
_MIST = np.array([[0.75], [0.78], [0.84]], np.float32)


def land(view: Standpoint, shade: Shade, rows: int) -> Layer:
    """Return the land in the upper rows of the picture."""
    planes = np.zeros((4, rows, view.width), np.float32)
    away = np.full((rows, view.width), np.inf, np.float32)
    for left in range(0, view.width, _STRIP):
        columns = slice(left, min(left + _STRIP, view.width))
        planes[:, :, columns], away[:, columns] = _strip(view, shade, columns, rows)
    return Layer(planes[:3], planes[3], away)


def _strip(view: Standpoint, shade: Shade, columns: slice, rows: int) -> tuple[Grays, Grays]:
    """Return light and cover (4, h, w) of some columns, and how far the land is.

    Where a pixel shows one even piece of land this is asked once, at an edge four times.
    """
    close, many = view.finer(_FINE), _FINE * _FINE
    found = distances(close, slice(columns.start * _FINE, columns.stop * _FINE), rows * _FINE)
    aside = view.aside(columns)
    blocks = found.reshape(rows, _FINE, len(aside), _FINE).transpose(0, 2, 1, 3)
    parts = blocks.reshape(rows, len(aside), many)
    near, far = parts.min(2), parts.max(2)
    aside = np.broadcast_to(aside, near.shape)
    inland = np.where(np.isfinite(near), near, 0)
    inland = np.abs(inland - shore(aside * inland))
    even = (far < 1.06 * near) & (inland > 12)
    planes = np.zeros((4, *near.shape), np.float32)
    middle = parts[even].mean(1)
    planes[:, even] = _seen(aside[even] * middle, middle, view.focus, shade)
    edges = parts[~even]
    within = ((np.arange(many) % _FINE + 0.5) / _FINE - 0.5) / view.focus
    gaze = aside[~even][:, None] + within.astype(np.float32)
    hit = np.isfinite(edges)
    seen = np.zeros((4, *edges.shape), np.float32)
    seen[:, hit] = _seen(gaze[hit] * edges[hit], edges[hit], close.focus, shade)
    planes[:, ~even] = seen.mean(2)
    return planes, np.where(planes[3] > 0.5, near, np.float32(np.inf))


def _seen(x: Grays, z: Grays, focus: float, shade: Shade) -> Grays:
    """Return the light that reaches us from places of the land, and 1 where they are not wet."""
    y, right, back = slopes(x, z, np.maximum(1.2 * z / np.float32(focus), np.float32(0.25)))
    steep = np.hypot(right, back)
    long = np.sqrt(1 + steep * steep)
    turn = (SUN[1] - SUN[0] * right - SUN[2] * back) / long
    sun = np.maximum(turn, 0) * shade.on_land(x, y, z)
    tone = colour((x, y, z), steep, turn) * (WARM[:, None] * sun + ambient(1 / long))
    mist = 0.6 * np.exp(-np.maximum(y, 0) / 70) * smoothstep(500, 2600, z)
    mist = mist * smoothstep(0.25, 0.75, HILLS.at(x / 700, y / 60, 3))
    seen = over(veiled(tone, z), _MIST, mist)
    return np.concatenate([seen, np.ones_like(seen[:1])]) * (y > 0)
