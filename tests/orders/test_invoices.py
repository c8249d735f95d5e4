"""Invoices: asked for, corrected, issued after receipt, taken back when money goes back, and never saying more than was paid."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import work
from accounts.history import TransitionNotAllowed
from accounts.models import AccessLog, Notification
from config import books
from orders import invoices, lifecycle
from orders.issuers.sandbox import signed_number
from orders.models import Invoice, InvoiceRequest, Order, SandboxInvoice
from tests.fakes.invoicing import COMPANY, PERSON, send_back, the_issuer_works
from tests.fakes.shopping import run_refunds

pytestmark = pytest.mark.django_db


def orders_books_are_right():
    broken = [finding for finding in books.check() if finding.broken and "invoice" in finding.name]
    assert not broken, broken


def said(order):
    """[(kind, fen)] of the documents that were issued."""
    return list(Invoice.objects.filter(request__order=order, status="issued").values_list("kind", "amount_fen"))


def test_an_invoice_waits_for_receipt_and_then_says_what_was_paid(bought, alice):
    invoices.ask(bought, by=alice, **COMPANY)
    the_issuer_works()
    assert InvoiceRequest.objects.get().status == "requested"
    Order.objects.filter(pk=bought.pk).update(status="completed", completed_at=timezone.now())
    the_issuer_works()
    wish, document = InvoiceRequest.objects.get(), Invoice.objects.get()
    assert (wish.status, wish.amount_fen, document.amount_fen) == ("issued", 13_500, bought.payable_fen)
    assert document.official_number == signed_number(document.number, SandboxInvoice.objects.get().facts)
    told = Notification.objects.get(user=alice, kind="invoice_issued")
    assert told.url == f"{bought.get_absolute_url()}invoice/"
    orders_books_are_right()


def test_asking_the_issuer_again_and_again_makes_one_document(received, alice):
    invoices.ask(received, by=alice, **PERSON)
    for _ in range(3):
        the_issuer_works()
        invoices.settle(InvoiceRequest.objects.get())
    assert said(received) == [("blue", 13_500)]
    assert SandboxInvoice.objects.count() == 1


def test_a_part_sent_back_is_a_red_letter_and_an_invoice_of_what_is_left(received, alice):
    invoices.ask(received, by=alice, **PERSON)
    the_issuer_works()
    send_back(received, 1)
    assert InvoiceRequest.objects.get().status == "reversing"
    orders_books_are_right()
    the_issuer_works()
    assert said(received) == [("blue", 13_500), ("red", 13_500), ("blue", 9_000)]
    assert InvoiceRequest.objects.get().status == "issued"
    assert Invoice.objects.last().lines == [
        {
            "name": "对饮 品茗杯",
            "quantity": 2,
            "list_fen": 9_000,
            "discount_fen": 0,
            "amount_fen": 9_000,
            "tax_bp": 1_300,
        }
    ]
    orders_books_are_right()


def test_everything_sent_back_ends_in_a_red_letter(received, alice):
    invoices.ask(received, by=alice, **PERSON)
    the_issuer_works()
    send_back(received, 3)
    the_issuer_works()
    assert said(received) == [("blue", 13_500), ("red", 13_500)]
    wish = InvoiceRequest.objects.get()
    assert (wish.status, wish.amount_fen) == ("red", 0)
    the_issuer_works()
    assert len(said(received)) == 2
    orders_books_are_right()


def test_a_refund_while_the_issuer_thinks_is_caught_up_with(received, alice):
    invoices.ask(received, by=alice, **PERSON)
    invoices.issue_due()
    send_back(received, 1)
    the_issuer_works()
    assert said(received) == [("blue", 13_500), ("red", 13_500), ("blue", 9_000)]
    orders_books_are_right()


def test_a_wish_for_an_order_that_is_cancelled_is_cancelled(bought, alice):
    invoices.ask(bought, by=alice, **PERSON)
    lifecycle.cancel(bought, by=alice)
    run_refunds()
    run_refunds()
    the_issuer_works()
    assert InvoiceRequest.objects.get().status == "cancelled"
    assert not Invoice.objects.exists()


def test_coupons_and_points_are_discounts_on_the_invoice(received, alice):
    received.lines.update(d_coupon_fen=1_000, d_points_fen=500, payable_fen=12_000, anchor_fen=12_000)
    Order.objects.filter(pk=received.pk).update(payable_fen=12_000, discount_fen=1_500)
    received.payments.update(amount_fen=12_000)
    invoices.ask(received, by=alice, **PERSON)
    the_issuer_works()
    (line,) = Invoice.objects.get().lines
    assert (line["list_fen"], line["discount_fen"], line["amount_fen"]) == (13_500, 1_500, 12_000)


def test_amounts_that_do_not_sum_are_shown_to_staff_and_nothing_is_issued(received, alice):
    received.payments.update(amount_fen=99)
    invoices.ask(received, by=alice, **PERSON)
    the_issuer_works()
    wish = InvoiceRequest.objects.get()
    assert wish.status == "failed"
    assert received.number in wish.failure
    assert not Invoice.objects.exists()


def test_a_refused_title_is_corrected_and_issued(received, alice, manager):
    invoices.ask(received, by=alice, kind="personal", title="拒开")
    the_issuer_works()
    wish = InvoiceRequest.objects.get()
    assert (wish.status, wish.failure) == ("failed", "title")
    assert Notification.objects.filter(kind="invoice_failed").count() == 1
    invoices.ask(received, by=alice, **PERSON)
    the_issuer_works()
    assert said(received) == [("blue", 13_500)]
    orders_books_are_right()


def test_staff_try_a_failed_one_again_and_only_a_failed_one(received, alice, manager):
    wish = invoices.ask(received, by=alice, kind="personal", title="拒开")
    with pytest.raises(TransitionNotAllowed):
        invoices.try_again(wish, by=manager)
    the_issuer_works()
    wish.refresh_from_db()
    assert invoices.try_again(wish, by=manager).kind == "blue"
    assert Invoice.objects.count() == 2


def test_an_issued_title_is_not_changed(received, alice):
    invoices.ask(received, by=alice, **PERSON)
    the_issuer_works()
    with pytest.raises(TransitionNotAllowed):
        invoices.ask(received, by=alice, **COMPANY)
    assert InvoiceRequest.objects.get().title == "林小满"


def test_an_invoice_can_be_asked_for_during_180_days(bought, alice):
    with time_machine.travel(bought.paid_at + timedelta(days=180), tick=False):
        assert not invoices.may_ask(bought)
        with pytest.raises(TransitionNotAllowed):
            invoices.ask(bought, by=alice, **PERSON)
    assert not InvoiceRequest.objects.exists()
    assert invoices.may_ask(bought)


def test_a_silent_issuer_is_given_up_and_shown(received, alice, monkeypatch):
    def silent(number):
        raise OSError("no answer")

    monkeypatch.setattr(invoices.ISSUER, "query", silent)
    invoices.ask(received, by=alice, **PERSON)
    invoices.issue_due()
    Invoice.objects.update(attempts=Invoice.MAX_ATTEMPTS - 1, run_after=timezone.now())
    work.run_due(Invoice)
    assert InvoiceRequest.objects.get().status == "failed"
    assert Invoice.objects.get().status == "failed"


# --- pages ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_shopper_asks_on_the_page_and_loads_the_pdf(client, alice, received, language):
    client.force_login(alice)
    client.cookies["django_language"] = language
    address = f"/orders/{received.number}/invoice/"
    assert address in client.get(received.get_absolute_url()).content.decode()
    assert client.get(address).context["form"] is not None
    assert client.post(address, COMPANY)["Location"] == address
    the_issuer_works()
    page = client.get(address)
    assert page.context["form"] is None
    document = Invoice.objects.get()
    paper = client.get(f"{address}{document.pk}/")
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert f"{address}{document.pk}/" in page.content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "a<b>"}, "title"),
        ({"tax_number": ""}, "tax_number"),
        ({"tax_number": "91350100M000100Y44"}, "tax_number"),
        ({"kind": "x"}, "kind"),
        ({"email": "x"}, "email"),
    ],
)
def test_a_wrong_wish_is_refused_beside_its_field(client, alice, bought, change, field):
    client.force_login(alice)
    page = client.post(f"/orders/{bought.number}/invoice/", COMPANY | change)
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not InvoiceRequest.objects.exists()


def test_strangers_find_neither_page_nor_paper_and_staff_are_logged(client, alice, mallory, operator, received):
    invoices.ask(received, by=alice, **PERSON)
    the_issuer_works()
    address = f"/orders/{received.number}/invoice/"
    paper = f"{address}{Invoice.objects.get().pk}/"
    client.force_login(mallory)
    assert client.get(address).status_code == client.get(paper).status_code == 404
    assert client.post(address, PERSON).status_code == 404
    assert not AccessLog.objects.exists()
    client.force_login(operator)
    assert client.get(paper).status_code == 200
    assert AccessLog.objects.get().reader == operator


def test_staff_see_what_failed_and_send_it_again(client, alice, manager, received):
    wish = invoices.ask(received, by=alice, kind="personal", title="拒开")
    the_issuer_works()
    client.force_login(manager)
    where = "/admin/orders/invoicerequest/"
    assert received.number in client.get(f"{where}?status__exact=failed").content.decode()
    client.post(where, {"action": "try_again", "_selected_action": wish.pk})
    assert Invoice.objects.count() == 2
    assert client.get("/admin/orders/invoice/").status_code == 200


def test_staff_read_why_it_failed_in_words(client, alice, manager, received):
    invoices.ask(received, by=alice, kind="personal", title="拒开")
    the_issuer_works()
    assert InvoiceRequest.objects.get().failure == "title"
    client.force_login(manager)
    client.cookies["django_language"] = "en"
    for page in ("/admin/orders/invoicerequest/", f"/admin/orders/order/{received.pk}/change/"):
        assert "the issuer refuses the title or the tax number" in client.get(page).content.decode()
