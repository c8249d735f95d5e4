"""Flash sales with a stock of their own (docs/domain.md 6.7): moved out of normal stock when the sale begins, sold by one
guarded update a SKU, and what is left moved back at its end.

Locks: pools by SKU id, then stock rows by SKU id, the last of a transaction. Units of orders that nobody paid go back to
the pool while it is open; whatever comes back later is normal stock.
"""

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.memo import Memo
from catalog import stock_pools
from orders import deadlines, offers_on_shelves
from orders.models import FlashPool, FlashTaking, Promotion

OPEN, CLOSE = "flash_open", "flash_close"
SECONDS = 5

log = structlog.get_logger(__name__)


class PoolEmpty(Exception):
    """Fewer units are left in a pool than a quote counted on; nothing was taken. ``sku_id`` says of what."""

    def __init__(self, sku_id):
        super().__init__(f"flash units of SKU {sku_id}")
        self.sku_id = sku_id


# --- from beginning to end --------------------------------------------------------------------------------------------


def schedule(promotion, by=None):
    """A version was published: open its pools now or when it begins, and set the timer for its end."""
    promotion.refresh_from_db()
    if not promotion.is_pooled and not promotion.pools.filter(closed_at=None).exists():
        return
    deadlines.cancel_deadlines(promotion, OPEN)
    deadlines.cancel_deadlines(promotion, CLOSE)
    if promotion.starts_at <= timezone.now():
        open_pools(promotion, by=by)
    else:
        close(promotion, by=by)
        deadlines.set_deadline(promotion, OPEN, promotion.starts_at)
    if promotion.ends_at:
        deadlines.set_deadline(promotion, CLOSE, promotion.ends_at)


def open_pools(promotion, by=None):
    """Move the units of the published version out of normal stock: as many of each SKU as there are. Returns the units.

    Called again it only makes good what the present version says: more units are fetched, SKUs that it no longer names
    are closed.
    """
    moved = 0
    with transaction.atomic():
        promotion = Promotion.objects.select_for_update(of=("self",)).select_related("current").get(pk=promotion.pk)
        over = promotion.ends_at and promotion.ends_at <= timezone.now()
        if promotion.status != Promotion.Status.PUBLISHED or promotion.starts_at > timezone.now() or over:
            return 0
        wanted = {int(sku_id): units for sku_id, units in promotion.current.terms.get("pool_units", {}).items()}
        pools = {pool.sku_id: pool for pool in promotion.pools.select_for_update().order_by("sku_id")}
        for sku_id in sorted(pools.keys() - wanted.keys()):
            _close(pools[sku_id], by)
        for sku_id in sorted(wanted):
            moved += _fill(promotion, pools.get(sku_id), sku_id, wanted[sku_id], by)
        if moved:
            offers_on_shelves.soon(promotion)
    return moved


def _fill(promotion, pool, sku_id, units, by):
    """Bring the pool of one SKU to ``units``, what was sold before included; fewer when there are fewer."""
    if pool is not None and pool.closed_at is None and units < pool.quota:
        _close(pool, by)
    run = pool.run + 1 if pool else 1
    has = 0 if pool is None else pool.sold if pool.closed_at else pool.quota
    source, place = f"flash:{promotion.pk}:{run}", pool.place_id if pool else None
    place, moved = stock_pools.set_aside(sku_id, units - has, source=source, stock_id=place, by=by)
    if moved < units - has:
        log.warning("flash sale with fewer units", promotion=promotion.pk, sku=sku_id, wanted=units, has=has + moved)
    if not moved:
        return 0
    if pool is None:
        now = timezone.now()
        FlashPool.objects.create(promotion=promotion, sku_id=sku_id, place_id=place, quota=moved, opened_at=now)
    else:
        FlashPool.objects.filter(pk=pool.pk).update(quota=has + moved, run=run, closed_at=None)
    return moved


def close(promotion, by=None):
    """The sale is over: what is left of its pools is normal stock again. Returns the units that came back."""
    with transaction.atomic():
        pools = promotion.pools.select_for_update().filter(closed_at=None).order_by("sku_id")
        return sum([_close(pool, by) for pool in pools])


def _close(pool, by):
    if pool.closed_at is not None:
        return 0
    pool.closed_at = timezone.now()
    FlashPool.objects.filter(pk=pool.pk).update(closed_at=pool.closed_at)
    stock_pools.bring_back(pool.place_id, pool.left, source=f"flash:{pool.promotion_id}:{pool.run}:end", by=by)
    return pool.left


def _close_when_due(promotion):
    if promotion.ends_at and promotion.ends_at <= timezone.now():
        close(promotion)


# --- orders -----------------------------------------------------------------------------------------------------------


@Memo(SECONDS)
def sold_of_skus():
    """{SKU id: percent of its units that are sold} of open pools, at most ``SECONDS`` old, for pages."""
    pools = FlashPool.objects.filter(closed_at=None, quota__gt=0).values_list("sku_id", "sold", "quota")
    return {sku_id: sold * 100 // quota for sku_id, sold, quota in pools}


def take(order, pooled):
    """Sell ``pooled`` units [(promotion id, SKU id, units)] to the new lines of ``order``. Raises ``PoolEmpty``.

    Returns {SKU id: units}. In the caller's transaction, right before the stock rows.
    """
    lines = {line.sku_id: line for line in order.new_lines if not line.is_gift}
    takings = []
    for promotion_id, sku_id, units in sorted(pooled, key=lambda row: row[1]):
        pool = FlashPool.objects.filter(promotion=promotion_id, sku=sku_id, closed_at=None)
        if not pool.filter(sold__lte=F("quota") - units).update(sold=F("sold") + units):
            raise PoolEmpty(sku_id)
        pool = pool.select_related("promotion").get()
        if not pool.left:
            offers_on_shelves.soon(pool.promotion)
        takings.append(FlashTaking(pool=pool, line=lines[sku_id], units=units))
    FlashTaking.objects.bulk_create(takings)
    return {taking.line.sku_id: taking.units for taking in takings}


def give_back(order):
    """Nobody paid: its units are in the pool again, where that is still open. Returns {line id: units in the pool}.

    Once, however often it is called; the caller releases the stock rows next.
    """
    back = {}
    takings = FlashTaking.objects.filter(line__order=order, back_at=None).only("pool", "line", "units")
    for taking in takings.order_by("pool__sku_id"):
        pool = FlashPool.objects.filter(pk=taking.pool_id, closed_at=None)
        if pool.update(sold=F("sold") - taking.units):
            FlashTaking.objects.filter(pk=taking.pk).update(back_at=timezone.now())
            back[taking.line_id] = taking.units
            if refilled := pool.filter(sold=F("quota") - taking.units).select_related("promotion").first():
                offers_on_shelves.soon(refilled.promotion)
    return back


deadlines.register(OPEN, open_pools)
deadlines.register(CLOSE, _close_when_due)
