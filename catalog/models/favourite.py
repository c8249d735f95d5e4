from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product
from catalog.models.sku import Sku
from catalog.money import FenField


class Favourite(models.Model):
    """A listing somebody keeps in mind, with what a fall in its price is measured against.

    ``told_price_fen`` is the price last told of; it is empty again once the price is back where it was. ``told`` counts
    the messages, so that each has a key of its own.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="favourites", verbose_name=_("shopper")
    )
    product = models.ForeignKey(Product, models.CASCADE, related_name="favourites", verbose_name=_("listing"))
    price_when_added_fen = FenField(_("price when added"))
    told_price_fen = FenField(_("price last told of"), null=True, blank=True)
    seen_in_stock = models.BooleanField(_("was in stock"), default=True)
    told = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta:
        verbose_name = _("favourite")
        verbose_name_plural = _("favourites")
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "product"], name="favourite_once")]

    def __str__(self):
        return f"{self.user_id} ♥ {self.product_id}"

    @property
    def fallen_fen(self):
        """By how much the listing is cheaper than when it was added, in fen; never negative."""
        return max(0, self.price_when_added_fen - self.product.price_min_fen)


class StockAlert(models.Model):
    """Somebody wants to be told once when a SKU can be had again."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="stock_alerts", verbose_name=_("shopper")
    )
    sku = models.ForeignKey(Sku, models.CASCADE, related_name="alerts", verbose_name=_("SKU"))
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)

    class Meta:
        verbose_name = _("back-in-stock alert")
        verbose_name_plural = _("back-in-stock alerts")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "sku"], condition=Q(told_at=None), name="one_open_stock_alert")
        ]
        indexes = [models.Index(fields=["sku"], condition=Q(told_at=None), name="stock_alert_open")]

    def __str__(self):
        return f"{self.user_id} ← {self.sku_id}"
