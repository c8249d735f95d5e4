"""Everything a product page shows, gathered in a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Case, Value, When

from catalog import choice, listings, reviews, shelf
from catalog.models import Picture, Product
from catalog.tree import tree

SIMILAR = 4


@dataclass(frozen=True)
class ProductPage:
    """``choice`` is the catalog.choice.Choice; ``pictures`` in gallery order, that of the choice first."""

    product: Product
    choice: choice.Choice
    pictures: list
    quantity: int
    most: int


def find(pk):
    """The listing ``pk`` if it is or ever was on sale, with what its page reads; else None."""
    seen = Product.objects.exclude(published_at=None).exclude(status=Product.Status.DRAFT)
    return seen.select_related("merchant", "brand").defer("search").filter(pk=pk).first()


def is_on_sale(product):
    return product.is_published and product.merchant.status == product.merchant.Status.ACTIVE


def gather(product, values=(), quantity="1"):
    """The ``ProductPage`` of ``product`` for the option ``values`` and ``quantity`` asked for; two queries."""
    pictures = list(product.pictures.exclude(status=Picture.Status.FAILED))
    by_id = {picture.pk: picture for picture in pictures}
    chosen = choice.of(product, choice.skus_of(product.pk), values, by_id)
    shown = [picture for picture in pictures if picture.is_ready] or pictures[:1]
    if chosen.picture in shown:
        shown.sort(key=lambda picture: picture is not chosen.picture)
    most = max(1, min(product.max_per_order or 99, chosen.available, 99))
    return ProductPage(product, chosen, shown, _within(quantity, most), most)


def _within(quantity, most):
    try:
        return max(1, min(int(quantity), most))
    except ValueError:
        return 1


def similar(product):
    """Other listings of the same category, then of the same branch; the best sold first. One query."""
    line = tree().line(product.category_id)
    if not line:
        return shelf.popular(SIMILAR, excluding=[product.pk])
    near = Case(When(category_id=product.category_id, then=Value(0)), default=Value(1))
    found = listings.in_category(line[0]).filter(in_stock=True).exclude(pk=product.pk)
    return list(shelf.cards(found).order_by(near, "-sold_count", "-pk")[:SIMILAR])


def said_about(product, everything=False):
    return reviews.shown(product, reviews.AT_MOST if everything else reviews.ON_THE_PAGE)
