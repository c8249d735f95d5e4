"""What refuses an order: the errors, each with the facts for a message, and the looks that raise them."""

from django.db import connection

from accounts.prepared import SOME, Prepared, is_among
from catalog import stock
from catalog.models import Product, Sku
from loyalty import coupons
from orders import moves, presale_terms
from orders.delivery_templates import OWN_TEMPLATE
from orders.freezing import needs_confirmation
from orders.quoting import write_gifts

MOST_UNPAID_ORDERS = 5
MOST_UNITS_HELD = 20


class CheckoutRefused(Exception):
    """The order cannot be placed; nothing was changed. Subclasses say why."""


class NothingToOrder(CheckoutRefused):
    """No line was chosen, or the lines were bought or changed in another window."""


class NotForSale(CheckoutRefused):
    """``sku_ids`` are not on sale (any more)."""

    def __init__(self, sku_ids):
        super().__init__(f"not for sale: {sku_ids}")
        self.sku_ids = sku_ids


class NotConfirmed(CheckoutRefused):
    """``sku_ids`` need the shopper's own confirmation that they have no no-reason return."""

    def __init__(self, sku_ids):
        super().__init__(f"not confirmed: {sku_ids}")
        self.sku_ids = sku_ids


class NotDelivered(CheckoutRefused):
    """Goods that are not sent to the region of the address: ``refused`` maps SKU ids to why."""

    def __init__(self, refused):
        super().__init__(f"not sent there: {sorted(refused)}")
        self.refused = refused


class TooManyPerOrder(CheckoutRefused):
    """``product`` may be bought ``product.max_per_order`` times an order."""

    def __init__(self, product):
        super().__init__(f"at most {product.max_per_order} of {product.pk}")
        self.product = product


class TooManyUnpaid(CheckoutRefused):
    """The shopper holds too much without paying: ``orders`` unpaid orders, or ``sku_id`` too often."""

    def __init__(self, *, orders=0, sku_id=None):
        super().__init__(f"unpaid: {orders} orders, SKU {sku_id}")
        self.orders = orders
        self.sku_id = sku_id


class PriceChanged(CheckoutRefused):
    """The payable is not the one the shopper saw; ``quote`` has the new one."""

    def __init__(self, quote):
        super().__init__(f"payable is {quote.payable_fen}")
        self.quote = quote


class PresaleOver(CheckoutRefused):
    """The presale has ended, or has other terms now."""


class GiftsChanged(CheckoutRefused):
    """The gifts are not those that the shopper saw; ``quote`` has the ones of now."""

    def __init__(self, quote):
        super().__init__(f"gifts are {write_gifts(quote)}")
        self.quote = quote


class KeyReused(CheckoutRefused):
    """The key of the form has made another order already; ``order`` is that one."""

    def __init__(self, order):
        super().__init__(f"key used by {order.number}")
        self.order = order


def refuse_cheaply(lines):
    """What needs no transaction to be refused. Stock decides again, for real, when it is reserved."""
    if not lines:
        raise NothingToOrder
    left = stock.available([line.sku_id for line in lines])
    short = {line.sku_id: left[line.sku_id] for line in lines if left[line.sku_id] < line.quantity}
    if short:
        raise stock.OutOfStock(short)


def buyable(lines):
    """{SKU id: SKU} of the lines, listings and merchants loaded. Raises ``NotForSale``."""
    skus = {sku.pk: sku for sku in _buyable(ids=[line.sku_id for line in lines])}
    gone = [line.sku_id for line in lines if line.sku_id not in skus]
    if gone:
        raise NotForSale(gone)
    return skus


def _on_sale(ids):
    found = Sku.objects.buyable().filter(is_among("catalog_sku.id", ids)).order_by()
    found = found.select_related("product", "merchant").defer(*(f"product__{name}" for name in Product.LONG))
    return found.annotate(own_template_id=OWN_TEMPLATE)


_buyable = Prepared(_on_sale, ids=[SOME])

HELD = """
SELECT (SELECT id FROM orders_order WHERE user_id = %s ORDER BY placed_at DESC, id DESC LIMIT 1),
       line.order_id, line.sku_id, line.quantity
FROM (SELECT) AS always LEFT JOIN (
    orders_orderline AS line JOIN orders_order AS unpaid ON unpaid.id = line.order_id
) ON unpaid.user_id = %s AND unpaid.status = ANY(%s)
"""


def held(user):
    """(the key of the shopper's newest order or None, [(order id, SKU id, units)] of the unpaid ones)."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [user.pk, user.pk, [moves.PENDING_PAYMENT, moves.PENDING_DEPOSIT]])
        rows = cursor.fetchall()
    return rows[0][0], [row[1:] for row in rows if row[1] is not None]


def refuse_hoarding(held, lines, skus):
    """``held`` is the second of what ``held`` returns: the units of the shopper's unpaid orders."""
    orders = {order_id for order_id, _sku, _quantity in held}
    if len(orders) >= MOST_UNPAID_ORDERS:
        raise TooManyUnpaid(orders=len(orders))
    of_product = {}
    for line in lines:
        sku = skus[line.sku_id]
        units = line.quantity + sum(quantity for _order, sku_id, quantity in held if sku_id == line.sku_id)
        if units > MOST_UNITS_HELD:
            raise TooManyUnpaid(sku_id=line.sku_id)
        of_product[sku.product_id] = of_product.get(sku.product_id, 0) + line.quantity
        if sku.product.max_per_order and of_product[sku.product_id] > sku.product.max_per_order:
            raise TooManyPerOrder(sku.product)


def refuse_unconfirmed(skus, confirmations):
    missing = [pk for pk, sku in skus.items() if needs_confirmation(sku.product) and pk not in set(confirmations)]
    if missing:
        raise NotConfirmed(missing)


def refuse_other_presale(presale):
    """The terms that the shopper saw are those that run now."""
    if presale is not None:
        now = presale_terms.of_sku(presale.sku_id)
        if now is None or now.version_id != presale.version_id:
            raise PresaleOver


def refuse_undelivered(charges):
    if charges.refused:
        raise NotDelivered(charges.refused)


def refuse_dead_coupons(quote, choice):
    """A coupon that the shopper chose is used, or told about in the quote, or refused by name."""
    if choice is None:
        return
    chosen = {wish for wish in (choice.coupon, choice.red_packet, choice.shipping) if isinstance(wish, int)}
    told = {note.params.get("id") for note in quote.notes}
    gone = chosen - {coupon.id for coupon in quote.coupons} - told
    if gone:
        raise coupons.CouponUnusable(gone)


def refuse_other_terms(quote, seen_payable_fen, seen_gifts):
    """Payable amount and gifts are those that the shopper saw (None: the page showed no gifts)."""
    if quote.payable_fen != seen_payable_fen:
        raise PriceChanged(quote)
    if seen_gifts is not None and write_gifts(quote) != seen_gifts:
        raise GiftsChanged(quote)
