"""Things of cloth to wear or sit on at home."""

import math

import numpy as np


def slippers(s, cx, cy, k, c, lining="#d8c7a4"):
    """A pair of house shoes seen from above."""
    sole = (
        (0, -250),
        (70, -228),
        (98, -140),
        (84, -30),
        (72, 60),
        (80, 160),
        (50, 236),
        (0, 252),
        (-50, 236),
        (-76, 160),
        (-66, 60),
        (-82, -40),
        (-92, -140),
        (-64, -226),
    )
    vamp = (
        (0, -254),
        (72, -232),
        (102, -140),
        (92, -40),
        (78, 6),
        (30, -34),
        (-30, -38),
        (-76, -2),
        (-88, -50),
        (-96, -140),
        (-66, -230),
    )
    for d in (-1, 1):
        X, Y, a = cx + d * 118 * k, cy + (14 if d > 0 else -10) * k, d * 0.09

        def at(points, grow=1.0, dx=0.0, dy=0.0, left=X, top=Y, a=a, d=d):
            turn = [
                (
                    x * d * grow * math.cos(a) - y * grow * math.sin(a),
                    x * d * grow * math.sin(a) + y * grow * math.cos(a),
                )
                for x, y in points
            ]
            return [(left + x * k + dx, top + y * k + dy) for x, y in turn]

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
    s.poly(
        at((-76, 20), (96, 20), (120, 190), (226, 250), (214, 534), (-186, 534), (-166, 250)), "#20302a", blur=12, a=0.2
    )
    s.stroke(at((-78, 10), (-40, -52), (0, -72), (40, -52), (78, 10)), 13 * k, 13 * k, tie)
    body = [
        (-86, 0),
        (86, 0),
        (96, 90),
        (130, 170),
        (204, 220),
        (196, 520),
        (-196, 520),
        (-204, 220),
        (-130, 170),
        (-96, 90),
    ]
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
    s.turned(
        cx,
        base - 300 * k,
        [(0, 150), (14, 196), (70, 246), (150, 262), (230, 246), (286, 204), (300, 178)],
        c,
        k,
        0.16,
        0.34,
        grain=knit,
    )
    s.ellipse(cx, base - 298 * k, 152 * k, 26 * k, c, 0.2, 0.1)
    for i in range(13):
        a = math.pi * i / 12
        s.line(
            [(cx, base - 300 * k), (cx + 148 * k * math.cos(a), base - 298 * k + 24 * k * math.sin(a))],
            2.4 * k,
            "#000000",
            0.10,
        )
    s.ball(cx, base - 302 * k, 14 * k, c, 0.2)


def zafu(s, cx, base, k, c):
    """A round sitting cushion with pleats."""

    def pleats(t, y):
        return 0.10 * np.sin(np.arcsin(np.clip(t, -1, 1)) * 26)

    s.cast(cx, base + 2, 220 * k)
    s.turned(
        cx,
        base - 158 * k,
        [(0, 196), (20, 238), (80, 256), (136, 240), (158, 214)],
        c,
        k,
        0.16,
        0.34,
        foot=0.1,
        grain=pleats,
    )
    s.ellipse(cx, base - 156 * k, 200 * k, 30 * k, c, 0.2, 0.06)
    s.ellipse(cx, base - 152 * k, 15 * k, 6 * k, "#000000", a=0.2)
