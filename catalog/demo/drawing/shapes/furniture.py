"""Furniture and things to stand on it. Their k is smaller than it looks: 1.0 fills the sheet."""

from catalog.demo.drawing.light import curve


def chair(s, cx, base, k, wood, seat):
    def at(*pts):
        return [(cx + x * k, base + y * k) for x, y in pts]

    s.shadow(cx + 20, base - 6, 230 * k, 34 * k, 0.26, 22)
    s.stroke(at((-104, -290), (-128, -20)), 22 * k, 15 * k, wood)
    s.stroke(at((118, -290), (146, -30)), 22 * k, 15 * k, wood)
    s.stroke(
        at((-120, -300), (-150, -450), (-110, -590), (0, -622), (112, -590), (152, -450), (126, -300)),
        22 * k,
        22 * k,
        wood,
    )
    for t in (-60, 0, 60):
        s.stroke(at((t * 0.92, -300), (t * 1.1, -460), (t, -608)), 11 * k, 10 * k, wood)
    s.ellipse(cx, base - 286 * k, 178 * k, 44 * k, wood, 0.1, 0.3)
    s.ellipse(cx, base - 302 * k, 172 * k, 42 * k, seat, 0.2, 0.22)
    s.stroke(at((-150, -280), (-182, 4)), 25 * k, 17 * k, wood)
    s.stroke(at((150, -280), (184, 4)), 25 * k, 17 * k, wood)


def stool(s, cx, base, k, wood, seat):
    """A round three-legged stool."""
    s.shadow(cx + 16, base - 8, 180 * k, 28 * k, 0.26, 20)
    s.stroke([(cx + 20 * k, base - 330 * k), (cx + 30 * k, base - 36 * k)], 24 * k, 18 * k, wood)
    for d in (-1, 1):
        s.stroke([(cx + d * 110 * k, base - 330 * k), (cx + d * 166 * k, base)], 27 * k, 19 * k, wood)
    s.stroke([(cx - 136 * k, base - 150 * k), (cx + 136 * k, base - 150 * k)], 13 * k, 13 * k, wood)
    s.turned(cx, base - 368 * k, [(0, 186), (10, 192), (34, 190), (40, 182)], seat, k, foot=0.2)
    s.ellipse(cx, base - 368 * k, 186 * k, 42 * k, seat, 0.24, 0.12)


def side_table(s, cx, base, k, top, leg):
    """A round table on one turned leg."""
    s.shadow(cx + 16, base - 4, 150 * k, 24 * k, 0.26, 18)
    s.turned(cx, base - 44 * k, [(0, 36), (18, 96), (36, 138), (44, 140)], leg, k)
    s.turned(cx, base - 410 * k, [(0, 34), (80, 26), (220, 24), (330, 34), (376, 44)], leg, k)
    s.turned(cx, base - 440 * k, [(0, 250), (8, 254), (24, 250), (32, 236)], top, k, foot=0.17)
    s.ellipse(cx, base - 440 * k, 250 * k, 50 * k, top, 0.26, 0.12)


def bench(s, cx, base, k, wood, seat):
    """A long bench with a woven seat."""
    s.shadow(cx + 10, base - 4, 320 * k, 24 * k, 0.26, 18)
    for x in (-240, 262):
        s.stroke([(cx + x * k, base - 180 * k), (cx + x * k, base - 26 * k)], 22 * k, 17 * k, wood)
    s.stroke([(cx - 286 * k, base - 100 * k), (cx + 286 * k, base - 100 * k)], 13 * k, 13 * k, wood)
    for x in (-290, 290):
        s.stroke([(cx + x * k, base - 196 * k), (cx + (x * 1.03) * k, base)], 28 * k, 20 * k, wood)
    s.wood(cx - 322 * k, base - 238 * k, cx + 322 * k, base - 192 * k, 16 * k, wood)
    s.rrect(cx - 300 * k, base - 246 * k, cx + 300 * k, base - 214 * k, 12 * k, seat, 0.2, 0.16)
    for i in range(36):
        x = cx + (-292 + i * 16.6) * k
        s.line([(x, base - 242 * k), (x, base - 217 * k)], 2.2 * k, "#000000", 0.10)


def shelf(s, cx, base, k, wood):
    """A ladder shelf with five boards."""
    s.shadow(cx + 20, base - 4, 220 * k, 22 * k, 0.24, 18)
    for d in (-1, 1):
        s.stroke([(cx + d * 150 * k, base - 650 * k), (cx + d * 176 * k, base - 26 * k)], 14 * k, 14 * k, wood)
    for i in range(5):
        y, w = base - (70 + i * 138) * k, (196 - i * 8) * k
        s.rrect(cx - w + 8 * k, y + 16 * k, cx + w - 8 * k, y + 30 * k, 2, "#20302a", 0, 0, 0.14)
        s.wood(cx - w, y, cx + w, y + 19 * k, 4 * k, wood)
    for d in (-1, 1):
        s.stroke([(cx + d * 164 * k, base - 660 * k), (cx + d * 202 * k, base)], 18 * k, 18 * k, wood)


def books(s, x, base, k, colours, lean=False):
    """Standing books from x to the right."""
    for i, c in enumerate(colours):
        w, h = (26 + (i * 7) % 15) * k, (92 + (i * 13) % 26) * k
        s.rrect(x, base - h, x + w, base, 3 * k, c, 0.16, 0.22)
        s.rrect(x + 3 * k, base - h + 16 * k, x + w - 3 * k, base - h + 21 * k, 1, "#f5f0e4", 0, 0, 0.7)
        x += w + 1
    if lean:
        s.poly(
            [(x + 2, base), (x + 26 * k, base), (x + 58 * k, base - 88 * k), (x + 34 * k, base - 96 * k)],
            "#c9754f",
            0.1,
            0.2,
        )


def mirror(s, cx, base, k, wood):
    """A tall arched mirror leaning on the wall."""
    s.shadow(cx + 40 * k, base, 190 * k, 22 * k, 0.28, 16)

    def arch(inset):
        w, top = (176 - inset) * k, base - (640 - inset) * k
        up = [(cx - w, base - inset * k), (cx - w, top + w)]
        bow = curve(
            [
                (cx - w, top + w),
                (cx - w * 0.71, top + w * 0.29),
                (cx, top),
                (cx + w * 0.71, top + w * 0.29),
                (cx + w, top + w),
            ],
            80,
        )
        return [*up, *[tuple(p) for p in bow], (cx + w, base - inset * k)]

    s.poly(arch(0), wood, 0.2, 0.3)
    s.poly(arch(15), "#6b4a2f")
    s.poly(arch(19), "#cfdbdc", 0.3, 0.14)
    for x, w in ((-40, 40), (40, 14)):
        s.poly(
            [
                (cx + (x - 96) * k, base - 90 * k),
                (cx + (x - 96 + w) * k, base - 90 * k),
                (cx + (x + 60 + w) * k, base - 500 * k),
                (cx + (x + 60) * k, base - 500 * k),
            ],
            "#ffffff",
            blur=3,
            a=0.26,
        )


def coat_stand(s, cx, base, k, wood):
    """A tree-like stand with a hat."""
    s.shadow(cx + 16, base - 4, 160 * k, 24 * k, 0.24, 18)
    for x, y in ((-150, 0), (160, 0), (10, -34)):
        s.stroke(
            [(cx, base - 120 * k), (cx + x * 0.6 * k, base + (y - 60) * k), (cx + x * k, base + y * k)],
            20 * k,
            14 * k,
            wood,
        )
    s.stroke([(cx, base - 660 * k), (cx, base - 100 * k)], 24 * k, 28 * k, wood)
    for x, y, dy in ((-110, -590, 90), (104, -630, 80), (-86, -450, 80), (112, -470, 90)):
        s.stroke(
            [(cx, base + (y + dy) * k), (cx + x * 0.7 * k, base + (y + dy * 0.7) * k), (cx + x * k, base + y * k)],
            16 * k,
            13 * k,
            wood,
        )
        s.ball(cx + x * k, base + y * k, 12 * k, wood, 0.4)
    s.ball(cx, base - 662 * k, 18 * k, wood, 0.4)


def hat(s, cx, base, k, c, band="#b8361f"):
    s.turned(cx, base - 92 * k, [(0, 46), (14, 72), (92, 92)], c, k, foot=0.1, bands=[(62, 82, band)])
    s.ellipse(cx, base, 164 * k, 25 * k, c, 0.2, 0.3)
    s.turned(cx, base - 92 * k, [(0, 46), (14, 72), (88, 90)], c, k, foot=0.05, bands=[(60, 82, band)])
    s.ellipse(cx, base - 90 * k, 46 * k, 9 * k, c, 0.1, 0.1)


def bag_on_hook(s, cx, base, k, c):
    s.stroke(
        [(cx - 44 * k, base - 130 * k), (cx, base - 236 * k), (cx + 44 * k, base - 130 * k)], 8 * k, 8 * k, "#8a5a36"
    )
    s.poly(
        [
            (cx - 76 * k, base - 140 * k),
            (cx + 76 * k, base - 140 * k),
            (cx + 88 * k, base - 8 * k),
            (cx + 70 * k, base),
            (cx - 70 * k, base),
            (cx - 88 * k, base - 8 * k),
        ],
        c,
        0.16,
        0.22,
    )


def vase(s, cx, base, k, c, kind="berry"):
    top = base - 352 * k
    s.cast(cx, base + 2, 110 * k)

    def at(*pts):
        return [(cx + x * k, top + y * k) for x, y in pts]

    branches = [
        at((0, 30), (-20, -90), (-90, -210), (-120, -330)),
        at((0, 30), (30, -80), (60, -190), (150, -290)),
        at((-52, -150), (-110, -190), (-190, -200)),
    ]
    for b in branches:
        s.stroke(b, 8 * k, 4 * k, "#5b4636")
    for b in branches:
        line = curve(b, 25)
        if kind == "berry":
            for j, (x, y) in enumerate(line[8::2]):
                o = 17 * k * (1 if j % 2 else -1)
                s.ball(x + o, y - 6 * k + (j % 3) * 5 * k, 13 * k, "#c23a22", 0.5, 0.4)
        else:
            for j, (x, y) in enumerate(line[7::2]):
                s.leaf(
                    x, y, 66 * k, 26 * k, -1.2 + (1.5 if j % 2 else -1.5) + j * 0.08, "#5f7d63" if j % 2 else "#7b977c"
                )
    s.turned(cx, top, [(0, 44), (14, 36), (60, 34), (120, 74), (200, 122), (270, 122), (334, 82), (352, 74)], c, k)
    s.mouth(cx, top, 44 * k, c, "#2c2f2c", 0.2, 0.16)


def moon_jar(s, cx, base, k, c):
    """A round jar with dry grass."""
    top = base - 330 * k
    for x, y in ((-130, -250), (-60, -320), (10, -350), (80, -300), (150, -230)):
        tip = (cx + x * k, top + y * k)
        s.stroke(
            [(cx + x * 0.1 * k, top + 20 * k), (cx + x * 0.4 * k, top + y * 0.5 * k), tip], 5 * k, 3 * k, "#a98a55"
        )
        for j in range(7):
            s.leaf(
                tip[0] - x * 0.03 * j * k,
                tip[1] + j * 15 * k,
                34 * k,
                9 * k,
                -1.57 + (0.5 if j % 2 else -0.5) + x * 0.003,
                "#d3b06c" if j % 2 else "#c39c56",
            )
    s.cast(cx, base + 2, 120 * k)
    s.turned(
        cx,
        top,
        [(0, 66), (18, 70), (50, 124), (130, 184), (180, 188), (240, 170), (310, 100), (330, 92)],
        c,
        k,
        0.22,
        0.34,
    )
    s.mouth(cx, top, 66 * k, c, "#2c2f2c", 0.18, 0.12)
