"""What can be promised of a SKU, and the promises: reserved, given back, sent.

Every change of stock is one guarded update and one line in the ledger. It is written here, in ``stock_bookings`` (what
staff, files and returns bring or count), ``stock_pools`` (units set aside for a sale) and ``presale`` only.
``source`` names what it is for ("order-line:12"). A source reserves, ships and returns once per stock row, so a repeated
call changes nothing. Rows are taken in the order of their SKU ids, as the last locks of the caller's transaction.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models import F, Max, OuterRef, Subquery, Sum
from django.db.models.functions import Greatest, JSONObject

from accounts.prepared import SOME, Prepared, is_among
from catalog.models import Reservation, Sku, Stock, StockMovement
from catalog.stock_ledger import tell_listings, write_movement
from catalog.stock_sql import RESERVE

# Units of a stock row that lie there for whoever comes next, and all that can be promised now, those to come included.
HERE = Greatest(F("on_hand") - F("reserved") - F("waiting"), 0)
PROMISABLE = HERE + F("presale")


class OutOfStock(Exception):
    """Less is available than was asked for; nothing was reserved. ``short`` maps SKU id → units left."""

    def __init__(self, short):
        super().__init__(f"out of stock: {short}")
        self.short = short


@dataclass(frozen=True)
class Left:
    """``units`` that can be promised, ``here`` of them lie in the house; the others are sent from ``presale_on`` on.

    ``aside``: how many of them are kept for a sale, so that only its buyers can have them.
    """

    units: int
    here: int
    presale_on: date | None
    aside: int = 0

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
    sku_ids = list(sku_ids)
    return dict.fromkeys(sku_ids, Left(0, 0, None)) | {sku.pk: read_left(sku.left) for sku in _shelf(ids=sku_ids)}


def units_of(name):
    """An annotation: the units that can be promised now of the SKU whose id is in the column ``name``; None without rows."""
    return Subquery(_rows_of(name).values(units=Sum(PROMISABLE)))


def left_of(name="pk"):
    """An annotation for ``read_left``: what ``shelf`` says of the SKU whose id is in the column ``name``."""
    left = JSONObject(units=Sum(PROMISABLE), here=Sum(HERE), presale_on=Max("presale_on"), aside=Sum("pooled"))
    return Subquery(_rows_of(name).values(left=left))


def _rows_of(name):
    return Stock.objects.filter(sku_id=OuterRef(name)).order_by().values("sku_id")


def _on_shelf(ids):
    return Sku.objects.filter(is_among("catalog_sku.id", ids)).only("pk").annotate(left=left_of()).order_by()


_shelf = Prepared(_on_shelf, ids=[SOME])


def read_left(row):
    """The ``Left`` in an annotation ``left_of``."""
    if row is None:
        return Left(0, 0, None)
    day = row["presale_on"]
    return Left(row["units"], row["here"], date.fromisoformat(day) if day else None, row["aside"])


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
    tell_listings([wish.sku_id for wish in wishes])


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
        write_movement(held.stock_id, kind, key)
        tell_listings([held.stock.sku_id])
        return wanted
    gone = wanted if leaves_the_house else 0
    Stock.objects.filter(pk=held.stock_id).update(
        reserved=F("reserved") - wanted, on_hand=F("on_hand") - gone, pooled=F("pooled") + pooled
    )
    write_movement(held.stock_id, kind, key, on_hand=-gone, reserved=-wanted, pooled=pooled)
    if not leaves_the_house:
        tell_listings([held.stock.sku_id])
    return wanted
