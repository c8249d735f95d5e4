"""The only code that writes stock. Every change is one guarded update and one line in the ledger.

``source`` names what it is for ("order-line:12"). A source reserves, ships and returns once per stock row, so a repeated
call changes nothing. Rows are taken in the order of their SKU ids, as the last locks of the caller's transaction.
"""

from dataclasses import dataclass
from functools import partial

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Sum

from catalog import listings
from catalog.models import Reservation, Sku, Stock, StockMovement, Warehouse

ADJUST = """
UPDATE catalog_stock AS place SET on_hand = place.on_hand + found.units
FROM unnest(%s::bigint[], %s::int[]) AS found(id, units) WHERE place.id = found.id
"""
# Rows are locked by SKU id before anything is read of them that decides; the row's own constraint guards it once more.
RESERVE = """
WITH wish AS (
    SELECT * FROM unnest(%s::bigint[], %s::int[], %s::int[], %s::text[]) AS wish(sku_id, quantity, pooled, source)
), place AS MATERIALIZED (
    SELECT place.id, place.sku_id, place.on_hand - place.reserved - place.pooled AS free, place.pooled AS aside,
           warehouse.is_default
    FROM catalog_stock AS place JOIN catalog_warehouse AS warehouse ON warehouse.id = place.warehouse_id
    WHERE place.sku_id = ANY(%s::bigint[]) ORDER BY place.sku_id, place.id FOR NO KEY UPDATE OF place
), chosen AS MATERIALIZED (
    SELECT DISTINCT ON (wish.sku_id) place.id, wish.sku_id, wish.quantity, wish.pooled, wish.source
    FROM wish JOIN place ON place.sku_id = wish.sku_id
     AND place.free >= wish.quantity - wish.pooled AND place.aside >= wish.pooled
    ORDER BY wish.sku_id, place.is_default DESC, place.id
), taken AS (
    UPDATE catalog_stock AS place
    SET reserved = place.reserved + chosen.quantity, pooled = place.pooled - chosen.pooled
    FROM chosen WHERE place.id = chosen.id
    RETURNING place.id, place.sku_id
), promised AS (
    INSERT INTO catalog_reservation (source, stock_id, quantity, created_at)
    SELECT chosen.source, taken.id, chosen.quantity, clock_timestamp() FROM chosen JOIN taken USING (id)
), written AS (
    INSERT INTO catalog_stockmovement
        (stock_id, kind, on_hand_change, reserved_change, pooled_change, source, reason, at)
    SELECT taken.id, 'reserve', 0, chosen.quantity, -chosen.pooled, chosen.source, '', clock_timestamp()
    FROM chosen JOIN taken USING (id)
)
SELECT sku_id FROM taken
"""


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
class Wish:
    """``quantity`` units of a SKU for ``source``, ``pooled`` of them out of what was set aside for a sale."""

    sku_id: int
    quantity: int
    source: str
    pooled: int = 0


def available(sku_ids):
    """SKU id → units that can be promised now, over all warehouses; absent SKUs have none."""
    rows = (
        Stock.objects.filter(sku_id__in=sku_ids).values_list("sku_id").annotate(left=Sum(F("on_hand") - F("reserved")))
    )
    return dict.fromkeys(sku_ids, 0) | dict(rows)


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
    return (
        Stock.objects.filter(sku_id=sku_id).aggregate(left=Sum(F("on_hand") - F("reserved") - F("pooled")))["left"] or 0
    )


def set_aside(sku_id, units, *, source, stock_id=None, by=None):
    """Move up to ``units`` free units of a SKU out of normal stock, for a sale that has a stock of its own.

    ``stock_id`` names the stock row to take them from. Returns (stock row id, units moved), (None, 0) when nothing was
    free. Once per ``source``.
    """
    with transaction.atomic():
        places = Stock.objects.select_for_update(of=("self",)).filter(sku_id=sku_id).select_related("warehouse")
        places = [place for place in places.order_by("pk") if stock_id in (None, place.pk)]
        for place in sorted(places, key=lambda place: not place.warehouse.is_default):
            moved = min(units, place.free)
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
    key = f"{source}/{part}" if part else source
    held = Reservation.objects.select_related("stock").filter(source=source).order_by("stock__sku_id", "pk").first()
    if held is None or StockMovement.objects.filter(source=key, kind=kind, stock_id=held.stock_id).exists():
        return 0
    wanted = held.quantity if quantity is None else quantity
    if not wanted or not Reservation.objects.filter(pk=held.pk, quantity__gte=wanted).update(
        quantity=F("quantity") - wanted
    ):
        return 0
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
            changed = Stock.objects.filter(pk=place.pk, on_hand__gte=F("reserved") + F("pooled") - units).update(
                on_hand=F("on_hand") + units
            )
            if not changed:
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
