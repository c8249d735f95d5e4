"""The key given out with the form of checkout: the same key with the same content means the same order, for ever."""

import hashlib
import json

from accounts.prepared import Prepared
from orders.checkout_refusals import KeyReused
from orders.freezing import address_fields
from orders.models import Order


def digest_of(user, lines, address, seen_payable_fen, invoice, notes, confirmations, wanted_points, choice, presale):
    """The content of an order as text that differs when anything of it does."""
    wish = None if invoice is None else [invoice.kind, invoice.title, invoice.tax_number, invoice.email]
    facts = [
        user.pk,
        [[line.sku_id, line.quantity] for line in lines],
        sorted(address_fields(address).items()),
        seen_payable_fen,
        wish,
        list(notes) if notes[1] else notes[0],
        sorted(confirmations),
        wanted_points,
        [] if choice is None else [choice.coupon, choice.red_packet, choice.shipping],
    ]
    if presale is not None:
        facts.append(["presale", presale.version_id])
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


def is_used(user, key):
    """Whether ``user`` has made an order with ``key``."""
    return any(order.user_id == user.pk for order in _made_by(key=key))


def placed_before(user, key, digest):
    """The order that ``key`` has made, or None. Raises ``KeyReused`` when its content or its shopper was another."""
    found = _made_by(key=key)
    if not found:
        return None
    order = found[0]
    if order.user_id != user.pk or order.checkout_digest != digest:
        raise KeyReused(order)
    return order


_made_by = Prepared(lambda key: Order.objects.filter(checkout_key=key).order_by(), key="nobody's")
