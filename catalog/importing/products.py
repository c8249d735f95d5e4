"""Groups of lines as drafts of products: every cell read and judged, nothing looked up in the shop.

A draft is plain data (it is stored as JSON): amounts in fen, weights in grams. A key that is absent means that the file
has no such column, and then the listing keeps what it has.
"""

import hashlib
import re

from django.utils.html import strip_tags

from catalog.importing.cells import HIGHEST_NUMBER, LIMITS, NO, YES
from catalog.importing.reasons import reason
from catalog.importing.variants import Variants
from catalog.rich_text import clean_html

DEEPEST_CATEGORY = 4
STATUSES = {"active": True, "draft": False, "archived": False, "在售": True, "草稿": False, "下架": False}
# Plain texts of a listing: column → (key of the content, longest).
TEXTS = {"title_en": ("title_en", 160), "subtitle": ("subtitle", 160), "subtitle_en": ("subtitle_en", 200)}


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


class _Reading(Variants):
    """Reads one group; keeps the sheet and the draft at hand so that each cell's reader stays short."""

    def __init__(self, sheet, handle, lines):
        super().__init__(sheet, Draft(handle, lines), lines)
        self.read_product()
        self.read_variants()
        self.read_pictures()

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
