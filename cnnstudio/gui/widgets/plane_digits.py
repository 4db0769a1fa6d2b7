"""The digits in the cells of a plane: one number each, or red, green and blue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor, QPainter

from cnnstudio.gui import theme
from cnnstudio.gui.widgets import plane_paint as paint
from cnnstudio.gui.widgets.plane_paint import Array

if TYPE_CHECKING:
    from cnnstudio.gui.widgets.plane_layers import Grid, Plane


def paint_digits(  # noqa: PLR0913  all of it is needed for each digit
    painter: QPainter,
    plane: Plane,
    grid: Grid,
    first: tuple[int, int],
    written: tuple[paint.Texts, float],
    places: Array,
) -> None:
    """Write a number into each cell, in the ink that is read best on its colour."""
    texts, points = written
    black = paint.bright(paint.table(plane.family))
    unread = [grid.rect_of(*rect) for rect in plane.unread]
    height, width = plane.values.shape
    top, bottom, left, right = plane.ring
    inner = grid.rect_of(top, left, height - top - bottom, width - left - right)
    regular, medium = theme.face(points), theme.face(points, theme.MEDIUM)
    quiet = plane.family != "image" or (plane.low == 0 and plane.high > 9)
    for i, line in enumerate(texts):
        for j, text in enumerate(line):
            area = grid.rect_of(first[0] + i, first[1] + j)
            faint = quiet and text == "0"
            painter.setFont(regular if faint else medium)
            middle = area.center()
            if any(rect.contains(middle) for rect in unread) or not inner.contains(middle):
                missed = inner.contains(middle) or any(r.contains(middle) for r in unread)
                paint.paint_text_on_plate(painter, area, text, missed)
                continue
            ink = QColor("#000000" if black[places[i, j]] else "#ffffff")
            ink.setAlphaF(0.55 if faint else 1.0)
            painter.setPen(ink)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def paint_three_digits(
    painter: QPainter, plane: Plane, grid: Grid, cells: tuple[slice, slice]
) -> None:
    """Write red, green and blue under each other, in the ink that is read best on their colour."""
    values = [each[cells] for each in plane.colours]
    shades = [paint.indices(each, plane.family, plane.low, plane.high) for each in values]
    black = paint.bright(np.stack(shades, axis=-1))
    texts = [paint.cell_texts(each) for each in values]
    points = max(paint.SMALLEST, min(16.0, grid.cell * 0.2))
    longest = max((paint.longest_text(each) for each in texts), key=len)
    if paint.text_width(longest, points) > grid.cell * grid.wide - 4:
        return
    painter.setFont(theme.face(points, theme.MEDIUM))
    for (i, j), dark in np.ndenumerate(black):
        area = grid.rect_of(cells[0].start + i, cells[1].start + j)
        painter.setPen(QColor("#000000" if dark else "#ffffff"))
        lines = "\n".join(each[i][j] for each in texts)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, lines)
