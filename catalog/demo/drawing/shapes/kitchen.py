"""Kitchen and table."""

import numpy as np


def pot(s, cx, base, k, c, knob="#c9a35a"):
    top = base - 170 * k
    s.cast(cx, base + 2, 205 * k)
    for d in (-1, 1):
        ear = [(190, 30), (262, 26), (258, 72), (192, 70)]
        s.stroke([(cx + d * x * k, top + y * k) for x, y in ear], 22 * k, 22 * k, c)
    s.turned(cx, top, [(0, 208), (110, 204), (150, 184), (170, 168)], c, k)
    s.turned(cx, top - 82 * k, [(0, 40), (16, 110), (46, 180), (74, 212), (84, 214)], c, k, 0.3, 0.34, foot=0.06)
    s.turned(cx, top - 122 * k, [(0, 22), (8, 30), (22, 26), (40, 16)], knob, k, 0.4, 0.35, foot=0.2)


def milk_pan(s, cx, base, k, c, wood="#a9794a"):
    """A small pan with a pouring lip and a long handle."""
    top = base - 170 * k
    s.cast(cx, base + 2, 140 * k)
    s.stroke(
        [(cx + 136 * k, top + 34 * k), (cx + 250 * k, top + 4 * k), (cx + 330 * k, top - 12 * k)], 24 * k, 30 * k, wood
    )
    s.poly([(cx - 128 * k, top - 2 * k), (cx - 176 * k, top - 12 * k), (cx - 132 * k, top + 46 * k)], c, 0.1, 0.1)
    s.turned(cx, top, [(0, 146), (90, 144), (140, 128), (170, 112)], c, k)
    s.mouth(cx, top, 146 * k, c, "#f4efe4", 0.18, 0.05)


def pan(s, cx, base, k, c="#33373a", wood="#8a5a36", egg=True):
    """A flat pan seen from a little above."""
    top = base - 62 * k
    s.cast(cx, base + 6 * k, 190 * k)
    s.stroke(
        [(cx + 170 * k, top - 14 * k), (cx + 280 * k, top - 70 * k), (cx + 372 * k, top - 120 * k)],
        22 * k,
        34 * k,
        wood,
    )
    s.turned(cx, top, [(0, 212), (24, 206), (50, 176), (62, 168)], c, k, foot=0.2)
    s.ellipse(cx, top, 212 * k, 62 * k, c, 0.25, 0.1)
    s.ellipse(cx, top + 5 * k, 198 * k, 54 * k, "#1f2325", 0.16, 0)
    if egg:
        s.poly(
            [
                (cx + x * k, top + y * k)
                for x, y in ((-96, 8), (-70, -18), (-10, -24), (52, -18), (84, 4), (56, 30), (4, 26), (-52, 34))
            ],
            "#f7f3e8",
            rounded=True,
        )
        s.ellipse(cx - 6 * k, top + 2 * k, 36 * k, 16 * k, "#eda93a", 0.35, 0.15)


def mug(s, cx, base, k, c, inner="#5d4030", band=None):
    top = base - 236 * k
    s.cast(cx, base + 2, 120 * k)
    ear = [(96, 46), (186, 46), (184, 160), (90, 178)]
    s.stroke([(cx + x * k, top + y * k) for x, y in ear], 26 * k, 24 * k, c)
    s.turned(cx, top, [(0, 118), (190, 112), (226, 96), (236, 90)], c, k, bands=[(150, 236, band)] if band else ())
    s.mouth(cx, top, 118 * k, c, inner, 0.17, 0.07)


def rice_bowls(s, cx, base, k, colours):
    """Bowls nested in one another."""
    s.cast(cx, base + 2, 120 * k)
    for i, c in enumerate(colours):
        top = base - (150 + i * 62) * k
        if i:
            s.shadow(cx + 6 * k, top + 116 * k, 110 * k, 8 * k, 0.3, 6)
        s.turned(cx, top, [(0, 176), (14, 174), (66, 148), (118, 92), (132, 72), (150, 74)], c, k)
        s.mouth(cx, top, 176 * k, c, "#d9d2c2" if i == len(colours) - 1 else c, 0.19, 0.06)


def plates(s, cx, base, k, colours):
    """One plate leaning upright behind a low stack."""
    c0 = colours[0]
    s.shadow(cx - 40 * k, base - 6 * k, 190 * k, 20 * k, 0.26, 14)
    x, y, r = cx - 60 * k, base - 222 * k, 218 * k
    s.ellipse(x, y, r, r, c0, 0.16, 0.2)
    s.ellipse(x + 3 * k, y + 3 * k, r * 0.74, r * 0.74, "#000000", a=0.10)
    s.ellipse(x, y, r * 0.72, r * 0.72, c0, 0.2, 0.12)
    cx += 110 * k
    s.cast(cx, base + 40 * k, 176 * k)
    for i, c in enumerate(colours[1:]):
        y = base + (10 - i * 26) * k
        s.turned(cx, y, [(0, 196), (8, 192), (22, 120), (28, 112)], c, k, foot=0.12)
        s.ellipse(cx, y, 196 * k, 34 * k, c, 0.2, 0.16)
        s.ellipse(cx, y + 4 * k, 140 * k, 22 * k, "#000000", a=0.08)
        s.ellipse(cx, y + 6 * k, 138 * k, 21 * k, c, 0.15, 0.06)


def board(s, cx, base, k, c="#c39a68"):
    """A chopping board leaning on the wall, with a loop of leather."""
    s.shadow(cx + 40 * k, base + 2, 170 * k, 20 * k, 0.28, 14)
    s.wood(cx - 34 * k, base - 520 * k, cx + 34 * k, base - 370 * k, 30 * k, c)
    s.wood(cx - 160 * k, base - 404 * k, cx + 160 * k, base, 34 * k, c)
    s.ellipse(cx, base - 484 * k, 13 * k, 13 * k, "#6b4a2b")
    s.stroke(
        [
            (cx, base - 486 * k),
            (cx - 34 * k, base - 560 * k),
            (cx + 8 * k, base - 590 * k),
            (cx + 30 * k, base - 540 * k),
            (cx + 3 * k, base - 486 * k),
        ],
        7 * k,
        7 * k,
        "#7a4a2c",
    )


def lemon(s, cx, base, k, c="#e2b53c"):
    s.cast(cx, base + 2, 62 * k)
    s.ellipse(cx + 64 * k, base - 48 * k, 22 * k, 14 * k, c, 0, 0.3)
    s.ellipse(cx, base - 48 * k, 72 * k, 50 * k, c, 0.35, 0.3)


def chopsticks(s, cx, base, k, woods=("#5b3a26", "#2f3b36")):
    """Two pairs on a ceramic rest."""
    s.shadow(cx + 10 * k, base + 16 * k, 300 * k, 16 * k, 0.2, 12)
    for i, w in enumerate(woods):
        for j in range(2):
            y = base - 96 * k + (i * 62 + j * 24) * k
            s.line([(cx - 290 * k, y + 66 * k), (cx + 296 * k, y - 8 * k)], 7 * k, "#20302a", 0.14)
            s.stroke([(cx - 300 * k, y + 52 * k), (cx + 292 * k, y - 24 * k)], 7 * k, 15 * k, w)
            s.stroke([(cx + 226 * k, y - 16 * k), (cx + 292 * k, y - 24 * k)], 14 * k, 15 * k, "#c9a35a")
    s.turned(cx - 196 * k, base - 34 * k, [(0, 30), (12, 24), (24, 38), (30, 40)], "#7fa79a", k * 1.4)


def mill(s, cx, base, k, c, metal="#cfcac0"):
    """A turned pepper mill."""
    top = base - 420 * k
    s.cast(cx, base + 2, 80 * k)
    s.turned(cx, top + 150 * k, [(0, 52), (40, 40), (110, 56), (200, 78), (250, 84), (270, 82)], c, k)
    s.turned(cx, top + 136 * k, [(0, 54), (16, 54)], metal, k, 0.5, 0.4)
    s.turned(cx, top + 22 * k, [(0, 24), (18, 52), (52, 66), (90, 60), (116, 50)], c, k)
    s.ball(cx, top + 12 * k, 17 * k, metal, 0.6)


def cruet(s, cx, base, k, oil="#d0a33a", cork="#b58a5a"):
    """An oil bottle of clear glass with a cork and a thin spout."""
    top = base - 380 * k
    s.cast(cx, base + 2, 104 * k, 0.2)
    s.turned(
        cx,
        top + 60 * k,
        [(0, 26), (80, 28), (130, 60), (190, 108), (300, 112), (320, 104)],
        "#eaf1ee",
        k,
        0.4,
        0.14,
        a=0.62,
    )
    s.turned(cx, top + 206 * k, [(0, 82), (40, 102), (150, 106), (166, 98)], oil, k, 0.4, 0.32, a=0.93)
    s.ellipse(cx, top + 206 * k, 82 * k, 12 * k, "#e6c05e", 0.2, 0)
    s.turned(cx, top + 26 * k, [(0, 26), (40, 22)], cork, k)
    s.stroke(
        [(cx, top + 26 * k), (cx - 4 * k, top - 24 * k), (cx - 56 * k, top - 58 * k)],
        15 * k,
        9 * k,
        "#cfd4d2",
        0.6,
        0.3,
    )
    s.rrect(cx - 78 * k, top + 220 * k, cx - 66 * k, top + 350 * k, 6 * k, "#ffffff", 0, 0, 0.4)


def jar(s, cx, base, k, grain, wood="#b98a58", fill=0.62):
    """A glass jar with a wooden lid, filled with grain of the given colour."""
    h = 300 * k
    top = base - h
    s.cast(cx, base + 2, 106 * k, 0.2)
    s.turned(cx, top, [(0, 92), (30, 108), (280, 110), (300, 102)], "#edf3f1", k, 0.35, 0.12, a=0.6)
    y = 300 * (1 - fill)
    rng = np.random.default_rng(int(cx))

    def speckle(t, yy):
        return 0.10 * (rng.random(np.broadcast_shapes(t.shape, yy.shape)).astype(np.float32) - 0.5)

    s.turned(cx, top + y * k, [(0, 103), (276 - y, 104), (293 - y, 96)], grain, k, 0.25, 0.3, grain=speckle)
    s.ellipse(cx, top + y * k, 103 * k, 15 * k, grain, 0.2, -0.1)
    s.rrect(cx - 86 * k, top + 40 * k, cx - 75 * k, top + 262 * k, 6 * k, "#ffffff", 0, 0, 0.4)
    s.turned(cx, top - 34 * k, [(0, 92), (8, 98), (38, 98)], wood, k)
    s.ellipse(cx, top - 34 * k, 92 * k, 14 * k, wood, 0.25, -0.05)


def lunchbox(s, cx, base, k, c, wood="#c39a68", strap="#3a4541"):
    """A two-tier box with a wooden lid and a band around it."""
    s.cast(cx, base + 2, 210 * k)
    for i in range(2):
        y = base - (i * 104) * k
        s.rrect(cx - 210 * k, y - 104 * k, cx + 210 * k, y, 30 * k, c, 0.16, 0.28)
        s.rrect(cx - 206 * k, y - 5 * k, cx + 206 * k, y, 3 * k, "#000000", 0, 0, 0.14)
    s.wood(cx - 218 * k, base - 246 * k, cx + 218 * k, base - 204 * k, 18 * k, wood)
    s.rrect(cx - 34 * k, base - 250 * k, cx + 34 * k, base + 1, 5 * k, strap, 0.1, 0.2)
    s.rrect(cx - 14 * k, base - 140 * k, cx + 14 * k, base - 112 * k, 4 * k, "#c9a35a", 0.3, 0.1)
