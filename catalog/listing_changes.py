"""Who changed which field of a listing from what to what: looked at before and after a piece of work, written as rows.

The work may go any way (a form, the table of variants, a file, a review), because what is compared is the database.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.db.models import F

from catalog.models import ListingChange, ListingVideo, Picture, Product, Sku, Specification
from catalog.models.listing_change import LONGEST

PLAIN = ("handle", "title", "title_en", "subtitle", "subtitle_en", "description", "description_en", "tags", "axes")
PLAIN += ("return_policy", "return_policy_reason", "warranty_months", "ships_within_hours", "presale_on")
PLAIN += ("max_per_order",)
NAMED = {
    "merchant": "merchant__name",
    "category": "category__name",
    "brand": "brand__name",
    "size_guide": "size_guide__title",
}
OF_SKU = ("code", "option1", "option2", "option3", "barcode", "weight_g", "is_active", "picture_id")
VARIANT = "variant"

_watched = ContextVar("listings whose changes are being noted", default=frozenset())


@contextmanager
def noting(product_ids, *, by=None, source):
    """Write what differs between the beginning and the end of the block, in its transaction.

    The listings are locked, so that nobody else's change is taken for this one. Work within work is noted once, by the
    outermost. A fixed number of statements, whatever the number of listings.
    """
    ids = sorted(set(product_ids) - _watched.get())
    with transaction.atomic():
        if not ids:
            yield
            return
        list(Product.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk"))
        before = _seen(ids)
        token = _watched.set(_watched.get() | set(ids))
        try:
            yield
        finally:
            _watched.reset(token)
        _write(before, _seen(ids), by, source)


def note(product, field, before, after, *, by=None, source, sku=None):
    """Write one change that is not a field of the listing's rows (a plan, a copy)."""
    ListingChange.objects.create(
        product=product,
        sku=sku,
        field=field,
        before=str(before)[:LONGEST],
        after=str(after)[:LONGEST],
        by=by,
        source=source,
    )


def _seen(ids):
    """(listing id, SKU id or None, field) → value as text: five statements."""
    found = {}
    for row in Product.objects.filter(pk__in=ids).values("pk", *PLAIN, **_names()):
        pk = row.pop("pk")
        found |= {(pk, None, name.removesuffix("_shown")): text_of(value) for name, value in row.items()}
    for row in Sku.objects.filter(product__in=ids).values("pk", "product_id", "reference_price_fen", *OF_SKU):
        key = row.pop("product_id"), row.pop("pk")
        found[*key, VARIANT] = row["code"]
        found |= {(*key, name): text_of(value) for name, value in row.items()}
    for pk, name, value in Specification.objects.filter(product__in=ids).values_list("product_id", "name", "value"):
        found[pk, None, f"specification:{name}"] = value
    pictures = Picture.objects.filter(product__in=ids).order_by("position", "pk")
    for pk, picture, alt, alt_en in pictures.values_list("product_id", "pk", "alt", "alt_en"):
        order = found.get((pk, None, "pictures"))
        found[pk, None, "pictures"] = f"{order}, {picture}" if order else str(picture)
        found[pk, None, f"picture:{picture}"] = " / ".join(filter(None, (alt, alt_en)))
    videos = ListingVideo.objects.filter(product__in=ids).values_list("product_id", "file", "poster")
    return found | {(pk, None, "video"): " ".join(filter(None, files)) for pk, *files in videos}


def _names():
    return {f"{name}_shown": F(path) for name, path in NAMED.items()}


def text_of(value):
    """A value of a field as it is kept: lists with commas, yes and no as signs, nothing as ""."""
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)


def _write(before, after, by, source):
    """A row for every difference; of a new or a lost variant only that it came or went."""
    rows = []
    came_or_went = {key[:2] for key in before.keys() ^ after.keys() if key[2] == VARIANT}
    for key in sorted(before.keys() | after.keys(), key=lambda key: (key[0], key[1] or 0, key[2])):
        product_id, sku_id, field = key
        was, now = before.get(key, ""), after.get(key, "")
        if (
            was == now
            or (field != VARIANT and key[:2] in came_or_went)
            or (field == VARIANT and key[:2] not in came_or_went)
        ):
            continue
        was, now = shortened(was, now)
        facts = {"product_id": product_id, "sku_id": sku_id if key in after else None, "field": field[:80]}
        rows.append(ListingChange(**facts, before=was, after=now, by=by, source=source[:80]))
    ListingChange.objects.bulk_create(rows)


def shortened(before, after):
    """Both texts, of which long ones are cut to what surrounds the first difference."""
    same = next((n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), None)
    begin = max(0, (min(len(before), len(after)) if same is None else same) - LONGEST // 3)
    return _cut(before, begin), _cut(after, begin)


def _cut(text, begin):
    if len(text) <= LONGEST:
        return text
    begin = min(begin, len(text) - LONGEST)
    piece = text[begin : begin + LONGEST]
    return ("…" if begin else "") + piece + ("…" if begin + LONGEST < len(text) else "")
