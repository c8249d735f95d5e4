"""Pictures of lamps and textiles."""

from catalog.demo.drawing.shapes import at_home as h
from catalog.demo.drawing.shapes import lighting as li
from catalog.demo.drawing.shapes import textiles as x
from catalog.demo.drawing.sheet import BRICK, PALE, TABLE, picture, put

picture("lamp", "dusk", put(li.mushroom_lamp, 400, 650, 1.16, "#d96f43", "#efe6d6"), horizon=0.78)
picture("lamp-green", "sand", put(li.mushroom_lamp, 400, 650, 1.16, "#47695a", "#efe6d6"), horizon=0.78)
picture("paper-lantern", "clay", put(li.paper_lantern, 400, 700, 1.12), horizon=0.8)
picture("arm-lamp", "pine", put(li.arm_lamp, 420, 660, 1.12, "#e9ddc4"), horizon=0.78)
picture("arm-lamp-black", "sage", put(li.arm_lamp, 420, 660, 1.12, "#2f3633"), horizon=0.78)
picture("lantern", "night", put(li.lantern, 400, 640, 1.22, "#47695a"), horizon=0.76)
picture(
    "lantern-set",
    "ink",
    put(li.lantern, 280, 560, 0.9, "#47695a"),
    put(li.lantern, 530, 650, 1.1, "#b9583a"),
    horizon=0.7,
)
picture("pendant", "mist", put(li.pendant, 400, 430, 1.05, "#e5ddcb"), horizon=2)
picture("pendant-blue", "dusk", put(li.pendant, 400, 430, 1.05, "#3f5f7a"), horizon=2)
picture("globe-lamp", "#51463f", put(li.globe_lamp, 400, 640, 1.2), horizon=0.74)
picture("tripod-lamp", "sand", put(li.tripod_lamp, 400, 740, 1.05, "#f0e2c0"), horizon=0.82)

picture("cushion", "sage", put(x.cushion, 400, 600, 1.15, "#e8dcc4", BRICK), horizon=0.74)
picture("cushion-blue", "sand", put(x.cushion, 400, 600, 1.15, "#f0eadc", "#3f5f7a", check=True), horizon=0.74)
picture(
    "cushion-plain",
    "mist",
    put(x.cushion, 290, 560, 0.86, "#5f7d6c"),
    put(x.cushion, 520, 630, 0.86, "#d3a24a"),
    horizon=0.7,
)
picture("blanket", "blush", put(x.blanket, 405, 610, 1.18, ["#e6dcc8", "#8fa596", "#c97f5a", "#efe8da"]))
picture("throw", "sage", put(x.throw, 400, 600, 1.15, "#e9dfc9", "#b9583a"), **TABLE)
picture("throw-grey", "mist", put(x.throw, 400, 600, 1.15, "#7d8a8f", "#efe8da"), **PALE)
picture("towels", "stone", put(x.towels, 400, 640, 1.05, ("#efe8da", "#8fa596", "#d9a58a")), pane=(440, 60, 220, 250))
picture("tea-towels", "sage", put(x.tea_towels, 400, 660, 1.1, (("#f0eadc", BRICK), ("#f0eadc", "#3f5f7a"))), horizon=2)
picture(
    "rug",
    "stone",
    put(x.rug, 310, 680, 1.1, "#d9c7a6", "#6b4a3a"),
    put(x.rug, 510, 700, 1.0, "#8fa596", "#efe8da", h=430),
    floor="#bf9870",
    horizon=0.72,
    edge=4,
)
picture(
    "slippers", "#d2ad84", put(h.slippers, 400, 400, 1.2, "#6f857b"), horizon=2, pane=(60, 60, 300, 330, 0.35, 0.14)
)
picture("slippers-clay", "#dccbb0", put(h.slippers, 400, 400, 1.2, "#b9694a"), horizon=2)
picture("apron", "mist", put(h.apron, 400, 716, 1.05, "#47695a"), horizon=2)
picture("pouf", "sand", put(h.pouf, 400, 630, 1.08, "#d9cbb0"), horizon=0.7)
picture("zafu", "dusk", put(h.zafu, 390, 590, 1.12, "#3f5f7a"), floor="#c9a27a", horizon=0.6, edge=4)
