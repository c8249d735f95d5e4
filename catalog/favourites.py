"""Favourites, and what shoppers asked to be told of: a lower price, and goods that are back.

The messages are written by a periodic job; each is claimed by a guarded update, so that two workers tell once.
"""

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Sum
from django.utils import timezone

from accounts.notifications import notify
from catalog import shopper_events
from catalog.models import Favourite, Product, StockAlert
from catalog.money import yuan

MOST = 500
A_RUN = 500


class TooMany(Exception):
    """Nobody keeps more than ``MOST`` in mind."""


def add(user, product):
    """Keep ``product`` in mind at its present price; False when it is kept already. Raises ``TooMany``."""
    if user.favourites.count() >= MOST:
        raise TooMany
    product.refresh_from_db(fields=["price_min_fen", "in_stock"])
    _kept, made = Favourite.objects.get_or_create(
        user=user,
        product=product,
        defaults={"price_when_added_fen": product.price_min_fen, "seen_in_stock": product.in_stock},
    )
    if made:
        shopper_events.record(user.pk, [product.pk], shopper_events.Kind.FAVOURITE)
    return made


def remove(user, product_id):
    """Forget it; False when it was not kept."""
    return bool(user.favourites.filter(product=product_id).delete()[0])


def alert(user, sku):
    """Tell ``user`` once when ``sku`` can be had again; False when that is noted already. Raises ``TooMany``."""
    if user.stock_alerts.filter(told_at=None).count() >= MOST:
        raise TooMany
    return StockAlert.objects.get_or_create(user=user, sku=sku, told_at=None)[1]


def tell_price_drops():
    """Tell who keeps a listing that is cheaper now than when it was added, once for each fall; returns how many."""
    on_sale = Q(product__status=Product.Status.PUBLISHED, product__merchant__status="active")
    # A price that is back where it was makes the next fall news again.
    told = Favourite.objects.exclude(told_price_fen=None)
    told.filter(product__price_min_fen__gte=F("price_when_added_fen")).update(told_price_fen=None)
    lower = Q(told_price_fen=None, product__price_min_fen__lt=F("price_when_added_fen")) | Q(
        product__price_min_fen__lt=F("told_price_fen")
    )
    fallen = Favourite.objects.filter(on_sale, lower, product__in_stock=True, product__price_min_fen__gt=0)
    return sum(_tell_drop(favourite) for favourite in fallen.select_related("product", "user")[:A_RUN])


def _tell_drop(favourite):
    product, now_fen = favourite.product, favourite.product.price_min_fen
    with transaction.atomic():
        mine = Favourite.objects.filter(pk=favourite.pk, told=favourite.told)
        if not mine.update(told_price_fen=now_fen, told=F("told") + 1):
            return 0
        facts = {"title": product.title[:60], "price": yuan(now_fen), "before": yuan(favourite.price_when_added_fen)}
        key = f"favourite:{favourite.pk}:drop:{favourite.told + 1}"
        notify(favourite.user, "favourite_cheaper", key=key, facts=facts, url=product.get_absolute_url())
        return 1


def tell_back_in_stock():
    """Tell who keeps a listing, or waits for one of its SKUs, that it can be had again; returns how many."""
    Favourite.objects.filter(seen_in_stock=True, product__in_stock=False).update(seen_in_stock=False)
    listed = Q(product__status=Product.Status.PUBLISHED, product__merchant__status="active", product__in_stock=True)
    waits = StockAlert.objects.filter(user=OuterRef("user"), sku__product=OuterRef("product"), told_at=None)
    back = Favourite.objects.filter(listed, seen_in_stock=False).annotate(waits=Exists(waits))
    told = sum(_tell_back(favourite) for favourite in back.select_related("product", "user")[:A_RUN])
    return told + sum(_tell_alert(alert) for alert in _due_alerts())


def _tell_back(favourite):
    with transaction.atomic():
        mine = Favourite.objects.filter(pk=favourite.pk, seen_in_stock=False)
        if not mine.update(seen_in_stock=True, told=F("told") + 1) or favourite.waits:
            return 0  # who waits for the SKU is told of the SKU
        facts = {"title": favourite.product.title[:60]}
        key = f"favourite:{favourite.pk}:back:{favourite.told + 1}"
        notify(favourite.user, "favourite_back", key=key, facts=facts, url=favourite.product.get_absolute_url())
        return 1


def _due_alerts():
    waiting = StockAlert.objects.filter(
        told_at=None,
        sku__is_active=True,
        sku__product__status=Product.Status.PUBLISHED,
        sku__product__merchant__status="active",
    )
    left = Sum(F("sku__stocks__on_hand") - F("sku__stocks__reserved") + F("sku__stocks__presale"))
    return waiting.annotate(left=left).filter(left__gt=0).select_related("sku__product", "user").order_by("pk")[:A_RUN]


def _tell_alert(alert):
    with transaction.atomic():
        if not StockAlert.objects.filter(pk=alert.pk, told_at=None).update(told_at=timezone.now()):
            return 0
        product = alert.sku.product
        facts = {"title": product.title[:60], "options": " ".join(alert.sku.options)}
        notify(alert.user, "stock_back", key=f"stock-alert:{alert.pk}", facts=facts, url=product.get_absolute_url())
        return 1
