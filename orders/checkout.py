"""From a cart to an order: the one transaction that makes an order, and everything that may refuse it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts import history
from accounts.bell import ring
from accounts.models import Notification, User
from accounts.notifications import tell_in
from accounts.one_trip import OneTrip, draw
from catalog import stock
from catalog.models import Product, Sku
from catalog.tree import tree
from loyalty import coupons, members, points
from orders import (
    deadlines,
    delivery_templates,
    flash_sales,
    lifecycle,
    moves,
    presale_terms,
    presales,
    pricing,
    promotions,
)
from orders.freezing import freeze, needs_confirmation
from orders.live_offers import offers_for, snapshot
from orders.models import CartLine, Order, OrderLine
from orders.numbers import order_number
from orders.pricing.offers import FLASH
from orders.pricing.remembered import remembered_quote

MOST_UNPAID_ORDERS = 5
FLASH_MINUTES = 10
MOST_UNITS_HELD = 20
NUMBER_TRIES = 3


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


def quote_for(user, lines, *, points_wanted=0, benefits=None, choice=None, region_code="", nudges=False, presale=None):
    """The quote of cart lines (with ``sku`` loaded) for a member, or for a guest (None).

    ``choice`` is the shopper's own choice of coupons (pricing.Choice), the best ones when None. ``nudges`` looks for what
    little more would save. ``presale`` (presale_terms.Terms): the one line is ordered by its terms.
    """
    if presale is not None:
        (line,) = lines
        terms = {"benefits": benefits or members.benefits(user), "offers": presale.offers_for(user, line.sku)}
        fee = delivery_of(user, lines, region_code)
        return pricing.quote([priced_line(line.sku, line.quantity, by_category=False)], delivery_fee_fen=fee, **terms)
    mine = coupons.usable(user)
    by_category = bool(mine or snapshot().offers)  # else nobody asks where in the tree the goods are
    wanted = [priced_line(line.sku, line.quantity, by_category=by_category) for line in lines]
    benefits = benefits or members.benefits(user)
    who = {"tier_code": benefits.tier_code, "region_code": region_code}
    offers = offers_for(user, wanted, coupons=mine, choice=choice, **who)
    terms = {"benefits": benefits, "delivery_fee_fen": delivery_of(user, lines, region_code), "offers": offers}
    return remembered_quote(wanted, points=points_wanted, nudges=nudges, **terms)


def write_gifts(quote):
    """The gifts of a quote as text, for a form that remembers what it showed."""
    return ",".join(sorted(f"{gift.sku_id}x{gift.quantity}" for gift in quote.gifts))


def delivery_of(user, lines, region_code=""):
    """The delivery ``Charges`` of cart lines, to the shopper's usual region when none is given."""
    if not region_code and delivery_templates.exist():
        region_code = delivery_templates.usual_region(user)[0]
    return delivery_templates.charges(lines, region_code)


def priced_line(sku, quantity, *, by_category=True):
    """A SKU (with its listing) as the engine knows it."""
    product = sku.product
    line = tree().line(product.category_id) if by_category else ()
    return pricing.Line(
        sku.pk,
        sku.merchant_id,
        sku.price_fen,
        quantity,
        product_id=product.pk,
        category_ids=tuple(category.pk for category in line),
        brand_id=product.brand_id,
        tags=tuple(product.tags),
    )


def place_order(
    user,
    *,
    cart_lines,
    address,
    key,
    seen_payable_fen,
    invoice=None,
    notes="",
    merchant_notes=None,
    confirmations=(),
    points=0,
    choice=None,
    seen_gifts=None,
    presale=None,
):
    """Place the order of ``cart_lines`` (cart lines, saved or not) for ``user`` and return it.

    ``key`` was given out with the form: the same key with the same content returns the first order, for ever.
    ``address`` has the fields of accounts.Address; ``invoice`` is an unsaved InvoiceRequest or None; ``confirmations``
    are the SKU ids whose missing no-reason return the shopper confirmed; ``points`` is how many to use at most.

    The order of work: quote again → compare with the total seen → rows drawn up. Then one transaction: order, lines,
    adjustments, invoice, history, timer, message → coupons held → points reserved → promotions counted → cart emptied →
    units of flash sales → stock reserved last, by SKU id. Payment comes after it.

    ``merchant_notes`` maps merchant ids to what the shopper wrote to them.

    ``choice`` is the shopper's choice of coupons; one that has died is named, never dropped silently. ``seen_gifts`` are
    the gifts that the page showed (``write_gifts``): when others would come along now, the shopper is told first.
    With ``presale`` (presale_terms.Terms) the one line is ordered by its terms: the deposit is due first.

    Raises a ``CheckoutRefused``, ``catalog.stock.OutOfStock``, ``loyalty.points.NotEnoughPoints`` or
    ``loyalty.coupons.CouponUnusable``.
    """
    lines = sorted(cart_lines, key=lambda line: line.sku_id)
    notes = (notes, {str(pk): text for pk, text in sorted((merchant_notes or {}).items()) if text})
    digest = _digest(user, lines, address, seen_payable_fen, invoice, notes, confirmations, points, choice, presale)
    placed = _placed_before(user, key, digest)
    if placed:
        return placed
    _refuse_cheaply(lines)
    for attempt in range(NUMBER_TRIES):
        try:
            order = _place(
                user,
                lines,
                address,
                key,
                digest,
                (seen_payable_fen, seen_gifts),
                invoice,
                notes,
                confirmations,
                points,
                choice,
                presale,
            )
        except IntegrityError:
            placed = _placed_before(user, key, digest)
            if placed:
                return placed
            if attempt == NUMBER_TRIES - 1:
                raise
        else:
            lifecycle.pay_nothing(order)
            return order
    raise AssertionError("unreachable")


def _place(user, lines, address, key, digest, seen, invoice, notes, confirmations, wanted_points, choice, presale):
    wishes = {"points_wanted": wanted_points, "choice": choice, "region_code": address.region_code, "presale": presale}

    def prepare(held):
        """Everything that needs no lock: look, refuse, price, and put the rows of the order into words."""
        skus = _buyable(lines)
        _refuse_hoarding(held, lines, skus)
        _refuse_unconfirmed(skus, confirmations)
        benefits = members.benefits(user)
        for line in lines:
            line.sku = skus[line.sku_id]
        _refuse_over(presale)
        _refuse_undelivered(delivery_of(user, lines, address.region_code))
        quote = quote_for(user, lines, benefits=benefits, **wishes)
        _refuse_dead_coupons(quote, choice)
        _refuse_other_terms(quote, *seen)
        keys = draw({Order: 1, OrderLine: len(quote.lines) + len(quote.gifts), Notification: 1})
        order = Order(
            pk=keys[Order][0],
            user=user,
            number=order_number(),
            checkout_key=key,
            checkout_digest=digest,
            note=notes[0],
            merchant_notes={
                pk: text for pk, text in notes[1].items() if int(pk) in {s.merchant_id for s in skus.values()}
            },
            placed_at=timezone.now(),
            status=moves.PENDING_DEPOSIT if presale else moves.PENDING_PAYMENT,
            **_address_fields(address),
        )
        facts = {"skus": skus, "benefits": benefits, "invoice": invoice, "presale": presale is not None}
        rows = _rows_of(order, quote, keys, **facts)
        return Prepared(order, quote, skus, benefits, rows)

    last, held = _held(user)
    made = prepare(held)
    with transaction.atomic(durable=True):
        # Orders of one shopper queue up here, so that the caps below hold; other people's do not wait.
        User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)
        before, (last, held) = last, _held(user)
        if last != before:  # another window was faster, and may have used coupons, points or limits
            made = prepare(held)
        _refuse_hoarding(held, lines, made.skus)
        order, quote = made.order, made.quote
        made.rows.send()
        if presale is not None:
            presales.begin(order, presale)
        ring("accounts.tasks.send_messages")
        if quote.coupons:
            coupons.lock(user, [c.id for c in quote.coupons], source=order.about, saved=_saved_by_coupons(quote))
        if quote.points:
            points.reserve(user, order.about, quote.points)

        def requote():
            return quote_for(user, lines, benefits=made.benefits, **wishes)

        _count_promotions(order, quote, requote)
        _empty_cart(user, lines)
        pooled = _sell_out_of_pools(order, quote, requote)
        stock.reserve([_wish(line, pooled) for line in order.new_lines])
        return order


@dataclass(frozen=True)
class Prepared:
    """An order that nobody has written yet, and the ``rows`` (accounts.one_trip) that it is."""

    order: Order
    quote: object
    skus: dict
    benefits: object
    rows: OneTrip


def _rows_of(order, quote, keys, **facts):
    """The rows of a new order: itself, its lines, adjustments and invoice, history, timer and message."""
    rows = OneTrip()
    freeze(rows, order, line_ids=keys[OrderLine], quote=quote, gift_skus=_skus_of(quote.gifts), **facts)
    rows.add([history.entry(order, about=order.about, to=order.status, by=order.user, actor=moves.BUYER)])
    due = order.placed_at + timedelta(minutes=_minutes_to_pay(quote))
    rows.add([deadlines.first_timer(order, lifecycle.UNPAID, due)])
    told = {"facts": {"number": order.number}, "url": order.get_absolute_url()}
    tell_in(rows, order.user, "order_placed", pk=keys[Notification][0], key=f"{order.about}:placed", **told)
    return rows


def _refuse_over(presale):
    """The terms that the shopper saw are those that run now."""
    if presale is not None:
        now = presale_terms.of_sku(presale.sku_id)
        if now is None or now.version_id != presale.version_id:
            raise PresaleOver


def _refuse_other_terms(quote, seen_payable_fen, seen_gifts):
    if quote.payable_fen != seen_payable_fen:
        raise PriceChanged(quote)
    if seen_gifts is not None and write_gifts(quote) != seen_gifts:
        raise GiftsChanged(quote)


def _skus_of(gifts):
    if not gifts:
        return {}
    found = Sku.objects.filter(pk__in=[gift.sku_id for gift in gifts]).select_related("product")
    return {sku.pk: sku for sku in found}


def _minutes_to_pay(quote):
    """Units of a flash sale are few, so they wait for money for a short time only."""
    in_flash = any(offer.kind == FLASH for offer, _fen, _units in quote.used)
    return FLASH_MINUTES if in_flash else lifecycle.UNPAID_MINUTES


def _refuse_undelivered(charges):
    if charges.refused:
        raise NotDelivered(charges.refused)


def _refuse_dead_coupons(quote, choice):
    """A coupon that the shopper chose is used, or told about in the quote, or refused by name."""
    if choice is None:
        return
    chosen = {wish for wish in (choice.coupon, choice.red_packet, choice.shipping) if isinstance(wish, int)}
    told = {note.params.get("id") for note in quote.notes}
    gone = chosen - {coupon.id for coupon in quote.coupons} - told
    if gone:
        raise coupons.CouponUnusable(gone)


def _saved_by_coupons(quote):
    saved = {}
    for step in quote.steps:
        for coupon in quote.coupons:
            if step.source == coupon.source:
                saved[coupon.id] = quote.delivery.saved_fen if step.stage == pricing.SHIPPING else step.fen
    return saved


def _count_promotions(order, quote, requote):
    """Take the limits; when one has just run out or was stopped, the shopper sees the price without it first."""
    try:
        promotions.take(order, quote)
    except promotions.PromotionGone:
        snapshot.forget()
        raise PriceChanged(requote()) from None


def _sell_out_of_pools(order, quote, requote):
    """{SKU id: units} out of the stock of flash sales; when that ran out in this moment, the shopper sees the new total."""
    try:
        return flash_sales.take(order, quote.pooled) if quote.pooled else {}
    except flash_sales.PoolEmpty:
        raise PriceChanged(requote()) from None


def _wish(line, pooled):
    return stock.Wish(line.sku_id, line.quantity, line.source, pooled.get(line.sku_id, 0))


def _digest(user, lines, address, seen_payable_fen, invoice, notes, confirmations, wanted_points, choice, presale):
    wish = None if invoice is None else [invoice.kind, invoice.title, invoice.tax_number, invoice.email]
    facts = [
        user.pk,
        [[line.sku_id, line.quantity] for line in lines],
        sorted(_address_fields(address).items()),
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


def _address_fields(address):
    names = ("receiver", "phone", "detail", "region_code", "province", "city", "district")
    return {name: getattr(address, name) for name in names}


def _placed_before(user, key, digest):
    order = Order.objects.filter(checkout_key=key).first()
    if order is None:
        return None
    if order.user_id != user.pk or order.checkout_digest != digest:
        raise KeyReused(order)
    return order


def _refuse_cheaply(lines):
    """What needs no transaction to be refused. Stock decides again, for real, when it is reserved."""
    if not lines:
        raise NothingToOrder
    left = stock.available([line.sku_id for line in lines])
    short = {line.sku_id: left[line.sku_id] for line in lines if left[line.sku_id] < line.quantity}
    if short:
        raise stock.OutOfStock(short)


def _buyable(lines):
    found = Sku.objects.buyable().filter(pk__in=[line.sku_id for line in lines])
    found = found.select_related("product", "merchant").defer(*(f"product__{name}" for name in Product.LONG))
    skus = {sku.pk: sku for sku in found}
    gone = [line.sku_id for line in lines if line.sku_id not in skus]
    if gone:
        raise NotForSale(gone)
    return skus


HELD = """
SELECT (SELECT id FROM orders_order WHERE user_id = %s ORDER BY placed_at DESC, id DESC LIMIT 1),
       line.order_id, line.sku_id, line.quantity
FROM (SELECT) AS always LEFT JOIN (
    orders_orderline AS line JOIN orders_order AS unpaid ON unpaid.id = line.order_id
) ON unpaid.user_id = %s AND unpaid.status = ANY(%s)
"""


def _held(user):
    """(the key of the shopper's newest order or None, [(order id, SKU id, units)] of the unpaid ones)."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [user.pk, user.pk, [moves.PENDING_PAYMENT, moves.PENDING_DEPOSIT]])
        rows = cursor.fetchall()
    return rows[0][0], [row[1:] for row in rows if row[1] is not None]


def _refuse_hoarding(held, lines, skus):
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


def _refuse_unconfirmed(skus, confirmations):
    missing = [pk for pk, sku in skus.items() if needs_confirmation(sku.product) and pk not in set(confirmations)]
    if missing:
        raise NotConfirmed(missing)


def _empty_cart(user, lines):
    bought = [line.pk for line in lines if line.pk]
    gone, _by_model = CartLine.objects.filter(pk__in=bought, cart__user=user).delete() if bought else (0, {})
    if gone != len(bought):
        raise NothingToOrder  # another window has bought or removed them
