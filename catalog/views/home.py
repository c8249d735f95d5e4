from django.shortcuts import render

from catalog import listings, shelf
from catalog.tree import tree

A_ROW = 4
NEW = 8
# A shop with fewer listings shows them once, as new.
ENOUGH_FOR_POPULAR = 8


def home(request):
    newest = list(shelf.cards(listings.on_sale()).order_by(*shelf.NEWEST)[:NEW])
    popular = shelf.popular(NEW) if len(newest) >= ENOUGH_FOR_POPULAR else []
    context = {
        "categories": tree().top,
        "newest": newest[:NEW] if len(newest) >= NEW else newest[:A_ROW],
        "popular": popular,
        "story": _story([product.pk for product in newest]) if popular else None,
    }
    return render(request, "catalog/home.html", context)


def _story(not_these):
    """One listing with something to tell: well liked, with a subtitle, and not in the row above."""
    told = (
        listings.on_sale().filter(in_stock=True, cover__status="ready").exclude(subtitle="").exclude(pk__in=not_these)
    )
    fields = (*shelf.CARD, "subtitle", "subtitle_en", "description", "description_en", "rating_sum", "rating_count")
    return told.select_related("cover").only(*fields).order_by("-rating_count", "-sold_count").first()
