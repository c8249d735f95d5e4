from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.money import FenField


class BankDebt(models.Model):
    """Money that we owe a shopper beside what they paid, so that no channel can carry it back: it is paid by bank.

    Two people sign: one pays, another confirms (``orders.debts``). A subclass has ``about``, the key of its story.
    """

    class Status(models.TextChoices):
        OWED = "owed", _("owed")
        SENT = "sent", _("paid, not confirmed")
        PAID = "paid", _("paid")

    amount_fen = FenField(_("amount"))
    status = models.CharField(_("status"), max_length=6, choices=Status, default=Status.OWED)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("paid by")
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    paid_at = models.DateTimeField(_("paid at"), null=True, blank=True)

    class Meta:
        abstract = True
