"""Fronts of houses: plaster below, timber above, windows with bars, shutters and flowers."""

from dataclasses import dataclass

import numpy as np

from cnnstudio.lab.drawing.canvas import smoothstep
from cnnstudio.lab.drawing.capitals import lettered, looked_up
from cnnstudio.lab.drawing.lake.relief import HILLS
from cnnstudio.lab.drawing.light import light, over
from cnnstudio.lab.drawing.space.shapes import Numbers
from cnnstudio.lab.drawing.space.things import Paint

STOREY = 2.8  # metres
_BAY = 2.3  # from one window to the next


@dataclass(frozen=True)
class Facade:
    """How the fronts of a house look.

    Attributes:
        storeys: below the roof.
        wall, timber, shutters: colours; `timber` may be empty: plaster up to the roof.
        seed: sets it apart from others.
        words: what is written on the front towards us.
    """

    storeys: int
    wall: str
    timber: str
    shutters: str
    seed: float
    words: str = ""

    def paint(self, wide: float, tall: float, deep: float) -> Paint:
        """Return the paint of a body that is twice as wide, tall and deep."""
        board = lettered(self.words, 7.0, 1.2) if self.words else None

        def paint(on: Numbers, _: Numbers) -> Numbers:
            gable = np.abs(on[2]) > 0.999
            u, v = np.where(gable, on[0] * wide, on[2] * deep), (on[1] + 1) * tall
            tone = self._wall(u, v)
            tone = _windows(self, tone, (u, v, np.where(gable, wide, deep)))
            ours = on[2] < -0.999
            door = ours & (np.abs(u - 0.3 * wide) < 0.55) & (v < 2.25)
            tone = over(tone, light("#5c3820", 1) * (0.7 + 0.5 * (np.floor(v * 2.2) % 2)), door)
            if board is not None:
                up = (v - self.storeys * STOREY - 0.55) / 1.15
                ink = looked_up(board, 0.5 + u / 8, 0.5 - up)
                tone = over(tone, "#5c1c14", ink * (ours & (np.abs(u) < 3.9) & (np.abs(up) < 0.5)))
            return tone

        return paint

    def _wall(self, u: Numbers, v: Numbers) -> Numbers:
        """Paint plaster on a foot of stone, and boards above the ground floor."""
        tone = light(self.wall, 1) * (0.8 + 0.4 * HILLS.at(u * 0.7 + self.seed, v * 0.5, 4))
        tone = tone * (1 - 0.25 * smoothstep(0.7, 0, v))
        if self.timber:
            row = np.floor(v / 0.22)
            pick = HILLS.at(row * 1.7 + self.seed, np.floor(u / 3.1 + 0.37 * row) * 1.3)
            wood = light(self.timber, 1) * (0.6 + 0.6 * pick)
            wood = wood * (0.45 + 0.55 * smoothstep(0.0, 0.03, v % 0.22))
            wood = wood * (0.85 + 0.3 * HILLS.at(u * 1.3, v * 14, 2))
            tone = over(tone, wood, v > STOREY + 0.4)
        stone = light("#8c867c", 1) * (0.6 + 0.7 * HILLS.at(u * 2.5, v * 4, 2))
        return over(tone, stone, v < 0.45)


def _windows(facade: Facade, tone: Numbers, at: tuple[Numbers, Numbers, Numbers]) -> Numbers:
    """Cut windows into a wall: across from its middle, up from its foot, half as wide as `wide`."""
    u, v, wide = at
    count = np.maximum(1, np.floor((2 * wide - 0.6) / _BAY))
    bay, storey = np.floor(u / _BAY + count / 2), np.floor((v - 0.4) / STOREY)
    x, y = (u / _BAY + count / 2 - bay - 0.5) * _BAY, v - 1.95 - storey * STOREY
    attic = (storey == facade.storeys) & (np.abs(u) < _BAY / 2)
    here = (bay >= 0) & (bay < count) & (storey >= 0) & (storey < facade.storeys) | attic
    side = np.abs(np.where(attic, u, x))
    dice = HILLS.at(bay * 3.7 + facade.seed, storey * 5.1 + facade.seed)
    slats = light(facade.shutters, 1) * (0.75 + 0.5 * (np.floor(y / 0.09) % 2))
    tone = over(tone, slats, here & (side < 1.06) & (side > 0.56) & (np.abs(y) < 0.72))
    tone = over(tone, "#f4f0e8", here & (side < 0.56) & (np.abs(y) < 0.75))
    bars = (side < 0.035) | (np.abs(np.abs(y) - 0.24) < 0.03)
    pane = here & (side < 0.48) & (np.abs(y) < 0.67) & ~bars
    tone = np.where(pane, _glass(side, y, dice), tone)
    tone = over(tone, "#c8c0b0", here & (side < 0.66) & (y < -0.75) & (y > -0.85))
    bloom = HILLS.at(u * 9, v * 9)
    petals = np.where(bloom > 0.55, light("#d02830", 1), light("#3c6828", 1))
    box = here & (side < 0.6) & (y < -0.6) & (y > -0.85) & (dice > 0.4)
    return over(tone, petals, box & (bloom > 0.3))


def _glass(side: Numbers, y: Numbers, dice: Numbers) -> Numbers:
    """Let panes mirror the sky; behind some hang curtains, behind few a lamp is lit."""
    sky = light("#20303c", 1) + 0.8 * light("#88a8cc", 1) * smoothstep(0.35, 0.75, dice + 0.25 * y)
    lamp = light("#ffc860", 1) * (1.2 + 0.4 * y)
    curtain = (np.abs(side - 0.4) < 0.1 + 0.12 * (y + 0.6)) & (dice > 0.45)
    return over(np.where(dice < 0.16, lamp, sky), 0.8 * light("#d8d4cc", 1), curtain)
