"""A stored change as words and amounts for people."""

from django.utils.translation import gettext_lazy as _

from catalog.money import yuan

LABELS = {
    "title": _("title"),
    "title_en": _("title in English"),
    "subtitle": _("subtitle"),
    "subtitle_en": _("subtitle in English"),
    "description": _("description"),
    "description_en": _("description in English"),
    "warranty_months": _("warranty (months)"),
    "max_per_order": _("at most per order"),
    "tags": _("tags"),
    "axes": _("options"),
    "brand": _("brand"),
    "category": _("category"),
    "on_sale": _("on sale"),
    "specification": _("specification"),
    "sku": _("new variant"),
    "sku_code": _("SKU code"),
    "sku_options": _("options"),
    "sku_price": _("price"),
    "sku_reference": _("strike-through price"),
    "sku_weight": _("weight (g)"),
    "sku_barcode": _("barcode"),
    "sku_active": _("variant on sale"),
    "sku_picture": _("picture of the variant"),
    "stock": _("stock"),
    "picture": _("new picture"),
    "picture_alt": _("alternative text"),
}
LONGEST = 120


def change_in_words(change):
    """``{"label", "key", "before", "after"}`` as texts, for the present language."""
    what = change["what"]
    return {
        "label": str(LABELS.get(what, what)),
        "key": change["key"],
        "before": _shown(what, change["before"]),
        "after": _shown(what, change["after"]),
    }


def new_in_words(content):
    """What a new listing will have: prices and counts, as one line of facts."""
    prices = sorted(sku["price_fen"] for sku in content.get("skus", []) if sku.get("price_fen"))
    span = "" if not prices else f"¥{yuan(prices[0])}" + (f"–{yuan(prices[-1])}" if prices[-1] != prices[0] else "")
    return {
        "prices": span,
        "skus": len(content.get("skus", [])),
        "pictures": len(content.get("pictures", [])),
        "category": " > ".join(content.get("category") or []),
    }


def _shown(what, value):
    if value is None or value in ("", []):
        return "—"
    if what in {"sku_price", "sku_reference"}:
        return f"¥{yuan(value)}"
    if what == "sku":
        return f"¥{yuan(value['price_fen'])} " + " · ".join(filter(None, value["options"]))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    text = " · ".join(str(each) for each in value if each) if isinstance(value, list) else str(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
