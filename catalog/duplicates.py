"""A draft like a listing: its texts, specifications, pictures and variants, with keys of its own and no stock."""

from pathlib import PurePath
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from catalog import listing_changes, listings, stock_bookings
from catalog.importing.products import stable_code
from catalog.models import Picture, PriceChange, Product, Sku, Specification

COPIED = ("merchant_id", "title", "title_en", "subtitle", "subtitle_en", "description", "description_en", "category_id")
COPIED += ("brand_id", "tags", "axes", "return_policy", "return_policy_reason", "warranty_months", "max_per_order")
COPIED += ("ships_within_hours", "presale_on", "size_guide_id")
PICTURE = ("position", "alt", "alt_en", "source_url", "width", "height", "status")
SKU = ("option1", "option2", "option3", "price_fen", "reference_price_fen", "weight_g", "position", "is_active")


def duplicate(product, by=None):
    """A new draft like ``product``. Barcodes are not copied: each names one thing of the world.

    Picture files are copied, so that neither listing loses one when the other does.
    """
    copies = []
    try:
        with transaction.atomic():
            return _duplicate(product, by, copies)
    except Exception:
        for storage, name in copies:  # the rows are gone, and so must the files be
            storage.delete(name)
        raise


def _duplicate(product, by, copies):
    twin = Product(**{name: getattr(product, name) for name in COPIED}, handle=_free_handle(product))
    twin.title = _("%(title)s (copy)") % {"title": product.title[:110]}
    twin.save()
    Specification.objects.bulk_create(
        Specification(product=twin, name=row.name, value=row.value, position=row.position)
        for row in product.specifications.all()
    )
    pictures = {old.pk: _copied(old, twin, copies) for old in product.pictures.exclude(status=Picture.Status.FAILED)}
    skus = [
        Sku(
            product=twin,
            merchant_id=twin.merchant_id,
            code=stable_code(twin.handle, [sku.option1, sku.option2, sku.option3]),
            picture=pictures.get(sku.picture_id),
            **{name: getattr(sku, name) for name in SKU},
        )
        for sku in product.skus.all()
    ]
    Sku.objects.bulk_create(skus)
    source = f"copy:{product.pk}"
    PriceChange.objects.bulk_create(
        PriceChange(sku=sku, before_fen=None, after_fen=sku.price_fen, by=by, source=source) for sku in skus
    )
    stock_bookings.open_places([(sku, 0) for sku in skus], source=source, by=by)
    listings.refresh([twin.pk])
    listing_changes.note(twin, "copy", product.handle, twin.handle, by=by, source=source)
    twin.refresh_from_db()
    return twin


def _copied(old, twin, copies):
    picture = Picture(product=twin, **{name: getattr(old, name) for name in PICTURE})
    if old.file:
        with old.file.open("rb") as file:
            picture.file.name = old.file.storage.save(
                f"products/{uuid4().hex}{PurePath(old.file.name).suffix}", ContentFile(file.read())
            )
        copies.append((old.file.storage, picture.file.name))
    picture.save()  # drawn is False: a worker draws its sizes
    return picture


def _free_handle(product):
    handles = set(
        product.merchant.listings.filter(handle__startswith=product.handle[:100]).values_list("handle", flat=True)
    )
    return next(name for n in range(2, 10_000) if (name := f"{product.handle[:100]}-{n}") not in handles)
