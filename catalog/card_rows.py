"""What product cards read, as one plain statement: the same for every list, so nothing is composed for each request."""

from accounts.instances import maker
from accounts.prepared import Question
from catalog.models import Picture, Product

CARD = (
    "slug", "title", "title_en", "price_min_fen", "price_max_fen", "reference_price_fen", "in_stock", "sold_count",
    "published_at", "merchant", "category", "brand", "tags", "deals",
    "cover__file", "cover__width", "cover__height", "cover__status", "cover__drawn",
)  # fmt: skip


def _fields(model, names):
    # In the order in which the model declares them, as ``from_db`` wants them.
    return [field.attname for field in model._meta.concrete_fields if field.name in {*names, "id"}]


_PRODUCT = _fields(Product, [name for name in CARD if "__" not in name])
_COVER = _fields(Picture, [name.partition("__")[2] for name in CARD if name.startswith("cover__")])
_product, _cover, _COVER_FIELD = maker(Product, _PRODUCT), maker(Picture, _COVER), Product._meta.get_field("cover")
# For statements that call the listing ``listing`` and its picture ``cover``.
COLUMNS = ", ".join([f'listing."{name}"' for name in _PRODUCT] + [f'cover."{name}"' for name in _COVER])
_CARDS = f"""
SELECT {COLUMNS} FROM catalog_product AS listing LEFT JOIN catalog_picture AS cover ON cover.id = listing.cover_id
WHERE listing.id = ANY(%(ids)s)
"""  # noqa: S608 names of columns only
_ON_SALE = """
AND listing.status = 'published'
AND listing.merchant_id IN (SELECT id FROM accounts_merchant WHERE status = 'active')
"""
_all, _on_sale = Question(_CARDS), Question(_CARDS + _ON_SALE)
_to_be_had = Question(_CARDS + _ON_SALE + "AND listing.in_stock")


def made(row):
    """The Product of ``COLUMNS``, with its cover."""
    split = len(_PRODUCT)
    product, cover = _product(row[:split]), row[split:]
    shown = _cover(cover) if cover[0] else None
    product.cover_id = cover[0]
    _COVER_FIELD.set_cached_value(product, shown)
    return product


def stamp(p):
    """All that the card of a Product shows, as a key."""
    cover = p.cover
    return (
        p.pk, p.slug, p.title, p.title_en, p.price_min_fen, p.price_max_fen, p.reference_price_fen, p.in_stock,
        p.sold_count, p.is_new, p.merchant_id, p.category_id, p.brand_id, tuple(p.tags),
        cover and (cover.file.name, cover.width, cover.height, cover.status, cover.drawn),
    )  # fmt: skip


def by_id(ids, *, on_sale=False, to_be_had=False):
    """{id: Product with what a card reads}; ``on_sale``: only what is on sale; ``to_be_had``: and in stock. One query."""
    if not ids:
        return {}
    ask = _to_be_had if to_be_had else _on_sale if on_sale else _all
    return {product.pk: product for product in map(made, ask(ids=list(ids)))}
