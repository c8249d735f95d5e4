"""Red seals with a drawn sign, one for each merchant."""

from catalog.demo.drawing.light import rgb
from catalog.demo.drawing.scene import Scene
from catalog.demo.drawing.sheet import PICTURES


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
    s.paint(
        win,
        s.mask(
            win,
            lambda d, px: (
                d.pieslice(px([(250, 260), (550, 560)]), 180, 360, fill=255),
                d.rectangle(px([(250, 405), (550, 560)]), fill=255),
            ),
            0.4,
        ),
        rgb(WHITE),
    )
    s.paint(
        win,
        s.mask(
            win,
            lambda d, px: (
                d.pieslice(px([(335, 390), (465, 520)]), 180, 360, fill=255),
                d.rectangle(px([(335, 452), (465, 560)]), fill=255),
            ),
            0.4,
        ),
        rgb("#b8361f"),
    )
    s.ellipse(400, 520, 26, 44, WHITE)


def cotton(s):
    for px, py in ((340, 330), (460, 330), (320, 420), (480, 420), (400, 300), (400, 410)):
        s.ellipse(px, py, 72, 72, WHITE)
    s.line([(400, 480), (400, 570)], 22, WHITE)
    s.leaf(400, 560, 110, 44, -0.5, WHITE)
    s.leaf(400, 560, 110, 44, -2.64, WHITE)


PICTURES |= {"seal-yuji": seal(island), "seal-shanyao": seal(kiln), "seal-mianli": seal(cotton)}
