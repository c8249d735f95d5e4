"""Units that are sold before they are here: how many, from when on they are sent, and what happens when they come.

Whoever bought first is served first. What has come is no longer to come: it leaves the pre-sale quantity.
"""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.prepared import Question
from catalog import listing_changes, listings, stock_bookings
from catalog.models import Product, Reservation, Stock, StockMovement

MOST = 1_000_000


def offer(sku, units, on, by=None):
    """Let ``units`` of ``sku`` be sold that are sent from the day ``on``, those sold already among them; 0 ends it.

    What was promised before keeps its day. Returns whether that is new. Raises ValidationError: fewer than were sold, or
    no day to come.
    """
    with transaction.atomic():
        # The listing before its stock, like everybody who notes changes of it.
        product = Product.objects.select_for_update(of=("self",)).get(pk=sku.product_id)
        place = Stock.objects.select_for_update(of=("self",)).get(pk=stock_bookings.place_of(sku).pk)
        before = (place.presale + place.waiting, place.presale_on)
        after = (units, on if units else None)
        if before == after or before[0] == units == 0:
            return False
        refuse(place, units, on)
        Stock.objects.filter(pk=place.pk).update(presale=units - place.waiting, presale_on=after[1])
        words = (f"{n} · {day}" if n else "" for n, day in (before, after))
        listing_changes.note(product, "presale", *words, by=by, source="editor", sku=sku)
        transaction.on_commit(partial(listings.correct_stock_flags, [sku.pk]), robust=True)
    return True


def place_of(sku):
    """The stock row that ``sku`` is sold ahead from, or None; one query."""
    return Stock.objects.filter(sku=sku.pk, warehouse__is_default=True).first() if sku.pk else None


def refuse(place, units, on):
    """Raise ValidationError unless ``units`` may be sold ahead of a stock row from the day ``on``; no change is no fault."""
    if not 0 <= units <= MOST:
        raise ValidationError({"presale": _("A pre-sale quantity is a number from 0 to 1,000,000.")})
    sold = place.waiting if place else 0
    if place and (units, on) == (place.presale + sold, place.presale_on):
        return
    if units < sold:
        raise ValidationError({"presale": ValidationError(_("%(n)s units are sold already."), params={"n": sold})})
    if units and (on is None or on <= timezone.localdate()):
        raise ValidationError({"presale_on": _("Name a day to come.")})


def close_due(today=None):
    """Sell no more of what should have come by ``today``; returns how many stock rows that were."""
    today = today or timezone.localdate()
    due = Stock.objects.filter(presale__gt=0, presale_on__lte=today)
    skus = list(due.values_list("sku_id", flat=True))
    closed = due.update(presale=0)
    if skus:
        listings.correct_stock_flags(skus)
    return closed


def serve(limit=500):
    """Give what has come to those who wait for it, the first buyer first; returns how many reservations were served.

    Safe to run at any time: it looks at what lies there now.
    """
    ready = Stock.objects.filter(waiting__gt=0, on_hand__gt=F("reserved") + F("pooled")).order_by("sku_id", "pk")
    return sum(_serve(pk) for pk in ready.values_list("pk", flat=True)[:limit])


def _serve(pk):
    served = 0
    with transaction.atomic():
        # Reservations before their stock row, like whoever releases one.
        waiting = Reservation.objects.select_for_update().filter(stock=pk, presale_on__isnull=False, quantity__gt=0)
        waiting = list(waiting.order_by("pk"))
        place = Stock.objects.select_for_update(of=("self",)).get(pk=pk)
        free = place.free
        for held in waiting:
            if held.quantity > free:
                break  # nobody who came later goes first
            free -= held.quantity
            served += 1
            _give(place, held)
    return served


def _give(place, held):
    Reservation.objects.filter(pk=held.pk).update(presale_on=None)
    Stock.objects.filter(pk=place.pk).update(
        reserved=F("reserved") + held.quantity, waiting=F("waiting") - held.quantity
    )
    StockMovement.objects.create(
        stock=place, kind=StockMovement.Kind.RESERVE, source=held.source, reserved_change=held.quantity
    )


def days_of(sources):
    """Source → the promised first day of sending, for those of ``sources`` whose units have not come; one query."""
    return dict(_waiting(sources=list(sources)))


_waiting = Question("""
SELECT source, presale_on FROM catalog_reservation
WHERE source = ANY(%(sources)s) AND presale_on IS NOT NULL AND quantity > 0
""")
