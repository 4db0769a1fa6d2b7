"""The exposure: each pixel asks what it sees for its colour, and the daylight how bright it is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cnnstudio.lab.drawing.space.camera import Eye
from cnnstudio.lab.drawing.space.daylight import Daylight
from cnnstudio.lab.drawing.space.looking import seen
from cnnstudio.lab.drawing.space.shapes import Numbers
from cnnstudio.lab.drawing.space.things import Surface, Thing

_PART = 50_000  # places at a time, so that their numbers stay near the processor
_STEP = np.float32(0.0015)  # metres between places whose relief is compared


@dataclass(frozen=True)
class Negative:
    """What the film caught in each pixel.

    Attributes:
        light: (3, h, w).
        colour: of the thing itself, (3, h, w).
        depth: how far away it is; infinite: nothing but sky.
    """

    light: Numbers
    colour: Numbers
    depth: Numbers


def exposed(things: Sequence[Thing], eye: Eye, light: Daylight) -> Negative:
    """Expose a film."""
    depth, which = seen(things, eye)
    shape = depth.shape
    ways = eye.ways().reshape(3, -1)
    picture, colours = np.zeros((2, 3, depth.size), np.float32)
    order = np.flatnonzero(which >= 0)
    order = order[np.argsort(which.ravel()[order], kind="stable")]
    first = np.searchsorted(which.ravel()[order], np.arange(len(things) + 1))
    for number, thing in enumerate(things):
        mine = order[first[number] : first[number + 1]]
        for part in np.array_split(mine, max(1, len(mine) // _PART)):
            if len(part):
                along = ways[:, part]
                places = eye.at[:, None] + along * depth.ravel()[part]
                picture[:, part], colours[:, part] = _seen(thing, places, along, light)
    return Negative(picture.reshape(3, *shape), colours.reshape(3, *shape), depth)


def _seen(
    thing: Thing, places: Numbers, along: Numbers, light: Daylight
) -> tuple[Numbers, Numbers]:
    """Return the light that comes from places on a thing, and the colour of the thing there."""
    surface = thing.surface
    on_shape = thing.inside(places)
    flat = _unit(thing.back.T @ thing.shape.normal(on_shape))
    flat = np.where((flat * along).sum(0) > 0, -flat, flat)
    normals = flat if surface.relief is None else _tilted(surface, places, flat)
    colour = surface.paint(on_shape, places)
    open_, sun = light.sun_on(places, normals)
    free, arrives = light.sky_on(places, normals)
    arrives = arrives + light.weather.warm[:, None] * sun + np.float32(surface.glow)
    if surface.thin:
        _, through = light.sun_on(places, -flat)
        arrives = arrives + surface.thin * light.weather.warm[:, None] * through
    given = colour * arrives
    if surface.gloss:
        given = given + surface.gloss * _gleam(
            surface, (_unit(along), normals), (open_, free), light
        )
    return given, colour


def _gleam(
    surface: Surface, ways: tuple[Numbers, Numbers], open_: tuple[Numbers, Numbers], light: Daylight
) -> Numbers:
    """Return what a smooth surface mirrors: the sky, and the sun as a spark."""
    look, normals = ways
    weather, (sun, sky) = light.weather, open_
    facing = -(look * normals).sum(0)
    mirror = look + 2 * normals * facing
    mirrors = 0.06 + 0.94 * (1 - np.clip(facing, 0, 1)) ** 5
    above = np.where(mirror[1] > -0.1, sky, np.float32(0.25) * sky)
    half = np.maximum((_unit(weather.towards[:, None] - look) * normals).sum(0), 0)
    spark = 0.002 * (surface.shine + 8) * half**surface.shine
    return np.asarray(
        mirrors * above * weather.sky(mirror[1]) + spark * sun * weather.warm[:, None]
    )


def _unit(vectors: Numbers) -> Numbers:
    return np.asarray(vectors / np.maximum(np.sqrt((vectors * vectors).sum(0)), 1e-9), np.float32)


def _tilted(surface: Surface, places: Numbers, normals: Numbers) -> Numbers:
    """Lean normals away from where the relief rises."""
    assert surface.relief is not None
    here = surface.relief(places)
    axes = _STEP * np.eye(3, dtype=np.float32)
    rise = np.stack([surface.relief(places + axis[:, None]) - here for axis in axes]) / _STEP
    return _unit(normals - rise + normals * (rise * normals).sum(0))
