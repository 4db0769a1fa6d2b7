"""Fair weather clouds: heaps of heaps, flat below, lit from the right."""

import numpy as np

from cnnstudio.lab.drawing.canvas import Grays, smoothstep
from cnnstudio.lab.drawing.light import light, over
from cnnstudio.lab.drawing.noise import Noise

CLOUDS = Noise(np.random.default_rng(23))
# Each cloud: right and up of its foot's middle (one metre away), half width, height.
_CLOUDS = (
    (-0.36, 0.17, 0.17, 0.15), (-0.52, 0.2, 0.16, 0.13), (0.43, 0.17, 0.14, 0.1),
    (0.08, 0.12, 0.16, 0.09),
    (-0.09, 0.2, 0.13, 0.1), (0.56, 0.27, 0.1, 0.06), (-0.2, 0.14, 0.14, 0.1),
)  # fmt: skip


def _heaps(x: Grays, y: Grays) -> Grays:
    """Return how thick a cloud is: round heaps that crease where they meet, of all sizes; 0..1."""
    total = np.zeros_like(x)
    for octave in range(7):
        heap = np.abs(2 * CLOUDS.at(x + 3.7 * octave, y - 2.3 * octave) - 1)
        total += np.float32(0.5 * 0.58**octave) * heap
        x, y = 1.75 * x - 0.9 * y, 0.9 * x + 1.75 * y
    return total


def _mould(u: Grays, v: Grays) -> tuple[Grays, Grays]:
    """Return where clouds are, 1 in the middle of a foot, and how high above the foot one is."""
    there = np.full_like(u, -1.5)
    high, whole = np.zeros_like(u), np.full_like(u, 1e-6)
    for right, foot, half, tall in _CLOUDS:
        up = v - foot
        rise = np.where(up > 0, up / tall, -up / (0.22 * tall))
        dome = 1 - ((u - right) / half) ** 2 - rise**2
        there = np.maximum(there, dome)
        weight = np.exp(5 * np.clip(dome, -3, 1))
        high += weight * up / tall
        whole += weight
    return there, high / whole


def clouds(sky: Grays, u: Grays, v: Grays) -> Grays:
    """Lay clouds over the light of a sky seen in the directions (u, v)."""

    def thick(right: float, up: float) -> Grays:
        return _heaps((u + right) * 10.0 + 4, (v + up) * 12.5 + 2)

    there, high = _mould(u + 0.05 * (CLOUDS.at(u * 9, v * 14, 3) - 0.5), v)
    heap = thick(0, 0)
    body = 1.05 * np.minimum(there, 0.55) + 1.25 * heap - 0.12
    lit = 1.9 * (heap - thick(0.022, 0.02)) + 1.5 * (heap - thick(0.006, 0.006))
    lit = lit + 0.46 + 0.35 * smoothstep(-0.15, 0.7, high) - 0.18 * smoothstep(0.55, 1.3, body)
    cover = smoothstep(0.44, 0.62, body) * smoothstep(-0.3, 0.02, high + 0.4 * (heap - 0.5))
    dark, bright = 0.72 * light("#9fb0cc", 2), 1.8 * light("#fff0dc", 2)
    shade = dark + (bright - dark) * np.clip(lit, 0.06, 1) ** np.float32(1.2)
    return over(sky, shade, 0.96 * cover)
