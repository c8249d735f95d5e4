"""Draws the still-life pictures of the demo shop.

python -m catalog.demo.drawing OUTDIR [NAME ...]    needs the `drawing` dependency group (numpy, scipy, pillow)

scene.py      paper, light and the few strokes everything is made of
shapes/       one function per object: teapot(s, cx, base, k, colours...)
catalogue.py  which picture shows what
"""
