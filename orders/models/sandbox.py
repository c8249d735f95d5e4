"""The other side of the sandbox: what a test bank and a test carrier remember. Nothing of the shop is stored or
read here.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.work import WorkRow
from catalog.money import FenField


class SandboxTrade(models.Model):
    """A trade at the test bank, known there by the shop's number; it exists once the shopper has come to the
    cashier.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        PAID = "paid", _("paid")
        CLOSED = "closed", _("closed")

    number = models.CharField(_("shop's number"), max_length=32, unique=True)
    reference = models.CharField(_("bank's number"), max_length=32, unique=True)
    merchant = models.CharField(_("merchant account"), max_length=40)
    subject = models.CharField(_("subject"), max_length=120)
    amount_fen = FenField(_("amount"))
    instalments = models.PositiveSmallIntegerField(_("monthly instalments"), default=0)
    fee_fen = FenField(_("fee for instalments"), default=0)
    return_url = models.CharField(max_length=300)
    notify_url = models.CharField(max_length=300)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("can be paid until"))
    paid_at = models.DateTimeField(_("paid at"), null=True, blank=True)

    class Meta:
        verbose_name = _("trade at the test bank")
        verbose_name_plural = _("trades at the test bank")

    def __str__(self):
        return self.number


class SandboxRefund(models.Model):
    """A refund at the test bank: one for each number of the shop, however often it asks."""

    trade = models.ForeignKey(SandboxTrade, models.CASCADE, related_name="refunds", verbose_name=_("trade"))
    number = models.CharField(_("shop's refund number"), max_length=32, unique=True)
    reference = models.CharField(_("bank's number"), max_length=32, unique=True)
    amount_fen = FenField(_("amount"))
    ready_at = models.DateTimeField(_("money is back at"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("refund at the test bank")
        verbose_name_plural = _("refunds at the test bank")

    def __str__(self):
        return self.number


class SandboxNotice(WorkRow):
    """A signed notice on its way from the test bank to the shop, sent again until the shop answers "success"."""

    trade = models.ForeignKey(SandboxTrade, models.CASCADE, related_name="notices", verbose_name=_("trade"))
    event_id = models.CharField(_("event"), max_length=40)
    facts = models.JSONField(_("facts"), default=dict)
    forged = models.BooleanField(_("signed with a wrong key"), default=False)
    sends = models.PositiveSmallIntegerField(_("sent how often"), default=0)
    answer = models.CharField(_("last answer"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("notice of the test bank")
        verbose_name_plural = _("notices of the test bank")
        indexes = [
            models.Index(
                fields=["run_after"], condition=models.Q(done_at=None, given_up_at=None), name="sandbox_notice_due"
            )
        ]

    def __str__(self):
        return self.event_id

    def perform(self):
        from orders.gateways.sandbox_bank import deliver

        deliver(self)


class SandboxShipment(WorkRow):
    """A parcel on the road of the test carrier: each run adds the next scan and pushes the whole trace to the
    subscriber.
    """

    carrier = models.CharField(_("carrier"), max_length=20)
    waybill = models.CharField(_("waybill"), max_length=40)
    callback_url = models.CharField(max_length=300)
    steps = models.JSONField(_("journey"), default=list, help_text=_("scans to come and past: state, text, city"))
    scans = models.JSONField(_("scans so far"), default=list)
    sends = models.PositiveSmallIntegerField(_("unanswered pushes"), default=0)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("shipment of the test carrier")
        verbose_name_plural = _("shipments of the test carrier")
        constraints = [models.UniqueConstraint(fields=["carrier", "waybill"], name="sandbox_shipment_once")]

    def __str__(self):
        return f"{self.carrier} {self.waybill}"

    def perform(self):
        from orders.carriers.sandbox_road import drive

        drive(self)
