"""Solid things by the lake, drawn strip by strip and finer than the picture."""

from collections.abc import Sequence

import numpy as np

from cnnstudio.lab.drawing.lake.march import Standpoint
from cnnstudio.lab.drawing.lake.painting import Layer
from cnnstudio.lab.drawing.space.camera import Eye
from cnnstudio.lab.drawing.space.daylight import Daylight
from cnnstudio.lab.drawing.space.exposure import exposed
from cnnstudio.lab.drawing.space.shapes import Numbers
from cnnstudio.lab.drawing.space.things import Thing

_STRIP = 256


def solids(
    things: Sequence[Thing], view: Standpoint, light: Daylight, rows: tuple[int, int], fine: int
) -> Layer:
    """Return things as seen in some rows, what is below the water left out.

    From below the water they are seen upside down, as the water mirrors them.
    """
    mirrored = view.eye < 0
    top, bottom = (round(2 * view.row) - row for row in rows[::-1]) if mirrored else rows
    planes = np.zeros((4, bottom - top, view.width), np.float32)
    away = np.full(planes.shape[1:], np.inf, np.float32)
    for left in range(0, view.width, _STRIP):
        columns = slice(left, min(left + _STRIP, view.width))
        planes[:, :, columns], away[:, columns] = _strip(
            things, view, light, (slice(top, bottom), columns), fine
        )
    flip = slice(None, None, -1 if mirrored else 1)
    return Layer(planes[:3, flip], planes[3, flip], away[flip], rows[0])


def _strip(
    things: Sequence[Thing], view: Standpoint, light: Daylight, box: tuple[slice, slice], fine: int
) -> tuple[Numbers, Numbers]:
    """Return light and cover (4, h, w) of some pixels, and how far away the things are."""
    rows, columns = box
    tall, wide = rows.stop - rows.start, columns.stop - columns.start
    middle = (view.column - columns.start) * fine, (view.row - rows.start) * fine
    eye = Eye((0, view.eye, 0), view.focus * fine, middle, (tall * fine, wide * fine))
    shot = exposed(things, eye, light)
    shows = np.isfinite(shot.depth)
    depth = np.where(shows, shot.depth, 0)
    shows &= depth * eye.ways()[1] + np.float32(view.eye) > 0
    planes = np.concatenate([shot.light * shows, shows[None].astype(np.float32)])
    planes = planes.reshape(4, tall, fine, wide, fine).mean((2, 4))
    away = np.where(shows, depth, np.float32(np.inf))
    return planes, away.reshape(tall, fine, wide, fine).min((1, 3))
