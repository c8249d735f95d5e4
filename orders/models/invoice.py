from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.work import WorkRow
from catalog.money import FenField
from orders.models.order import Order


class InvoiceRequest(models.Model):
    """The shopper's wish for an invoice of one order: title, and where its documents stand (``orders.invoices``)."""

    class Kind(models.TextChoices):
        PERSONAL = "personal", _("personal")
        COMPANY = "company", _("company")

    class Status(models.TextChoices):
        REQUESTED = "requested", _("requested")
        ISSUING = "issuing", _("being issued")
        ISSUED = "issued", _("issued")
        FAILED = "failed", _("could not be issued")
        REVERSING = "reversing", _("red letter under way")
        RED = "red", _("red-lettered")
        CANCELLED = "cancelled", _("cancelled")

    order = models.OneToOneField(Order, models.PROTECT, related_name="invoice", verbose_name=_("order"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=100)
    tax_number = models.CharField(_("tax number"), max_length=20, blank=True)
    email = EncryptedTextField(_("e-mail"), blank=True, default="")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.REQUESTED)
    amount_fen = FenField(_("amount"), null=True, blank=True, help_text=_("invoiced now, red letters taken off"))
    failure = models.CharField(_("why it failed"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("invoice request")
        verbose_name_plural = _("invoice requests")
        indexes = [
            models.Index(fields=["created_at"], condition=models.Q(status="requested"), name="invoice_requests_waiting")
        ]

    def __str__(self):
        return f"{self.order} · {self.title}"


class Invoice(WorkRow):
    """One document at the issuing service: an invoice, or the red letter that takes a whole one back.

    Title, lines and amount are frozen here; ``number`` is ours and is made before the first call, so that the issuer
    makes one document however often it is asked. The row is the queue.
    """

    class Kind(models.TextChoices):
        BLUE = "blue", _("invoice")
        RED = "red", _("red letter")

    class Status(models.TextChoices):
        ISSUING = "issuing", _("being issued")
        ISSUED = "issued", _("issued")
        FAILED = "failed", _("could not be issued")

    request = models.ForeignKey(
        InvoiceRequest, models.PROTECT, related_name="documents", verbose_name=_("invoice request")
    )
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    reverses = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="red_letters", verbose_name=_("takes back")
    )
    number = models.CharField(_("our number"), max_length=24, unique=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ISSUING)
    title = models.CharField(_("title"), max_length=100)
    tax_number = models.CharField(_("tax number"), max_length=20, blank=True)
    amount_fen = FenField(_("amount"))
    lines = models.JSONField(_("lines"), default=list)
    official_number = models.CharField(_("invoice number"), max_length=30, blank=True)
    issued_at = models.DateTimeField(_("issued at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(status="issuing"), name="one_invoice_under_way"
            ),
            models.UniqueConstraint(
                fields=["reverses"], condition=~models.Q(status="failed"), name="an_invoice_is_reversed_once"
            ),
            models.UniqueConstraint(
                fields=["official_number"], condition=~models.Q(official_number=""), name="invoice_number_once"
            ),
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="an_invoice_says_something"),
            models.CheckConstraint(
                condition=models.Q(kind="red", reverses__isnull=False) | models.Q(kind="blue", reverses=None),
                name="a_red_letter_names_its_invoice",
            ),
        ]
        indexes = [
            models.Index(fields=["run_after"], condition=models.Q(done_at=None, given_up_at=None), name="invoice_due")
        ]

    def __str__(self):
        return self.official_number or self.number

    def perform(self):
        from orders.invoices import work_on

        work_on(self)

    def work_given_up(self):
        from orders.invoices import fail

        fail(self, "no answer")


class SandboxInvoice(models.Model):
    """What the test issuer knows: its own side of every document it was asked for."""

    number = models.CharField(max_length=24, unique=True)
    facts = models.JSONField()
    refused = models.CharField(max_length=200, blank=True)
    official_number = models.CharField(max_length=30, blank=True)
    ready_at = models.DateTimeField()

    class Meta:
        verbose_name = _("document of the test issuer")
        verbose_name_plural = _("documents of the test issuer")

    def __str__(self):
        return self.number
