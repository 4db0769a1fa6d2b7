"""The picture of the lake: from the sky down to the reeds."""

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import Grays
from cnnstudio.lab.drawing.lake.air import WEATHER
from cnnstudio.lab.drawing.lake.birds import gulls, swimmers
from cnnstudio.lab.drawing.lake.forest import Nursery, forest, plant
from cnnstudio.lab.drawing.lake.jetty import MOORING, jetty, rope
from cnnstudio.lab.drawing.lake.land import land
from cnnstudio.lab.drawing.lake.march import Standpoint
from cnnstudio.lab.drawing.lake.painting import Layer, Painting
from cnnstudio.lab.drawing.lake.promenade import fence, flags, lamps, people
from cnnstudio.lab.drawing.lake.reeds import drawn, reeds
from cnnstudio.lab.drawing.lake.rowboat import Rowboat
from cnnstudio.lab.drawing.lake.sails import fleet
from cnnstudio.lab.drawing.lake.shade import Shade
from cnnstudio.lab.drawing.lake.sky import sky
from cnnstudio.lab.drawing.lake.solids import solids
from cnnstudio.lab.drawing.lake.village import crowns, gardens, houses
from cnnstudio.lab.drawing.lake.water import mirrored, water
from cnnstudio.lab.drawing.lens import spilled, vignetted
from cnnstudio.lab.drawing.light import developed, printed, thrifty
from cnnstudio.lab.drawing.space.daylight import Daylight, Looks

WIDTH, HEIGHT = 2000, 1500
_VIEW = (1900.0, 1000.0, 760.0)  # focus, column and row the gaze goes to
_EYE = 4.5  # metres above the water
_SEED = 5
# Rows of the full picture.
_SHORE = 860  # above it all land is seen
_ROOFS = 440  # below it the village is seen
_NEAR = 400  # below it all that is on this side is seen
_DEEPER = 170  # how many more than the picture has are mirrored, for ripples to reach
_VILLAGE, _JETTY = ((-40, 15, 270), 150), ((2, 0.5, 17.5), 11)  # middle and radius
_REEDS = ((-9.5, 19.0, 3.0, 300), (-6.6, 15.0, 2.2, 400), (-4.6, 13.2, 1.0, 100))
_SPLIT = 430  # metres: trees farther away stand behind the village


def _far(view: Standpoint, share: float, looks: Looks) -> Painting:
    """Paint sky, mountains, woods and village: all that the lake mirrors from afar."""
    rng = np.random.default_rng(_SEED)
    above = sky(view)
    rows = round(_SHORE * share)
    ground = np.zeros((3, rows, view.width), np.float32)
    ground[:, : above.shape[1]] = above
    painting = Painting(ground)
    buildings, taken = houses(rng)
    nursery = Nursery(rng)
    trees = gardens(rng, nursery, taken)
    daylight = Daylight([*buildings, *crowns(trees)], WEATHER, _VILLAGE, looks)
    shade = Shade(daylight)
    painting.lay(land(view, shade, rows))
    trees += forest(rng, nursery)
    plant(painting, [tree for tree in trees if tree.z >= _SPLIT], view, shade)
    buildings += fence() + lamps() + flags(rng) + people(rng)
    painting.lay(solids(buildings, view, daylight, (round(_ROOFS * share), rows), 3), slack=3)
    plant(painting, [tree for tree in trees if tree.z < _SPLIT], view, shade)
    return painting


class _Near:
    """What is on this side of the village: jetty, boats, birds, reeds."""

    def __init__(self, looks: Looks) -> None:
        rng = np.random.default_rng(_SEED)
        boat = Rowboat((-1.9, 0, 17.5), 52, "HEIDI")
        close = jetty(rng) + boat.things() + rope(boat.bow(), MOORING, 0.35)
        self._light = Daylight(close, WEATHER, _JETTY, looks)
        self._things = close + swimmers() + gulls(rng) + fleet()
        self._blades = [blade for patch in _REEDS for blade in reeds(rng, *patch)]

    def lay(self, picture: Grays, view: Standpoint, rows: tuple[int, int], fine: int) -> None:
        """Lay it over some rows of the picture."""
        things = solids(self._things, view, self._light, rows, fine)
        for layer in (things, drawn(self._blades, view, rows)):
            _lay(picture, layer)


def _lay(picture: Grays, layer: Layer) -> None:
    picture *= 1 - layer.cover
    picture += layer.light


def lake(share: float = 1.0) -> NDArray[np.uint8]:
    """Paint a mountain lake, 2000x1500, in colour; a `share` of that draws it small."""
    focus, column, row = (share * each for each in _VIEW)
    width, height = round(WIDTH * share), round(HEIGHT * share)
    view = Standpoint(width, height, focus, column, row, _EYE)
    looks = Looks(6, 18, 1700, 600) if share == 1 else Looks(1, 4, 500, 250)
    far, near = _far(view, share, looks), _Near(looks)
    horizon, deeper = int(row), round(_DEEPER * share)
    mirror = mirrored(far, view, deeper)
    near.lay(mirror, view.mirrored(), (horizon, height + deeper), 1)
    picture = np.zeros((3, height, width), np.float32)
    open_ = np.ones((height, width), np.float32)
    picture[:, : len(far.open)], open_[: len(far.open)] = far.light, far.open
    picture[:, horizon:] += water(mirror, view) * open_[horizon:]
    top = round(_NEAR * share)
    near.lay(picture[:, top:], view, (top, height), 2)
    picture = vignetted(spilled(picture, 8 * share, 0.06), 0.1)
    return printed(thrifty(developed(picture), 3))
