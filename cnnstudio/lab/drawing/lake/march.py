"""Where the eye meets the land: column by column, from near to far, what stands out above."""

from dataclasses import dataclass, replace

import numpy as np

from cnnstudio.lab.drawing.canvas import Grays
from cnnstudio.lab.drawing.lake.relief import height

_STEPS = np.geomspace(150, 11500, 900).astype(np.float32)


@dataclass(frozen=True)
class Standpoint:
    """From where the lake is seen.

    Attributes:
        width, height: of the picture.
        focus: pixels by which a metre is seen at one metre's distance.
        column, row: where the gaze, level and straight on, meets the picture.
        eye: metres above the water; below it one sees what the water mirrors.
    """

    width: int
    height: int
    focus: float
    column: float
    row: float
    eye: float

    def aside(self, columns: slice) -> Grays:
        """Return how far to the right some columns look, one metre away."""
        places = np.arange(columns.start, columns.stop, dtype=np.float32) + np.float32(0.5)
        return np.asarray((places - self.column) / self.focus, np.float32)

    def finer(self, times: int) -> "Standpoint":
        """Return the same view on more pixels."""
        grown = {
            name: times * getattr(self, name)
            for name in ("width", "height", "focus", "column", "row")
        }
        return replace(self, **grown)

    def mirrored(self) -> "Standpoint":
        """Return the view from as far below the water."""
        return replace(self, eye=-self.eye)


def distances(view: Standpoint, columns: slice, rows: int) -> Grays:
    """Return how far away the land is in the upper `rows` of some columns; infinite: no land."""
    aside = view.aside(columns)
    away = np.broadcast_to(_STEPS[:, None], (len(_STEPS), len(aside)))
    slope = (height(aside * away, away, 8) - view.eye) / away
    above = np.maximum.accumulate(slope, 0)
    gaze = (view.row - np.arange(rows, dtype=np.float32) - 0.5) / view.focus
    found = np.full((rows, len(aside)), np.inf, np.float32)
    for column, line in enumerate(above.T):
        step = np.searchsorted(line, gaze)
        hit = (step < len(_STEPS)) & (step > 0)
        k = step[hit]
        low, high = line[k - 1], line[k]
        share = np.clip((gaze[hit] - low) / np.maximum(high - low, 1e-9), 0, 1)
        found[hit, column] = _STEPS[k - 1] + share * (_STEPS[k] - _STEPS[k - 1])
    return found
