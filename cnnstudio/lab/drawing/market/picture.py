"""The market stall: everything put in its place, lit and exposed."""

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import smoothstep
from cnnstudio.lab.drawing.lens import softened, spilled, vignetted
from cnnstudio.lab.drawing.light import developed, grained, light, over, printed, thrifty
from cnnstudio.lab.drawing.market import bicycle, greenery, stall, street
from cnnstudio.lab.drawing.space.camera import Eye
from cnnstudio.lab.drawing.space.daylight import Daylight, Looks, Weather
from cnnstudio.lab.drawing.space.exposure import Negative, exposed
from cnnstudio.lab.drawing.space.paints import GRAIN
from cnnstudio.lab.drawing.space.shapes import Numbers
from cnnstudio.lab.drawing.space.things import Thing

SIDE = 512
_FINE = 3
_HORIZON = 190
_FOCUS, _AXIS = 560, 222  # how large a metre is at one metre; the column z runs to
_WEATHER = Weather(
    sun=(0.42, 0.62, -0.66),
    warm=2.7 * light("#ffe8c4"),
    zenith=0.85 * light("#5f94e0"),
    horizon=1.05 * light("#c8dcf4"),
    ground=0.9 * light("#d0a888"),
)
# Layers of the space: from how far to how far away, and how much they are out of focus, in pixels.
_BLURS = ((20, np.inf, 2.0), (13, 20, 1.4), (8.5, 13, 0.9), (6, 8.5, 0.5), (0, 6, 0.0))


def _things(rng: np.random.Generator) -> list[Thing]:
    """Set up all that stands close enough to throw a shadow that is seen."""
    things = [street.wall(), *stall.display(rng), *stall.awning(), *stall.lights(rng)]
    for x in (-0.3, 0.85):
        things += stall.bananas(rng, (x, 1.62, 0.3))
    things += stall.sign("FRESH FRUIT", (0.62, 2.66, 1.08), (0.95, 0.17), ("#10442c", "#f0c850"))
    things += greenery.ivy(rng, 420)
    things += greenery.sunflowers(rng, (-1.62, 0, -0.45), 7)
    things += greenery.tulips(rng, (-1.25, 0, -0.85), ("#e83c6c", "#f46c98", "#d0204c"), 16)
    things += greenery.lavender(rng, (-0.99, 0, -1.15), 60)
    return things + bicycle.bicycle((-2.6, 0, 2.3), (0.86, 0.0, -0.5), "#1c8c9c")


def _sky(side: int) -> Numbers:
    row, column = np.indices((side, side), np.float32) * np.float32(SIDE / side)
    blue = _WEATHER.sky(np.clip((_HORIZON - row) / 300, 0, 1)) * np.float32(1.25)
    cloud = smoothstep(0.48, 0.8, GRAIN.at(column / 60 + 3, row / 26, 5))
    return over(blue, 1.9 * light("#fff8f0", 2), 0.8 * cloud)


def _lit_by_neighbours(negative: Negative, reach: float) -> Numbers:
    """Return the light after coloured things have thrown some of theirs on what is beside them."""
    around = softened(negative.light[:, ::4, ::4], reach / 4)
    around = np.repeat(np.repeat(around, 4, 1), 4, 2)[
        :, : len(negative.depth), : len(negative.depth)
    ]
    return np.asarray(negative.light + np.float32(0.42) * negative.colour * around)


def _averaged(planes: Numbers) -> Numbers:
    count, height, width = planes.shape
    blocks = planes.reshape(count, height // _FINE, _FINE, width // _FINE, _FINE)
    return np.asarray(blocks.mean((2, 4)))


def _focused(picture: Numbers, light_: Numbers, depth: Numbers) -> Numbers:
    """Lay layer on layer over a sky, each averaged down to the finished pixels.

    What is far away is out of focus. What is nearer hides the border between a layer and those
    behind it, so that this border is as sharp as the nearer thing.
    """
    scale = len(picture[0]) / SIDE
    behind = _averaged(np.isinf(depth)[None].astype(np.float32))[0]
    for near, far, blur in _BLURS:
        shows = ((depth >= near) & (depth < far)).astype(np.float32)
        layer = _averaged(np.concatenate([light_ * shows, shows[None]]))
        visible = layer[3]
        if blur:
            layer, farther = softened(layer, blur * scale), softened(behind, blur * scale)
            layer = layer / np.maximum(layer[3] + farther, 1e-6)
        behind = behind + visible
        picture = picture * (1 - layer[3]) + layer[:3]
    return picture


def market(share: float = 1.0) -> NDArray[np.uint8]:
    """Paint a market stall in a street, 512x512, in colour; a `share` of that draws it small."""
    side = round(SIDE * share)
    scale = side * _FINE / SIDE
    rng = np.random.default_rng(3)
    close = _things(rng)
    looks = Looks(6, 18, 1200, 500) if share == 1 else Looks(1, 4, 500, 250)
    daylight = Daylight(close, _WEATHER, ((0.0, 1.0, 0.2), 2.6), looks)
    film = side * _FINE, side * _FINE
    eye = Eye((-0.5, 1.45, -3.4), _FOCUS * scale, (_AXIS * scale, _HORIZON * scale), film)
    negative = exposed(street.houses() + street.flags(rng) + close, eye, daylight)
    picture = _focused(_sky(side), _lit_by_neighbours(negative, 36 * scale), negative.depth)
    picture = vignetted(spilled(picture, 9 * share, 0.07), 0.12)
    return printed(thrifty(grained(developed(picture), rng, 1.0), 2))
