"""What the land is covered with: meadows, woods, scree, rock and snow."""

import numpy as np

from cnnstudio.lab.drawing.canvas import Grays, smoothstep
from cnnstudio.lab.drawing.lake.relief import HILLS, height, shore
from cnnstudio.lab.drawing.light import light, mixed, over

_TREELINE = 620.0


def slopes(x: Grays, z: Grays, step: Grays, octaves: int = 11) -> tuple[Grays, Grays, Grays]:
    """Return height, rise to the right and rise away, as seen with details of about `step`."""
    here = height(x, z, octaves)
    right, back = height(x + step, z, octaves), height(x, z + step, octaves)
    return here, (right - here) / step, (back - here) / step


def wooded(x: Grays, y: Grays, z: Grays, steep: Grays) -> Grays:
    """Return how thick the wood is, 0..1."""
    inland = z - shore(x)
    glades = HILLS.at(x / 210 + 4, z / 260, 4)
    low = smoothstep(120, 330, inland + 260 * (glades - 0.5) + 0.25 * np.abs(x + 40))
    end = y - _TREELINE - 300 * (HILLS.at(x / 500, z / 500, 3) - 0.5)
    climate = smoothstep(130, -90, end) * smoothstep(1.5, 0.9, steep)
    return np.asarray(low * climate * smoothstep(0.64, 0.54, glades))


def golden(x: Grays, y: Grays, z: Grays) -> Grays:
    """Return how golden a wood is: where larches stand, 0..1."""
    groves = HILLS.at(x / 120 + 9, z / 120 + y / 60, 4)
    return np.asarray(smoothstep(0.5, 0.66, groves) * smoothstep(60, 320, y))


def _meadow(x: Grays, y: Grays, z: Grays, near: Grays) -> Grays:
    mown = np.sin((x + 0.35 * z) / 2.2) * smoothstep(0.5, 0.55, HILLS.at(x / 70, z / 70))
    tone = mixed("#7c9440", "#b0a048", 0.8 * smoothstep(0.35, 0.75, HILLS.at(x / 260, z / 260, 4)))
    tone = over(tone, "#5c8030", 0.7 * smoothstep(0.5, 0.7, near))
    tone = tone * (1 + 0.07 * mown) * (0.7 + 0.6 * HILLS.at(x / 1.1, z / 1.1, 4))
    return over(tone, "#8c7c48", 0.8 * smoothstep(420, 900, y + 300 * (near - 0.5)))


def _wood(x: Grays, y: Grays, z: Grays) -> Grays:
    """Return what a wood looks like from so far that no tree can be told from the next."""
    crowns = HILLS.at(x / 6, z / 6 + y / 5, 2)
    tone = mixed("#26401c", "#6c6428", 0.8 * golden(x, y, z) * smoothstep(0.3, 0.7, crowns))
    return np.asarray(tone * (0.25 + 1.3 * crowns))


def _rock(x: Grays, y: Grays, z: Grays, near: Grays) -> Grays:
    strata = HILLS.at(y / 60 + near, x / 900, 4)
    cracks = 0.55 + 0.9 * HILLS.at(x / 45 + y / 30, z / 45, 6)
    return np.asarray(mixed("#857b72", "#b09a84", smoothstep(0.4, 0.7, strata)) * cracks)


def colour(at: tuple[Grays, Grays, Grays], steep: Grays, turn: Grays) -> Grays:
    """Return the colour of the land; `steep` is its slope, `turn` how much it faces the sun."""
    x, y, z = at
    near, fine = HILLS.at(x / 14, z / 14, 5) - 0.5, HILLS.at(x / 1.1, z / 1.1, 4) - 0.5
    wood = wooded(x, y, z, steep)
    tone = over(_meadow(x, y, z, near + 0.5), _wood(x, y, z), wood)
    bare = steep + 0.5 * near + 0.55 * smoothstep(700, 1300, y)
    tone = over(tone, _rock(x, y, z, near + 0.5), smoothstep(0.85, 1.15, bare))
    scree = smoothstep(0.55, 0.75, steep) * smoothstep(1.2, 0.9, steep) * smoothstep(600, 1000, y)
    tone = over(tone, "#a89a88", 0.7 * scree * (1 - wood))
    fallen = y + 420 * (HILLS.at(x / 260, z / 260, 4) - 0.5) + 260 * near - 240 * turn
    snow = smoothstep(1130, 1330, fallen) * smoothstep(1.75, 1.15, steep + 0.4 * fine)
    tone = over(tone, "#f6f8ff", snow)
    strand = smoothstep(5, 0, z - shore(x) + 3 * near)
    return over(tone, light("#a09480", 1) * (1 + 0.5 * fine), strand)
