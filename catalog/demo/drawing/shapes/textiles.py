"""Cloth: cushions, blankets, towels, things to wear in the house."""

import math

import numpy as np

from catalog.demo.drawing.light import lit, rgb, smooth


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
    s.rrect(
        cx - 236 * k,
        base - 260 * k,
        cx + 236 * k,
        base - 30 * k,
        40 * k,
        c,
        0.16,
        0.28,
        grain=lambda x, y: 0.03 * np.sin(y * 0.9 / k),
    )
    for y, h in ((-84, 26), (-122, 9), (-142, 9)):
        s.rrect(cx - 235 * k, base + y * k, cx + 235 * k, base + (y + h) * k, 2, stripe, 0.16, 0.28)
    s.rrect(cx - 236 * k, base - 262 * k, cx + 236 * k, base - 196 * k, 33 * k, c, 0.24, 0.24)
    s.rrect(cx - 206 * k, base - 200 * k, cx + 228 * k, base - 196 * k, 2, "#000000", 0, 0, 0.12)


def roll_end(s, x, y, r, c):
    """The end of something rolled up: a spiral."""
    s.ball(x, y, r, c, 0.16, 0.3)
    a = np.linspace(0.4, 5.2 * math.pi, 60)
    rr = r * (0.10 + 0.84 * a / a.max())
    s.line(
        [(x + q * math.cos(p), y + q * math.sin(p)) for p, q in zip(a, rr, strict=True)],
        max(2.0, r * 0.035),
        "#20302a",
        0.26,
    )


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
        s.rrect(
            x - 94 * k,
            top - 12 * k,
            x + 94 * k,
            low,
            7 * k,
            c[0],
            0.12,
            0.2,
            grain=lambda px, py: 0.05 * np.sin((px + py * 0.08) * 0.055 / k) + weave(px, py),
        )
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
        s.stroke(
            [(cx + x * k, base - 4 * k), (cx + x * 1.04 * k, base + (24 - abs(i - 9)) * k)], 5 * k, 4 * k, c, 0.1, 0.3
        )
    s.turned(
        cx,
        top,
        [(0, r), (h * 0.5, r - 2), (h, r)],
        c,
        k,
        0.16,
        0.34,
        foot=0.16,
        bands=bands,
        grain=lambda t, y: 0.02 * np.sin(y * 1.1),
    )
    s.ellipse(cx, top, r * k, r * 0.17 * k, c, 0.2, -0.06)
    a = np.linspace(0.6, 6.6 * math.pi, 70)
    q = r * 0.95 * a / a.max()
    s.line(
        [(cx + f * math.cos(g) * k, top + f * 0.17 * math.sin(g) * k) for f, g in zip(q, a, strict=True)],
        2.6 * k,
        "#20302a",
        0.4,
    )
    s.turned(cx, base - h * 0.5 * k, [(0, r), (22, r)], "#8a5a36", k, foot=0.16)
