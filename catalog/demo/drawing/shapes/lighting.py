"""Lamps."""

import numpy as np

WARM = "#fff3cf"


def mushroom_lamp(s, cx, base, k, shade, stem, glow=True):
    top = base - 430 * k
    s.cast(cx, base + 2, 110 * k)
    if glow:
        s.glow(cx, top + 190 * k, 330 * k, 260 * k)
    s.turned(cx, top + 150 * k, [(0, 30), (150, 28), (210, 40), (250, 88), (272, 112), (280, 112)], stem, k)
    s.turned(cx, top, [(0, 20), (12, 80), (50, 150), (110, 206), (160, 226)], shade, k, 0.34, 0.26, foot=0.1)
    s.ellipse(cx, top + 162 * k, 224 * k, 22 * k, WARM if glow else "#d9d2c0", 0, 0.05)
    s.ellipse(cx, top + 162 * k, 60 * k, 10 * k, "#ffffff", 0, 0, 0.8)


def paper_lantern(s, cx, base, k, wood="#6b4a2f"):
    """A ribbed paper globe on three thin legs."""
    r = 176 * k
    cy = base - 330 * k
    s.cast(cx, base + 2, 120 * k)
    s.glow(cx, cy, 330 * k, 300 * k, a=0.6)
    for x in (-0.62, 0.62, 0.06):
        s.stroke([(cx + x * r * 0.7, cy + r * 0.7), (cx + x * r, base)], 12 * k, 9 * k, wood)
    s.turned(
        cx,
        cy - r,
        [(0, 34), (18, 92), (70, 154), (150, 176), (176, 177), (202, 176), (282, 154), (334, 92), (352, 34)],
        "#fbeecb",
        k,
        0.2,
        0.16,
        foot=0.1,
        grain=lambda t, y: 0.05 * np.sin(y * 0.36 - 1.2 * t * t) - 0.03,
    )
    s.glow(cx, cy + 10 * k, 90 * k, 90 * k, "#ffffff", 0.5)
    s.ellipse(cx, cy - r, 36 * k, 6 * k, wood, 0.2, 0.1)


def arm_lamp(s, cx, base, k, c, brass="#c9a35a"):
    """A reading lamp with two arms and a small cone."""

    def at(x, y):
        return (cx + x * k, base + y * k)

    s.cast(cx + 40 * k, base + 2, 110 * k)
    s.glow(cx - 150 * k, base - 230 * k, 190 * k, 200 * k, a=0.5)
    s.turned(cx + 60 * k, base - 26 * k, [(0, 104), (8, 112), (26, 114)], c, k)
    s.ellipse(cx + 60 * k, base - 26 * k, 104 * k, 17 * k, c, 0.2, -0.05)
    s.stroke([at(60, -34), at(150, -270)], 15 * k, 14 * k, c)
    s.stroke([at(150, -270), at(-96, -476)], 14 * k, 13 * k, c)
    s.ball(cx + 150 * k, base - 270 * k, 17 * k, brass, 0.5)
    s.poly([at(-118, -478), at(-88, -440), at(-64, -340), at(-244, -400), at(-160, -462)], c, 0.22, 0.26, rounded=False)
    s.ellipse(cx - 154 * k, base - 370 * k, 95 * k, 17 * k, WARM, rot=0.32)
    s.ball(cx - 100 * k, base - 476 * k, 20 * k, c)


def lantern(s, cx, base, k, c, wood="#a9794a"):
    """A rechargeable lantern with a bail handle."""
    top = base - 330 * k
    s.cast(cx, base + 2, 100 * k)
    s.glow(cx, top + 170 * k, 260 * k, 230 * k)
    s.stroke(
        [
            (cx - 88 * k, top + 70 * k),
            (cx - 106 * k, top - 50 * k),
            (cx, top - 120 * k),
            (cx + 106 * k, top - 50 * k),
            (cx + 88 * k, top + 70 * k),
        ],
        9 * k,
        9 * k,
        "#53605a",
    )
    s.stroke([(cx - 42 * k, top - 112 * k), (cx, top - 120 * k), (cx + 42 * k, top - 112 * k)], 22 * k, 22 * k, wood)
    s.turned(cx, top + 80 * k, [(0, 82), (150, 82)], "#fdeebb", k, 0.2, 0.1)
    s.glow(cx, top + 165 * k, 66 * k, 80 * k, "#ffffff", 0.8)
    for x in (-0.96, -0.45, 0.45, 0.96):
        s.stroke([(cx + x * 80 * k, top + 84 * k), (cx + x * 80 * k, top + 236 * k)], 6 * k, 6 * k, c)
    s.turned(cx, top + 228 * k, [(0, 92), (80, 100), (96, 98)], c, k)
    s.turned(cx, top + 20 * k, [(0, 40), (16, 78), (56, 94), (68, 94)], c, k)
    s.turned(cx, top - 4 * k, [(0, 20), (24, 26)], c, k)
    s.ball(cx - 20 * k, top + 284 * k, 13 * k, wood, 0.4)


def pendant(s, cx, base, k, c, cord="#3a4541"):
    """A hanging dome; base is the lower rim."""
    s.line([(cx, -10), (cx, base - 240 * k)], 5 * k, cord)
    s.glow(cx, base + 60 * k, 330 * k, 240 * k, a=0.6)
    s.turned(cx, base - 262 * k, [(0, 15), (30, 18), (48, 36)], "#c9a35a", k, 0.5, 0.4)
    s.turned(cx, base - 216 * k, [(0, 34), (18, 96), (80, 184), (160, 232), (216, 246)], c, k, 0.3, 0.34, foot=0.1)
    s.ellipse(cx, base + 2, 244 * k, 26 * k, WARM, 0, 0.05)
    s.ball(cx, base + 8 * k, 38 * k, "#fff9e6", 0.2, 0.05)


def globe_lamp(s, cx, base, k, brass="#c9a35a"):
    """A milk-glass ball on a small brass foot."""
    s.cast(cx, base + 2, 96 * k)
    s.glow(cx, base - 230 * k, 310 * k, 290 * k, a=0.66)
    s.turned(cx, base - 92 * k, [(0, 52), (14, 58), (40, 62), (76, 96), (92, 100)], brass, k, 0.5, 0.42)
    s.ball(cx, base - 236 * k, 162 * k, "#fff4d8", 0.3, 0.12)
    s.glow(cx, base - 236 * k, 110 * k, 110 * k, "#ffffff", 0.7)


def tripod_lamp(s, cx, base, k, shade, wood="#8b5c38"):
    """A floor lamp: drum shade on three wooden legs."""
    top = base - 620 * k
    s.shadow(cx + 16 * k, base - 8 * k, 170 * k, 20 * k, 0.22, 16)
    s.glow(cx, top + 130 * k, 320 * k, 260 * k, a=0.55)
    for x in (-118, 128, 16):
        s.stroke(
            [(cx + x * 0.1 * k, top + 200 * k), (cx + x * k, base - (22 if x == 16 else 0) * k)], 17 * k, 12 * k, wood
        )
    s.turned(
        cx, top, [(0, 116), (200, 158)], shade, k, 0.2, 0.16, foot=0.08, grain=lambda t, y: 0.012 * np.sin(t * 140)
    )
    s.ellipse(cx, top, 116 * k, 12 * k, WARM, 0.1)
    s.ellipse(cx, top + 200 * k, 157 * k, 13 * k, "#fbe7b6", 0, 0.05)
