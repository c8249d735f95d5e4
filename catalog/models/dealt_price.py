from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.sku import Sku
from catalog.money import FenField


class DealtPrice(models.Model):
    """What a unit of a SKU was really sold for, one row a day and price: the ground of a lawful strike-through price."""

    sku = models.ForeignKey(Sku, models.PROTECT, related_name="dealt_prices", verbose_name=_("SKU"))
    day = models.DateField(_("day"))
    unit_fen = FenField(_("price of a unit"))
    units = models.PositiveIntegerField(_("units"))
    first_at = models.DateTimeField(_("first"))
    last_at = models.DateTimeField(_("last"))

    class Meta:
        verbose_name = _("dealt price")
        verbose_name_plural = _("dealt prices")
        ordering = ["-day", "-pk"]
        constraints = [models.UniqueConstraint(fields=["sku", "day", "unit_fen"], name="dealt_price_once_a_day")]

    def __str__(self):
        return f"{self.sku_id} {self.day}: {self.unit_fen}"
