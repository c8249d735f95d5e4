from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.money import FenField
from orders.models.order import Order
from orders.models.order_line import OrderLine


class Adjustment(models.Model):
    """One explained step from list price to payable, frozen with the order (docs/domain.md 6.5). ``fen`` is what it takes off."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="adjustments", verbose_name=_("order"))
    line = models.ForeignKey(OrderLine, models.PROTECT, null=True, blank=True, related_name="adjustments")
    stage = models.CharField(_("stage"), max_length=12)
    code = models.CharField(_("code"), max_length=30)
    source = models.CharField(_("source"), max_length=80, blank=True)
    fen = FenField(_("amount"))
    params = models.JSONField(_("facts"), default=dict)

    class Meta:
        verbose_name = _("price adjustment")
        verbose_name_plural = _("price adjustments")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.code} {self.fen}"
