"""Changing prices: every change goes into the price history, from which the lawful strike-through price is read."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalog import listings
from catalog.models import PriceChange, Sku


def change(sku, new_fen, by=None, source=""):
    """Set the price of ``sku`` (fen) and note it; returns False when that is its price already.

    A strike-through price that would no longer be higher goes. Raises ValidationError for a price that is not positive.
    ``sku`` is brought up to date.
    """
    if new_fen <= 0:
        raise ValidationError(_("A price is more than nothing."), code="price")
    with transaction.atomic():
        current = Sku.objects.select_for_update().only("price_fen", "reference_price_fen", "product_id").get(pk=sku.pk)
        if current.price_fen == new_fen:
            return False
        reference = current.reference_price_fen
        if reference is not None and reference <= new_fen:
            reference = None
        Sku.objects.filter(pk=sku.pk).update(price_fen=new_fen, reference_price_fen=reference)
        PriceChange.objects.create(sku_id=sku.pk, before_fen=current.price_fen, after_fen=new_fen, by=by, source=source)
        listings.refresh_prices([current.product_id])
    sku.price_fen, sku.reference_price_fen = new_fen, reference
    return True
