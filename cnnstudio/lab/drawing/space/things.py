"""A thing: a shape, stretched, turned and put somewhere, with a surface."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnstudio.lab.drawing.space.camera import Box, Rays
from cnnstudio.lab.drawing.space.shapes import CUBE, ROD, Numbers, Shape

# Colours (3, n) for places on the shape and in the space, both (3, n).
Paint = Callable[[Numbers, Numbers], Numbers]
Relief = Callable[[Numbers], Numbers]
Turn = NDArray[np.float64]  # a matrix
Spot = NDArray[np.float64]  # x, y, z


@dataclass(frozen=True)
class Surface:
    """What something is made of.

    Attributes:
        paint: its colour, place by place; light, not bytes.
        gloss: how much it mirrors, 0..1.
        shine: how small the highlights are.
        relief: how far it stands out at places in the space, in metres; None: smooth.
        glow: how much light it gives by itself.
        thin: how much light comes through from behind, 0..1.
    """

    paint: Paint
    gloss: float = 0.0
    shine: float = 40.0
    relief: Relief | None = None
    glow: float = 0.0
    thin: float = 0.0


@dataclass(frozen=True, eq=False)
class Thing:
    """A shape in the space.

    Attributes:
        at: where its middle is.
        frame: its columns say where x, y and z of the shape point, and how long they are.
        back: what undoes the frame.
    """

    shape: Shape
    surface: Surface
    at: Numbers
    frame: Numbers
    back: Numbers = field(init=False)

    def __post_init__(self) -> None:
        back = np.linalg.inv(self.frame.astype(np.float64))
        object.__setattr__(self, "back", back.astype(np.float32))

    def inside(self, places: Numbers) -> Numbers:
        """Say where places of the space are on the shape."""
        return np.asarray(self.back @ (places - self.at[:, None]))

    def meet(self, rays: Rays, box: Box) -> Numbers:
        """Return how far along each ray the thing is; infinity where it is missed."""
        enter, leave = self.shape.meet(*rays.through(self.back, self.at, box))
        return np.where((enter <= leave) & (enter > 1e-3), enter, np.float32(np.inf))


def place(
    shape: Shape, surface: Surface, at: ArrayLike, size: ArrayLike = 1.0, turn: Turn | None = None
) -> Thing:
    """Put a thing of some half `size` (one number or three) at a place, turned by a matrix."""
    stretch = np.diag(np.broadcast_to(np.asarray(size, np.float64), 3))
    frame = stretch if turn is None else turn @ stretch
    return Thing(shape, surface, np.asarray(at, np.float32), frame.astype(np.float32))


def block(low: ArrayLike, high: ArrayLike, surface: Surface) -> Thing:
    """Put an upright block between two opposite corners."""
    near, far = np.asarray(low, np.float64), np.asarray(high, np.float64)
    return place(CUBE, surface, (near + far) / 2, (far - near) / 2)


def rod(a: ArrayLike, b: ArrayLike, radius: float, surface: Surface) -> Thing:
    """Put a round rod from a to b."""
    start, end = np.asarray(a, np.float64), np.asarray(b, np.float64)
    long = float(np.linalg.norm(end - start))
    return place(ROD, surface, (start + end) / 2, (radius, long / 2, radius), upright(end - start))


def chain(points: ArrayLike, radius: float, surface: Surface) -> list[Thing]:
    """Put rods from each point to the next: a wire, a rope, a rim."""
    return [rod(a, b, radius, surface) for a, b in pairwise(np.asarray(points, np.float64))]


def upright(along: ArrayLike) -> Turn:
    """Return a turn that makes y point along a direction."""
    y = np.asarray(along, np.float64)
    y = y / np.linalg.norm(y)
    x = np.cross(y, (0.0, 0.0, 1.0) if abs(y[2]) < 0.9 else (1.0, 0.0, 0.0))
    x = x / np.linalg.norm(x)
    return np.stack([x, y, np.cross(x, y)], 1)


def turned(axis: str, degrees: float) -> Turn:
    """Return the matrix that turns about an axis: about x from y to z, about y from z to x."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    i, j = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    matrix = np.eye(3)
    matrix[i, i] = matrix[j, j] = c
    matrix[j, i], matrix[i, j] = s, -s
    return matrix


def any_turn(rng: np.random.Generator) -> Turn:
    """Return a turn that prefers no direction."""
    q, r = np.linalg.qr(rng.normal(size=(3, 3)))
    q = q * np.sign(np.diag(r))
    return np.asarray(q * np.sign(np.linalg.det(q)))


class Stand:
    """A place that things belong to: they are put up in its own directions."""

    def __init__(self, at: ArrayLike, turn: Turn | None = None) -> None:
        self._at = np.asarray(at, np.float64)
        self.turn = np.eye(3) if turn is None else turn

    def spot(self, x: float, y: float, z: float) -> Spot:
        """Return where one of its places is in the space."""
        return np.asarray(self._at + self.turn @ np.array([x, y, z]))

    def own(self, places: Numbers) -> Numbers:
        """Return which of its places some in the space are.  (3, n)."""
        return np.asarray(
            self.turn.T.astype(np.float32) @ (places - self._at[:, None].astype(np.float32))
        )

    def put(
        self, shape: Shape, surface: Surface, at: tuple[float, float, float],
        size: ArrayLike = 1.0, turn: Turn | None = None,
    ) -> Thing:  # fmt: skip
        """Put a thing at one of its places."""
        return place(
            shape, surface, self.spot(*at), size, self.turn if turn is None else self.turn @ turn
        )
