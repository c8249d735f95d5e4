"""Pictures of stationery, storage and travel."""

from catalog.demo.drawing.shapes import kitchen as c
from catalog.demo.drawing.shapes import stationery as st
from catalog.demo.drawing.shapes import storage as b
from catalog.demo.drawing.shapes import tea as t
from catalog.demo.drawing.sheet import BRICK, NAVY, PALE, PINE, TABLE, picture, put

picture("notebook", "mist", put(st.notebook, 400, 640, 1.1, BRICK), horizon=0.74)
picture("notebook-stack", "sand", put(st.notebook_stack, 400, 620, 1.15, (PINE, BRICK, "#d3a24a", NAVY)), **TABLE)
picture("pen", "sage", put(st.fountain_pen, 400, 430, 1.05, "#1f4a3c"), horizon=-0.2)
picture("pen-red", "sand", put(st.fountain_pen, 400, 430, 1.05, "#a8321c"), horizon=-0.2)
picture(
    "pencils",
    "blush",
    put(st.pencil_cup, 400, 640, 1.2, t.QING, (BRICK, "#d3a24a", PINE, NAVY, "#c98b6a")),
    horizon=0.74,
)
picture("calendar", "ochre", put(st.desk_calendar, 400, 630, 1.15), horizon=0.74)
picture(
    "tapes",
    "lilac",
    put(st.tape, 230, 560, 118, BRICK),
    put(st.tape, 450, 590, 130, "#5f8478"),
    put(st.tape, 320, 690, 112, "#d3a24a"),
    put(st.tape, 570, 700, 100, NAVY),
    horizon=0.6,
)
picture("letters", "sage", put(st.letter_set, 400, 640, 1.1, "#f6f1e4", "#d9bfa0"), horizon=0.74)
picture("brushes", "stone", put(st.brush_rest, 424, 520, 1.08), horizon=0.4)
picture("scissors", "sand", put(st.scissors, 420, 330, 1.05), put(st.ruler, 400, 580, 1.0), horizon=-0.2)

picture("bottle", "mist", put(b.bottle, 410, 690, 1.1, NAVY), horizon=0.8)
picture(
    "bottle-set",
    "sand",
    put(b.bottle, 270, 640, 0.94, "#47695a"),
    put(b.bottle, 500, 690, 0.94, "#e9e0cc", cap="#b98a58"),
    horizon=0.78,
)
picture(
    "tumbler", "ochre", put(b.tumbler, 300, 620, 1.2, "#e9ddc4"), put(b.tumbler, 530, 660, 1.2, "#8f4a32"), horizon=0.72
)
picture("tote", "sage", put(b.tote, 400, 690, 1.05, "#e9dfc9", "#b8361f"), horizon=0.82)
picture("tote-green", "blush", put(b.tote, 400, 690, 1.05, "#47695a", "#d3a24a"), horizon=0.82)
picture("backpack", "stone", put(b.backpack, 400, 690, 1.05, "#5d6f66"), horizon=0.8)
picture("backpack-navy", "ochre", put(b.backpack, 400, 690, 1.05, "#34495e"), horizon=0.8)
picture("suitcase", "mist", put(b.suitcase, 400, 710, 1.02, "#5f8478"), horizon=0.8)
picture("suitcase-cream", "clay", put(b.suitcase, 400, 710, 1.02, "#e6dcc8"), horizon=0.8)
picture("umbrella", "dusk", put(b.umbrella, 400, 700, 1.0, BRICK), horizon=0.84)
picture("basket", "sand", put(b.basket, 400, 610, 1.2, "#c9a468", liner="#efe8da"), horizon=0.72)
picture("fabric-box", "blush", put(b.fabric_box, 400, 620, 1.15, "#cfc0a2"), horizon=0.74)
picture(
    "fabric-box-set",
    "sage",
    put(b.fabric_box, 320, 610, 1.0, "#8fa596"),
    put(b.fabric_box, 560, 670, 0.7, "#c98b6a"),
    horizon=0.72,
)
picture("lunchbox", "sage", put(c.lunchbox, 400, 590, 1.25, "#c9694a"), **PALE)
picture("lunchbox-green", "sand", put(c.lunchbox, 400, 590, 1.25, "#47695a"))
picture("organiser", "mist", put(b.organiser, 400, 630, 1.15), **PALE)
