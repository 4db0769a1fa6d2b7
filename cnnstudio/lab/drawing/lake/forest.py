"""Where the trees stand, and how they are planted into the picture, the farthest first."""

from dataclasses import dataclass

import numpy as np

from cnnstudio.lab.drawing.canvas import Grays, smoothstep
from cnnstudio.lab.drawing.lake.air import WARM, ambient, veiled
from cnnstudio.lab.drawing.lake.ground import golden, slopes, wooded
from cnnstudio.lab.drawing.lake.march import Standpoint
from cnnstudio.lab.drawing.lake.painting import Painting
from cnnstudio.lab.drawing.lake.relief import HILLS, height
from cnnstudio.lab.drawing.lake.shade import Shade
from cnnstudio.lab.drawing.lake.trees import Tree, broadleaf, spruce
from cnnstudio.lab.drawing.light import light

SPRUCE, LARCH, BROAD = range(3)
_TINTS = (
    ("#31502a", "#2a4826", "#38562c", "#2c4c30"),
    ("#c8902c", "#b87c24", "#d4a03c", "#a89030"),
    ("#7a8440", "#a8943c", "#b88438", "#a46438", "#c4a448", "#687a3c", "#b49040", "#8a8c44"),
)
# Belts of wood: from how far to how far away, and how far a tree stands from the next.
_BELTS = ((200, 500, 6.0), (500, 900, 7.0), (900, 1500, 9.0), (1500, 2700, 12.0))


@dataclass(frozen=True, eq=False)
class Planted:
    """A tree at its place: metres right and away, how tall, in which colour."""

    x: float
    z: float
    tall: float
    tree: Tree
    tint: Grays


class Nursery:
    """Trees to choose from."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._kinds = (
            [spruce(rng, rng.uniform(0.62, 1.0), 0.1) for _ in range(6)],
            [spruce(rng, rng.uniform(0.6, 0.8), 0.4) for _ in range(4)],
            [broadleaf(rng, rng.uniform(0.7, 1.1)) for _ in range(6)],
        )
        self._tints = [[light(each) for each in tints] for tints in _TINTS]

    def tree(self, kind: int, x: float, z: float, tall: float) -> Planted:
        """Choose a tree of some kind, and its colour."""
        trees, tints = self._kinds[kind], self._tints[kind]
        tint = tints[self._rng.integers(len(tints))] * np.float32(self._rng.uniform(0.75, 1.2))
        return Planted(x, z, tall, trees[self._rng.integers(len(trees))], tint)


def forest(rng: np.random.Generator, nursery: Nursery) -> list[Planted]:
    """Plant the woods: spruces, golden larches in groups, leafy trees lower down."""
    found = []
    for near, far, gap in _BELTS:
        count = int(0.57 * (far - near) * (far + near) / gap**2)
        z = np.sqrt(rng.uniform(near**2, far**2, count)).astype(np.float32)
        x = (z * rng.uniform(-0.57, 0.57, count)).astype(np.float32)
        y, right, back = slopes(x, z, np.full_like(x, 4), 7)
        thick = wooded(x, y, z, np.hypot(right, back))
        leafy = smoothstep(190, 60, y) * smoothstep(0.4, 0.65, HILLS.at(x / 60 + 3, z / 60, 3))
        dice = rng.random(count)
        kind = np.where(dice < golden(x, y, z), LARCH, np.where(dice < leafy, BROAD, SPRUCE))
        tall = rng.uniform(13, 25, count) * (1 + 0.1 * (gap - 6)) * np.where(kind == BROAD, 0.75, 1)
        tall *= 0.5 + 0.5 * smoothstep(900, 300, y)
        stands = np.flatnonzero((thick > rng.uniform(0.05, 0.95, count)) & (y > 2))
        rows = (each[stands].tolist() for each in (kind, x, z, tall))
        found += [nursery.tree(*row) for row in zip(*rows, strict=True)]
    return found


def plant(painting: Painting, trees: list[Planted], view: Standpoint, shade: Shade) -> None:
    """Paint trees, the farthest first; what is nearer than a tree hides it."""
    trees = sorted(trees, key=lambda tree: -tree.z)
    x, z, tall = np.array([(tree.x, tree.z, tree.tall) for tree in trees], np.float32).T
    y = height(x, z, 9)
    lit = 0.12 + 0.88 * shade.lit(x, y + 7, z)
    air = veiled(np.zeros((3, 1), np.float32), z)  # what it adds
    clear = veiled(np.ones((3, 1), np.float32), z) - air
    sun = WARM[:, None] * lit * clear
    sky = 1.7 * ambient(np.full(1, 0.4, np.float32)) * clear
    scale = view.focus / z
    column, foot = view.column + scale * x, view.row - scale * (y - view.eye)
    pixels = np.rint(scale * tall).astype(int)
    for i in np.flatnonzero(pixels >= 3).tolist():
        tint = trees[i].tint
        tones = tint * sun[:, i], tint * sky[:, i], air[:, i]
        planes = trees[i].tree.sized(int(pixels[i]))
        painting.stick(planes, (float(column[i]), float(foot[i])), trees[i].z, tones)
