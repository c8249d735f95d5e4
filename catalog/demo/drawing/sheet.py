"""What the square pictures share: tints, colours, and picture(), which registers one in PICTURES."""

from catalog.demo.drawing.scene import Scene

SIDE = 800
TINTS = {
    "sage": "#d5dfd4",
    "mist": "#d6e0e4",
    "sand": "#ece3d3",
    "blush": "#efdcd1",
    "stone": "#e3e3dd",
    "ochre": "#efe2c0",
    "pine": "#2f4a40",
    "ink": "#3a4541",
    "dusk": "#c9d3cc",
    "clay": "#d9b7a0",
    "lilac": "#dedae2",
    "night": "#2c3a4a",
}
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
