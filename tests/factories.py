"""Things for tests to play with: plain functions, each with sensible defaults."""

from itertools import count

from django.utils import timezone

from catalog import listings, stock_bookings
from catalog.models import Category, Product, Sku

_serial = count(1)


def make_category(name="茶器", **fields):
    return Category.objects.create(name=name, slug=fields.pop("slug", f"category-{next(_serial)}"), **fields)


def make_product(merchant, *, title="山影 侧提茶壶", published=True, **fields):
    """A listing without SKUs; on sale unless ``published=False``."""
    number = next(_serial)
    fields.setdefault("handle", f"product-{number}")
    fields.setdefault("slug", f"product-{number}")
    if published:
        fields.setdefault("status", Product.Status.PUBLISHED)
        fields.setdefault("published_at", timezone.now())
    return Product.objects.create(merchant=merchant, title=title, **fields)


def make_sku(product, *, price_fen=26_800, on_hand=10, **fields):
    """A SKU with ``on_hand`` units in the merchant's default warehouse."""
    fields.setdefault("code", f"SKU-{next(_serial)}")
    sku = Sku.objects.create(product=product, price_fen=price_fen, **fields)
    if on_hand:
        stock_bookings.receive(sku, on_hand, source=f"test:{sku.pk}")
    listings.refresh([product.pk])
    return sku
