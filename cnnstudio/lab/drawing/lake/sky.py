"""The sky: deep above, pale at the horizon, with feathers of ice and clouds."""

import numpy as np

from cnnstudio.lab.drawing.canvas import Grays, smoothstep
from cnnstudio.lab.drawing.lake.air import HORIZON, ZENITH
from cnnstudio.lab.drawing.lake.clouds import CLOUDS, clouds
from cnnstudio.lab.drawing.lake.march import Standpoint
from cnnstudio.lab.drawing.light import light, over


def sky(view: Standpoint) -> Grays:
    """Return the light of the sky in the rows above the horizon.  (3, rows, width)."""
    rows = int(view.row)
    gaze = (view.row - np.arange(rows, dtype=np.float32) - np.float32(0.5)) / view.focus
    u, v = np.meshgrid(view.aside(slice(0, view.width)), gaze.astype(np.float32))
    rise = np.clip(v / 0.42, 0, 1) ** np.float32(0.75)
    blue = over(np.multiply.outer(HORIZON, np.ones_like(u)), 1.15 * ZENITH[:, None, None], rise)
    glow = np.exp(-((u - 0.75) ** 2 + (v * 1.5) ** 2) / 0.35)
    return clouds(_cirrus(blue + 0.35 * light("#ffdcb0", 2) * glow, u, v), u, v)


def _cirrus(blue: Grays, u: Grays, v: Grays) -> Grays:
    """Comb streaks of ice over the sky; the higher, the nearer they are to us."""
    far = 1 / (v + 0.16)
    x, y = u * far * 2.2, far * 1.6
    bent = y * 4 - x * 1.2 + 1.5 * CLOUDS.at(x, y, 3)
    streaks = smoothstep(0.42, 0.85, CLOUDS.at(x * 1.1 + 0.6 * y, bent, 6))
    patches = smoothstep(0.35, 0.75, CLOUDS.at(x * 0.8 + 7, y * 0.8, 3))
    thin = 0.55 * streaks * patches * smoothstep(0.1, 0.3, v)
    return over(blue, 1.15 * light("#fff2e6", 2), thin)
