"""Invoices by mail: the paper goes to the mailbox that the shopper named, once, and again when asked."""

import pytest
from django.utils import timezone

from accounts import work
from orders import invoice_mails, invoices
from orders.models import Invoice, InvoiceMail
from tests.fakes.invoicing import COMPANY, PERSON, send_back, the_issuer_works

pytestmark = pytest.mark.django_db

MAILED = COMPANY | {"email": "books@firm.example"}


def the_mails_go_out():
    work.run_due(InvoiceMail, limit=20)


def test_an_issued_invoice_goes_to_its_mailbox_with_its_paper_once(received, alice, mailoutbox):
    invoices.ask(received, by=alice, **MAILED)
    the_issuer_works()
    for _time in range(2):
        the_mails_go_out()
    (mail,) = mailoutbox
    document = Invoice.objects.get()
    assert mail.to == ["books@firm.example"]
    ((name, paper, kind),) = mail.attachments
    assert (name, kind, paper[:4]) == (f"{document.official_number}.pdf", "application/pdf", b"%PDF")


def test_the_red_letter_and_what_is_left_go_out_too(received, alice, mailoutbox):
    invoices.ask(received, by=alice, **MAILED)
    the_issuer_works()
    send_back(received, 1)
    the_issuer_works()
    the_mails_go_out()
    names = {mail.attachments[0][0] for mail in mailoutbox}
    assert names == {f"{one.official_number}.pdf" for one in Invoice.objects.all()}
    assert len(mailoutbox) == 3


def test_without_a_mailbox_nothing_is_mailed(received, alice, mailoutbox):
    invoices.ask(received, by=alice, **PERSON)
    the_issuer_works()
    the_mails_go_out()
    assert not mailoutbox
    with pytest.raises(invoice_mails.NoMailbox):
        invoice_mails.again(Invoice.objects.get(), by=alice)
    assert not InvoiceMail.objects.exists()


def test_a_mail_server_that_is_down_is_tried_again(received, alice, monkeypatch, mailoutbox):
    invoices.ask(received, by=alice, **MAILED)
    the_issuer_works()

    def down(*_args, **_kwargs):
        raise OSError("no mail server")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", down)
        the_mails_go_out()
    row = InvoiceMail.objects.get()
    assert (row.done_at, row.attempts, mailoutbox) == (None, 1, [])
    InvoiceMail.objects.update(run_after=timezone.now(), leased_until=None)
    the_mails_go_out()
    assert len(mailoutbox) == 1


def test_the_shopper_has_it_mailed_again_three_times_a_day(client, received, alice, mailoutbox):
    invoices.ask(received, by=alice, **MAILED)
    the_issuer_works()
    client.force_login(alice)
    address = f"{received.get_absolute_url()}invoice/{Invoice.objects.get().pk}/mail/"
    assert address in client.get(f"{received.get_absolute_url()}invoice/").content.decode()
    for _time in range(5):
        client.post(address)
    the_mails_go_out()
    assert len(mailoutbox) == 1 + 3


def test_nobody_mails_the_invoice_of_another(client, received, alice, mallory):
    invoices.ask(received, by=alice, **MAILED)
    the_issuer_works()
    client.force_login(mallory)
    address = f"{received.get_absolute_url()}invoice/{Invoice.objects.get().pk}/mail/"
    assert client.post(address).status_code == 404
    assert InvoiceMail.objects.count() == 1
