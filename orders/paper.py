"""Printed things as PDF: invoices, packing lists, labels. Millimetres from the top left corner, sizes in points.

Chinese is set in the font of ``orders/fonts`` of which only the characters used are embedded; Latin runs are set in
Helvetica. Nothing here knows an order.
"""

import re
from io import BytesIO
from pathlib import Path

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

A4, A5, A6, LABEL = (210, 297), (148, 210), (105, 148), (100, 150)  # width and height in mm
CHINESE, LATIN = "ZhangguiChinese", "Helvetica"
LEADING = 1.35
_FONT_FILE = Path(__file__).parent / "fonts" / "DroidSansFallbackFull.ttf"
# What Helvetica can say: Latin 1 without controls. Signs that neither font has are written as one that both have.
_RUNS = re.compile(r"[\x20-\x7e\xa1-\xff]+|[^\x20-\x7e\xa1-\xff]+")
_STAND_INS = str.maketrans({"−": "-", "–": "-", "—": "-", "→": ">", "“": '"', "”": '"', "’": "'", "\n": " ", "\t": " "})
# Where a line may break: after a blank or hyphen, or between any two Chinese characters.
_WORDS = re.compile(r"[\x21-\x7e\xa1-\xff]+-?\s*|\s+|.")


def _chinese():
    """Register the font once a process: reading it takes a moment, and most processes print nothing."""
    if CHINESE not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(CHINESE, str(_FONT_FILE)))
    return CHINESE


def _runs(words):
    """(font, text) parts of ``words``."""
    for part in _RUNS.findall(str(words).translate(_STAND_INS)):
        yield (LATIN if part[0] <= "\xff" else _chinese()), part


def width_of(words, size):
    """Width of ``words`` on one line, in mm."""
    return sum(pdfmetrics.stringWidth(part, font, size) for font, part in _runs(words)) / mm


def wrapped(words, size, width):
    """``words`` as lines that fit ``width`` mm; a word longer than a line is cut."""
    lines, line = [], ""
    for word in _WORDS.findall(str(words).strip()):
        for piece in [word] if width_of(word.rstrip(), size) <= width else word:
            if line and width_of(line + piece.rstrip(), size) > width:
                lines.append(line.rstrip())
                line = ""
            line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


class Paper:
    """Sheets of one size. Every drawing method returns the y below what it drew."""

    def __init__(self, size=A5, *, title, author=""):
        self.width, self.height = size
        self._file = BytesIO()
        # invariant: the same facts give the same bytes, so that a stored document can be compared with a new one.
        self._canvas = Canvas(self._file, pagesize=(self.width * mm, self.height * mm), invariant=1)
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)

    def text(self, x, y, words, *, size=9, align="left", width=None, bold=False, grey=0):
        """Write ``words`` with their top at ``y``; with ``width`` (mm) they are wrapped. ``align``: left, right, center."""
        self._canvas.setFillGray(grey)
        for line in wrapped(words, size, width) if width else [str(words)]:
            length = width_of(line, size)
            start = x - {"left": 0, "right": length, "center": length / 2}[align]
            self._line(start, y + size * 0.3, line, size, bold)
            y += size * LEADING / mm
        return y

    def _line(self, x, y, words, size, bold):
        text = self._canvas.beginText(x * mm, (self.height - y) * mm)
        # There is one weight of the Chinese font: bold is the same letters with an outline.
        text.setTextRenderMode(2 if bold else 0)
        self._canvas.setLineWidth(size * 0.025)
        for font, part in _runs(words):
            text.setFont(font, size)
            text.textOut(part)
        # The outline outlives its text in the file: without this all that follows on the sheet would be bold.
        text.setTextRenderMode(0)
        self._canvas.drawText(text)

    def rule(self, y, *, left=10, right=10, grey=0.7):
        self._canvas.setStrokeGray(grey)
        self._canvas.setLineWidth(0.4)
        self._canvas.line(left * mm, (self.height - y) * mm, (self.width - right) * mm, (self.height - y) * mm)
        self._canvas.setStrokeGray(0)
        return y

    def box(self, x, y, width, height, *, grey=0):
        self._canvas.setStrokeGray(grey)
        self._canvas.setLineWidth(0.8)
        self._canvas.rect(x * mm, (self.height - y - height) * mm, width * mm, height * mm)
        self._canvas.setStrokeGray(0)
        return y + height

    def table(self, y, columns, rows, *, left=10, size=8, foot=12):
        """A table with wrapped cells that goes on on further sheets. ``columns``: (title, width in mm, align)."""
        y = self._row(left, y, columns, [title for title, _w, _a in columns], size, grey=0.35)
        for row in rows:
            lines = max(len(wrapped(cell, size, w - 2)) for cell, (_t, w, _a) in zip(row, columns, strict=True))
            if y + lines * size * LEADING / mm > self.height - foot:
                self.next_sheet()
                y = self._row(left, 12, columns, [title for title, _w, _a in columns], size, grey=0.35)
            y = self._row(left, y, columns, row, size)
        return y

    def _row(self, left, y, columns, cells, size, grey=0):
        below, x = y, left
        for cell, (_title, width, align) in zip(cells, columns, strict=True):
            at = x + {"left": 0, "right": width - 2, "center": (width - 2) / 2}[align]
            below = max(below, self.text(at, y, cell, size=size, align=align, width=width - 2, grey=grey))
            x += width
        return self.rule(below + 0.8, left=left, right=self.width - x) + 1.4

    def barcode(self, x, y, value, *, width, height=14):
        """A Code 128 of ``value`` (ASCII) that fills ``width`` mm."""
        bars = Code128(value, barHeight=height * mm, barWidth=1, quiet=0)
        bars = Code128(value, barHeight=height * mm, barWidth=width * mm / bars.width, quiet=0)
        bars.drawOn(self._canvas, x * mm, (self.height - y - height) * mm)
        return y + height

    def next_sheet(self):
        self._canvas.showPage()

    def pdf(self):
        """The document as bytes; nothing can be drawn afterwards."""
        self._canvas.showPage()
        self._canvas.save()
        return self._file.getvalue()
