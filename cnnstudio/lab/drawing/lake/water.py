"""The lake: it mirrors what stands behind it, rippled by the wind, and shows its bed close by."""

import numpy as np

from cnnstudio.lab.drawing.canvas import Grays, smoothstep
from cnnstudio.lab.drawing.lake.air import SUN, WARM
from cnnstudio.lab.drawing.lake.march import Standpoint
from cnnstudio.lab.drawing.lake.painting import Painting
from cnnstudio.lab.drawing.lake.pebbles import bed
from cnnstudio.lab.drawing.light import light
from cnnstudio.lab.drawing.noise import Noise

_WAVES = Noise(np.random.default_rng(77))
_SIZES = ((7.0, 0.007), (2.6, 0.009), (1.0, 0.012), (0.42, 0.014), (0.17, 0.014))  # length, slope
_GAUSS = (-1.35, -0.65, -0.2, 0.2, 0.65, 1.35)
_MURK = np.array([1.5, 0.48, 0.62], np.float32).reshape(3, 1, 1)  # of light lost in a metre
_ROWS = 50  # at a time, so that the numbers stay near the processor


def mirrored(painting: Painting, view: Standpoint, more: int) -> Grays:
    """Return what a calm lake would show: from the row of the horizon down, `more` rows too many.

    What is at height y and distance z is seen at row - f (y - eye) / z, and its mirror image at
    row + f (y + eye) / z.
    """
    rows = np.arange(len(painting.away), dtype=np.float32)
    wanted = np.arange(int(view.row), view.height + more, dtype=np.float32)
    out = np.empty((3, len(wanted), view.width), np.float32)
    for column, away in enumerate(painting.away.T):
        image = 2 * view.row - rows + 2 * view.focus * view.eye / away
        edge = image[np.flatnonzero(np.isfinite(away))[-1]]
        below = edge + np.abs(wanted - edge)  # nothing is mirrored beyond the shore
        at = np.interp(below, np.maximum.accumulate(image[::-1]), rows[::-1])
        first = np.clip(at, 0, len(rows) - 2).astype(np.int32)
        share = (at - first).astype(np.float32)
        line = painting.light[:, :, column]
        out[:, :, column] = line[:, first] * (1 - share) + line[:, first + 1] * share
    return out


def water(mirror: Grays, view: Standpoint) -> Grays:
    """Return the light of the lake from the row of the horizon down to the lower border."""
    first = int(view.row)
    out = np.empty((3, view.height - first, view.width), np.float32)
    aside = view.aside(slice(0, view.width))
    for top in range(0, out.shape[1], _ROWS):
        rows = np.arange(top, min(top + _ROWS, out.shape[1]), dtype=np.float32)[:, None] + 0.5
        down = (rows + (first - view.row)) / view.focus
        out[:, top : top + _ROWS] = _surface(
            mirror, view, rows, (aside + 0 * down, down + 0 * aside)
        )
    return out


def _surface(mirror: Grays, view: Standpoint, rows: Grays, gaze: tuple[Grays, Grays]) -> Grays:
    """Return the light of some rows, seen in directions aside and down."""
    aside, down = gaze
    z = np.asarray(view.eye / down, np.float32)
    x = z * aside
    right, back, rest = _slopes(x, z, z * z / np.float32(view.eye * view.focus))
    tall, wide = mirror.shape[1:]
    shift = 2 * right * down * view.focus
    column = np.clip(np.arange(wide) + shift, 0, wide - 1).astype(np.int32)
    seen = np.zeros((3, *x.shape), np.float32)
    planes = mirror.reshape(3, -1)
    for pull in _GAUSS:
        row = np.clip(rows + 2 * view.focus * (back + np.float32(pull) * rest), 0, tall - 1.001)
        place = row.astype(np.int32) * wide + column
        share = row - np.floor(row)
        for number, plane in enumerate(planes):
            upper = plane.take(place)
            seen[number] += upper + share * (plane.take(place + wide) - upper)
    slant = np.clip(down / np.sqrt(1 + down * down) + 0.8 * back, 0.015, 1)
    mirrors = 0.02 + 0.98 * (1 - slant) ** 5
    return np.asarray(seen / len(_GAUSS) * mirrors + _depths(x, z, right, back) * (1 - mirrors))


def _slopes(x: Grays, z: Grays, blur: Grays) -> tuple[Grays, Grays, Grays]:
    """Return how the water slopes to the right and away, and the rest, too small to be seen."""
    gust = _WAVES.at(x / 46 + 3, z / 110 + 0.2 * x / 46, 4)
    wind = 0.22 + 1.5 * smoothstep(0.42, 0.66, gust)
    right, back, rest = (np.zeros_like(x) for _ in range(3))
    for number, (long, steep) in enumerate(_SIZES):
        seen = 1 / (1 + (2.2 * blur / long) ** 2)
        force = steep * (wind if long < 4 else 0.55 + 0.45 * wind)
        u, v = (x + 0.35 * z) / long + 11 * number, (z - 0.3 * x) / long * 1.5 + 5 * number
        right += force * seen * (2 * _WAVES.at(u, v, 2) - 1)
        back += force * seen * (4 * _WAVES.at(u + 31, v + 17, 2) - 2)
        rest += (force * 1.1) ** 2 * (1 - seen)
    return right, back, np.sqrt(rest)


def _depths(x: Grays, z: Grays, right: Grays, back: Grays) -> Grays:
    """Return the light out of the water: of the bed where it is shallow, green where it is not."""
    bumpy = 0.5 * (_WAVES.at(x / 5, z / 5, 3) - 0.5)
    deep = np.maximum(0.22 + (z - 12) * 0.085 + bumpy, 0.05)
    green = 0.5 * light("#1c5a58", 2) + 0 * x
    shallow = np.flatnonzero((deep < 3.2).any(1))
    if len(shallow):
        near = slice(shallow[0], None)
        lit = _bed((x[near], z[near]), deep[near], (right[near], back[near]))
        green[:, near] += (lit - green[:, near]) * np.exp(-_MURK * deep[near])
    return np.asarray(green)


def _bed(at: tuple[Grays, Grays], deep: Grays, slope: tuple[Grays, Grays]) -> Grays:
    """Return the light of the bed, bent by the waves above it, under a net of bright lines."""
    u, v = (place + 2.8 * deep * lean for place, lean in zip(at, slope, strict=True))
    net = 1 - np.abs(2 * _WAVES.at(u * 1.9 + 5 * slope[0], v * 1.4, 2) - 1)
    caustic = 0.65 + 1.5 * np.clip(net, 0, 1) ** 7 * np.exp(-0.3 * deep)
    sun = np.asarray(0.42 * SUN[1] * WARM, np.float32).reshape(3, 1, 1)
    return np.asarray(bed(u, v) * (sun * caustic + 0.25))
