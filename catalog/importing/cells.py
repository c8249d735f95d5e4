"""The cells of one product's lines: each read, judged, and what is wrong with it told with its line and column."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags

from catalog.importing.reasons import reason
from catalog.money import parse_yuan

HIGHEST_PRICE_FEN = 10**9
HIGHEST_NUMBER = 10_000_000
YES, NO = {"true", "yes", "y", "1", "是"}, {"false", "no", "n", "0", "否"}
# Longest texts, by what they are.
LIMITS = {
    "title": 120, "handle": 120, "vendor": 60, "tag": 40, "axis": 40, "option": 60, "code": 64, "barcode": 32,
    "category": 40, "specification_name": 40, "specification": 500, "image": 500, "image_alt": 160, "body": 60_000,
}  # fmt: skip
AMOUNT = re.compile(r"^[¥￥]?\s*(\d+|\d{1,3}(,\d{3})+)(\.\d+)?\s*元?$")
NEGATIVE = re.compile(r"^[¥￥]?\s*-|^-")
TAG = re.compile(r"<[a-zA-Z/!][^>]*>")


class Cells:
    """``lines`` of ``sheet`` that belong to one product, ``draft``; what is wrong is added to the draft."""

    def __init__(self, sheet, draft, lines):
        self.sheet, self.draft, self.lines, self.head = sheet, draft, lines, lines[0]
        for line in lines:
            draft.errors += line.errors

    def heading(self, name):
        return self.sheet.headings.get(name, name)

    def refuse(self, code, at, name="", value="", **facts):
        column = self.heading(name) if name else ""
        self.draft.errors.append(reason(code, line=at.number, column=column, value=value, facts=facts))

    def note(self, code, at, name="", value="", **facts):
        column = self.heading(name) if name else ""
        self.draft.notes.append(reason(code, line=at.number, column=column, value=value, facts=facts))

    def text(self, line, name, limit, *, value=None):
        """A plain text: HTML taken out, formulas flagged, too long refused."""
        value = line.cells.get(name, "") if value is None else value
        value = unicodedata.normalize("NFC", value)
        if TAG.search(value):
            value = strip_tags(value).strip()
            self.note("html_removed", line, name, value)
        if value.startswith(("=", "@")):
            self.note("formula", line, name, value)
        if len(value) > limit:
            self.refuse("too_long", line, name, value, limit=limit, found=len(value))
        return value

    def money(self, line, name):
        """Fen, or None when the cell is empty or refused."""
        value = unicodedata.normalize("NFKC", line.cells.get(name, ""))
        if not value:
            return None
        if NEGATIVE.match(value):
            return self.refuse("price_not_positive", line, name, value)
        if not AMOUNT.match(value):
            return self.refuse("price_wrong", line, name, value)
        try:
            fen = parse_yuan(value)
        except ValidationError:
            return self.refuse("price_wrong", line, name, value)
        if fen >= HIGHEST_PRICE_FEN:
            return self.refuse("price_too_high", line, name, value)
        return fen

    def number(self, line, name, most=HIGHEST_NUMBER):
        value = line.cells.get(name, "").replace(",", "")
        if value.endswith(".0"):
            value = value[:-2]
        if not value:
            return None
        if not (value.isascii() and value.isdigit()):
            return self.refuse("number_wrong", line, name, value)
        if len(value) > 8 or int(value) > most:
            return self.refuse("number_too_high", line, name, value, limit=f"{most:,}")
        return int(value)

    def address(self, line, name):
        value = line.cells.get(name, "")
        if value and not re.match(r"https?://[^\s/]+\S*$", value):
            return self.refuse("address_wrong", line, name, value)
        if len(value) > LIMITS["image"]:
            return self.refuse("too_long", line, name, value, limit=LIMITS["image"], found=len(value))
        return value
