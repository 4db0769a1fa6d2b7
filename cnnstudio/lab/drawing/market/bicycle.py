"""A bicycle: two wheels full of spokes, and the frame between them."""

import numpy as np

from cnnstudio.lab.drawing.market.crates import Triple
from cnnstudio.lab.drawing.space.paints import plain
from cnnstudio.lab.drawing.space.shapes import BALL
from cnnstudio.lab.drawing.space.things import Stand, Surface, Thing, chain, rod

# All places are along, up and aside, in metres from the ground below the rear hub.
_RADIUS = 0.34
_HUBS = ((0.0, 0.34), (1.06, 0.34))
_TUBES = (
    ((0.44, 0.3), (0.32, 0.78)), ((0.44, 0.3), (0.86, 0.72)), ((0.34, 0.74), (0.84, 0.78)),
    ((0.0, 0.34), (0.44, 0.3)), ((0.0, 0.34), (0.34, 0.72)), ((0.83, 0.86), (0.87, 0.68)),
    ((0.87, 0.68), (1.06, 0.34)),
)  # fmt: skip
_BAR = (
    (0.66, 0.96, -0.26),
    (0.78, 1.0, -0.2),
    (0.82, 0.99, 0),
    (0.78, 1.0, 0.2),
    (0.66, 0.96, 0.26),
)


def _wheel(stand: Stand, hub: tuple[float, float], tyre: Surface, steel: Surface) -> list[Thing]:
    x, y = hub
    things = _ring(stand, hub, _RADIUS, 0.016, tyre)
    things += _ring(stand, hub, _RADIUS - 0.022, 0.008, steel)
    for number, turn in enumerate(np.arange(20) * np.pi / 10 + 0.1):
        rim = stand.spot(x + 0.32 * np.cos(turn), y + 0.32 * np.sin(turn), 0)
        things.append(rod(stand.spot(x, y, 0.02 * (-1) ** number), rim, 0.0022, steel))
    return [*things, rod(stand.spot(x, y, -0.05), stand.spot(x, y, 0.05), 0.018, steel)]


def _ring(
    stand: Stand, middle: tuple[float, float], radius: float, thick: float, surface: Surface
) -> list[Thing]:
    x, y = middle
    turns = np.linspace(0, 2 * np.pi, 33)
    rim = [stand.spot(x + radius * np.cos(t), y + radius * np.sin(t), 0) for t in turns]
    return chain(rim, thick, surface)


def bicycle(foot: Triple, along: Triple, paint: str) -> list[Thing]:
    """Park a bicycle with its rear wheel at `foot`; `along` points to its front wheel."""
    ahead, up = np.array(along) / np.linalg.norm(along), np.array([0.0, 1.0, 0.0])
    stand = Stand(foot, np.stack([ahead, up, np.cross(ahead, up)], 1))
    tyre, steel = (
        Surface(plain("#202022"), gloss=0.2),
        Surface(plain("#b8bcc0"), gloss=0.9, shine=30),
    )
    enamel, leather = (
        Surface(plain(paint), gloss=0.8, shine=60),
        Surface(plain("#6a3c1c"), gloss=0.4),
    )
    things = [thing for hub in _HUBS for thing in _wheel(stand, hub, tyre, steel)]
    things += [rod(stand.spot(*a, 0), stand.spot(*b, 0), 0.016, enamel) for a, b in _TUBES]
    things += chain([stand.spot(*each) for each in _BAR], 0.011, steel)
    things += _ring(stand, (0.44, 0.3), 0.09, 0.006, steel)
    return [
        *things,
        rod(stand.spot(0.32, 0.78, 0), stand.spot(0.29, 0.9, 0), 0.012, steel),
        stand.put(BALL, leather, (0.27, 0.93, 0), 0.06),
        rod(stand.spot(0.26, 0.92, 0.05), stand.spot(0.42, 0.93, 0), 0.03, leather),
        rod(stand.spot(0.82, 0.86, 0), stand.spot(0.8, 0.98, 0), 0.012, steel),
        rod(stand.spot(0.44, 0.3, 0.08), stand.spot(0.55, 0.18, 0.08), 0.009, steel),
    ]
