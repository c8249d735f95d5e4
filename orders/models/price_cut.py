from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.money import FenField
from orders.models.order import Order
from orders.models.order_line import OrderLine


class PriceCut(models.Model):
    """A reduction that staff give before an order is paid: of the whole order, or of one line.

    Above what one person may give alone it waits for a second one. ``goods_fen`` is what the goods cost when it was
    asked for: on any other amount it is not applied.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("waits for a second person")
        APPLIED = "applied", _("in effect")
        REFUSED = "refused", _("refused")

    order = models.ForeignKey(Order, models.PROTECT, related_name="price_cuts", verbose_name=_("order"))
    line = models.ForeignKey(
        OrderLine, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("order line")
    )
    fen = FenField(_("reduction"))
    goods_fen = FenField(_("price of the goods before"))
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.PROPOSED)
    reason = models.CharField(_("reason"), max_length=200)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("price reduction")
        verbose_name_plural = _("price reductions")
        ordering = ["-pk"]
        permissions = [("approve_pricecut", "Can approve price reductions")]
        constraints = [
            models.CheckConstraint(condition=models.Q(fen__gte=1), name="price_cut_takes_something"),
            models.UniqueConstraint(
                fields=["order"], condition=models.Q(status="proposed"), name="one_price_cut_waits"
            ),
        ]

    def __str__(self):
        return f"{self.order_id}: {self.fen}"
