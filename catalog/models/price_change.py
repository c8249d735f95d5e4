from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.sku import Sku
from catalog.money import FenField


class PriceChange(models.Model):
    """The price history of a SKU. Append-only: the lawful strike-through price is read from here."""

    sku = models.ForeignKey(Sku, models.PROTECT, related_name="price_changes", verbose_name=_("SKU"))
    before_fen = FenField(_("before"), null=True)
    after_fen = FenField(_("after"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    source = models.CharField(_("source"), max_length=80, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("change of price")
        verbose_name_plural = _("price history")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.sku_id}: {self.before_fen} → {self.after_fen}"
