"""Daylight: a sun as wide as the real one, the whole sky, and what stands in their way."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnstudio.lab.drawing.space.camera import Parallel
from cnnstudio.lab.drawing.space.looking import seen
from cnnstudio.lab.drawing.space.shapes import Numbers
from cnnstudio.lab.drawing.space.things import Thing

_GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))


@dataclass(frozen=True)
class Weather:
    """Where the light comes from.

    Attributes:
        sun: the direction to it.
        warm: the colour of its light.
        zenith, horizon: the light of the sky, above and all around.
        ground: the light thrown back by the ground.
        wide: the radius of the sun, as a share of its distance.
    """

    sun: tuple[float, float, float]
    warm: Numbers
    zenith: Numbers
    horizon: Numbers
    ground: Numbers
    wide: float = 0.02

    @property
    def towards(self) -> Numbers:
        """The direction to the sun, of length 1."""
        return np.asarray(np.array(self.sun) / np.linalg.norm(self.sun), np.float32)

    def sky(self, up: ArrayLike) -> Numbers:
        """Return the light of the sky in directions that rise by `up`, 0 to 1."""
        height = np.clip(np.asarray(up, np.float32), 0, 1) ** np.float32(0.6)
        rise = np.multiply.outer(self.zenith - self.horizon, height)
        return np.asarray(rise + self.horizon.reshape(3, *[1] * height.ndim), np.float32)


@dataclass(frozen=True)
class Looks:
    """How often the things are looked at from the light, and how closely.

    Attributes:
        suns, skies: from how many places on the sun and in the sky.
        sun_side, sky_side: on how many pixels.
    """

    suns: int
    skies: int
    sun_side: int
    sky_side: int


class _Shadows:
    """The things seen from one direction of the light: what is seen is lit."""

    def __init__(self, things: Sequence[Thing], view: Parallel) -> None:
        self.view = view
        self._depth, _ = seen(things, view)

    def lit(self, places: Numbers, slack: float) -> Numbers:
        """Return 1 where light arrives, 0 where something is more than `slack` nearer to it."""
        column, row, away = self.view.project(places)
        side = self.view.rays.shape[0]
        inside = (column >= 0) & (column < side) & (row >= 0) & (row < side)
        at = np.clip(row, 0, side - 1).astype(np.int32) * side
        at += np.clip(column, 0, side - 1).astype(np.int32)
        return ((self._depth.ravel().take(at) > away - slack) | ~inside).astype(np.float32)


class Daylight:
    """The light around some things, a ball of some radius; outside of it nothing is in shadow."""

    def __init__(
        self, things: Sequence[Thing], weather: Weather, ball: tuple[ArrayLike, float], looks: Looks
    ) -> None:
        self.weather = weather
        sun = _disc(weather.towards, weather.wide, looks.suns)
        self._suns = [_Shadows(things, Parallel(way, *ball, looks.sun_side)) for way in sun]
        sky = _dome(looks.skies)
        self._skies = [_Shadows(things, Parallel(way, *ball, looks.sky_side)) for way in sky]
        self._sun_slack, self._sky_slack = (
            np.float32(2.6 * ball[1] / side) for side in (looks.sun_side, looks.sky_side)
        )

    def sun_on(self, places: Numbers, normals: Numbers) -> tuple[Numbers, Numbers]:
        """Return how much of the sun is seen, and how much of it lies on the surface."""
        moved = places + normals * (2 * self._sun_slack)
        open_ = np.zeros_like(places[0])
        for each in self._suns:
            open_ += each.lit(moved, float(self._sun_slack))
        open_ /= np.float32(len(self._suns))
        return open_, open_ * np.maximum(self.weather.towards @ normals, 0)

    def sky_on(self, places: Numbers, normals: Numbers) -> tuple[Numbers, Numbers]:
        """Return how open the sky is, 0..1, and the light that comes from it and the ground."""
        moved = places + normals * (1.5 * self._sky_slack)
        light = np.zeros_like(places)
        whole, free = np.zeros((2, places.shape[1]), np.float32)
        for each in self._skies:
            towards = each.view.towards
            slant = np.maximum(towards @ normals, 0)
            open_ = slant * each.lit(moved, float(self._sky_slack))
            light += self.weather.sky(towards[1])[:, None] * open_
            whole += slant
            free += open_
        free /= np.maximum(whole, 1e-3)
        light *= np.float32(2 / len(self._skies))
        below = (0.5 - 0.5 * normals[1]) * (0.2 + 0.8 * free) + 0.06
        return free, light + self.weather.ground[:, None] * below


def _disc(middle: Numbers, wide: float, count: int) -> list[NDArray[np.float64]]:
    """Spread directions evenly over a small disc."""
    right = np.cross(middle, (0.0, 1.0, 0.0))
    right /= np.linalg.norm(right)
    up = np.cross(right, middle)
    number = np.arange(count)
    away, turn = wide * np.sqrt((number + 0.5) / count), number * _GOLDEN_ANGLE
    aside = np.multiply.outer(away * np.cos(turn), right) + np.multiply.outer(
        away * np.sin(turn), up
    )
    return list(middle + aside)


def _dome(count: int) -> list[NDArray[np.float64]]:
    """Spread directions evenly over the upper half of a ball."""
    number = np.arange(count)
    up, turn = (number + 0.5) / count, number * _GOLDEN_ANGLE + 0.5
    flat = np.sqrt(1 - up**2)
    return list(np.stack([flat * np.cos(turn), up, flat * np.sin(turn)], 1))
