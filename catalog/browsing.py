"""What a shopper looked at: kept for them alone, in one statement a page, and only while they want it."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from accounts.prepared import Question
from catalog.models import ShopperChoice, ShopperEvent

KEPT = timedelta(days=90)
MOST = 200

# Looking again within a minute writes nothing. Recommendations take it as an event of the day, if they may be personal.
SEEN = """
WITH noted AS (
    INSERT INTO catalog_viewedproduct AS known (user_id, product_id, seen_at)
    SELECT %(user)s::bigint, %(product)s::bigint, %(now)s::timestamptz
    WHERE NOT EXISTS (SELECT FROM catalog_shopperchoice WHERE user_id = %(user)s AND NOT keep_history)
    ON CONFLICT (user_id, product_id) DO UPDATE SET seen_at = excluded.seen_at
    WHERE known.seen_at < excluded.seen_at - interval '1 minute'
)
INSERT INTO catalog_shopperevent (user_id, product_id, kind, day)
SELECT %(user)s::bigint, %(product)s::bigint, %(kind)s::smallint, %(day)s::date WHERE NOT EXISTS (
    SELECT FROM catalog_shopperchoice WHERE user_id = %(user)s AND NOT (keep_history AND personalised)
)
ON CONFLICT (user_id, day, product_id, kind) DO NOTHING
RETURNING kind
"""
_saw = Question(SEEN)

TIDY = """
DELETE FROM catalog_viewedproduct AS old USING (
    SELECT id, seen_at, row_number() OVER (PARTITION BY user_id ORDER BY seen_at DESC, id DESC) AS place
    FROM catalog_viewedproduct
) AS placed
WHERE old.id = placed.id AND (placed.place > %s OR placed.seen_at < %s)
"""


def note(request, product):
    """The person of ``request`` looks at ``product``. A page that a browser fetches ahead was not looked at."""
    if not request.user.is_authenticated or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return
    values = {"user": request.user.pk, "product": product.pk, "now": timezone.now()}
    values |= {"kind": int(ShopperEvent.Kind.VIEW), "day": timezone.localdate()}
    _saw(**values)


def is_kept(user):
    """Whether ``user`` wants a history; so it is until they say otherwise."""
    return not ShopperChoice.objects.filter(user=user, keep_history=False).exists()


def keep(user, wanted):
    """Keep a history from now on, or not; what is there stays until it is cleared."""
    ShopperChoice.objects.update_or_create(user=user, defaults={"keep_history": wanted})


def clear(user):
    """Forget all that ``user`` looked at, also for recommendations; returns how many."""
    user.shopper_events.filter(kind=ShopperEvent.Kind.VIEW).delete()
    return user.viewed_products.all().delete()[0]


def forget(user, product_id):
    """Forget that ``user`` looked at one listing."""
    user.shopper_events.filter(kind=ShopperEvent.Kind.VIEW, product=product_id).delete()
    user.viewed_products.filter(product=product_id).delete()


def of(user):
    """What ``user`` looked at, the latest first, as far as it has a page."""
    shown = user.viewed_products.exclude(product__published_at=None)
    return shown.select_related("product__cover").order_by("-seen_at", "-pk")


def tidy():
    """Drop what is older than 90 days or beyond the latest 200 of a person; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(TIDY, [MOST, timezone.now() - KEPT])
        return cursor.rowcount
