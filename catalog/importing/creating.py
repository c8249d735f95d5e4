"""New listings of a file: written in bulk, and kept back where the listing rules stop them."""

from django.utils import timezone
from django.utils.text import slugify

from accounts.models import StateLog
from catalog.importing import gate
from catalog.importing.diff import PLAIN, missing_for_sale
from catalog.models import Product, Specification


def create(writing, items):
    for item in items:
        item.product = _new_product(writing, item)
    products = [item.product for item in items]
    Product.objects.bulk_create(products)
    pictures = writing.add_pictures([(item.product, item.content.get("pictures", []), 0) for item in items])
    skus = [
        writing.new_sku(item.product, wanted, position, pictures)
        for item in items
        for position, wanted in enumerate(item.content["skus"])
    ]
    writing.add_skus(skus)
    Specification.objects.bulk_create(
        Specification(product=item.product, name=name, value=value, position=position)
        for item in items
        for position, (name, value) in enumerate(item.content.get("specifications", []))
    )
    gate.keep_back(products, merchant=writing.merchant, by=writing.by)
    _log_sales(writing, [product for product in products if product.is_published])
    return products


def _new_product(writing, item):
    content = item.content
    category = writing.category(content.get("category")) or writing.run.category
    on_sale = content.get("on_sale") is not False and not missing_for_sale(content, category)
    return Product(
        merchant=writing.merchant,
        handle=item.row.handle,
        slug=slugify(item.row.handle, allow_unicode=True)[:120],
        category=category,
        brand=writing.brand(content.get("brand")),
        **{name: content[name] for name in PLAIN if content.get(name)},
        axes=content["axes"],
        status=Product.Status.PUBLISHED if on_sale else Product.Status.DRAFT,
        published_at=timezone.now() if on_sale else None,
    )


def _log_sales(writing, products):
    StateLog.objects.bulk_create(
        StateLog(
            entity=product._meta.label_lower,
            entity_id=str(product.pk),
            about=f"listing:{product.pk}",
            from_state=Product.Status.DRAFT,
            to_state=Product.Status.PUBLISHED,
            actor=StateLog.Actor.STAFF if writing.by else StateLog.Actor.SYSTEM,
            user=writing.by,
            reason=writing.source,
        )
        for product in products
    )
