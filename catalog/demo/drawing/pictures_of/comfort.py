"""Pictures of fragrance and furniture."""

from catalog.demo.drawing.shapes import fragrance as f
from catalog.demo.drawing.shapes import furniture as u
from catalog.demo.drawing.shapes import kitchen as c
from catalog.demo.drawing.shapes import storage as b
from catalog.demo.drawing.shapes import tea as t
from catalog.demo.drawing.shapes import textiles as x
from catalog.demo.drawing.sheet import BRICK, CREAM, LIGHT, NAVY, OCHRE, PALE, PINE, SLATE, picture, put

picture("candle", "pine", put(f.candle, 400, 590, 1.35), horizon=0.7)
picture("candle-white", "clay", put(f.candle, 400, 590, 1.35, "#efe8da"), horizon=0.7)
picture(
    "candle-tins",
    "ink",
    put(f.candle_tin, 270, 560, 1.1, "#c9a35a"),
    put(f.candle_tin, 540, 580, 1.1, "#7fa79a", lit=False),
    put(f.candle_tin, 400, 680, 1.1, "#b9694a", lit=False),
    horizon=0.6,
)
picture("pillar-candles", "dusk", put(f.pillar_candles, 400, 640, 1.15, (CREAM, "#c98b6a", "#8fa596")), horizon=0.74)
picture("reed", "sand", put(f.reed_diffuser, 400, 660, 1.05, "#8fa596"), pane=LIGHT, horizon=0.76)
picture("reed-amber", "sage", put(f.reed_diffuser, 400, 660, 1.05, "#9a6a3a"), horizon=0.76)
picture("incense", "#46514b", put(f.incense, 390, 640, 1.1, "#e9e0cc"), horizon=0.7)
picture("incense-box", "sand", put(f.incense_box, 400, 600, 1.3, BRICK), put(f.incense_box, 386, 492, 1.1, PINE))
picture("room-spray", "blush", put(f.room_spray, 400, 650, 1.2), horizon=0.76)
picture(
    "dropper",
    "mist",
    put(f.dropper, 230, 580, 1.3),
    put(f.dropper, 400, 610, 1.5, "#3f5a4c"),
    put(f.dropper, 580, 580, 1.3, "#3f5f7a"),
)
picture(
    "stones",
    "stone",
    put(f.stones, 350, 610, 1.1, ("#efe8da", "#b9bcb4", "#d9a58a", "#8fa596", "#e6dcc8")),
    put(f.dropper, 640, 640, 1.05),
    **PALE,
)
picture("soaps", "sage", put(f.soaps, 400, 610, 1.2, ("#e6cf9a", "#b9c9a8", "#e3b7a0")))

picture("chair", "sand", put(u.chair, 400, 720, 1.02, "#8b5c38", "#d8c7a4"), horizon=0.76)
picture("chair-black", "sage", put(u.chair, 400, 720, 1.02, "#2f3230", "#b98a58"), horizon=0.76)
picture("stool", "mist", put(u.stool, 400, 700, 1.15, "#a9794a", "#c39a68"), horizon=0.74)
picture("stool-green", "ochre", put(u.stool, 400, 700, 1.15, "#47695a", "#5a7d6d"), horizon=0.74)
picture(
    "side-table",
    "blush",
    put(u.side_table, 400, 710, 1.05, "#7a5236", "#7a5236"),
    put(c.mug, 450, 262, 0.42, CREAM, band=t.QING),
    put(u.books, 270, 258, 0.62, (PINE, OCHRE, BRICK)),
    horizon=0.76,
)
picture(
    "bench",
    "stone",
    put(u.bench, 400, 640, 1.05, "#8b5c38", "#e0cfa8"),
    put(x.cushion, 560, 395, 0.42, "#8fa596"),
    horizon=0.7,
)
picture(
    "shelf",
    "sage",
    put(u.shelf, 400, 740, 0.98, "#a9794a"),
    put(u.books, 260, 130, 0.7, (PINE, CREAM, BRICK)),
    put(t.tin, 505, 131, 0.3, PINE, "#2e4338"),
    put(b.basket, 330, 400, 0.36, "#c9a468"),
    put(u.books, 430, 401, 0.9, (NAVY, OCHRE, "#8f4a32", PINE)),
    put(c.mug, 290, 266, 0.32, CREAM, band=BRICK),
    put(u.books, 400, 267, 0.76, (BRICK, SLATE, CREAM)),
    put(u.moon_jar, 480, 536, 0.3, "#f0eadc"),
    put(b.fabric_box, 320, 670, 0.3, "#d9cbb0"),
    put(b.fabric_box, 486, 670, 0.3, "#8fa596"),
    horizon=0.86,
)
picture("mirror", "dusk", put(u.mirror, 400, 730, 1.0, "#8b5c38"), horizon=0.8)
picture(
    "coat-stand",
    "blush",
    put(u.coat_stand, 400, 740, 1.0, "#a9794a"),
    put(u.hat, 300, 178, 0.62, "#d9c39a"),
    put(u.bag_on_hook, 506, 500, 0.9, "#47695a"),
    horizon=0.82,
)
picture("vase", "stone", put(u.vase, 410, 690, 0.86, "#f0eadc", "berry"), horizon=0.8)
picture("vase-green", "sand", put(u.vase, 410, 690, 0.86, PINE, "leaf"), horizon=0.8)
picture("moon-jar", "ochre", put(u.moon_jar, 400, 690, 0.98, "#f4f0e6"), horizon=0.78)
