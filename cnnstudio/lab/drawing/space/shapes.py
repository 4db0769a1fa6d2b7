"""The shapes solid things are made of, each of about unit size, and where a ray meets them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float32]  # Triples are (3, ...): all x, all y, all z
Outline = Callable[[Numbers, Numbers], NDArray[np.bool_]]
FAR = np.float32(1e9)


class Shape(Protocol):
    """A convex body, or something flat, inside the cube from -1 to 1."""

    def meet(self, start: Numbers, along: Numbers) -> tuple[Numbers, Numbers]:
        """Say where rays enter and where they leave, in lengths of `along`; in > out: they miss."""

    def normal(self, at: Numbers) -> Numbers:
        """Say which way the surface faces at some of its places, at whatever length."""


class Ball:
    """A ball of radius 1."""

    def meet(self, start: Numbers, along: Numbers) -> tuple[Numbers, Numbers]:
        """Solve |start + t along| = 1."""
        a = (along * along).sum(0)
        b = (start * along).sum(0)
        inside = b * b - a * ((start * start).sum(0) - 1)
        root = np.sqrt(np.maximum(inside, 0))
        missed = np.where(inside < 0, FAR, np.float32(0))
        return (-b - root) / a + missed, (-b + root) / a - missed

    def normal(self, at: Numbers) -> Numbers:
        """Point away from the middle."""
        return at


class Block:
    """What lies on the inner side of some planes, each (x, y, z, distance)."""

    def __init__(self, planes: ArrayLike) -> None:
        given = np.asarray(planes, np.float32)
        self._outwards, self._distance = given[:, :3], given[:, 3:]

    def meet(self, start: Numbers, along: Numbers) -> tuple[Numbers, Numbers]:
        """Enter behind the last plane crossed inwards, leave at the first crossed outwards."""
        shape = np.broadcast_shapes(start.shape, along.shape)[1:]
        pace = self._outwards @ along.reshape(3, -1)
        pace = np.where(np.abs(pace) < 1e-9, np.float32(1e-9), pace)
        cross = (self._distance - self._outwards @ start.reshape(3, -1)) / pace
        enter = np.where(pace < 0, cross, -FAR).max(0)
        return enter.reshape(shape), np.where(pace > 0, cross, FAR).min(0).reshape(shape)

    def normal(self, at: Numbers) -> Numbers:
        """Point out of the plane that is nearest."""
        nearest = (self._outwards @ at - self._distance).argmax(0)
        return np.ascontiguousarray(self._outwards[nearest].T)


class Rod:
    """A round rod of radius 1 along y, from -1 to 1; its top may be narrower than its foot."""

    def __init__(self, top: float = 1.0) -> None:
        self._slope = np.float32((top - 1) / 2)
        self._middle = np.float32((top + 1) / 2)

    def meet(self, start: Numbers, along: Numbers) -> tuple[Numbers, Numbers]:
        """Solve for the mantle, then cut both ends."""
        slope, middle = self._slope, self._middle
        wide, grow = middle + slope * start[1], slope * along[1]
        a = along[0] ** 2 + along[2] ** 2 - grow**2
        b = start[0] * along[0] + start[2] * along[2] - wide * grow
        c = start[0] ** 2 + start[2] ** 2 - wide**2
        a = np.where(np.abs(a) < 1e-9, np.float32(1e-9), a)
        inside = b * b - a * c
        root = np.sqrt(np.maximum(inside, 0))
        missed = np.where(inside < 0, FAR, np.float32(0))
        up = np.where(np.abs(along[1]) < 1e-9, np.float32(1e-9), along[1])
        ends = (-1 - start[1]) / up, (1 - start[1]) / up
        enter = np.maximum((-b - root) / a + missed, np.minimum(*ends))
        return enter, np.minimum((-b + root) / a - missed, np.maximum(*ends))

    def normal(self, at: Numbers) -> Numbers:
        """Point away from the axis, or up or down at the ends."""
        mantle = np.stack([at[0], -self._slope * np.ones_like(at[1]), at[2]])
        caps = np.stack([np.zeros_like(at[0]), np.sign(at[1]), np.zeros_like(at[0])])
        return np.where(np.abs(at[1]) > 0.999, caps, mantle)


@dataclass(frozen=True)
class Card:
    """Something flat: the part of the plane z = 0 that lies within an outline."""

    outline: Outline | None = None

    def meet(self, start: Numbers, along: Numbers) -> tuple[Numbers, Numbers]:
        """Pierce the plane; what is flat is left where it is entered."""
        pace = np.where(np.abs(along[2]) < 1e-9, np.float32(1e-9), along[2])
        cross = -start[2] / pace
        x, y = start[0] + cross * along[0], start[1] + cross * along[1]
        inside = (np.abs(x) <= 1) & (np.abs(y) <= 1)
        if self.outline is not None:
            inside &= self.outline(x, y)
        return np.where(inside, cross, FAR), cross

    def normal(self, at: Numbers) -> Numbers:
        """Point along z."""
        return np.stack([np.zeros_like(at[0]), np.zeros_like(at[0]), np.ones_like(at[0])])


@dataclass(frozen=True)
class Both:
    """What belongs to two convex shapes: a ball cut by a plane, say."""

    one: Shape
    other: Shape

    def meet(self, start: Numbers, along: Numbers) -> tuple[Numbers, Numbers]:
        """Be inside from the later entrance to the earlier exit."""
        a, b = self.one.meet(start, along), self.other.meet(start, along)
        return np.maximum(a[0], b[0]), np.minimum(a[1], b[1])

    def normal(self, at: Numbers) -> Numbers:
        """Ask the one on whose surface the place is: a ball if it is 1 from the middle."""
        on_ball = (at * at).sum(0) > 0.995
        return np.where(on_ball, self.one.normal(at), self.other.normal(at))


BALL = Ball()
CUBE = Block(
    [(1, 0, 0, 1), (-1, 0, 0, 1), (0, 1, 0, 1), (0, -1, 0, 1), (0, 0, 1, 1), (0, 0, -1, 1)]
)
ROD = Rod()
HALF_BALL = Both(BALL, Block([(0, 0, -1, 0)]))
