"""Teaware."""

QING, MI, MO = "#7fa79a", "#efe8da", "#4a4440"


def teapot(s, cx, base, k, c, wood="#8a5a36"):
    top = base - 232 * k

    def at(*pts):
        return [(cx + x * k, top + y * k) for x, y in pts]

    s.cast(cx, base + 4 * k, 190 * k)
    s.stroke(at((150, 48), (232, 10), (292, 62), (268, 138), (150, 172)), 27 * k, 25 * k, wood)
    s.stroke(at((-120, 150), (-196, 112), (-226, 40), (-262, 2)), 78 * k, 30 * k, c)
    s.ellipse(cx - 264 * k, top, 18 * k, 8 * k, "#26312c", rot=-0.6)
    s.turned(cx, top, [(0, 88), (18, 128), (66, 178), (120, 192), (176, 168), (218, 112), (232, 100)], c, k)
    s.ellipse(cx, top + 4 * k, 96 * k, 14 * k, c, 0, 0.3)
    s.turned(cx, top - 44 * k, [(0, 20), (8, 46), (26, 76), (44, 90)], c, k, foot=0.12)
    s.turned(cx, top - 78 * k, [(0, 8), (8, 22), (20, 24), (32, 12), (38, 14)], c, k, foot=0.2)


def kyusu(s, cx, base, k, c, knob="#8a5a36"):
    """A pot with a side handle."""
    top = base - 176 * k
    s.cast(cx, base + 4 * k, 170 * k)
    s.stroke(
        [(cx - 120 * k, top + 84 * k), (cx - 190 * k, top + 50 * k), (cx - 224 * k, top + 8 * k)], 62 * k, 34 * k, c
    )
    s.ellipse(cx - 226 * k, top + 5 * k, 18 * k, 8 * k, "#2a2522", rot=-0.7)
    s.stroke(
        [(cx + 140 * k, top + 76 * k), (cx + 232 * k, top + 30 * k), (cx + 300 * k, top - 10 * k)], 36 * k, 50 * k, c
    )
    s.ellipse(cx + 308 * k, top - 14 * k, 11 * k, 21 * k, c, 0, 0.4, rot=-0.55)
    s.turned(
        cx,
        top,
        [(0, 92), (20, 138), (70, 172), (118, 168), (160, 118), (176, 106)],
        c,
        k,
        grain=lambda t, y: 0.02 * ((y // 9) % 2),
    )
    s.turned(cx, top - 26 * k, [(0, 40), (10, 76), (26, 94)], c, k, foot=0.1)
    s.turned(cx, top - 60 * k, [(0, 14), (8, 22), (22, 20), (36, 12)], knob, k, foot=0.2)


def cup(s, cx, base, k, c, inner="#c9b27a", cast=True):
    top = base - 92 * k
    if cast:
        s.cast(cx, base + 2 * k, 62 * k)
    s.turned(cx, top, [(0, 74), (26, 72), (60, 58), (80, 38), (84, 34), (92, 36)], c, k)
    s.mouth(cx, top, 74 * k, c, inner, 0.2, 0.09)


def glass_cup(s, cx, base, k, tea="#c9822f"):
    """A double-walled glass."""
    top = base - 220 * k
    s.cast(cx, base + 2, 92 * k, 0.18)
    s.turned(cx, top, [(0, 104), (60, 112), (150, 104), (200, 78), (220, 72)], "#eaf1ef", k, 0.4, 0.14, a=0.6)
    s.turned(cx, top + 56 * k, [(0, 92), (50, 88), (96, 66), (118, 34)], tea, k, 0.35, 0.3, a=0.94, foot=0.3)
    s.ellipse(cx, top + 56 * k, 93 * k, 15 * k, "#dfa04d", 0.2, 0)
    s.ellipse(cx, top, 104 * k, 17 * k, "#f7fbfa", 0.2, 0, 0.85)
    s.ellipse(cx, top + 1, 95 * k, 14 * k, "#dbe5e2", 0, 0, 0.75)
    s.rrect(cx - 84 * k, top + 34 * k, cx - 72 * k, top + 168 * k, 6 * k, "#ffffff", 0, 0, 0.42)


def gaiwan(s, cx, base, k, c, line):
    s.cast(cx, base + 2, 150 * k)
    s.turned(cx, base - 30 * k, [(0, 170), (8, 168), (22, 90), (30, 80)], c, k)
    s.ellipse(cx, base - 30 * k, 170 * k, 24 * k, c, 0.2, 0.14)
    s.turned(
        cx,
        base - 190 * k,
        [(0, 150), (14, 142), (70, 120), (130, 70), (150, 60), (160, 62)],
        c,
        k,
        bands=[(16, 22, line)],
    )
    s.turned(
        cx, base - 262 * k, [(0, 34), (14, 40), (22, 40), (40, 100), (66, 134), (78, 138)], c, k, bands=[(58, 62, line)]
    )
    s.ellipse(cx, base - 262 * k, 34 * k, 6 * k, c, 0, -0.1)


def pitcher(s, cx, base, k, tea="#c9822f"):
    top = base - 250 * k
    s.cast(cx, base + 2, 110 * k, 0.18)
    handle = [(92, 50), (178, 60), (168, 150), (96, 180)]
    s.stroke([(cx + x * k, top + y * k) for x, y in handle], 17 * k, 17 * k, "#dfe8e6", 0.6, 0.18)
    s.turned(
        cx, top, [(0, 92), (40, 86), (120, 104), (210, 112), (244, 92), (250, 88)], "#eef4f2", k, 0.4, 0.12, a=0.55
    )
    s.turned(cx, top + 96 * k, [(0, 96), (24, 100), (114, 108), (146, 88), (150, 84)], tea, k, 0.35, 0.3, a=0.92)
    s.ellipse(cx, top + 96 * k, 97 * k, 15 * k, "#dfa04d", 0.2, 0)
    s.poly([(cx - 88 * k, top - 4 * k), (cx - 124 * k, top - 12 * k), (cx - 84 * k, top + 40 * k)], "#e6eeec", a=0.7)
    s.ellipse(cx, top, 92 * k, 14 * k, "#f6faf9", 0.2, 0, 0.8)
    s.ellipse(cx, top + 1, 84 * k, 11 * k, "#d9e3e0", 0, 0, 0.7)
    s.rrect(cx - 66 * k, top + 40 * k, cx - 54 * k, top + 210 * k, 6 * k, "#ffffff", 0, 0, 0.42)


def tin(s, cx, base, k, c, lid, label="#f3efe4", seal="#b8361f"):
    top = base - 300 * k
    s.cast(cx, base + 2, 110 * k)
    s.turned(cx, top + 62 * k, [(0, 112), (230, 112), (238, 108)], c, k)
    s.turned(cx, top, [(0, 108), (6, 114), (66, 114), (72, 112)], lid, k)
    s.ellipse(cx, top, 108 * k, 18 * k, lid, 0.2, -0.06)
    s.rrect(cx - 58 * k, top + 120 * k, cx + 44 * k, top + 250 * k, 4 * k, label, 0.0, 0.16)
    s.rrect(cx - 24 * k, top + 206 * k, cx + 4 * k, top + 234 * k, 4 * k, seal, 0, 0.1)
    for i in range(3):
        y = top + (142 + i * 17) * k
        s.rrect(cx - (28 - i * 2) * k, y, cx + (14 - i * 4) * k, y + 4 * k, 2, "#59615b", 0, 0)


def whisk(s, cx, base, k):
    s.cast(cx, base, 60 * k)
    s.turned(cx, base - 210 * k, [(0, 30), (84, 34), (96, 36)], "#d8b679", k)
    for i in range(-10, 11):
        t = i / 10
        line = [(30 * t, -120), (66 * t, -60), (50 * t, -4)]
        s.stroke(
            [(cx + x * k, base + y * k) for x, y in line], 6 * k, 3 * k, "#e2c58d" if i % 2 else "#cfa866", 0.2, 0.2
        )
    s.rrect(cx - 36 * k, base - 126 * k, cx + 36 * k, base - 112 * k, 4, "#3b4a43", 0.1, 0.3)


def bowl(s, cx, base, k, c, inner="#7f9a4b"):
    top = base - 158 * k
    s.cast(cx, base + 2, 130 * k)
    s.turned(
        cx, top, [(0, 168), (20, 166), (74, 146), (120, 96), (138, 66), (158, 66)], c, k, bands=[(0, 26, "#e7e2d4")]
    )
    s.mouth(cx, top, 168 * k, "#e7e2d4", inner, 0.2, 0.06)


def kettle(s, cx, base, k, c, wood="#7a4f2e"):
    top = base - 250 * k

    def at(*pts):
        return [(cx + x * k, top + y * k) for x, y in pts]

    s.cast(cx, base + 2, 150 * k)
    s.stroke(at((-100, 190), (-190, 190), (-206, 110), (-214, 30), (-270, 6)), 34 * k, 18 * k, c)
    s.stroke(at((86, 10), (150, -34), (232, -10), (240, 60), (226, 150)), 20 * k, 32 * k, wood)
    s.turned(cx, top, [(0, 96), (20, 104), (120, 126), (220, 150), (244, 150), (250, 146)], c, k)
    s.turned(cx, top - 20 * k, [(0, 60), (8, 86), (20, 100)], c, k, 0.3, 0.3)
    s.ellipse(cx, top - 20 * k, 60 * k, 8 * k, c, 0.2, 0)
    s.turned(cx, top - 56 * k, [(0, 12), (6, 22), (24, 20), (36, 14)], wood, k, foot=0.2)


def tray(s, cx, cy, rx, c="#8a613f"):
    s.shadow(cx + 14, cy + rx * 0.17, rx * 1.04, rx * 0.24, 0.3, 18)
    s.ellipse(cx, cy + rx * 0.07, rx, rx * 0.30, "#55371f", 0, 0.1)
    s.ellipse(cx, cy, rx, rx * 0.30, "#7d5536", 0.2, 0.2)
    s.ellipse(cx, cy + rx * 0.012, rx * 0.93, rx * 0.262, "#6b4529", 0, 0.1)
    s.ellipse(cx, cy + rx * 0.03, rx * 0.91, rx * 0.25, c, 0.2, 0.15)
