"""Issued documents by mail: the PDF to the mailbox that the shopper named, by itself once, and again when asked."""

from datetime import timedelta

from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import bell
from accounts.models import Shop
from catalog.money import yuan
from orders.invoice_paper import pdf_of
from orders.models import Invoice, InvoiceMail

MOST_A_DAY = 3


class NoMailbox(Exception):
    """The request names no mailbox, or the document was not issued."""


class TooOften(Exception):
    """It was asked for three times within a day."""


def when_issued(document):
    """In the transaction that books the issuer's answer: the document goes out by itself, if there is a mailbox."""
    if document.request.email:
        InvoiceMail.objects.get_or_create(document=document, asked_by=None)
        bell.ring("orders.tasks.mail_invoices")


def again(document, *, by):
    """Send it once more, as the shopper or staff asks. Raises ``NoMailbox`` and ``TooOften``."""
    if document.status != Invoice.Status.ISSUED or not document.request.email:
        raise NoMailbox
    since = timezone.now() - timedelta(days=1)
    if document.mails.filter(created_at__gt=since).exclude(asked_by=None).count() >= MOST_A_DAY:
        raise TooOften
    mail = InvoiceMail.objects.create(document=document, asked_by=by)
    bell.ring("orders.tasks.mail_invoices")
    return mail


def send(mail):
    """Performed by the worker. A mailbox that was taken back meanwhile gets nothing."""
    document = Invoice.objects.select_related("request__order__user", "reverses").get(pk=mail.document_id)
    if not document.request.email:
        return
    with translation.override(document.request.order.user.language):
        compose(document, key=f"invoice-mail-{mail.pk}").send()


def compose(document, *, key):
    """The mail with its PDF, in the present language."""
    seller = Shop.current().name_local
    red = document.kind == Invoice.Kind.RED
    facts = {
        "number": document.request.order.number,
        "official": document.official_number,
        "amount": yuan(document.amount_fen),
        "seller": seller,
    }
    subject = (
        _("Red letter %(official)s for order %(number)s") if red else _("Invoice %(official)s for order %(number)s")
    )
    if red:
        words = _(
            "A refund took back the invoice of ¥%(amount)s. The red letter is attached; what is left is invoiced anew."
        )
    else:
        words = _("Your invoice of ¥%(amount)s is attached as a PDF.")
    body = f"{words % facts}\n\n{seller}\n"
    # One message a sending, however often it is tried: mail clients fold repeats.
    headers = {"X-Entity-Ref-ID": key, "Auto-Submitted": "auto-generated"}
    mail = EmailMessage(subject=subject % facts, body=body, to=[document.request.email], headers=headers)
    mail.attach(f"{document.official_number}.pdf", pdf_of(document, seller=seller), "application/pdf")
    return mail
