"""What signed-in shoppers do, noted for recommendations: a row a day for each listing and kind, and only while they want it.

Guests are never noted: nothing tells two of them apart without following them about. Views come from
``catalog.browsing``, in the statement that keeps the history; the others are told here, by orders too.
"""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from catalog import browsing
from catalog.models import ShopperEvent

Kind = ShopperEvent.Kind
# A view is forgotten with the browsing history.
KEPT = {Kind.VIEW: browsing.KEPT.days, Kind.FAVOURITE: 365, Kind.CART: 180, Kind.PURCHASE: 730}

RECORD = """
INSERT INTO catalog_shopperevent (user_id, product_id, kind, day)
SELECT %(user)s, listing.id, %(kind)s, %(day)s FROM catalog_product AS listing WHERE listing.id = ANY(%(products)s)
    AND NOT EXISTS (SELECT FROM catalog_shopperchoice WHERE user_id = %(user)s AND NOT personalised)
ON CONFLICT (user_id, day, product_id, kind) DO NOTHING
"""

TIDY = """
DELETE FROM catalog_shopperevent AS done USING unnest(%s::smallint[], %s::date[]) AS kept(kind, since)
WHERE done.kind = kept.kind AND done.day < kept.since
"""


def record(user_id, product_ids, kind):
    """Note that the shopper ``user_id`` did ``kind`` (a ``ShopperEvent.Kind``) to these listings today; one statement.

    Writes nothing for a guest (None) or for somebody who wants no personal recommendations.
    """
    products = sorted(set(product_ids))
    if not user_id or not products:
        return
    values = {"user": user_id, "products": products, "kind": int(kind), "day": timezone.localdate()}
    with connection.cursor() as cursor:
        cursor.execute(RECORD, values)


def forget(user):
    """Forget all events of ``user``; returns how many."""
    return ShopperEvent.objects.filter(user=user).delete()[0]


def tidy():
    """Drop what is older than its kind is kept; returns how many."""
    today = timezone.localdate()
    old = [(int(kind), today - timedelta(days=days)) for kind, days in KEPT.items()]
    with connection.cursor() as cursor:
        cursor.execute(TIDY, [[kind for kind, _day in old], [day for _kind, day in old]])
        return cursor.rowcount
