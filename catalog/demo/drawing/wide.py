"""The pictures that are not square: hero (wide and tall crop) and story. WIDE = {name: (make(scale), widths)}."""

import numpy as np

from .light import rgb
from .scene import Scene
from .shapes.fragrance import candle
from .shapes.furniture import vase
from .shapes.kitchen import mug
from .shapes.lighting import mushroom_lamp
from .shapes.tea import MI, QING, cup, teapot, tin


def hills(s, win, cx, w, y, colour, amp, phase, clip):
    t = (win.x - cx) / w
    ridge = y - amp * np.sin(t * 2.6 + phase) - amp * 0.4 * np.sin(t * 6 + phase * 2)
    s.paint(win, np.clip((win.y - ridge) * s.u, 0, 1) * clip, rgb(colour))


def still_life(s, cx, base, k):
    """A table in front of an arched window with hills and a red sun."""
    w, top = 300 * k, base - 640 * k
    win = s.window(cx - w, top, cx + w, base)

    def arch(d, px):
        d.rectangle(px([(cx - w, top + w), (cx + w, base)]), fill=255)
        d.ellipse(px([(cx - w, top), (cx + w, top + 2 * w)]), fill=255)

    clip = s.mask(win, arch, 0.4)
    s.paint(win, clip, rgb("#f3dfc6"))
    s.ellipse(cx + 96 * k, base - 430 * k, 86 * k, 86 * k, "#d1482b", 0.12, 0)
    hills(s, win, cx, 300 * k, base - 300 * k, "#b9cbbf", 54 * k, 0.4, clip)
    hills(s, win, cx, 300 * k, base - 205 * k, "#86a596", 46 * k, 2.0, clip)
    hills(s, win, cx, 300 * k, base - 120 * k, "#557a6b", 34 * k, 3.4, clip)
    s.rrect(-20, base, s.w + 20, s.h + 20, 0, "#8a5d3c", 0.06, 0.06)
    s.rrect(-20, base, s.w + 20, base + 12, 0, "#a87650", 0.06, 0.06)
    vase(s, cx - 300 * k, base + 46 * k, 0.92 * k, "#f0eadc", "leaf")
    teapot(s, cx + 8 * k, base + 70 * k, k, QING, wood="#6f4527")
    cup(s, cx - 150 * k, base + 108 * k, 0.86 * k, MI)
    tin(s, cx + 400 * k, base + 56 * k, 0.74 * k, "#2f4a40", "#22372f")
    cup(s, cx + 250 * k, base + 116 * k, 0.86 * k, "#c9754f")


def hero_wide(scale):
    s = Scene(1600, 760, "#e4e9e2", "#e4e9e2", horizon=2, scale=scale)
    still_life(s, 1130, 600, 0.86)
    return s


def hero_tall(scale):
    s = Scene(780, 900, "#e4e9e2", "#e4e9e2", horizon=2, scale=scale)
    still_life(s, 400, 770, 0.74)
    return s


def story(scale):
    s = Scene(1000, 750, "#d8e0d9", "#b88a63", horizon=0.72, edge=4, scale=scale)
    s.pane(470, 90, 330, 300, a=0.24)
    mushroom_lamp(s, 230, 610, 0.92, "#d96f43", "#efe6d6")
    mug(s, 560, 640, 0.8, "#efe8da", band="#5f8478")
    candle(s, 780, 600, 0.72)
    return s


WIDE = {"hero-wide": (hero_wide, (960, 1600)), "hero-tall": (hero_tall, (480, 780)), "story": (story, (600, 1000))}
