from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.work import WorkRow
from catalog.money import FenField, yuan
from orders.models.payment import Payment
from orders.models.refund import Refund


class ChannelBill(WorkRow):
    """What a channel says it booked on one day, fetched the morning after and compared with our books."""

    gateway = models.CharField(_("channel"), max_length=20)
    day = models.DateField(_("day"))
    fetched_at = models.DateTimeField(_("fetched at"), null=True, blank=True)
    paid_fen = FenField(_("payments"), default=0)
    refunded_fen = FenField(_("refunds"), default=0)
    fee_fen = models.BigIntegerField(_("fees"), default=0)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("bill of a channel")
        verbose_name_plural = _("bills of channels")
        ordering = ["-day", "gateway"]
        constraints = [models.UniqueConstraint(fields=["gateway", "day"], name="one_bill_a_day")]
        indexes = [
            models.Index(fields=["run_after"], condition=models.Q(done_at=None, given_up_at=None), name="bill_due")
        ]

    def __str__(self):
        return f"{self.gateway} {self.day}"

    @property
    def about(self):
        """The key of this bill's story in the history."""
        return f"bill:{self.gateway}:{self.day}"

    def perform(self):
        from orders.reconciliation import work_on

        work_on(self)


class BillLine(models.Model):
    """One payment or refund on a bill; ``number`` is ours. A bill that is fetched again replaces its lines."""

    bill = models.ForeignKey(ChannelBill, models.CASCADE, related_name="lines", verbose_name=_("bill"))
    gateway = models.CharField(_("channel"), max_length=20)
    number = models.CharField(_("our number"), max_length=64, blank=True)
    is_refund = models.BooleanField(_("refund"))
    reference = models.CharField(_("channel's number"), max_length=64, blank=True)
    amount_fen = FenField(_("amount"))
    fee_fen = models.BigIntegerField(_("fee"), default=0)

    class Meta:
        verbose_name = _("line of a bill")
        verbose_name_plural = _("lines of bills")
        indexes = [models.Index(fields=["number", "gateway"], name="bill_line_number")]

    def __str__(self):
        return self.number or self.reference


class Difference(models.Model):
    """Where a bill and our books disagree, until somebody says why or the books agree after all."""

    class Kind(models.TextChoices):
        MISSING_HERE = "missing_here", _("not in our books")
        MISSING_THERE = "missing_there", _("not on the bill")
        AMOUNT = "amount", _("another amount")
        STATUS = "status", _("another state")
        FEE = "fee", _("another fee")
        TWICE = "twice", _("twice on the bill")

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        PROPOSED = "proposed", _("waits for a second person")
        RESOLVED = "resolved", _("resolved")
        CLEARED = "cleared", _("agrees now")

    bill = models.ForeignKey(ChannelBill, models.PROTECT, related_name="differences", verbose_name=_("bill"))
    kind = models.CharField(_("what differs"), max_length=20, choices=Kind)
    number = models.CharField(_("number"), max_length=64)
    is_refund = models.BooleanField(_("refund"), default=False)
    here_fen = models.BigIntegerField(_("in our books"), default=0)
    there_fen = models.BigIntegerField(_("on the bill"), default=0)
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, blank=True, verbose_name=_("payment"))
    refund = models.ForeignKey(Refund, models.PROTECT, null=True, blank=True, verbose_name=_("refund"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposed by")
    )
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("resolved by")
    )
    found_at = models.DateTimeField(_("found at"), auto_now_add=True)
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)

    class Meta:
        verbose_name = _("difference with a channel")
        verbose_name_plural = _("differences with channels")
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["bill", "kind", "number", "is_refund"], name="difference_found_once"),
        ]
        indexes = [
            models.Index(
                fields=["found_at"], condition=models.Q(status__in=["open", "proposed"]), name="difference_to_resolve"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.number} (¥{yuan(self.here_fen)} / ¥{yuan(self.there_fen)})"

    @property
    def gap_fen(self):
        """How much money the disagreement is about."""
        return abs(self.here_fen - self.there_fen)
