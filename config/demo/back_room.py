"""What a merchant's people see behind the shop: counted shelves, days of cover, what comes later, and a quarter of figures."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from accounts.models import User
from catalog import listing_changes, outlook, presale, stock_takes
from catalog.models import Product, Sku, Warehouse
from config.demo.clock import at, days_ago
from orders import listing_figures

# SKU code → (units to come, in how many days).
TO_COME = {"NM-SHELF-80": (12, 18), "NM-BENCH-110": (20, 25)}
# Where the merchants' goods lie.
PLACES = {"yuji": "330106", "shanyao": "360203", "mianli": "320611"}
BEFORE = 88

# Older days than anybody's story: so many looked and bought as fits what the listing has sold, with quiet Mondays.
QUARTER = """
INSERT INTO orders_listingday (product_id, day, views, carts, orders, units, revenue_fen)
SELECT listing.id, day::date, views, views / 6, sold, sold, sold * listing.price_min_fen
FROM catalog_product AS listing, generate_series(%(since)s::date, %(until)s::date, '1 day') AS day,
LATERAL (SELECT greatest(0, 4 + listing.sold_count / 40 + (listing.id * 7 + extract(doy FROM day)::int * 13) %% 9
         - CASE extract(isodow FROM day) WHEN 1 THEN 5 ELSE 0 END)::int AS views) AS looked,
LATERAL (SELECT CASE WHEN views > 6 THEN (views + extract(doy FROM day)::int + listing.id) %% 11 / 5 ELSE 0 END::int
         AS sold) AS bought
WHERE listing.status = 'published' ON CONFLICT DO NOTHING
"""


def furnish():
    """Fill the back room; returns how many days of figures there are."""
    for slug, code in PLACES.items():
        Warehouse.objects.filter(merchant__slug=slug, is_default=True).update(region_code=code)
    for code, (units, days) in TO_COME.items():
        presale.offer(Sku.objects.get(code=code), units, timezone.localdate() + timedelta(days=days))
    _count_shelves()
    _edit()
    outlook.run()
    return _figures()


def _count_shelves():
    """A sheet that was counted and booked, and one that people are at."""
    operator = User.objects.get(email="operator@demo.zhanggui.example")
    place = Warehouse.objects.get(merchant__slug="yuji", is_default=True)
    with at(days_ago(9)):
        take = stock_takes.begin(place, scope="秋季盘点", by=operator)
        lines = list(take.lines.order_by("pk")[:6])
        found = {line.pk: line.expected + (2 if number == 3 else 0) for number, line in enumerate(lines)}
        stock_takes.note(take, found, by=operator)
        stock_takes.confirm(take, by=operator)
    take = stock_takes.begin(place, scope="11 月循环盘点", by=operator)
    counted = take.lines.order_by("pk")[:4]
    stock_takes.note(take, {line.pk: line.expected for line in counted}, by=operator)


def _edit():
    """A change or two, so that the history of a listing has something to tell."""
    pot = Product.objects.get(handle="jiqing-teapot")
    words = pot.subtitle
    by = User.objects.get(email="yuji@demo.zhanggui.example")
    for text in (f"{words}。", words):
        with listing_changes.noting([pot.pk], by=by, source="editor"):
            Product.objects.filter(pk=pot.pk).update(subtitle=text)


def _figures():
    today = timezone.localdate()
    with connection.cursor() as cursor:
        facts = {"since": today - timedelta(days=BEFORE), "until": today - timedelta(days=1)}
        cursor.execute(QUARTER, facts)
        written = cursor.rowcount
    return written + listing_figures.count(1)
