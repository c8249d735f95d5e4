"""Colours, how light falls on them, and smooth lines."""

import numpy as np
from scipy.interpolate import splev, splprep


def rgb(colour):
    colour = colour.lstrip("#")
    return np.array([int(colour[i : i + 2], 16) for i in (0, 2, 4)], np.float32)


def mix(a, b, t):
    """The colour t of the way from a to b, as "#rrggbb"."""
    return "#" + "".join(f"{round(v):02x}" for v in rgb(a) * (1 - t) + rgb(b) * t)


def smooth(t):
    t = np.clip(t, 0, 1)
    return t * t * (3 - 2 * t)


def lit(colour, light):
    """Colour under light: 1 leaves it, above goes towards white, below towards black."""
    light = np.asarray(light, np.float32)[..., None]
    return np.where(light > 1, colour + (255 - colour) * (light - 1), colour * light)


def curve(points, n=240):
    """n points of a smooth line through the given ones."""
    p = np.array(points, float)
    if len(p) == 2:
        return p[0] + (p[1] - p[0]) * np.linspace(0, 1, n)[:, None]
    tck, _ = splprep(p.T, s=0, k=min(3, len(p) - 1))
    return np.array(splev(np.linspace(0, 1, n), tck)).T
