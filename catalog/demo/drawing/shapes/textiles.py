"""Cloth: cushions, blankets, towels, things to wear in the house."""

import math

import numpy as np

from ..scene import lit, rgb, smooth


def weave(x, y):
    return 0.014 * np.sin(x * 1.9) + 0.014 * np.sin(y * 1.9)


def cushion(s, cx, base, k, c, stripe=None, check=False):
    """A square cushion; stripe is the colour of its woven lines."""
    rx, ry = 236 * k, 206 * k
    cy = base - 190 * k
    s.cast(cx, base + 4 * k, 205 * k)
    win = s.window(cx - rx * 1.1, cy - ry * 1.1, cx + rx * 1.1, cy + ry * 1.1)
    dx, dy = (win.x - cx) / rx, (win.y - cy) / ry
    bulge = 1 - 0.07 * (np.cos(dx * 1.57) + np.cos(dy * 1.57))
    r = (np.abs(dx) ** 3.6 + np.abs(dy) ** 3.6) ** (1 / 3.6) / bulge * 0.93
    m = np.clip((1 - r) * 200 * k * s.u + 0.5, 0, 1)
    light = 1.02 + 0.16 * np.exp(-(((dx + 0.35) / 0.6) ** 2) - ((dy + 0.35) / 0.6) ** 2)
    light = light - 0.34 * smooth((dx + dy * 0.8 + 0.1) / 1.6) - 0.12 * smooth((r - 0.72) / 0.3)
    col = np.broadcast_to(rgb(c), (*m.shape, 3)).copy()
    lines = ((-120, 10), (-96, 4), (96, 4), (120, 10), (-8, 16), (18, 4), (-34, 4))
    ways = [dx * 236 + 6 * np.sin(dy * 3)] + ([dy * 206 + 6 * np.sin(dx * 3)] if check else [])
    for way in ways if stripe else ():
        for at, width in lines:
            b = np.clip((width / 2 - np.abs(way - at)) * k * s.u + 0.5, 0, 1)[..., None]
            col += (rgb(stripe) - col) * b * (0.6 if check else 1)
    s.paint(win, m, lit(col, light + weave(win.x, win.y)))


def blanket(s, cx, base, k, colours):
    """Folded blankets, one on the other."""
    s.cast(cx, base, 240 * k)
    y = base
    for i, c in enumerate(colours):
        h, inset = 74 * k, i * 9 * k
        s.rrect(cx - 240 * k + inset, y - h, cx + 236 * k - inset, y, 34 * k, c, 0.16, 0.3, grain=weave)
        s.rrect(cx - 214 * k + inset, y - h * 0.54, cx + 236 * k - inset, y - h * 0.5, 2, "#000000", 0, 0, 0.10)
        y -= h - 3 * k


def throw(s, cx, base, k, c, stripe):
    """One folded throw with a fringe hanging over the front."""
    s.cast(cx, base + 6 * k, 236 * k)
    for i in range(30):
        x = cx - 222 * k + i * 15.3 * k
        s.stroke([(x, base - 40 * k), (x + (2 - i % 5) * k, base + 6 * k)], 6 * k, 4 * k, c, 0.1, 0.3)
    s.rrect(cx - 236 * k, base - 260 * k, cx + 236 * k, base - 30 * k, 40 * k, c, 0.16, 0.28, grain=lambda x, y: 0.03 * np.sin(y * 0.9 / k))
    for y, h in ((-84, 26), (-122, 9), (-142, 9)):
        s.rrect(cx - 235 * k, base + y * k, cx + 235 * k, base + (y + h) * k, 2, stripe, 0.16, 0.28)
    s.rrect(cx - 236 * k, base - 262 * k, cx + 236 * k, base - 196 * k, 33 * k, c, 0.24, 0.24)
    s.rrect(cx - 206 * k, base - 200 * k, cx + 228 * k, base - 196 * k, 2, "#000000", 0, 0, 0.12)


def roll_end(s, x, y, r, c):
    """The end of something rolled up: a spiral."""
    s.ball(x, y, r, c, 0.16, 0.3)
    a = np.linspace(0.4, 5.2 * math.pi, 60)
    rr = r * (0.10 + 0.84 * a / a.max())
    s.line([(x + q * math.cos(p), y + q * math.sin(p)) for p, q in zip(a, rr, strict=True)], max(2.0, r * 0.035), "#20302a", 0.26)


def towels(s, cx, base, k, colours):
    """Three rolled towels in a pyramid, seen from the end."""
    r = 116 * k
    s.cast(cx, base, 210 * k)
    places = ((cx - r * 1.02, base - r), (cx + r * 1.02, base - r), (cx, base - r * 2.72))
    for (x, y), c in zip(places, colours, strict=True):
        roll_end(s, x, y, r, c)


def tea_towels(s, cx, base, k, colours, wood="#a9794a"):
    """Cloths hanging over a rail; base is their lower edge."""
    top = base - 400 * k
    for i, c in enumerate(colours):
        x, low = cx + (i - (len(colours) - 1) / 2) * 214 * k, base - (i % 2) * 46 * k
        s.rrect(x - 84 * k, top + 12 * k, x + 104 * k, low + 16 * k, 8, "#20302a", 0, 0, 0.16)
        s.rrect(x - 94 * k, top - 12 * k, x + 94 * k, low, 7 * k, c[0], 0.12, 0.2,
                grain=lambda px, py: 0.05 * np.sin((px + py * 0.08) * 0.055 / k) + weave(px, py))
        for d in (44, 60, 96):
            s.rrect(x - 94 * k, low - d * k, x + 94 * k, low - (d - (7 if d != 96 else 18)) * k, 1, c[1], 0.1, 0.2)
    s.stroke([(cx - 330 * k, top), (cx + 330 * k, top)], 20 * k, 20 * k, wood)
    for d in (-1, 1):
        s.ball(cx + d * 330 * k, top, 17 * k, "#c9a35a", 0.5)


def rug(s, cx, base, k, c, band, h=520):
    """A rolled rug standing upright, tied with a strap; its top shows the spiral."""
    r, top = 92, base - h * k
    bands = [(y, y + w, band) for y, w in ((40, 10), (64, 26), (104, 10), (h - 114, 10), (h - 90, 26), (h - 50, 10))]
    s.cast(cx, base + 4, r * k)
    for i in range(19):
        x = (i - 9) * 9.6
        s.stroke([(cx + x * k, base - 4 * k), (cx + x * 1.04 * k, base + (24 - abs(i - 9)) * k)], 5 * k, 4 * k, c, 0.1, 0.3)
    s.turned(cx, top, [(0, r), (h * 0.5, r - 2), (h, r)], c, k, 0.16, 0.34, foot=0.16, bands=bands, grain=lambda t, y: 0.02 * np.sin(y * 1.1))
    s.ellipse(cx, top, r * k, r * 0.17 * k, c, 0.2, -0.06)
    a = np.linspace(0.6, 6.6 * math.pi, 70)
    q = r * 0.95 * a / a.max()
    s.line([(cx + f * math.cos(g) * k, top + f * 0.17 * math.sin(g) * k) for f, g in zip(q, a, strict=True)], 2.6 * k, "#20302a", 0.4)
    s.turned(cx, base - h * 0.5 * k, [(0, r), (22, r)], "#8a5a36", k, foot=0.16)


def slippers(s, cx, cy, k, c, lining="#d8c7a4"):
    """A pair of house shoes seen from above."""
    sole = ((0, -250), (70, -228), (98, -140), (84, -30), (72, 60), (80, 160), (50, 236), (0, 252), (-50, 236), (-76, 160), (-66, 60), (-82, -40), (-92, -140), (-64, -226))
    vamp = ((0, -254), (72, -232), (102, -140), (92, -40), (78, 6), (30, -34), (-30, -38), (-76, -2), (-88, -50), (-96, -140), (-66, -230))
    for d in (-1, 1):
        X, Y, a = cx + d * 118 * k, cy + (14 if d > 0 else -10) * k, d * 0.09

        def at(points, grow=1.0, dx=0.0, dy=0.0, X=X, Y=Y, a=a, d=d):
            turn = [(x * d * grow * math.cos(a) - y * grow * math.sin(a), x * d * grow * math.sin(a) + y * grow * math.cos(a)) for x, y in points]
            return [(X + x * k + dx, Y + y * k + dy) for x, y in turn]

        s.poly(at(sole, 1.04, 16, 18), "#20302a", blur=10, a=0.3, rounded=True)
        s.poly(at(sole, 1.03, 0, 6), "#7a5a3c", 0, 0.2, rounded=True)
        s.poly(at(sole), lining, 0.12, 0.16, rounded=True)
        s.ellipse(X - 2 * a * k, Y + 150 * k, 44 * k, 62 * k, "#000000", a=0.05)
        s.poly(at(vamp, 1.0, 4, 12), "#20302a", blur=6, a=0.26, rounded=True)
        s.poly(at(vamp, 1.02), c, 0.18, 0.24, rounded=True)
        s.stroke(at(((78, -2), (30, -40), (-30, -44), (-76, -8))), 9 * k, 9 * k, lining)


def apron(s, cx, base, k, c, tie="#8a5a36"):
    """An apron hanging from a wooden peg; base is the hem."""
    top = base - 520 * k

    def at(*pts):
        return [(cx + x * k, top + y * k) for x, y in pts]

    s.ball(cx, top - 66 * k, 20 * k, "#a9794a", 0.4)
    s.poly(at((-76, 20), (96, 20), (120, 190), (226, 250), (214, 534), (-186, 534), (-166, 250)), "#20302a", blur=12, a=0.2)
    s.stroke(at((-78, 10), (-40, -52), (0, -72), (40, -52), (78, 10)), 13 * k, 13 * k, tie)
    body = [(-86, 0), (86, 0), (96, 90), (130, 170), (204, 220), (196, 520), (-196, 520), (-204, 220), (-130, 170), (-96, 90)]
    s.poly(at(*body), c, 0.14, 0.22)
    for x in (-92, 30, 128):
        s.stroke(at((x, 250), (x + 8, 512)), 3 * k, 16 * k, "#000000", 0, 0, 0.05)
    s.rrect(cx - 104 * k, top + 292 * k, cx + 104 * k, top + 418 * k, 8 * k, c, 0.2, 0.1)
    for y in (292, 300):
        s.rrect(cx - 104 * k, top + y * k, cx + 104 * k, top + (y + 3) * k, 1, "#000000", 0, 0, 0.18)
    s.stroke(at((-198, 226), (-238, 300), (-226, 390)), 11 * k, 9 * k, tie)
    s.stroke(at((198, 226), (236, 310), (222, 408)), 11 * k, 9 * k, tie)


def pouf(s, cx, base, k, c):
    """A knitted pouf."""
    def knit(t, y):
        a = np.arcsin(np.clip(t, -1, 1)) * 11
        return 0.09 * np.abs(np.sin(a)) * np.sin(y * 0.22 + 2.2 * np.abs(np.sin(a))) - 0.10 * (np.abs(np.sin(a)) < 0.16)

    s.cast(cx, base + 2, 220 * k)
    s.turned(cx, base - 300 * k, [(0, 150), (14, 196), (70, 246), (150, 262), (230, 246), (286, 204), (300, 178)], c, k, 0.16, 0.34, grain=knit)
    s.ellipse(cx, base - 298 * k, 152 * k, 26 * k, c, 0.2, 0.1)
    for i in range(13):
        a = math.pi * i / 12
        s.line([(cx, base - 300 * k), (cx + 148 * k * math.cos(a), base - 298 * k + 24 * k * math.sin(a))], 2.4 * k, "#000000", 0.10)
    s.ball(cx, base - 302 * k, 14 * k, c, 0.2)


def zafu(s, cx, base, k, c):
    """A round sitting cushion with pleats."""
    def pleats(t, y):
        return 0.10 * np.sin(np.arcsin(np.clip(t, -1, 1)) * 26)

    s.cast(cx, base + 2, 220 * k)
    s.turned(cx, base - 158 * k, [(0, 196), (20, 238), (80, 256), (136, 240), (158, 214)], c, k, 0.16, 0.34, foot=0.1, grain=pleats)
    s.ellipse(cx, base - 156 * k, 200 * k, 30 * k, c, 0.2, 0.06)
    s.ellipse(cx, base - 152 * k, 15 * k, 6 * k, "#000000", a=0.2)
