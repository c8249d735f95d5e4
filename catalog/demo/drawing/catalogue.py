"""Which picture shows what: PICTURES = {name: make(scale) -> Scene}, all square, drawn at SIDE pixels."""

from .scene import Scene, rgb
from .shapes import fragrance as f
from .shapes import furniture as u
from .shapes import kitchen as c
from .shapes import lighting as li
from .shapes import stationery as st
from .shapes import storage as b
from .shapes import tea as t
from .shapes import textiles as x

SIDE = 800
TINTS = {
    "sage": "#d5dfd4", "mist": "#d6e0e4", "sand": "#ece3d3", "blush": "#efdcd1", "stone": "#e3e3dd", "ochre": "#efe2c0",
    "pine": "#2f4a40", "ink": "#3a4541", "dusk": "#c9d3cc", "clay": "#d9b7a0", "lilac": "#dedae2", "night": "#2c3a4a",
}
QING, MI, MO = t.QING, t.MI, t.MO
OAK, WALNUT, BEECH = "#b98a58", "#7a5236", "#c39a68"
PINE, BRICK, NAVY, CREAM, OCHRE, SLATE = "#3f5a4c", "#b9583a", "#2f4f6b", "#efe8da", "#d3a24a", "#6b7a80"

PICTURES = {}


def picture(name, tint, *things, pane=None, **scene):
    """Registers a picture: things are functions of the scene, painted in order."""

    def make(scale):
        s = Scene(800, 800, TINTS.get(tint, tint), scale=scale, **scene)
        if pane:
            s.pane(*pane)
        for thing in things:
            thing(s)
        return s

    PICTURES[name] = make


def put(fn, *args, **kwargs):
    return lambda s: fn(s, *args, **kwargs)


LIGHT = (430, 90, 250, 290)
TABLE = {"floor": "#c29a72", "horizon": 0.66, "edge": 4}
PALE = {"floor": "#e9e1d2", "horizon": 0.66, "edge": 4}

# teaware
picture("teapot-qing", "sand", put(t.teapot, 392, 560, 1.22, QING))
picture("teapot-mi", "sage", put(t.teapot, 392, 560, 1.22, MI))
picture("teapot-mo", "ochre", put(t.teapot, 392, 560, 1.22, MO, wood="#a9794a"))
picture("teapot-set", "stone", put(t.tray, 400, 590, 350), put(t.teapot, 350, 588, 0.86, QING), put(t.cup, 560, 636, 0.9, MI), put(t.cup, 470, 668, 0.9, MI))
picture("kyusu", "clay", put(t.kyusu, 380, 570, 1.2, "#8f4a32"), **PALE)
picture("kyusu-black", "stone", put(t.kyusu, 380, 570, 1.2, "#3b3a38"), pane=LIGHT)
picture("cups", "mist", put(t.cup, 290, 560, 2.0, QING), put(t.cup, 520, 610, 2.0, MI))
picture("cups-mo", "blush", put(t.cup, 290, 560, 2.0, MO), put(t.cup, 520, 610, 2.0, MI))
picture("glass-cup", "sage", put(t.glass_cup, 290, 560, 1.25), put(t.glass_cup, 530, 620, 1.25, "#9fae5a"))
picture("gaiwan", "blush", put(t.gaiwan, 400, 600, 1.45, "#f4f0e6", "#2f5d8a"))
picture("pitcher", "mist", put(t.pitcher, 390, 590, 1.4))
picture("tin", "sand", put(t.tin, 300, 560, 1.0, PINE, "#2e4338"), put(t.tin, 510, 620, 1.0, BRICK, "#983f27"))
picture("matcha", "sage", put(t.whisk, 620, 560, 1.15), put(t.bowl, 350, 620, 1.35, "#3f4a46"))
picture("kettle", "stone", put(t.kettle, 400, 600, 1.25, "#38433f"))
picture("kettle-white", "clay", put(t.kettle, 400, 600, 1.25, "#f1ede3"), **PALE)
picture("tray", "ochre", put(t.tray, 400, 560, 340), put(t.cup, 270, 556, 0.95, "#f1ede3"), put(t.cup, 400, 580, 0.95, QING), put(t.cup, 530, 560, 0.95, "#c98b6a"))
picture("travel-tea", "mist", put(b.pouch, 280, 600, 1.2, "#d8c7a4"), put(t.gaiwan, 540, 650, 0.9, MO, "#c9a35a"))

# kitchen
picture("pot", "ochre", put(c.pot, 400, 590, 1.28, "#2f5d50"))
picture("pot-red", "mist", put(c.pot, 400, 590, 1.28, "#b8452c"), **PALE)
picture("milk-pan", "sage", put(c.milk_pan, 350, 580, 1.3, "#e9ddc4"), **TABLE)
picture("pan", "sand", put(c.pan, 350, 610, 1.15))
picture("mug", "blush", put(c.mug, 300, 560, 1.12, CREAM, band=BRICK), put(c.mug, 510, 640, 1.12, "#5f8478", band=CREAM))
picture("mug-single", "mist", put(c.mug, 380, 620, 1.6, NAVY, band=CREAM), pane=LIGHT)
picture("rice-bowls", "sand", put(c.rice_bowls, 400, 610, 1.3, (CREAM, QING, "#c98b6a")), **PALE)
picture("rice-bowls-blue", "stone", put(c.rice_bowls, 400, 610, 1.3, ("#f1ede3", "#56728c", "#a9bccb")))
picture("plates", "sage", put(c.plates, 380, 590, 1.0, ("#efe8da", "#5f8478", "#efe8da", "#c98b6a")), **TABLE)
picture("board", "stone", put(c.board, 350, 620, 0.95, BEECH), put(c.lemon, 560, 640, 1.0), put(c.lemon, 640, 662, 0.84, "#d7a62f"), **TABLE)
picture("chopsticks", "ochre", put(c.rice_bowls, 410, 500, 0.8, (CREAM,)), put(c.chopsticks, 400, 620, 1.0), horizon=0.5)
picture("mill", "mist", put(c.mill, 310, 590, 1.15, WALNUT), put(c.mill, 510, 640, 0.9, BEECH))
picture("cruet", "blush", put(c.cruet, 310, 600, 1.1), put(c.cruet, 540, 630, 0.88, oil="#5a2f1d"), pane=(470, 90, 200, 240))
picture("jar", "sage", put(c.jar, 250, 560, 1.05, "#d9b674"), put(c.jar, 480, 620, 1.05, "#8f4a32", fill=0.5), put(c.jar, 640, 660, 0.62, "#4b4038"), **PALE)

# lighting
picture("lamp", "dusk", put(li.mushroom_lamp, 400, 650, 1.16, "#d96f43", "#efe6d6"), horizon=0.78)
picture("lamp-green", "sand", put(li.mushroom_lamp, 400, 650, 1.16, "#47695a", "#efe6d6"), horizon=0.78)
picture("paper-lantern", "clay", put(li.paper_lantern, 400, 700, 1.12), horizon=0.8)
picture("arm-lamp", "pine", put(li.arm_lamp, 420, 660, 1.12, "#e9ddc4"), horizon=0.78)
picture("arm-lamp-black", "sage", put(li.arm_lamp, 420, 660, 1.12, "#2f3633"), horizon=0.78)
picture("lantern", "night", put(li.lantern, 400, 640, 1.22, "#47695a"), horizon=0.76)
picture("lantern-set", "ink", put(li.lantern, 280, 560, 0.9, "#47695a"), put(li.lantern, 530, 650, 1.1, "#b9583a"), horizon=0.7)
picture("pendant", "mist", put(li.pendant, 400, 430, 1.05, "#e5ddcb"), horizon=2)
picture("pendant-blue", "dusk", put(li.pendant, 400, 430, 1.05, "#3f5f7a"), horizon=2)
picture("globe-lamp", "#51463f", put(li.globe_lamp, 400, 640, 1.2), horizon=0.74)
picture("tripod-lamp", "sand", put(li.tripod_lamp, 400, 740, 1.05, "#f0e2c0"), horizon=0.82)

# textiles
picture("cushion", "sage", put(x.cushion, 400, 600, 1.15, "#e8dcc4", BRICK), horizon=0.74)
picture("cushion-blue", "sand", put(x.cushion, 400, 600, 1.15, "#f0eadc", "#3f5f7a", check=True), horizon=0.74)
picture("cushion-plain", "mist", put(x.cushion, 290, 560, 0.86, "#5f7d6c"), put(x.cushion, 520, 630, 0.86, "#d3a24a"), horizon=0.7)
picture("blanket", "blush", put(x.blanket, 405, 610, 1.18, ["#e6dcc8", "#8fa596", "#c97f5a", "#efe8da"]))
picture("throw", "sage", put(x.throw, 400, 600, 1.15, "#e9dfc9", "#b9583a"), **TABLE)
picture("throw-grey", "mist", put(x.throw, 400, 600, 1.15, "#7d8a8f", "#efe8da"), **PALE)
picture("towels", "stone", put(x.towels, 400, 640, 1.05, ("#efe8da", "#8fa596", "#d9a58a")), pane=(440, 60, 220, 250))
picture("tea-towels", "sage", put(x.tea_towels, 400, 660, 1.1, (("#f0eadc", BRICK), ("#f0eadc", "#3f5f7a"))), horizon=2)
picture("rug", "stone", put(x.rug, 310, 680, 1.1, "#d9c7a6", "#6b4a3a"), put(x.rug, 510, 700, 1.0, "#8fa596", "#efe8da", h=430), floor="#bf9870", horizon=0.72, edge=4)
picture("slippers", "#d2ad84", put(x.slippers, 400, 400, 1.2, "#6f857b"), horizon=2, pane=(60, 60, 300, 330, 0.35, 0.14))
picture("slippers-clay", "#dccbb0", put(x.slippers, 400, 400, 1.2, "#b9694a"), horizon=2)
picture("apron", "mist", put(x.apron, 400, 716, 1.05, "#47695a"), horizon=2)
picture("pouf", "sand", put(x.pouf, 400, 630, 1.08, "#d9cbb0"), horizon=0.7)
picture("zafu", "dusk", put(x.zafu, 390, 590, 1.12, "#3f5f7a"), floor="#c9a27a", horizon=0.6, edge=4)

# fragrance
picture("candle", "pine", put(f.candle, 400, 590, 1.35), horizon=0.7)
picture("candle-white", "clay", put(f.candle, 400, 590, 1.35, "#efe8da"), horizon=0.7)
picture("candle-tins", "ink", put(f.candle_tin, 270, 560, 1.1, "#c9a35a"), put(f.candle_tin, 540, 580, 1.1, "#7fa79a", lit=False), put(f.candle_tin, 400, 680, 1.1, "#b9694a", lit=False), horizon=0.6)
picture("pillar-candles", "dusk", put(f.pillar_candles, 400, 640, 1.15, (CREAM, "#c98b6a", "#8fa596")), horizon=0.74)
picture("reed", "sand", put(f.reed_diffuser, 400, 660, 1.05, "#8fa596"), pane=LIGHT, horizon=0.76)
picture("reed-amber", "sage", put(f.reed_diffuser, 400, 660, 1.05, "#9a6a3a"), horizon=0.76)
picture("incense", "#46514b", put(f.incense, 390, 640, 1.1, "#e9e0cc"), horizon=0.7)
picture("incense-box", "sand", put(f.incense_box, 400, 600, 1.3, BRICK), put(f.incense_box, 386, 492, 1.1, PINE))
picture("room-spray", "blush", put(f.room_spray, 400, 650, 1.2), horizon=0.76)
picture("dropper", "mist", put(f.dropper, 230, 580, 1.3), put(f.dropper, 400, 610, 1.5, "#3f5a4c"), put(f.dropper, 580, 580, 1.3, "#3f5f7a"))
picture("stones", "stone", put(f.stones, 350, 610, 1.1, ("#efe8da", "#b9bcb4", "#d9a58a", "#8fa596", "#e6dcc8")), put(f.dropper, 640, 640, 1.05), **PALE)
picture("soaps", "sage", put(f.soaps, 400, 610, 1.2, ("#e6cf9a", "#b9c9a8", "#e3b7a0")))

# furniture
picture("chair", "sand", put(u.chair, 400, 720, 1.02, "#8b5c38", "#d8c7a4"), horizon=0.76)
picture("chair-black", "sage", put(u.chair, 400, 720, 1.02, "#2f3230", "#b98a58"), horizon=0.76)
picture("stool", "mist", put(u.stool, 400, 700, 1.15, "#a9794a", "#c39a68"), horizon=0.74)
picture("stool-green", "ochre", put(u.stool, 400, 700, 1.15, "#47695a", "#5a7d6d"), horizon=0.74)
picture("side-table", "blush", put(u.side_table, 400, 710, 1.05, "#7a5236", "#7a5236"), put(c.mug, 450, 262, 0.42, CREAM, band=QING), put(u.books, 270, 258, 0.62, (PINE, OCHRE, BRICK)), horizon=0.76)
picture("bench", "stone", put(u.bench, 400, 640, 1.05, "#8b5c38", "#e0cfa8"), put(x.cushion, 560, 395, 0.42, "#8fa596"), horizon=0.7)
picture("shelf", "sage", put(u.shelf, 400, 740, 0.98, "#a9794a"), put(u.books, 260, 130, 0.7, (PINE, CREAM, BRICK)), put(t.tin, 505, 131, 0.3, PINE, "#2e4338"),
        put(b.basket, 330, 400, 0.36, "#c9a468"), put(u.books, 430, 401, 0.9, (NAVY, OCHRE, "#8f4a32", PINE)), put(c.mug, 290, 266, 0.32, CREAM, band=BRICK),
        put(u.books, 400, 267, 0.76, (BRICK, SLATE, CREAM)), put(u.moon_jar, 480, 536, 0.3, "#f0eadc"), put(b.fabric_box, 320, 670, 0.3, "#d9cbb0"), put(b.fabric_box, 486, 670, 0.3, "#8fa596"), horizon=0.86)
picture("mirror", "dusk", put(u.mirror, 400, 730, 1.0, "#8b5c38"), horizon=0.8)
picture("coat-stand", "blush", put(u.coat_stand, 400, 740, 1.0, "#a9794a"), put(u.hat, 300, 178, 0.62, "#d9c39a"), put(u.bag_on_hook, 506, 500, 0.9, "#47695a"), horizon=0.82)
picture("vase", "stone", put(u.vase, 410, 690, 0.86, "#f0eadc", "berry"), horizon=0.8)
picture("vase-green", "sand", put(u.vase, 410, 690, 0.86, PINE, "leaf"), horizon=0.8)
picture("moon-jar", "ochre", put(u.moon_jar, 400, 690, 0.98, "#f4f0e6"), horizon=0.78)

# stationery
picture("notebook", "mist", put(st.notebook, 400, 640, 1.1, BRICK), horizon=0.74)
picture("notebook-stack", "sand", put(st.notebook_stack, 400, 620, 1.15, (PINE, BRICK, "#d3a24a", NAVY)), **TABLE)
picture("pen", "sage", put(st.fountain_pen, 400, 430, 1.05, "#1f4a3c"), horizon=-0.2)
picture("pen-red", "sand", put(st.fountain_pen, 400, 430, 1.05, "#a8321c"), horizon=-0.2)
picture("pencils", "blush", put(st.pencil_cup, 400, 640, 1.2, QING, (BRICK, "#d3a24a", PINE, NAVY, "#c98b6a")), horizon=0.74)
picture("calendar", "ochre", put(st.desk_calendar, 400, 630, 1.15), horizon=0.74)
picture("tapes", "lilac", put(st.tape, 230, 560, 118, BRICK), put(st.tape, 450, 590, 130, "#5f8478"), put(st.tape, 320, 690, 112, "#d3a24a"), put(st.tape, 570, 700, 100, NAVY), horizon=0.6)
picture("letters", "sage", put(st.letter_set, 400, 640, 1.1, "#f6f1e4", "#d9bfa0"), horizon=0.74)
picture("brushes", "stone", put(st.brush_rest, 424, 520, 1.08), horizon=0.4)
picture("scissors", "sand", put(st.scissors, 420, 330, 1.05), put(st.ruler, 400, 580, 1.0), horizon=-0.2)

# storage and travel
picture("bottle", "mist", put(b.bottle, 410, 690, 1.1, NAVY), horizon=0.8)
picture("bottle-set", "sand", put(b.bottle, 270, 640, 0.94, "#47695a"), put(b.bottle, 500, 690, 0.94, "#e9e0cc", cap="#b98a58"), horizon=0.78)
picture("tumbler", "ochre", put(b.tumbler, 300, 620, 1.2, "#e9ddc4"), put(b.tumbler, 530, 660, 1.2, "#8f4a32"), horizon=0.72)
picture("tote", "sage", put(b.tote, 400, 690, 1.05, "#e9dfc9", "#b8361f"), horizon=0.82)
picture("tote-green", "blush", put(b.tote, 400, 690, 1.05, "#47695a", "#d3a24a"), horizon=0.82)
picture("backpack", "stone", put(b.backpack, 400, 690, 1.05, "#5d6f66"), horizon=0.8)
picture("backpack-navy", "ochre", put(b.backpack, 400, 690, 1.05, "#34495e"), horizon=0.8)
picture("suitcase", "mist", put(b.suitcase, 400, 710, 1.02, "#5f8478"), horizon=0.8)
picture("suitcase-cream", "clay", put(b.suitcase, 400, 710, 1.02, "#e6dcc8"), horizon=0.8)
picture("umbrella", "dusk", put(b.umbrella, 400, 700, 1.0, BRICK), horizon=0.84)
picture("basket", "sand", put(b.basket, 400, 610, 1.2, "#c9a468", liner="#efe8da"), horizon=0.72)
picture("fabric-box", "blush", put(b.fabric_box, 400, 620, 1.15, "#cfc0a2"), horizon=0.74)
picture("fabric-box-set", "sage", put(b.fabric_box, 320, 610, 1.0, "#8fa596"), put(b.fabric_box, 560, 670, 0.7, "#c98b6a"), horizon=0.72)
picture("lunchbox", "sage", put(c.lunchbox, 400, 590, 1.25, "#c9694a"), **PALE)
picture("lunchbox-green", "sand", put(c.lunchbox, 400, 590, 1.25, "#47695a"))
picture("organiser", "mist", put(b.organiser, 400, 630, 1.15), **PALE)


def seal(stroke):
    """A red seal with a drawn sign, for a merchant."""

    def make(scale):
        s = Scene(800, 800, "#f3ede0", "#f3ede0", horizon=2, scale=scale)
        s.rrect(130, 130, 670, 670, 70, "#b8361f", 0.06, 0.08)
        s.rrect(166, 166, 634, 634, 46, "#f3ede0", 0, 0)
        s.rrect(178, 178, 622, 622, 38, "#b8361f", 0.06, 0.08)
        stroke(s)
        return s

    return make


WHITE = "#f8f2e6"


def island(s):
    s.ellipse(470, 320, 54, 54, WHITE)
    s.poly([(240, 500), (350, 330), (430, 440), (490, 370), (570, 500)], WHITE)
    s.line([(240, 556), (320, 540), (400, 556), (480, 540), (560, 556)], 20, WHITE)


def kiln(s):
    win = s.window(240, 250, 560, 560)
    s.paint(win, s.mask(win, lambda d, px: (d.pieslice(px([(250, 260), (550, 560)]), 180, 360, fill=255), d.rectangle(px([(250, 405), (550, 560)]), fill=255)), 0.4), rgb(WHITE))
    s.paint(win, s.mask(win, lambda d, px: (d.pieslice(px([(335, 390), (465, 520)]), 180, 360, fill=255), d.rectangle(px([(335, 450), (465, 560)]), fill=255)), 0.4), rgb("#b8361f"))
    s.ellipse(400, 520, 26, 44, WHITE)


def cotton(s):
    for px, py in ((340, 330), (460, 330), (320, 420), (480, 420), (400, 300), (400, 410)):
        s.ellipse(px, py, 72, 72, WHITE)
    s.line([(400, 480), (400, 570)], 22, WHITE)
    s.leaf(400, 560, 110, 44, -0.5, WHITE)
    s.leaf(400, 560, 110, 44, -2.64, WHITE)


PICTURES |= {"seal-yuji": seal(island), "seal-shanyao": seal(kiln), "seal-mianli": seal(cotton)}
PICTURES |= {
    f"category-{slug}": PICTURES[name]
    for slug, name in {
        "teaware": "teapot-qing", "kitchen": "pot", "lighting": "lamp", "textiles": "cushion", "fragrance": "candle",
        "furniture": "chair", "stationery": "notebook-stack", "storage-travel": "suitcase",
    }.items()
}
