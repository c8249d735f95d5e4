from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from catalog.money import FenField
from orders.models.order import Order


class InvoiceRequest(models.Model):
    """The shopper's wish for an invoice: personal or company title, frozen with the order."""

    class Kind(models.TextChoices):
        PERSONAL = "personal", _("personal")
        COMPANY = "company", _("company")

    class Status(models.TextChoices):
        REQUESTED = "requested", _("requested")
        ISSUED = "issued", _("issued")
        CANCELLED = "cancelled", _("cancelled")

    order = models.OneToOneField(Order, models.PROTECT, related_name="invoice", verbose_name=_("order"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=100)
    tax_number = models.CharField(_("tax number"), max_length=20, blank=True)
    email = EncryptedTextField(_("e-mail"), blank=True, default="")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.REQUESTED)
    amount_fen = FenField(_("amount"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("invoice request")
        verbose_name_plural = _("invoice requests")

    def __str__(self):
        return f"{self.order} · {self.title}"
