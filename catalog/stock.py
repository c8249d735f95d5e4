"""The only code that writes stock. Every change is one guarded update and one line in the ledger.

``source`` names what it is for ("order-line:12"). A source reserves, ships and returns once per stock row, so a repeated
call changes nothing. Rows are taken in the order of their SKU ids, as the last locks of the caller's transaction.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Max, Sum
from django.db.models.functions import Greatest

from catalog import listings
from catalog.models import Reservation, Sku, Stock, StockMovement, Warehouse
from catalog.stock_sql import ADJUST, RESERVE

# Units of a stock row that lie there for whoever comes next, and all that can be promised now, those to come included.
HERE = Greatest(F("on_hand") - F("reserved") - F("waiting"), 0)
PROMISABLE = HERE + F("presale")


class OutOfStock(Exception):
    """Less is available than was asked for; nothing was reserved. ``short`` maps SKU id → units left."""

    def __init__(self, short):
        super().__init__(f"out of stock: {short}")
        self.short = short


class Moved(Exception):
    """The stock has changed since it was looked at; nothing was written. ``now`` maps SKU id → units on hand."""

    def __init__(self, now):
        super().__init__(f"moved meanwhile: {now}")
        self.now = now


@dataclass(frozen=True)
class Left:
    """``units`` that can be promised, ``here`` of them lie in the house; the others are sent from ``presale_on`` on."""

    units: int
    here: int
    presale_on: date | None

    def waits_until(self, quantity):
        """The first day of sending of ``quantity`` units, None when they are here."""
        return self.presale_on if quantity > self.here else None


@dataclass(frozen=True)
class Wish:
    """``quantity`` units of a SKU for ``source``, ``pooled`` of them out of what was set aside for a sale."""

    sku_id: int
    quantity: int
    source: str
    pooled: int = 0


def available(sku_ids):
    """SKU id → units that can be promised now, over all warehouses; absent SKUs have none."""
    return {sku_id: left.units for sku_id, left in shelf(sku_ids).items()}


def shelf(sku_ids):
    """SKU id → ``Left``, over all warehouses; one query."""
    rows = Stock.objects.filter(sku_id__in=sku_ids).values_list("sku_id")
    rows = rows.annotate(units=Sum(PROMISABLE), here=Sum(HERE), presale_on=Max("presale_on"))
    return dict.fromkeys(sku_ids, Left(0, 0, None)) | {sku_id: Left(*left) for sku_id, *left in rows}


def reserve(wishes):
    """Promise all of ``wishes`` or raise ``OutOfStock`` (then the caller's transaction must be rolled back).

    Must run inside the caller's transaction. One warehouse serves one wish whole: the default one first.
    """
    left = sorted(wishes, key=lambda wish: (wish.sku_id, wish.source))
    while left:
        # A SKU wished for twice is served in two rounds; its rows are held since the first one.
        now = list({wish.sku_id: wish for wish in reversed(left)}.values())[::-1]
        _reserve_at_once(now)
        left = [wish for wish in left if wish not in now]
    _tell_listings([wish.sku_id for wish in wishes])


def _reserve_at_once(wishes):
    """Wishes for different SKUs, in the order of their ids: one statement holds the rows, takes, and writes it down."""
    columns = [[getattr(w, name) for w in wishes] for name in ("sku_id", "quantity", "pooled", "source")]
    with connection.cursor() as cursor:
        cursor.execute(RESERVE, [*columns, columns[0]])
        served = {sku_id for (sku_id,) in cursor.fetchall()}
    if short := {w.sku_id: _free(w.sku_id) + w.pooled for w in wishes if w.sku_id not in served}:
        raise OutOfStock(short)


def _free(sku_id):
    return Stock.objects.filter(sku_id=sku_id).aggregate(left=Sum(PROMISABLE - F("pooled")))["left"] or 0


def set_aside(sku_id, units, *, source, stock_id=None, by=None):
    """Move up to ``units`` free units of a SKU out of normal stock, for a sale that has a stock of its own.

    ``stock_id`` names the stock row to take them from. Returns (stock row id, units moved), (None, 0) when nothing was
    free. Once per ``source``.
    """
    with transaction.atomic():
        places = Stock.objects.select_for_update(of=("self",)).filter(sku_id=sku_id).select_related("warehouse")
        places = [place for place in places.order_by("pk") if stock_id in (None, place.pk)]
        for place in sorted(places, key=lambda place: not place.warehouse.is_default):
            moved = min(units, place.free - place.waiting)
            if moved > 0:
                _move_pooled(place.pk, moved, StockMovement.Kind.POOL, source, by)
                return place.pk, moved
    return None, 0


def bring_back(stock_id, units, *, source, by=None):
    """``units`` that were set aside in a stock row are normal stock again; once per ``source``."""
    if units:
        _move_pooled(stock_id, -units, StockMovement.Kind.UNPOOL, source, by)


def _move_pooled(stock_id, units, kind, source, by):
    _write(stock_id, kind, source, pooled=units, by=by)
    Stock.objects.filter(pk=stock_id).update(pooled=F("pooled") + units)


def release(source, quantity=None, *, part="", pooled=0):
    """Give back what ``source`` still holds, or ``quantity`` units of it; returns the units released.

    ``part`` tells one partial release of a source from the next ("refund:7"); ``pooled`` of the units go back to what is
    set aside for a sale.
    """
    return _end(source, quantity, StockMovement.Kind.RELEASE, part, leaves_the_house=False, pooled=pooled)


def ship(source, quantity=None, *, part=""):
    """The units leave the house; returns how many. ``part`` tells one parcel of a source from the next ("parcel:3")."""
    return _end(source, quantity, StockMovement.Kind.SHIP, part, leaves_the_house=True)


def _end(source, quantity, kind, part, *, leaves_the_house, pooled=0):
    # No savepoint: the reservation is locked, so that nobody serves it from what has come at the same moment.
    with transaction.atomic(savepoint=False):
        return _end_locked(source, quantity, kind, part, leaves_the_house, pooled)


def _end_locked(source, quantity, kind, part, leaves_the_house, pooled):
    key = f"{source}/{part}" if part else source
    held = Reservation.objects.select_for_update(of=("self",)).select_related("stock").filter(source=source)
    held = held.order_by("stock__sku_id", "pk").first()
    if held is None or StockMovement.objects.filter(source=key, kind=kind, stock_id=held.stock_id).exists():
        return 0
    if held.presale_on and leaves_the_house:
        return 0  # nothing of it is here yet
    wanted = held.quantity if quantity is None else quantity
    if not wanted or not Reservation.objects.filter(pk=held.pk, quantity__gte=wanted).update(
        quantity=F("quantity") - wanted
    ):
        return 0
    if held.presale_on:
        Stock.objects.filter(pk=held.stock_id).update(waiting=F("waiting") - wanted, presale=F("presale") + wanted)
        _write(held.stock_id, kind, key)
        _tell_listings([held.stock.sku_id])
        return wanted
    gone = wanted if leaves_the_house else 0
    Stock.objects.filter(pk=held.stock_id).update(
        reserved=F("reserved") - wanted, on_hand=F("on_hand") - gone, pooled=F("pooled") + pooled
    )
    _write(held.stock_id, kind, key, on_hand=-gone, reserved=-wanted, pooled=pooled)
    if not leaves_the_house:
        _tell_listings([held.stock.sku_id])
    return wanted


def take_back(sku_id, quantity, *, source, by=None, reason=""):
    """``quantity`` accepted units come back into the default place of their SKU; once per ``source``."""
    return _change(_default_place(sku_id), StockMovement.Kind.RETURN, quantity, source, by, reason)


def receive(sku, quantity, *, source, by=None, reason=""):
    """New units arrive (or, negative, are taken away); once per ``source``. Never takes reserved units."""
    return _change(place_of(sku), StockMovement.Kind.RECEIVE, quantity, source, by, reason)


def set_on_hand(sku, on_hand, *, source, by=None, reason=""):
    """A stock-take found ``on_hand`` units. Raises ``OutOfStock`` when fewer than are promised."""
    with transaction.atomic():
        place = Stock.objects.select_for_update().get(pk=place_of(sku).pk)
        if on_hand < place.reserved + place.pooled:
            raise OutOfStock({place.sku_id: place.available})
        if on_hand == place.on_hand:
            return False
        return _change(place, StockMovement.Kind.ADJUST, on_hand - place.on_hand, source, by, reason)


def count_many(counts, *, source, by=None, reason="", seen=None):
    """Set what lies in the default places of many SKUs: ``counts`` maps SKU id → units. Returns how many differed.

    ``seen`` maps SKU id → the units that the person saw when counting. Raises ``Moved`` when that has changed for one,
    ``OutOfStock`` when fewer are counted than are promised; then nothing is written.
    """
    with transaction.atomic():
        _open_missing(counts)
        places = Stock.objects.select_for_update(of=("self",)).filter(sku__in=list(counts), warehouse__is_default=True)
        places = list(places.order_by("sku_id"))
        if moved := {p.sku_id: p.on_hand for p in places if seen and seen.get(p.sku_id, p.on_hand) != p.on_hand}:
            raise Moved(moved)
        if short := {p.sku_id: p.reserved for p in places if counts[p.sku_id] < p.reserved + p.pooled}:
            raise OutOfStock(short)
        changed = [(p, counts[p.sku_id] - p.on_hand) for p in places if p.on_hand != counts[p.sku_id]]
        _adjust(changed, source, by, reason)
    return len(changed)


def adjust_many(units, *, source, by=None, reason=""):
    """More or fewer ``units`` than the books say were found: stock row id → units. Once per ``source``, all or nothing.

    What is sold or shipped meanwhile keeps its effect. Raises ``OutOfStock`` (SKU id → units free now) when fewer would
    lie there than are promised.
    """
    with transaction.atomic():
        places = Stock.objects.select_for_update(of=("self",)).filter(pk__in=list(units)).order_by("sku_id", "pk")
        found = [(place, units[place.pk]) for place in places if units[place.pk]]
        if short := {place.sku_id: place.available for place, more in found if place.free + more < 0}:
            raise OutOfStock(short)
        _adjust(found, source, by, reason)
    return len(found)


def _adjust(found, source, by, reason):
    StockMovement.objects.bulk_create(
        StockMovement(
            stock=place, kind=StockMovement.Kind.ADJUST, source=source, on_hand_change=units, by=by, reason=reason
        )
        for place, units in found
    )
    with connection.cursor() as cursor:
        cursor.execute(ADJUST, [[place.pk for place, _units in found], [units for _place, units in found]])
    _tell_listings([place.sku_id for place, _units in found])


def _open_missing(sku_ids):
    homeless = Sku.objects.filter(pk__in=list(sku_ids)).exclude(stocks__warehouse__is_default=True)
    open_places([(sku, 0) for sku in homeless], source="")


def open_places(units, *, source, by=None):
    """Stock rows of new SKUs in their merchants' default warehouses; ``units`` is pairs of (SKU, units that lie there).

    For bulk imports: a fixed number of statements. The SKUs must be new, and the caller refreshes the listings.
    """
    homes = {merchant: _default_warehouse(merchant) for merchant in {sku.merchant_id for sku, _units in units}}
    places = Stock.objects.bulk_create(
        Stock(sku=sku, warehouse=homes[sku.merchant_id], on_hand=quantity) for sku, quantity in units
    )
    StockMovement.objects.bulk_create(
        StockMovement(stock=place, kind=StockMovement.Kind.RECEIVE, source=source, on_hand_change=place.on_hand, by=by)
        for place in places
        if place.on_hand
    )


def place_of(sku):
    """The stock row of a SKU in its merchant's default warehouse; both are made when missing."""
    warehouse = _default_warehouse(sku.merchant_id)
    return Stock.objects.get_or_create(sku=sku, warehouse=warehouse)[0]


def _default_warehouse(merchant_id):
    warehouse = Warehouse.objects.filter(merchant_id=merchant_id, is_default=True).first()
    if warehouse is None:
        warehouse, _made = Warehouse.objects.get_or_create(
            merchant_id=merchant_id, is_default=True, defaults={"name": "默认仓"}
        )
    return warehouse


def _default_place(sku_id):
    return Stock.objects.filter(sku_id=sku_id).order_by("-warehouse__is_default", "pk")[0]


def _change(place, kind, units, source, by, reason):
    try:
        with transaction.atomic():
            _write(place.pk, kind, source, on_hand=units, by=by, reason=reason)
            room = Stock.objects.filter(pk=place.pk, on_hand__gte=F("reserved") + F("pooled") - units)
            # What has come is no longer to come; what came back is something else.
            arrived = units if kind != StockMovement.Kind.RETURN else 0
            spare = Greatest(arrived - Greatest(F("waiting") - F("on_hand") + F("reserved") + F("pooled"), 0), 0)
            if not room.update(on_hand=F("on_hand") + units, presale=Greatest(F("presale") - spare, 0)):
                raise OutOfStock({place.sku_id: place.available})
    except IntegrityError:
        return False  # this source has moved this row before
    _tell_listings([place.sku_id])
    return True


def _tell_listings(sku_ids):
    # After commit and without locks: a listing's row is never held while stock rows are. A sweep corrects what is lost.
    transaction.on_commit(partial(listings.correct_stock_flags, sku_ids), robust=True)


def _write(stock_id, kind, source, *, on_hand=0, reserved=0, pooled=0, by=None, reason=""):
    StockMovement.objects.create(
        stock_id=stock_id,
        kind=kind,
        source=source,
        on_hand_change=on_hand,
        reserved_change=reserved,
        pooled_change=pooled,
        by=by,
        reason=reason,
    )
