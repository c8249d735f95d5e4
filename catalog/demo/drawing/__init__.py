"""Draws the still-life pictures of the demo shop.

python -m catalog.demo.drawing OUTDIR [NAME ...]    needs the `drawing` dependency group (numpy, scipy, pillow)

light.py      colours under light, smooth lines
scene.py      paper, shadows and the few strokes everything is made of
shapes/       one function per object: teapot(s, cx, base, k, colours...)
pictures_of/  which picture shows what, by category; sheet.py has what they share
"""
