"""The life of a presale order between its deposit and its balance (docs/domain.md 2.1, 4.10).

The deposit is kept when the balance does not come in its window, which the shopper is told beside the button that pays
it; when the shop fails to deliver it is paid back twice. Discounts of the balance (a coupon, a threshold) are settled
once, before it is paid, and never make anything dearer. Locks as in ``orders.lifecycle``.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import history
from accounts.history import TransitionNotAllowed
from accounts.models import StateLog
from accounts.notifications import notify
from catalog import stock
from catalog.money import yuan
from catalog.tree import tree
from loyalty import coupons
from loyalty.members import Benefits
from orders import deadlines, pricing, promotions
from orders.live_offers import offers_for
from orders.models import Adjustment, DepositDebt, Order, OrderPresale
from orders.moves import CLOSED, DEPOSIT_PAID, PENDING_BALANCE, STAFF, SYSTEM, move
from orders.order_timers import BALANCE_ENDS, BALANCE_LAST_REMINDER, BALANCE_OPENS, BALANCE_REMINDER, UNPAID
from orders.pricing import COUPON, LINE, POINTS, RED_PACKET, THRESHOLD, UNIT

REMINDERS = ((BALANCE_REMINDER, timedelta(hours=24)), (BALANCE_LAST_REMINDER, timedelta(hours=2)))
NO_FEE = Benefits("", 10_000, 0, 7, priority=False)  # the delivery fee was settled with the deposit
OPEN_STATES = (DEPOSIT_PAID, PENDING_BALANCE)


class BalanceChanged(Exception):
    """The balance is not the one the shopper saw; ``quote`` has the one of now. Nothing was changed."""

    def __init__(self, quote):
        super().__init__(f"balance is {quote.payable_fen}")
        self.quote = quote


class SamePerson(Exception):
    """Two signatures are two people."""


def begin(order, terms):
    """Freeze ``terms`` with a new ``order``, in the transaction that places it."""
    units = sum(line.quantity for line in order.new_lines)
    return OrderPresale.objects.create(
        order=order,
        version_id=terms.version_id,
        deposit_fen=terms.deposit_fen * units,
        counts_fen=terms.counts_fen * units,
        balance_from=terms.balance_from,
        balance_until=terms.balance_until,
    )


# --- deposit and window -----------------------------------------------------------------------------------------------


def deposit_paid(order, *, actor):
    """The order took its deposit. In the caller's transaction, the order locked. Returns whether that was news."""
    presale = order.presale
    if not move(order, DEPOSIT_PAID, actor=actor):
        return False
    deadlines.cancel_deadlines(order, UNPAID)
    deadlines.set_deadline(order, BALANCE_OPENS, presale.balance_from)
    _tell(order, "presale_deposit_paid")
    if presale.balance_from <= timezone.now():
        open_balance(order)
    return True


def open_balance(order):
    """Timer: the balance may be paid from now on."""
    with transaction.atomic():
        order = Order.objects.select_for_update(of=("self",)).select_related("presale").get(pk=order.pk)
        now = timezone.now()
        if order.status != DEPOSIT_PAID or order.presale.balance_from > now:
            return False
        move(order, PENDING_BALANCE, actor=SYSTEM)
        deadlines.cancel_deadlines(order, BALANCE_OPENS)
        deadlines.set_deadline(order, BALANCE_ENDS, order.presale.balance_until)
        for kind, before in REMINDERS:
            if order.presale.balance_until - before > now:
                deadlines.set_deadline(order, kind, order.presale.balance_until - before)
        _tell(order, "presale_balance_open")
        return True


def remind(order):
    """Timer: the window ends soon and the balance is not there."""
    if order.status == PENDING_BALANCE:
        hours = round((order.presale.balance_until - timezone.now()).total_seconds() / 3600)
        _tell(order, "presale_balance_soon", part=f":{hours}")


def keep_deposit(order):
    """The balance did not come: what was paid stays with the shop. In the transaction that closes the order."""
    OrderPresale.objects.filter(order=order).update(kept_fen=F("deposit_fen"))


# --- the balance ------------------------------------------------------------------------------------------------------


def balance_quote(order, choice=None):
    """The ``Quote`` of the balance of the goods with what can be had now: coupons and thresholds look at it alone (E12)."""
    line = order.lines.select_related("sku__product").get(gift_of=None)
    product = line.sku.product
    terms = order.presale.version.terms
    whole = pricing.Line(
        line.sku_id,
        line.merchant_id,
        line.payable_fen - order.presale.deposit_fen,
        1,
        excludes=frozenset({UNIT, LINE, POINTS, *terms["excludes"]}),
        product_id=product.pk,
        category_ids=tuple(category.pk for category in tree().line(product.category_id)),
        brand_id=product.brand_id,
        tags=tuple(product.tags),
    )
    if order.presale.settled_at:
        return pricing.quote([whole], benefits=NO_FEE, delivery_fee_fen=0)
    offers = offers_for(order.user, [whole], tier_code=order.tier_code, region_code=order.region_code, choice=choice)
    return pricing.quote([whole], benefits=NO_FEE, delivery_fee_fen=0, offers=offers)


def settle(order, *, seen_fen, choice=None):
    """Take the discounts of the balance, once, before it is paid; returns the fresh order.

    ``seen_fen`` is the balance that the page showed, delivery included. Raises ``BalanceChanged``,
    ``TransitionNotAllowed`` when the window is not open, ``lifecycle.ChannelBusy`` and ``coupons.CouponUnusable``.
    """
    from orders import lifecycle, marking_paid, payments

    for payment in order.payments.filter(status__in=payments.OPEN):
        payments.close(payment)
    with transaction.atomic():
        locked = (
            Order.objects.select_for_update(of=("self",)).select_related("presale__version", "user").get(pk=order.pk)
        )
        if locked.status != PENDING_BALANCE or locked.presale.balance_until <= timezone.now():
            raise TransitionNotAllowed(locked, to=PENDING_BALANCE)
        if locked.payments.filter(status__in=payments.OPEN).exists():
            raise lifecycle.ChannelBusy(locked.number)
        quote = balance_quote(locked, choice)
        if quote.payable_fen + locked.shipping_fen != seen_fen:
            raise BalanceChanged(quote)
        if not locked.presale.settled_at:
            _take(locked, quote)
            OrderPresale.objects.filter(order=locked).update(settled_at=timezone.now())
    order.refresh_from_db()
    if order.due_fen == 0:
        marking_paid.mark_paid(order, actor=SYSTEM)
    return order


def _take(order, quote):
    (quoted,) = quote.lines
    off = quoted.line.gross_fen - quoted.payable_fen
    if not off:
        return
    coupons.lock(order.user, [c.id for c in quote.coupons], source=order.about, saved=_saved(quote))
    try:
        promotions.take(order, quote)
    except promotions.PromotionGone:
        raise BalanceChanged(quote) from None
    line = order.lines.get(gift_of=None)
    order.lines.filter(pk=line.pk).update(
        d_threshold_fen=line.d_threshold_fen + quoted.share(THRESHOLD),
        d_coupon_fen=line.d_coupon_fen + quoted.share(COUPON),
        d_red_packet_fen=line.d_red_packet_fen + quoted.share(RED_PACKET),
        payable_fen=line.payable_fen - off,
        anchor_fen=line.payable_fen - off,
    )
    Adjustment.objects.bulk_create(
        Adjustment(
            order=order,
            line=line,
            stage=step.stage,
            code=step.code,
            params=step.params,
            source=step.source,
            fen=step.fen,
        )
        for step in quote.steps
        if step.shares and step.fen
    )
    before = order.payable_fen
    Order.objects.filter(pk=order.pk).update(discount_fen=F("discount_fen") + off, payable_fen=F("payable_fen") - off)
    facts = {"before_fen": before, "after_fen": before - off}
    history.record(order, about=order.about, from_state=order.status, to=order.status, by=order.user, data=facts)


def _saved(quote):
    return {coupon.id: step.fen for step in quote.steps for coupon in quote.coupons if step.source == coupon.source}


# --- the shop fails ---------------------------------------------------------------------------------------------------


def fail(order, *, by, reason=""):
    """Staff give up a presale order that has its deposit: that goes back through the channel, and as much again is owed.

    Raises ``TransitionNotAllowed`` and ``lifecycle.ChannelBusy``.
    """
    from orders import lifecycle, payments, refunds

    for payment in order.payments.filter(status__in=payments.OPEN):
        payments.close(payment)
    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        order.status = locked.status
        if locked.status not in OPEN_STATES:
            raise TransitionNotAllowed(order, to=CLOSED)
        if locked.payments.filter(status__in=payments.OPEN).exists():
            raise lifecycle.ChannelBusy(locked.number)
        why = Order.CloseReason.STAFF
        move(order, CLOSED, by=by, actor=STAFF, reason=reason, closed_at=timezone.now(), close_reason=why)
        deadlines.cancel_deadlines(order)
        line, deposit = order.lines.get(gift_of=None), order.presale.deposit_fen
        parts = [(line, line.quantity, deposit, 0, 0)]
        refunds.request(order, lines=parts, source=f"cancel:{order.number}", reason=why, by=by, our_fault=True)
        coupons.release(order.about, by_staff=True)
        promotions.give_back(order)
        DepositDebt.objects.create(order=order, amount_fen=deposit)
        order.lines.filter(pk=line.pk).update(cancelled_quantity=line.quantity)
        _tell(order, "presale_failed")
        stock.release(line.source, line.quantity, part="cancel")
    return True


def debt_sent(debt, *, by):
    """Finance has paid the second half by bank. Returns whether that was news."""
    sent = DepositDebt.objects.filter(pk=debt.pk, status=DepositDebt.Status.OWED)
    return _record(debt, bool(sent.update(status=DepositDebt.Status.SENT, sent_by=by)), DepositDebt.Status.SENT, by)


def debt_confirmed(debt, *, by):
    """A second person confirms it. Raises ``SamePerson``."""
    if debt.sent_by_id == by.pk:
        raise SamePerson
    sent = DepositDebt.objects.filter(pk=debt.pk, status=DepositDebt.Status.SENT)
    paid = sent.update(status=DepositDebt.Status.PAID, confirmed_by=by, paid_at=timezone.now())
    return _record(debt, bool(paid), DepositDebt.Status.PAID, by)


def _record(debt, changed, to, by):
    if changed:
        facts = {"amount_fen": debt.amount_fen}
        actor = StateLog.Actor.STAFF
        history.record(debt, about=debt.order.about, from_state=debt.status, to=to, by=by, actor=actor, data=facts)
    return changed


def _tell(order, kind, part=""):
    presale = order.presale
    until = timezone.localtime(presale.balance_until)
    facts = {
        "number": order.number,
        "deposit": yuan(presale.deposit_fen),
        "balance": yuan(order.payable_fen - presale.deposit_fen),
        "from": f"{timezone.localtime(presale.balance_from):%Y-%m-%d %H:%M}",
        "until": f"{until:%Y-%m-%d %H:%M}",
    }
    notify(order.user, kind, key=f"{order.about}:{kind}{part}", facts=facts, url=order.get_absolute_url())


deadlines.register(BALANCE_OPENS, open_balance)
deadlines.register(BALANCE_REMINDER, remind)
deadlines.register(BALANCE_LAST_REMINDER, remind)
