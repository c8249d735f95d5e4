"""Listings as shoppers meet them: on sale or not, and the cached facts that lists and cards read.

``refresh`` makes the caches of listings equal to their SKUs, pictures and texts. Whoever changes one of these calls it.
"""

from django.db import connection, transaction
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import history
from accounts.models import StateLog
from accounts.roles import is_global
from catalog import attributes, dealt_prices, listing_reviews, search, shelf_offers, standing
from catalog.listing_rules import desk
from catalog.models import Picture, Product

CACHES = """
UPDATE catalog_product AS listing SET
    price_min_fen = coalesce(sale.lowest, 0),
    price_max_fen = coalesce(sale.highest, 0),
    reference_price_fen = sale.reference,
    in_stock = coalesce(sale.in_stock, false),
    cover_id = (
        SELECT id FROM catalog_picture WHERE product_id = wanted.id AND status <> 'failed'
        ORDER BY (status = 'ready') DESC, position, id LIMIT 1
    )
FROM (SELECT id FROM catalog_product WHERE id = ANY(%s) ORDER BY id FOR UPDATE) AS wanted
LEFT JOIN LATERAL (
    SELECT min(sku.price_fen) AS lowest,
           max(sku.price_fen) AS highest,
           (array_agg(sku.shown_reference_fen ORDER BY sku.price_fen, sku.position, sku.id))[1] AS reference,
           bool_or(EXISTS (
               SELECT FROM catalog_stock AS place WHERE place.sku_id = sku.id
                   AND (place.on_hand > place.reserved + place.waiting OR place.presale > 0)
           )) AS in_stock
    FROM catalog_sku AS sku WHERE sku.product_id = wanted.id AND sku.is_active
) AS sale ON true
WHERE listing.id = wanted.id
RETURNING CASE WHEN listing.slug = '' THEN listing.id END
"""

IN_STOCK = """
UPDATE catalog_product AS listing SET in_stock = NOT listing.in_stock
WHERE {which} listing.in_stock <> EXISTS (
    SELECT FROM catalog_sku AS sku JOIN catalog_stock AS place ON place.sku_id = sku.id
    WHERE sku.product_id = listing.id AND sku.is_active AND (place.on_hand > place.reserved + place.waiting OR place.presale > 0)
)
"""


CHUNK = 2000


class NotPublishable(Exception):
    """The listing lacks what a shopper needs; ``reasons`` are sentences for the merchant."""

    def __init__(self, reasons):
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def refresh(product_ids):
    """Make prices, stock flag, cover, slug and search words of these listings true; set-based."""
    ids = sorted(set(product_ids))
    if not ids:
        return
    with transaction.atomic(savepoint=False):
        unnamed = refresh_prices(ids)
        if unnamed:
            _name_slugs(unnamed)
        search.index(ids)
        shelf_offers.refresh(ids)


def tick(category):
    """Make what lists filter by true for the listings of a category and all below it: its template has changed."""
    attributes.forget()
    ids = list(Product.objects.filter(category__path__startswith=category.path).values_list("pk", flat=True))
    for begin in range(0, len(ids), CHUNK):
        search.tick(ids[begin : begin + CHUNK])


def refresh_prices(product_ids):
    """The part of ``refresh`` that prices, stock and pictures need: two statements, no words.

    Returns the ids of those that have no address of their own yet.
    """
    ids = sorted(set(product_ids))
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        dealt_prices.settle(ids)
        cursor.execute(CACHES, [ids])
        return [pk for (pk,) in cursor if pk is not None]


def correct_stock_flags(sku_ids=None):
    """Make ``in_stock`` of the listings of these SKUs (or of all listings) true; returns how many were not."""
    which, params = "", None
    if sku_ids is not None:
        which, params = "listing.id IN (SELECT product_id FROM catalog_sku WHERE id = ANY(%s)) AND", [list(sku_ids)]
    with connection.cursor() as cursor:
        cursor.execute(IN_STOCK.format(which=which), params)
        return cursor.rowcount


def _name_slugs(ids):
    for product in Product.objects.filter(pk__in=ids).only("pk", "title", "title_en"):
        Product.objects.filter(pk=product.pk).update(
            slug=slugify(product.title_en or product.title, allow_unicode=True)[:120] or "p"
        )


def reasons_against(product):
    """Why ``product`` cannot be on sale, as sentences; empty when it can."""
    skus = product.skus.filter(is_active=True)
    checks = [
        (not product.title.strip(), _("The title is missing.")),
        (product.category_id is None, _("The category is missing.")),
        (not skus.exists(), _("There is no SKU on sale.")),
        (skus.filter(price_fen__lte=0).exists(), _("A SKU has no price.")),
        (
            not product.pictures.exclude(status=Picture.Status.FAILED).exists(),
            _("There is no picture that can be shown."),
        ),
    ]
    return [reason for missing, reason in checks if missing]


def rules_against(product):
    """What the listing rules find that stops ``product`` from going on sale, as sentences; the findings are kept."""
    return [finding.sentence for finding in desk.check([product.pk])[product.pk] if finding.stops]


def publish(product, by=None, reason="", *, reviewed=False):
    """Put ``product`` on sale; True when it went on sale.

    False when it was already, or when its merchant is read first and it waits in the review queue from now on:
    ``product.status`` says which. Raises ``NotPublishable`` with the reasons. ``reviewed=True`` is the queue's approval.
    """
    with transaction.atomic():
        if not product.is_published:
            reasons = [*reasons_against(product), *rules_against(product)]
            if not reviewed and not standing.duty_of(product.merchant).may_publish and not (by and is_global(by)):
                reasons.append(str(standing.EXPLAINED["frozen"]))
            if reasons:
                raise NotPublishable(reasons)
            if not reviewed and listing_reviews.must_be_read(product, by):
                listing_reviews.submit(product, by)
                product.refresh_from_db()
                return False
            if not reviewed:
                listing_reviews.withdraw(product, by)
        moved = _move(
            product,
            Product.Status.PUBLISHED,
            {Product.Status.DRAFT, Product.Status.IN_REVIEW, Product.Status.TAKEN_DOWN},
            by,
            reason,
            published_at=Coalesce("published_at", timezone.now()),
        )
        refresh([product.pk])
        product.refresh_from_db()
        return moved


def take_down(product, by=None, reason=""):
    """Take ``product`` off sale; its page stays. Returns False when it was taken down already."""
    allowed = {Product.Status.DRAFT, Product.Status.IN_REVIEW, Product.Status.PUBLISHED}
    with transaction.atomic():
        moved = _move(product, Product.Status.TAKEN_DOWN, allowed, by, reason)
        if moved:
            listing_reviews.withdraw(product, by)
    return moved


def _move(product, to, allowed, by, reason, **changes):
    return history.move(
        product,
        to=to,
        allowed=allowed,
        about=f"listing:{product.pk}",
        by=by,
        actor=StateLog.Actor.STAFF if by else StateLog.Actor.SYSTEM,
        reason=reason,
        **changes,
    )


def on_sale():
    """Every listing that shoppers may see and buy."""
    return Product.objects.published()


def in_category(category):
    """The listings of a category and all below it."""
    below = "catalog_product.category_id = ANY(ARRAY(SELECT id FROM catalog_category WHERE path LIKE %s))"
    return on_sale().filter(RawSQL(below, [f"{category.path}%"], BooleanField()))  # noqa: S611 only the path varies
