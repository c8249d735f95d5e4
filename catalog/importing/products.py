"""Groups of lines as drafts of products: every cell read and judged, nothing looked up in the shop.

A draft is plain data (it is stored as JSON): amounts in fen, weights in grams. A key that is absent means that the file
has no such column, and then the listing keeps what it has.
"""

import hashlib
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags

from catalog.importing.reasons import reason
from catalog.money import parse_yuan
from catalog.rich_text import clean_html

MOST_VARIANTS = 2000
DEEPEST_CATEGORY = 4
HIGHEST_PRICE_FEN = 10**9
HIGHEST_NUMBER = 10_000_000
YES, NO = {"true", "yes", "y", "1", "是"}, {"false", "no", "n", "0", "否"}
STATUSES = {"active": True, "draft": False, "archived": False, "在售": True, "草稿": False, "下架": False}
# Plain texts of a listing: column → (key of the content, longest).
TEXTS = {"title_en": ("title_en", 160), "subtitle": ("subtitle", 160), "subtitle_en": ("subtitle_en", 200)}
LIMITS = {"title": 120, "handle": 120, "vendor": 60, "tag": 40, "axis": 40, "option": 60, "code": 64, "barcode": 32}
LIMITS |= {
    "category": 40,
    "specification_name": 40,
    "specification": 500,
    "image": 500,
    "image_alt": 160,
    "body": 60_000,
}
AMOUNT = re.compile(r"^[¥￥]?\s*(\d+|\d{1,3}(,\d{3})+)(\.\d+)?\s*元?$")
NEGATIVE = re.compile(r"^[¥￥]?\s*-|^-")
TAG = re.compile(r"<[a-zA-Z/!][^>]*>")


class Draft:
    """One product as the file describes it: ``content``, ``errors`` that refuse it, ``notes`` that do not."""

    def __init__(self, handle, lines):
        self.handle = handle
        self.first_line = lines[0].number
        self.last_line = max(line.last for line in lines)
        self.content = {}
        self.errors = []
        self.notes = []

    @property
    def title(self):
        return self.content.get("title", "")


def drafts(sheet):
    """One ``Draft`` per product of the sheet and one per line without a handle, in the order of the file."""
    made = [_Reading(sheet, handle, lines).draft for handle, lines in sheet.groups.items()]
    for line in sheet.homeless:
        draft = Draft("", [line])
        draft.errors = list(line.errors)
        made.append(draft)
    made.sort(key=lambda draft: draft.first_line)
    _refuse_codes_used_twice(made, sheet)
    return made


def stable_code(handle, options):
    """The SKU code of a variant that has none: the same for the same handle and options, in every import."""
    mark = hashlib.sha256("\x1f".join([handle, *options]).encode()).hexdigest()[:8]
    return f"{handle[:50]}-{mark}".upper()


def _refuse_codes_used_twice(made, sheet):
    seen = {}
    for draft in made:
        for sku in draft.content.get("skus", []):
            code, line = sku.get("code"), sku["line"]
            if code and code in seen:
                draft.errors.append(
                    reason(
                        "code_twice", line=line, column=sheet.headings["code"], value=code, facts={"line": seen[code]}
                    )
                )
            elif code:
                seen[code] = line


class _Reading:
    """Reads one group; keeps the sheet and the draft at hand so that each cell's reader stays short."""

    def __init__(self, sheet, handle, lines):
        self.sheet, self.lines, self.head = sheet, lines, lines[0]
        self.draft = Draft(handle, lines)
        for line in lines:
            self.draft.errors += line.errors
        self.read_product()
        self.read_variants()
        self.read_pictures()

    # --- telling ---------------------------------------------------------------------------------------------------

    def heading(self, name):
        return self.sheet.headings.get(name, name)

    def refuse(self, code, at, name="", value="", **facts):
        column = self.heading(name) if name else ""
        self.draft.errors.append(reason(code, line=at.number, column=column, value=value, facts=facts))

    def note(self, code, at, name="", value="", **facts):
        column = self.heading(name) if name else ""
        self.draft.notes.append(reason(code, line=at.number, column=column, value=value, facts=facts))

    # --- cells -----------------------------------------------------------------------------------------------------

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

    # --- the product -----------------------------------------------------------------------------------------------

    def read_product(self):
        has, head, content = self.sheet.has, self.head, self.draft.content
        if len(self.draft.handle) > LIMITS["handle"]:
            self.refuse(
                "too_long", head, "handle", self.draft.handle, limit=LIMITS["handle"], found=len(self.draft.handle)
            )
        title = self.text(head, "title", LIMITS["title"])
        if title:
            content["title"] = title
        for name, (key, limit) in TEXTS.items():
            if has(name):
                content[key] = self.text(head, name, limit)
        for name, key in (("body", "description"), ("body_en", "description_en")):
            if has(name):
                content[key] = self.read_body(name)
        for name, key in (("warranty", "warranty_months"), ("most", "max_per_order")):
            if has(name):
                content[key] = self.number(head, name, most=30_000)
        if has("vendor"):
            content["brand"] = self.text(head, "vendor", LIMITS["vendor"])
        if has("category", "type"):
            content["category"] = self.read_category()
        if has("tags"):
            tags = [tag.strip() for tag in re.split(r"[,，]", head.cells["tags"]) if tag.strip()]
            content["tags"] = list(dict.fromkeys(self.text(head, "tags", LIMITS["tag"], value=tag) for tag in tags))
        if has("status", "published"):
            content["on_sale"] = self.read_status()
        if self.sheet.metafields:
            content["specifications"] = self.read_specifications()

    def read_body(self, name):
        body = self.head.cells[name]
        if len(body) > LIMITS["body"]:
            self.refuse("too_long", self.head, name, body, limit=LIMITS["body"], found=len(body))
            return ""
        cleaned = clean_html(body)
        if strip_tags(body).strip() and not cleaned or re.search(r"<\s*(script|style|iframe)|\son\w+\s*=", body, re.I):
            self.note("body_cleaned", self.head, name, body)
        return cleaned

    def read_category(self):
        name = "category" if self.head.cells.get("category") else "type"
        parts = [part.strip() for part in re.split(r"\s+>\s+|[>＞]", self.head.cells.get(name, "")) if part.strip()]
        if len(parts) > DEEPEST_CATEGORY:
            self.refuse("category_too_deep", self.head, name, " > ".join(parts), limit=DEEPEST_CATEGORY)
        return [self.text(self.head, name, LIMITS["category"], value=part) for part in parts]

    def read_status(self):
        """True to sell, False not to, None when both cells are empty."""
        status, published = (self.head.cells.get(name, "").lower() for name in ("status", "published"))
        if status and status not in STATUSES:
            self.refuse("status_unknown", self.head, "status", status)
        if published and published not in YES | NO:
            self.refuse("yes_or_no", self.head, "published", published)
        said = [STATUSES[status]] if status in STATUSES else []
        said += [published in YES] if published else []
        return all(said) if said else None

    def read_specifications(self):
        rows = []
        for name, _at, heading in self.sheet.metafields:
            value = self.text(self.head, heading, LIMITS["specification"], value=self.head.metafields[name])
            if len(name) > LIMITS["specification_name"]:
                self.refuse("too_long", self.head, heading, name, limit=LIMITS["specification_name"], found=len(name))
            if value:
                rows.append([name, value])
        return rows

    # --- its variants ----------------------------------------------------------------------------------------------

    def read_variants(self):
        axes = self.read_axes()
        lines = [line for line in self.lines if line is self.head or self.is_variant(line)]
        if len(lines) > MOST_VARIANTS:
            return self.refuse("too_many_variants", self.head, limit=f"{MOST_VARIANTS:,}", found=f"{len(lines):,}")
        skus, combinations = [], {}
        for line in lines:
            sku = self.read_variant(line, axes)
            options = tuple(sku["options"])
            if options in combinations:
                self.refuse(
                    "combination_twice", line, "option1", line=combinations[options], options=" · ".join(options)
                )
            combinations.setdefault(options, line.number)
            skus.append(sku)
        self.draft.content["axes"] = axes
        self.draft.content["skus"] = skus
        return None

    def is_variant(self, line):
        return any(line.cells.get(name) for name in ("option1", "option2", "option3", "price", "code", "barcode"))

    def read_axes(self):
        named = [self.text(self.head, f"axis{n}", LIMITS["axis"]) for n in (1, 2, 3)]
        if self.head.cells.get("axis4"):
            self.refuse("too_many_axes", self.head, "axis4", self.head.cells["axis4"])
        axes = [name for name in named if name]
        if named[: len(axes)] != axes:
            self.refuse("axis_gap", self.head, "axis1")
        if len(set(axes)) < len(axes):
            self.refuse("axis_twice", self.head, "axis1", axes[0])
        plain = axes == ["Title"] and self.head.cells.get("option1") == "Default Title"
        return [] if plain else axes

    def read_variant(self, line, axes):
        sku = {"line": line.number, "options": self.read_options(line, axes)}
        code = self.text(line, "code", LIMITS["code"]).removeprefix("'").strip()
        sku["code"] = code
        sku["price_fen"] = self.read_price(line)
        if self.sheet.has("reference"):
            sku["reference_fen"] = self.read_reference(line, sku["price_fen"])
        for ours, column in (("weight_g", "grams"), ("quantity", "quantity")):
            if self.sheet.has(column):
                sku[ours] = self.number(line, column)
        if self.sheet.has("barcode"):
            sku["barcode"] = self.text(line, "barcode", LIMITS["barcode"]).removeprefix("'")
        if active := line.cells.get("active", "").lower():
            if active not in YES | NO:
                self.refuse("yes_or_no", line, "active", active)
            sku["active"] = active in YES
        if line.cells.get("variant_image"):
            sku["picture"] = self.address(line, "variant_image")
        return sku

    def read_options(self, line, axes):
        values = []
        for n in (1, 2, 3):
            value = self.text(line, f"option{n}", LIMITS["option"])
            if n <= len(axes) and not value:
                self.refuse("option_missing", line, f"option{n}", axis=axes[n - 1])
            if n > len(axes) and value and not (n == 1 and not axes and value == "Default Title"):
                self.refuse("option_without_axis", line, f"option{n}", value)
            values.append(value if n <= len(axes) else "")
        return values

    def read_price(self, line):
        if self.sheet.has("price") and not line.cells["price"]:
            self.refuse("required", line, "price")
        fen = self.money(line, "price")
        if fen == 0:
            self.refuse("price_not_positive", line, "price", line.cells["price"])
        return fen

    def read_reference(self, line, price_fen):
        fen = self.money(line, "reference")
        if fen is None or not price_fen:
            return fen
        if fen <= price_fen:
            self.note("reference_ignored", line, "reference", line.cells["reference"])
            return None
        if fen > 5 * price_fen:
            self.note("reference_far", line, "reference", line.cells["reference"])
        return fen

    # --- its pictures ----------------------------------------------------------------------------------------------

    def read_pictures(self):
        if not self.sheet.has("image", "variant_image"):
            return
        pictures = {}
        for line in self.lines:
            self.read_picture(line, pictures)
        for sku in self.draft.content.get("skus", []):
            if sku.get("picture"):
                pictures.setdefault(sku["picture"], {"src": sku["picture"]})
        ordered = sorted(pictures.values(), key=lambda picture: picture.get("position") or HIGHEST_NUMBER)
        for position, picture in enumerate(ordered):
            picture["position"] = position
        self.draft.content["pictures"] = ordered

    def read_picture(self, line, pictures):
        src = self.address(line, "image")
        if src and src in pictures:
            self.note("picture_twice", line, "image", src)
        elif src:
            pictures[src] = {"src": src, "position": self.number(line, "image_position")}
            if self.sheet.has("image_alt"):
                pictures[src]["alt"] = self.text(line, "image_alt", LIMITS["image_alt"])
        elif line is not self.head and not self.is_variant(line):
            self.note("line_without_content", line)
