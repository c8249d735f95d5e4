from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from catalog.money import FenField


class ListingDay(models.Model):
    """What happened to a listing on one day. A cache: ``orders.listing_figures`` computes it anew from events and orders.

    Views are of signed-in shoppers who allow it, each counted once a day, and of the browsers of guests; carts are of
    signed-in shoppers. Orders, units and money are what was paid on that day, whatever was given back later.
    """

    product = models.ForeignKey(Product, models.CASCADE, related_name="days", verbose_name=_("listing"))
    day = models.DateField(_("day"))
    views = models.PositiveIntegerField(_("shoppers who looked"), default=0)
    carts = models.PositiveIntegerField(_("put into carts"), default=0)
    orders = models.PositiveIntegerField(_("orders"), default=0)
    units = models.PositiveIntegerField(_("units sold"), default=0)
    revenue_fen = FenField(_("revenue"), default=0)

    class Meta:
        verbose_name = _("day of a listing")
        verbose_name_plural = _("days of listings")
        constraints = [models.UniqueConstraint(fields=["product", "day"], name="listing_day_once")]
        indexes = [models.Index(fields=["day"], name="listing_day")]

    def __str__(self):
        return f"{self.product_id} {self.day}"


class ListingFigures(Product):
    """A listing as the list of figures shows it."""

    class Meta:
        proxy = True
        verbose_name = _("figures of a listing")
        verbose_name_plural = _("sales and views of listings")
