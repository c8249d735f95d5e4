from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.stock import Stock, Warehouse


class StockTake(models.Model):
    """A count of (a part of) a warehouse: what the books said when the sheet was made, what people counted, who agreed."""

    class Status(models.TextChoices):
        COUNTING = "counting", _("being counted")
        APPLIED = "applied", _("booked")
        CANCELLED = "cancelled", _("cancelled")

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="takes", verbose_name=_("warehouse"))
    scope = models.CharField(_("what is counted"), max_length=120, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.COUNTING)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("begun by")
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("booked by")
    )
    created_at = models.DateTimeField(_("sheet made at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("stock-take")
        verbose_name_plural = _("stock-takes")
        ordering = ["-pk"]
        constraints = [
            # Two sheets of one shelf would book the same difference twice.
            models.UniqueConstraint(
                fields=["warehouse"], condition=models.Q(status="counting"), name="one_open_stock_take_a_warehouse"
            )
        ]

    def __str__(self):
        return f"{self.warehouse} {self.pk}"

    @property
    def about(self):
        return f"stock-take:{self.pk}"

    @property
    def is_open(self):
        return self.status == self.Status.COUNTING


class StockTakeLine(models.Model):
    """One stock row on the sheet. ``counted`` stays empty for what nobody has counted; it is then left alone."""

    take = models.ForeignKey(StockTake, models.CASCADE, related_name="lines")
    stock = models.ForeignKey(Stock, models.PROTECT, related_name="+")
    expected = models.IntegerField(_("in the books"))
    counted = models.PositiveIntegerField(_("counted"), null=True, blank=True)
    counted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    counted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("line of a count sheet")
        verbose_name_plural = _("lines of a count sheet")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["take", "stock"], name="stock_row_once_a_take")]

    def __str__(self):
        return f"{self.stock_id}: {self.counted}"

    @property
    def difference(self):
        """Units more (or fewer) than the books said when the sheet was made; None while it is not counted."""
        return None if self.counted is None else self.counted - self.expected
