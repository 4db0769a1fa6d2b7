"""What a lens does to light: blur what is far, let bright light spill, darken the corners."""

import numpy as np

from cnnstudio.lab.drawing.canvas import Grays


def _running_mean(light: Grays, reach: int) -> Grays:
    """Average 2 reach + 1 numbers along the last axis; beyond the border the last one goes on."""
    wide = 2 * reach + 1
    ends = [(0, 0)] * (light.ndim - 1) + [(reach + 1, reach)]
    total = np.cumsum(np.pad(light, ends, mode="edge"), -1, dtype=np.float64)
    return ((total[..., wide:] - total[..., :-wide]) / wide).astype(np.float32)


def softened(light: Grays, radius: float) -> Grays:
    """Blur planes (..., h, w) almost like a Gaussian of that radius: three means, one by one."""
    reach = (np.sqrt(4 * radius**2 + 1) - 1) / 2
    low, more = int(reach), np.float32(reach - int(reach))
    for _ in ("rows", "columns"):
        for _ in range(3):
            narrow = _running_mean(light, low) if low else light
            light = narrow + more * (_running_mean(light, low + 1) - narrow) if low < 4 else narrow
        light = np.ascontiguousarray(light.swapaxes(-1, -2))
    return light


def spilled(light: Grays, radius: float, share: float) -> Grays:
    """Let a share of the light spill over its neighbourhood."""
    return np.asarray(light + np.float32(share) * (softened(light, radius) - light))


def vignetted(light: Grays, strength: float) -> Grays:
    """Darken towards the corners."""
    height, width = light.shape[-2:]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width, dtype=np.float32)
    return np.asarray(light * (1 - np.float32(strength / 2) * (x * x + y * y)))
