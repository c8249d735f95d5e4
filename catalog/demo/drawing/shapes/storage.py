"""Boxes, bags and what goes along on a trip."""

import numpy as np

from catalog.demo.drawing.light import mix


def bottle(s, cx, base, k, c, cap="#e9e4d6"):
    top = base - 486 * k
    s.cast(cx, base + 2, 96 * k)
    s.turned(cx, top + 78 * k, [(0, 60), (30, 78), (62, 92), (390, 92), (408, 84)], c, k, bands=[(330, 336, "#ffffff")])
    s.turned(cx, top, [(0, 50), (6, 56), (80, 58), (86, 60)], cap, k)
    s.ellipse(cx, top, 50 * k, 8 * k, cap, 0.1, -0.1)
    loop = [(-54, 50), (-118, 18), (-96, 150), (-68, 110)]
    s.stroke([(cx + x * k, top + y * k) for x, y in loop], 9 * k, 9 * k, "#8d5f3a")


def tumbler(s, cx, base, k, c, lid="#2f3b36"):
    """A travel mug with a sleeve."""
    top = base - 330 * k
    s.cast(cx, base + 2, 90 * k)
    s.turned(cx, top, [(0, 112), (300, 84), (330, 78)], c, k, bands=[(110, 210, mix(c, "#000000", 0.35))])
    s.turned(cx, top - 34 * k, [(0, 96), (8, 112), (34, 118), (42, 116)], lid, k, foot=0.1)
    s.ellipse(cx, top - 34 * k, 96 * k, 15 * k, lid, 0.25, -0.05)
    s.rrect(cx - 66 * k, top - 46 * k, cx - 20 * k, top - 32 * k, 6 * k, mix(lid, "#ffffff", 0.25), 0, 0)


def tote(s, cx, base, k, c, mark):
    def at(*pts):
        return [(cx + x * k, base + y * k) for x, y in pts]

    s.cast(cx, base, 190 * k)
    s.stroke(at((-86, -330), (-84, -470), (0, -520), (84, -470), (86, -330)), 20 * k, 20 * k, "#a07a4e")
    s.poly(at((-188, -346), (188, -346), (206, -24), (190, 0), (-190, 0), (-206, -24)), c, 0.16, 0.2)
    s.poly(at((-188, -346), (188, -346), (189, -322), (-189, -322)), "#000000", a=0.07)
    s.stroke(at((-92, -318), (-86, -400), (-60, -452)), 22 * k, 20 * k, "#b58b5a")
    s.stroke(at((92, -318), (86, -400), (60, -452)), 22 * k, 20 * k, "#b58b5a")
    s.rrect(cx - 58 * k, base - 226 * k, cx + 58 * k, base - 110 * k, 12 * k, mark, 0.05, 0.1)
    s.poly(at((-30, -140), (-6, -190), (10, -164), (22, -176), (36, -140)), "#f6f2e8")


def basket(s, cx, base, k, c, liner=None):
    """A woven basket with two ears."""
    top = base - 250 * k

    def woven(t, y):
        a = np.arcsin(np.clip(t, -1, 1)) * 13
        return 0.12 * np.sin(a + 3.14 * (np.floor(y / 17) % 2)) * np.abs(np.sin(y * 3.1416 / 17)) - 0.08 * (
            np.abs(np.sin(y * 3.1416 / 17)) < 0.25
        )

    s.cast(cx, base + 2, 190 * k)
    for d in (-1, 1):
        s.stroke(
            [
                (cx + d * 150 * k, top + 10 * k),
                (cx + d * 186 * k, top - 64 * k),
                (cx + d * 244 * k, top - 56 * k),
                (cx + d * 214 * k, top + 60 * k),
            ],
            19 * k,
            19 * k,
            c,
        )
    s.ellipse(cx, top, 222 * k, 46 * k, mix(c, "#000000", 0.45))
    if liner:
        s.ellipse(cx, top, 216 * k, 42 * k, mix(liner, "#000000", 0.25))
    s.turned(cx, top + 6 * k, [(0, 222), (90, 224), (190, 196), (244, 172)], c, k, 0.18, 0.34, grain=woven)
    if liner:
        s.turned(cx, top - 8 * k, [(0, 224), (50, 228)], liner, k, 0.16, 0.26, foot=0.19)
        s.ellipse(cx, top - 4 * k, 210 * k, 38 * k, mix(liner, "#000000", 0.3))
    else:
        s.stroke(
            [
                (cx - 222 * k, top + 4 * k),
                (cx - 150 * k, top + 36 * k),
                (cx, top + 50 * k),
                (cx + 150 * k, top + 36 * k),
                (cx + 222 * k, top + 4 * k),
            ],
            17 * k,
            17 * k,
            mix(c, "#ffffff", 0.12),
        )


def fabric_box(s, cx, base, k, c, tab="#8a5a36", lid=True):
    """A linen box with a lid and a label holder."""
    s.cast(cx, base + 2, 210 * k)
    linen = lambda x, y: 0.02 * np.sin(x * 1.7) + 0.02 * np.sin(y * 1.7)  # noqa: E731
    s.rrect(cx - 214 * k, base - 250 * k, cx + 214 * k, base, 12 * k, c, 0.12, 0.24, grain=linen)
    if lid:
        s.rrect(cx - 224 * k, base - 204 * k, cx + 226 * k, base - 194 * k, 4, "#000000", 0, 0, 0.16)
        s.rrect(
            cx - 226 * k,
            base - 284 * k,
            cx + 226 * k,
            base - 200 * k,
            14 * k,
            mix(c, "#ffffff", 0.12),
            0.14,
            0.2,
            grain=linen,
        )
    s.rrect(cx - 60 * k, base - 134 * k, cx + 60 * k, base - 74 * k, 6 * k, "#c9a35a", 0.3, 0.2)
    s.rrect(cx - 50 * k, base - 124 * k, cx + 50 * k, base - 84 * k, 3 * k, "#f7f2e6", 0, 0.06)
    s.rrect(cx - 30 * k, base - 107 * k, cx + 30 * k, base - 102 * k, 1, tab, 0, 0)


def suitcase(s, cx, base, k, c, trim="#8a5a36"):
    """A cabin case with a raised handle."""
    s.cast(cx, base + 2, 200 * k)
    for x in (-74, 74):
        s.stroke([(cx + x * k, base - 470 * k), (cx + x * k, base - 610 * k)], 13 * k, 13 * k, "#a7aaa5", 0.6)
    s.stroke([(cx - 84 * k, base - 614 * k), (cx + 84 * k, base - 614 * k)], 25 * k, 25 * k, "#2f3b36")
    for x in (-140, 140):
        s.rrect(cx + (x - 24) * k, base - 40 * k, cx + (x + 24) * k, base, 18 * k, "#2b2f2d", 0.2, 0.2)
    s.rrect(
        cx - 194 * k,
        base - 484 * k,
        cx + 194 * k,
        base - 24 * k,
        44 * k,
        c,
        0.16,
        0.28,
        grain=lambda x, y: 0.055 * np.sin((x - cx) * 6.28 / (48 * k)),
    )
    for x, y in ((-194, -484), (194, -484), (-194, -24), (194, -24)):
        dx, dy = (46 if x < 0 else -46), (46 if y < -100 else -46)
        s.rrect(
            cx + min(x, x + dx) * k,
            base + min(y, y + dy) * k,
            cx + max(x, x + dx) * k,
            base + max(y, y + dy) * k,
            30 * k,
            trim,
            0.2,
            0.2,
        )
    s.rrect(cx - 66 * k, base - 496 * k, cx + 66 * k, base - 470 * k, 12 * k, trim, 0.2, 0.2)
    s.rrect(cx - 30 * k, base - 410 * k, cx + 30 * k, base - 350 * k, 8 * k, "#f5f0e4", 0, 0.1)
    s.poly(
        [
            (cx - 18 * k, base - 366 * k),
            (cx - 3 * k, base - 394 * k),
            (cx + 6 * k, base - 380 * k),
            (cx + 18 * k, base - 366 * k),
        ],
        "#b8361f",
    )


def backpack(s, cx, base, k, c, trim="#8a5a36"):
    """A roll-top backpack."""

    def at(*pts):
        return [(cx + x * k, base + y * k) for x, y in pts]

    s.cast(cx, base, 190 * k)
    s.stroke(at((-40, -506), (-36, -566), (36, -566), (40, -506)), 14 * k, 14 * k, trim)
    for d in (-1, 1):
        s.stroke(at((d * 150, -400), (d * 226, -260), (d * 196, -60)), 30 * k, 24 * k, mix(c, "#000000", 0.3))
    s.rrect(cx - 190 * k, base - 480 * k, cx + 190 * k, base, 62 * k, c, 0.16, 0.28)
    s.rrect(cx - 198 * k, base - 512 * k, cx + 198 * k, base - 392 * k, 34 * k, mix(c, "#ffffff", 0.1), 0.16, 0.26)
    s.rrect(cx - 190 * k, base - 396 * k, cx + 190 * k, base - 388 * k, 3, "#000000", 0, 0, 0.22)
    s.rrect(cx - 140 * k, base - 250 * k, cx + 140 * k, base - 40 * k, 30 * k, mix(c, "#ffffff", 0.07), 0.14, 0.2)
    s.rrect(cx - 140 * k, base - 206 * k, cx + 140 * k, base - 200 * k, 2, "#000000", 0, 0, 0.25)
    for x in (-84, 84):
        s.rrect(cx + (x - 15) * k, base - 504 * k, cx + (x + 15) * k, base - 300 * k, 6 * k, trim, 0.2, 0.2)
        s.rrect(cx + (x - 21) * k, base - 350 * k, cx + (x + 21) * k, base - 318 * k, 5 * k, "#c9a35a", 0.4, 0.2)
    s.rrect(cx - 32 * k, base - 150 * k, cx + 32 * k, base - 96 * k, 5 * k, trim, 0.1, 0.1)


def umbrella(s, cx, base, k, c, wood="#8a5a36"):
    """An open umbrella; base is where the crook ends."""
    top = base - 560 * k
    s.shadow(cx + 30 * k, base + 6 * k, 210 * k, 16 * k, 0.2, 16)
    s.stroke([(cx, top - 30 * k), (cx, top + 20 * k)], 8 * k, 8 * k, "#c9a35a")
    s.stroke([(cx, top + 190 * k), (cx, base - 70 * k)], 10 * k, 10 * k, "#59615b")
    s.stroke(
        [
            (cx, base - 150 * k),
            (cx, base - 52 * k),
            (cx + 30 * k, base - 10 * k),
            (cx + 68 * k, base - 24 * k),
            (cx + 70 * k, base - 62 * k),
        ],
        17 * k,
        17 * k,
        wood,
    )
    ribs = (-330, -205, -70, 70, 205, 330)
    rim = 236
    for i in range(5):
        a, b = ribs[i], ribs[i + 1]
        shade = (0.16, 0.06, 0.0, -0.10, -0.22)[i]
        colour = mix(c, "#ffffff" if shade > 0 else "#000000", abs(shade))
        left = [(cx + a * np.sin(t) * k, top + rim * (1 - np.cos(t)) * k) for t in np.linspace(0, 1.571, 24)]
        right = [(cx + b * np.sin(t) * k, top + rim * (1 - np.cos(t)) * k) for t in np.linspace(1.571, 0, 24)]
        hem = [(cx + (a + (b - a) * f) * k, top + (rim - 26 * np.sin(f * 3.1416)) * k) for f in np.linspace(0, 1, 14)]
        s.poly([*left, *hem, *right], colour, 0.06, 0.05)


def pouch(s, cx, base, k, c, cord="#8a5a36"):
    """A drawstring pouch."""

    def at(*pts):
        return [(cx + x * k, base + y * k) for x, y in pts]

    s.cast(cx, base + 2, 150 * k)
    s.poly(
        at((-60, -250), (-110, -310), (-50, -296), (0, -318), (54, -296), (112, -308), (60, -250)),
        mix(c, "#ffffff", 0.08),
        0.1,
        0.2,
        rounded=True,
    )
    s.turned(
        cx,
        base - 262 * k,
        [(0, 58), (30, 76), (110, 146), (190, 166), (244, 150), (262, 132)],
        c,
        k,
        0.14,
        0.3,
        foot=0.08,
        grain=lambda t, y: 0.06 * np.sin(t * 12) * np.clip(1 - y / 130, 0, 1),
    )
    s.stroke(at((-62, -250), (0, -238), (62, -250)), 12 * k, 12 * k, cord)
    s.stroke(at((20, -242), (74, -200), (60, -130)), 8 * k, 8 * k, cord)
    s.stroke(at((10, -242), (38, -190), (16, -120)), 8 * k, 8 * k, cord)
    for x, y in ((60, -128), (16, -118)):
        s.ball(cx + x * k, base + y * k, 12 * k, "#c9a35a", 0.4)


def organiser(s, cx, base, k, wood="#b98a58"):
    """A desk-top chest with three drawers."""
    s.cast(cx, base + 2, 220 * k)
    s.wood(cx - 226 * k, base - 350 * k, cx + 226 * k, base, 12 * k, wood)
    for i in range(3):
        y = base - (326 - i * 104) * k
        s.rrect(cx - 206 * k, y - 3 * k, cx + 206 * k, y + 93 * k, 6 * k, "#000000", 0, 0, 0.28)
        s.wood(cx - 203 * k, y, cx + 203 * k, y + 90 * k, 5 * k, mix(wood, "#ffffff", 0.16))
        s.ball(cx, y + 46 * k, 12 * k, "#c9a35a", 0.5)
