from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from aftersales.models.return_request import ReturnRequest
from orders.models.debt import BankDebt

MOST_FEN = 2_500


class ReturnPostage(BankDebt):
    """What the shopper paid a carrier to send goods back that were not as they should be: we owe it, up to ¥25, by receipt.

    It was never part of a payment, so no channel can give it back with the goods: it is paid by bank.
    """

    request = models.OneToOneField(ReturnRequest, models.PROTECT, related_name="postage", verbose_name=_("return"))
    receipt = models.CharField(_("receipt"), max_length=100, help_text=_("Its number, or where it lies."))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )

    class Meta:
        verbose_name = _("return postage")
        verbose_name_plural = _("return postage")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_fen__gte=1, amount_fen__lte=MOST_FEN), name="return_postage_is_capped"
            )
        ]

    def __str__(self):
        return f"{self.request}: {self.amount_fen}"

    @property
    def of(self):
        """What it is owed for, in a few signs."""
        return self.request

    @property
    def about(self):
        """The key of the story it belongs to."""
        return self.request.about
