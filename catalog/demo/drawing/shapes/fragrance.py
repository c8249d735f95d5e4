"""Candles, diffusers, incense, soap."""

SEAL = "#b8361f"


def label(s, cx, cy, w, h, k, c="#f5f0e4", seal=SEAL):
    s.rrect(cx - w * k, cy - h * k, cx + (w - 10) * k, cy + h * k, 4 * k, c, 0, 0.14)
    s.ellipse(cx - 5 * k, cy - h * 0.25 * k, h * 0.36 * k, h * 0.36 * k, seal)
    for y, part in ((0.42, 0.6), (0.62, 0.4)):
        s.rrect(
            cx - (w * part + 5) * k, cy + h * y * k, cx + (w * part - 5) * k, cy + (h * y + 4) * k, 2, "#6c6a60", 0, 0
        )


def flame(s, x, y, k):
    s.glow(x, y - 26 * k, 120 * k, 140 * k, "#ffdd8f", 0.6)
    s.line([(x, y + 24 * k), (x, y)], 4 * k, "#3b2f28")
    s.ellipse(x, y - 22 * k, 13 * k, 30 * k, "#ffb64a")
    s.ellipse(x, y - 16 * k, 7 * k, 18 * k, "#fff4d0")


def candle(s, cx, base, k, c="#c77b3b"):
    top = base - 240 * k
    s.cast(cx, base + 2, 116 * k)
    s.turned(cx, top, [(0, 116), (220, 116), (240, 108)], c, k, 0.34, 0.32, a=0.96)
    s.ellipse(cx, top, 116 * k, 19 * k, "#f2dfbd", 0.1, 0.05)
    s.ellipse(cx, top + 3 * k, 104 * k, 15 * k, "#f9ecd2", 0.1)
    flame(s, cx, top - 22 * k, k)
    label(s, cx, top + 124 * k, 62, 52, k)


def candle_tin(s, cx, base, k, c, lit=True):
    """A low tin candle."""
    top = base - 110 * k
    s.cast(cx, base + 2, 104 * k)
    s.turned(cx, top, [(0, 112), (8, 108), (96, 108), (110, 102)], c, k, 0.34, 0.34)
    s.ellipse(cx, top, 112 * k, 20 * k, c, 0.3, -0.1)
    s.ellipse(cx, top + 3 * k, 101 * k, 16 * k, "#f7ead0", 0.1)
    if lit:
        flame(s, cx, top - 20 * k, k * 0.8)
    else:
        s.line([(cx, top + 4 * k), (cx, top - 16 * k)], 4 * k, "#3b2f28")
    s.rrect(cx - 46 * k, top + 42 * k, cx + 34 * k, top + 92 * k, 3 * k, "#f5f0e4", 0, 0.14)
    s.rrect(cx - 30 * k, top + 62 * k, cx + 18 * k, top + 66 * k, 2, "#6c6a60", 0, 0)


def pillar_candles(s, cx, base, k, colours):
    """Three plain candles of different heights."""
    for (x, h, r, dy), c in zip(((-150, 250, 62, 0), (6, 350, 66, -22), (152, 170, 62, 12)), colours, strict=True):
        X, B = cx + x * k, base + dy * k
        s.cast(X, B + 2, r * k * 0.95)
        s.turned(X, B - h * k, [(0, r - 3), (8, r), (h, r)], c, k, 0.26, 0.3)
        s.ellipse(X, B - h * k, (r - 3) * k, 12 * k, c, 0.3, -0.12)
        flame(s, X, B - (h + 20) * k, k * 0.82)


def reed_diffuser(s, cx, base, k, glass, cap="#3a3029", liquid=None):
    top = base - 260 * k
    for x, h in ((-96, 250), (-48, 300), (-8, 318), (36, 300), (92, 262)):
        s.stroke(
            [(cx - x * 0.22 * k, top + 170 * k), (cx + x * k, top - h * k)],
            8 * k,
            8 * k,
            "#4a3b30" if x % 3 else "#5b493b",
        )
    s.cast(cx, base + 2, 100 * k)
    s.turned(cx, top, [(0, 42), (34, 44), (56, 92), (90, 104), (236, 106), (260, 98)], glass, k, 0.42, 0.3, a=0.9)
    if liquid:
        s.turned(cx, top + 130 * k, [(0, 98), (106, 99), (122, 92)], liquid, k, 0.3, 0.3, a=0.7)
    s.turned(cx, top - 16 * k, [(0, 42), (34, 42)], cap, k, 0.3, 0.4)
    s.ellipse(cx, top - 16 * k, 42 * k, 7 * k, "#17120f")
    label(s, cx, top + 164 * k, 54, 44, k)


def incense(s, cx, base, k, dish, stick="#7b4a32"):
    """A boat-shaped holder with one burning stick, and a bundle beside it."""
    s.cast(cx, base + 4, 250 * k)
    s.turned(cx, base - 34 * k, [(0, 270), (12, 256), (28, 196), (34, 180)], dish, k, foot=0.08)
    s.ellipse(cx, base - 34 * k, 270 * k, 26 * k, dish, 0.22, 0.14)
    s.ellipse(cx, base - 30 * k, 240 * k, 18 * k, "#000000", a=0.10)
    s.stroke([(cx - 150 * k, base - 36 * k), (cx + 122 * k, base - 238 * k)], 6 * k, 6 * k, stick)
    s.ball(cx - 150 * k, base - 34 * k, 15 * k, "#c9a35a", 0.5)
    s.glow(cx + 124 * k, base - 240 * k, 26 * k, 26 * k, "#ff9a5a", 0.7)
    s.ellipse(cx + 124 * k, base - 240 * k, 6 * k, 6 * k, "#ff7a3a")
    for pts, a in (
        (((124, -248), (160, -330), (104, -420), (150, -520)), 0.26),
        (((124, -248), (108, -340), (150, -430), (116, -540)), 0.10),
    ):
        s.stroke([(cx + x * k, base + y * k) for x, y in pts], 5 * k, 18 * k, "#ffffff", 0, 0, a)


def incense_box(s, cx, base, k, c):
    """A long box of sticks."""
    s.cast(cx, base + 2, 190 * k)
    s.rrect(cx - 200 * k, base - 84 * k, cx + 200 * k, base, 8 * k, c, 0.14, 0.24)
    s.rrect(cx - 40 * k, base - 85 * k, cx + 60 * k, base, 2, "#f5f0e4", 0.04, 0.14)
    s.ellipse(cx + 10 * k, base - 44 * k, 18 * k, 18 * k, SEAL)


def room_spray(s, cx, base, k, glass="#7a4a22"):
    """An amber bottle with a spray head."""
    top = base - 330 * k
    s.cast(cx, base + 2, 92 * k)
    s.turned(cx, top, [(0, 34), (20, 40), (60, 92), (90, 100), (310, 100), (330, 92)], glass, k, 0.42, 0.36)
    label(s, cx, top + 200 * k, 66, 70, k)
    s.turned(cx, top - 32 * k, [(0, 36), (40, 38)], "#2a2623", k, 0.3, 0.3)
    s.rrect(cx - 84 * k, top - 108 * k, cx + 46 * k, top - 56 * k, 16 * k, "#2a2623", 0.3, 0.2)
    s.rrect(cx - 18 * k, top - 62 * k, cx + 18 * k, top - 26 * k, 6 * k, "#2a2623", 0.3, 0.2)
    s.stroke(
        [(cx - 52 * k, top - 60 * k), (cx - 62 * k, top - 30 * k), (cx - 50 * k, top + 6 * k)], 13 * k, 9 * k, "#2a2623"
    )


def dropper(s, cx, base, k, glass="#7a4a22", lab="#f5f0e4"):
    """A small bottle with a dropper."""
    top = base - 190 * k
    s.cast(cx, base + 2, 66 * k)
    s.turned(cx, top, [(0, 26), (14, 30), (36, 66), (56, 72), (176, 72), (190, 66)], glass, k, 0.42, 0.36)
    s.rrect(cx - 50 * k, top + 78 * k, cx + 42 * k, top + 158 * k, 3 * k, lab, 0, 0.14)
    s.ellipse(cx - 4 * k, top + 104 * k, 12 * k, 12 * k, SEAL)
    s.rrect(cx - 30 * k, top + 132 * k, cx + 22 * k, top + 136 * k, 2, "#6c6a60", 0, 0)
    s.turned(cx, top - 38 * k, [(0, 27), (42, 29)], "#26221f", k, 0.35, 0.3)
    s.turned(cx, top - 92 * k, [(0, 8), (10, 16), (40, 17), (56, 22)], "#3a3531", k, 0.3, 0.3)


def stones(s, cx, base, k, colours):
    """Rounded scent stones in a shallow dish."""
    s.cast(cx, base + 2, 190 * k)
    s.turned(cx, base - 52 * k, [(0, 226), (14, 218), (42, 150), (52, 136)], "#8a613f", k, foot=0.1)
    s.ellipse(cx, base - 52 * k, 226 * k, 44 * k, "#8a613f", 0.2, 0.2)
    s.ellipse(cx, base - 48 * k, 208 * k, 36 * k, "#6b4529", 0, 0.1)
    places = ((-112, -84, 66, 46), (4, -98, 76, 58), (116, -82, 62, 44), (-44, -60, 58, 40), (70, -56, 56, 38))
    for (x, y, rx, ry), c in zip(places, colours, strict=True):
        s.ellipse(cx + (x + 4) * k, base + (y + 6) * k, rx * k, ry * k, "#2a1d12", a=0.3)
        s.ellipse(cx + x * k, base + y * k, rx * k, ry * k, c, 0.28, 0.3, rot=x * 0.0016)


def soaps(s, cx, base, k, colours):
    """Bars of soap on a slatted wooden dish."""
    s.cast(cx, base + 2, 220 * k)
    for x in (-150, 130):
        s.rrect(cx + x * k, base - 26 * k, cx + (x + 26) * k, base, 4 * k, "#7a5434", 0.1, 0.2)
    s.wood(cx - 226 * k, base - 44 * k, cx + 226 * k, base - 20 * k, 8 * k, "#b08557")
    for (x, y, w), c in zip(((-96, -44, 108), (104, -44, 92), (-10, -132, 112)), colours, strict=True):
        s.rrect(cx + (x - w) * k, base + (y - 88) * k, cx + (x + w) * k, base + y * k, 26 * k, c, 0.2, 0.22)
        s.rrect(
            cx + (x - w + 22) * k,
            base + (y - 70) * k,
            cx + (x + w - 22) * k,
            base + (y - 66) * k,
            2,
            "#ffffff",
            0,
            0,
            0.45,
        )
        s.rrect(
            cx + (x - 34) * k, base + (y - 52) * k, cx + (x + 34) * k, base + (y - 26) * k, 5 * k, "#000000", 0, 0, 0.10
        )
