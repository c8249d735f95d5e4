from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Sku, Stock
from orders.models.order_line import OrderLine
from orders.models.promotion import Promotion

Q, F = models.Q, models.F


class FlashPool(models.Model):
    """The stock of a flash sale for one SKU: ``quota`` units were moved out of normal stock, ``sold`` of them are sold.

    The row is the truth: a sale is one guarded update of ``sold``. When it closes, what is left is normal stock again.
    """

    promotion = models.ForeignKey(Promotion, models.PROTECT, related_name="pools", verbose_name=_("promotion"))
    sku = models.ForeignKey(Sku, models.PROTECT, related_name="+", verbose_name=_("SKU"))
    place = models.ForeignKey(Stock, models.PROTECT, related_name="+", verbose_name=_("stock"))
    quota = models.PositiveIntegerField(_("units set aside"))
    sold = models.PositiveIntegerField(_("units sold"), default=0)
    run = models.PositiveSmallIntegerField(default=1, editable=False)
    opened_at = models.DateTimeField(_("opened at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("stock of a flash sale")
        verbose_name_plural = _("stock of flash sales")
        ordering = ["promotion", "sku"]
        constraints = [
            models.UniqueConstraint(fields=["promotion", "sku"], name="one_pool_a_sku"),
            models.CheckConstraint(condition=Q(sold__lte=F("quota")), name="flash_sold_within_quota"),
        ]

    def __str__(self):
        return f"{self.promotion}: {self.sold} / {self.quota}"

    @property
    def left(self):
        return self.quota - self.sold


class FlashTaking(models.Model):
    """That a line took units out of a pool. ``back_at``: its order was closed unpaid and they went back into the pool."""

    pool = models.ForeignKey(FlashPool, models.PROTECT, related_name="takings", verbose_name=_("stock of a flash sale"))
    line = models.OneToOneField(OrderLine, models.PROTECT, related_name="flash", verbose_name=_("order line"))
    units = models.PositiveIntegerField(_("units"))
    back_at = models.DateTimeField(_("given back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("units of a flash sale")
        verbose_name_plural = _("units of flash sales")

    def __str__(self):
        return f"{self.line_id} × {self.units}"
