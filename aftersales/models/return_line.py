from django.db import models
from django.utils.translation import gettext_lazy as _

from aftersales.models.return_request import ReturnRequest
from catalog.money import FenField
from orders.models import OrderLine


class ReturnLine(models.Model):
    """Units of one order line in a request, what was found at inspection, and what goes back."""

    class Bin(models.TextChoices):
        SELLABLE = "sellable", _("back on the shelf")
        SECOND = "second", _("second choice")
        SCRAP = "scrap", _("scrap")

    request = models.ForeignKey(ReturnRequest, models.CASCADE, related_name="lines", verbose_name=_("return"))
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="return_lines", verbose_name=_("order line"))
    quantity = models.PositiveIntegerField(_("quantity"))
    received_quantity = models.PositiveIntegerField(_("received"), default=0)
    accepted_quantity = models.PositiveIntegerField(_("accepted"), default=0)
    bin = models.CharField(_("goes to"), max_length=10, choices=Bin, default=Bin.SELLABLE)
    condition = models.CharField(_("condition"), max_length=200, blank=True)
    cash_fen = FenField(_("money back"), default=0)
    shipping_fen = FenField(_("delivery fee back"), default=0)
    points = models.PositiveIntegerField(_("points back"), default=0)

    class Meta:
        verbose_name = _("return line")
        verbose_name_plural = _("return lines")
        constraints = [
            models.UniqueConstraint(fields=["request", "line"], name="return_line_once"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1)
                & models.Q(received_quantity__lte=models.F("quantity"))
                & models.Q(accepted_quantity__lte=models.F("received_quantity")),
                name="return_line_units_add_up",
            ),
        ]

    def __str__(self):
        return f"{self.line} × {self.quantity}"
