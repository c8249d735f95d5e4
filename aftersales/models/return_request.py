from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Merchant
from catalog.money import FenField
from orders.models import Order, Parcel


class ReturnRequest(models.Model):
    """A shopper's request about delivered or paid goods (docs/domain.md 2.5); one machine, the path depends on the kind."""

    class Kind(models.TextChoices):
        CANCEL_PAID = "cancel_paid", _("refund before shipping")
        REFUND_ONLY = "refund_only", _("refund only")
        RETURN_REFUND = "return_refund", _("return and refund")
        EXCHANGE = "exchange", _("exchange")
        RESEND = "resend", _("send a missing part")
        REPAIR = "repair", _("repair")
        PRICE_PROTECT = "price_protect", _("price protection")

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("waiting for the shop")
        NEED_EVIDENCE = "need_evidence", _("waiting for your proof")
        AWAIT_BUYER_SHIP = "await_buyer_ship", _("waiting for you to send it back")
        RETURN_IN_TRANSIT = "return_in_transit", _("on its way back")
        INSPECTING = "inspecting", _("being inspected")
        DISPUTED = "disputed", _("waiting for your answer to the offer")
        ESCALATED = "escalated", _("being decided by the platform")
        RETURN_TO_BUYER = "return_to_buyer", _("going back to you")
        REPAIRING = "repairing", _("being repaired")
        RESHIPPING = "reshipping", _("being sent again")
        AWAIT_BUYER_CONFIRM = "await_buyer_confirm", _("waiting for your confirmation")
        REFUNDING = "refunding", _("being refunded")
        COMPLETED = "completed", _("done")
        REJECTED = "rejected", _("rejected")
        CANCELLED = "cancelled", _("withdrawn")
        CLOSED = "closed", _("closed")
        CLOSED_TIMEOUT = "closed_timeout", _("closed, time is over")

    class Fault(models.TextChoices):
        BUYER = "buyer", _("shopper")
        MERCHANT = "merchant", _("merchant")
        CARRIER = "carrier", _("carrier")

    ENDED = ("completed", "cancelled", "closed", "closed_timeout")

    number = models.CharField(_("number"), max_length=24, unique=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="return_requests", verbose_name=_("order"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="return_requests", verbose_name=_("shopper")
    )
    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="return_requests", verbose_name=_("merchant"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.SUBMITTED)
    reason = models.CharField(_("reason"), max_length=30)
    fault = models.CharField(_("at fault"), max_length=10, choices=Fault)
    note = models.CharField(_("note"), max_length=500, blank=True)
    gift_fen = FenField(_("deducted for kept gifts"), default=0)
    version = models.PositiveIntegerField(default=1, editable=False)
    inbound_parcel = models.OneToOneField(
        Parcel, models.PROTECT, null=True, blank=True, related_name="return_request", verbose_name=_("return parcel")
    )
    reject_reason = models.CharField(_("why rejected"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    received_at = models.DateTimeField(_("checked in at"), null=True, blank=True)
    completed_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["status", "created_at"], name="return_queue")]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("return", args=[self.number])

    @property
    def about(self):
        """The key of this request's story in the history."""
        return f"return:{self.number}"

    @property
    def reason_label(self):
        from aftersales.reasons import label_of

        return label_of(self.reason)

    @property
    def is_open(self):
        return self.status not in self.ENDED
