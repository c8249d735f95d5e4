from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.money import FenField
from orders.models.debt import BankDebt
from orders.models.order import Order
from orders.models.promotion import PromotionVersion


class OrderPresale(models.Model):
    """The terms of a presale order, frozen with it (docs/domain.md 4.10): a deposit now, the balance in a window later.

    ``deposit_fen`` is what is paid first and counts for ``counts_fen``; both for the whole order. ``kept_fen`` is what the
    shop kept because the balance never came.
    """

    order = models.OneToOneField(Order, models.PROTECT, related_name="presale", verbose_name=_("order"))
    version = models.ForeignKey(PromotionVersion, models.PROTECT, related_name="+", verbose_name=_("version"))
    deposit_fen = FenField(_("deposit"))
    counts_fen = FenField(_("counts for"))
    balance_from = models.DateTimeField(_("balance from"))
    balance_until = models.DateTimeField(_("balance until"))
    settled_at = models.DateTimeField(_("discounts of the balance settled at"), null=True, blank=True)
    kept_fen = FenField(_("deposit kept"), default=0)

    class Meta:
        verbose_name = _("presale of an order")
        verbose_name_plural = _("presales of orders")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(deposit_fen__gt=0, counts_fen__gte=models.F("deposit_fen"))
                & models.Q(kept_fen__lte=models.F("deposit_fen")),
                name="presale_deposit_counts",
            ),
            models.CheckConstraint(
                condition=models.Q(balance_until__gt=models.F("balance_from")), name="presale_window_is_one"
            ),
        ]

    def __str__(self):
        return f"{self.order_id}: {self.deposit_fen}"


class DepositDebt(BankDebt):
    """The second half of a doubled deposit: we failed to deliver, so the shopper is owed as much again."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="deposit_debt", verbose_name=_("order"))

    class Meta:
        verbose_name = _("doubled deposit")
        verbose_name_plural = _("doubled deposits")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="deposit_debt_is_positive")]

    def __str__(self):
        return f"{self.order}: {self.amount_fen}"

    @property
    def of(self):
        """What it is owed for, in a few signs."""
        return self.order

    @property
    def about(self):
        """The key of the story it belongs to."""
        return self.order.about
