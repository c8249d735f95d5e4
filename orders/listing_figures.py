"""Sales and views of each listing by day: counted by a worker for the last days, read by the back office.

The days are those of the shop's own clock. Counting is one statement for any number of listings and safe to repeat.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from catalog.models import ShopperEvent
from orders.models import ListingDay

KEPT_DAYS = 400
PERIODS = (7, 30, 90)
# A payment of yesterday may be heard of today; nothing older changes.
USUAL_DAYS = 3

COUNT = """
INSERT INTO orders_listingday (product_id, day, views, carts, orders, units, revenue_fen)
SELECT product_id, day, sum(views), sum(carts), sum(orders), sum(units), sum(fen) FROM (
    SELECT product_id, day, count(*) FILTER (WHERE kind = %(view)s) AS views,
           count(*) FILTER (WHERE kind = %(cart)s) AS carts, 0 AS orders, 0 AS units, 0 AS fen
    FROM catalog_shopperevent WHERE day BETWEEN %(since)s AND %(until)s AND kind IN (%(view)s, %(cart)s)
    GROUP BY product_id, day
    UNION ALL
    SELECT product_id, day, views, 0, 0, 0, 0 FROM catalog_guestviews WHERE day BETWEEN %(since)s AND %(until)s
    UNION ALL
    SELECT line.product_id, (placed.paid_at AT TIME ZONE %(zone)s)::date, 0, 0, count(DISTINCT placed.id),
           sum(line.quantity), sum(line.payable_fen)
    FROM orders_order AS placed JOIN orders_orderline AS line ON line.order_id = placed.id
    WHERE placed.paid_at >= %(since)s::timestamp AT TIME ZONE %(zone)s
      AND placed.paid_at < (%(until)s::date + 1)::timestamp AT TIME ZONE %(zone)s
    GROUP BY 1, 2
) AS found GROUP BY product_id, day
ON CONFLICT (product_id, day) DO UPDATE SET views = excluded.views, carts = excluded.carts, orders = excluded.orders,
    units = excluded.units, revenue_fen = excluded.revenue_fen
"""


def count(days=USUAL_DAYS):
    """Count the last ``days`` days anew, today among them; days that are too old go. Returns how many rows were written."""
    today = timezone.localdate()
    since = today - timedelta(days=days - 1)
    facts = {"since": since, "until": today, "zone": settings.TIME_ZONE}
    facts |= {"view": int(ShopperEvent.Kind.VIEW), "cart": int(ShopperEvent.Kind.CART)}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(COUNT, facts)
        written = cursor.rowcount
        ListingDay.objects.filter(day__lt=today - timedelta(days=KEPT_DAYS)).delete()
    return written


@dataclass(frozen=True)
class Day:
    """One day of a listing; ``revenue_fen`` in fen."""

    date: object
    views: int = 0
    carts: int = 0
    orders: int = 0
    units: int = 0
    revenue_fen: int = 0


def days_of(product, days):
    """The last ``days`` days of ``product``, the oldest first, those without anything too; one query."""
    today = timezone.localdate()
    since = today - timedelta(days=days - 1)
    names = ("views", "carts", "orders", "units", "revenue_fen")
    rows = ListingDay.objects.filter(product=product.pk, day__gte=since).values_list("day", *names)
    found = {row[0]: Day(*row) for row in rows}
    return [found.get(day, Day(day)) for day in (since + timedelta(days=n) for n in range(days))]


def totals(days):
    """The sum of ``days`` as a dictionary, with ``conversion_bp``: orders by shoppers who looked, None without any."""
    names = ("views", "carts", "orders", "units", "revenue_fen")
    found = {name: sum(getattr(day, name) for day in days) for name in names}
    return found | {"conversion_bp": conversion(found["orders"], found["views"])}


def conversion(orders, views):
    """Basis points of shoppers who looked that bought, None when nobody is known to have looked."""
    return min(10_000, orders * 10_000 // views) if views else None
