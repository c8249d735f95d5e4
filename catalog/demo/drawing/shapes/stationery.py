"""Paper, pens and the desk."""

import math

SEAL = "#b8361f"


def notebook(s, cx, base, k, c, elastic="#2f3b36", spine=None):
    """A cloth-bound notebook standing a little open."""
    s.shadow(cx + 30 * k, base + 2, 190 * k, 18 * k, 0.26, 14)
    s.poly(
        [
            (cx - 20 * k, base - 410 * k),
            (cx + 196 * k, base - 388 * k),
            (cx + 196 * k, base - 10 * k),
            (cx - 20 * k, base),
        ],
        spine or c,
        -0.1,
        0.34,
    )
    s.poly(
        [
            (cx - 20 * k, base - 400 * k),
            (cx + 184 * k, base - 380 * k),
            (cx + 184 * k, base - 16 * k),
            (cx - 20 * k, base - 4 * k),
        ],
        "#f4efe2",
        0,
        0.14,
    )
    s.rrect(cx - 170 * k, base - 420 * k, cx + 120 * k, base, 10 * k, c, 0.14, 0.18)
    s.rrect(cx - 170 * k, base - 420 * k, cx - 128 * k, base, 10 * k, "#000000", 0, 0, 0.10)
    s.rrect(cx + 72 * k, base - 421 * k, cx + 84 * k, base + 1, 2, elastic, 0.1, 0.1)
    s.rrect(cx - 92 * k, base - 330 * k, cx + 36 * k, base - 250 * k, 4 * k, "#f5f0e4", 0, 0.08)
    for y in (-304, -284):
        s.rrect(cx - 70 * k, base + y * k, cx + 14 * k, base + (y + 3) * k, 1, "#8a8478", 0, 0)


def notebook_stack(s, cx, base, k, colours):
    """Notebooks lying in a stack, each turned a little."""
    s.cast(cx, base, 230 * k)
    y = base
    for i, c in enumerate(colours):
        o, w, h = (-12, 16, -6, 10)[i % 4] * k, (232 - i * 8) * k, 44 * k
        s.rrect(cx - w + o, y - h, cx + w + o, y, 8 * k, c, 0.14, 0.24)
        s.rrect(cx - w + 14 * k + o, y - h + 9 * k, cx + w + o + 1, y - 9 * k, 2, "#f4efe2", 0, 0.2)
        s.rrect(cx - w + o, y - h, cx - w + 16 * k + o, y, 8 * k, c, 0.2, 0)
        y -= h + 1


def fountain_pen(s, cx, base, k, c, gold="#c9a35a"):
    """An open pen lying across, its cap beside it. base is the table under it."""

    def at(x, y):
        return (cx + x * k, base + y * k)

    s.stroke([at(-240, 26), at(250, -116)], 30 * k, 30 * k, "#20302a", 0, 0, 0.16)
    s.poly([at(-318, 44), at(-226, -8), at(-206, 28)], gold, 0.3, 0.1)
    s.line([at(-314, 43), at(-238, 14)], 2 * k, "#6d5220")
    s.stroke([at(-220, 12), at(-150, -12)], 26 * k, 34 * k, "#2a2826")
    s.stroke([at(-150, -12), at(270, -152)], 44 * k, 34 * k, c)
    s.stroke([at(-152, -11), at(-140, -15)], 46 * k, 46 * k, gold, 0.5)
    s.shadow(cx + 140 * k, base + 92 * k, 160 * k, 12 * k, 0.2, 10)
    s.stroke([at(20, 108), at(236, 42)], 50 * k, 44 * k, c)
    s.stroke([at(26, 106), at(44, 100)], 51 * k, 51 * k, gold, 0.5)
    s.stroke([at(60, 78), at(226, 26)], 9 * k, 9 * k, gold, 0.6)


def pencil_cup(s, cx, base, k, c, pencils):
    """A cup of pencils."""
    top = base - 210 * k
    for i, p in enumerate(pencils):
        x = (i - (len(pencils) - 1) / 2) * 36
        tip, h = x * 1.9, 150 + (i * 53) % 70
        a, b = (cx + x * 0.8 * k, top + 60 * k), (cx + tip * k, top - h * k)
        s.stroke([a, b], 19 * k, 19 * k, p)
        d = math.atan2(b[1] - a[1], b[0] - a[0])
        nx, ny = math.cos(d), math.sin(d)
        s.poly(
            [
                (b[0] - ny * 9.5 * k, b[1] + nx * 9.5 * k),
                (b[0] + ny * 9.5 * k, b[1] - nx * 9.5 * k),
                (b[0] + nx * 34 * k, b[1] + ny * 34 * k),
            ],
            "#e7cd9b",
            0.1,
            0.1,
        )
        s.poly(
            [
                (b[0] + nx * 24 * k - ny * 3 * k, b[1] + ny * 24 * k + nx * 3 * k),
                (b[0] + nx * 24 * k + ny * 3 * k, b[1] + ny * 24 * k - nx * 3 * k),
                (b[0] + nx * 36 * k, b[1] + ny * 36 * k),
            ],
            p,
        )
    s.cast(cx, base + 2, 104 * k)
    s.ellipse(cx, top, 112 * k, 18 * k, "#3a322b")
    for i, p in enumerate(pencils):
        x = (i - (len(pencils) - 1) / 2) * 36
        s.stroke([(cx + x * 0.92 * k, top + 20 * k), (cx + x * 1.12 * k, top - 30 * k)], 19 * k, 19 * k, p)
    s.turned(cx, top + 3 * k, [(0, 112), (180, 108), (206, 100)], c, k)


def desk_calendar(s, cx, base, k, wood="#a9794a", ink="#2f3b36"):
    """A card calendar in a wooden foot."""
    s.cast(cx, base + 2, 200 * k)
    s.rrect(cx - 166 * k, base - 400 * k, cx + 186 * k, base - 30 * k, 6 * k, "#20302a", 0, 0, 0.12)
    s.rrect(cx - 176 * k, base - 410 * k, cx + 176 * k, base - 30 * k, 6 * k, "#fbf7ec", 0, 0.08)
    s.rrect(cx - 176 * k, base - 410 * k, cx + 176 * k, base - 290 * k, 6 * k, "#557a6b", 0.1, 0.1)
    s.ellipse(cx + 104 * k, base - 362 * k, 26 * k, 26 * k, "#d1482b")
    s.poly(
        [
            (cx - 176 * k, base - 290 * k),
            (cx - 90 * k, base - 352 * k),
            (cx - 10 * k, base - 300 * k),
            (cx + 60 * k, base - 330 * k),
            (cx + 176 * k, base - 290 * k),
        ],
        "#86a596",
    )
    for row in range(5):
        for col in range(7):
            if row * 7 + col in range(2, 33):
                x, y = cx + (-132 + col * 44) * k, base - (250 - row * 42) * k
                if row * 7 + col == 17:
                    s.ellipse(x, y, 17 * k, 17 * k, SEAL)
                s.rrect(
                    x - 8 * k,
                    y - 3 * k,
                    x + 8 * k,
                    y + 3 * k,
                    2,
                    "#fbf7ec" if row * 7 + col == 17 else (SEAL if col > 4 else ink),
                    0,
                    0,
                    0.9,
                )
    s.wood(cx - 210 * k, base - 56 * k, cx + 210 * k, base, 10 * k, wood)


def tape(s, cx, base, r, c, core="#e9dfc9", width=0.42):
    """A roll of tape standing on its edge, its end towards us."""
    s.shadow(cx + r * 0.3, base, r * 1.1, r * 0.14, 0.26, 9)
    for i in range(12):
        s.ellipse(cx + r * width * (1 - i / 11), base - r, r, r, c, 0.1, 0.45)
    s.ellipse(cx, base - r, r, r, c, 0.2, 0.16)
    s.ellipse(cx, base - r, r * 0.66, r * 0.66, core, 0.1, 0.2)
    s.ellipse(cx, base - r, r * 0.58, r * 0.58, "#6f665a", 0, -0.3)


def letter_set(s, cx, base, k, paper, env):
    """Envelopes and folded sheets, the front one closed with a seal."""
    s.shadow(cx + 20 * k, base + 2, 260 * k, 18 * k, 0.26, 14)
    for dx, dy, c in ((70, -128, paper), (40, -96, env), (14, -58, paper)):
        s.rrect(cx + (dx - 220) * k, base + (dy - 270) * k, cx + (dx + 200) * k, base + dy * k, 5 * k, c, 0.04, 0.12)
        s.rrect(cx + (dx - 220) * k, base + (dy - 4) * k, cx + (dx + 200) * k, base + dy * k, 2, "#20302a", 0, 0, 0.12)
    s.rrect(cx - 240 * k, base - 296 * k, cx + 200 * k, base, 6 * k, env, 0.1, 0.08)
    s.poly(
        [(cx - 240 * k, base - 294 * k), (cx + 200 * k, base - 294 * k), (cx - 20 * k, base - 112 * k)],
        "#20302a",
        blur=5,
        a=0.2,
    )
    s.poly(
        [(cx - 240 * k, base - 296 * k), (cx + 200 * k, base - 296 * k), (cx - 20 * k, base - 122 * k)], env, 0.16, 0.02
    )
    s.ball(cx - 20 * k, base - 134 * k, 34 * k, SEAL, 0.3)
    s.ellipse(cx - 20 * k, base - 134 * k, 22 * k, 22 * k, "#8f2614", a=0.6)


def brush_rest(s, cx, base, k, ink="#262422"):
    """Two brushes on a porcelain rest, an inkstone behind."""
    s.cast(cx + 70 * k, base - 60 * k, 190 * k)
    s.rrect(cx - 110 * k, base - 150 * k, cx + 260 * k, base - 62 * k, 22 * k, "#3c4140", 0.2, 0.2)
    s.ellipse(cx + 76 * k, base - 148 * k, 176 * k, 26 * k, "#4b5150", 0.2, 0.1)
    s.ellipse(cx + 86 * k, base - 147 * k, 136 * k, 17 * k, ink, 0.25, 0)
    s.shadow(cx, base + 22 * k, 310 * k, 12 * k, 0.22, 9)
    for dy, c in ((-14, "#a9794a"), (22, "#c9b27a")):
        s.stroke([(cx - 216 * k, base + (dy - 12) * k), (cx + 300 * k, base + (dy + 10) * k)], 17 * k, 15 * k, c)
        s.stroke(
            [(cx - 216 * k, base + (dy - 12) * k), (cx - 244 * k, base + (dy - 13) * k)], 21 * k, 23 * k, "#2b2b29"
        )
        s.poly(
            [
                (cx + a * k, base + (dy + b) * k)
                for a, b in ((-236, -26), (-292, -26), (-356, -8), (-290, 0), (-236, -1))
            ],
            "#e8dcc4",
            0.1,
            0.2,
            rounded=True,
        )
        s.poly([(cx + a * k, base + (dy + b) * k) for a, b in ((-306, -24), (-358, -8), (-304, -2))], ink, rounded=True)
    s.turned(
        cx + 176 * k,
        base + 6 * k,
        [(0, 20), (14, 14), (26, 40), (36, 44)],
        "#f0eadc",
        k * 1.1,
        bands=[(28, 32, "#2f5d8a")],
    )


def scissors(s, cx, base, k, metal="#868d8a", c="#2f3b36"):
    """Scissors half open, lying flat."""

    def at(x, y):
        return (cx + x * k, base + y * k)

    for flip in (1, -1):
        s.poly(
            [at(-290 + 8, flip * 74 + 8), at(-10, flip * -4 - 10), at(20, flip * -26 + 10)], "#20302a", blur=8, a=0.2
        )
    for flip in (1, -1):
        s.poly([at(-296, flip * 76), at(-40, flip * 0), at(36, flip * -34), at(46, flip * -12)], metal, 0.22, 0.2)
        s.stroke([at(20, flip * -18), at(96, flip * -44)], 24 * k, 24 * k, c)
        ring = [
            at(96 + 78 - 78 * math.cos(a), flip * (-74 - 56 * math.sin(a) * 0.9))
            for a in [i * math.pi / 6 for i in range(13)]
        ]
        s.stroke(ring, 22 * k, 22 * k, c)
    s.ball(cx + 16 * k, base, 13 * k, "#c9a35a", 0.5)


def ruler(s, cx, base, k, c="#c9a35a"):
    """A brass ruler lying flat."""
    s.rrect(cx - 300 * k, base - 26 * k, cx + 312 * k, base + 42 * k, 6, "#20302a", 0, 0, 0.16)
    s.rrect(cx - 310 * k, base - 34 * k, cx + 300 * k, base + 32 * k, 5 * k, c, 0.36, 0.2)
    for i in range(41):
        x = cx + (-296 + i * 14.6) * k
        s.line([(x, base - 32 * k), (x, base + (-14 if i % 5 else -2) * k)], 2 * k, "#6d5220")
    s.ellipse(cx + 278 * k, base, 9 * k, 9 * k, "#8a6d34")
