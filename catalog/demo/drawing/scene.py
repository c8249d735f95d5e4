"""Paper, light and the few strokes every picture is made of.

All lengths are units of an 800-unit wide square, whatever the size of the file. Objects stand on `base`, are
centred on `cx` and scaled by `k`. Light falls from the upper left, so one set of rules gives one family of pictures.
Each stroke works on its own small window of the picture: drawing costs what is drawn, not the whole canvas.
"""

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from scipy.interpolate import PchipInterpolator

from .light import curve, lit, rgb, smooth

SHADE = "#20302a"


@dataclass
class Window:
    """A part of the picture: its slice, and the coordinates of its pixels in units."""

    at: tuple
    x: np.ndarray
    y: np.ndarray
    left: int
    top: int

    @property
    def shape(self):
        return (self.y.shape[0], self.x.shape[1])


class Scene:
    """A sheet with a wall, a floor and a glow from the window side."""

    def __init__(self, w=800, h=800, wall="#e3e3dd", floor=None, horizon=0.74, edge=90, scale=2.0):
        self.u = scale
        self.w, self.h = w, h
        self.W, self.H = round(w * scale), round(h * scale)
        y = (np.arange(self.H, dtype=np.float32) / scale)[:, None]
        x = (np.arange(self.W, dtype=np.float32) / scale)[None, :]
        wall = rgb(wall)
        floor = rgb(floor) if floor else wall * 0.94
        t = smooth((y - horizon * h) / edge + 0.5)[..., None]
        glow = np.exp(-(((x / w - 0.28) / 0.55) ** 2 + ((y / h - 0.22) / 0.55) ** 2))[..., None]
        im = wall * (1 - t) + floor * t
        self.im = (im + (255 - im) * 0.30 * glow).astype(np.float32)

    # --- the plumbing ---

    def window(self, x0, y0, x1, y1):
        u = self.u
        a, b = max(0, math.floor(x0 * u) - 2), min(self.W, math.ceil(x1 * u) + 3)
        c, d = max(0, math.floor(y0 * u) - 2), min(self.H, math.ceil(y1 * u) + 3)
        b, d = max(a, b), max(c, d)
        x = (np.arange(a, b, dtype=np.float32) / u)[None, :]
        y = (np.arange(c, d, dtype=np.float32) / u)[:, None]
        return Window((slice(c, d), slice(a, b)), x, y, a, c)

    def paint(self, win, mask, colour, a=1.0):
        part = self.im[win.at]
        part += (colour - part) * (mask * a)[..., None]

    def mask(self, win, draw, blur=0):
        """A mask drawn with Pillow: draw(d, px) where px turns points in units into pixels of the window."""
        if 0 in win.shape:
            return np.zeros(win.shape, np.float32)
        image = Image.new("L", (win.shape[1], win.shape[0]), 0)
        draw(ImageDraw.Draw(image), lambda pts: [(x * self.u - win.left, y * self.u - win.top) for x, y in pts])
        if blur:
            image = image.filter(ImageFilter.GaussianBlur(blur * self.u))
        return np.asarray(image, np.float32) / 255

    def soften(self, mask, blur):
        if 0 in mask.shape:
            return mask
        image = Image.fromarray((mask * 255).astype("uint8")).filter(ImageFilter.GaussianBlur(blur * self.u))
        return np.asarray(image, np.float32) / 255

    # --- light and shade ---

    def shadow(self, cx, cy, rx, ry, a=0.26, blur=16, tint=SHADE):
        pad = blur * 3
        win = self.window(cx - rx - pad, cy - ry - pad, cx + rx + pad, cy + ry + pad)
        m = self.mask(win, lambda d, px: d.ellipse(px([(cx - rx, cy - ry), (cx + rx, cy + ry)]), fill=255), blur)
        self.paint(win, m, rgb(tint), a)

    def cast(self, cx, cy, w, a=0.24):
        """The shadow of something of half width w that stands at cy."""
        self.shadow(cx + w * 0.16, cy, w * 1.18, w * 0.15, a * 0.8, 20)
        self.shadow(cx + w * 0.04, cy - 2, w * 0.92, w * 0.08, a, 7)

    def glow(self, cx, cy, rx, ry, colour="#ffe2a0", a=0.62):
        win = self.window(cx - rx * 2, cy - ry * 2, cx + rx * 2, cy + ry * 2)
        r2 = ((win.x - cx) / rx) ** 2 + ((win.y - cy) / ry) ** 2
        self.paint(win, np.clip(np.exp(-r2 * 1.56) - 0.002, 0, 1), rgb(colour), a)

    def pane(self, x, y, w, h, lean=0.35, a=0.3, colour="#ffffff"):
        """A patch of window light on the wall: four soft panes that lean to the right."""
        win = self.window(0, 0, self.w, self.h)

        def draw(d, px):
            for i in range(2):
                for j in range(2):
                    x0, y0, w2, h2 = x + i * w * 0.53, y + j * h * 0.53, w * 0.47, h * 0.47
                    quad = [(x0, y0), (x0 + w2, y0), (x0 + w2, y0 + h2), (x0, y0 + h2)]
                    d.polygon(px([(a_ + (b_ - y) * lean, b_) for a_, b_ in quad]), fill=255)

        self.paint(win, self.mask(win, draw, 7), rgb(colour), a)

    # --- strokes ---

    def ellipse(self, cx, cy, rx, ry, colour, hl=0.0, dk=0.0, a=1.0, rot=0):
        c, sn = math.cos(rot), math.sin(rot)
        bx, by = abs(rx * c) + abs(ry * sn), abs(rx * sn) + abs(ry * c)
        win = self.window(cx - bx, cy - by, cx + bx, cy + by)
        dx, dy = win.x - cx, win.y - cy
        px, py = (dx * c + dy * sn) / rx, (-dx * sn + dy * c) / ry
        m = np.clip((1 - np.sqrt(px * px + py * py)) * min(rx, ry) * self.u + 0.5, 0, 1)
        light = 1 + hl * np.exp(-(((px + 0.35) / 0.4) ** 2) - ((py + 0.35) / 0.5) ** 2)
        self.paint(win, m, lit(rgb(colour), light - dk * smooth((px + py * 0.5) / 1.1)), a)

    def ball(self, cx, cy, r, colour, hl=0.3, dk=0.42, a=1.0):
        """A lit ball."""
        win = self.window(cx - r, cy - r, cx + r, cy + r)
        px, py = (win.x - cx) / r, (win.y - cy) / r
        m = np.clip((1 - np.sqrt(px * px + py * py)) * r * self.u + 0.5, 0, 1)
        light = 1 + hl * np.exp(-((px + 0.36) ** 2 + (py + 0.4) ** 2) / 0.14)
        self.paint(win, m, lit(rgb(colour), light - dk * smooth((px * 0.7 + py * 0.75 + 0.15) / 1.2)), a)

    def turned(self, cx, top, profile, colour, k=1.0, hl=0.24, dk=0.36, bands=(), foot=0.13, a=1.0, grain=None):
        """Something turned on a wheel: profile = [(y, half width), ...] from the top, lit from the left.

        bands: (y0, y1, colour) painted around it. grain(t, y): extra light by place (t from -1 left to 1 right).
        """
        ys = np.array([p[0] for p in profile], float) * k
        ws = np.array([p[1] for p in profile], float) * k
        width, rb = PchipInterpolator(ys, ws), ws[-1]
        win = self.window(cx - ws.max(), top + ys[0], cx + ws.max(), top + ys[-1] + rb * foot)
        yy = win.y - top
        inside = (yy >= ys[0]) & (yy <= ys[-1])
        hw = width(np.clip(yy, ys[0], ys[-1])).astype(np.float32)
        dx = win.x - cx
        m = np.clip((hw - np.abs(dx)) * self.u + 0.5, 0, 1) * inside
        if foot:
            r = np.sqrt((dx / rb) ** 2 + ((yy - ys[-1]) / (rb * foot)) ** 2)
            m = np.maximum(m, np.clip((1 - r) * rb * foot * self.u + 0.5, 0, 1))
        t = dx / np.maximum(hw, 1)
        light = 1 + hl * np.exp(-(((t + 0.42) / 0.26) ** 2)) - dk * smooth(t * 0.95 + 0.12)
        light = light - 0.12 * smooth((-t - 0.62) / 0.38)
        if grain:
            light = light + grain(t, yy / k)
        col = np.broadcast_to(rgb(colour), (*m.shape, 3)).copy()
        bend = yy - foot * hw * np.sqrt(np.clip(1 - t * t, 0, 1)) * 0.6
        for y0, y1, c in bands:
            b = np.clip((bend - y0 * k) * self.u + 0.5, 0, 1) * np.clip((y1 * k - bend) * self.u + 0.5, 0, 1)
            col += (rgb(c) - col) * b[..., None]
        self.paint(win, m, lit(col, light), a)

    def mouth(self, cx, cy, r, colour, inner, ratio=0.15, rim=0.1):
        self.ellipse(cx, cy, r, r * ratio, colour, 0.25, 0.1)
        self.ellipse(cx, cy + r * rim * 0.1, r * (1 - rim), r * ratio * (1 - rim * 1.6), inner, 0, -0.18)

    def stroke(self, points, w0, w1, colour, hl=0.22, dk=0.25, a=1.0):
        """A round rod along a smooth line, w0 thick at its start and w1 at its end."""
        q = curve(points)
        ws = np.linspace(w0, w1, len(q))
        pad = max(w0, w1)
        win = self.window(q[:, 0].min() - pad, q[:, 1].min() - pad, q[:, 0].max() + pad, q[:, 1].max() + pad)

        def rod(off, part):
            def draw(d, px):
                for (x, y), w in zip(q, ws, strict=True):
                    r, X, Y = w * part / 2, x + off[0] * w, y + off[1] * w
                    d.ellipse(px([(X - r, Y - r), (X + r, Y + r)]), fill=255)

            return self.mask(win, draw)

        base = rgb(colour)
        full = rod((0, 0), 1)
        if dk:
            self.paint(win, full, base * (1 - dk), a)
            self.paint(win, self.soften(rod((-0.12, -0.1), 0.72), 2) * full, base, a)
        else:
            self.paint(win, full, base, a)
        if hl:
            self.paint(win, self.soften(rod((-0.2, -0.16), 0.26), 1.5) * full, base + (255 - base) * hl, a)

    def line(self, points, w, colour, a=1.0):
        """A flat line."""
        self.stroke(points, w, w, colour, 0, 0, a)

    def poly(self, points, colour, hl=0.0, dk=0.0, blur=0, a=1.0, rounded=False):
        """A flat piece; rounded=True draws a closed smooth outline through the points."""
        if rounded:
            points = [tuple(p) for p in curve([*points, points[0]])]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        pad = blur * 3
        win = self.window(min(xs) - pad, min(ys) - pad, max(xs) + pad, max(ys) + pad)
        m = self.mask(win, lambda d, px: d.polygon(px(points), fill=255), blur or 0.25)
        t = np.broadcast_to((win.x - min(xs)) / max(1, max(xs) - min(xs)), win.shape)
        self.paint(win, m, lit(rgb(colour), 1 + hl * (1 - smooth(t * 1.6)) - dk * smooth((t - 0.3) / 0.7)), a)

    def rrect(self, x0, y0, x1, y1, r, colour, hl=0.12, dk=0.2, a=1.0, grain=None):
        """A rounded rectangle lit from the left. grain(x, y): extra light by place."""
        win = self.window(x0, y0, x1, y1)
        u = self.u
        m = self.mask(win, lambda d, px: d.rounded_rectangle(px([(x0, y0), (x1, y1)]), r * u, fill=255), 0.25)
        t = np.broadcast_to((win.x - x0) / max(1, x1 - x0), win.shape)
        light = 1 + hl * (1 - smooth(t * 1.8)) - dk * smooth((t - 0.35) / 0.65)
        if grain:
            light = light + grain(win.x, win.y)
        self.paint(win, m, lit(rgb(colour), light), a)

    def leaf(self, x, y, length, width, angle, colour):
        cx, cy = x + math.cos(angle) * length / 2, y + math.sin(angle) * length / 2
        self.ellipse(cx, cy, length / 2, width / 2, colour, 0.22, 0.22, rot=angle)

    def wood(self, x0, y0, x1, y1, r, colour, dk=0.2):
        """A board with a quiet grain along its longer side."""
        along = (x1 - x0) >= (y1 - y0)

        def grain(x, y):
            a, b = (y, x) if along else (x, y)
            bow = 1.6 * np.sin(b * 0.013 + 1.1) + 1.1 * np.sin(a * 0.04 + b * 0.006)
            return 0.018 * np.sin(a * 0.21 + bow) + 0.012 * np.sin(a * 0.63 + 1.7 * bow + np.sin(b * 0.03))

        self.rrect(x0, y0, x1, y1, r, colour, 0.14, dk, grain=grain)

    # --- done ---

    def image(self):
        noise = np.random.default_rng(7).normal(0, 1.1, (self.H, self.W, 1)).astype(np.float32)
        return Image.fromarray(np.clip(self.im + noise, 0, 255).astype("uint8"))
