from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.work import WorkRow
from orders.models.invoice import Invoice


class InvoiceMail(WorkRow):
    """One sending of an issued document to the mailbox of its request. The row is the queue."""

    document = models.ForeignKey(Invoice, models.CASCADE, related_name="mails", verbose_name=_("invoice"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
        help_text=_("empty: sent when the document was issued"),
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    class Meta:
        verbose_name = _("invoice by mail")
        verbose_name_plural = _("invoices by mail")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=models.Q(asked_by=None), name="an_invoice_is_mailed_once_by_itself"
            )
        ]
        indexes = [
            models.Index(
                fields=["run_after"], condition=models.Q(done_at=None, given_up_at=None), name="invoice_mail_due"
            )
        ]

    def __str__(self):
        return str(self.document)

    def perform(self):
        from orders.invoice_mails import send

        send(self)
