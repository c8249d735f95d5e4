"""What somebody puts aside for later: out of the cart, priced by nobody, moved back with one press."""

from django.db import transaction

from orders import cart as carts
from orders.models import SavedLine


def put_aside(cart, sku_id):
    """Move a line of the cart to what is saved. Raises ``NotForSale`` when there is no such line, ``CartFull``."""
    with transaction.atomic():
        line = cart.lines.select_for_update().filter(sku_id=sku_id).first()
        if line is None:
            raise carts.NotForSale(sku_id)
        if cart.saved.exclude(sku_id=sku_id).count() >= carts.MOST_LINES:
            raise carts.CartFull
        SavedLine.objects.update_or_create(
            cart=cart,
            sku_id=sku_id,
            defaults={"quantity": line.quantity, "price_when_added_fen": line.price_when_added_fen},
        )
        line.delete()


def take_back(cart, sku_id):
    """Move a saved line into the cart, as many as there are; returns ``orders.cart.Added``.

    Raises a ``CartRefused`` and leaves it where it is when it cannot be bought now.
    """
    with transaction.atomic():
        saved = cart.saved.select_for_update().filter(sku_id=sku_id).first()
        if saved is None:
            raise carts.NotForSale(sku_id)
        added = carts.add(cart, carts.buyable(sku_id), saved.quantity)
        saved.delete()
    return added


def forget(cart, sku_ids):
    """Take lines out of what is saved; returns how many there were."""
    return cart.saved.filter(sku_id__in=sku_ids).delete()[0]
