from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.work import WorkRow
from catalog.money import FenField
from orders.models.order import Order
from orders.models.order_line import OrderLine
from orders.models.payment import Payment


class Refund(WorkRow):
    """One movement of money back to where it came from (docs/domain.md 2.3).

    ``number`` is our out_refund_no: made and stored before the first call, the same for every retry.
    """

    class Status(models.TextChoices):
        REQUESTED = "requested", _("waiting for approval")
        APPROVED = "approved", _("approved")
        PROCESSING = "processing", _("sent to the channel")
        SUCCEEDED = "succeeded", _("refunded")
        FAILED = "failed", _("refused by the channel")
        ABNORMAL = "abnormal", _("cannot reach the account")
        MANUAL = "manual", _("paid by bank")
        CANCELLED = "cancelled", _("cancelled")

    SURPLUS = "unapplied"  # the reason of money that no order took
    DEAD = (Status.CANCELLED,)  # gives nothing back and never will

    order = models.ForeignKey(Order, models.PROTECT, related_name="refunds", verbose_name=_("order"))
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds", verbose_name=_("payment"))
    number = models.CharField(_("refund number"), max_length=32, unique=True)
    source = models.CharField(_("source"), max_length=80, unique=True, help_text=_("what it is for; refunded once"))
    amount_fen = FenField(_("amount"))
    reason = models.CharField(_("reason"), max_length=40)
    our_fault = models.BooleanField(_("our fault"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.REQUESTED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("asked by")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    gateway_reference = models.CharField(_("channel's number"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    succeeded_at = models.DateTimeField(_("succeeded at"), null=True, blank=True)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-pk"]
        permissions = [("approve_refund", _("Can approve a refund that somebody else asked for"))]
        constraints = [models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="refund_is_positive")]

    def __str__(self):
        return self.number

    @property
    def is_surplus(self):
        """Whether it gives back money that the order never took, so that the order stays as it is."""
        return self.reason == self.SURPLUS

    def perform(self):
        from orders.refund_sending import send

        send(self)


class RefundLine(models.Model):
    """How a refund divides over lines: goods, share of the delivery fee and points. Append-only."""

    refund = models.ForeignKey(Refund, models.PROTECT, related_name="lines", verbose_name=_("refund"))
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="refund_lines", verbose_name=_("order line"))
    quantity = models.PositiveIntegerField(_("quantity"), default=0)
    goods_fen = FenField(_("goods"), default=0)
    shipping_fen = FenField(_("delivery fee"), default=0)
    points = models.PositiveIntegerField(_("points given back"), default=0)

    class Meta:
        verbose_name = _("refund line")
        verbose_name_plural = _("refund lines")
        constraints = [models.UniqueConstraint(fields=["refund", "line"], name="refund_line_once")]

    def __str__(self):
        return f"{self.refund}: {self.goods_fen + self.shipping_fen}"
