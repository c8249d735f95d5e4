"""What comes into the house, is counted and corrected there: by staff, by files and by returns.

``source`` names the cause; it moves a stock row once, so a repeated call changes nothing (see ``catalog.stock``).
"""

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.db.models.functions import Greatest

from catalog.models import Sku, Stock, StockMovement, Warehouse
from catalog.stock import OutOfStock
from catalog.stock_ledger import tell_listings, write_movement
from catalog.stock_sql import ADJUST


class Moved(Exception):
    """The stock has changed since it was looked at; nothing was written. ``now`` maps SKU id → units on hand."""

    def __init__(self, now):
        super().__init__(f"moved meanwhile: {now}")
        self.now = now


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
    tell_listings([place.sku_id for place, _units in found])


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
            write_movement(place.pk, kind, source, on_hand=units, by=by, reason=reason)
            room = Stock.objects.filter(pk=place.pk, on_hand__gte=F("reserved") + F("pooled") - units)
            # What has come is no longer to come; what came back is something else.
            arrived = units if kind != StockMovement.Kind.RETURN else 0
            spare = Greatest(arrived - Greatest(F("waiting") - F("on_hand") + F("reserved") + F("pooled"), 0), 0)
            if not room.update(on_hand=F("on_hand") + units, presale=Greatest(F("presale") - spare, 0)):
                raise OutOfStock({place.sku_id: place.available})
    except IntegrityError:
        return False  # this source has moved this row before
    tell_listings([place.sku_id])
    return True
