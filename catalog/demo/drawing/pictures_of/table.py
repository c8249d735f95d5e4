"""Pictures of teaware and kitchen things."""

from catalog.demo.drawing.shapes import kitchen as c
from catalog.demo.drawing.shapes import storage as b
from catalog.demo.drawing.shapes import tea as t
from catalog.demo.drawing.sheet import BEECH, BRICK, CREAM, LIGHT, NAVY, PALE, PINE, TABLE, WALNUT, picture, put

picture("teapot-qing", "sand", put(t.teapot, 392, 560, 1.22, t.QING))
picture("teapot-mi", "sage", put(t.teapot, 392, 560, 1.22, t.MI))
picture("teapot-mo", "ochre", put(t.teapot, 392, 560, 1.22, t.MO, wood="#a9794a"))
picture(
    "teapot-set",
    "stone",
    put(t.tray, 400, 590, 350),
    put(t.teapot, 350, 588, 0.86, t.QING),
    put(t.cup, 560, 636, 0.9, t.MI),
    put(t.cup, 470, 668, 0.9, t.MI),
)
picture("kyusu", "clay", put(t.kyusu, 380, 570, 1.2, "#8f4a32"), **PALE)
picture("kyusu-black", "stone", put(t.kyusu, 380, 570, 1.2, "#3b3a38"), pane=LIGHT)
picture("cups", "mist", put(t.cup, 290, 560, 2.0, t.QING), put(t.cup, 520, 610, 2.0, t.MI))
picture("cups-mo", "blush", put(t.cup, 290, 560, 2.0, t.MO), put(t.cup, 520, 610, 2.0, t.MI))
picture("glass-cup", "sage", put(t.glass_cup, 290, 560, 1.25), put(t.glass_cup, 530, 620, 1.25, "#9fae5a"))
picture("gaiwan", "blush", put(t.gaiwan, 400, 600, 1.45, "#f4f0e6", "#2f5d8a"))
picture("pitcher", "mist", put(t.pitcher, 390, 590, 1.4))
picture("tin", "sand", put(t.tin, 300, 560, 1.0, PINE, "#2e4338"), put(t.tin, 510, 620, 1.0, BRICK, "#983f27"))
picture("matcha", "sage", put(t.whisk, 620, 560, 1.15), put(t.bowl, 350, 620, 1.35, "#3f4a46"))
picture("kettle", "stone", put(t.kettle, 400, 600, 1.25, "#38433f"))
picture("kettle-white", "clay", put(t.kettle, 400, 600, 1.25, "#f1ede3"), **PALE)
picture(
    "tray",
    "ochre",
    put(t.tray, 400, 560, 340),
    put(t.cup, 270, 556, 0.95, "#f1ede3"),
    put(t.cup, 400, 580, 0.95, t.QING),
    put(t.cup, 530, 560, 0.95, "#c98b6a"),
)
picture("travel-tea", "mist", put(b.pouch, 280, 600, 1.2, "#d8c7a4"), put(t.gaiwan, 540, 650, 0.9, t.MO, "#c9a35a"))

picture("pot", "ochre", put(c.pot, 400, 590, 1.28, "#2f5d50"))
picture("pot-red", "mist", put(c.pot, 400, 590, 1.28, "#b8452c"), **PALE)
picture("milk-pan", "sage", put(c.milk_pan, 350, 580, 1.3, "#e9ddc4"), **TABLE)
picture("pan", "sand", put(c.pan, 350, 610, 1.15))
picture(
    "mug", "blush", put(c.mug, 300, 560, 1.12, CREAM, band=BRICK), put(c.mug, 510, 640, 1.12, "#5f8478", band=CREAM)
)
picture("mug-single", "mist", put(c.mug, 380, 620, 1.6, NAVY, band=CREAM), pane=LIGHT)
picture("rice-bowls", "sand", put(c.rice_bowls, 400, 610, 1.3, (CREAM, t.QING, "#c98b6a")), **PALE)
picture("rice-bowls-blue", "stone", put(c.rice_bowls, 400, 610, 1.3, ("#f1ede3", "#56728c", "#a9bccb")))
picture("plates", "sage", put(c.plates, 380, 590, 1.0, ("#efe8da", "#5f8478", "#efe8da", "#c98b6a")), **TABLE)
picture(
    "board",
    "stone",
    put(c.board, 350, 620, 0.95, BEECH),
    put(c.lemon, 560, 640, 1.0),
    put(c.lemon, 640, 662, 0.84, "#d7a62f"),
    **TABLE,
)
picture(
    "chopsticks", "ochre", put(c.rice_bowls, 410, 500, 0.8, (CREAM,)), put(c.chopsticks, 400, 620, 1.0), horizon=0.5
)
picture("mill", "mist", put(c.mill, 310, 590, 1.15, WALNUT), put(c.mill, 510, 640, 0.9, BEECH))
picture(
    "cruet", "blush", put(c.cruet, 310, 600, 1.1), put(c.cruet, 540, 630, 0.88, oil="#5a2f1d"), pane=(470, 90, 200, 240)
)
picture(
    "jar",
    "sage",
    put(c.jar, 250, 560, 1.05, "#d9b674"),
    put(c.jar, 480, 620, 1.05, "#8f4a32", fill=0.5),
    put(c.jar, 640, 660, 0.62, "#4b4038"),
    **PALE,
)
