from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.money import FenField
from orders.models.order import Order


class Payment(models.Model):
    """One attempt to pay an order at a channel (docs/domain.md 2.2). ``number`` is our out_trade_no, made before any call."""

    class Status(models.TextChoices):
        CREATED = "created", _("created")
        PENDING = "pending", _("waiting for the shopper")
        SUCCEEDED = "succeeded", _("paid")
        FAILED = "failed", _("failed")
        CLOSED = "closed", _("closed")

    class Purpose(models.TextChoices):
        FULL = "full", _("whole amount")
        DEPOSIT = "deposit", _("deposit")
        BALANCE = "balance", _("balance")

    order = models.ForeignKey(Order, models.PROTECT, related_name="payments", verbose_name=_("order"))
    number = models.CharField(_("payment number"), max_length=32, unique=True)
    # A second payment that the channel took for one attempt. It has a number of ours, which the channel does not know.
    second_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="seconds", verbose_name=_("second payment of")
    )
    gateway = models.CharField(_("channel"), max_length=20)
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose, default=Purpose.FULL)
    amount_fen = FenField(_("amount"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.CREATED)
    applied = models.BooleanField(_("taken by the order"), default=False)
    gateway_reference = models.CharField(_("channel's number"), max_length=64, blank=True)
    pay_url = models.CharField(max_length=4000, blank=True, editable=False)
    # How the shopper gets to the channel, beside the address: a code to scan, fields to post, the channel's own session.
    opening = models.JSONField(default=dict, blank=True, editable=False)
    on_phone = models.BooleanField(_("opened on a phone"), default=False)
    instalments = models.PositiveSmallIntegerField(_("monthly instalments"), default=0)
    instalment_fee_fen = FenField(_("fee for instalments, paid to the channel"), default=0)
    expires_at = models.DateTimeField(_("can be paid until"))
    query_after = models.DateTimeField(_("ask the channel after"), null=True, blank=True)
    queries = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    paid_at = models.DateTimeField(_("paid at"), null=True, blank=True)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gateway", "gateway_reference"],
                condition=~models.Q(gateway_reference=""),
                name="channel_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(applied=False) | models.Q(status="succeeded"), name="only_success_is_applied"
            ),
            models.CheckConstraint(
                condition=models.Q(second_of=None) | models.Q(applied=False), name="second_payment_is_never_taken"
            ),
        ]
        indexes = [
            models.Index(fields=["query_after"], condition=models.Q(query_after__isnull=False), name="payment_to_query")
        ]

    def __str__(self):
        return self.number


class PaymentNotice(models.Model):
    """The inbox of a channel's signed notices: a notice is kept before it acts, and acts once."""

    gateway = models.CharField(_("channel"), max_length=20)
    event_id = models.CharField(_("event"), max_length=80)
    digest = models.CharField(_("digest of the body"), max_length=64)
    payment = models.ForeignKey(
        Payment, models.PROTECT, null=True, blank=True, related_name="notices", verbose_name=_("payment")
    )
    facts = models.JSONField(_("facts"), default=dict)
    outcome = models.CharField(_("outcome"), max_length=40, blank=True)
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)
    times = models.PositiveIntegerField(_("times received"), default=1)

    class Meta:
        verbose_name = _("payment notice")
        verbose_name_plural = _("payment notices")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["gateway", "event_id"], name="notice_acts_once")]

    def __str__(self):
        return f"{self.gateway} {self.event_id}"
