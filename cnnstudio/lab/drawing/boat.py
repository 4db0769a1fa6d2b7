"""A sailing boat on a summer sea: soft clouds, hard edges, and water that never repeats."""

import numpy as np
from numpy.typing import NDArray

from cnnstudio.lab.drawing.canvas import EMPTY, Canvas, Grays, Mask, curve, smoothstep
from cnnstudio.lab.drawing.noise import Noise

_HORIZON = 152.0
_WATERLINE = 203.0
_SUN = (52.0, 58.0)


def _sky(sheet: Canvas, grain: Noise) -> None:
    x, y = sheet.x, sheet.y
    sheet.tint(96 + 0.72 * y)
    away = np.hypot(x - _SUN[0], y - _SUN[1])
    sheet.tint(255, 0.75 * np.exp(-away / 34))
    sheet.tint(255, smoothstep(13.5, 12.5, away))
    lift = 1 - np.abs(y - 84) / 90
    u, v = x / 62, y / 26
    thick = grain.at(u, v, 6) + 0.16 * lift
    towards_sun = grain.at(u - 0.12, v - 0.22, 6) + 0.16 * lift
    body = smoothstep(0.56, 0.76, thick)
    sheet.tint(np.clip(214 + 260 * (thick - towards_sun), 130, 252), 0.92 * body)


def _shore(sheet: Canvas, grain: Noise) -> None:
    x, y = sheet.x, sheet.y
    for base, tall, width, gray in ((150, 26, 70.0, 150.0), (153, 17, 38.0, 118.0)):
        rise = smoothstep(120, 250, x + base - 150)
        crest = base - tall * rise * grain.at(x / width + base, 0.5, 4)
        hill = (y > crest) & (y < _HORIZON)
        sheet.fill(hill, gray + 46 * (grain.at(x / 5, y / 3, 3) - 0.5))


def _sea(sheet: Canvas, grain: Noise) -> None:
    x, y = sheet.x, sheet.y
    depth = np.maximum(y - _HORIZON, 0.12)
    u, v = (x - 128) / (depth + 14) * 2.6, 260 / (depth + 14)
    swell = grain.at(u, v * 2.2, 5) - 0.5
    ripple = grain.at(u * 5, v * 9, 3) - 0.5
    sea = y >= _HORIZON
    near = smoothstep(0, 30, depth)
    sheet.fill(sea, 150 - 0.74 * depth + (150 * swell + 60 * ripple) * (0.25 + 0.75 * near))
    path = np.exp(-(((x - _SUN[0]) / (9 + 0.42 * depth)) ** 2))
    glint = smoothstep(0.5, 0.68, grain.at(u * 3.5, v * 12, 3))
    sheet.fill(sea, 255, path * np.clip(0.15 + 0.85 * glint, 0, 1))
    foam = smoothstep(0.7, 0.78, grain.at(u * 2 + 9, v * 3.4, 5)) * near
    sheet.fill(sea, 235, 0.8 * foam)


def _sail(boat: Canvas, sail: Mask, light: Grays, seams: Grays) -> None:
    boat.fill(sail, light)
    boat.fill(sail & (seams % 13 < 0.7), 150, 0.6)
    boat.fill(sail & ~np.roll(sail, 3, 1), 130, 0.5)


def _hull(boat: Canvas, grain: Noise) -> None:
    x, y = boat.x, boat.y
    cabin = [(94, 186), (97, 174), (106, 172.5), (140, 172), (154, 176), (164, 184)]
    wall = 214 - 2.2 * (y - 172) + 12 * grain.at(x / 9, y / 2)
    boat.fill(boat.polygon(curve(cabin)), wall)
    for left in (107, 121, 135):
        boat.fill(boat.disc(left, 178.6, 3.4), 120)
        boat.fill(boat.disc(left, 178.6, 2.6), 40 + 9 * (y - 176))
    rail = curve([(58, 180), (90, 184.5), (140, 184), (185, 178), (212, 169)])
    keel = curve([(205, 181), (194, 196), (184, 206), (120, 208), (74, 206), (64, 196)])
    hull = boat.polygon(np.concatenate([rail, keel]))
    below = y - np.interp(x, rail[:, 0], rail[:, 1])
    boat.fill(hull, 74 - 1.1 * below + 22 * grain.at(x / 30, below / 1.4, 2))
    boat.fill(hull & (below > 2.6) & (below < 6.2), 232)
    boat.fill(hull & (below > 9) & (below % 4.2 < 0.5), 26)
    boat.fill(hull & (y > 199.5), 150)
    boat.fill(boat.stroke(rail, 1.9), 178)


def _rig(boat: Canvas, grain: Noise) -> None:
    x, y = boat.x, boat.y
    boat.fill(boat.stroke([(126, 180), (126, 22)], 2.6), 92 + 60 * (x > 125.6))
    boat.fill(boat.stroke([(126, 168), (57, 171)], 2.4), 96)
    for foot in ((211, 169), (60, 180)):
        boat.fill(boat.stroke([(126, 23), foot], 0.55), 70)
    leech = curve([(123.6, 28), (104, 76), (84, 124), (61, 166.5)])
    foot_of_main = curve([(61, 166.5), (92, 165), (123.6, 163)])
    main = boat.polygon(np.concatenate([leech, foot_of_main]))
    _sail(boat, main, 252 - 1.05 * (124 - x) + 10 * grain.at(x / 40, y / 9, 2), y + 0.22 * x)
    boat.fill(boat.disc(112, 94, 5.2) & ~boat.disc(112, 94, 3), 84)
    luff = curve([(131, 34), (152, 70), (178, 115), (205, 160)])
    foot_of_jib = curve([(205, 160), (172, 168), (139, 170)])
    back = curve([(139, 170), (141, 130), (137, 84), (131, 34)])
    jib = boat.polygon(np.concatenate([luff, foot_of_jib, back]))
    _sail(boat, jib, 168 + 0.9 * (x - 128) + 12 * grain.at(x / 30, y / 9, 2), y - 0.3 * x)
    flag = curve([(127, 14), (134, 12), (141, 16), (150, 14)])
    boat.fill(boat.polygon(np.concatenate([flag, flag[::-1] + np.array([-1, 8])])), 58)
    boat.fill(boat.stroke([(126, 30), (126, 12)], 1.2), 90)


def _reflection(sheet: Canvas, boat: Canvas, grain: Noise) -> None:
    x, y, fine = sheet.x, sheet.y, sheet.fine
    below = y - _WATERLINE
    sway = (grain.at(x / 22, y / 2.6, 3) - 0.5) * (3 + 0.5 * np.maximum(below, 0))
    rows = np.clip((_WATERLINE - 2.3 * below) * fine, 0, 256 * fine - 1).astype(int)
    columns = np.clip((x + sway) * fine, 0, 256 * fine - 1).astype(int)
    mirrored = boat.pixels[rows, columns]
    shows = (below > 0) & ~np.isnan(mirrored)
    sheet.fill(shows, np.nan_to_num(mirrored), np.clip(0.62 - 0.008 * below, 0, 1))


def _gulls(sheet: Canvas) -> None:
    for x, y, size in ((196, 62, 8.0), (214, 48, 6.0), (228, 74, 5.0), (24, 118, 5.0)):
        wings = [(-1, -0.25), (-0.5, -0.5), (0, 0.1), (0.55, -0.55), (1.1, -0.2)]
        path = curve([(x + size * dx, y + size * dy) for dx, dy in wings])
        sheet.fill(sheet.stroke(path, 1.3), 46)


def boat() -> NDArray[np.uint8]:
    """Paint a sloop in front of a low sun, 256x256."""
    sheet = Canvas(256, 256)
    grain = Noise(np.random.default_rng(23))
    _sky(sheet, grain)
    _shore(sheet, grain)
    _sea(sheet, grain)
    sloop = Canvas(256, 256, EMPTY)
    _hull(sloop, grain)
    _rig(sloop, grain)
    _reflection(sheet, sloop, grain)
    sloop.pixels[sloop.y > _WATERLINE + 0.8 * np.sin(sloop.x / 5)] = EMPTY
    sheet.lay(sloop)
    bow = sheet.stroke(curve([(60, 204), (110, 205), (160, 204), (196, 203)]), 2.2)
    broken = smoothstep(0.35, 0.6, grain.at(sheet.x / 4, sheet.y, 3))
    sheet.tint(240, 0.7 * sheet.soft(bow, 0.8) * broken)
    _gulls(sheet)
    return sheet.picture()
