"""From a cart to an order: the one transaction that makes an order. What may refuse it is in ``checkout_refusals``."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import history
from accounts.bell import ring
from accounts.models import Notification
from accounts.notifications import tell_in
from accounts.one_trip import OneTrip, draw
from accounts.row_locks import queue_at
from catalog import stock
from catalog.models import Sku
from loyalty import coupons, members, points
from orders import (
    cart_rows,
    checkout_keys,
    deadlines,
    flash_sales,
    marking_paid,
    moves,
    order_timers,
    presales,
    pricing,
    promotions,
)
from orders import checkout_refusals as refusals
from orders.freezing import address_fields, freeze
from orders.live_offers import snapshot
from orders.models import Order, OrderLine
from orders.numbers import order_number
from orders.pricing.offers import FLASH
from orders.quoting import delivery_of, quote_for

FLASH_MINUTES = 10
NUMBER_TRIES = 3


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

    Raises a ``checkout_refusals.CheckoutRefused``, ``catalog.stock.OutOfStock``, ``loyalty.points.NotEnoughPoints`` or
    ``loyalty.coupons.CouponUnusable``.
    """
    lines = sorted(cart_lines, key=lambda line: line.sku_id)
    notes = (notes, {str(pk): text for pk, text in sorted((merchant_notes or {}).items()) if text})
    digest = checkout_keys.digest_of(
        user, lines, address, seen_payable_fen, invoice, notes, confirmations, points, choice, presale
    )
    placed = checkout_keys.placed_before(user, key, digest)
    if placed:
        return placed
    refusals.refuse_cheaply(lines)
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
            placed = checkout_keys.placed_before(user, key, digest)
            if placed:
                return placed
            if attempt == NUMBER_TRIES - 1:
                raise
        else:
            marking_paid.pay_nothing(order)
            return order
    raise AssertionError("unreachable")


def _place(user, lines, address, key, digest, seen, invoice, notes, confirmations, wanted_points, choice, presale):
    wishes = {"points_wanted": wanted_points, "choice": choice, "region_code": address.region_code, "presale": presale}

    def prepare(held):
        """Everything that needs no lock: look, refuse, price, and put the rows of the order into words."""
        skus = refusals.buyable(lines)
        refusals.refuse_hoarding(held, lines, skus)
        refusals.refuse_unconfirmed(skus, confirmations)
        benefits = members.benefits(user)
        for line in lines:
            line.sku = skus[line.sku_id]
        refusals.refuse_other_presale(presale)
        refusals.refuse_undelivered(delivery_of(user, lines, address.region_code))
        quote = quote_for(user, lines, benefits=benefits, **wishes)
        refusals.refuse_dead_coupons(quote, choice)
        refusals.refuse_other_terms(quote, *seen)
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
            **address_fields(address),
        )
        facts = {"skus": skus, "benefits": benefits, "invoice": invoice, "presale": presale is not None}
        rows = _rows_of(order, quote, keys, **facts)
        return Prepared(order, quote, skus, benefits, rows)

    last, held = refusals.held(user)
    made = prepare(held)
    with transaction.atomic(durable=True):
        # Orders of one shopper queue up here, so that the caps below hold; other people's do not wait.
        queue_at(user)
        before, (last, held) = last, refusals.held(user)
        if last != before:  # another window was faster, and may have used coupons, points or limits
            made = prepare(held)
        refusals.refuse_hoarding(held, lines, made.skus)
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
    rows.add([deadlines.first_timer(order, order_timers.UNPAID, due)])
    told = {"facts": {"number": order.number}, "url": order.get_absolute_url()}
    tell_in(rows, order.user, "order_placed", pk=keys[Notification][0], key=f"{order.about}:placed", **told)
    return rows


def _skus_of(gifts):
    if not gifts:
        return {}
    found = Sku.objects.filter(pk__in=[gift.sku_id for gift in gifts]).select_related("product")
    return {sku.pk: sku for sku in found}


def _minutes_to_pay(quote):
    """Units of a flash sale are few, so they wait for money for a short time only."""
    in_flash = any(offer.kind == FLASH for offer, _fen, _units in quote.used)
    return FLASH_MINUTES if in_flash else order_timers.UNPAID_MINUTES


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
        raise refusals.PriceChanged(requote()) from None


def _sell_out_of_pools(order, quote, requote):
    """{SKU id: units} out of the stock of flash sales; when that ran out in this moment, the shopper sees the new total."""
    try:
        return flash_sales.take(order, quote.pooled) if quote.pooled else {}
    except flash_sales.PoolEmpty:
        raise refusals.PriceChanged(requote()) from None


def _wish(line, pooled):
    return stock.Wish(line.sku_id, line.quantity, line.source, pooled.get(line.sku_id, 0))


def _empty_cart(user, lines):
    bought = [line.pk for line in lines if line.pk]
    if bought and cart_rows.take_out(user, bought) != len(bought):
        raise refusals.NothingToOrder  # another window has bought or removed them
