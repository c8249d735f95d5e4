"""What the shop promises about a delivery: sent by, there by. Estimated before payment, kept as rows after it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.memo import Memo
from accounts.notifications import notify
from accounts.one_trip import insert_new
from catalog import presale, sending_promise
from orders import deadlines, delivery_templates, working_days
from orders.models import Holiday, Order, OrderPart, ShippingTerms

SECONDS = 5
FOLLOWED = 500
HOURS, ROAD_DAYS = 48, 3
DAY = 24
SHIP_BY, ARRIVE_BY = "part_ship_by", "part_arrive_by"


@Memo(SECONDS)
def _rules():
    """(days off, merchant id → (hours, works at weekends)): two queries."""
    days_off = dict(Holiday.objects.filter(day__gte=timezone.localdate()).values_list("day", "works"))
    terms = ShippingTerms.objects.values_list("merchant_id", "within_hours", "works_weekends")
    return days_off, {merchant_id: (hours, weekends) for merchant_id, hours, weekends in terms}


def forget():
    """The calendar or somebody's terms were changed in this process."""
    _rules.forget()


@dataclass(frozen=True)
class Dates:
    """``ship_by`` a moment, ``arrive_by`` a date, ``hours`` as promised, ``from_day`` the first day of a pre-sale or None."""

    ship_by: datetime
    arrive_by: date
    hours: int
    from_day: date | None = None


def dates(merchant_id, start, road_days=None, product=None, first_day=None):
    """The ``Dates`` for something paid at ``start`` that is ``road_days`` on the road.

    ``product`` may promise its own; ``first_day`` is when units that are still to come can be sent.
    """
    days_off, terms = _rules()
    hours, weekends = terms.get(merchant_id, (HOURS, True))
    begins = start if product is None else sending_promise.begins(product, start, first_day)
    hours = hours if product is None else product.ships_within_hours or hours
    ship_by = working_days.after_hours(begins, hours, days_off, weekends=weekends)
    arrive_by = timezone.localdate(ship_by) + timedelta(days=ROAD_DAYS if road_days is None else road_days)
    return Dates(ship_by, arrive_by, hours, None if begins == start else timezone.localdate(begins))


def _latest(goods, start, road_days):
    """Merchant id → the ``Dates`` of what keeps its parcel waiting longest; ``goods`` are (SKU, first day or None)."""
    found = {}
    for sku, first_day in goods:
        promised = dates(sku.merchant_id, start, road_days.get(sku.merchant_id), sku.product, first_day)
        if sku.merchant_id not in found or promised.ship_by > found[sku.merchant_id].ship_by:
            found[sku.merchant_id] = promised
    return found


def words(promised):
    """(sent, arrives) as sentences for somebody who pays now."""
    facts = {"n": promised.hours, "day": day_of(promised.ship_by)}
    arrives = _("There by %(day)s") % {"day": day_of(promised.arrive_by)}
    if promised.from_day:
        return _("Pre-sale: sent from %(first)s on, by %(day)s") % (
            facts | {"first": day_of(promised.from_day)}
        ), arrives
    if promised.hours > 2 * DAY and promised.hours % DAY == 0:
        facts["n"] //= DAY
        sent = ngettext(
            "Sent within %(n)s day of payment, by %(day)s", "Sent within %(n)s days of payment, by %(day)s", facts["n"]
        )
        return sent % facts, arrives
    sent = ngettext(
        "Sent within %(n)s hour of payment, by %(day)s",
        "Sent within %(n)s hours of payment, by %(day)s",
        promised.hours,
    )
    return sent % facts, arrives


def day_of(moment):
    """A day as people say it: "Nov 24"."""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment)
    return date_format(moment, "MONTH_DAY_FORMAT")


def of_product(product, sku, user):
    """What the product page says of one unit: fee, threshold, dates, region, or why it is not sent there."""
    code, name = delivery_templates.usual_region(user)
    sku_id, grams = (sku.pk, sku.weight_g) if sku is not None else (0, 0)
    unit = SimpleNamespace(pk=sku_id, product_id=product.pk, merchant_id=product.merchant_id, weight_g=grams)
    first_day = sku.presale_on if sku is not None and getattr(sku, "here", 1) < 1 else None
    found = delivery_templates.charges([SimpleNamespace(sku=unit, quantity=1)], code)
    promised = dates(product.merchant_id, timezone.now(), found.days.get(product.merchant_id), product, first_day)
    sent, arrives = words(promised)
    named = next((row.free_from_fen for row in found.rows), None)
    return {
        "fen": found.fen,
        "free_from_fen": named,
        "refused": str(found.refused.get(sku_id, "")),
        "region": name,
        "sent": sent,
        "place": sending_promise.place(getattr(product, "region_code", None) or ""),
        "arrives": arrives,
    }


def before_paying(lines, charges):
    """Merchant id → (sent, arrives) for the groups of a checkout."""
    found = _latest([(line.sku, getattr(line, "presale_on", None)) for line in lines], timezone.now(), charges.days)
    return {pk: words(promised) for pk, promised in found.items()}


def promise(order, lines):
    """The order is paid: a part with its dates for every merchant, and their timers. Called in that transaction.

    ``lines`` are its lines with their listings.
    """
    days = delivery_templates.charges(lines, order.region_code).days
    coming = presale.days_of(line.source for line in lines)
    goods = [(line.sku, coming.get(line.source)) for line in lines]
    found, timers = _latest(goods, order.paid_at or timezone.now(), days), []
    for merchant_id, promised in sorted(found.items()):
        part = OrderPart(
            order=order,
            merchant_id=merchant_id,
            ship_by=promised.ship_by,
            arrive_by=promised.arrive_by,
            presale_on=_last_day(lines, merchant_id, coming),
        )
        if insert_new(part):
            timers += [(part, SHIP_BY, part.ship_by), (part, ARRIVE_BY, _end_of(part.arrive_by))]
    if timers:
        deadlines.set_all([deadlines.first_timer(*timer) for timer in timers])


def _last_day(lines, merchant_id, coming):
    return max(
        (coming[line.source] for line in lines if line.merchant_id == merchant_id and line.source in coming),
        default=None,
    )


def follow():
    """What was sold before it came has come: its parts are promised anew, sooner than before. Returns how many were.

    Safe to repeat: a part that was promised anew waits for nothing.
    """
    parts = OrderPart.objects.filter(presale_on__isnull=False).select_related("order").order_by("pk")
    return sum(_follow(part) for part in parts[:FOLLOWED])


def _follow(part):
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=part.order_id)
        lines = list(part.order.lines.filter(merchant=part.merchant_id).select_related("sku__product"))
        if presale.days_of(line.source for line in lines):
            return False
        days = delivery_templates.charges(lines, part.order.region_code).days
        found = _latest([(line.sku, None) for line in lines], timezone.now(), days)[part.merchant_id]
        sooner = {"ship_by": min(part.ship_by, found.ship_by), "arrive_by": min(part.arrive_by, found.arrive_by)}
        if not OrderPart.objects.filter(pk=part.pk, presale_on__isnull=False).update(presale_on=None, **sooner):
            return False
        deadlines.set_deadline(part, SHIP_BY, sooner["ship_by"])
        deadlines.set_deadline(part, ARRIVE_BY, _end_of(sooner["arrive_by"]))
        if any(line.waiting_quantity for line in lines):
            notify(
                part.order.user,
                "presale_arrived",
                key=f"order-part:{part.pk}:arrived",
                facts={"number": part.order.number, "day": day_of(sooner["ship_by"])},
                url=part.order.get_absolute_url(),
            )
    return True


def _end_of(day):
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), datetime.min.time()))
