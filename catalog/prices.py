"""Changing prices: every change goes into the price history, from which the lawful strike-through price is read."""

from django.core.exceptions import ValidationError
from django.db import connection, transaction
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


SET_MANY = """
UPDATE catalog_sku AS sku SET
    price_fen = wanted.fen,
    reference_price_fen = CASE WHEN sku.reference_price_fen > wanted.fen THEN sku.reference_price_fen END
FROM unnest(%s::bigint[], %s::bigint[]) AS wanted(id, fen) WHERE sku.id = wanted.id
"""


def change_many(wanted, by=None, source=""):
    """Set many prices at once: ``wanted`` maps SKU id → fen. Returns how many changed; five statements, however many.

    As ``change``: each goes into the history, and a strike-through price that is no longer higher goes. Raises
    ValidationError, and then nothing is changed.
    """
    if any(fen <= 0 for fen in wanted.values()):
        raise ValidationError(_("A price is more than nothing."), code="price")
    with transaction.atomic():
        rows = Sku.objects.select_for_update(of=("self",)).filter(pk__in=list(wanted)).order_by("pk")
        changed = [row for row in rows.only("price_fen", "product_id") if row.price_fen != wanted[row.pk]]
        if not changed:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(SET_MANY, [[row.pk for row in changed], [wanted[row.pk] for row in changed]])
        PriceChange.objects.bulk_create(
            PriceChange(sku=row, before_fen=row.price_fen, after_fen=wanted[row.pk], by=by, source=source)
            for row in changed
        )
        listings.refresh_prices({row.product_id for row in changed})
    return len(changed)
